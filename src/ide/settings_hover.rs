//! What the catalogue says about a declaration of miniguard.json, as Markdown for a hover: a
//! service category, a licence, a kind of entity. It explains what stands there; whether it fits
//! the program is the rules' business.

use crate::catalogue::{self, Category, EntityKind, Licence, Mode};
use crate::facts::manifest::{Json, Member};
use crate::finding::Phrase;
use crate::ide::hover_card::Card;
use crate::settings;
use crate::text::Span;

/// The keys whose values are explained.
const ENTITY: &str = "entity";
const CATEGORIES: &str = "categories";
const LICENCES: &str = "licences";

/// The card for what stands at `at` in a settings file.
pub(crate) fn card(root: &Json, at: Span) -> Option<Card> {
    let member = root.members().iter().find(|member| spans(member).contains(at))?;
    of_value(member, at).or_else(|| {
        let [en, zh] = settings::summary_of(&member.key)?;
        let key = &member.key;
        let text = Phrase::new(format!("**`{key}`** — {en}.\n"), format!("**`{key}`** — {zh}。\n"));
        member.key_span.contains(at).then_some(Card { span: member.key_span, markdown: text })
    })
}

fn spans(member: &Member) -> Span {
    Span::new(member.key_span.start(), member.value.span.end())
}

fn of_value(member: &Member, at: Span) -> Option<Card> {
    match &*member.key {
        ENTITY => {
            let kind = member.value.get("kind").filter(|kind| kind.span.contains(at))?;
            let found = EntityKind::of_name(kind.as_str()?)?;
            Some(Card { span: kind.span, markdown: of_entity(found) })
        }
        CATEGORIES => {
            let (text, span) = member.value.strings().find(|(_, span)| span.contains(at))?;
            Some(Card { span, markdown: of_category(text)? })
        }
        LICENCES => {
            let entry = member.value.elements().iter().find(|entry| entry.span.contains(at))?;
            let id = entry.get("id")?;
            let row = catalogue::licence(id.as_str()?)?;
            Some(Card { span: id.span, markdown: of_licence(row) })
        }
        _ => None,
    }
}

/// A licence: what asks for it, who issues it, on which law, and who enforces it.
pub(crate) fn of_licence(row: &Licence) -> Phrase {
    let id = row.id;
    let (what, enforced) = (row.issuer_and_basis(), row.enforcement_sentence());
    let by = row.enforcement.phrase();
    let closed = |phrases: &[&str], comma: &str| phrases.join(comma);
    let kinds: Vec<catalogue::Phrase> = row.closed_to.iter().map(|kind| kind.phrase()).collect();
    let en: Vec<&str> = kinds.iter().map(|kind| kind.en).collect();
    let zh: Vec<&str> = kinds.iter().map(|kind| kind.zh).collect();
    let mut markdown = Phrase::new(
        format!(
            "**`{id}`** — {}\n\nAsked for by {}.\n\n{}\n\n*{}*: {}\n",
            row.licence.en, row.capability.en, what.en, by.en, enforced.en
        ),
        format!(
            "**`{id}`** — {}\n\n适用于：{}。\n\n{}\n\n*{}*：{}\n",
            row.licence.zh, row.capability.zh, what.zh, by.zh, enforced.zh
        ),
    );
    if !kinds.is_empty() {
        markdown = append(
            markdown,
            &format!("\nNot open to {}.\n", closed(&en, " or ")),
            &format!("\n不对{}开放。\n", closed(&zh, "、")),
        );
    }
    if !row.categories.is_empty() {
        let list = row.categories.join("、");
        markdown = append(
            markdown,
            &format!("\nService categories: {list}\n"),
            &format!("\n服务类目：{list}\n"),
        );
    }
    with_source(markdown, &row.source)
}

/// A category: for whom it exists, and which documents it asks for.
fn of_category(text: &str) -> Option<Phrase> {
    let rows: Vec<&Category> = catalogue::categories_named(text).collect();
    let first = rows.first()?;
    let day = catalogue::CATEGORIES_AS_OF;
    let mut markdown = Phrase::new(
        format!("**{}** — service category of WeChat, as of {day}\n", first.name()),
        format!("**{}** — 微信服务类目（{day}）\n", first.name()),
    );
    for row in &rows {
        let who = row.entity.phrase();
        let documents = row.documents.join("、");
        let (en, zh) = match (row.qualification, row.mode, documents.is_empty()) {
            (false, ..) => ("no documents".to_owned(), "无须资质".to_owned()),
            (true, _, true) => {
                ("documents, see the console".to_owned(), "须提供资质，见管理后台".to_owned())
            }
            (true, Some(Mode::AllOf), _) => {
                (format!("all of {documents}"), format!("须全部提供：{documents}"))
            }
            (true, Some(Mode::OneOf), _) => {
                (format!("one of {documents}"), format!("任选其一：{documents}"))
            }
            (true, ..) => (documents.clone(), documents),
        };
        markdown =
            append(markdown, &format!("\n- {}: {en}", who.en), &format!("\n- {}：{zh}", who.zh));
        if !row.laws.is_empty() {
            let laws = row.laws.join("》《");
            markdown = append(markdown, &format!(" (《{laws}》)"), &format!("（《{laws}》）"));
        }
    }
    markdown = append(
        markdown,
        "\n\nThe platform asks for them when the category is added; the list changes monthly.\n",
        "\n\n添加类目时由平台审核；类目表每月可能调整。\n",
    );
    Some(with_source(markdown, &first.source))
}

/// A kind of entity: how many categories it has, and what is closed to it.
fn of_entity(kind: EntityKind) -> Phrase {
    let name = kind.name();
    let who = kind.phrase();
    let count = catalogue::categories().iter().filter(|row| row.entity == kind).count();
    let closed: Vec<&Licence> =
        catalogue::licences().iter().filter(|row| row.closed_to.contains(&kind)).collect();
    let mut markdown =
        Phrase::new(format!("**`{name}`** — {}\n", who.en), format!("**`{name}`** — {}\n", who.zh));
    if count > 0 {
        let day = catalogue::CATEGORIES_AS_OF;
        markdown = append(
            markdown,
            &format!("\n{count} service categories are open to it, as of {day}.\n"),
            &format!("\n可选的服务类目有 {count} 个（{day}）。\n"),
        );
    }
    if !closed.is_empty() {
        markdown = append(markdown, "\nClosed to it:\n", "\n不开放：\n");
        for row in closed {
            markdown = append(
                markdown,
                &format!("- {} (`{}`)\n", row.capability.en, row.id),
                &format!("- {}（`{}`）\n", row.capability.zh, row.id),
            );
        }
    }
    markdown
}

fn append(mut markdown: Phrase, en: &str, zh: &str) -> Phrase {
    markdown.en.push_str(en);
    markdown.zh.push_str(zh);
    markdown
}

fn with_source(markdown: Phrase, sources: &[&str]) -> Phrase {
    let links: Vec<String> = sources
        .iter()
        .filter(|url| url.starts_with("https://"))
        .take(2)
        .map(|url| format!("<{url}>"))
        .collect();
    let links = links.join(" ");
    append(markdown, &format!("\nSource: {links}\n"), &format!("\n来源：{links}\n"))
}

#[cfg(test)]
mod tests {
    use crate::ide::hover;
    use crate::path::FilePath;
    use crate::project::Files;

    const SETTINGS: &str = r#"{
        "entity": { "kind": "individual", "verified": false },
        "categories": ["商家自营/食品饮料", "工具/天气", "工具/明天的"],
        "licences": [{ "id": "telecom.edi", "number": "x" }],
        "commerce": "self-operated",
        "language": "zh"
    }"#;

    fn card(needle: &str) -> Option<(String, String)> {
        let path = FilePath::new("miniguard.json").unwrap();
        let files: Files = [(path.clone(), SETTINGS.to_owned())].into_iter().collect();
        let card = hover(&files, &path, SETTINGS.find(needle).unwrap())?;
        Some((card.markdown.en, card.markdown.zh))
    }

    #[test]
    fn declarations_are_explained_where_they_stand() {
        for (needle, en, zh) in [
            ("\"entity", "Whose account", "账号的主体"),
            ("\"individual", "28 service categories", "可选的服务类目有 28 个"),
            ("\"individual", "- a marketplace on which", "- 多商户交易平台"),
            (
                "商家自营/食品饮料",
                "a company: one of 食品经营许可证",
                "企业主体：任选其一：食品经营许可证",
            ),
            ("工具/天气", "an individual: no documents", "个人主体：无须资质"),
            ("telecom.edi", "Telecommunications Regulations", "《电信条例》"),
            ("\"number", "enforced by WeChat", "微信平台执行"),
            ("\"commerce", "What is sold", "经营模式"),
        ] {
            let (found_en, found_zh) = card(needle).unwrap_or_default();
            assert!(found_en.contains(en), "{needle}: {found_en}");
            assert!(found_zh.contains(zh), "{needle}: {found_zh}");
        }
        for needle in ["工具/明天的", "\"zh"] {
            assert_eq!(card(needle), None, "{needle}");
        }
    }
}

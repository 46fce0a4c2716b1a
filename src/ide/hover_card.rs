//! What the catalogue says about an interface, as Markdown for a hover. Facts only, with their
//! source; what of them the program meets is a finding's business.

use crate::catalogue::{self, Enforcement, Interface};
use crate::consent::ConsentState;
use crate::finding::{Language, Phrase};
use crate::text::Span;

/// What an editor shows over a place: Markdown, and the bytes it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The bytes that the card is about.
    pub span: Span,
    /// Markdown in both languages.
    pub markdown: Phrase,
}

/// The categories of a gate that are shown before "and more".
const GATES_SHOWN: usize = 6;

/// The card of `row`, titled `name`.
pub(crate) fn of_interface(row: &Interface, name: &str, span: Span) -> Card {
    Card {
        span,
        markdown: Phrase::new(
            markdown(row, name, Language::English),
            markdown(row, name, Language::Chinese),
        ),
    }
}

/// The card of a field of app.json: the duty that it meets.
pub(crate) fn of_duty(duty: &catalogue::Duty, name: &str, span: Span) -> Card {
    let text = |title: &str, text: &str, basis: &str| {
        format!("**`{name}`** — {title}\n\n{text}\n\n*{basis}*\n")
    };
    Card {
        span,
        markdown: Phrase::new(
            text(duty.title.en, duty.text.en, duty.basis.en),
            text(duty.title.zh, duty.text.zh, duty.basis.zh),
        ),
    }
}

/// The card of a kind of information, by its privacy key: what it is, how sensitive, and what
/// brings it in. `None` for a key that the platform does not list. Completion of `privacy_key` may
/// show the same.
pub fn of_information(key: &str, span: Span) -> Option<Card> {
    let kind = catalogue::information(key)?;
    let text = |language: Language| {
        let say = |en: &'static str, zh: &'static str| {
            if language == Language::Chinese { zh } else { en }
        };
        let of = |phrase: catalogue::Phrase| say(phrase.en, phrase.zh);
        let mut out = format!("**`{}`** — {}\n", kind.key, of(kind.label));
        push(&mut out, &format!("{} {}", say("In the guide:", "指引中的名称："), kind.declaration));
        if let Some(note) = kind.sensitivity_note {
            push(&mut out, of(note));
        }
        let interfaces: Vec<String> = catalogue::interfaces()
            .iter()
            .filter(|row| row.table.is_some() && row.information.contains(&kind.key))
            .map(|row| format!("`{}`", row.name))
            .collect();
        if interfaces.is_empty() {
            push(
                &mut out,
                say(
                    "No interface yields it: it comes in through forms or the server.",
                    "没有接口提供该信息：它来自表单或服务端。",
                ),
            );
        } else {
            let names = interfaces.join(say(", ", "、"));
            push(&mut out, &format!("{} {names}", say("Needed for:", "以下接口需要声明：")));
        }
        out
    };
    let markdown = Phrase::new(text(Language::English), text(Language::Chinese));
    Some(Card { span, markdown })
}

/// Adds what consent stands before the use.
pub(crate) fn add_consent(card: &mut Card, standing: &ConsentState) {
    let label = standing.class.label();
    let place = standing.place.as_ref().map(|place| format!(" (`{}`)", place.file));
    let place = place.unwrap_or_default();
    card.markdown.en.push_str(&format!("\nConsent before this use: {}{place}\n", label.en));
    card.markdown.zh.push_str(&format!("\n使用前的授权：{}{place}\n", label.zh));
}

fn markdown(row: &Interface, name: &str, language: Language) -> String {
    let say =
        |en: &'static str, zh: &'static str| if language == Language::Chinese { zh } else { en };
    let text = |phrase: catalogue::Phrase| {
        if language == Language::Chinese { phrase.zh } else { phrase.en }
    };
    let mut out = format!("**`{name}`** — {}\n", text(row.label));
    if let Some(withdrawn) = &row.withdrawn {
        let names = withdrawn.replacement.join(say(", ", "、"));
        let note = withdrawn.note.map(text).unwrap_or_default();
        let instead = if names.is_empty() {
            String::new()
        } else {
            format!("{}{names}", say("use ", "请改用 "))
        };
        push(
            &mut out,
            &format!("⚠ {} {instead} {note}", say("No longer to be used:", "不应再使用：")),
        );
    }
    if let Some(note) = row.note {
        push(&mut out, text(note));
    }
    let information: Vec<String> = row
        .information
        .iter()
        .filter_map(|key| catalogue::information(key))
        .map(|kind| format!("{} (`{}`)", text(kind.label), kind.key))
        .collect();
    if !information.is_empty() {
        push(
            &mut out,
            &format!("{} {}", say("Information:", "信息类型："), information.join(say(", ", "、"))),
        );
    }
    for (enforcement, title) in [
        (Enforcement::Platform, say("Enforced by WeChat", "微信平台执行")),
        (Enforcement::Law, say("Law", "法律要求")),
    ] {
        let duties: Vec<_> =
            catalogue::duties_of(row).filter(|duty| duty.enforcement == enforcement).collect();
        if !duties.is_empty() {
            push(&mut out, &format!("*{title}*"));
            for duty in duties {
                out.push_str(&format!("- {} ({})\n", text(duty.text), text(duty.basis)));
            }
        }
    }
    let gates = catalogue::gates_of(row.name);
    if !gates.is_empty() {
        let mut shown: Vec<&str> =
            gates.iter().take(GATES_SHOWN).map(|gate| gate.category).collect();
        if gates.len() > GATES_SHOWN {
            shown.push("…");
        }
        push(
            &mut out,
            &format!(
                "{} {}",
                say("Open to the categories:", "开放类目："),
                shown.join(say(", ", "、"))
            ),
        );
    }
    if let Some(version) = row.base_library {
        push(&mut out, &format!("{} {version}", say("Base library", "基础库")));
    }
    let links: Vec<String> = row
        .source
        .iter()
        .filter(|source| source.starts_with("https://"))
        .take(2)
        .map(|url| format!("<{url}>"))
        .collect();
    if !links.is_empty() {
        push(&mut out, &format!("{} {}", say("Source:", "来源："), links.join(" ")));
    }
    out
}

fn push(out: &mut String, line: &str) {
    out.push('\n');
    out.push_str(line.trim());
    out.push('\n');
}

//! `form-collects-personal-data`: a template whose form asks people for personal information. One
//! finding for a template, and one more where it asks for sensitive kinds without a stated purpose.

use super::{Context, Rule};
use crate::catalogue::Sensitivity;
use crate::content::forms::{self, FormField};
use crate::finding::{Finding, Label, Language, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "form-collects-personal-data",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "Each form that asks for personal information is known, and a sensitive one stands beside a notice.",
        "掌握每一个收集个人信息的表单；收集敏感信息的表单附有告知。",
    ],
    docs: include_str!("form_collects_personal_data.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let templates = context.forms.chunk_by(|a, b| a.place.file == b.place.file);
    templates
        .flat_map(|fields| {
            let is_sensitive =
                |field: &&FormField| field.kind.sensitivity == Sensitivity::Sensitive;
            let sensitive: Vec<&FormField> = fields.iter().filter(is_sensitive).collect();
            let others: Vec<&FormField> = fields.iter().filter(|one| !is_sensitive(one)).collect();
            [ordinary(&others), self::sensitive(context, &sensitive)]
        })
        .flatten()
        .collect()
}

fn ordinary(fields: &[&FormField]) -> Option<Finding> {
    let mut finding = about(fields, "", "")?;
    finding.why = Phrase::new(
        "WeChat gates nothing that people type, so the page itself has to tell before they do who collects it, what for and for how long (PIPL Art. 13, 17).",
        "微信不对用户输入的内容设限，因此页面须在填写前自行告知处理者、目的和保存期限（《个人信息保护法》第十三条、第十七条）。",
    );
    finding.help = help(fields);
    Some(finding)
}

fn sensitive(context: &Context<'_>, fields: &[&FormField]) -> Option<Finding> {
    let mut finding = about(fields, "sensitive ", "敏感")?;
    let template = context.files.template(&finding.place.file);
    let told = template.is_some_and(forms::has_notice);
    if !told {
        finding.severity = Severity::Warning;
        finding.message = Phrase::new(
            format!("{}, and says nothing of its use", finding.message.en),
            format!("{}，且页面未说明用途", finding.message.zh),
        );
    }
    finding.why = Phrase::new(
        "Such information likely counts as sensitive under PIPL Art. 28: it takes a specific purpose, strict protection and a separate consent that tells why it is needed and what it means for the person (Art. 29, 30).",
        "这类信息很可能属于《个人信息保护法》第二十八条的敏感个人信息：须有特定目的、严格保护并取得单独同意，告知必要性及对个人的影响（第二十九条、第三十条）。",
    );
    finding.help = if told {
        help(fields)
    } else {
        Phrase::new(
            "State the purpose beside the field and ask for a separate consent, or do without it.",
            "在输入框旁说明用途并取得单独同意；如无必要，请不要收集。",
        )
        .then(&help(fields))
    };
    Some(finding)
}

/// The finding at the first field, with the others as labels.
fn about(fields: &[&FormField], en: &str, zh: &str) -> Option<Finding> {
    let first = fields.first()?;
    let mut kinds: Vec<&FormField> = Vec::new();
    for field in fields {
        if kinds.iter().all(|known| known.kind.id != field.kind.id) {
            kinds.push(field);
        }
    }
    let list = |language| {
        let label = |field: &&FormField| match language {
            Language::English => field.kind.label.en,
            Language::Chinese => field.kind.label.zh,
        };
        let comma = if language == Language::English { ", " } else { "、" };
        kinds.iter().map(label).collect::<Vec<_>>().join(comma)
    };
    let ids: Vec<&str> = kinds.iter().map(|field| field.kind.id).collect();
    let mut finding = RULE.finding(
        first.place.clone(),
        Phrase::new(
            format!("this form asks for {en}personal information: {}", list(Language::English)),
            format!("该表单收集{zh}个人信息：{}", list(Language::Chinese)),
        ),
        ids.join(", "),
    );
    finding.labels = fields
        .iter()
        .skip(1)
        .map(|field| Label {
            place: field.place.clone(),
            message: Phrase::new(field.kind.label.en, field.kind.label.zh),
        })
        .collect();
    Some(finding)
}

fn help(fields: &[&FormField]) -> Phrase {
    let mut keys: Vec<&str> = fields.iter().filter_map(|field| field.kind.information).collect();
    keys.sort_unstable();
    keys.dedup();
    let collect = Phrase::new(
        "Ask only for what the service needs, and name it in the privacy guide with its purpose",
        "只收集服务所必需的内容，并在《用户隐私保护指引》中列明及写明用途",
    );
    if keys.is_empty() {
        Phrase::new(
            format!("{} (as a kind of your own).", collect.en),
            format!("{}（自定义类型）。", collect.zh),
        )
    } else {
        let (en, zh) = (keys.join(", "), keys.join("、"));
        Phrase::new(format!("{} ({en}).", collect.en), format!("{}（{zh}）。", collect.zh))
    }
}

//! `regulated-interface`: every use of a payment, location or user-data interface, what it
//! triggers, and which evidence the source contains. It is not an accusation. What is missing is other rules'
//! business; here it is only named.

mod evidence;

use super::{Context, Rule, Site};
use crate::catalogue::{self, Enforcement, Kind, Sensitivity};
use crate::finding::{Finding, Language, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "regulated-interface",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "Each use of a payment, location or user-data interface is known, with what it triggers.",
        "掌握每一处支付、位置与用户数据接口的使用及其触发的义务。",
    ],
    docs: include_str!("regulated_interface.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let regulated = |kind| matches!(kind, Some(Kind::Payment | Kind::Location | Kind::UserData));
    let shown = evidence::shown(context);
    context
        .sites(|used| used.interface.in_inventory() && regulated(used.interface.kind))
        .into_iter()
        .map(|site| finding(context, &shown, &site))
        .collect()
}

fn finding(context: &Context<'_>, shown: &evidence::Shown<'_>, site: &Site<'_>) -> Finding {
    let row = site.used.interface;
    let name = site.name();
    let what: Phrase = row.label.into();
    let message = match row.kind {
        Some(Kind::Payment) => Phrase::new(
            format!("{} is a payment interface: {}", name.en, what.en),
            format!("{} 是支付类接口：{}", name.zh, what.zh),
        ),
        _ => Phrase::new(
            format!(
                "{} handles personal information: {}{}",
                name.en,
                what.en,
                keys(row.information.as_slice(), " (", ")")
            ),
            format!(
                "{} 涉及个人信息：{}{}",
                name.zh,
                what.zh,
                keys(row.information.as_slice(), "（", "）")
            ),
        ),
    };
    let mut finding = RULE.finding(site.place.clone(), message, site.used.api);
    finding.why = triggers(row);
    finding.help = evidence::of(context, shown, site.used);
    finding.labels = site.labels();
    finding
}

fn keys(information: &[&str], open: &str, close: &str) -> String {
    if information.is_empty() {
        String::new()
    } else {
        format!("{open}{}{close}", information.join(", "))
    }
}

/// The duties by title, those that the platform enforces first; of the law's with the article.
fn triggers(row: &catalogue::Interface) -> Phrase {
    let mut platform = Vec::new();
    let mut law = Vec::new();
    for duty in catalogue::duties_of(row) {
        match duty.enforcement {
            Enforcement::Platform => platform.push(Phrase::from(duty.title)),
            Enforcement::Law => law.push(Phrase::new(
                format!("{} ({})", duty.title.en, duty.basis.en),
                format!("{}（{}）", duty.title.zh, duty.basis.zh),
            )),
        }
    }
    let join = |list: &[Phrase], language, comma: &str| {
        list.iter().map(|phrase| phrase.get(language)).collect::<Vec<_>>().join(comma)
    };
    let mut said = Phrase::default();
    for (list, en, zh) in
        [(&platform, "WeChat demands", "微信平台要求"), (&law, "The law demands", "法律要求")]
    {
        if !list.is_empty() {
            said = said.then(&Phrase::new(
                format!("{en}: {}.", join(list, Language::English, "; ")),
                format!("{zh}：{}。", join(list, Language::Chinese, "；")),
            ));
        }
    }
    match row.sensitivity {
        Some(Sensitivity::Sensitive) => said.then(&Phrase::new(
            "Likely sensitive personal information under PIPL Art. 28.",
            "很可能属于《个人信息保护法》第二十八条的敏感个人信息。",
        )),
        Some(Sensitivity::Conditional) => said.then(&Phrase::new(
            "Can be sensitive personal information under PIPL Art. 28, depending on content and use.",
            "视内容与用途，可能属于《个人信息保护法》第二十八条的敏感个人信息。",
        )),
        _ => said,
    }
}

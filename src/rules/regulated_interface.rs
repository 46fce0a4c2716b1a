//! `regulated-interface`: every use of a payment, location or user-data interface, what it triggers, and what of it is in sight.
//! The one thing to know: it accuses nobody. What is missing is other rules' business; here it is only named.

mod evidence;

use super::{Context, Rule, Site};
use crate::catalogue::{self, Enforcement, Kind, Sensitivity};
use crate::finding::{Finding, Phrase, Severity};

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
    context
        .sites(|used| used.interface.in_inventory() && regulated(used.interface.kind))
        .into_iter()
        .map(|site| finding(context, &site))
        .collect()
}

fn finding(context: &Context<'_>, site: &Site<'_>) -> Finding {
    let row = site.used.interface;
    let name = site.name();
    let what: Phrase = row.label.into();
    let message = match row.kind {
        Some(Kind::Payment) => Phrase::new(
            format!("{} is a payment interface: {}", name.en, what.en),
            format!("{} 是支付类接口：{}", name.zh, what.zh),
        ),
        _ => Phrase::new(
            format!("{} handles personal information: {}{}", name.en, what.en, keys(row.information.as_slice(), " (", ")")),
            format!("{} 涉及个人信息：{}{}", name.zh, what.zh, keys(row.information.as_slice(), "（", "）")),
        ),
    };
    let mut finding = RULE.finding(site.place.clone(), message, site.used.api);
    finding.why = triggers(row);
    finding.help = evidence::of(context, row);
    finding.labels = site.labels();
    finding
}

fn keys(information: &[&str], open: &str, close: &str) -> String {
    if information.is_empty() { String::new() } else { format!("{open}{}{close}", information.join(", ")) }
}

/// The duties by name, those that the platform enforces first.
fn triggers(row: &catalogue::Interface) -> Phrase {
    let list = |enforcement: Enforcement, language: fn(&catalogue::Phrase) -> &'static str, comma: &str| {
        let mut bases: Vec<&str> = Vec::new();
        for duty in catalogue::duties_of(row).filter(|duty| duty.enforcement == enforcement) {
            let basis = language(&duty.basis);
            if !bases.contains(&basis) {
                bases.push(basis);
            }
        }
        bases.join(comma)
    };
    let platform = (list(Enforcement::Platform, |phrase| phrase.en, "; "), list(Enforcement::Platform, |phrase| phrase.zh, "；"));
    let law = (list(Enforcement::Law, |phrase| phrase.en, "; "), list(Enforcement::Law, |phrase| phrase.zh, "；"));
    let mut said = Phrase::default();
    if !platform.0.is_empty() {
        said = said.then(&Phrase::new(format!("Enforced by WeChat: {}.", platform.0), format!("微信平台执行：{}。", platform.1)));
    }
    if !law.0.is_empty() {
        said = said.then(&Phrase::new(format!("Law: {}.", law.0), format!("法律：{}。", law.1)));
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

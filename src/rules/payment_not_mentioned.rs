//! `payment-not-mentioned`: the description of the program says nothing of the payments that it
//! takes. The introduction stands in the console; only a description that a team wrote itself is
//! judged.

use super::{Context, Rule, commerce};
use crate::catalogue;
use crate::finding::{Finding, Label, Phrase, Place, Severity};

/// A description that is shorter is a name, not an introduction; in characters.
const SENTENCE: usize = 12;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payment-not-mentioned",
    severity: Severity::Hint,
    default_on: true,
    summary: [
        "The introduction of a program that takes payments says so.",
        "收款的程序在简介中说明支付功能。",
    ],
    docs: include_str!("payment_not_mentioned.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let (Some(config), Some(&payment)) =
        (&context.program.config, commerce::payments(context).first())
    else {
        return Vec::new();
    };
    let root = context.files.manifest(config).and_then(|facts| facts.root.as_ref());
    let Some(description) = root.and_then(|root| root.get("description")) else {
        return Vec::new();
    };
    let (Some(text), Some(words), Some(blank)) = (
        description.as_str(),
        catalogue::wording("payment"),
        catalogue::wording("blank-description"),
    ) else {
        return Vec::new();
    };
    if text.trim().chars().count() < SENTENCE || blank.is_said_in(text) || words.is_said_in(text) {
        return Vec::new();
    }
    let message = Phrase::new(
        "the description does not say that the program takes payments",
        "项目描述未提及支付功能",
    );
    let mut finding = RULE.finding(Place::new(config, description.span), message, "payment");
    finding.why = Phrase::new(
        "WeChat asks that the introduction of the program states the payments (operation rules, 14.1).",
        "微信要求在小程序简介中说明支付功能（运营规范第 14.1 条）。",
    );
    finding.help = Phrase::new(
        "State it in the introduction in the console, and here, where the two are kept alike.",
        "请在管理后台的小程序简介中说明；若此处与简介保持一致，也请一并补充。",
    );
    let site = context.site_of(payment);
    finding.labels.push(Label {
        place: site.place.clone(),
        message: Phrase::new("payments are taken here", "此处收取付款"),
    });
    vec![finding]
}

//! `no-withdrawal-entry`: personal information is collected, and nothing lets people take their
//! consent back. Said once, on app.json.

use super::{Context, Rule, user_rights};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-withdrawal-entry",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "A program that collects personal information lets people take their consent back.",
        "收集个人信息的程序提供撤回同意的入口。",
    ],
    docs: include_str!("no_withdrawal_entry.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !user_rights::collects(context) || user_rights::offers(context, "withdrawal") {
        return Vec::new();
    }
    let message = Phrase::new(
        "personal information is collected, but no page was found that lets people withdraw their consent",
        "程序收集个人信息，但未发现撤回同意的入口",
    );
    let finding = user_rights::missing(context, &RULE, message, "withdrawal");
    finding
        .map(|mut finding| {
            finding.why = Phrase::new(
                "Whoever relies on consent has to offer an easy way to withdraw it (PIPL Art. 15). WeChat's settings page takes back its own authorisations, where a button leads there.",
                "基于同意处理个人信息的，应提供便捷的撤回方式（《个人信息保护法》第十五条）。如有按钮可打开微信的设置页，用户可在其中关闭授权。",
            );
            finding
        })
        .into_iter()
        .collect()
}

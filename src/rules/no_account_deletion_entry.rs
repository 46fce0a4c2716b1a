//! `no-account-deletion-entry`: people sign in and personal information is collected, and nothing lets them delete the account.
//! The one thing to know: said once, on app.json.

use super::{Context, Rule, entries};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-account-deletion-entry",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "A program with accounts lets people delete theirs.",
        "有账号体系的程序提供注销账号的入口。",
    ],
    docs: include_str!("no_account_deletion_entry.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let id = "account-deletion";
    if !entries::collects(context)
        || !entries::has_duty(context, id)
        || entries::offers(context, id)
    {
        return Vec::new();
    }
    let message = Phrase::new(
        "people sign in here, but no page was found that lets them delete their account and data",
        "程序有登录功能，但未发现注销账号、删除数据的入口",
    );
    let finding = entries::missing(context, &RULE, message, id);
    finding
        .map(|mut finding| {
            finding.why = Phrase::new(
                "Users must be able to delete their data for good by themselves (WeChat operation rules, 15.3.9; PIPL Art. 47); a shop also owes them a way to close the account (E-Commerce Law Art. 24).",
                "用户须能自行彻底删除其数据（微信小程序运营规范第 15.3.9 条；《个人信息保护法》第四十七条）；电子商务经营者还须提供注销方式（《电子商务法》第二十四条）。",
            );
            finding
        })
        .into_iter()
        .collect()
}

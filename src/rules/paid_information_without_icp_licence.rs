//! `paid-information-without-icp-licence`: information is sold, and no licence for information
//! services is declared. It speaks of declared models alone; a word such as 会员 is in every second
//! shop.

use super::{Context, Rule, marketplace_without_edi};
use crate::finding::{Finding, Severity};
use crate::settings::Commerce;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "paid-information-without-icp-licence",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "Who sells information holds a licence for information services.",
        "有偿提供信息的程序持有信息服务业务许可。",
    ],
    docs: include_str!("paid_information_without_icp_licence.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if context.settings.commerce != Some(Commerce::PaidInformation) {
        return Vec::new();
    }
    marketplace_without_edi::finding(context, &RULE, Commerce::PaidInformation)
        .into_iter()
        .collect()
}

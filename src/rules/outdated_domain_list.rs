//! `outdated-domain-list`: the list file is older than the team allows. It speaks only when the
//! settings give an age and the file says when it was fetched; the day it is today comes in with
//! the files.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::project::Day;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "outdated-domain-list",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The list of registered domains is not older than the settings allow.",
        "域名列表未超过设置允许的天数。",
    ],
    docs: include_str!("outdated_domain_list.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let (Some(list), Some(limit)) = (&context.domain_list, context.settings.domains_max_age) else {
        return Vec::new();
    };
    let Some((text, span)) = &list.registered.fetched_at else { return Vec::new() };
    let place = Place::new(&list.file, *span);
    let Some(fetched) = Day::read(text) else {
        let mut finding = RULE.finding(
            place,
            Phrase::new(
                "`fetched_at` names no day, so the age of this list is unknown",
                "`fetched_at` 不是日期，无法得知列表的新旧",
            ),
            "fetched_at",
        );
        finding.why = Phrase::new(
            "The settings ask for a list that is not old (`domainsMaxAge`).",
            "设置要求列表保持较新（`domainsMaxAge`）。",
        );
        finding.help = Phrase::new(
            "Write the day as 2026-01-31, alone or before a time.",
            "请写成 2026-01-31 这样的日期，其后可带时间。",
        );
        return vec![finding];
    };
    let Some(age) = context.files.today().map(|today| today.days_since(fetched)) else {
        return Vec::new();
    };
    if u64::try_from(age).unwrap_or(0) <= limit {
        return Vec::new();
    }
    let mut finding = RULE.finding(
        place,
        Phrase::new(
            format!("this list of registered domains is {age} days old; {limit} are allowed"),
            format!("该域名列表获取于 {age} 天前，允许 {limit} 天"),
        ),
        "fetched_at",
    );
    finding.why = Phrase::new(
        "What was registered or removed in the console since then is not in it, so calls may be judged wrongly.",
        "此后在管理后台增删的域名不在其中，比对结果可能有误。",
    );
    finding.help = Phrase::new(
        "Fetch the answer of getDomainInfo (POST /wxa/getwxadevinfo) again, and write its day into `fetched_at`.",
        "请重新获取 getDomainInfo（POST /wxa/getwxadevinfo）的返回内容，并更新 `fetched_at` 中的日期。",
    );
    vec![finding]
}

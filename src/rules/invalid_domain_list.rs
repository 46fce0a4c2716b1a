//! `invalid-domain-list`: an entry of the list file that the console cannot hold, or a saved answer that is an error.
//! The one thing to know: such an entry opens nothing, so the calls that rely on it fail.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::project::DomainProblem;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "invalid-domain-list",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The list of registered domains holds what the console can hold.",
        "域名列表文件的内容与管理后台可登记的内容一致。",
    ],
    docs: include_str!("invalid_domain_list.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(list) = &context.domain_list else { return Vec::new() };
    list.registered
        .problems
        .iter()
        .map(|(span, problem)| {
            let place = Place::new(&list.file, *span);
            let mut finding = RULE.finding(place, message(*problem), format!("{problem:?}"));
            finding.why = Phrase::new(
                "The file is compared with the code as if it were the console's list; this part of it opens no call.",
                "该文件被当作管理后台的列表用于比对；这部分内容不会放行任何请求。",
            );
            finding.help = Phrase::new(
                "Save the console's list again, or correct the entry.",
                "请重新保存管理后台的列表，或修正该条目。",
            );
            finding
        })
        .collect()
}

fn message(_problem: DomainProblem) -> Phrase {
    Phrase::default()
}

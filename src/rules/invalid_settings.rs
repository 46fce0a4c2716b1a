//! `invalid-settings`: something in miniguard.json that cannot be followed. The one thing to know: the rest of the file still holds.

use super::{Context, Rule};
use crate::finding::{Finding, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "invalid-settings",
    severity: Severity::Error,
    default_on: true,
    summary: ["miniguard.json says what miniguard understands.", "miniguard.json 的内容均可识别。"],
    docs: include_str!("invalid_settings.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(loaded) = context.loaded else { return Vec::new() };
    loaded
        .problems
        .iter()
        .map(|problem| {
            let place = crate::finding::Place::new(&loaded.file, problem.span);
            let mut finding = RULE.finding(place, problem.message.clone(), problem.subject.clone());
            finding.why = crate::finding::Phrase::new(
                "This part of the settings has no effect; the rest applies.",
                "这部分设置不生效，其余设置照常生效。",
            );
            finding.help = problem.help.clone();
            finding
        })
        .collect()
}

//! `invalid-settings`: something in miniguard.json that cannot be followed. The one thing to know: the rest of the file still holds.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Severity};

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
    context
        .settings_problems
        .iter()
        .map(|problem| {
            let subject = context
                .files
                .get(&problem.place.file)
                .map_or("", |file| problem.place.span.of(&file.source));
            let mut finding = RULE.finding(
                problem.place.clone(),
                problem.message.clone(),
                subject.trim_matches('"'),
            );
            finding.why = Phrase::new(
                "This part of the settings has no effect; the rest applies.",
                "这部分设置不生效，其余设置照常生效。",
            );
            finding.help = problem.help.clone();
            finding.fixes = problem.fix.clone().into_iter().collect();
            finding
        })
        .collect()
}

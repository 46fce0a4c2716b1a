//! `suppression-without-reason`: see the Markdown file. Its findings arise in
//! `analysis/suppression.rs`, after every other rule spoke.

use super::{Rule, nothing};
use crate::finding::Severity;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "suppression-without-reason",
    severity: Severity::Warning,
    default_on: true,
    summary: ["A suppression says why.", "忽略注释必须写明理由。"],
    docs: include_str!("suppression_without_reason.md"),
    check: nothing,
};

//! `unused-suppression`: see the Markdown file. Its findings arise in `analysis/suppression.rs`,
//! after every other rule spoke.

use super::{Rule, nothing};
use crate::finding::Severity;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unused-suppression",
    severity: Severity::Warning,
    default_on: true,
    summary: ["A suppression that hides nothing is removed.", "不再生效的忽略注释应当删除。"],
    docs: include_str!("unused_suppression.md"),
    check: nothing,
};

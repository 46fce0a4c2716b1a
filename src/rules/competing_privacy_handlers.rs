//! `competing-privacy-handlers`: several handlers of the privacy event, of which the platform keeps
//! one. An independent subpackage runs without the rest, so its handler competes with none outside.

use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::consent::Registration;
use crate::finding::{Finding, Label, Phrase, Severity};
use crate::path::FilePath;

/// How many other registrations a finding shows; the last one counts the rest.
const LABELS: usize = 4;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "competing-privacy-handlers",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The program registers one handler of the privacy event.",
        "程序只注册一个隐私授权监听。",
    ],
    docs: include_str!("competing_privacy_handlers.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let island = |registration: &Registration| -> Option<FilePath> {
        let subpackage = context.program.subpackage_of(&registration.place.file)?;
        subpackage.independent.then(|| subpackage.root.clone())
    };
    let mut earlier: BTreeMap<Option<FilePath>, Vec<&Registration>> = BTreeMap::new();
    let mut findings = Vec::new();
    for registration in &context.consent.registrations {
        let before = earlier.entry(island(registration)).or_default();
        before.push(registration);
        let [first, .., _] = before.as_slice() else { continue };
        let mut finding = RULE.finding(
            registration.place.clone(),
            Phrase::new(
                format!(
                    "another privacy handler is registered in {}; only the one registered last counts",
                    first.place.file
                ),
                format!("{} 中已注册隐私授权监听；只有最后注册的一个有效", first.place.file),
            ),
            "handler",
        );
        finding.why = Phrase::new(
            "Each registration replaces the previous one. Which of them answers depends on the order in which the code runs, and the pop-up of the other never appears.",
            "后注册的监听会替换之前的监听。由哪一个回应取决于代码的执行顺序，另一个的弹窗不会出现。",
        );
        finding.help = Phrase::new(
            "Register once, in app.js or in a module that it loads, and let pages and components subscribe to that.",
            "请只在 app.js 或其加载的模块中注册一次，由页面和组件向其订阅。",
        );
        let others = before.len() - 1;
        let shown = if others > LABELS { LABELS - 1 } else { others };
        finding.labels = before
            .iter()
            .take(others.min(LABELS))
            .enumerate()
            .map(|(index, other)| Label {
                place: other.place.clone(),
                message: if index < shown {
                    Phrase::new("registered here, too", "此处也注册了监听")
                } else {
                    let more = others - shown - 1;
                    Phrase::new(
                        format!("registered here, too, and in {more} more places"),
                        format!("此处也注册了监听，另有 {more} 处"),
                    )
                },
            })
            .collect();
        findings.push(finding);
    }
    findings
}

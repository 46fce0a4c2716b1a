//! `setting-page-without-tap`: the settings page opened without a tap. A dialog's button is a
//! tap, and a way whose beginning is out of sight may be one.

use super::{Context, Rule};
use crate::catalogue::ConsentRole;
use crate::finding::{Finding, Phrase, Severity};
use crate::semantic::call_graph::{EntryPoint, LifecycleHook};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "setting-page-without-tap",
    severity: Severity::Warning,
    default_on: true,
    summary: ["The settings page is opened from a tap.", "设置页由用户点击打开。"],
    docs: include_str!("setting_page_without_tap.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for used in context.uses {
        let Some(standing) = context.consent.states.get(used) else { continue };
        let only_opening = !standing.hidden
            && standing.place.is_none()
            && standing.entries.iter().all(|entry| matches!(entry, EntryPoint::LifecycleHook(_)));
        let Some(EntryPoint::LifecycleHook(opening)) =
            standing.entries.first().filter(|_| only_opening)
        else {
            continue;
        };
        if used.interface.consent_role != Some(ConsentRole::Settings) {
            continue;
        }
        let (LifecycleHook::App(method)
        | LifecycleHook::Page(method)
        | LifecycleHook::Component(method)) = opening;
        let mut finding = RULE.finding(
            used.place.clone(),
            Phrase::new(
                format!("{} runs from {method} only, not from a tap", used.api),
                format!("{} 仅由 {method} 触发，而非用户点击", used.api),
            ),
            used.api,
        );
        finding.why = Phrase::new(
            "Since base library 2.3.0 the settings page opens only after the person tapped something; otherwise the call fails.",
            "自基础库 2.3.0 起，只有用户点击之后才能打开设置页，否则调用失败。",
        );
        finding.help = Phrase::new(
            "Show why the permission is needed, with a button that opens the settings page.",
            "请先说明为何需要该权限，并提供一个打开设置页的按钮。",
        );
        findings.push(finding);
    }
    findings
}

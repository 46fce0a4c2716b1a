//! `cancelled-scope`: asking for an authorisation that no longer exists. The request does no harm
//! and has no effect; what the code behind it waits for is there already.

use super::{Context, Rule};
use crate::catalogue::{self, Form, ScopeStatus};
use crate::finding::{Finding, Phrase, Severity, Tag};
use crate::semantic::api_use::ApiUse;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "cancelled-scope",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "No authorisation is asked for that the platform has cancelled.",
        "不请求平台已取消的授权。",
    ],
    docs: include_str!("cancelled_scope.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let cancelled = |used: &&ApiUse| {
        used.package.is_none()
            && used.interface.form == Form::Scope
            && used.interface.scope_status == Some(ScopeStatus::Cancelled)
    };
    let mut findings = Vec::new();
    for used in context.uses.iter().filter(cancelled) {
        let Some(scope) = used.interface.value.and_then(catalogue::scope) else { continue };
        let asked = Phrase::from(scope.label);
        let mut finding = RULE.finding(
            used.place.clone(),
            Phrase::new(
                format!("{} was cancelled: asking for it does nothing", scope.scope),
                format!("{} 已取消，请求该授权没有任何效果", scope.scope),
            ),
            scope.scope,
        );
        finding.why = Phrase::new(
            format!(
                "The authorisation ({}) always reads as granted and no pop-up appears. Where privacy consent is needed, the interface asks for it itself.",
                asked.en
            ),
            format!(
                "该授权（{}）始终视为已授权，不会出现弹窗。需要隐私授权时，由接口自行询问用户。",
                asked.zh
            ),
        );
        finding.help = Phrase::new(
            "Remove the request and call the interface directly; handle its `fail`.",
            "请删除该请求，直接调用相应接口，并处理其 `fail`。",
        );
        finding.tag = Some(Tag::Unnecessary);
        findings.push(finding);
    }
    findings
}

//! `pre-approval-content`: the program is about something for which the filing asks a document
//! first. Never one word alone – name, tabs, titles, paths and texts are weighed together, and one
//! finding speaks for each item of the pre-approval.

use super::category_mismatch::labels;
use super::obligations::{Obligation, Status, Sureness, obligations};
use super::{Context, Rule, settings_edit};
use crate::catalogue::{self, HeldBy, PreApproval};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "pre-approval-content",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "Content that needs an approval before the filing has one.",
        "需前置审批的内容已取得批准文件。",
    ],
    docs: include_str!("pre_approval_content.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let obligations = obligations(context);
    // One licence of an item answers for all of it.
    let of = |item: &PreApproval| {
        let wanted = |one: &&Obligation| {
            item.licences.contains(&one.licence.id) && one.licence.held == HeldBy::Licence
        };
        let found: Vec<&Obligation> = obligations.iter().filter(wanted).collect();
        let held = item.licences.iter().any(|id| context.settings.holds(id).is_some())
            || found.iter().any(|one| matches!(one.status, Status::Held { .. }));
        let best = found.into_iter().max_by_key(|one| (one.sureness, one.evidence.len()));
        best.filter(|_| !held).cloned()
    };
    catalogue::pre_approvals()
        .iter()
        .filter_map(|item| finding(context, item, &of(item)?))
        .collect()
}

fn finding(context: &Context<'_>, item: &PreApproval, one: &Obligation) -> Option<Finding> {
    let evidence = one.evidence.first()?;
    let said = one.evidence.iter().take(4).map(|it| &it.what);
    let en: Vec<&str> = said.clone().map(|what| what.en.as_str()).collect();
    let zh: Vec<&str> = said.map(|what| what.zh.as_str()).collect();
    let likely = one.sureness >= Sureness::Likely;
    let (verb_en, verb_zh) = if likely {
        ("looks like", "内容疑似涉及")
    } else {
        ("may be about", "内容可能涉及")
    };
    let message = Phrase::new(
        format!("this {verb_en} {}: {}", item.item.en.to_lowercase(), en.join(", ")),
        format!("{verb_zh}“{}”：{}", item.item.zh, zh.join("、")),
    );
    let mut finding = RULE.finding(evidence.place.clone(), message, item.id);
    if !likely {
        finding.severity = Severity::Hint;
    }
    finding.labels = labels(one);
    finding.why = Phrase::new(
        format!("WeChat enforces it: the filing of such content asks for a document first – {} (issued by: {}).", item.document.en, item.issuer.en),
        format!("由微信平台执行：此类内容备案前须提供前置审批文件——{}（主管机关：{}）。", item.document.zh, item.issuer.zh),
    )
    .then(&Phrase::new(
        format!("The law asks for it, too: {}.", one.licence.basis.en),
        format!("法律依据：{}。", one.licence.basis.zh),
    ));
    finding.help = Phrase::new(
        format!(
            "If it is so, obtain the document and declare it in `licences` (id `{}`); if not, say why in `ignore` of miniguard.json.",
            one.licence.id
        ),
        format!(
            "如确属此类，请取得文件并在 `licences` 中声明（id 为 `{}`）；如非，请在 miniguard.json 的 `ignore` 中说明原因。",
            one.licence.id
        ),
    );
    finding.fixes.extend(settings_edit::licence(context, one.licence.id));
    Some(finding)
}

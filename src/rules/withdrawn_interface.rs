//! `withdrawn-interface`: what the platform has taken back, shut down or replaced. Only what no
//! longer gives what it gave is a warning; what merely has a successor is a hint.

use super::{Context, Rule, Site};
use crate::catalogue::{Interface, ScopeStatus, Withdrawal, WithdrawalState};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity, Tag};
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "withdrawn-interface",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "No interface is used that the platform has withdrawn or replaced.",
        "不使用平台已回收或已被替代的接口。",
    ],
    docs: include_str!("withdrawn_interface.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A scope that was cancelled is `cancelled-scope`'s: the interface itself is still there.
    let gone = |row: &Interface| {
        row.withdrawn.is_some() && row.scope_status != Some(ScopeStatus::Cancelled)
    };
    for site in context.sites(|used| gone(used.interface)) {
        let Some(withdrawn) = &site.used.interface.withdrawn else { continue };
        let gone = matches!(withdrawn.state, WithdrawalState::Withdrawn | WithdrawalState::Offline);
        if site.in_package() && !gone {
            continue;
        }
        let (en, zh) = match withdrawn.state {
            WithdrawalState::Withdrawn => ("was withdrawn", "已被回收"),
            WithdrawalState::Offline => {
                ("belongs to a service that was shut down", "所属服务已下线")
            }
            WithdrawalState::Renamed => ("was renamed", "已更名"),
            WithdrawalState::Deprecated => ("is deprecated", "已停止维护"),
        };
        let since = withdrawn.since.map_or_else(Phrase::default, |since| {
            // A date, or the base library from which on.
            if since.starts_with("20") {
                Phrase::new(format!(" on {since}"), format!("（{since}）"))
            } else {
                Phrase::new(format!(" since base library {since}"), format!("（自基础库 {since}）"))
            }
        });
        let name = site.name();
        let mut finding = RULE.finding(
            site.place.clone(),
            Phrase::new(
                format!("{} {en}{}", name.en, since.en),
                format!("{} {zh}{}", name.zh, since.zh),
            ),
            site.used.interface.name,
        );
        if !gone {
            finding.severity = Severity::Hint;
        }
        let note = withdrawn.note.filter(|_| !withdrawn.replacement.is_empty());
        finding.why = note.map_or_else(
            || {
                Phrase::new(
                    "It still works, but is no longer maintained and may end with a future base library.",
                    "目前仍可使用，但不再维护，后续基础库可能移除。",
                )
            },
            Phrase::from,
        );
        finding.help = help(withdrawn);
        finding.labels = site.labels();
        finding.fixes = rename(context, &site, withdrawn).into_iter().collect();
        finding.tag = Some(Tag::Deprecated);
        findings.push(finding);
    }
    findings
}

fn help(withdrawn: &Withdrawal) -> Phrase {
    if let (true, Some(note)) = (withdrawn.replacement.is_empty(), withdrawn.note) {
        return note.into();
    }
    if withdrawn.replacement.is_empty() {
        return Phrase::new("There is no replacement: remove it.", "没有替代接口，请移除。");
    }
    Phrase::new(
        format!("Use {} instead.", withdrawn.replacement.join(", ")),
        format!("请改用 {}。", withdrawn.replacement.join("、")),
    )
}

/// Puts the new name in place of the old one, where the catalogue says that this is all it takes.
fn rename(context: &Context<'_>, site: &Site<'_>, withdrawn: &Withdrawal) -> Option<Fix> {
    let (_, new) = withdrawn.mechanical?.rsplit_once('.')?;
    let (_, old) = site.used.interface.name.rsplit_once('.')?;
    let place = &site.used.place;
    if site.in_package() || !place.span.of(&context.editable(&place.file)?.source).ends_with(old) {
        return None;
    }
    let end = place.span.end();
    Some(Fix {
        title: Phrase::new(format!("Use {new}"), format!("改用 {new}")),
        applicability: Applicability::Safe,
        edits: vec![Edit::Replace {
            place: Place::new(&place.file, Span::new(end - old.len(), end)),
            text: new.to_owned(),
        }],
    })
}

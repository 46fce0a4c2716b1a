//! `licence-not-open-to-entity`: the program does something that the declared kind of entity cannot
//! be licensed for. It speaks only where the entity is declared; payment and web pages have rules
//! of their own.

use super::category_mismatch::labels;
use super::obligations::{Obligation, Status, Sureness, obligations};
use super::{Context, Rule};
use crate::catalogue::{self, EntityKind, HeldBy, Licence};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "licence-not-open-to-entity",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "What the program does is open to its kind of entity.",
        "小程序的功能对其主体类型开放。",
    ],
    docs: include_str!("licence_not_open_to_entity.md"),
    check,
};

/// Rows that other rules speak about.
const ELSEWHERE: [&str; 2] = ["payment.wechat", "webview"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(entity) = context.settings.entity else { return Vec::new() };
    obligations(context)
        .iter()
        .filter(|one| !ELSEWHERE.contains(&one.licence.id))
        .filter(|one| !matches!(one.status, Status::Held { .. }))
        .filter_map(|one| {
            let stated = one.licence.closed_to.contains(&entity.kind);
            let derived = entity.kind == EntityKind::Individual
                && one.sureness >= Sureness::Likely
                && has_no_category(one.licence);
            (stated || derived).then(|| finding(one, entity.kind)).flatten()
        })
        .collect()
}

/// Whether individuals have no category at all below the first levels that the licence goes with.
fn has_no_category(licence: &Licence) -> bool {
    let first = |text: &&str| text.split('/').next().unwrap_or_default().to_owned();
    licence.held == HeldBy::Licence
        && !licence.categories.is_empty()
        && licence.categories.iter().all(|wanted| {
            let wanted = first(wanted);
            !catalogue::categories().iter().any(|row| {
                row.entity == EntityKind::Individual
                    && catalogue::first_levels_agree(row.category, &wanted)
            })
        })
}

fn finding(one: &Obligation, kind: EntityKind) -> Option<Finding> {
    let licence = one.licence;
    let evidence = one.evidence.first()?;
    let who = kind.phrase();
    let message = Phrase::new(
        format!("{} ({}) is not open to {}", licence.capability.en, evidence.what.en, who.en),
        format!("{}（{}）不对{}开放", licence.capability.zh, evidence.what.zh, who.zh),
    );
    let mut finding = RULE.finding(evidence.place.clone(), message, licence.id);
    if one.sureness == Sureness::Possible {
        finding.severity = Severity::Information;
    }
    finding.why = Phrase::new(
        format!("It asks for: {}.", licence.licence.en),
        format!("所需资质：{}。", licence.licence.zh),
    )
    .then(&licence.enforcement_sentence())
    .then(&licence.issuer_and_basis());
    finding.help = match kind {
        EntityKind::Overseas => Phrase::new(
            "Publish through a mainland entity that holds the licence (`via-partner`), or leave the feature out.",
            "请通过持有资质的境内主体发布（`via-partner`），或移除该功能。",
        ),
        _ => Phrase::new(
            "Move the program to the account of an organisation that holds the licence, or leave the feature out.",
            "请改用持有资质的非个人主体账号，或移除该功能。",
        ),
    };
    finding.labels = labels(one);
    Some(finding)
}

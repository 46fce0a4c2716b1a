//! `licence-not-open-to-entity`: the program does something that the declared kind of entity cannot
//! be licensed for, or that a verified account alone may do. It speaks only where the entity is
//! declared; payment and web pages have rules of their own.

use super::category_mismatch::labels;
use super::obligations::{Obligation, Status, Sureness, obligations};
use super::{Context, Rule, Site};
use crate::catalogue::{self, ConsoleGate, EntityKind, HeldBy, Licence};
use crate::finding::{Finding, Phrase, Severity};
use crate::semantic::api_use::ApiUse;
use crate::settings::Entity;

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
    let mut findings = unverified(context, entity);
    let obligations = obligations(context);
    let closed = obligations
        .iter()
        .filter(|one| !ELSEWHERE.contains(&one.licence.id))
        .filter(|one| !matches!(one.status, Status::Held { .. }))
        .filter_map(|one| {
            let stated = one.licence.closed_to.contains(&entity.kind);
            let derived = entity.kind == EntityKind::Individual
                && one.sureness >= Sureness::Likely
                && has_no_category(one.licence);
            (stated || derived).then(|| finding(one, entity.kind)).flatten()
        });
    findings.extend(closed);
    findings
}

/// The interfaces of verified accounts, where the account of an organisation is declared as not
/// verified. Individuals cannot be verified: what is closed to them is told by its licence.
fn unverified(context: &Context<'_>, entity: Entity) -> Vec<Finding> {
    if entity.verified != Some(false) || entity.kind == EntityKind::Individual {
        return Vec::new();
    }
    let gated = |used: &ApiUse| {
        let row = used.interface;
        let verified = row.console_gate == Some(ConsoleGate::VerifiedEntity);
        (verified && row.payment.is_none()).then_some(row.name)
    };
    let sites = context.first_sites(gated);
    let finding = |site: &Site<'_>| {
        let name = site.name();
        let message = Phrase::new(
            format!(
                "{} needs a verified account, and this one is declared as not verified",
                name.en
            ),
            format!("{} 须完成微信认证，而账号声明为未认证", name.zh),
        );
        let mut finding = RULE.finding(site.place.clone(), message, site.used.interface.name);
        finding.why = Phrase::new(
            "WeChat opens the interface to verified accounts of organisations only: elsewhere it fails.",
            "微信仅向已认证的非个人主体开放该接口，其他账号调用会失败。",
        );
        finding.help = Phrase::new(
            "Have the account verified. If `entity` in miniguard.json is wrong, correct it.",
            "请完成微信认证。若 miniguard.json 中的 `entity` 有误，请更正。",
        );
        finding.labels = site.labels();
        finding
    };
    sites.iter().map(finding).collect()
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

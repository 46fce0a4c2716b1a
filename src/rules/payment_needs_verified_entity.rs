//! `payment-needs-verified-entity`: payment is used, and the declared account cannot have it. It
//! speaks only where the team says whose account it is; virtual payment is open to some
//! individuals.

use super::{Context, Rule, commerce};
use crate::catalogue::{self, EntityKind, Payment};
use crate::finding::{Finding, Label, Phrase, Severity};
use crate::semantic::api_use::ApiUse;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payment-needs-verified-entity",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "Payments are taken by verified accounts of organisations.",
        "支付仅由已认证的非个人主体使用。",
    ],
    docs: include_str!("payment_needs_verified_entity.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(entity) = context.settings.entity else { return Vec::new() };
    let individual = entity.kind == EntityKind::Individual;
    let open = |used: &&ApiUse| individual && used.interface.payment == Some(Payment::PayVirtual);
    let payments: Vec<&ApiUse> =
        commerce::payments(context).into_iter().filter(|used| !open(used)).collect();
    let (Some(&first), Some(licence)) = (payments.first(), catalogue::licence("payment.wechat"))
    else {
        return Vec::new();
    };
    let site = context.site_of(first);
    let name = site.name();
    let (severity, message) = if individual {
        let message = Phrase::new(
            format!("{} is closed to the account of an individual", name.en),
            format!("{} 不对个人主体开放", name.zh),
        );
        (Severity::Error, message)
    } else if entity.verified == Some(false) {
        let message = Phrase::new(
            format!(
                "{} needs a verified account, and this one is declared as not verified",
                name.en
            ),
            format!("{} 须完成微信认证，而账号声明为未认证", name.zh),
        );
        (Severity::Warning, message)
    } else {
        return Vec::new();
    };
    let mut finding = RULE.finding(site.place.clone(), message, first.api);
    finding.severity = severity;
    finding.why = licence.enforcement_sentence().then(&licence.issuer_and_basis());
    finding.help = Phrase::new(
        "Have the account verified and bind a merchant number, or move the program to the account of an organisation. If `entity` in miniguard.json is wrong, correct it.",
        "请完成微信认证并绑定商户号，或改用非个人主体账号。若 miniguard.json 中的 `entity` 有误，请更正。",
    );
    finding.labels = site.labels();
    finding.labels.extend(
        payments.iter().skip(1).take(5).filter(|used| used.package.is_none()).map(|used| Label {
            place: used.place.clone(),
            message: Phrase::new("also here", "此处亦然"),
        }),
    );
    vec![finding]
}

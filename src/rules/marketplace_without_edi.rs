//! `marketplace-without-edi`: several merchants trade through the program, and no licence for
//! transaction processing is declared. A declared marketplace is a warning; words alone are a
//! question, and only to a team that declares its licences.

use super::obligations::{Status, status};
use super::{Context, Rule, commerce, settings_edit};
use crate::catalogue;
use crate::finding::{Finding, Phrase, Severity};
use crate::settings::Commerce;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "marketplace-without-edi",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "A marketplace holds a licence for transaction processing.",
        "多商户平台持有在线数据处理与交易处理业务许可。",
    ],
    docs: include_str!("marketplace_without_edi.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    finding(context, &RULE, Commerce::Marketplace).into_iter().collect()
}

/// What `rule` says of a model of selling whose licence is not declared.
pub(super) fn finding(context: &Context<'_>, rule: &Rule, model: Commerce) -> Option<Finding> {
    let &used = commerce::payments(context).first()?;
    let licence = catalogue::licence(commerce::licence_of(model))?;
    if matches!(status(context, licence), Status::Held { .. }) {
        return None;
    }
    let because = match context.settings.commerce {
        Some(declared) if declared == model => None,
        Some(_) => return None,
        // A team that declares nothing at all is asked for the model instead, once.
        None if context.settings.licences.is_none() => return None,
        None => Some(commerce::quoted(commerce::shown(context, licence.id)?)),
    };
    let site = context.site_of(used);
    let what = commerce::phrase_of(model);
    let message = match &because {
        None => Phrase::new(
            format!("{} is declared, and `{}` is not among the licences", what.en, licence.id),
            format!("经营模式声明为{}，但未声明资质 `{}`", what.zh, licence.id),
        ),
        Some(words) => Phrase::new(
            format!("payments are taken, and {} point to {}", words.en, what.en),
            format!("程序收取付款，且{}等字样显示可能为{}", words.zh, what.zh),
        ),
    };
    let mut finding = rule.finding(site.place.clone(), message, licence.id);
    if because.is_some() {
        finding.severity = Severity::Information;
    }
    finding.labels = site.labels();
    finding.why = Phrase::new(
        format!("It asks for: {}.", licence.licence.en),
        format!("须取得：{}。", licence.licence.zh),
    )
    .then(&licence.enforcement_sentence())
    .then(&licence.issuer_and_basis());
    finding.help = Phrase::new(
        format!(
            "Declare the licence in `licences` of miniguard.json once you hold it (id `{}`), or declare another model as `commerce`.",
            licence.id
        ),
        format!(
            "取得后请在 miniguard.json 的 `licences` 中声明（id 为 `{}`）；若经营模式不同，请修改 `commerce`。",
            licence.id
        ),
    );
    finding.fixes.extend(settings_edit::licence(context, licence.id));
    Some(finding)
}

//! `category-mismatch`: the program is about something that none of its declared service categories
//! covers. It speaks only where categories are declared; first levels decide, because second levels
//! overlap.

use super::obligations::{Obligation, Sureness, obligations};
use super::{Context, Rule};
use crate::catalogue::{self, EnforcedBy, EntityKind, HeldBy};
use crate::finding::{Finding, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "category-mismatch",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The declared service categories cover what the program does.",
        "已声明的服务类目覆盖小程序的实际功能。",
    ],
    docs: include_str!("category_mismatch.md"),
    check,
};

/// A first level that stands for everything that public bodies do.
const PUBLIC: &str = "政务民生";

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(declared) = &context.settings.categories else { return Vec::new() };
    let first = |text: &str| text.split('/').next().unwrap_or_default().to_owned();
    let firsts: Vec<String> = declared.iter().map(|it| first(&it.text)).collect();
    // The table of overseas entities cuts categories otherwise.
    let other_table = context
        .settings
        .entity
        .is_some_and(|it| matches!(it.kind, EntityKind::Overseas | EntityKind::Government));
    if firsts.is_empty() || other_table || firsts.iter().any(|it| it == PUBLIC) {
        return Vec::new();
    }
    let covered =
        |wanted: &str| firsts.iter().any(|it| catalogue::first_levels_agree(it, &first(wanted)));
    obligations(context)
        .iter()
        .filter(|one| one.licence.held != HeldBy::Category && !one.licence.categories.is_empty())
        // Where the platform checks some categories only, the others are no mismatch.
        .filter(|one| one.licence.enforcement == EnforcedBy::Platform)
        .filter(|one| !one.licence.categories.iter().any(|wanted| covered(wanted)))
        .filter_map(|one| finding(one, &firsts))
        .collect()
}

fn finding(one: &Obligation, firsts: &[String]) -> Option<Finding> {
    let licence = one.licence;
    let evidence = one.evidence.first()?;
    let words: Vec<&str> = one.evidence.iter().take(4).map(|it| it.what.en.as_str()).collect();
    let zh: Vec<&str> = one.evidence.iter().take(4).map(|it| it.what.zh.as_str()).collect();
    let message = Phrase::new(
        format!(
            "the program shows {} ({}), which {} does not cover",
            licence.capability.en,
            words.join(", "),
            firsts.join(", ")
        ),
        format!(
            "程序涉及{}（{}），而已声明的类目“{}”不包含此项",
            licence.capability.zh,
            zh.join("、"),
            firsts.join("、")
        ),
    );
    let mut finding = RULE.finding(evidence.place.clone(), message, licence.id);
    if one.sureness < Sureness::Likely {
        finding.severity = Severity::Information;
    }
    finding.why = Phrase::new(
        "WeChat enforces it: features must fit the category, and review refuses or removes what does not (operation rules, 5.7).",
        "由微信平台执行：功能须与类目一致，不符的版本会被驳回或下架（运营规范第 5.7 条）。",
    )
    .then(&licence.issuer_and_basis());
    let (list_en, list_zh) = (licence.categories.join(", "), licence.categories.join("、"));
    finding.help = Phrase::new(
        format!(
            "Add a matching category in the console ({list_en}) and declare it, or leave the feature out. It may ask for: {}.",
            licence.licence.en
        ),
        format!(
            "请在管理后台添加相应类目（{list_zh}）并声明，或移除该功能。所需资质：{}。",
            licence.licence.zh
        ),
    );
    finding.labels = labels(one);
    Some(finding)
}

/// The further places of the evidence.
pub(super) fn labels(one: &Obligation) -> Vec<Label> {
    let rest = one.evidence.iter().skip(1).take(4);
    rest.map(|it| Label { place: it.place.clone(), message: it.what.clone() }).collect()
}

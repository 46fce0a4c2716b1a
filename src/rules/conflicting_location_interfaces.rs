//! `conflicting-location-interfaces`: an approximate and a precise position declared together.
//! Which one goes is only certain when the program uses one kind alone.

use super::{Context, Rule};
use crate::catalogue::{self, ExclusiveGroup};
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Label, Phrase, Severity};
use crate::path::FilePath;
use crate::project::{Field, Named};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "conflicting-location-interfaces",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "Approximate and precise location are not declared together.",
        "模糊位置与精确位置接口不得同时声明。",
    ],
    docs: include_str!("conflicting_location_interfaces.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(manifest) = context.manifest_of(Field::RequiredPrivateInfos) else {
        return Vec::new();
    };
    let of_group = |group| -> Vec<&Named> {
        context
            .declared_private_infos()
            .iter()
            .filter(|one| group_of(&one.name) == Some(group))
            .collect()
    };
    let (fuzzy, precise) = (of_group(ExclusiveGroup::Fuzzy), of_group(ExclusiveGroup::Precise));
    let (Some(first), Some(other)) = (fuzzy.first(), precise.first()) else { return Vec::new() };
    let mut finding = RULE.finding(
        first.place.clone(),
        Phrase::new(
            format!("{} cannot be declared together with {}", first.name, other.name),
            format!("{} 不能与 {} 同时声明", first.name, other.name),
        ),
        format!("{}+{}", first.name, other.name),
    );
    finding.why = Phrase::new(
        "The compiler reports an error when the approximate position stands beside a precise one.",
        "模糊位置接口与精确位置接口同时声明时，编译会报错。",
    );
    finding.help = Phrase::new(
        "Keep one kind. An approximate position is not sensitive personal information, a precise one is: where a city suffices, take the approximate one.",
        "只保留一类。模糊位置不属于敏感个人信息，精确位置属于；只需城市级位置时，请使用模糊位置。",
    );
    finding.labels = precise
        .iter()
        .map(|one| Label {
            place: one.place.clone(),
            message: Phrase::new("declared here", "在此声明"),
        })
        .collect();
    let uses =
        |group| context.uses.iter().any(|used| used.interface.exclusive_group == Some(group));
    let (uses_fuzzy, uses_precise) = (uses(ExclusiveGroup::Fuzzy), uses(ExclusiveGroup::Precise));
    let applicability = if uses_fuzzy != uses_precise && !context.has_blind_spots() {
        Applicability::Safe
    } else {
        Applicability::Unsafe
    };
    // The kind that the program uses stays; without a hint the approximate one does.
    let groups = if uses_precise { [&fuzzy, &precise] } else { [&precise, &fuzzy] };
    let offered = if applicability == Applicability::Safe { 1 } else { 2 };
    finding.fixes = groups
        .into_iter()
        .take(offered)
        .filter_map(|group| remove(context, &manifest, group, applicability))
        .collect();
    vec![finding]
}

fn group_of(name: &str) -> Option<ExclusiveGroup> {
    catalogue::private_info(name)?.exclusive_group
}

fn remove(
    context: &Context<'_>,
    manifest: &FilePath,
    declared: &[&Named],
    applicability: Applicability,
) -> Option<Fix> {
    let names: Vec<&str> = declared.iter().map(|one| &*one.name).collect();
    let field = Field::RequiredPrivateInfos;
    let edits = context.edit_field(manifest, field, |facts, source, keys| {
        edit::remove_elements(facts, source, keys, &names)
    })?;
    let list = names.join(", ");
    Some(Fix {
        title: Phrase::new(format!("Remove {list}"), format!("移除 {list}")),
        applicability,
        edits,
    })
}

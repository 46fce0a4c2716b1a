//! `undeclared-private-interface`: an interface that must stand in `requiredPrivateInfos` and does
//! not. The manifest that counts is ext.json where it repeats the field, so the fix goes there.

use super::{Context, Rule};
use crate::catalogue::{self, ExclusiveGroup, Interface};
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Label, Phrase, Severity};
use crate::project::Field;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "undeclared-private-interface",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "An interface that needs `requiredPrivateInfos` is declared there.",
        "需要在 `requiredPrivateInfos` 中声明的接口均已声明。",
    ],
    docs: include_str!("undeclared_private_interface.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(manifest) = context.manifest_of(Field::RequiredPrivateInfos) else {
        return Vec::new();
    };
    if context.mistyped(&manifest, Field::RequiredPrivateInfos) {
        return Vec::new();
    }
    let declared = context.declared_private_infos();
    let mut findings = Vec::new();
    for site in context.sites(|used| used.interface.required_private_info.is_some()) {
        let Some(name) = site.used.interface.required_private_info else { continue };
        if declared.iter().any(|one| &*one.name == name) {
            continue;
        }
        let mut finding = RULE.finding(
            site.place.clone(),
            Phrase::new(
                format!(
                    "{} is not declared in `requiredPrivateInfos` of {}",
                    site.name().en,
                    manifest.file_name()
                ),
                format!(
                    "{} 未在 {} 的 `requiredPrivateInfos` 中声明",
                    site.name().zh,
                    manifest.file_name()
                ),
            ),
            name,
        );
        finding.why = Phrase::new(
            "Since 2022-07-14 an undeclared location interface fails at run time, and the version cannot be submitted for review.",
            "自 2022-07-14 起，未声明的地理位置相关接口调用时会直接失败，且版本无法提交审核。",
        );
        finding.help = Phrase::new(
            format!(
                "Add \"{name}\" to `requiredPrivateInfos`, and open the interface in the console (interface settings)."
            ),
            format!(
                "在 `requiredPrivateInfos` 中加入 \"{name}\"，并在管理后台“接口设置”中开通该接口。"
            ),
        );
        if site.in_package() {
            // Whether the package's code is reached at all is not certain.
            finding.severity = Severity::Warning;
        }
        finding.labels = site.labels();
        if let Some(field) = context.field_place(&manifest, Field::RequiredPrivateInfos) {
            finding.labels.push(Label {
                place: field,
                message: Phrase::new("the declared interfaces stand here", "已声明的接口在此处"),
            });
        }
        if excluded(context, site.used.interface) {
            finding.help = finding.help.then(&Phrase::new(
                "It cannot stand beside the other kind of position that the program uses too: keep one kind.",
                "模糊位置与精确位置接口不能并存，而程序两类都在使用：请只保留一类。",
            ));
        } else {
            finding.fixes = fix(context, &manifest, name).into_iter().collect();
        }
        findings.push(finding);
    }
    findings
}

/// Whether declaring the interface would make a conflict: the program uses the other kind too, and
/// that one is declared or, where neither is, goes first (the precise one).
fn excluded(context: &Context<'_>, interface: &Interface) -> bool {
    let Some(group) = interface.exclusive_group else { return false };
    let other = |one: Option<ExclusiveGroup>| one.is_some_and(|one| one != group);
    let declared = context
        .declared_private_infos()
        .iter()
        .any(|one| other(catalogue::private_info(&one.name).and_then(|row| row.exclusive_group)));
    context.uses.iter().any(|used| other(used.interface.exclusive_group))
        && (declared || group == ExclusiveGroup::Fuzzy)
}

fn fix(context: &Context<'_>, manifest: &crate::path::FilePath, name: &str) -> Option<Fix> {
    let edits =
        context.edit_field(manifest, Field::RequiredPrivateInfos, |facts, source, keys| {
            edit::add_to_array(facts, source, keys, name)
        })?;
    Some(Fix {
        title: Phrase::new(
            format!("Declare {name} in {}", manifest.file_name()),
            format!("在 {} 中声明 {name}", manifest.file_name()),
        ),
        applicability: Applicability::Safe,
        edits,
    })
}

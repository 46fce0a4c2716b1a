//! `missing-background-mode`: an interface that works in the background, in a program that does not
//! declare the mode. Where the mode goes with an authorisation the call fails (error); otherwise it
//! only stops in the background (warning).

use super::{Context, Rule};
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Phrase, Severity};
use crate::project::Field;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "missing-background-mode",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "An interface that works in the background has its mode in `requiredBackgroundModes`.",
        "需要后台运行的接口已在 `requiredBackgroundModes` 中声明对应模式。",
    ],
    docs: include_str!("missing_background_mode.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(manifest) = context.manifest_of(Field::RequiredBackgroundModes) else {
        return Vec::new();
    };
    if context.mistyped(&manifest, Field::RequiredBackgroundModes) {
        return Vec::new();
    }
    let declared = context.declared_background_modes();
    let mut findings = Vec::new();
    for site in context.first_sites(|used| used.interface.background_mode) {
        let Some(mode) = site.used.interface.background_mode else { continue };
        if declared.iter().any(|one| &*one.name == mode) {
            continue;
        }
        let mut finding = RULE.finding(
            site.place.clone(),
            Phrase::new(
                format!(
                    "{} needs \"{mode}\" in `requiredBackgroundModes` of {}",
                    site.name().en,
                    manifest.file_name()
                ),
                format!(
                    "{} 需要在 {} 的 `requiredBackgroundModes` 中声明 \"{mode}\"",
                    site.name().zh,
                    manifest.file_name()
                ),
            ),
            mode,
        );
        let fails = !site.used.interface.scopes.is_empty();
        if !fails || site.in_package() {
            finding.severity = Severity::Warning;
        }
        finding.why = if fails {
            Phrase::new("Without the mode the call fails.", "未声明该模式时，接口调用失败。")
        } else {
            Phrase::new(
                "Without the mode it stops as soon as the mini-program goes to the background.",
                "未声明该模式时，小程序进入后台后即停止运行。",
            )
        };
        finding.help = Phrase::new(
            format!(
                "Add \"{mode}\" to `requiredBackgroundModes`; leave the interface out if it is not needed in the background."
            ),
            format!(
                "在 `requiredBackgroundModes` 中加入 \"{mode}\"；若无需后台运行，请改用前台接口。"
            ),
        );
        finding.labels = site.labels();
        let field = Field::RequiredBackgroundModes;
        let edits = context.edit_field(&manifest, field, |facts, source, keys| {
            edit::add_to_array(facts, source, keys, mode)
        });
        finding.fixes = edits
            .map(|edits| Fix {
                title: Phrase::new(
                    format!("Declare \"{mode}\" in {}", manifest.file_name()),
                    format!("在 {} 中声明 \"{mode}\"", manifest.file_name()),
                ),
                applicability: Applicability::Safe,
                edits,
            })
            .into_iter()
            .collect();
        findings.push(finding);
    }
    findings
}

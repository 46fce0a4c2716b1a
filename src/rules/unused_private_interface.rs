//! `unused-private-interface`: declared in `requiredPrivateInfos`, used nowhere. Code out of sight
//! (plugins, files too large to read, `wx[name]` with an unknown name) may still use it, so the fix
//! is safe only where there is none.

use super::{Context, Rule};
use crate::catalogue;
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Phrase, Severity, Tag};
use crate::project::Field;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unused-private-interface",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "What `requiredPrivateInfos` declares is used.",
        "`requiredPrivateInfos` 中声明的接口均有使用。",
    ],
    docs: include_str!("unused_private_interface.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(manifest) = context.manifest_of(Field::RequiredPrivateInfos) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for declared in context.declared_private_infos() {
        let name = &*declared.name;
        let known = catalogue::private_info(name).is_some();
        if context.uses.iter().any(|used| used.interface.required_private_info == Some(name)) {
            continue;
        }
        let message = if known {
            Phrase::new(
                format!("{name} is declared, but no code of the program uses it"),
                format!("已声明 {name}，但程序代码中没有使用"),
            )
        } else {
            Phrase::new(
                format!("`requiredPrivateInfos` has no value {name}"),
                format!("`requiredPrivateInfos` 没有 {name} 这个取值"),
            )
        };
        let mut finding = RULE.finding(declared.place.clone(), message, name);
        finding.why = Phrase::new(
            "Declaring more than the program needs reads as collecting more than is necessary (PIPL Art. 6), and each declared interface must be justified in review.",
            "声明超出实际需要的接口，易被视为超出必要范围收集个人信息（《个人信息保护法》第六条），且每个接口都须在审核中说明理由。",
        );
        finding.help = if known {
            Phrase::new(
                "Remove it, unless a plugin or code that is generated later uses it.",
                "如非插件或后续生成的代码使用，请移除。",
            )
        } else {
            let names: Vec<&str> = catalogue::private_info_names().collect();
            Phrase::new(
                format!("The values are {}.", names.join(", ")),
                format!("可用取值：{}。", names.join("、")),
            )
        };
        finding.tag = Some(Tag::Unnecessary);
        let field = Field::RequiredPrivateInfos;
        let edits = context.edit_field(&manifest, field, |facts, source, keys| {
            edit::remove_elements(facts, source, keys, &[name])
        });
        finding.fixes = edits
            .map(|edits| Fix {
                title: Phrase::new(
                    format!("Remove {name} from {}", manifest.file_name()),
                    format!("从 {} 中移除 {name}", manifest.file_name()),
                ),
                applicability: if context.has_blind_spots() {
                    Applicability::Unsafe
                } else {
                    Applicability::Safe
                },
                edits,
            })
            .into_iter()
            .collect();
        findings.push(finding);
    }
    findings
}

//! `missing-permission-description`: a scope whose purpose the authorisation pop-up must show, and
//! app.json does not say. Official pages name the key for one scope only; for the others the
//! finding is a hint.

use super::{Context, Rule};
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Phrase, Severity};
use crate::path::FilePath;
use crate::project::Field;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "missing-permission-description",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "A scope that needs a purpose in `permission` has one of at most 30 characters.",
        "需要在 `permission` 中说明用途的授权范围均已说明，且不超过 30 个字符。",
    ],
    docs: include_str!("missing_permission_description.md"),
    check,
};

/// The longest `desc` that app.json may hold, in characters (reference/configuration/app.html,
/// permission).
const LONGEST: usize = 30;
/// What the fix writes for a person to complete; left as it is, it says nothing.
const PLACEHOLDER: &str = "用于";

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(manifest) = context.manifest_of(Field::Permission) else { return Vec::new() };
    if context.mistyped(&manifest, Field::Permission) {
        return Vec::new();
    }
    let declared = context.declared_permissions();
    let mut findings = Vec::new();
    for site in context.first_sites(|used| used.interface.permission) {
        let Some(scope) = site.used.interface.permission else { continue };
        let entry = declared.iter().find(|one| &*one.scope == scope);
        let description = entry
            .and_then(|entry| entry.desc.as_ref())
            .filter(|desc| !matches!(desc.name.trim(), "" | PLACEHOLDER));
        let length = description.map_or(0, |desc| desc.name.chars().count());
        let (place, message) = match description {
            Some(_) if length <= LONGEST => continue,
            Some(desc) => (
                desc.place.clone(),
                Phrase::new(
                    format!(
                        "the description of {scope} has {length} characters; {LONGEST} are allowed"
                    ),
                    format!("{scope} 的用途说明有 {length} 个字符，超过上限 {LONGEST}"),
                ),
            ),
            None => (
                entry.map_or_else(|| site.place.clone(), |entry| entry.place.clone()),
                Phrase::new(
                    format!(
                        "{} asks for {scope}, but `permission` of {} does not say what for",
                        site.name().en,
                        manifest.file_name()
                    ),
                    format!(
                        "{} 需要 {scope} 授权，但 {} 的 `permission` 未说明用途",
                        site.name().zh,
                        manifest.file_name()
                    ),
                ),
            ),
        };
        let mut finding = RULE.finding(place, message, scope);
        if !site.used.interface.permission_verified {
            finding.severity = Severity::Hint;
        } else if site.in_package() {
            finding.severity = Severity::Warning;
        }
        finding.why = if !site.used.interface.permission_verified {
            Phrase::new(
                "The official pages ask for a purpose for this scope, but name the key of another one only.",
                "官方文档要求说明该授权范围的用途，但只给出了另一授权范围的字段名。",
            )
        } else if length > LONGEST {
            Phrase::new(
                "The field holds no more than that; the authorisation pop-up shows it to the user.",
                "该字段不能超过此长度；授权弹窗会向用户展示其内容。",
            )
        } else {
            Phrase::new(
                "The authorisation pop-up shows this purpose to the user; without it the interface cannot ask and the call fails.",
                "授权弹窗会向用户展示该用途说明；缺少说明时无法发起授权，接口调用失败。",
            )
        };
        finding.help = Phrase::new(
            format!(
                "Say in at most {LONGEST} characters what the position is used for: \"permission\": {{\"{scope}\": {{\"desc\": \"…\"}}}}."
            ),
            format!(
                "用不超过 {LONGEST} 个字符说明用途：\"permission\": {{\"{scope}\": {{\"desc\": \"…\"}}}}。"
            ),
        );
        finding.labels = site.labels();
        if entry.is_none_or(|entry| entry.desc.is_none()) {
            finding.fixes = fix(context, &manifest, scope).into_iter().collect();
        }
        findings.push(finding);
    }
    findings
}

/// The purpose is the team's to state, so the fix only prepares the place for it.
fn fix(context: &Context<'_>, manifest: &FilePath, scope: &str) -> Option<Fix> {
    let edits = context.edit_field(manifest, Field::Permission, |facts, source, keys| {
        let value = edit::Value::Object(vec![(
            "desc".to_owned(),
            edit::Value::String(PLACEHOLDER.to_owned()),
        )]);
        edit::set_member(facts, source, keys, scope, value)
    })?;
    Some(Fix {
        title: Phrase::new(
            format!("Add {scope} to {} (complete the description)", manifest.file_name()),
            format!("在 {} 中加入 {scope}（请补全用途说明）", manifest.file_name()),
        ),
        applicability: Applicability::Unsafe,
        edits,
    })
}

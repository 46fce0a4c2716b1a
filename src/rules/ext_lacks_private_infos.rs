//! `ext-lacks-private-infos`: app.json declares location interfaces, and the ext.json in force does
//! not repeat the declaration. In a template of a third-party platform the text sent along at the
//! commit plays ext.json's part, so what this file lacks is a sign, not a proof: information.

use super::{Context, Rule};
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Label, Phrase, Place, Severity};
use crate::project::{Field, Named};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "ext-lacks-private-infos",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "An ext.json in force repeats `requiredPrivateInfos` when location interfaces are used.",
        "使用地理位置相关接口时，生效的 ext.json 也声明了 `requiredPrivateInfos`。",
    ],
    docs: include_str!("ext_lacks_private_infos.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let (field, app) = (Field::RequiredPrivateInfos, &context.program.app_manifest);
    let Some(ext) = context.program.ext_manifest.as_ref().filter(|ext| !ext.declares(field)) else {
        return Vec::new();
    };
    let declared: &[Named] = app.required_private_infos.as_deref().unwrap_or_default();
    let used = |name: &str| {
        context.uses.iter().any(|used| used.interface.required_private_info == Some(name))
    };
    let names: Vec<&str> =
        declared.iter().map(|one| &*one.name).filter(|name| used(name)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let key = context
        .files
        .manifest(&ext.file)
        .and_then(|facts| facts.root.as_ref()?.member("extEnable").map(|member| member.key_span));
    let place = key.map_or_else(|| Place::start_of(&ext.file), |span| Place::new(&ext.file, span));
    let mut finding = RULE.finding(
        place,
        Phrase::new(
            "ext.json is in force and does not repeat `requiredPrivateInfos` of app.json",
            "ext.json 已生效，但没有声明 app.json 中的 `requiredPrivateInfos`",
        ),
        field.key(),
    );
    finding.why = Phrase::new(
        "When a third-party platform commits the code, the declaration must stand in `ext_json`; without it the submission for review fails with 61040.",
        "由第三方平台提交代码时，该声明必须写在 `ext_json` 中，否则提交审核会返回错误 61040。",
    );
    finding.help = Phrase::new(
        "Repeat the field in ext.json, and in the `ext_json` that your platform sends along.",
        "请在 ext.json 以及平台提交时所传的 `ext_json` 中同样声明该字段。",
    );
    if let Some(place) = context.field_place(&app.file, field) {
        let message = Phrase::new("app.json declares it here", "app.json 在此声明");
        finding.labels.push(Label { place, message });
    }
    // From then on ext.json counts alone: what is added to app.json later no longer does.
    let edits = context.edit_manifest(&ext.file, |facts, source| {
        edit::add_all_to_array(facts, source, &[field.key()], &names)
    });
    finding.fixes.extend(edits.map(|edits| Fix {
        title: Phrase::new(
            "Repeat `requiredPrivateInfos` in ext.json",
            "在 ext.json 中同样声明 `requiredPrivateInfos`",
        ),
        applicability: Applicability::Unsafe,
        edits,
    }));
    vec![finding]
}

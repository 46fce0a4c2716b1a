//! `invalid-settings`: something in miniguard.json that cannot be followed. The rest of the file
//! still holds.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "invalid-settings",
    severity: Severity::Error,
    default_on: true,
    summary: ["miniguard.json says what miniguard understands.", "miniguard.json 的内容均可识别。"],
    docs: include_str!("invalid_settings.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = context
        .settings_problems
        .iter()
        .map(|problem| {
            let subject = context
                .files
                .get(&problem.place.file)
                .map_or("", |file| problem.place.span.of(&file.source));
            let mut finding = RULE.finding(
                problem.place.clone(),
                problem.message.clone(),
                subject.trim_matches('"'),
            );
            finding.why = Phrase::new(
                "This part of the settings has no effect; the rest applies.",
                "这部分设置不生效，其余设置照常生效。",
            );
            finding.help = problem.help.clone();
            finding.fixes = problem.fix.clone().into_iter().collect();
            finding
        })
        .collect();
    findings.extend(missing_list(context));
    findings
}

/// A list file that the settings name and that is not there: without a word, every domain rule
/// would be off.
fn missing_list(context: &Context<'_>) -> Option<Finding> {
    let (settings, list) = (context.settings_file.as_ref()?, context.settings.domains.as_ref()?);
    if context.files.contains(list) {
        return None;
    }
    let key = context.files.manifest(settings)?.root.as_ref()?.member("domains")?.value.span;
    let mut finding = RULE.finding(
        Place::new(settings, key),
        Phrase::new(
            format!("There is no file {list}, so no call is compared with the registered domains."),
            format!("文件 {list} 不存在，因此没有任何调用与已登记的域名比对。"),
        ),
        list.as_str(),
    );
    finding.why = Phrase::new(
        "This part of the settings has no effect; the rest applies.",
        "这部分设置不生效，其余设置照常生效。",
    );
    finding.help = Phrase::new(
        "Correct the path (it is relative to this file), or make the file: `miniguard init`.",
        "请修正路径（相对于本文件），或用 `miniguard init` 生成该文件。",
    );
    Some(finding)
}

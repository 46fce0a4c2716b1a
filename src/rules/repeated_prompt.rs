//! `repeated-prompt`: the same permission asked for in several places, none of which knows of the
//! others' answer. Questions that come by themselves are a nuisance in several places as in one; a
//! scope is asked for once by the platform, so of its requests only those that overlook the refusal
//! are named, as a hint.

use super::{Context, Rule, prompt_groups};
use crate::consent::Prompt;
use crate::finding::{Finding, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "repeated-prompt",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "A permission is asked for in one place, which remembers the answer.",
        "同一权限由一处统一请求，并记住用户的选择。",
    ],
    docs: include_str!("repeated_prompt.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = prompt_groups::unasked(context)
        .iter()
        .filter(|group| group.len() > 1)
        .filter_map(|group| finding(group, false))
        .collect();
    let blind = prompt_groups::blind(context);
    let several = blind.iter().filter(|group| group.len() > 1);
    findings.extend(several.filter_map(|group| finding(group, true)));
    findings
}

fn finding(group: &[&Prompt], blind: bool) -> Option<Finding> {
    let prompt = group.first()?;
    let asked = prompt.asking.phrase();
    let count = group.len();
    let mut finding = RULE.finding(
        prompt.place.clone(),
        Phrase::new(
            format!(
                "{} is asked for in {count} places, and none knows of a refusal in another",
                asked.en
            ),
            format!("“{}”在 {count} 处被请求，各处互不知晓用户此前是否已拒绝", asked.zh),
        ),
        prompt.api,
    );
    if blind {
        finding.severity = Severity::Hint;
        finding.why = Phrase::new(
            "The platform asks once: after a refusal every one of these calls fails at once and without a pop-up, and nothing takes notice of it.",
            "平台只弹窗一次：用户拒绝后，这些调用都会立即失败且不再弹窗，而代码没有作任何处理。",
        );
        finding.help = Phrase::new(
            "Ask in one function that looks at `wx.getSetting` first and handles `fail`, and call it from all places.",
            "请统一到一个函数中：先用 `wx.getSetting` 检查，再请求并处理 `fail`，各处调用该函数。",
        );
    } else {
        finding.why = Phrase::new(
            "Each of them asks by itself when something is shown, so a person who refused is asked again in every place. Who has clearly refused must not be asked again and again (Regulations on Network Data Security Management, Art. 22).",
            "各处都会在页面显示时自动询问，拒绝过的用户会在每一处再次被询问。个人明确表示不同意的，不得频繁征求同意（《网络数据安全管理条例》第二十二条）。",
        );
        finding.help = Phrase::new(
            "Ask in one function that keeps the answer, and call it from all places.",
            "请统一到一个会保存用户选择的函数中，各处调用该函数。",
        );
    }
    finding.labels = group
        .iter()
        .skip(1)
        .map(|other| Label {
            place: other.place.clone(),
            message: Phrase::new("asked for here, too", "此处也会请求"),
        })
        .collect();
    Some(finding)
}

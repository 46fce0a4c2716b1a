//! `refusal-not-handled`: a prompt whose denial is not handled. The platform allows it, so it
//! is a hint; only where a loading cover stays for ever is it more.

use super::{Context, Rule, prompt_groups};
use crate::consent::{Prompt, PromptKind};
use crate::finding::{Finding, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "refusal-not-handled",
    severity: Severity::Hint,
    default_on: true,
    summary: [
        "A request for a permission takes notice of a refusal.",
        "请求权限时处理用户拒绝的情况。",
    ],
    docs: include_str!("refusal_not_handled.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let blind = prompt_groups::blind(context);
    // Where several overlook it, `repeated-prompt` says so.
    let told = |prompt: &Prompt| {
        blind
            .iter()
            .any(|group| group.len() > 1 && group.iter().any(|one| one.place == prompt.place))
    };
    // What is waited for in vain is `awaited-privacy-call`'s.
    let awaited =
        |prompt: &Prompt| context.consent.awaited.iter().any(|one| one.place == prompt.place);
    let prompts = context.consent.prompts.iter();
    prompts.filter(|prompt| !told(prompt) && !awaited(prompt)).filter_map(finding).collect()
}

fn finding(prompt: &Prompt) -> Option<Finding> {
    // Where nothing depends on a yes, nothing is missed after a no.
    let asks_only =
        prompt.waited_for && (prompt.is_request || prompt.asking == PromptKind::Privacy);
    let dialog = matches!(prompt.asking, PromptKind::Dialog(_));
    if prompt.refusal_handled || dialog || !(asks_only || prompt.cover.is_some()) {
        return None;
    }
    let asked = prompt.asking.phrase();
    let mut finding = RULE.finding(
        prompt.place.clone(),
        Phrase::new(
            format!("{} asks for {} and takes no notice of a refusal", prompt.api, asked.en),
            format!("{} 请求“{}”，但没有处理用户拒绝的情况", prompt.api, asked.zh),
        ),
        prompt.api,
    );
    finding.why = match &prompt.cover {
        Some(_) => Phrase::new(
            "After a refusal only `fail` runs: the loading cover stays, and the page cannot be used any more.",
            "用户拒绝后只会执行 `fail`：加载遮罩不会消失，页面无法继续使用。",
        ),
        None => Phrase::new(
            "After a refusal only `fail` runs, at once and without a pop-up each further time: the person sees that nothing happens.",
            "用户拒绝后只会执行 `fail`，之后每次都会立即失败且不再弹窗：用户只会看到毫无反应。",
        ),
    };
    finding.help = Phrase::new(
        "Add a `fail` that goes on without it, or says how to allow it (`wx.openSetting`, from a tap).",
        "请添加 `fail`：在不使用该权限的情况下继续，或提示用户如何开启（由点击触发 `wx.openSetting`）。",
    );
    if let Some(cover) = &prompt.cover {
        finding.severity = Severity::Warning;
        finding.labels = vec![Label {
            place: cover.clone(),
            message: Phrase::new("this cover stays", "此遮罩不会消失"),
        }];
    }
    Some(finding)
}

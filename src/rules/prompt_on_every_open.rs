//! `prompt-on-every-open`: a question that comes back whenever the program or a page is shown.
//! Whatever may remember the answer – a flag, a stored value, a date – silences it; the platform's
//! own memory of scopes does, too.

use super::{Context, Rule, prompt_groups};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "prompt-on-every-open",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "Who refused is not asked again whenever the program is shown.",
        "用户拒绝后，不会在每次打开时再次被询问。",
    ],
    docs: include_str!("prompt_on_every_open.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for group in prompt_groups::unasked(context) {
        let [prompt] = group.as_slice() else { continue };
        let Some(opened) = prompt.openings.first() else { continue };
        let asked = prompt.asking.phrase();
        let mut finding = RULE.finding(
            prompt.place.clone(),
            Phrase::new(
                format!("{} asks for {} on every {}", prompt.api, asked.en, opened.name()),
                format!("每次 {} 时，{} 都会请求“{}”", opened.name(), prompt.api, asked.zh),
            ),
            prompt.api,
        );
        finding.why = Phrase::new(
            "Nothing on the way remembers that the person refused, so the question comes back each time. Who has clearly refused must not be asked again and again (Regulations on Network Data Security Management, Art. 22).",
            "途中没有任何代码记住用户已拒绝，因此每次都会再次询问。个人明确表示不同意的，不得频繁征求同意（《网络数据安全管理条例》第二十二条）。",
        );
        finding.help = Phrase::new(
            "Ask when the person uses the function, or keep the answer (`wx.setStorageSync`) and look at it before asking.",
            "请在用户使用该功能时再询问，或保存用户的选择（`wx.setStorageSync`），询问前先行检查。",
        );
        findings.push(finding);
    }
    findings
}

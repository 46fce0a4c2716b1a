//! `prompt-loop`: a refusal makes the program ask again at once. A dialog that can be cancelled
//! ends the loop, and so does whatever else the person does in between.

use super::{Context, Rule};
use crate::consent::PromptKind;
use crate::finding::{Finding, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "prompt-loop",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "A refusal does not make the program ask again at once.",
        "用户拒绝后，程序不会立即再次请求授权。",
    ],
    docs: include_str!("prompt_loop.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for prompt in &context.consent.prompts {
        let Some(again) = &prompt.again else { continue };
        let asked = prompt.asking.phrase();
        let mut finding = RULE.finding(
            prompt.place.clone(),
            Phrase::new(
                format!("a refusal makes {} ask for {} again at once", prompt.api, asked.en),
                format!("用户拒绝后，{} 会立即再次请求“{}”", prompt.api, asked.zh),
            ),
            prompt.api,
        );
        let effect = match prompt.asking {
            // A refused scope is not asked for a second time: the call fails at once, for ever.
            PromptKind::Scope(_) => Phrase::new(
                "Once refused, the platform shows no pop-up for this scope: the call fails at once, calls itself again, and the program spins.",
                "该权限一经拒绝，平台不再弹窗：调用会立即失败并再次调用自身，程序陷入死循环。",
            ),
            PromptKind::Privacy | PromptKind::Dialog(_) => Phrase::new(
                "The person cannot say no: the question comes back until it is answered with yes.",
                "用户无法拒绝：不同意就会被反复询问。",
            ),
        };
        finding.why = Phrase::new(
            format!(
                "{} Who has clearly refused must not be asked again and again (Regulations on Network Data Security Management, Art. 22; consent is voluntary, PIPL Art. 14).",
                effect.en
            ),
            format!(
                "{}个人明确表示不同意的，不得频繁征求同意（《网络数据安全管理条例》第二十二条）；同意应当自愿作出（《个人信息保护法》第十四条）。",
                effect.zh
            ),
        );
        finding.help = Phrase::new(
            "Take the refusal as the answer: go on without the function, and offer a button for those who change their mind.",
            "请接受用户的拒绝：在不使用该功能的情况下继续，并提供按钮供用户改变主意时使用。",
        );
        if *again != prompt.place && again.span.start() != prompt.place.span.start() {
            finding.labels = vec![Label {
                place: again.clone(),
                message: Phrase::new("its refusal leads back here", "拒绝后又回到此处"),
            }];
        }
        findings.push(finding);
    }
    findings
}

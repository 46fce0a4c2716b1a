//! `stacked-permission-prompts`: several permissions asked for at once. What waits for the answer
//! before, or runs only in its callback, is no stack.

use super::{Context, Rule};
use crate::finding::{Finding, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "stacked-permission-prompts",
    severity: Severity::Hint,
    default_on: true,
    summary: ["One permission is asked for at a time.", "一次只请求一项权限。"],
    docs: include_str!("stacked_permission_prompts.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let stacked = context.consent.stacked.iter();
    stacked
        .map(|(first, second)| {
            let (asked, before) = (second.asking.phrase(), first.asking.phrase());
            let mut finding = RULE.finding(
                second.place.clone(),
                Phrase::new(
                    format!(
                        "{} asks for {} while the question for {} is still open",
                        second.api, asked.en, before.en
                    ),
                    format!("{} 请求“{}”时，“{}”的授权弹窗尚未得到回应", second.api, asked.zh, before.zh),
                ),
                second.api,
            );
            finding.why = Phrase::new(
                "The pop-ups follow each other before the person has used anything; consent is to be informed and voluntary (PIPL Art. 14), and each permission to be asked for with the purpose it serves.",
                "用户尚未使用任何功能，授权弹窗便接连出现；同意应当在充分知情的前提下自愿作出（《个人信息保护法》第十四条），每项权限应当结合其用途分别请求。",
            );
            finding.help = Phrase::new(
                "Ask for each permission where its function begins, or the second one in the callback of the first.",
                "请在使用相应功能时再请求权限，或在前一项授权的回调中请求后一项。",
            );
            finding.labels = vec![Label {
                place: first.place.clone(),
                message: Phrase::new(
                    format!("{} is asked for here", before.en),
                    format!("此处请求“{}”", before.zh),
                ),
            }];
            finding
        })
        .collect()
}

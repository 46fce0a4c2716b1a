//! `privacy-handler-unreachable`: a handler of the privacy event that is never registered. It is
//! said only where it is certain, so a function that anything names is taken to run.

use super::{Context, Rule};
use crate::consent::DeadReason;
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "privacy-handler-unreachable",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The code that registers the privacy handler runs.",
        "注册隐私授权监听的代码会被执行。",
    ],
    docs: include_str!("privacy_handler_unreachable.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, never) in &context.consent.never {
        let Some(registration) = context.consent.registrations.get(*index) else { continue };
        let because = match never {
            DeadReason::NotLoaded => {
                Phrase::new("nothing loads this file", "没有任何代码加载此文件")
            }
            DeadReason::NotCalled(name) => {
                Phrase::new(format!("nothing calls {name}"), format!("没有任何代码调用 {name}"))
            }
        };
        let mut finding = RULE.finding(
            registration.place.clone(),
            Phrase::new(
                format!("the privacy handler is never registered: {}", because.en),
                format!("隐私授权监听从未注册：{}", because.zh),
            ),
            "handler",
        );
        finding.why = Phrase::new(
            "Without a registered handler WeChat shows its own pop-up at the first use, and the program's is never seen.",
            "未注册监听时，首次使用隐私接口会出现微信官方弹窗，程序自己的弹窗永远不会显示。",
        );
        finding.help = Phrase::new(
            "Register the handler in `onLaunch` of app.js or in a module that it loads, or remove the code.",
            "请在 app.js 的 `onLaunch` 或其加载的模块中注册监听，或删除这段代码。",
        );
        findings.push(finding);
    }
    findings
}

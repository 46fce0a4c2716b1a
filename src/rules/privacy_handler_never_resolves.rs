//! `privacy-handler-never-resolves`: a handler of the privacy event that cannot answer it. Only
//! what is certain is reported; a function that is passed on may be called anywhere.

use memchr::memmem::Finder;

use super::{Context, Rule};
use crate::consent::{Answer, ResolveFate};
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::project::File;

/// The answer for who does not agree.
const REFUSED: &str = "disagree";

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "privacy-handler-never-resolves",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "A registered privacy handler can answer the event.",
        "已注册的隐私授权监听能够回应事件。",
    ],
    docs: include_str!("privacy_handler_never_resolves.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for registration in &context.consent.registrations {
        let message = match &registration.keeping {
            ResolveFate::Answerable => continue,
            ResolveFate::NotTaken => Phrase::new(
                "the privacy handler does not take `resolve`, so it never answers",
                "隐私授权监听没有接收 `resolve` 参数，永远不会回应",
            ),
            ResolveFate::Unused => Phrase::new(
                "the privacy handler never calls its `resolve`, nor passes it on",
                "隐私授权监听既未调用也未传出 `resolve`",
            ),
            ResolveFate::Forgotten(name) => Phrase::new(
                format!("the privacy handler keeps `resolve` in `{name}`, which nothing reads"),
                format!("隐私授权监听将 `resolve` 存入 `{name}`，但没有任何代码读取它"),
            ),
        };
        let mut finding = RULE.finding(registration.place.clone(), message, "resolve");
        finding.why = Phrase::new(
            "Once a handler is registered, WeChat shows no pop-up of its own: the interface that raised the event stays pending until `resolve` is called.",
            "注册监听后，微信不再展示官方弹窗：触发事件的接口会一直等待，直到 `resolve` 被调用。",
        );
        finding.help = Phrase::new(
            "Keep `resolve`, and call it with `agree` and the button's id, or with `disagree`, once the user has decided; without a pop-up of your own, remove the registration.",
            "请保存 `resolve`，在用户作出选择后以 `agree`（附按钮 id）或 `disagree` 调用；如没有自有弹窗，请删除该监听。",
        );
        findings.push(finding);
    }
    findings.extend(refusal(context).filter(|_| findings.is_empty()));
    let registrations = context.consent.registrations.iter();
    findings.extend(registrations.flat_map(|one| &one.without_event).map(without_event));
    findings
}

/// An answer that says nothing.
fn without_event(place: &Place) -> Finding {
    let message = Phrase::new(
        "this answer to the privacy event has no `event`, so it agrees to nothing",
        "对隐私授权事件的这一回应没有 `event`，不表示同意",
    );
    let mut finding = RULE.finding(place.clone(), message, "event");
    finding.severity = Severity::Warning;
    finding.why = Phrase::new(
        "`event` is what the user decided. Without it the interface that raised the event does not go on as agreed.",
        "`event` 表示用户的选择；缺少它时，触发事件的接口不会按已同意继续执行。",
    );
    finding.help = Phrase::new(
        "Call `resolve` with `event: 'agree'` and the `buttonId` of the tapped button, or with `event: 'disagree'`.",
        "请以 `event: 'agree'`（附用户点击的按钮的 `buttonId`）或 `event: 'disagree'` 调用 `resolve`。",
    );
    finding
}

/// The program answers that the user agreed, and has no word for a refusal.
fn refusal(context: &Context<'_>) -> Option<Finding> {
    let first = context.consent.registrations.first()?;
    let says = |file: &&File| {
        file.kind.is_module() && Finder::new(REFUSED).find(file.source.as_bytes()).is_some()
    };
    // An answer is known by what it says, so any mention may be the one that is not seen.
    if !context.consent.answers.iter().any(Answer::agrees)
        || context.unread
        || context.own.iter().any(says)
    {
        return None;
    }
    let mut finding = RULE.finding(
        first.place.clone(),
        Phrase::new(
            "the program answers `agree`, and nowhere `disagree`",
            "程序只回应 `agree`，从未回应 `disagree`",
        ),
        REFUSED,
    );
    finding.severity = Severity::Warning;
    finding.why = Phrase::new(
        "Once a handler is registered, the interface stays pending until `resolve` is called: for who does not agree it never ends, and its `fail` never runs.",
        "注册监听后，接口会一直等待，直到 `resolve` 被调用：用户不同意时接口不会结束，`fail` 也不会执行。",
    );
    finding.help = Phrase::new(
        "Call `resolve({ event: 'disagree' })` when the user refuses or closes the pop-up.",
        "用户拒绝或关闭弹窗时，请调用 `resolve({ event: 'disagree' })`。",
    );
    Some(finding)
}

//! `awaited-privacy-call`: waiting for an interface of the privacy group, which gives nothing to
//! wait for. A call within a wrapper of the program's own that makes the promise is right, and is
//! not seen here.

use super::{Context, Rule};
use crate::consent::{Awaited, Waiting};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "awaited-privacy-call",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "No privacy interface is waited for as if it gave a promise.",
        "不把隐私授权接口当作 Promise 等待。",
    ],
    docs: include_str!("awaited_privacy_call.md"),
    check,
};

/// What makes a promise of callbacks.
const CALLBACKS: &str = "success: resolve, fail: reject";

fn check(context: &Context<'_>) -> Vec<Finding> {
    context.consent.awaited.iter().map(|awaited| finding(context, awaited)).collect()
}

fn finding(context: &Context<'_>, awaited: &Awaited) -> Finding {
    let name = awaited.interface.name;
    let message = match awaited.waiting {
        Waiting::Await => Phrase::new(
            format!("`await` does not wait for {name}: it gives no promise"),
            format!("`await` 不会等待 {name}：该接口不返回 Promise"),
        ),
        Waiting::Chained => Phrase::new(
            format!("{name} gives no promise to chain on"),
            format!("{name} 不返回 Promise，不能链式调用"),
        ),
    };
    let mut finding = RULE.finding(awaited.place.clone(), message, name);
    finding.why = match awaited.waiting {
        Waiting::Await => Phrase::new(
            "The interface knows callbacks only. What stands behind the `await` runs at once, before the user has answered, and a refusal throws nothing.",
            "该接口仅支持回调。`await` 之后的代码会在用户作出选择之前立即执行，用户拒绝时也不会抛出异常。",
        ),
        Waiting::Chained => Phrase::new(
            "The interface knows callbacks only and returns nothing, so the chained call has nothing to be called on.",
            "该接口仅支持回调，没有返回值，因此后续的链式调用没有可调用的对象。",
        ),
    };
    finding.help = Phrase::new(
        "Put what follows into the callbacks, or make the promise yourself and pass its two functions as `success` and `fail`.",
        "请将后续代码放入回调；或自行创建 Promise，并将其两个函数作为 `success` 与 `fail` 传入。",
    );
    finding.fixes.extend(fix(context, awaited));
    finding
}

/// Makes the promise that the program waits for. A refusal then throws where nothing did before.
fn fix(context: &Context<'_>, awaited: &Awaited) -> Option<Fix> {
    let file = &awaited.call.file;
    let source = &context.editable(file)?.source;
    let options = awaited.options?;
    let text = options.of(source);
    let (place, text) = match text.strip_prefix('{') {
        Some(rest) => {
            let at = options.start() + 1;
            let tail = if rest.trim_start().starts_with('}') { " " } else { "," };
            (Place::new(file, (at..at).into()), format!(" {CALLBACKS}{tail}"))
        }
        None => (Place::new(file, options), format!("{{ {CALLBACKS} }}")),
    };
    let (start, end) = (awaited.call.span.start(), awaited.call.span.end());
    let insert = |at: usize, text: &str| Edit::Replace {
        place: Place::new(file, (at..at).into()),
        text: text.to_owned(),
    };
    Some(Fix {
        title: Phrase::new(
            format!("Make a promise of {}", awaited.interface.name),
            format!("将 {} 封装为 Promise", awaited.interface.name),
        ),
        applicability: Applicability::Unsafe,
        edits: vec![
            insert(start, "new Promise((resolve, reject) => "),
            Edit::Replace { place, text },
            insert(end, ")"),
        ],
    })
}

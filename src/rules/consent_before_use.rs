//! `consent-before-use`: personal information that the program asks for by itself, or sensitive
//! information, with no consent of its own before it. Where the program relies on WeChat's pop-up
//! and handles the refusal, nothing is said here; `regulated-interface` names it.

mod couple;
mod scaffold;
mod wrap;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::catalogue::{self, ConsentRole, ConsentUi, Form, Sensitivity, WithdrawalState};
use crate::consent::{ConsentState, EvidenceKind};
use crate::finding::{Finding, Fix, Label, Phrase, Severity};
use crate::path::FilePath;
use crate::semantic::api_use::{ApiUse, UseKind};
use crate::semantic::call_graph::{EntryPoint, LifecycleHook};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "consent-before-use",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "Consent stands before personal information is used.",
        "使用个人信息之前已取得同意。",
    ],
    docs: include_str!("consent_before_use.md"),
    check,
};

/// What there is to say about a use.
enum Lack<'a> {
    /// It runs when something opens, or its module is loaded.
    Unasked(&'a EntryPoint),
    /// It takes sensitive information.
    Sensitive,
    /// No pop-up would ever appear.
    NoPopUp,
    /// Its button could be the agree button, too.
    Uncoupled,
    /// The program answers the event, but its pop-up is not on the page.
    Unanswered,
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    // One finding for each interface and file; the other places are labels.
    let mut groups: BTreeMap<(&FilePath, &str), Vec<(&ApiUse, Lack<'_>)>> = BTreeMap::new();
    for used in context.uses {
        if let Some(lack) =
            context.consent.states.get(used).and_then(|standing| lack(context, used, standing))
        {
            // What the page lacks, it lacks for all of its uses.
            let api = if matches!(lack, Lack::Unanswered) { "" } else { used.api };
            groups.entry((&used.place.file, api)).or_default().push((used, lack));
        }
    }
    let pop_up = LazyCell::new(|| scaffold::fix(context));
    groups.into_values().filter_map(|group| finding(context, &group, || pop_up.clone())).collect()
}

fn lack<'a>(context: &Context<'_>, used: &ApiUse, standing: &'a ConsentState) -> Option<Lack<'a>> {
    let row = used.interface;
    let gone = row.withdrawn.as_ref().is_some_and(|end| {
        matches!(end.state, WithdrawalState::Withdrawn | WithdrawalState::Offline)
    });
    if standing.class != EvidenceKind::None
        || gone
        || row.consent_role.is_some()
        || row.form == Form::Scope
    {
        return None;
    }
    if standing.unhandled_event.is_some() {
        return Some(Lack::Unanswered);
    }
    if row.consent_ui == Some(ConsentUi::None) {
        return (used.form == UseKind::Template).then_some(Lack::NoPopUp);
    }
    if couple::button(context, used).is_some() {
        return Some(Lack::Uncoupled);
    }
    // What is handed on is called elsewhere, with what consent is told there.
    let UseKind::Called(_) = used.form else { return None };
    // What takes no callbacks reports its failures elsewhere, out of this call's sight.
    row.promise?;
    // The top of a broken file is unknown.
    let whole = || {
        let facts = context.files.script(&used.place.file);
        facts.is_some_and(|facts| facts.problems.is_empty())
    };
    let opens = |entry: &&EntryPoint| match entry {
        EntryPoint::LifecycleHook(_) => true,
        EntryPoint::Load => whole(),
        _ => false,
    };
    match standing.entries.iter().find(opens) {
        Some(entry) => Some(Lack::Unasked(entry)),
        None if row.sensitivity == Some(Sensitivity::Sensitive) && by_a_person(standing) => {
            Some(Lack::Sensitive)
        }
        None => None,
    }
}

/// Whether some way to the use begins with an event.
fn by_a_person(standing: &ConsentState) -> bool {
    standing.entries.iter().any(|entry| matches!(entry, EntryPoint::Event(_)))
}

fn finding(
    context: &Context<'_>,
    group: &[(&ApiUse, Lack<'_>)],
    pop_up: impl FnOnce() -> Option<Fix>,
) -> Option<Finding> {
    let (used, lack) = group.first()?;
    let gate = gate()?;
    let (message, why) = message(used.api, lack);
    let mut finding = RULE.finding(used.place.clone(), message, used.api);
    finding.why = why;
    finding.help = help(lack, gate);
    finding.labels = group
        .iter()
        .skip(1)
        .map(|(other, _)| Label {
            place: other.place.clone(),
            message: Phrase::new("and here", "此处亦然"),
        })
        .collect();
    match lack {
        Lack::Uncoupled => {
            // The official pop-up does its part: there is a better way, and no fault.
            finding.severity = Severity::Hint;
            finding.fixes.extend(couple::fix(context, used));
        }
        // Neither the gate around it nor the event of an app's pop-up is in reach of it.
        Lack::NoPopUp => {
            // Who asks as soon as the program opens has mostly been answered here.
            if asks_at_once(context) {
                finding.severity = Severity::Information;
            }
        }
        Lack::Unanswered => {
            // Who asks beforehand meets the event here only after a refusal.
            if asks_beforehand(context) {
                finding.severity = Severity::Information;
            }
            let handler = context
                .consent
                .states
                .get(used)
                .and_then(|standing| standing.unhandled_event.clone());
            finding.labels.extend(handler.map(|place| Label {
                place,
                message: Phrase::new("the handler is registered here", "监听在此注册"),
            }));
            finding.fixes.extend(scaffold::show_own(context, &used.place.file));
        }
        Lack::Unasked(_) | Lack::Sensitive => {
            finding.fixes.extend(wrap::fix(context, used, gate));
            // Before the first page there is nothing to show a pop-up on.
            let shown = !matches!(
                lack,
                Lack::Unasked(EntryPoint::LifecycleHook(LifecycleHook::App(_)) | EntryPoint::Load)
            ) && !used.in_plugin
                && !scaffold::is_island(context.program, &used.place.file);
            finding.fixes.extend(shown.then(pop_up).flatten());
        }
    }
    Some(finding)
}

/// What is wrong, and why it matters.
fn message(api: &str, lack: &Lack<'_>) -> (Phrase, Phrase) {
    match lack {
        Lack::Unasked(entry) => {
            let when = when(entry);
            (
                Phrase::new(
                    format!(
                        "{api} runs {}, without a person's action or consent before it",
                        when.en
                    ),
                    format!("{api} {}触发，此前没有用户操作，也没有取得同意", when.zh),
                ),
                Phrase::new(
                    "WeChat asks for consent before the first use and shows its pop-up over a page that has explained nothing; consent is to be informed and voluntary (PIPL Art. 13, 14). No failure is handled, so after a refusal the page waits for an answer that does not come.",
                    "微信要求首次使用前取得同意，官方弹窗会出现在尚未作任何说明的页面上；同意应当在充分知情的前提下自愿作出（《个人信息保护法》第十三条、第十四条）。此处未处理失败，用户拒绝后页面得不到任何结果。",
                ),
            )
        }
        Lack::Sensitive => (
            Phrase::new(
                format!(
                    "{api} takes sensitive personal information, and no consent of the program's own stands before it"
                ),
                format!("{api} 涉及敏感个人信息，此前没有程序自有的授权步骤"),
            ),
            Phrase::new(
                "Sensitive personal information needs separate consent and a notice of its necessity (PIPL Art. 29, 30). WeChat's pop-up asks for the privacy guide as a whole, and its refusal is not handled here.",
                "处理敏感个人信息应当取得单独同意，并告知必要性（《个人信息保护法》第二十九条、第三十条）。官方弹窗针对的是整份隐私保护指引，且此处未处理拒绝的情况。",
            ),
        ),
        Lack::NoPopUp => (
            Phrase::new(
                format!("nothing asks for consent before `{api}`"),
                format!("`{api}` 之前没有任何授权步骤"),
            ),
            Phrase::new(
                "No pop-up appears for this field: without consent given before, it is an ordinary text field and offers no nickname.",
                "该组件不会触发弹窗：未事先取得同意时，它只是普通文本框，不会提供昵称。",
            ),
        ),
        Lack::Unanswered => (
            Phrase::new(
                format!(
                    "the pop-up that answers the privacy event is not on this page; {api} may wait for ever"
                ),
                format!("该页面没有放置回应隐私授权事件的弹窗，{api} 可能一直等待"),
            ),
            Phrase::new(
                "The program registers a handler, so WeChat shows no pop-up of its own: the interface stays pending until `resolve` is called, and this page shows no agree button to tap.",
                "程序注册了监听，微信不再展示官方弹窗：在 `resolve` 被调用之前接口一直处于等待状态，而用户在该页面无法点击同意按钮。",
            ),
        ),
        Lack::Uncoupled => (
            Phrase::new(
                format!("`{api}` leaves the consent to WeChat's pop-up"),
                format!("`{api}` 的隐私授权完全依靠官方弹窗"),
            ),
            Phrase::new(
                "Until the user has agreed to the privacy guide, the pop-up asks before the page has said what for; notice comes first (PIPL Art. 14, 17). A button that is joined with the agreement gives both with one tap (base library 2.32.3).",
                "用户同意隐私保护指引之前，官方弹窗会先行出现，而页面尚未说明用途；告知应当在先（《个人信息保护法》第十四条、第十七条）。与同意按钮组合后，一次点击即可完成两者（基础库 2.32.3 起）。",
            ),
        ),
    }
}

/// When it runs.
fn when(entry: &EntryPoint) -> Phrase {
    let (en, zh, name) = match entry {
        EntryPoint::LifecycleHook(LifecycleHook::App(name)) => ("the app's", "应用的", name),
        EntryPoint::LifecycleHook(LifecycleHook::Page(name)) => ("the page's", "页面的", name),
        EntryPoint::LifecycleHook(LifecycleHook::Component(name)) => {
            ("the component's", "组件的", name)
        }
        _ => return Phrase::new("as soon as its file is loaded", "在文件加载时即"),
    };
    Phrase::new(format!("from {en} {name}"), format!("由{zh} {name} "))
}

/// What to do.
fn help(lack: &Lack<'_>, gate: &str) -> Phrase {
    match lack {
        Lack::NoPopUp => Phrase::new(
            format!("Ask with {gate} when the page opens, before the field is shown."),
            format!("请在页面打开、展示该输入框之前调用 {gate}。"),
        ),
        Lack::Unanswered => Phrase::new(
            "Put the pop-up's component on the page, or let the handler answer `disagree` where no pop-up is shown.",
            "请在该页面放置弹窗组件，或在没有弹窗时由监听以 `disagree` 回应。",
        ),
        Lack::Uncoupled => Phrase::new(
            "Say beside the button what it is for, join it with the agreement (`|agreePrivacyAuthorization`) and bind its event.",
            "请在按钮旁说明用途，与同意按钮组合（`|agreePrivacyAuthorization`），并绑定其事件。",
        ),
        _ => Phrase::new(
            format!(
                "Say what it is for, call it from the person's action within the `success` of {gate}, and handle `fail`."
            ),
            format!("请先说明用途，由用户操作触发，在 {gate} 的 `success` 中调用，并处理 `fail`。"),
        ),
    }
}

/// Whether the program asks for consent, or whether it was given, before an interface does.
fn asks_beforehand(context: &Context<'_>) -> bool {
    context.uses.iter().any(|used| {
        matches!(used.interface.consent_role, Some(ConsentRole::Gate | ConsentRole::Query))
    })
}

/// Whether the program asks by itself, elsewhere: it queries the state and has an agree button, or
/// calls the gate when something opens.
fn asks_at_once(context: &Context<'_>) -> bool {
    let asks = |used: &ApiUse| match used.interface.consent_role {
        Some(ConsentRole::Query) => !context.consent.buttons.is_empty(),
        Some(ConsentRole::Gate) => opens(context, used).unwrap_or(false),
        _ => false,
    };
    context.uses.iter().any(|used| used.package.is_none() && asks(used))
}

/// Whether a use stands within a function that runs when the app, a page or a component opens.
fn opens(context: &Context<'_>, used: &ApiUse) -> Option<bool> {
    const OPENINGS: [&str; 5] = ["attached", "onLaunch", "onLoad", "onReady", "onShow"];
    let facts = context.files.script(&used.place.file)?;
    let mut around = facts.function_at(used.place.span.start());
    while let Some(function) = around.and_then(|id| facts.function(id)) {
        if function.name.as_deref().is_some_and(|name| OPENINGS.contains(&name)) {
            return Some(true);
        }
        around = function.parent;
    }
    Some(false)
}

/// The interface whose `success` waits for consent.
fn gate() -> Option<&'static str> {
    let mut rows = catalogue::interfaces().iter();
    rows.find(|row| row.consent_role == Some(ConsentRole::Gate)).map(|row| row.name)
}

//! `consent-before-use`: personal information that the program asks for by itself, or sensitive information, with no consent of
//! its own before it. The one thing to know: where the program relies on WeChat's pop-up and handles the refusal, nothing is
//! said here; `regulated-interface` names it.

use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::catalogue::{self, ConsentRole, ConsentUi, Form, Sensitivity};
use crate::finding::{Applicability, Edit, Finding, Fix, Label, Phrase, Place, Severity};
use crate::flow::consent::{Class, Standing};
use crate::flow::events::{Entry, Opening};
use crate::flow::uses::{Use, UseForm};
use crate::path::FilePath;

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
    /// It runs when something opens.
    Unasked(&'a Opening),
    /// It takes sensitive information.
    Sensitive,
    /// No pop-up would ever appear.
    NoPopUp,
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    // One finding for each interface and file; the other places are labels.
    let mut groups: BTreeMap<(&FilePath, &str), Vec<(&Use, Lack<'_>)>> = BTreeMap::new();
    for used in context.uses {
        if let Some(lack) = used.standing.as_ref().and_then(|standing| lack(used, standing)) {
            groups.entry((&used.place.file, used.api)).or_default().push((used, lack));
        }
    }
    groups.into_values().filter_map(|group| finding(context, &group)).collect()
}

fn lack<'a>(used: &Use, standing: &'a Standing) -> Option<Lack<'a>> {
    let row = used.interface;
    if standing.class != Class::None
        || row.withdrawn.is_some()
        || row.consent_role.is_some()
        || row.form == Form::Scope
    {
        return None;
    }
    if row.consent_ui == Some(ConsentUi::None) {
        return (used.form == UseForm::Template).then_some(Lack::NoPopUp);
    }
    // What is handed on is called elsewhere, with what consent is told there.
    let UseForm::Called(_) = used.form else { return None };
    // What takes no callbacks reports its failures elsewhere, out of this call's sight.
    row.promise?;
    let opening = standing.entries.iter().find_map(|entry| match entry {
        Entry::Opening(opening) => Some(opening),
        _ => None,
    });
    match opening {
        Some(opening) => Some(Lack::Unasked(opening)),
        None if row.sensitivity == Some(Sensitivity::Sensitive) && by_a_person(standing) => {
            Some(Lack::Sensitive)
        }
        None => None,
    }
}

/// Whether some way to the use begins with an event.
fn by_a_person(standing: &Standing) -> bool {
    standing.entries.iter().any(|entry| matches!(entry, Entry::Event(_)))
}

fn finding(context: &Context<'_>, group: &[(&Use, Lack<'_>)]) -> Option<Finding> {
    let (used, lack) = group.first()?;
    let api = used.api;
    let (message, why) = match lack {
        Lack::Unasked(opening) => {
            let (what, method) = match opening {
                Opening::App(name) => (Phrase::new("the app's", "应用的"), name),
                Opening::Page(name) => (Phrase::new("the page's", "页面的"), name),
                Opening::Component(name) => (Phrase::new("the component's", "组件的"), name),
            };
            (
                Phrase::new(
                    format!(
                        "{api} runs from {} {method}, without a person's action or consent before it",
                        what.en
                    ),
                    format!("{api} 由{} {method} 触发，此前没有用户操作，也没有取得同意", what.zh),
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
    };
    let mut finding = RULE.finding(used.place.clone(), message, api);
    finding.why = why;
    let gate = gate()?;
    finding.help = match lack {
        Lack::NoPopUp => Phrase::new(
            format!("Ask with {gate} when the page opens, before the field is shown."),
            format!("请在页面打开、展示该输入框之前调用 {gate}。"),
        ),
        _ => Phrase::new(
            format!(
                "Say what it is for, call it from the person's action within the `success` of {gate}, and handle `fail`."
            ),
            format!("请先说明用途，由用户操作触发，在 {gate} 的 `success` 中调用，并处理 `fail`。"),
        ),
    };
    finding.labels = group
        .iter()
        .skip(1)
        .map(|(other, _)| Label {
            place: other.place.clone(),
            message: Phrase::new("and here", "此处亦然"),
        })
        .collect();
    finding.fixes.extend(wrap(context, used, gate));
    Some(finding)
}

/// The interface whose `success` waits for consent.
fn gate() -> Option<&'static str> {
    let mut rows = catalogue::interfaces().iter();
    rows.find(|row| row.consent_role == Some(ConsentRole::Gate)).map(|row| row.name)
}

/// Puts the call into the gate's `success`, where nobody takes its value.
fn wrap(context: &Context<'_>, used: &Use, gate: &str) -> Option<Fix> {
    let UseForm::Called(call) = used.form else { return None };
    let file = &used.place.file;
    let source = &context.editable(file)?.source;
    let span = context.files.script(file)?.span(call);
    let (before, after) = (source.get(..span.start())?, source.get(span.end()..)?);
    // A statement of its own: nothing on either side that could take the value.
    let starts = before.trim_end().ends_with(['{', '}', ';']) || before.trim_end().is_empty();
    let ends = match after.trim_start_matches([' ', '\t']).chars().next() {
        None | Some(';' | '}') => true,
        Some('\n' | '\r') => !after.trim_start().starts_with(['.', '(', '[', '?', ',']),
        _ => false,
    };
    if !starts || !ends {
        return None;
    }
    let insert =
        |at: usize, text: String| Edit::Replace { place: Place::new(file, (at..at).into()), text };
    Some(Fix {
        title: Phrase::new(format!("Wait for {gate} first"), format!("先等待 {gate} 通过")),
        applicability: Applicability::Unsafe,
        edits: vec![
            insert(span.start(), format!("{gate}({{ success: () => {{ ")),
            insert(span.end(), " }, fail: (error) => console.warn(error) })".to_owned()),
        ],
    })
}

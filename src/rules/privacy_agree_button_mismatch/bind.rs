//! Binding the event of an agree button. The handler is one that the script has, as far as it can
//! be told which; where none answers, one is made that says what the program says elsewhere.

use crate::catalogue::{self, ConsentRole};
use crate::consent::{AgreeButton, Answer};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId};
use crate::facts::template::{Attribute, AttributeKind, Element};
use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::path::FilePath;
use crate::rules::Context;
use crate::rules::handler_edit::{self, Body};
use crate::text::Span;

/// The name of a method that is made.
const METHOD: &str = "onAgreePrivacy";

/// Binds the event of `button`, which has no handler.
pub(super) fn fix(context: &Context<'_>, button: &AgreeButton) -> Option<Fix> {
    let mut rows = catalogue::interfaces().iter();
    let row = rows.find(|row| row.consent_role == Some(ConsentRole::Agreement))?;
    let event = row.events.first()?;
    let file = &button.tag.file;
    context.editable(file)?;
    let template = context.files.template(file)?;
    let element = template.elements.iter().find(|one| one.tag_span == button.tag.span)?;
    let script = handler_edit::script_of(context, file)?;
    let facts = context.files.script(&script)?;
    let methods = handler_edit::methods(facts);
    let answering = answering(context, &script, facts, &methods);
    let tap = event_of(element, "tap");
    let tapped = tap.and_then(|tap| tap.value.as_ref()?.literal()).map(str::trim);
    let known = |name: &str| methods.iter().any(|(other, _)| *other == name);
    let moved =
        tapped.filter(|name| known(name) && (answering.is_empty() || answering.contains(name)));
    let mut edits = Vec::new();
    let name = if let Some(name) = moved {
        name.to_owned()
    } else if let [name] = &*answering {
        (*name).to_owned()
    } else if answering.is_empty() {
        let body = Body::Statement(answer_like(context, button)?);
        let (name, edit) = handler_edit::add(context, file, METHOD, &body)?;
        edits.push(edit);
        name
    } else {
        return None;
    };
    let bound = format!("bind{event}=\"{name}\"");
    let empty = event_of(element, event);
    let replaced = empty.or(tap.filter(|_| moved.is_some()));
    edits.push(match replaced {
        Some(attribute) => Edit::Replace { place: Place::new(file, attribute.span), text: bound },
        None => Edit::Replace {
            place: Place::new(file, Span::at(element.tag_span.end())),
            text: format!(" {bound}"),
        },
    });
    Some(Fix {
        title: Phrase::new(format!("Bind {event} to {name}"), format!("将 {event} 绑定至 {name}")),
        applicability: Applicability::Unsafe,
        edits,
    })
}

fn event_of<'t>(element: &'t Element, wanted: &str) -> Option<&'t Attribute> {
    element.attributes.iter().find(|attribute| {
        matches!(&attribute.kind, AttributeKind::Event { event, .. }
            if event.eq_ignore_ascii_case(wanted))
    })
}

/// The methods of the script that answer "agree" in so many words, each once.
fn answering<'m>(
    context: &Context<'_>,
    script: &FilePath,
    facts: &ScriptFacts,
    methods: &[(&'m str, ExprId)],
) -> Vec<&'m str> {
    let mut names = Vec::new();
    let answers = context.consent.answers.iter();
    for answer in answers.filter(|answer| answer.agrees() && &answer.place.file == script) {
        let holding = methods.iter().find(|(_, value)| match facts.expr(*value) {
            Expr::Function(function) => facts
                .function(*function)
                .is_some_and(|function| function.span.contains(answer.place.span)),
            _ => false,
        });
        if let Some((name, _)) = holding
            && !names.contains(name)
        {
            names.push(*name);
        }
    }
    names
}

/// The answer that the program gives elsewhere through `getApp()`, for this button.
fn answer_like(context: &Context<'_>, button: &AgreeButton) -> Option<String> {
    let id = button.id.as_deref().filter(|id| !id.contains(['\'', '\\', '\n']))?;
    let callee = |answer: &Answer| -> Option<String> {
        let file = context.files.get(&answer.place.file)?;
        let facts = context.files.script(&answer.place.file)?;
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
            let first = arguments.first()?;
            let text = facts.span(*callee).of(&file.source);
            let plain = |c: char| c.is_ascii_alphanumeric() || "_$.()?".contains(c);
            (facts.span(first.value) == answer.place.span
                && text.starts_with("getApp().")
                && text.chars().all(plain))
            .then(|| text.to_owned())
        })
    };
    let mut agreeing = context.consent.answers.iter().filter(|answer| answer.agrees());
    let (callee, event) = agreeing.find_map(|answer| Some((callee(answer)?, &answer.event)))?;
    Some(format!("{callee}({{ event: '{event}', buttonId: '{id}' }})"))
}

//! Joining a button with the agreement: one tap gives the consent and what the button asks for. The
//! event wants a handler, so the fix is offered only where the script of the template is certain.

use crate::catalogue::{self, Interface};
use crate::facts::template::{Attribute, AttributeKind, AttributeValue};
use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::path::FilePath;
use crate::rules::Context;
use crate::rules::handler_edit::{self, Body};
use crate::semantic::api_use::{ApiUse, UseKind};

/// The name of the method that learns of the agreement.
const METHOD: &str = "onAgreePrivacy";

/// A button that can be joined with the agreement.
pub(super) struct Button<'a> {
    /// The `open-type`.
    open_type: &'a Attribute,
    /// Its value.
    value: &'a AttributeValue,
    agreement: &'static Interface,
}

/// The button of `used`, when it is the platform's own and its `open-type` is written out. What a
/// component passes on, what the data decide and what is joined already is none.
pub(super) fn button<'a>(context: &Context<'a>, used: &ApiUse) -> Option<Button<'a>> {
    let row = used.interface;
    let agreement = catalogue::interface(row.joins.filter(|_| used.form == UseKind::Template)?)?;
    let named = |attribute: &&Attribute| attribute.name_span == used.place.span;
    let element = context.files.template(&used.place.file)?.elements.iter().find(|element| {
        row.tag == Some(&*element.tag) && element.attributes.iter().any(|one| named(&one))
    })?;
    let open_type = element.attributes.iter().find(named)?;
    let value = open_type.value.as_ref().filter(|value| !value.span.is_empty())?;
    let bound = element.attributes.iter().any(|attribute| {
        matches!(&attribute.kind, AttributeKind::Event { event, .. }
            if agreement.events.iter().any(|own| own.eq_ignore_ascii_case(event)))
    });
    let alone = value.literal()?.trim() == row.value?;
    (alone && !bound).then_some(Button { open_type, value, agreement })
}

/// Joins the button of `used` with the agreement, and binds its event.
pub(super) fn fix(context: &Context<'_>, used: &ApiUse) -> Option<Fix> {
    let Button { open_type, value, agreement } = button(context, used)?;
    let (token, event) = (agreement.value?, agreement.events.first()?);
    let file = &used.place.file;
    context.editable(file)?;
    let (name, handler) = handler(context, file)?;
    let insert =
        |at: usize, text: String| Edit::Replace { place: Place::new(file, (at..at).into()), text };
    Some(Fix {
        title: Phrase::new(
            format!("Join it with {token} and bind {event}"),
            format!("与 {token} 组合并绑定 {event}"),
        ),
        applicability: Applicability::Unsafe,
        edits: [
            insert(value.span.end(), format!("|{token}")),
            insert(open_type.span.end(), format!(" bind{event}=\"{name}\"")),
        ]
        .into_iter()
        .chain(handler)
        .collect(),
    })
}

/// The method that the event is bound to: the one that another button on the page got already, else
/// a new one.
fn handler(context: &Context<'_>, file: &FilePath) -> Option<(String, Option<Edit>)> {
    let script = handler_edit::script_of(context, file)?;
    let facts = context.files.script(&script)?;
    if handler_edit::methods(facts).iter().any(|(name, _)| *name == METHOD) {
        return Some((METHOD.to_owned(), None));
    }
    let body = Body::Comment("用户已同意《用户隐私保护指引》".to_owned());
    let (name, edit) = handler_edit::add(context, file, METHOD, &body)?;
    Some((name, Some(edit)))
}

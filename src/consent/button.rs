//! The button by which the user agrees to the privacy guide. A custom component may forward its
//! `open-type`, but its `id` and its events are its own, so only a native button is judged.

use crate::facts::TemplateFacts;
use crate::facts::template::AttributeKind;
use crate::finding::Place;
use crate::semantic::api_use::ApiUse;

/// A button that is, or forwards, the agreement.
#[derive(Clone, Debug)]
pub struct AgreeButton {
    /// The `open-type` attribute's name.
    pub place: Place,
    /// The tag's name.
    pub tag: Place,
    /// Whether it is the platform's own button, not a component that passes on what it is given.
    pub native: bool,
    /// Its id; `None` where it has none or the data decide it.
    pub id: Option<Box<str>>,
    /// Whether there is an `id` at all.
    pub has_id: bool,
    /// The handler of its event, as written; `None` where the event is not bound.
    pub handler: Option<Box<str>>,
    /// Whether another `open-type` is joined with it.
    pub coupled: bool,
}

impl AgreeButton {
    /// The button of the use.
    pub(super) fn of(facts: &TemplateFacts, used: &ApiUse) -> Option<Self> {
        let holds = |span| used.place.span == span;
        let element = facts.elements.iter().find(|element| {
            element.attributes.iter().any(|attribute| holds(attribute.name_span))
        })?;
        let open_type = element.attributes.iter().find(|one| holds(one.name_span))?;
        let id = element.attribute("id");
        let text = id.and_then(|id| id.value.as_ref()?.literal());
        let handler = element.attributes.iter().find_map(|attribute| match &attribute.kind {
            AttributeKind::Event { event, .. }
                if used.interface.events.iter().any(|own| own.eq_ignore_ascii_case(event)) =>
            {
                Some(attribute.value.as_ref().and_then(|value| value.literal()).unwrap_or(""))
            }
            _ => None,
        });
        let tokens = open_type.value.as_ref().and_then(|value| value.literal()).unwrap_or("");
        Some(Self {
            place: used.place.clone(),
            tag: Place::new(&used.place.file, element.tag_span),
            native: used.interface.tag == Some(&*element.tag),
            id: text.map(str::trim).filter(|text| !text.is_empty()).map(Box::from),
            has_id: id.is_some(),
            handler: handler.map(Box::from),
            coupled: tokens.contains('|'),
        })
    }
}

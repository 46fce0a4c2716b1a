//! Uses in a template. A custom component forwards what it is given, so an `open-type` counts on
//! any element; everything else counts on its own element only.

use super::page_data::{self, PageData};
use super::{ApiUse, Destinations, UseKind};
use crate::catalogue::{self, Interface};
use crate::facts::TemplateFacts;
use crate::facts::template::{Attribute, AttributeKind, AttributeValue, Element};
use crate::finding::Place;
use crate::path::FilePath;
use crate::semantic::module_graph::ModuleGraph;

/// The attribute that gives a button a platform ability, and the property that component libraries
/// forward it as.
const OPEN_TYPE: [&str; 2] = ["open-type", "openType"];

/// The uses in the template `path`, in document order.
pub fn uses_of_template(
    modules: &ModuleGraph<'_>,
    facts: &TemplateFacts,
    path: &FilePath,
) -> Vec<ApiUse> {
    let mut uses = Vec::new();
    let page = modules.of_template(path).map(|module| PageData::new(modules, module));
    for (index, element) in facts.elements.iter().enumerate() {
        if let Some(row) = catalogue::component(&element.tag) {
            uses.push(make(
                row,
                Place::new(path, element.tag_span),
                reach_of_component(row, index, page.as_ref(), facts, path),
            ));
        }
        for attribute in &element.attributes {
            let place = Place::new(path, attribute.name_span);
            if is_open_type(element, attribute) {
                let (tokens, complete) = tokens(attribute);
                let mut rows: Vec<&'static Interface> =
                    tokens.iter().filter_map(|token| catalogue::open_type(token)).collect();
                if !complete {
                    // What the data chooses is told by the event that the element waits for.
                    // One that waits for several is a component that only passes the choice on.
                    let mut told: Vec<_> =
                        events(element).filter_map(catalogue::open_type_of_event).collect();
                    told.dedup();
                    if told.len() == 1 {
                        rows.append(&mut told);
                    }
                    rows.sort_by_key(|row| row.name);
                    rows.dedup();
                }
                for row in rows {
                    uses.push(make(row, place.clone(), None));
                }
            }
        }
        for row in catalogue::attributes_of(&element.tag) {
            let attribute = row.attribute.and_then(|name| element.attribute(name));
            if let Some(attribute) = attribute.filter(|attribute| has_value(attribute, row)) {
                uses.push(make(row, Place::new(path, attribute.name_span), None));
            }
        }
    }
    uses
}

fn make(interface: &'static Interface, place: Place, reach: Option<Destinations>) -> ApiUse {
    ApiUse { reach, ..ApiUse::new(place, interface, interface.name, UseKind::Template) }
}

/// `open-type` on any element; the camel-case property only where no native element ignores it.
fn is_open_type(element: &Element, attribute: &Attribute) -> bool {
    &*attribute.name == OPEN_TYPE[0]
        || (&*attribute.name == OPEN_TYPE[1] && element.tag.contains('-'))
}

/// The tokens that an `open-type` may be, its list divided; and whether these are all.
fn tokens(attribute: &Attribute) -> (Vec<String>, bool) {
    let Some(value) = &attribute.value else { return (Vec::new(), true) };
    let (candidates, complete) = value.candidates();
    let mut tokens: Vec<String> = Vec::new();
    for candidate in candidates {
        for token in candidate.split('|') {
            let token = token.trim().to_owned();
            if !token.is_empty() && !tokens.contains(&token) {
                tokens.push(token);
            }
        }
    }
    (tokens, complete)
}

/// The events that the element waits for.
fn events(element: &Element) -> impl Iterator<Item = &str> {
    element.attributes.iter().filter_map(|attribute| match &attribute.kind {
        AttributeKind::Event { event, .. } => Some(&**event),
        _ => None,
    })
}

/// Whether the attribute says what the row is about: its value, or anything but "no".
fn has_value(attribute: &Attribute, row: &Interface) -> bool {
    let candidates = attribute.value.as_ref().map(AttributeValue::candidates);
    match (row.value, candidates) {
        (Some(wanted), Some((texts, _))) => {
            texts.iter().any(|text| text == wanted || row.aliases.contains(&text.as_str()))
        }
        (Some(_), None) => false,
        (None, None) => true,
        (None, Some((texts, complete))) => {
            !complete || texts.iter().any(|text| !matches!(text.as_str(), "" | "false"))
        }
    }
}

fn reach_of_component(
    row: &Interface,
    index: usize,
    page: Option<&PageData<'_>>,
    facts: &TemplateFacts,
    path: &FilePath,
) -> Option<Destinations> {
    row.list?;
    let value = row
        .url_argument
        .and_then(|name| facts.elements.get(index)?.attribute(name))
        .and_then(|found| found.value.as_ref());
    let Some(value) = value else { return Some(Destinations::default()) };
    let element = u32::try_from(index).ok()?;
    Some(page_data::destinations_of_value(page, facts, element, value, path))
}

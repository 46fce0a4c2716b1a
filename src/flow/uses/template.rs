//! Uses in a template. The one thing to know: a custom component forwards what it is given, so an `open-type` counts on any
//! element; everything else counts on its own element only.

use super::{Reach, Use, UseForm};
use crate::catalogue::{self, Interface};
use crate::facts::TemplateFacts;
use crate::facts::template::{Attribute, Element};
use crate::finding::Place;
use crate::flow::texts::{Fragment, Pattern};
use crate::path::FilePath;

/// The attribute that gives a button a platform ability, and the property that component libraries forward it as.
const OPEN_TYPE: [&str; 2] = ["open-type", "openType"];

/// The uses in the template `path`, in document order.
pub fn uses_of_template(facts: &TemplateFacts, path: &FilePath) -> Vec<Use> {
    let mut uses = Vec::new();
    for element in &facts.elements {
        if let Some(row) = catalogue::component(&element.tag) {
            uses.push(make(
                row,
                Place::new(path, element.tag_span),
                reach_of_component(row, element, path),
            ));
        }
        for attribute in &element.attributes {
            let place = Place::new(path, attribute.name_span);
            if is_open_type(element, attribute) {
                let rows =
                    tokens(attribute).into_iter().filter_map(|token| catalogue::open_type(&token));
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

fn make(interface: &'static Interface, place: Place, reach: Option<Reach>) -> Use {
    Use { reach, ..Use::new(place, interface, interface.name, UseForm::Template) }
}

/// `open-type` on any element; the camel-case property only where no native element ignores it.
fn is_open_type(element: &Element, attribute: &Attribute) -> bool {
    &*attribute.name == OPEN_TYPE[0]
        || (&*attribute.name == OPEN_TYPE[1] && element.tag.contains('-'))
}

/// The tokens that an `open-type` may be, its list divided.
fn tokens(attribute: &Attribute) -> Vec<String> {
    let Some(value) = &attribute.value else { return Vec::new() };
    let mut tokens: Vec<String> = Vec::new();
    for candidate in value.candidates().0 {
        for token in candidate.split('|') {
            let token = token.trim().to_owned();
            if !token.is_empty() && !tokens.contains(&token) {
                tokens.push(token);
            }
        }
    }
    tokens
}

/// Whether the attribute says what the row is about: its value, or anything but "no".
fn has_value(attribute: &Attribute, row: &Interface) -> bool {
    let candidates =
        attribute.value.as_ref().map(crate::facts::template::AttributeValue::candidates);
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

fn reach_of_component(row: &Interface, element: &Element, path: &FilePath) -> Option<Reach> {
    row.list?;
    let Some(value) = row
        .url_argument
        .and_then(|name| element.attribute(name))
        .and_then(|found| found.value.as_ref())
    else {
        return Some(Reach::default());
    };
    let (texts, complete) = value.candidates();
    let from = Place::new(path, value.span);
    let patterns: Vec<Pattern> = texts
        .into_iter()
        .map(|text| Pattern { fragments: vec![Fragment::Known { text, from: from.clone() }] })
        .collect();
    let mut reach = Reach::of_patterns(&patterns);
    reach.complete &= complete;
    Some(reach)
}

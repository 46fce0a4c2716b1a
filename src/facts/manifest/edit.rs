//! Edits of a manifest that keep its formatting and its comments: replacements of byte ranges,
//! found from the facts. An edit is `None` where it cannot be sure – the path leads to a value of
//! another type, or the text is broken in the container that would change – and an empty list where
//! nothing is to do.

mod container;
mod insert;
mod lines;
mod remove;
mod style;
mod value;

pub use style::Style;
pub use value::Value;

use super::{Json, ManifestFacts};
use crate::text::Span;
use container::Container;
use insert::Item;

/// Replacements of byte ranges of the unedited text: sorted, not overlapping, to be applied
/// together.
pub type Edits = Vec<(Span, String)>;

/// Appends the string `text` to the array at `path`, unless it is there. What is absent on the way
/// is created: objects, then the array, as last members. O(path's containers).
pub fn add_to_array(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    text: &str,
) -> Option<Edits> {
    add_all_to_array(facts, source, path, &[text])
}

/// Appends those strings of `texts` to the array at `path` that it does not hold yet, in order; see
/// [`add_to_array`].
pub fn add_all_to_array(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    texts: &[&str],
) -> Option<Edits> {
    let place = Place::find(facts, source, path)?;
    let present = |text: &str| {
        place.absent.is_empty() && place.value.strings().any(|(element, _)| element == text)
    };
    let mut new: Vec<Value> = Vec::new();
    for text in texts {
        let value = Value::from(*text);
        if !present(text) && !new.contains(&value) {
            new.push(value);
        }
    }
    if !place.absent.is_empty() && !new.is_empty() {
        return place.insert(facts, source, place.absent, Value::Array(new));
    }
    if place.absent.is_empty() && !place.value.is_array() {
        return None;
    }
    let items: Vec<Item> = new.into_iter().map(|value| Item { key: None, value }).collect();
    if items.is_empty() {
        return Some(Edits::new());
    }
    let container = Container::new(facts, source, place.value)?;
    Some(insert::append(&container, &facts.style, place.inline, &items))
}

/// Makes `value` the member `key` of the object at `path`: replaces the value of the last such
/// member, or adds one at the end. Objects that are absent on the way are created.
pub fn set_member(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    key: &str,
    value: Value,
) -> Option<Edits> {
    let whole: Vec<&str> = path.iter().copied().chain([key]).collect();
    let place = Place::find(facts, source, &whole)?;
    if !place.absent.is_empty() {
        return place.insert(facts, source, place.absent, value);
    }
    if value.is(place.value) {
        return Some(Edits::new());
    }
    let span = place.value.span;
    if facts.problems.iter().any(|problem| span.touches(problem.span)) {
        return None;
    }
    let indent = lines::indentation(source, span.start());
    Some(vec![(span, value.render(&facts.style, indent, place.inline))])
}

/// Removes every element of the array at `path` that is the string `text`, each with its comma, its
/// line and the comments that belong to it (those right above it and those behind it).
pub fn remove_element(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    text: &str,
) -> Option<Edits> {
    remove_elements(facts, source, path, &[text])
}

/// Removes every element of the array at `path` that is one of the strings `texts`; see
/// [`remove_element`].
pub fn remove_elements(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    texts: &[&str],
) -> Option<Edits> {
    let place = Place::find(facts, source, path)?;
    if place.absent.is_empty() && !place.value.is_array() {
        return None;
    }
    let doomed = |index: usize| {
        let element = place.value.elements().get(index);
        element.and_then(Json::as_str).is_some_and(|text| texts.contains(&text))
    };
    place.remove(facts, source, place.value.elements().len(), doomed)
}

/// Removes every member `key` of the object at `path`; see [`remove_element`].
pub fn remove_member(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    key: &str,
) -> Option<Edits> {
    let place = Place::find(facts, source, path)?;
    if place.absent.is_empty() && !place.value.is_object() {
        return None;
    }
    let doomed =
        |index: usize| place.value.members().get(index).is_some_and(|member| &*member.key == key);
    place.remove(facts, source, place.value.members().len(), doomed)
}

/// Appends `value` to the array at `path`, whatever it holds already; see [`add_to_array`].
pub fn append(facts: &ManifestFacts, source: &str, path: &[&str], value: Value) -> Option<Edits> {
    let place = Place::find(facts, source, path)?;
    if !place.absent.is_empty() {
        return place.insert(facts, source, place.absent, Value::Array(vec![value]));
    }
    if !place.value.is_array() {
        return None;
    }
    let container = Container::new(facts, source, place.value)?;
    let item = Item { key: None, value };
    Some(insert::append(&container, &facts.style, place.inline, &[item]))
}

/// Removes element `index` of the array at `path`; see [`remove_element`].
pub fn remove_at(
    facts: &ManifestFacts,
    source: &str,
    path: &[&str],
    index: usize,
) -> Option<Edits> {
    let place = Place::find(facts, source, path)?;
    if place.absent.is_empty() && !place.value.is_array() {
        return None;
    }
    place.remove(facts, source, place.value.elements().len(), |other| other == index)
}

/// A new file that holds `value`, laid out in the usual style.
pub fn document(value: &Value) -> String {
    let mut text = value.render(&Style::default(), "", false);
    text.push('\n');
    text
}

/// How far a path leads.
struct Place<'f, 'p> {
    /// The value that it leads to; when keys are absent, the object that lacks the first of them.
    value: &'f Json,
    /// The keys that are absent.
    absent: &'p [&'p str],
    /// Whether the value stands inside a container that is on one line, not counting itself.
    inline: bool,
}

impl<'f, 'p> Place<'f, 'p> {
    /// `None` when the file has no value or the path leads through a value that is no object.
    fn find(facts: &'f ManifestFacts, source: &str, path: &'p [&'p str]) -> Option<Self> {
        let mut value = facts.root.as_ref()?;
        let mut absent = path;
        let mut inline = false;
        while let [key, inner @ ..] = absent {
            if !value.is_object() {
                return None;
            }
            let Some(member) = value.member(key) else { break };
            inline = !lines::breaks(source, value.span.start(), value.span.end());
            value = &member.value;
            absent = inner;
        }
        Some(Self { value, absent, inline })
    }

    /// Adds `value` under the keys `absent`, outermost first, to the object.
    fn insert(
        &self,
        facts: &ManifestFacts,
        source: &str,
        absent: &[&str],
        value: Value,
    ) -> Option<Edits> {
        let (key, inner) = absent.split_first()?;
        let wrap = |value, key: &&str| Value::Object(vec![((*key).to_owned(), value)]);
        let value = inner.iter().rev().fold(value, wrap);
        let container = Container::new(facts, source, self.value)?;
        let item = Item { key: Some((*key).to_owned()), value };
        Some(insert::append(&container, &facts.style, self.inline, &[item]))
    }

    /// Removes the items of the container for whose index `doomed` holds.
    fn remove(
        &self,
        facts: &ManifestFacts,
        source: &str,
        count: usize,
        doomed: impl Fn(usize) -> bool,
    ) -> Option<Edits> {
        if !self.absent.is_empty() || !(0..count).any(&doomed) {
            return Some(Edits::new());
        }
        let container = Container::new(facts, source, self.value)?;
        Some(remove::remove(&container, doomed))
    }
}

#[cfg(test)]
mod tests;

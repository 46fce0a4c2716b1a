//! A template as an outline: what it brings in, defines, repeats, shows under a condition, and its
//! components. Plain boxes (`view`, `block`) that carry nothing of their own are passed over, and
//! what is in them moves up, so that the outline of a page is as short as what a person would write
//! down.

use crate::facts::TemplateFacts;
use crate::facts::template::{AttributeKind, AttributeValue, Element};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// What it is called: the tag with its id and class, the name of a template, a path.
    pub name: String,
    /// What more there is to it: a condition, a list, the events bound.
    pub detail: String,
    /// All of it.
    pub whole: Span,
    /// Its name; lies in the whole.
    pub selection: Span,
    /// What is in it, in document order.
    pub children: Vec<Entry>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `<template name>`
    Template,
    /// `<import>`, `<include>`, `<wxs src>`: another file.
    File,
    /// `<wxs>` with its script inside.
    Module,
    /// `<slot>`
    Slot,
    /// An element with events.
    Active,
    /// Any other element.
    Element,
}

/// The outline of the template at `path`; `None` for any other file.
pub fn outline(files: &Files, path: &FilePath) -> Option<Vec<Entry>> {
    let facts = files.template(path)?;
    Some(nested(facts))
}

/// How deep entries stand in each other; what is deeper is listed on the last level.
const DEPTH: usize = 64;

/// Children come after their parents, so that going backwards each entry is complete when its
/// parent takes it.
fn nested(facts: &TemplateFacts) -> Vec<Entry> {
    let mut waiting: Vec<Vec<Entry>> = facts.elements.iter().map(|_| Vec::new()).collect();
    let mut depths: Vec<usize> = Vec::with_capacity(facts.elements.len());
    for element in &facts.elements {
        let around = element.parent.and_then(|parent| depths.get(parent as usize).copied());
        depths.push(around.map_or(0, |depth| depth + usize::from(entry(element).is_some())));
    }
    let mut roots = Vec::new();
    for (index, element) in facts.elements.iter().enumerate().rev() {
        let mut children = waiting.get_mut(index).map(std::mem::take).unwrap_or_default();
        children.sort_by_key(|child| child.whole);
        let mut given = match entry(element) {
            Some(mut entry) if depths.get(index).is_some_and(|depth| *depth < DEPTH) => {
                entry.children = children;
                vec![entry]
            }
            Some(entry) => std::iter::once(entry).chain(children).collect(),
            None => children,
        };
        let parent = element.parent.and_then(|parent| waiting.get_mut(parent as usize));
        parent.unwrap_or(&mut roots).append(&mut given);
    }
    roots.sort_by_key(|entry| entry.whole);
    roots
}

/// What an element is in the outline; nothing when it is only a box.
fn entry(element: &Element) -> Option<Entry> {
    let literal = |name: &str| {
        let value = element.attribute(name)?.value.as_ref()?;
        Some((AttributeValue::literal(value)?.trim().to_owned(), value.span))
    };
    let detail = detail(element);
    let (kind, name, selection) = match &*element.tag {
        "" => return None,
        "template" => {
            if let Some((name, span)) = literal("name") {
                (EntryKind::Template, name, span)
            } else {
                let (name, span) = literal("is").unwrap_or((String::new(), element.tag_span));
                (EntryKind::Element, format!("template {name}").trim_end().to_owned(), span)
            }
        }
        "import" | "include" => {
            let (path, span) = literal("src")?;
            (EntryKind::File, path, span)
        }
        "wxs" => {
            let (name, span) = literal("module")?;
            (EntryKind::Module, name, span)
        }
        "slot" => {
            let (name, span) = literal("name").unwrap_or((String::new(), element.tag_span));
            (EntryKind::Slot, format!("slot {name}").trim_end().to_owned(), span)
        }
        tag => {
            let id = literal("id").map(|(id, _)| format!("#{id}")).unwrap_or_default();
            let class = literal("class").and_then(|(classes, _)| {
                classes.split_whitespace().next().map(|class| format!(".{class}"))
            });
            let is_box = matches!(tag, "block" | "view" | "text");
            if is_box && detail.is_empty() && id.is_empty() {
                return None;
            }
            let is_active = element
                .attributes
                .iter()
                .any(|one| matches!(one.kind, AttributeKind::Event { .. }));
            let kind = if is_active { EntryKind::Active } else { EntryKind::Element };
            let class = class.filter(|_| id.is_empty()).unwrap_or_default();
            (kind, format!("{tag}{id}{class}"), element.tag_span)
        }
    };
    // A name with nothing in it cannot be shown.
    let name = if name.is_empty() { element.tag.to_string() } else { name };
    Some(Entry { kind, name, detail, whole: element.span, selection, children: Vec::new() })
}

/// Conditions, lists and handlers, as written.
fn detail(element: &Element) -> String {
    let mut parts = Vec::new();
    for attribute in &element.attributes {
        let literal = attribute.value.as_ref().and_then(AttributeValue::literal);
        match &attribute.kind {
            AttributeKind::Control(name) if matches!(&**name, "if" | "elif" | "else" | "for") => {
                parts.push(attribute.name.to_string());
            }
            AttributeKind::Event { event, .. } => match literal {
                Some(handler) => parts.push(format!("{event}→{}", handler.trim())),
                None => parts.push(event.to_string()),
            },
            _ => {}
        }
    }
    parts.join(" ")
}

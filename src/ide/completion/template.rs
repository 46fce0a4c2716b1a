//! Suggestions in templates: `open-type`, handlers, tags of components, names of templates. A tag
//! is found in the text, since a `<` with nothing behind it is no element yet.

use super::{Completion, Suggestion, SuggestionKind, of_interface};
use crate::catalogue::{self, Form};
use crate::facts::TemplateFacts;
use crate::facts::template::{Attribute, AttributeKind, Element};
use crate::finding::{Phrase, Place};
use crate::ide::handlers::Handlers;
use crate::path::FilePath;
use crate::project::{File, Files, Program};
use crate::semantic::call_graph::is_lifecycle;
use crate::text::Span;

const OPEN_TYPE: &str = "open-type=";

pub(super) fn at(
    files: &Files,
    program: &Program,
    file: &File,
    facts: &TemplateFacts,
    offset: usize,
) -> Option<Completion> {
    let at = Span::at(offset);
    if facts.remarks.iter().any(|remark| remark.start() < offset && offset < remark.end()) {
        return None;
    }
    // The innermost comes last.
    let mut elements = facts.elements.iter().rev();
    let within = elements.find(|element| element.start_tag.contains(at));
    let attribute = within.and_then(|element| {
        let has =
            |one: &&Attribute| one.value.as_ref().is_some_and(|value| value.span.contains(at));
        Some((element, element.attributes.iter().find(has)?))
    });
    if let Some((element, attribute)) = attribute {
        return in_value(files, program, file, element, attribute, offset);
    }
    let before = file.source.get(..offset)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let start = before.trim_end_matches(is_name).len();
    let opens = before.get(..start)?;
    let closes = opens.ends_with("</");
    if !opens.ends_with('<') && !closes {
        return None;
    }
    let rest = file.source.get(offset..)?;
    let end = offset + (rest.len() - rest.trim_start_matches(is_name).len());
    let suggestions = tags(files, program, file);
    Some(Completion { span: Span::new(start, end), suggestions })
}

fn in_value(
    files: &Files,
    program: &Program,
    file: &File,
    element: &Element,
    attribute: &Attribute,
    offset: usize,
) -> Option<Completion> {
    let value = attribute.value.as_ref()?;
    let text = value.span.of(&file.source);
    let written = offset - value.span.start();
    let word = value.span;
    if text.contains("{{") {
        return None;
    }
    if matches!(attribute.kind, AttributeKind::Event { .. }) {
        let suggestions = methods(files, program, &file.path);
        return Some(Completion { span: word, suggestions });
    }
    match (&*element.tag, &*attribute.name) {
        (_, "open-type") => {
            // `getPhoneNumber|agreePrivacyAuthorization`
            let before = text.get(..written)?;
            let start = before.rfind('|').map_or(0, |bar| bar + 1);
            let end = text.get(written..)?.find('|').map_or(text.len(), |bar| written + bar);
            let others: Vec<&str> = text
                .get(..start)?
                .split('|')
                .chain(text.get(end..)?.split('|'))
                .map(str::trim)
                .collect();
            let rows = catalogue::interfaces().iter().filter(|row| row.form == Form::OpenType);
            let words = rows.filter_map(|row| Some((row.name.strip_prefix(OPEN_TYPE)?, row)));
            let suggestions = words
                .filter(|(word, _)| !others.contains(word))
                .map(|(word, row)| of_interface(word, row))
                .collect();
            let span = Span::new(value.span.start() + start, value.span.start() + end);
            Some(Completion { span, suggestions })
        }
        ("input", "type") => {
            let rows = catalogue::attributes_of("input");
            let words = rows.filter_map(|row| Some((row.name.strip_prefix("input type=")?, row)));
            let suggestions = words.map(|(word, row)| of_interface(word, row)).collect();
            Some(Completion { span: word, suggestions })
        }
        ("template", "is") => {
            let suggestions = templates(files, program, &file.path);
            Some(Completion { span: word, suggestions })
        }
        _ => None,
    }
}

/// The methods of the pages and components that the template belongs to.
fn methods(files: &Files, program: &Program, path: &FilePath) -> Vec<Suggestion> {
    let handlers = Handlers::new(files, program);
    let mut found: Vec<Suggestion> = Vec::new();
    for owner in program.owners_of_template(files, path) {
        for method in handlers.methods_of(&owner) {
            // What the platform calls by itself is hardly meant.
            if is_lifecycle(&method.name) || found.iter().any(|one| *one.label == *method.name) {
                continue;
            }
            let place = method.key.file.as_str();
            found.push(Suggestion {
                label: method.name.to_string(),
                kind: SuggestionKind::Method,
                text: method.name.to_string(),
                detail: Phrase::new(place, place),
                document: String::new(),
            });
        }
    }
    found
}

fn tags(files: &Files, program: &Program, file: &File) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    let mut add = |tag: &str, path: &str| {
        if found.iter().all(|one| one.label != tag) {
            found.push(Suggestion {
                label: tag.to_owned(),
                kind: SuggestionKind::Component,
                text: tag.to_owned(),
                detail: Phrase::new(path, path),
                document: String::new(),
            });
        }
    };
    for owner in program.owners_of_template(files, &file.path) {
        for edge in program.components_of(files, &owner) {
            add(&edge.tag, target(files, &edge.place));
        }
        if program.root_for(&owner) == &program.root {
            for edge in program.global_components(files) {
                add(&edge.tag, target(files, &edge.place));
            }
        }
    }
    found
}

/// The path that a manifest gives for a tag.
fn target<'a>(files: &'a Files, place: &Place) -> &'a str {
    let source = files.get(&place.file).map_or("", |file| &*file.source);
    place.span.of(source).trim_matches('"')
}

fn templates(files: &Files, program: &Program, path: &FilePath) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    for template in program.templates_of(files, &path.without_extension()) {
        let definitions =
            files.template(&template).into_iter().flat_map(TemplateFacts::definitions);
        for name in definitions.filter_map(|definition| definition.name) {
            if found.iter().all(|one| one.label != name) {
                found.push(Suggestion {
                    label: name.to_owned(),
                    kind: SuggestionKind::Word,
                    text: name.to_owned(),
                    detail: Phrase::new(template.as_str(), template.as_str()),
                    document: String::new(),
                });
            }
        }
    }
    found
}

//! Where what stands at a place is defined: a handler's method, a tag's component, a template, the
//! file of a path. It asks the same project as the rules do; what is outside the workspace has no
//! definition.

use crate::facts::TemplateFacts;
use crate::facts::manifest::Json;
use crate::facts::script::Expr;
use crate::facts::template::{AttributeValue, Element};
use crate::finding::Place;
use crate::ide::handlers::Handlers;
use crate::ide::paths::{self, within_quotes};
use crate::path::FilePath;
use crate::project::{Files, Program, Project};
use crate::text::Span;

/// What is defined where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The bytes that were asked about.
    pub origin: Span,
    /// Where it is defined, best first; never empty.
    pub targets: Vec<Target>,
}

/// A definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// All of it.
    pub whole: Place,
    /// Its name; lies in the whole.
    pub name: Span,
}

/// The definition of what stands at byte `offset` of `path`.
pub fn definition(files: &Files, path: &FilePath, offset: usize) -> Option<Definition> {
    let project = Project::resolve(files);
    let program = project.program_of(path)?;
    let file = files.get(path)?;
    let at = Span::at(offset);
    if let Some(named) = Handlers::new(files, program).at(path, offset) {
        let targets = named.methods.iter().map(|method| Target {
            whole: Place::new(&method.key.file, method.whole),
            name: method.key.span,
        });
        return given(named.span, targets.collect());
    }
    let written = paths::in_file(files, program, file);
    if let Some(path) = written.iter().find(|path| path.span.contains(at)) {
        return given(path.span, path.targets.iter().map(|path| beginning(files, path)).collect());
    }
    if let Some(facts) = files.template(path) {
        return in_template(files, program, path, facts, at);
    }
    let root = files.manifest(path)?.root.as_ref()?;
    let uses = root.get("usingComponents").map(Json::members).unwrap_or_default();
    let member = uses.iter().find(|member| member.key_span.contains(at))?;
    let value = within_quotes(member.value.span);
    let path = written.iter().find(|path| path.span == value)?;
    let targets = path.targets.iter().map(|path| beginning(files, path)).collect();
    given(within_quotes(member.key_span), targets)
}

fn in_template(
    files: &Files,
    program: &Program,
    path: &FilePath,
    facts: &TemplateFacts,
    at: Span,
) -> Option<Definition> {
    let used = facts.template_uses().find(|used| used.is.span.contains(at));
    if let Some(name) = used.and_then(|used| used.is.literal()) {
        let templates = program.templates_of(files, &path.without_extension());
        let targets = templates.iter().filter_map(|path| template(files, path, name)).collect();
        return given(used?.is.span, targets);
    }
    let (tag, span) = tag_at(facts, at)?;
    let mut parts: Vec<FilePath> = Vec::new();
    for owner in program.owners_of_template(files, path) {
        let target = program.component_of(files, &owner, tag);
        for part in target.stem().into_iter().flat_map(|stem| paths::parts(files, program, stem)) {
            if part.extension() != "json" && !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    given(span, parts.iter().map(|path| beginning(files, path)).collect())
}

/// The component's tag at `at`: a name in a start or end tag, or what is given for a generic.
pub(crate) fn tag_at(facts: &TemplateFacts, at: Span) -> Option<(&str, Span)> {
    for element in &facts.elements {
        if let Some(span) = tag_spans(element).find(|span| span.contains(at)) {
            return Some((&element.tag, span));
        }
        let given = element.attributes.iter().filter(|one| one.name.starts_with("generic:"));
        for attribute in given {
            if let Some(value) = attribute.value.as_ref().filter(|value| value.span.contains(at)) {
                return Some((AttributeValue::literal(value)?, value.span));
            }
        }
    }
    None
}

/// The names in the tags of an element.
pub(crate) fn tag_spans(element: &Element) -> impl Iterator<Item = Span> {
    // `</name>`; a tag that only looks so has no name to speak of.
    let end = element.end_tag.filter(|end| end.len() >= element.tag.len() + 3);
    let of_end = end.map(|end| Span::new(end.start() + 2, end.start() + 2 + element.tag.len()));
    std::iter::once(element.tag_span).chain(of_end)
}

/// `<template name>` in `path`.
fn template(files: &Files, path: &FilePath, name: &str) -> Option<Target> {
    let facts = files.template(path)?;
    let definition = facts.definitions().find(|definition| definition.name == Some(name))?;
    let element = facts.elements.get(definition.element as usize)?;
    let value = element.attribute("name")?.value.as_ref()?;
    Some(Target { whole: Place::new(path, element.span), name: value.span })
}

/// Where the file at `path` begins to say what it is: the call of `Page` or `Component`, else its
/// first byte.
fn beginning(files: &Files, path: &FilePath) -> Target {
    let call = files.script(path).and_then(|facts| {
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, .. } = facts.expr(call) else { return None };
            let is_it = matches!(facts.expr(*callee), Expr::Global(name) if matches!(&**name, "Page" | "Component"));
            is_it.then(|| (facts.span(call), facts.span(*callee)))
        })
    });
    let (whole, name) = call.unwrap_or_default();
    Target { whole: Place::new(path, whole), name }
}

fn given(origin: Span, targets: Vec<Target>) -> Option<Definition> {
    (!targets.is_empty()).then_some(Definition { origin, targets })
}

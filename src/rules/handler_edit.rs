//! A method added to the page or component of a template. Only options that are written out in one
//! script are added to; where a template has several owners, or a wrapper makes the page, it is unknown who
//! can tell where it belongs.

use super::Context;
use crate::facts::ScriptFacts;
use crate::facts::script::{Entry, Expr, ExprId, Key};
use crate::finding::{Edit, Place};
use crate::path::FilePath;
use crate::text::Span;

/// What a method does.
pub(super) enum Body {
    /// Nothing yet; what its call means is said in a comment.
    Comment(String),
    /// One statement.
    Statement(String),
}

/// The script whose methods the template at `path` binds, when it is one.
pub(super) fn script_of(context: &Context<'_>, path: &FilePath) -> Option<FilePath> {
    let owners = context.program.owners_of_template(context.files, path);
    let [owner] = &*owners else { return None };
    context.program.script_of(context.files, owner)
}

/// The methods that the options in `script` hold, by name and value.
pub(super) fn methods(facts: &ScriptFacts) -> Vec<(&str, ExprId)> {
    let Some(holder) = holder(facts) else { return Vec::new() };
    let Some(entries) = holder.methods(facts) else { return Vec::new() };
    let named = entries.iter().filter_map(|entry| match &entry.key {
        Key::Name(name) => Some((&**name, entry.value)),
        _ => None,
    });
    named.collect()
}

/// Adds a method that does `body` to the script of the template at `path`: its name – `wanted`, or
/// that with a number where it is taken – and the edit.
pub(super) fn add(
    context: &Context<'_>,
    path: &FilePath,
    wanted: &str,
    body: &Body,
) -> Option<(String, Edit)> {
    let script = script_of(context, path)?;
    let source = &context.editable(&script)?.source;
    let facts = context.files.script(&script)?;
    if !facts.problems.is_empty() {
        return None;
    }
    let holder = holder(facts)?;
    let taken = |name: &str| source.contains(name);
    let name = std::iter::once(wanted.to_owned())
        .chain((2..100).map(|number| format!("{wanted}{number}")))
        .find(|name| !taken(name))?;
    let (object, nested) = match holder {
        Holder::Page(object) | Holder::Methods(object) => (object, false),
        Holder::Component(object) => (object, true),
    };
    let text = text(&name, body, nested);
    let edit = insert(facts, source, object, &text)?;
    Some((name, Edit::Replace { place: Place::new(&script, edit.0), text: edit.1 }))
}

/// Where methods stand.
#[derive(Clone, Copy)]
enum Holder {
    /// The options of a page.
    Page(ExprId),
    /// The `methods` of a component.
    Methods(ExprId),
    /// The options of a component that has no `methods`.
    Component(ExprId),
}

impl Holder {
    fn methods(self, facts: &ScriptFacts) -> Option<&[Entry]> {
        match self {
            Self::Page(object) | Self::Methods(object) => entries(facts, object),
            Self::Component(_) => None,
        }
    }
}

fn entries(facts: &ScriptFacts, object: ExprId) -> Option<&[Entry]> {
    if let Expr::Object(entries) = facts.expr(object) { Some(entries) } else { None }
}

fn holder(facts: &ScriptFacts) -> Option<Holder> {
    let mut found = facts.calls.iter().filter_map(|&call| {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
        let Expr::Global(name) = facts.expr(*callee) else { return None };
        let page = match &**name {
            "Page" => true,
            "Component" => false,
            _ => return None,
        };
        Some((page, arguments.first()?.value))
    });
    let (page, mut object) = found.next().filter(|_| found.next().is_none())?;
    if let Expr::Name(binding) = facts.expr(object)
        && let [value] = &*facts.binding(*binding)?.values
    {
        object = *value;
    }
    let options = entries(facts, object)?;
    if page {
        return Some(Holder::Page(object));
    }
    let methods = options
        .iter()
        .find(|entry| matches!(&entry.key, Key::Name(key) if &**key == "methods"))
        .map(|entry| entry.value);
    match methods {
        Some(methods) => entries(facts, methods).map(|_| Holder::Methods(methods)),
        None => Some(Holder::Component(object)),
    }
}

/// The lines of the method, the first not indented; one level is a tab character.
fn text(name: &str, body: &Body, nested: bool) -> Vec<String> {
    let body = match body {
        Body::Comment(comment) => format!("// {comment}"),
        Body::Statement(statement) => statement.clone(),
    };
    let method = vec![format!("{name}() {{"), format!("\t{body}"), "}".to_owned()];
    if !nested {
        return method;
    }
    let inner = method.into_iter().map(|line| format!("\t{line}"));
    [vec!["methods: {".to_owned()], inner.collect(), vec!["}".to_owned()]].concat()
}

/// Puts the lines into an object: behind its `data`, else before everything.
fn insert(
    facts: &ScriptFacts,
    source: &str,
    object: ExprId,
    lines: &[String],
) -> Option<(Span, String)> {
    let span = facts.span(object);
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let line_indent = |offset: usize| -> &str {
        let start = source.get(..offset).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let line = source.get(start..).unwrap_or_default();
        line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    };
    let all = entries(facts, object)?;
    let outer = line_indent(span.start());
    let inside =
        source.get(span.start()..all.first().map_or(span.end(), |one| one.key_span.start()));
    // An object on one line opens up.
    let spread = inside.is_some_and(|text| text.contains('\n'));
    let indent = match all.first() {
        Some(first) if spread => line_indent(first.key_span.start()).to_owned(),
        _ => format!("{outer}  "),
    };
    let unit = indent.strip_prefix(outer).filter(|unit| !unit.is_empty()).unwrap_or("  ");
    let written = lines
        .iter()
        .map(|line| format!("{indent}{}", line.replace('\t', unit)))
        .collect::<Vec<_>>()
        .join(newline);
    let data = all
        .first()
        .filter(|entry| spread && matches!(&entry.key, Key::Name(key) if &**key == "data"));
    let behind = data.and_then(|data| {
        let end = facts.span(data.value).end();
        source.get(end..)?.starts_with(',').then_some(end + 1)
    });
    if let Some(at) = behind {
        return Some((Span::at(at), format!("{newline}{newline}{written},")));
    }
    let at = span.start() + 1;
    let (comma, close) = match all {
        [] => ("", format!("{newline}{outer}")),
        _ if spread => (",", newline.to_owned()),
        _ => (",", format!("{newline}{indent}")),
    };
    // What stood in the braces begins a line of its own already, or gets one.
    let rest = source.get(at..span.end())?;
    let reason = if spread && !all.is_empty() { 0 } else { rest.len() - rest.trim_start().len() };
    Some((Span::new(at, at + reason), format!("{newline}{written}{comma}{close}")))
}

//! A handler of the privacy event, and whether what it is given can ever be answered. Only what is
//! certain counts: a function that is passed on, or stored where other code reads it, may be answered
//! anywhere.

use std::sync::Arc;

use memchr::memmem;

use crate::facts::ScriptFacts;
use crate::facts::script::{Argument, BindingId, Context, Entry, Expr, ExprId, FunctionId, Key};
use crate::finding::Place;
use crate::project::File;
use crate::semantic::api_use::ApiUse;
use crate::semantic::module_graph::ModuleId;
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::text::Span;

/// A registration of a handler.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The callee.
    pub place: Place,
    /// The whole call, in the same file.
    pub call: Span,
    /// What the handler does with the function that takes the answer.
    pub keeping: ResolveFate,
    /// The answers in the handler that have no event: the call without an argument, or the object.
    pub without_event: Vec<Place>,
}

/// What a handler does with the function that takes the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResolveFate {
    /// It has no parameter for it.
    NotTaken,
    /// It never uses it.
    Unused,
    /// It keeps it under this name, which is never read.
    Forgotten(Box<str>),
    /// It calls it, keeps it or passes it on; or the handler is unknown.
    Answerable,
}

/// The registration that the use is.
pub(super) fn of(
    resolver: &mut Resolver<'_>,
    read: &[&Arc<File>],
    module: ModuleId,
    used: &ApiUse,
    call: ExprId,
) -> Option<Registration> {
    let Expr::Call { arguments, .. } = resolver.expr(ValueRef::new(module, call)) else {
        return None;
    };
    let argument = arguments.first().filter(|argument| !argument.spread)?;
    let mut handlers = Vec::new();
    let mut without_event = Vec::new();
    for source in resolver.resolve(ValueRef::new(module, argument.value)) {
        match resolver.expr(source) {
            Expr::Function(function) => {
                let facts = resolver.facts(source)?;
                handlers.push(keeping(facts, *function, read));
                let path = resolver.modules().path(source.module)?;
                let spans = answers_without_event(facts, *function).into_iter();
                without_event.extend(spans.map(|span| Place::new(path, span)));
            }
            _ => handlers.push(ResolveFate::Answerable),
        }
    }
    let certain = handlers.iter().all(|keeping| *keeping != ResolveFate::Answerable);
    let keeping = handlers.into_iter().next().filter(|_| certain);
    Some(Registration {
        place: used.place.clone(),
        call: resolver.place(ValueRef::new(module, call))?.span,
        keeping: keeping.unwrap_or(ResolveFate::Answerable),
        without_event,
    })
}

/// The answers that `function` gives by calling its first parameter, without an `event`. What is
/// not written out as an object may have one.
fn answers_without_event(facts: &ScriptFacts, function: FunctionId) -> Vec<Span> {
    let parameter = facts.function(function).and_then(|handler| handler.parameters.first());
    let Some(binding) = parameter.and_then(|parameter| parameter.binding) else {
        return Vec::new();
    };
    let mut spans = Vec::new();
    for &call in &facts.calls {
        let Expr::Call { callee, arguments, new: false } = facts.expr(call) else { continue };
        if !matches!(facts.expr(*callee), Expr::Name(name) if *name == binding) {
            continue;
        }
        match &**arguments {
            [] => spans.push(facts.span(call)),
            [Argument { value, spread: false }] => collect_eventless(facts, *value, &mut spans),
            _ => {}
        }
    }
    spans
}

/// Adds the objects without an `event` that `value` may be.
fn collect_eventless(facts: &ScriptFacts, value: ExprId, spans: &mut Vec<Span>) {
    let names_event = |entry: &Entry| match &entry.key {
        Key::Name(name) => &**name == "event",
        // A spread or a computed key may be it.
        _ => true,
    };
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match facts.expr(value) {
            Expr::Object(entries) if !entries.iter().any(names_event) => {
                spans.push(facts.span(value));
            }
            Expr::Conditional { then, otherwise, .. } => pending.extend([*otherwise, *then]),
            _ => {}
        }
    }
}

fn keeping(facts: &ScriptFacts, function: FunctionId, read: &[&Arc<File>]) -> ResolveFate {
    let Some(handler) = facts.function(function) else { return ResolveFate::Answerable };
    // `arguments[0]` may stand for it.
    if facts.exprs.iter().any(|expr| matches!(expr, Expr::Global(name) if &**name == "arguments")) {
        return ResolveFate::Answerable;
    }
    let Some(parameter) = handler.parameters.first() else { return ResolveFate::NotTaken };
    let Some(binding) = parameter.binding.filter(|_| !parameter.rest) else {
        return ResolveFate::Answerable;
    };
    let mut kept = None;
    for occurrence in &facts.occurrences {
        if root(facts, occurrence.expr) != Some(binding) {
            continue;
        }
        let write = facts.writes.iter().find(|write| write.value == occurrence.expr);
        match (occurrence.context, write.map(|write| facts.expr(write.target))) {
            (Context::Tested, _) => {}
            (Context::Bound(other), _) if is_only_written(facts, other) => {
                kept = facts.binding(other).map(|other| other.name.clone());
            }
            (Context::Read, Some(Expr::Member { name, .. })) if is_named_once(name, read) => {
                kept = Some(name.clone());
            }
            _ => return ResolveFate::Answerable,
        }
    }
    kept.map_or(ResolveFate::Unused, ResolveFate::Forgotten)
}

/// The binding that a chain begins with.
fn root(facts: &ScriptFacts, mut expr: ExprId) -> Option<BindingId> {
    loop {
        match facts.expr(expr) {
            Expr::Member { object, .. } | Expr::Index { object, .. } => expr = *object,
            Expr::Name(binding) => return Some(*binding),
            _ => return None,
        }
    }
}

/// Whether the file does nothing with a binding but write it. What is exported is read.
fn is_only_written(facts: &ScriptFacts, binding: BindingId) -> bool {
    let mine = |expr| root(facts, expr) == Some(binding);
    let reads = facts.occurrences.iter().any(|occurrence| {
        mine(occurrence.expr) && !matches!(occurrence.context, Context::Written | Context::Tested)
    });
    !reads && !facts.exports.iter().any(|export| export.value.is_some_and(mine))
}

/// Whether a member's name stands only where it is written: once in all scripts, and once more to
/// be cleared at most.
fn is_named_once(name: &str, read: &[&Arc<File>]) -> bool {
    let scripts = read.iter().filter(|file| file.kind.is_module());
    let finder = memmem::Finder::new(name);
    scripts.flat_map(|file| finder.find_iter(file.source.as_bytes())).take(2).count() < 2
}

//! A handler of the privacy event, and whether what it is given can ever be answered. Only what is
//! certain counts: a function that is passed on, or stored where other code reads it, may be answered
//! anywhere.

use std::sync::Arc;

use memchr::memmem;

use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, Context, Expr, ExprId, FunctionId};
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
    for source in resolver.resolve(ValueRef::new(module, argument.value)) {
        match resolver.expr(source) {
            Expr::Function(function) => {
                let facts = resolver.facts(source)?;
                handlers.push(keeping(facts, *function, read));
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
    })
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

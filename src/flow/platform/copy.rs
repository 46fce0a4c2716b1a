//! Objects that carry the platform's interfaces under their own names: `{ ...wx }`, `Object.assign({}, wx)`, `new Proxy(wx, …)`,
//! and what is filled from `wx` name by name, as `promisifyAll` does. The one thing to know: an entry of the object's own of
//! that name has been found before anybody asks here, so a method that the program declares is never taken for an interface.

use super::{PLATFORM, names_within};
use crate::facts::ScriptFacts;
use crate::facts::script::{Argument, Expr, ExprId, Key};
use crate::flow::resolve::{Ref, Resolver};

/// How many assignments to computed members of one module are looked at.
const MOST: usize = 32;
/// What a package calls the function that fills an object with promises of the interfaces.
const FILLS: &str = "promisifyAll";
/// Functions of `Object` that give an object with all that another one has.
const COPIES: [&str; 3] = ["assign", "create", "freeze"];

/// Whether the object literal at `object` carries the platform's interfaces.
pub(super) fn is_filled(resolver: &mut Resolver<'_>, object: Ref, depth: u32) -> bool {
    let Expr::Object(entries) = resolver.expr(object) else { return false };
    let spreads = entries.iter().filter(|entry| matches!(entry.key, Key::Spread));
    for entry in spreads {
        if is_platform(resolver, object.at(entry.value), depth) {
            return true;
        }
    }
    let Some(facts) = resolver.facts(object) else { return false };
    // `out[name] = promised(wx[name])`
    let computed = facts.writes.iter().filter_map(|write| match facts.expr(write.target) {
        Expr::Index { object, .. } => Some((*object, write.value)),
        _ => None,
    });
    for (target, value) in computed.take(MOST) {
        if resolver.resolve(object.at(target)).contains(&object) {
            for source in indexed_within(facts, value) {
                if is_platform(resolver, object.at(source), depth) {
                    return true;
                }
            }
        }
    }
    // `promisifyAll(wx, out)`
    let calls = facts.calls.iter().filter_map(|&call| match facts.expr(call) {
        Expr::Call { callee, arguments, .. } if last_name(facts, *callee) == Some(FILLS) => {
            Some(arguments)
        }
        _ => None,
    });
    for arguments in calls.take(MOST) {
        if let [from, to, ..] = arguments[..]
            && resolver.resolve(object.at(to.value)).contains(&object)
            && is_platform(resolver, object.at(from.value), depth)
        {
            return true;
        }
    }
    false
}

/// Whether the call of `callee` at `call` gives an object that carries the platform's interfaces.
pub(super) fn is_copied(
    resolver: &mut Resolver<'_>,
    call: Ref,
    callee: ExprId,
    arguments: &[Argument],
    depth: u32,
) -> bool {
    let Some(facts) = resolver.facts(call) else { return false };
    let copies = match facts.expr(callee) {
        Expr::Global(name) => &**name == "Proxy",
        Expr::Member { object, name } if COPIES.contains(&&**name) => {
            matches!(facts.expr(*object), Expr::Global(global) if &**global == "Object")
        }
        _ => last_name(facts, callee) == Some(FILLS),
    };
    copies && arguments.iter().any(|argument| is_platform(resolver, call.at(argument.value), depth))
}

/// Whether `at` is `wx` itself.
fn is_platform(resolver: &mut Resolver<'_>, at: Ref, depth: u32) -> bool {
    depth > 0 && names_within(resolver, at, depth - 1).contains(PLATFORM)
}

/// What `x[…]` within `value` is taken from.
fn indexed_within(facts: &ScriptFacts, value: ExprId) -> Vec<ExprId> {
    let span = facts.span(value);
    let within = (0..).map(ExprId).zip(&facts.exprs).filter_map(|(expr, kind)| match kind {
        Expr::Index { object, .. } if span.contains(facts.span(expr)) => Some(*object),
        _ => None,
    });
    within.take(MOST).collect()
}

/// The name that a callee ends in.
fn last_name(facts: &ScriptFacts, callee: ExprId) -> Option<&str> {
    match facts.expr(callee) {
        Expr::Member { name, .. } | Expr::Global(name) => Some(name),
        Expr::Name(binding) => Some(&facts.binding(*binding)?.name),
        _ => None,
    }
}

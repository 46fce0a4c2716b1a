//! Objects that carry the platform's interfaces under their own names: `{ ...wx }`,
//! `Object.assign({}, wx)`, `new Proxy(wx, …)`, and what is filled from `wx` name by name, as
//! `promisifyAll` does. An entry of the object's own of that name has been found before anybody
//! asks here, so a method that the program declares is never taken for an interface.

use super::{Bound, PLATFORM, names_within};
use crate::facts::script::{Argument, Expr, ExprId, Key};
use crate::semantic::index::{PROMISIFY_ALL, last_name};
use crate::semantic::resolve::{Resolver, ValueRef};

/// Functions of `Object` that give an object with all that another one has.
const COPIES: [&str; 3] = ["assign", "create", "freeze"];

/// Whether the object literal at `object` carries the platform's interfaces.
pub(super) fn is_filled(resolver: &mut Resolver<'_>, object: ValueRef, bound: Bound) -> bool {
    let Expr::Object(entries) = resolver.expr(object) else { return false };
    let spreads = entries.iter().filter(|entry| matches!(entry.key, Key::Spread));
    for entry in spreads {
        if is_platform(resolver, object.at(entry.value), bound) {
            return true;
        }
    }
    let modules = resolver.modules();
    let property_copies =
        modules.index(object.module).map_or(&[][..], |index| index.property_copies());
    let mut handed = None;
    for &(to, from) in property_copies {
        // A parameter is `wx` only where the call that is followed hands it in, which is asked
        // once.
        let named =
            matches!(resolver.expr(object.at(from)), Expr::Global(name) if &**name == PLATFORM);
        if (named || *handed.get_or_insert_with(|| is_handed_platform(resolver, object, bound)))
            && is_platform(resolver, object.at(from), bound)
            && resolver.resolve(object.at(to)).contains(&object)
        {
            return true;
        }
    }
    false
}

/// Whether the call that made the frame of `object` hands in `wx`.
fn is_handed_platform(resolver: &mut Resolver<'_>, object: ValueRef, bound: Bound) -> bool {
    let Some(call) = resolver.call_of(object.context) else { return false };
    let Expr::Call { arguments, .. } = resolver.expr(call) else { return false };
    arguments.iter().any(|argument| is_platform(resolver, call.at(argument.value), bound))
}

/// Whether the call of `callee` at `call` gives an object that carries the platform's interfaces.
pub(super) fn is_copied(
    resolver: &mut Resolver<'_>,
    call: ValueRef,
    callee: ExprId,
    arguments: &[Argument],
    bound: Bound,
) -> bool {
    let Some(facts) = resolver.facts(call) else { return false };
    let copies = match facts.expr(callee) {
        Expr::Global(name) => &**name == "Proxy",
        Expr::Member { object, name } if COPIES.contains(&&**name) => {
            matches!(facts.expr(*object), Expr::Global(global) if &**global == "Object")
        }
        _ => last_name(facts, callee) == Some(PROMISIFY_ALL),
    };
    copies && arguments.iter().any(|argument| is_platform(resolver, call.at(argument.value), bound))
}

/// Whether `at` is `wx` itself.
fn is_platform(resolver: &mut Resolver<'_>, at: ValueRef, bound: Bound) -> bool {
    names_within(resolver, at, bound.within_member()).contains(PLATFORM)
}

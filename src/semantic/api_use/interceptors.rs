//! What interceptors make of an address before a request is sent: `addInterceptor('request', { invoke(options) { options.url =
//! BASE + options.url } })`.
//! Invariant: an address that is known to have a host keeps it; one that may have one stays what it is beside what is made of it.

use crate::facts::ScriptFacts;
use crate::facts::script::{Argument, BindingId, Expr, ExprId, FunctionId};
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::semantic::string_value::{Fragment, StringPattern, string_values};

/// The interface that registers one, and the entry that runs before the call.
const REGISTERS: &str = "addInterceptor";
const BEFORE: &str = "invoke";
/// More interceptors than this are not told apart.
const MOST: usize = 8;

/// `patterns`, the addresses that the calls of the interface `interface` are given as `argument`, as the interceptors of the
/// program leave them.
pub(super) fn intercepted(
    resolver: &mut Resolver<'_>,
    interface: &str,
    argument: &str,
    patterns: Vec<StringPattern>,
) -> Vec<StringPattern> {
    let Some((_, name)) = interface.rsplit_once('.') else { return patterns };
    if !resolver.modules().may_intercept() || patterns.iter().all(has_scheme) {
        return patterns;
    }
    let prefixes = prefixes(resolver, name, argument);
    if prefixes.is_empty() {
        return patterns;
    }
    let mut all = Vec::new();
    for pattern in patterns {
        let (known, absolute) = (is_known(&pattern), has_scheme(&pattern));
        if !absolute {
            all.extend(prefixes.iter().map(|prefix| prefix.clone().followed_by(&pattern)));
        }
        if absolute || !known {
            all.push(pattern);
        }
    }
    all.sort();
    all.dedup();
    all
}

/// Whether an address begins with a scheme.
fn has_scheme(pattern: &StringPattern) -> bool {
    let first = pattern.fragments.first();
    matches!(first, Some(Fragment::Known { text, .. }) if text.contains("://"))
}

/// Whether it is known what an address begins with.
fn is_known(pattern: &StringPattern) -> bool {
    matches!(pattern.fragments.first(), Some(Fragment::Known { .. }))
}

/// What the interceptors of the interface `name` put before its address.
fn prefixes(resolver: &mut Resolver<'_>, name: &str, argument: &str) -> Vec<StringPattern> {
    let modules = resolver.modules();
    let mut prefixes = Vec::new();
    for &module in modules.scripts_with_word(REGISTERS).iter() {
        let Some(facts) = modules.facts(module) else { continue };
        for &call in &facts.calls {
            let Some(handlers) = registered(facts, call, name) else { continue };
            let Expr::Call { callee, .. } = facts.expr(call) else { continue };
            resolver.reset_fuel();
            let is_it = platform::names(resolver, ValueRef::new(module, *callee))
                .iter()
                .any(|name| name.ends_with(REGISTERS));
            if !is_it {
                continue;
            }
            for handler in resolver.property(ValueRef::new(module, handlers), BEFORE).values {
                for function in resolver.resolve(handler) {
                    if let Expr::Function(id) = resolver.expr(function)
                        && prefixes.len() < MOST
                    {
                        prefixes.extend(put_before(resolver, function, *id, argument));
                    }
                }
            }
        }
    }
    prefixes.sort();
    prefixes.dedup();
    prefixes
}

/// The handlers that `call` registers for the interface `name`.
fn registered(facts: &ScriptFacts, call: ExprId, name: &str) -> Option<ExprId> {
    let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
    let Expr::Member { name: called, .. } = facts.expr(*callee) else { return None };
    let [Argument { value: of, .. }, Argument { value, .. }, ..] = &**arguments else {
        return None;
    };
    let is_it =
        &**called == REGISTERS && matches!(facts.expr(*of), Expr::String(text) if &**text == name);
    is_it.then_some(*value)
}

/// What the function at `function` makes the address begin with, which it gets in its first parameter.
fn put_before(
    resolver: &mut Resolver<'_>,
    function: ValueRef,
    id: FunctionId,
    argument: &str,
) -> Vec<StringPattern> {
    let Some(facts) = resolver.facts(function) else { return Vec::new() };
    let Some(one) = facts.function(id) else { return Vec::new() };
    let Some(options) = one.parameters.first().and_then(|first| first.binding) else {
        return Vec::new();
    };
    let writes = facts.writes.iter().filter(|write| {
        one.span.contains(facts.span(write.target))
            && is_member(facts, write.target, options, argument)
    });
    let values: Vec<ValueRef> = writes.map(|write| function.at(write.value)).collect();
    let mut prefixes = Vec::new();
    for value in values {
        resolver.reset_fuel();
        for mut pattern in string_values(resolver, value) {
            let unknown =
                pattern.fragments.iter().position(|it| matches!(it, Fragment::Unknown(_)));
            let whole = unknown.is_none();
            pattern.fragments.truncate(unknown.unwrap_or(pattern.fragments.len()));
            // What is known whole stands in for the address; what begins with it is put before it.
            if !pattern.fragments.is_empty() && !whole {
                prefixes.push(pattern);
            }
        }
    }
    prefixes
}

/// Whether `target` is the member `name` of `object`.
fn is_member(facts: &ScriptFacts, target: ExprId, object: BindingId, name: &str) -> bool {
    let Expr::Member { object: of, name: own } = facts.expr(target) else { return false };
    &**own == name && matches!(facts.expr(*of), Expr::Name(binding) if *binding == object)
}

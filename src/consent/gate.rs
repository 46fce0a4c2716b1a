//! The platform's gate and the program's own functions around it. A function that calls the gate
//! anywhere is taken to wait for it; one that runs what it is given must run it in the gate's
//! `success` and nowhere else.

use crate::catalogue::{self, ConsentRole};
use crate::facts::ScriptFacts;
use crate::facts::script::{Context, Expr, ExprId, FunctionId, When};
use crate::semantic::call_graph::{ArgSlot, CallGraph};
use crate::semantic::module_graph::ModuleId;
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};

/// How deep wrappers of the gate may nest.
const WRAPPERS: u32 = 2;

/// The part in asking for consent that a callee plays.
pub(super) fn role(resolver: &mut Resolver<'_>, callee: ValueRef) -> Option<ConsentRole> {
    platform::names(resolver, callee)
        .iter()
        .find_map(|name| catalogue::interface(name)?.consent_role)
}

/// Whether a call of `callee` gives a promise that is kept once the user has agreed: a function of
/// the program's own around the gate, or the gate handed to a function that makes promises of
/// interfaces.
pub(super) fn is_gate(resolver: &mut Resolver<'_>, callee: ValueRef) -> bool {
    resolver.reset_fuel();
    is_gate_within(resolver, callee, WRAPPERS)
}

/// Whether `call` itself is such a call, or makes its promise of the gate on the spot: `new
/// Promise((r, j) => gate({ success: r }))`.
pub(super) fn waits(resolver: &mut Resolver<'_>, module: ModuleId, call: ExprId) -> bool {
    let Some(facts) = resolver.modules().facts(module) else { return false };
    let Expr::Call { callee, new, .. } = facts.expr(call) else { return false };
    if !new || !matches!(facts.expr(*callee), Expr::Global(name) if &**name == "Promise") {
        return is_gate(resolver, ValueRef::new(module, *callee));
    }
    let span = facts.span(call);
    let mut inner = facts.calls.iter().filter(|&&inner| span.contains(facts.span(inner)));
    inner.any(|&inner| {
        let Expr::Call { callee, .. } = facts.expr(inner) else { return false };
        resolver.reset_fuel();
        role(resolver, ValueRef::new(module, *callee)) == Some(ConsentRole::Gate)
    })
}

fn is_gate_within(resolver: &mut Resolver<'_>, callee: ValueRef, depth: u32) -> bool {
    if depth == 0 {
        return false;
    }
    for source in resolver.resolve(callee) {
        let here = |expr| source.at(expr);
        match resolver.expr(source) {
            Expr::Function(function) => {
                let Some(facts) = resolver.facts(source) else { continue };
                let Some(span) = facts.function(*function).map(|one| one.span) else { continue };
                for &call in &facts.calls {
                    if !span.contains(facts.span(call)) {
                        continue;
                    }
                    let Expr::Call { callee, .. } = facts.expr(call) else { continue };
                    if role(resolver, here(*callee)) == Some(ConsentRole::Gate)
                        || is_gate_within(resolver, here(*callee), depth - 1)
                    {
                        return true;
                    }
                }
            }
            Expr::Call { arguments, .. } => {
                let made = arguments.iter().any(|argument| {
                    role(resolver, here(argument.value)) == Some(ConsentRole::Gate)
                });
                if made {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether a function of the program runs its `index`-th parameter only within the gate's
/// `success`.
pub(super) fn passes_on_success(
    graph: &mut CallGraph<'_>,
    module: ModuleId,
    function: FunctionId,
    index: usize,
) -> bool {
    let modules = graph.modules();
    let Some(facts) = modules.facts(module) else { return false };
    let binding = facts
        .function(function)
        .and_then(|one| one.parameters.get(index))
        .and_then(|parameter| parameter.binding);
    let Some(binding) = binding else { return false };
    let sites = graph.sites(module);
    let mut resolver = Resolver::new(modules);
    let mut seen = false;
    for occurrence in &facts.occurrences {
        if !matches!(facts.expr(occurrence.expr), Expr::Name(name) if *name == binding)
            || matches!(occurrence.context, Context::Tested)
        {
            continue;
        }
        seen = true;
        let gate = |resolver: &mut Resolver<'_>, call: ExprId, slot: &ArgSlot| {
            matches!(facts.expr(call), Expr::Call { callee, .. }
                if matches!(slot, ArgSlot::Property(name) if &**name == "success")
                    && role(resolver, ValueRef::new(module, *callee)) == Some(ConsentRole::Gate))
        };
        let mut within = match sites.slot_of(occurrence.expr) {
            Some((call, slot)) => gate(&mut resolver, call, slot),
            None => false,
        };
        let mut around = occurrence.function;
        while let Some(inner) = around.filter(|inner| *inner != function && !within) {
            if let Some((call, slot)) = sites.expr_of(inner).and_then(|expr| sites.slot_of(expr)) {
                within = gate(&mut resolver, call, slot);
            }
            around = facts.function(inner).and_then(|one| one.parent);
        }
        // Where the platform has no gate, there is nothing to wait for.
        let old = facts.branches.iter().any(|branch| {
            branch.span.contains(facts.span(occurrence.expr))
                && match branch.when {
                    When::True(test) | When::False(test) => asks_for_gate(facts, test),
                    _ => false,
                }
        });
        if !within && !old {
            return false;
        }
    }
    seen
}

/// Whether a condition asks if the platform has the gate: `if (wx.requirePrivacyAuthorize)`.
fn asks_for_gate(facts: &ScriptFacts, test: ExprId) -> bool {
    let span = facts.span(test);
    facts.occurrences.iter().any(|occurrence| {
        span.contains(facts.span(occurrence.expr))
            && matches!(facts.expr(occurrence.expr), Expr::Member { name, .. }
                if catalogue::interface(&format!("wx.{name}"))
                    .is_some_and(|row| row.consent_role == Some(ConsentRole::Gate)))
    })
}

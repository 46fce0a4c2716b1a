//! The ways to a question, followed backwards to what opens. A way ends at the first thing that a
//! person did, and where something of an earlier answer may be remembered; only what is left is a
//! prompt that no user action triggered.

use std::collections::BTreeSet;

use super::guard_meaning::{GuardMeaning, guard_meaning};
use super::{AutoTrigger, PromptKind};
use crate::catalogue::{self, ControlRole};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, FunctionId, When};
use crate::finding::Place;
use crate::semantic::call_graph::{
    ArgSlot, CallEdge, CallGraph, CodePos, EntryPoint, LifecycleHook,
};
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};

/// How many functions one question may pass.
const STEPS: usize = 100;
/// How deep a condition is looked into.
const CONDITION: u32 = 6;
/// Calls that run what they are handed over and over.
const REPEATING: &str = "setInterval";

/// What leads to a question.
#[derive(Debug, Default)]
pub(super) struct PromptPaths {
    pub openings: BTreeSet<AutoTrigger>,
    pub again: Option<Place>,
    /// The scope that a dialog is about, as far as the way tells.
    pub scope: Option<&'static str>,
}

/// Follows every way to the call `call`, which asks at `from`.
pub(super) fn to(
    graph: &mut CallGraph<'_>,
    from: CodePos,
    call: ExprId,
    asking: PromptKind,
) -> PromptPaths {
    let mut way = PromptPaths::default();
    let mut passed: BTreeSet<(ModuleId, FunctionId)> = BTreeSet::new();
    let mut queue = vec![from];
    while let Some(at) = queue.pop() {
        let modules = graph.modules();
        let (Some(facts), Some(path)) = (modules.facts(at.module), modules.path(at.module)) else {
            continue;
        };
        let Some(function) = facts.function_at(at.offset) else { continue };
        let Some(state) = state_at(facts, at.offset, function) else { continue };
        way.scope = way.scope.or(state.scope);
        if at.module == from.module
            && at != from
            && let Some(caught) = state.caught
            && caught.contains(facts.span(call))
        {
            way.again = Some(Place::new(path, facts.span(call)));
            continue;
        }
        if !passed.insert((at.module, function)) {
            continue;
        }
        if passed.len() > STEPS {
            // Too much to be sure of anything.
            return PromptPaths::default();
        }
        for caller in graph.callers(at.module, function).iter() {
            match caller {
                CallEdge::Call(at) => queue.push(*at),
                CallEdge::Platform(entry @ EntryPoint::LifecycleHook(opening)) => {
                    if opens_every_time(graph, at.module, opening, asking) {
                        let file = path.clone();
                        way.openings.insert(AutoTrigger { entry: entry.clone(), file });
                    }
                }
                CallEdge::Platform(_) => {}
                CallEdge::PassedAsCallback { module, call: taker, slot } => {
                    let Some(facts) = modules.facts(*module) else { continue };
                    let root = root(facts, *taker);
                    if (*module, root) == (from.module, call) {
                        if is_refusal(facts, *taker, root, slot, asking) {
                            way.again = modules
                                .path(*module)
                                .map(|path| Place::new(path, facts.span(root)));
                        }
                        continue;
                    }
                    // A person read something and tapped.
                    if dialog(modules, *module, root).is_some() {
                        continue;
                    }
                    if asking == PromptKind::Dialog(None)
                        && *slot == ArgSlot::Property("fail".into())
                    {
                        way.scope = way.scope.or(scope_of(modules, *module, root));
                    }
                    let offset = facts.span(*taker).start();
                    if is_repeating(facts, *taker) && facts.function_at(offset).is_some() {
                        let entry = EntryPoint::Other(REPEATING.into());
                        way.openings.insert(AutoTrigger { entry, file: path.clone() });
                    }
                    queue.push(CodePos { module: *module, offset });
                }
            }
        }
    }
    way
}

/// What the conditions around a place say.
struct State {
    scope: Option<&'static str>,
    /// The `try` whose `catch` the place stands in.
    caught: Option<crate::text::Span>,
}

/// What holds where `offset` is reached in `function`; `None` where something may be remembered, or
/// a person agreed.
fn state_at(facts: &ScriptFacts, offset: usize, function: FunctionId) -> Option<State> {
    let around = facts.function(function)?.span;
    let mut state = State { scope: None, caught: None };
    let within = facts.branches.iter().filter(|branch| {
        branch.span.start() <= offset && offset < branch.span.end() && around.contains(branch.span)
    });
    for branch in within {
        let (test, holds) = match branch.when {
            When::True(test) => (test, true),
            When::False(test) => (test, false),
            When::Tried => continue,
            When::Thrown => {
                let tried = facts
                    .branches
                    .iter()
                    .filter(|one| one.when == When::Tried && one.span.end() <= branch.span.start());
                state.caught = tried.map(|one| one.span).max_by_key(|span| span.end());
                continue;
            }
            When::Equal(..) | When::Otherwise(_) | When::Sometimes => return None,
        };
        match guard_meaning(facts, test, holds, CONDITION) {
            GuardMeaning::Nothing | GuardMeaning::Refused => {}
            GuardMeaning::Agreed | GuardMeaning::Perhaps => return None,
        }
        state.scope = state.scope.or_else(|| named_scope(facts, test));
    }
    Some(state)
}

/// The scope that a condition names: `authSetting['scope.record']`.
fn named_scope(facts: &ScriptFacts, test: ExprId) -> Option<&'static str> {
    let around = facts.span(test);
    let named = facts.exprs.iter().zip(&facts.spans).filter(|(_, span)| around.contains(**span));
    named
        .filter_map(|(expr, _)| match expr {
            Expr::String(name) | Expr::Member { name, .. } => catalogue::scope(name),
            _ => None,
        })
        .map(|scope| scope.scope)
        .next()
}

/// Whether what opens opens so often that a person who refused would see the question again and
/// again.
fn opens_every_time(
    graph: &CallGraph<'_>,
    module: ModuleId,
    opening: &LifecycleHook,
    asking: PromptKind,
) -> bool {
    match (asking, opening) {
        // After a refusal the platform shows nothing more.
        (PromptKind::Scope(_), _) => false,
        (_, LifecycleHook::App(name) | LifecycleHook::Page(name)) if &**name == "onShow" => true,
        (_, LifecycleHook::Component(name)) => &**name == "show",
        (PromptKind::Privacy, _) => false,
        (PromptKind::Dialog(_), LifecycleHook::App(_)) => true,
        // Where everybody enters.
        (PromptKind::Dialog(_), LifecycleHook::Page(_)) => graph.is_first_page(module),
    }
}

/// Whether `slot` of `taker`, which stands on the call `root`, is run when the person refused.
fn is_refusal(
    facts: &ScriptFacts,
    taker: ExprId,
    root: ExprId,
    slot: &ArgSlot,
    asking: PromptKind,
) -> bool {
    let answered = match slot {
        ArgSlot::Property(name) => match &**name {
            "fail" => return true,
            "success" | "complete" => true,
            _ => return false,
        },
        ArgSlot::Argument(index) => {
            let Expr::Call { callee, .. } = facts.expr(taker) else { return false };
            let Expr::Member { name, .. } = facts.expr(*callee) else { return false };
            match (&**name, index) {
                ("catch", 0) | ("then", 1) => return taker != root,
                ("then", 0) => taker != root,
                _ => return false,
            }
        }
    };
    // A dialog tells in the same place what was tapped; had the person agreed, the way would have
    // ended there.
    answered && matches!(asking, PromptKind::Dialog(_))
}

/// The call that a chain of promises stands on: `x()` of `x().then(…).catch(…)`.
fn root(facts: &ScriptFacts, mut call: ExprId) -> ExprId {
    while let Expr::Call { callee, .. } = facts.expr(call)
        && let Expr::Member { object, name } = facts.expr(*callee)
        && matches!(&**name, "catch" | "finally" | "then")
        && matches!(facts.expr(*object), Expr::Call { .. })
    {
        call = *object;
    }
    call
}

fn is_repeating(facts: &ScriptFacts, call: ExprId) -> bool {
    matches!(facts.expr(call), Expr::Call { callee, .. }
        if matches!(facts.expr(*callee), Expr::Global(name) if &**name == REPEATING))
}

/// The callee and the interface of a call that shows a dialog.
pub(super) fn dialog(
    modules: &ModuleGraph<'_>,
    module: ModuleId,
    call: ExprId,
) -> Option<(Place, &'static str)> {
    let facts = modules.facts(module)?;
    let Expr::Call { callee, .. } = facts.expr(call) else { return None };
    let names = platform::names(&mut Resolver::new(modules), ValueRef::new(module, *callee));
    let mut dialogs = catalogue::controls_of(ControlRole::Dialog);
    let api = dialogs.find(|dialog| names.contains(*dialog))?;
    Some((Place::new(modules.path(module)?, facts.span(*callee)), api))
}

/// The one scope of the interface that a call is of.
fn scope_of(modules: &ModuleGraph<'_>, module: ModuleId, call: ExprId) -> Option<&'static str> {
    let Expr::Call { callee, .. } = modules.facts(module)?.expr(call) else { return None };
    let names = platform::names(&mut Resolver::new(modules), ValueRef::new(module, *callee));
    let mut scopes = names.iter().filter_map(|name| catalogue::interface(name)?.scopes.first());
    scopes.next().copied()
}

/// The dialogs whose answer leads to `from`.
pub(super) fn dialogs(graph: &mut CallGraph<'_>, from: CodePos) -> Vec<(ModuleId, ExprId)> {
    let mut found = BTreeSet::new();
    let mut passed = BTreeSet::new();
    let mut queue = vec![from];
    while let Some(at) = queue.pop() {
        let modules = graph.modules();
        let function = modules.facts(at.module).and_then(|facts| facts.function_at(at.offset));
        let Some(function) = function.filter(|&function| passed.insert((at.module, function)))
        else {
            continue;
        };
        if passed.len() > STEPS {
            return Vec::new();
        }
        for caller in graph.callers(at.module, function).iter() {
            match caller {
                CallEdge::Call(at) => queue.push(*at),
                CallEdge::Platform(_) => {}
                CallEdge::PassedAsCallback { module, call, .. } => {
                    let Some(facts) = modules.facts(*module) else { continue };
                    let root = root(facts, *call);
                    if dialog(modules, *module, root).is_some() {
                        found.insert((*module, root));
                    } else {
                        queue.push(CodePos { module: *module, offset: facts.span(*call).start() });
                    }
                }
            }
        }
    }
    found.into_iter().collect()
}

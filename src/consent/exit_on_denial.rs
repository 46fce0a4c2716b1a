//! Where a refusal ends the program: what is run when a person said no, and leaves. What the person
//! chose in a dialog that could be declined is the person's own doing, and is passed over.

use std::collections::BTreeSet;

use super::prompt::{GuardMeaning, guard_meaning};
use super::{AgreeButton, Answer};
use crate::catalogue::{self, ControlRole};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, FunctionId, Key, When};
use crate::facts::template::Handler;
use crate::finding::Place;
use crate::project::Files;
use crate::semantic::call_graph::CallGraph;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::text::Span;

/// The end of a program after a refusal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExitOnDenial {
    /// The callee that ends it.
    pub place: Place,
    /// The interface.
    pub api: &'static str,
    /// What was refused: the call, the answer, or the button that refuses.
    pub refused: Place,
}

/// How many calls deep what is run is followed.
const DEPTH: u32 = 3;
/// The answer of a person who refused.
const DISAGREE: &str = "disagree";

/// The end that a refusal of the call `call` leads to.
pub(super) fn of_call(
    graph: &CallGraph<'_>,
    module: ModuleId,
    call: ExprId,
) -> Option<ExitOnDenial> {
    let modules = graph.modules();
    let facts = modules.facts(module)?;
    let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
    let refused = Place::new(modules.path(module)?, facts.span(*callee));
    let mut resolver = Resolver::new(modules);
    let mut handlers: Vec<ValueRef> = Vec::new();
    for object in arguments
        .first()
        .map(|one| resolver.resolve(ValueRef::new(module, one.value)))
        .unwrap_or_default()
    {
        let Expr::Object(entries) = resolver.expr(object) else { continue };
        let fails =
            entries.iter().filter(|one| matches!(&one.key, Key::Name(key) if &**key == "fail"));
        handlers.extend(fails.map(|one| object.at(one.value)));
    }
    // `x().then(…).catch(…)`: the chain around the call.
    let mut inner = call;
    while let Some((outer, handler)) = link(facts, inner) {
        inner = outer;
        handlers.extend(handler.map(|handler| ValueRef::new(module, handler)));
    }
    let mut leave = Leave { modules, passed: BTreeSet::new() };
    for handler in handlers {
        for source in resolver.resolve(handler) {
            if let Expr::Function(function) = resolver.expr(source)
                && let Some((place, api)) = leave.in_function(source.module, *function, DEPTH)
            {
                return Some(ExitOnDenial { place, api, refused });
            }
        }
    }
    let caught = caught(facts, inner).filter(|_| graph.sites(module).awaited.contains(&inner))?;
    let (place, api) = leave.within(module, caught, DEPTH)?;
    Some(ExitOnDenial { place, api, refused })
}

/// The next call of a chain of promises, and what it runs on a failure.
fn link(facts: &ScriptFacts, inner: ExprId) -> Option<(ExprId, Option<ExprId>)> {
    let start = facts.span(inner).start();
    let from = facts.calls.partition_point(|&call| facts.span(call).start() < start);
    let here = facts.calls.iter().skip(from);
    here.take_while(|&&call| facts.span(call).start() == start).find_map(|&call| {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
        let Expr::Member { object, name } = facts.expr(*callee) else { return None };
        let index = match &**name {
            "catch" => 0,
            "then" => 1,
            "finally" => usize::MAX,
            _ => return None,
        };
        (*object == inner).then(|| (call, arguments.get(index).map(|one| one.value)))
    })
}

/// The `catch` that takes the failure of a call, where it is waited for.
fn caught(facts: &ScriptFacts, call: ExprId) -> Option<Span> {
    let around = facts.span(call);
    let tried = facts
        .branches
        .iter()
        .filter(|branch| branch.when == When::Tried && branch.span.contains(around))
        .min_by_key(|branch| branch.span.len())?;
    let thrown = facts
        .branches
        .iter()
        .filter(|branch| branch.when == When::Thrown && branch.span.start() >= tried.span.end());
    thrown.map(|branch| branch.span).min_by_key(|span| span.start())
}

/// The ends that the answers of refusal, and the buttons beside those of the agreement, lead to;
/// sorted.
pub(super) fn of_answers(
    files: &Files,
    modules: &ModuleGraph<'_>,
    answers: &[Answer],
    buttons: &[AgreeButton],
) -> Vec<ExitOnDenial> {
    let mut found = BTreeSet::new();
    for answer in answers.iter().filter(|answer| &*answer.event == DISAGREE) {
        let Some(module) = modules.id(&answer.place.file) else { continue };
        let around = modules.facts(module).and_then(|facts| {
            Some(facts.function(facts.function_at(answer.place.span.start())?)?.span)
        });
        let mut leave = Leave { modules, passed: BTreeSet::new() };
        let left = around.and_then(|around| leave.within(module, around, DEPTH));
        found.extend(left.map(|(place, api)| ExitOnDenial {
            place,
            api,
            refused: answer.place.clone(),
        }));
    }
    for button in buttons {
        let template = &button.place.file;
        let (Some(facts), Some(module)) = (files.template(template), modules.of_template(template))
        else {
            continue;
        };
        let Some(script) = modules.facts(module) else { continue };
        for event in facts.events().filter(|event| event.event == "tap") {
            let Handler::Method(name, span) = event.handler else { continue };
            for (index, _) in (0..)
                .zip(&script.functions)
                .filter(|(_, one)| one.name.as_deref() == Some(name.trim()))
            {
                let mut leave = Leave { modules, passed: BTreeSet::new() };
                // The handler itself leaves, or what it calls: any further, and it does something
                // else first.
                if let Some((place, api)) = leave.in_function(module, FunctionId(index), 1) {
                    let refused = Place::new(template, span);
                    found.insert(ExitOnDenial { place, api, refused });
                }
            }
        }
    }
    found.into_iter().collect()
}

/// A search for what leaves.
struct Leave<'a> {
    modules: &'a ModuleGraph<'a>,
    passed: BTreeSet<(ModuleId, FunctionId)>,
}

impl Leave<'_> {
    fn in_function(
        &mut self,
        module: ModuleId,
        function: FunctionId,
        depth: u32,
    ) -> Option<(Place, &'static str)> {
        if !self.passed.insert((module, function)) {
            return None;
        }
        let span = self.modules.facts(module)?.function(function)?.span;
        self.within(module, span, depth)
    }

    /// What leaves among the calls in `span`, those in functions that stand in it included.
    fn within(
        &mut self,
        module: ModuleId,
        span: Span,
        depth: u32,
    ) -> Option<(Place, &'static str)> {
        let modules = self.modules;
        let facts = modules.facts(module)?;
        let inside = facts.calls.iter().filter(|&&call| span.contains(facts.span(call)));
        for &call in inside {
            let Expr::Call { callee, .. } = facts.expr(call) else { continue };
            let at = ValueRef::new(module, *callee);
            let mut resolver = Resolver::new(modules);
            let names = platform::names(&mut resolver, at);
            let mut exits = catalogue::controls_of(ControlRole::Exit);
            if let Some(exit) = exits.find(|exit| names.contains(*exit)) {
                if !chosen(modules, module, facts, facts.span(call).start()) {
                    return Some((Place::new(modules.path(module)?, facts.span(*callee)), exit));
                }
                continue;
            }
            if depth == 0 {
                continue;
            }
            resolver.reset_fuel();
            for source in resolver.resolve(at) {
                if let Expr::Function(function) = resolver.expr(source)
                    && let Some(left) = self.in_function(source.module, *function, depth - 1)
                {
                    return Some(left);
                }
            }
        }
        None
    }
}

/// Whether the place is reached only where a person agreed in a dialog that could be declined.
fn chosen(modules: &ModuleGraph<'_>, module: ModuleId, facts: &ScriptFacts, offset: usize) -> bool {
    let agreed = facts.branches.iter().any(|branch| {
        let (test, holds) = match branch.when {
            When::True(test) => (test, true),
            When::False(test) => (test, false),
            _ => return false,
        };
        branch.span.start() <= offset
            && offset < branch.span.end()
            && guard_meaning(facts, test, holds, 4) == GuardMeaning::Agreed
    });
    let declinable = !facts.calls.iter().any(|&call| {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return false };
        let around = facts.span(call);
        around.start() <= offset
            && offset < around.end()
            && arguments.first().is_some_and(|one| has_no_cancel(facts, one.value))
            && !platform::names(&mut Resolver::new(modules), ValueRef::new(module, *callee))
                .is_empty()
    });
    agreed && declinable
}

/// Whether a dialog's options say `showCancel: false`.
fn has_no_cancel(facts: &ScriptFacts, options: ExprId) -> bool {
    let Expr::Object(entries) = facts.expr(options) else { return false };
    entries.iter().any(|entry| {
        matches!(&entry.key, Key::Name(key) if &**key == "showCancel")
            && matches!(facts.expr(entry.value), Expr::Bool(false))
    })
}

//! Prompts that appear while another one waits for its answer. Each function is prepared once, so a
//! pair is compared in O(log n), and of the pairs of one prompt only those up to the first match.

use std::collections::BTreeMap;

use super::{Prompt, PromptKind};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, FunctionId};
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::text::Span;

/// The questions, of `prompts`, that are asked while another one waits for its answer: each with
/// the first of those before it.
pub(in crate::consent) fn stacked(
    modules: &ModuleGraph<'_>,
    prompts: &[Prompt],
) -> Vec<(Prompt, Prompt)> {
    let mut by_function: BTreeMap<(ModuleId, FunctionId), Vec<Before<'_>>> = BTreeMap::new();
    for prompt in prompts {
        for run in &prompt.runs {
            let before = Before { prompt, offset: run.offset, branch: None };
            by_function.entry((run.module, run.function)).or_default().push(before);
        }
    }
    by_function.retain(|_, asking| asking.len() > 1);
    let mut awaits: BTreeMap<(ModuleId, FunctionId), Awaits> = BTreeMap::new();
    for (&(module, function), asking) in &mut by_function {
        asking.sort_by(|a, b| a.prompt.place.cmp(&b.prompt.place));
        let Some(facts) = modules.facts(module) else { continue };
        find_branches(facts, function, asking);
        awaits.insert((module, function), Awaits::of(facts, function));
    }
    let mut pairs: Vec<(Prompt, Prompt)> = Vec::new();
    for second in prompts.iter().filter(|prompt| is_shown(prompt)) {
        let first = second.runs.iter().filter_map(|run| {
            let key = (run.module, run.function);
            let (asking, awaits) = (by_function.get(&key)?, awaits.get(&key)?);
            asking.iter().find(|before| {
                before.prompt.asking != second.asking
                    && is_shown(before.prompt)
                    && before.offset < run.offset
                    && before.branch.is_none_or(|branch| holds(branch, run.offset))
                    && !awaits.is_between(before.offset, run.offset)
            })
        });
        let first = first.map(|before| before.prompt).min_by(|a, b| a.place.cmp(&b.place));
        if let Some(first) = first {
            pairs.push((first.clone(), second.clone()));
        }
    }
    pairs
}

/// A prompt of a function that another one may follow.
struct Before<'p> {
    prompt: &'p Prompt,
    offset: usize,
    /// The innermost branch of the function around it: what comes after both is in all of them.
    branch: Option<Span>,
}

fn is_shown(prompt: &Prompt) -> bool {
    !matches!(prompt.asking, PromptKind::Dialog(_))
}

fn holds(span: Span, offset: usize) -> bool {
    span.start() <= offset && offset < span.end()
}

/// Finds the innermost branch of `function` around each of `asking`. Branches nest, so one pass in
/// document order does for all.
fn find_branches(facts: &ScriptFacts, function: FunctionId, asking: &mut [Before<'_>]) {
    let Some(around) = facts.function(function).map(|one| one.span) else { return };
    let mut branches: Vec<Span> = facts
        .branches
        .iter()
        .map(|branch| branch.span)
        .filter(|&span| around.contains(span) && span != around)
        .collect();
    branches.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut order: Vec<&mut Before<'_>> = asking.iter_mut().collect();
    order.sort_by_key(|before| before.offset);
    let mut next = branches.into_iter().peekable();
    let mut open: Vec<Span> = Vec::new();
    for before in order {
        while let Some(span) = next.next_if(|span| span.start() <= before.offset) {
            open.retain(|outer| outer.end() > span.start());
            open.push(span);
        }
        while open.last().is_some_and(|span| span.end() <= before.offset) {
            open.pop();
        }
        before.branch = open.last().copied();
    }
}

/// Where a function waits: the starts of its `await` expressions in order, each with the greatest
/// end up to it.
struct Awaits(Vec<(usize, usize)>);

impl Awaits {
    fn of(facts: &ScriptFacts, function: FunctionId) -> Self {
        let mut all: Vec<(usize, usize)> = facts
            .exprs
            .iter()
            .zip(&facts.spans)
            .filter(|(expr, span)| {
                matches!(expr, Expr::Await(_)) && facts.function_at(span.start()) == Some(function)
            })
            .map(|(_, span)| (span.start(), span.end()))
            .collect();
        all.sort_unstable();
        let mut greatest = 0;
        for one in &mut all {
            greatest = greatest.max(one.1);
            one.1 = greatest;
        }
        Self(all)
    }

    /// Whether one of them begins before `after` and ends behind `before`.
    fn is_between(&self, before: usize, after: usize) -> bool {
        let count = self.0.partition_point(|&(start, _)| start < after);
        count.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|&(_, end)| end > before)
    }
}

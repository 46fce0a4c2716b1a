//! Code that runs only sometimes, by its place. Branches nest, so those around a byte are a chain.

use crate::facts::ScriptFacts;

/// Branches by their place, and the one around each.
pub(super) fn branch_tree(facts: &ScriptFacts) -> Vec<(usize, Option<usize>)> {
    let span = |branch: usize| {
        facts.branches.get(branch).map_or((0, 0), |branch| (branch.span.start(), branch.span.end()))
    };
    let mut order: Vec<usize> = (0..facts.branches.len()).collect();
    order.sort_by_key(|&branch| (span(branch).0, std::cmp::Reverse(span(branch).1)));
    let mut branch_tree: Vec<(usize, Option<usize>)> = Vec::with_capacity(order.len());
    let mut open: Vec<usize> = Vec::new();
    for (at, branch) in order.into_iter().enumerate() {
        while open.last().is_some_and(|&last| span(branch_tree[last].0).1 <= span(branch).0) {
            open.pop();
        }
        branch_tree.push((branch, open.last().copied()));
        open.push(at);
    }
    branch_tree
}

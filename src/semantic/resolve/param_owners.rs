//! The functions whose parameters determine the expressions of one file: computed per expression on
//! the first query, as a walk in breadth with a visited set.
//!
//! Invariant: an entry depends on the facts of the file alone, never on the order of queries.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, FunctionId};

/// How many expressions deep a parameter is looked for.
const DEPTH: u32 = 6;
/// How many expressions one walk visits; beyond, an expression counts as independent, and its
/// parameters stay unknown.
const VISITS: usize = 2_048;

/// The controlling function of each expression of a file.
#[derive(Debug)]
pub(in crate::semantic) struct ParamOwners(Box<[OnceLock<Option<FunctionId>>]>);

impl ParamOwners {
    /// Returns an empty table. O(expressions).
    pub(in crate::semantic) fn new(facts: &ScriptFacts) -> Self {
        Self(facts.exprs.iter().map(|_| OnceLock::new()).collect())
    }

    /// Returns the innermost function around `value` whose parameter determines it.
    pub(super) fn of(&self, facts: &ScriptFacts, value: ExprId) -> Option<FunctionId> {
        // Most values are texts and functions: no need to look where they are.
        if matches!(
            facts.expr(value),
            Expr::Unknown
                | Expr::Undefined
                | Expr::Null
                | Expr::Bool(_)
                | Expr::Number(_)
                | Expr::String(_)
                | Expr::Global(_)
                | Expr::This(_)
                | Expr::Super
                | Expr::Import { .. }
                | Expr::Class { .. }
                | Expr::Function(_)
        ) {
            return None;
        }
        *self.0.get(value.0 as usize)?.get_or_init(|| find(facts, value))
    }
}

fn find(facts: &ScriptFacts, value: ExprId) -> Option<FunctionId> {
    let mut around = facts.function_at(facts.span(value).start());
    while let Some(function) = around {
        let one = facts.function(function)?;
        if !one.parameters.is_empty() && depends_on_param(facts, value, function) {
            return Some(function);
        }
        around = one.parent;
    }
    None
}

/// Returns whether `expr` is made of a parameter of `function`.
fn depends_on_param(facts: &ScriptFacts, expr: ExprId, function: FunctionId) -> bool {
    let mut visited = HashSet::from([expr]);
    let mut level = vec![expr];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for expr in std::mem::take(&mut level) {
            if matches!(facts.expr(expr), Expr::Parameter { function: own, .. } if *own == function)
            {
                return true;
            }
            let mut add = |part: ExprId| {
                if visited.len() < VISITS && visited.insert(part) {
                    next.push(part);
                }
            };
            match facts.expr(expr) {
                Expr::Name(binding) => {
                    let binding = facts.binding(*binding);
                    let own = binding.filter(|binding| binding.function == Some(function));
                    own.into_iter().flat_map(|binding| &binding.values).copied().for_each(add);
                }
                Expr::Member { object, .. } => add(*object),
                Expr::Index { object, index } => {
                    add(*object);
                    add(*index);
                }
                Expr::Concat(pieces) => pieces.iter().copied().for_each(add),
                Expr::Logical { left, right, .. } => {
                    add(*left);
                    add(*right);
                }
                Expr::Conditional { then, otherwise, .. } => {
                    add(*then);
                    add(*otherwise);
                }
                Expr::Await(value) | Expr::Assign { value } => add(*value),
                Expr::Call { callee, arguments, .. } => {
                    add(*callee);
                    arguments.iter().for_each(|argument| add(argument.value));
                }
                Expr::Object(entries) => entries.iter().for_each(|entry| add(entry.value)),
                Expr::Array(elements) => elements.iter().for_each(|element| add(element.value)),
                _ => {}
            }
        }
        level = next;
    }
    false
}

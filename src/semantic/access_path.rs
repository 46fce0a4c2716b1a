//! Member chains of one file: what `a.b.c` begins with, and the objects that many files speak of.
//! It follows from the facts of the file alone, without following any value.

use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, Expr, ExprId, FunctionId};

/// How many members long a chain may be.
const LONGEST: usize = 8;

/// What the chain `expr` begins with; of a longer one, a part of it.
pub(super) fn root(facts: &ScriptFacts, mut expr: ExprId) -> ExprId {
    for _ in 0..LONGEST {
        let Expr::Member { object, .. } = facts.expr(expr) else { break };
        expr = *object;
    }
    expr
}

/// The names of the chain `expr` after what it begins with, joined by dots: `globalData.host`.
pub(super) fn path(facts: &ScriptFacts, mut expr: ExprId) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    while let Expr::Member { object, name } = facts.expr(expr) {
        names.push(name);
        expr = *object;
        if names.len() > LONGEST {
            return None;
        }
    }
    names.reverse();
    (!names.is_empty()).then(|| names.join("."))
}

/// Whether the expression is `getApp()`, itself or by a name of it.
pub(super) fn is_app(facts: &ScriptFacts, expr: ExprId) -> bool {
    let is_call = |expr: ExprId| {
        matches!(facts.expr(expr), Expr::Call { callee, .. }
            if matches!(facts.expr(*callee), Expr::Global(name) if &**name == "getApp"))
    };
    match facts.expr(expr) {
        Expr::Name(binding) => is_only(facts, *binding, is_call),
        _ => is_call(expr),
    }
}

/// Whether the expression is `this`, itself or by a name of it.
pub(super) fn is_this(facts: &ScriptFacts, expr: ExprId) -> bool {
    match facts.expr(expr) {
        Expr::Name(binding) => stands_for_this(facts, *binding),
        expr => matches!(expr, Expr::This(_)),
    }
}

/// Whether a name is only ever `this`, as in `const that = this`.
pub(super) fn stands_for_this(facts: &ScriptFacts, binding: BindingId) -> bool {
    is_only(facts, binding, |value| matches!(facts.expr(value), Expr::This(_)))
}

/// Whether a name has values, and each of them is it.
fn is_only(facts: &ScriptFacts, binding: BindingId, is_it: impl Fn(ExprId) -> bool) -> bool {
    facts.binding(binding).is_some_and(|binding| {
        !binding.values.is_empty() && binding.values.iter().all(|&value| is_it(value))
    })
}

/// The function whose `this` the expression is, itself or by a name of it.
pub(super) fn this_of(facts: &ScriptFacts, expr: ExprId) -> Option<FunctionId> {
    match facts.expr(expr) {
        Expr::This(function) => *function,
        Expr::Name(binding) => {
            facts.binding(*binding)?.values.iter().find_map(|&value| match facts.expr(value) {
                Expr::This(function) => *function,
                _ => None,
            })
        }
        _ => None,
    }
}

//! Objects of one module that are filled name by name from another one: `to[name] =
//! promised(from[name])`, and by the function that packages call `promisifyAll`. The name on both
//! sides is the same variable, so a table that is filled with anything else is none.

use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, Expr, ExprId};

/// How many are kept of one module: a program fills one or two, a bundle copies objects everywhere.
const MOST: usize = 64;
/// What a package calls the function that fills its second argument from the first.
pub(crate) const PROMISIFY_ALL: &str = "promisifyAll";

/// What is filled, and from what. O(expressions and assignments, sorted).
pub(super) fn of(facts: &ScriptFacts) -> Vec<(ExprId, ExprId)> {
    let mut found = Vec::new();
    for &call in &facts.calls {
        if let Expr::Call { callee, arguments, .. } = facts.expr(call)
            && let [from, to, ..] = arguments[..]
            && last_name(facts, *callee) == Some(PROMISIFY_ALL)
        {
            found.push((to.value, from.value));
        }
    }
    let mut written = facts
        .writes
        .iter()
        .filter_map(|write| Some((by_name(facts, write.target)?, write.value)))
        .peekable();
    if written.peek().is_some() {
        let mut read: Vec<(usize, ExprId, BindingId)> = (0..)
            .map(ExprId)
            .zip(&facts.exprs)
            .filter(|(_, kind)| matches!(kind, Expr::Index { .. }))
            .filter_map(|(expr, _)| {
                let (object, name) = by_name(facts, expr)?;
                Some((facts.span(expr).start(), object, name))
            })
            .collect();
        read.sort_unstable_by_key(|one| one.0);
        for ((to, name), value) in written {
            let span = facts.span(value);
            let from = read.partition_point(|one| one.0 < span.start());
            let within = read.iter().skip(from).take_while(|one| one.0 < span.end());
            let same = within.filter(|one| one.2 == name).map(|one| (to, one.1));
            found.extend(same.take(MOST));
            if found.len() >= MOST {
                break;
            }
        }
    }
    found.truncate(MOST);
    found
}

/// `object[name]` of a variable `name`.
fn by_name(facts: &ScriptFacts, expr: ExprId) -> Option<(ExprId, BindingId)> {
    let Expr::Index { object, index } = facts.expr(expr) else { return None };
    match facts.expr(*index) {
        Expr::Name(name) => Some((*object, *name)),
        _ => None,
    }
}

/// The name that a callee ends in.
pub(crate) fn last_name(facts: &ScriptFacts, callee: ExprId) -> Option<&str> {
    match facts.expr(callee) {
        Expr::Member { name, .. } | Expr::Global(name) => Some(name),
        Expr::Name(binding) => Some(&facts.binding(*binding)?.name),
        _ => None,
    }
}

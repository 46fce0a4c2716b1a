//! What a condition on the way to a question says of earlier answers. Whatever is not known to say
//! nothing of them is taken for a memory, so that a program that remembers in its own way is left
//! alone.

use crate::catalogue;
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, LogicalOperator};

/// What a condition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuardMeaning {
    /// Nothing of an answer that the person gave before.
    Nothing,
    /// That the person refused in a dialog just now.
    Refused,
    /// That the person agreed to something just now.
    Agreed,
    /// Perhaps something: a flag, a date, a stored value.
    Perhaps,
}

/// Names of what the platform tells of the state of permissions, and of failures: they say the same
/// at every opening.
const STATE: [&str; 7] =
    ["authSetting", "code", "errCode", "errMsg", "errno", "error", "needAuthorization"];

/// What it says that `test` holds, or does not. Bounded by `depth`.
pub(crate) fn guard_meaning(
    facts: &ScriptFacts,
    test: ExprId,
    holds: bool,
    depth: u32,
) -> GuardMeaning {
    let Some(depth) = depth.checked_sub(1) else { return GuardMeaning::Perhaps };
    let (test, same) = facts.tested(test);
    let holds = holds == same;
    let part = |expr| guard_meaning(facts, expr, holds, depth);
    match facts.expr(test) {
        Expr::Logical { operator: LogicalOperator::And | LogicalOperator::Or, left, right } => {
            match (part(*left), part(*right)) {
                (GuardMeaning::Perhaps, _) | (_, GuardMeaning::Perhaps) => GuardMeaning::Perhaps,
                (GuardMeaning::Agreed, _) | (_, GuardMeaning::Agreed) => GuardMeaning::Agreed,
                (GuardMeaning::Refused, _) | (_, GuardMeaning::Refused) => GuardMeaning::Refused,
                (GuardMeaning::Nothing, GuardMeaning::Nothing) => GuardMeaning::Nothing,
            }
        }
        Expr::Call { callee, .. } => match facts.expr(*callee) {
            // `wx.canIUse('getLocation')`, `res.errMsg.includes('deny')`
            Expr::Member { name, .. } if &**name == "canIUse" => GuardMeaning::Nothing,
            Expr::Member { object, .. } => of_state(facts, *object),
            _ => GuardMeaning::Perhaps,
        },
        _ => match name_of(facts, test) {
            Some("confirm") => answered(holds),
            Some("cancel") => answered(!holds),
            _ => of_equality(facts, test).unwrap_or_else(|| of_state(facts, test)),
        },
    }
}

fn answered(agreed: bool) -> GuardMeaning {
    if agreed { GuardMeaning::Agreed } else { GuardMeaning::Refused }
}

/// `err.errno === 104`, `authSetting['scope.record'] === undefined`
fn of_equality(facts: &ScriptFacts, test: ExprId) -> Option<GuardMeaning> {
    let at = facts.equalities.binary_search_by_key(&test, |one| one.whole).ok()?;
    let equality = facts.equalities.get(at)?;
    let sides = [of_state(facts, equality.left), of_state(facts, equality.right)];
    Some(if sides.contains(&GuardMeaning::Nothing) {
        GuardMeaning::Nothing
    } else {
        GuardMeaning::Perhaps
    })
}

/// Whether something is a part of what the platform tells, or asks whether it has an interface.
fn of_state(facts: &ScriptFacts, mut expr: ExprId) -> GuardMeaning {
    loop {
        if name_of(facts, expr).is_some_and(|name| STATE.contains(&name)) {
            return GuardMeaning::Nothing;
        }
        match facts.expr(expr) {
            Expr::Member { object, name } => {
                let of_platform = matches!(facts.expr(*object), Expr::Global(global)
                        if catalogue::is_platform_global(global));
                if of_platform && catalogue::interface(&format!("wx.{name}")).is_some() {
                    return GuardMeaning::Nothing;
                }
                expr = *object;
            }
            Expr::Index { object, .. } => expr = *object,
            _ => return GuardMeaning::Perhaps,
        }
    }
}

/// The last name of a member, or what a name stands for: `confirm` of `res.confirm` and of `({
/// confirm }) =>`.
fn name_of(facts: &ScriptFacts, expr: ExprId) -> Option<&str> {
    match facts.expr(expr) {
        Expr::Member { name, .. } => Some(name),
        Expr::Name(binding) => {
            let binding = facts.binding(*binding)?;
            let member = binding.values.iter().find_map(|&value| match facts.expr(value) {
                Expr::Member { name, .. } => Some(&**name),
                _ => None,
            });
            member.or(Some(&binding.name))
        }
        _ => None,
    }
}

//! What a condition says of consent. The platform's own answers are known by their names; a name of
//! the program's own is taken for an answer only when it speaks of agreeing.

use super::evidence_kind::EvidenceKind;
use crate::catalogue::Interface;
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, LogicalOperator};

/// Names of the platform's own that tell what the user decided.
const NEEDS: &str = "needAuthorization";
const SETTINGS: &str = "authSetting";
/// What the name of a program's own answer to its own question has in it.
const OWN: [&str; 5] = ["agree", "privacy", "consent", "protocol", "authorized"];

/// What it says of consent that `test` holds, or does not.
pub(super) fn consent_guard(
    facts: &ScriptFacts,
    test: ExprId,
    holds: bool,
    row: &Interface,
    depth: u32,
) -> Option<(EvidenceKind, ExprId)> {
    let told_from_false = is_told_from_false(facts, test);
    let (test, same) = facts.tested(test);
    let holds = holds == same;
    let depth = depth.checked_sub(1)?;
    match facts.expr(test) {
        Expr::Logical { operator: LogicalOperator::And, left, right } if holds => {
            consent_guard(facts, *left, true, row, depth)
                .or_else(|| consent_guard(facts, *right, true, row, depth))
        }
        Expr::Logical { operator: LogicalOperator::Or, left, right } if !holds => {
            consent_guard(facts, *left, false, row, depth)
                .or_else(|| consent_guard(facts, *right, false, row, depth))
        }
        Expr::Member { object, name } => of_name(facts, Some(*object), name, holds, row)
            .filter(|class| *class != EvidenceKind::Scope || !told_from_false)
            .map(|class| (class, test)),
        Expr::Name(binding) => {
            let binding = facts.binding(*binding)?;
            let member = binding.values.iter().find_map(|&value| match facts.expr(value) {
                Expr::Member { object, name } => Some((*object, name)),
                _ => None,
            });
            let class = match member {
                Some((object, name)) => of_name(facts, Some(object), name, holds, row),
                None => of_name(facts, None, &binding.name, holds, row),
            };
            class
                .filter(|class| *class != EvidenceKind::Scope || !told_from_false)
                .map(|class| (class, test))
        }
        _ => None,
    }
}

/// Whether it is `x === false` that is asked for, or the contrary: a scope that was not requested
/// about yet is not `false` either.
fn is_told_from_false(facts: &ScriptFacts, mut test: ExprId) -> bool {
    while let Ok(at) = facts.negations.binary_search_by_key(&test, |one| one.0)
        && let Some(&(_, operand)) = facts.negations.get(at)
    {
        test = operand;
    }
    let found = facts.equalities.binary_search_by_key(&test, |one| one.whole);
    found.ok().and_then(|at| facts.equalities.get(at)).is_some_and(|equality| {
        [equality.left, equality.right]
            .iter()
            .any(|&side| matches!(facts.expr(side), Expr::Bool(false)))
    })
}

/// What it says of consent that something of this name is true, or not.
fn of_name(
    facts: &ScriptFacts,
    object: Option<ExprId>,
    name: &str,
    holds: bool,
    row: &Interface,
) -> Option<EvidenceKind> {
    let of_settings = object.is_some_and(|object| match facts.expr(object) {
        Expr::Member { name, .. } => &**name == SETTINGS,
        Expr::Name(binding) => facts.binding(*binding).is_some_and(|one| &*one.name == SETTINGS),
        _ => false,
    });
    if of_settings {
        return (holds && row.scopes.contains(&name)).then_some(EvidenceKind::Scope);
    }
    if name == NEEDS {
        return (!holds).then_some(EvidenceKind::Query);
    }
    let lower = name.to_ascii_lowercase();
    let own = OWN.iter().any(|word| lower.contains(word)) && !lower.starts_with("need");
    (own && holds).then_some(EvidenceKind::Own)
}

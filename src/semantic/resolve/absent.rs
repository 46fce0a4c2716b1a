//! Values that are certainly absent: an argument that a call leaves out, a property that every
//! object it may be read from lacks.
//! Invariant: only what the program's own text determines is absent; an object that code outside
//! of it, a computed key or a merge may extend is never said to lack a property.

use super::{Resolver, ValueRef};
use crate::facts::script::{Expr, Key};

/// Objects that the platform or a store fills under names that no assignment shows.
const FILLED_ELSEWHERE: [&str; 5] = ["data", "properties", "props", "query", "state"];
/// Properties that every object inherits.
const INHERITED: [&str; 6] =
    ["constructor", "hasOwnProperty", "isPrototypeOf", "toString", "valueOf", PROTOTYPE];
/// The key that gives an object what it inherits.
const PROTOTYPE: &str = "__proto__";

impl Resolver<'_> {
    /// Whether `at`, which resolves to itself, is `null`, `undefined`, or certainly absent.
    pub(crate) fn is_absent(&mut self, at: ValueRef) -> bool {
        match self.expr(at) {
            Expr::Null | Expr::Undefined => true,
            Expr::Parameter { .. } => self.is_omitted(at),
            Expr::Member { object, name } => {
                !INHERITED.contains(&&**name) && self.lacks_property(at.at(*object), name)
            }
            _ => false,
        }
    }

    /// Whether `at` is a parameter that the call of its context gives no argument.
    pub(super) fn is_omitted(&self, at: ValueRef) -> bool {
        let Expr::Parameter { function, index } = self.expr(at) else { return false };
        let parameter = self
            .facts(at)
            .and_then(|facts| facts.function(*function)?.parameters.get(*index as usize));
        parameter.is_some_and(|parameter| !parameter.rest)
            && self.argument(at, *function, *index) == super::call_context::ArgumentValue::Nothing
    }

    /// Whether every object that `object` may be is a literal without the property `name`, which
    /// nothing in the program adds.
    fn lacks_property(&mut self, object: ValueRef, name: &str) -> bool {
        if !self.spend() {
            return false;
        }
        let (objects, aliases) = self.resolve_with_aliases(object);
        let is_literal = |one: &ValueRef| {
            matches!(
                self.expr(*one),
                Expr::Object(_) | Expr::Null | Expr::Undefined | Expr::Parameter { .. }
            )
        };
        if objects.is_empty() || !objects.iter().all(is_literal) {
            return false;
        }
        for &one in &objects {
            let lacks = match self.expr(one) {
                Expr::Object(entries) => {
                    let found = self.member_of(one, name);
                    let inherits = entries
                        .iter()
                        .any(|entry| matches!(&entry.key, Key::Name(key) if &**key == PROTOTYPE));
                    found.complete && found.values.is_empty() && !inherits
                }
                _ => self.is_absent(one),
            };
            if !lacks {
                return false;
            }
        }
        !self.modules.is_assigned(name) && !aliases.iter().any(|&alias| self.is_extended(alias))
    }

    /// Whether the object that goes by `alias` may gain properties under names not written.
    fn is_extended(&self, alias: ValueRef) -> bool {
        let binding = match self.expr(alias) {
            Expr::Name(binding) => *binding,
            Expr::Member { name, .. } => return FILLED_ELSEWHERE.contains(&&**name),
            _ => return true,
        };
        let (Some(facts), Some(index)) = (self.facts(alias), self.modules.index(alias.module))
        else {
            return true;
        };
        let is_it = |expr| matches!(facts.expr(expr), Expr::Name(own) if *own == binding);
        let computed = facts.writes.iter().any(
            |write| matches!(facts.expr(write.target), Expr::Index { object, .. } if is_it(*object)),
        );
        computed
            || index.calls_passed(binding).iter().any(|&(call, argument)| {
                let Expr::Call { callee, .. } = facts.expr(call) else { return true };
                argument == 0 && self.is_merge(alias.at(*callee))
            })
    }
}

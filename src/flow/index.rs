//! What is looked up by name in one module: who assigns to which member, who calls which function.
//! The one thing to know: it follows from the facts alone and is made once for a module, whoever asks.

use std::collections::HashMap;

use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, Expr, ExprId, FunctionId};

/// How many members long a chain may be that is compared with another.
const CHAIN: u32 = 8;

/// The chain that is assigned to, and the value.
type Written = (ExprId, ExprId);

/// The look-ups of one module. Never walked as a whole, so the order within the maps shows nowhere.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Assignments to `x.name`, by the name and by what `x` begins with: the chain `x` and the value.
    writes: HashMap<Box<str>, HashMap<Root, Vec<Written>>>,
    /// Calls of a function expression where it stands: `(function (a) {})(b)`.
    calls: HashMap<FunctionId, Vec<ExprId>>,
}

/// What a chain begins with. Chains of different roots never name the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Root {
    This,
    Name(BindingId),
    Global,
}

impl Index {
    /// Reads the index of a module. O(writes + calls).
    pub(super) fn of(facts: &ScriptFacts) -> Self {
        let mut index = Self::default();
        for write in &facts.writes {
            if let Expr::Member { object, name } = facts.expr(write.target)
                && let Some(root) = root_of(facts, *object)
            {
                let by_root = index.writes.entry(name.clone()).or_default();
                by_root.entry(root).or_default().push((*object, write.value));
            }
        }
        for &call in &facts.calls {
            if let Expr::Call { callee, .. } = facts.expr(call)
                && let Expr::Function(function) = facts.expr(*callee)
            {
                index.calls.entry(*function).or_default().push(call);
            }
        }
        index
    }

    /// The values that the module assigns to `name` of the same thing as `object`, in document order:
    /// `this.name = v` for any `this` of the file, `x.name = v` for the same `x`.
    pub(super) fn written(
        &self,
        facts: &ScriptFacts,
        object: ExprId,
        name: &str,
    ) -> impl Iterator<Item = ExprId> {
        let by_root = self.writes.get(name);
        let writes = by_root.and_then(|by_root| by_root.get(&root_of(facts, object)?));
        writes
            .into_iter()
            .flatten()
            .filter(move |(target, _)| same_thing(facts, *target, object, CHAIN))
            .map(|(_, value)| *value)
    }

    /// The calls of the function expression `function` where it stands, in document order.
    pub(super) fn calls_of(&self, function: FunctionId) -> &[ExprId] {
        self.calls.get(&function).map_or(&[], Vec::as_slice)
    }
}

/// What the chain `expr` begins with; `None` when nothing can be the same thing as it.
fn root_of(facts: &ScriptFacts, mut expr: ExprId) -> Option<Root> {
    for _ in 0..CHAIN {
        match facts.expr(expr) {
            Expr::Member { object, .. } => expr = *object,
            Expr::This(_) => return Some(Root::This),
            Expr::Name(binding) if stands_for_this(facts, *binding) => return Some(Root::This),
            Expr::Name(binding) => return Some(Root::Name(*binding)),
            Expr::Global(_) => return Some(Root::Global),
            _ => return None,
        }
    }
    None
}

/// Whether a name is only ever `this`, as in `const that = this`.
fn stands_for_this(facts: &ScriptFacts, binding: BindingId) -> bool {
    facts.binding(binding).is_some_and(|binding| {
        !binding.values.is_empty()
            && binding.values.iter().all(|&value| matches!(facts.expr(value), Expr::This(_)))
    })
}

/// Whether two chains name the same thing: the same members of the same name, global or `this`.
fn same_thing(facts: &ScriptFacts, a: ExprId, b: ExprId, depth: u32) -> bool {
    depth > 0
        && match (facts.expr(a), facts.expr(b)) {
            (Expr::Name(a), Expr::Name(b)) => {
                a == b || (stands_for_this(facts, *a) && stands_for_this(facts, *b))
            }
            (Expr::This(_), Expr::This(_)) => true,
            (Expr::This(_), Expr::Name(b)) | (Expr::Name(b), Expr::This(_)) => {
                stands_for_this(facts, *b)
            }
            (Expr::Global(a), Expr::Global(b)) => a == b,
            (Expr::Member { object: a, name: x }, Expr::Member { object: b, name: y }) => {
                x == y && same_thing(facts, *a, *b, depth - 1)
            }
            _ => false,
        }
}

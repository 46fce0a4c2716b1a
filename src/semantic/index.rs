//! The index of one module: field stores, calls of function expressions, arguments by name.
//!
//! Invariant: it depends on the facts of the module alone.

mod branch_tree;
mod import_writes;
mod property_copies;

pub(super) use import_writes::ImportWrite;
pub(super) use property_copies::{PROMISIFY_ALL, last_name};

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::access_path::{self, is_this, stands_for_this, this_of};
use super::component;
use crate::catalogue;
use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, Branch, Expr, ExprId, FunctionId, Key};

/// How many members long a chain may be that is compared with another.
const CHAIN: u32 = 8;

/// What follows the name of a member for what stands in the list there.
pub(super) const ELEMENTS: &str = "[]";
/// Methods that put their arguments into a list.
const PUTS: [&str; 2] = ["push", "unshift"];

/// The chain that is assigned to, and the value.
type Written = (ExprId, ExprId);

/// Lookup tables of one module. The maps are never iterated, so their order is not observable.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Assignments to `x.name`, by the name and by what `x` begins with: the chain `x` and the
    /// value.
    writes: HashMap<Box<str>, HashMap<Root, Vec<Written>>>,
    /// Calls of a function expression where it stands: `(function (a) {})(b)`.
    calls: FxHashMap<FunctionId, Vec<ExprId>>,
    /// The calls that a function expression is the first argument of: `list.forEach((one) => …)`.
    callback_call: FxHashMap<FunctionId, ExprId>,
    /// The calls that a name is an argument of, and which.
    passed_to: FxHashMap<BindingId, Vec<(ExprId, usize)>>,
    /// Values pushed to the list of a name.
    pushed: FxHashMap<BindingId, Vec<ExprId>>,
    /// Branches by place: the index in `ScriptFacts::branches`, and the enclosing branch.
    branches: Vec<(usize, Option<usize>)>,
    /// The object literal that an object literal is an entry of, and under which name.
    within: FxHashMap<ExprId, (ExprId, Box<str>)>,
    /// What `setData` gives.
    data: Data,
    /// Assignments to members of the app, of `this` and of `wx`, by their path, in document order;
    /// with those of `wx` what is given to all components, under [`component::key_of_all`].
    app: Vec<(Box<str>, ExprId)>,
    this_writes: Vec<(Box<str>, ExprId)>,
    wx_writes: Vec<(Box<str>, ExprId)>,
    /// What is put under names of what the module imports, in document order.
    import_writes: Vec<ImportWrite>,
    /// What is filled name by name: the object, and the one whose names they are.
    property_copies: Vec<(ExprId, ExprId)>,
}

/// What `setData` gives.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// The values by their path: `list`, `form.name`.
    pub(super) set: HashMap<Box<str>, Vec<ExprId>>,
    /// Whether something is given that does not say its names.
    pub(super) open: bool,
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
            index.note_call(facts, call);
        }
        for write in &facts.writes {
            index.note_path(facts, write.target, write.value);
            if let Expr::Index { object, .. } = facts.expr(write.target) {
                index.note_element(facts, *object, write.value);
            }
        }
        for &call in &facts.calls {
            index.note_data(facts, call);
        }
        index.property_copies = property_copies::of(facts);
        index.import_writes = import_writes::of(facts);
        index.branches = branch_tree::branch_tree(facts);
        for (id, expr) in (0..).zip(&facts.exprs) {
            let Expr::Object(entries) = expr else { continue };
            for entry in entries {
                if let Key::Name(name) = &entry.key
                    && matches!(facts.expr(entry.value), Expr::Object(_))
                {
                    index.within.insert(entry.value, (ExprId(id), name.clone()));
                }
            }
        }
        index
    }

    fn note_call(&mut self, facts: &ScriptFacts, call: ExprId) {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return };
        if let Expr::Function(function) = facts.expr(*callee) {
            self.calls.entry(*function).or_default().push(call);
        }
        if let Some(first) = arguments.first()
            && let Expr::Function(function) = facts.expr(first.value)
        {
            self.callback_call.insert(*function, call);
        }
        for (at, argument) in arguments.iter().enumerate() {
            match facts.expr(argument.value) {
                Expr::Name(binding) if !argument.spread => {
                    self.passed_to.entry(*binding).or_default().push((call, at));
                }
                _ => {}
            }
        }
        if let Expr::Member { object, name } = facts.expr(*callee)
            && PUTS.contains(&&**name)
        {
            for argument in arguments.iter().filter(|argument| !argument.spread) {
                self.note_element(facts, *object, argument.value);
            }
        }
    }

    /// Notes that `value` is put into the list `list`.
    fn note_element(&mut self, facts: &ScriptFacts, list: ExprId, value: ExprId) {
        match facts.expr(list) {
            Expr::Name(binding) => self.pushed.entry(*binding).or_default().push(value),
            Expr::Member { object, name } => {
                if let Some(root) = root_of(facts, *object) {
                    let by_root = self.writes.entry(format!("{name}{ELEMENTS}").into());
                    by_root.or_default().entry(root).or_default().push((*object, value));
                }
            }
            _ => {}
        }
    }

    /// Notes an assignment to something that other files, or other methods, see.
    fn note_path(&mut self, facts: &ScriptFacts, target: ExprId, value: ExprId) {
        if let Some(name) = component::given_to_all(facts, target) {
            self.wx_writes.push((component::key_of_all(name), value));
            return;
        }
        let root = access_path::root(facts, target);
        let is_direct =
            matches!(facts.expr(target), Expr::Member { object, .. } if *object == root);
        let paths = match facts.expr(root) {
            Expr::Global(name) if catalogue::is_platform_global(name) && is_direct => {
                &mut self.wx_writes
            }
            _ if access_path::is_this(facts, root) => &mut self.this_writes,
            _ if access_path::is_app(facts, root) => &mut self.app,
            _ => return,
        };
        paths.extend(access_path::path(facts, target).map(|path| (path.into(), value)));
    }

    fn note_data(&mut self, facts: &ScriptFacts, call: ExprId) {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return };
        if !matches!(facts.expr(*callee), Expr::Member { name, .. } if &**name == "setData") {
            return;
        }
        let Some(Expr::Object(entries)) =
            arguments.first().map(|argument| facts.expr(argument.value))
        else {
            self.data.open = true;
            return;
        };
        for entry in entries {
            match &entry.key {
                Key::Name(name) => {
                    self.data.set.entry(name.clone()).or_default().push(entry.value);
                }
                _ => self.data.open = true,
            }
        }
    }

    /// The branches around the byte `offset`, innermost first. O(log n) and their number.
    pub(super) fn branches_around<'f>(
        &self,
        facts: &'f ScriptFacts,
        offset: usize,
    ) -> impl Iterator<Item = &'f Branch> {
        let branch = |at: usize| self.branches.get(at).and_then(|one| facts.branches.get(one.0));
        let after = self.branches.partition_point(|&(branch, _)| {
            facts.branches.get(branch).is_some_and(|branch| branch.span.start() <= offset)
        });
        let up = |at: &usize| self.branches.get(*at).and_then(|one| one.1);
        std::iter::successors(after.checked_sub(1), up)
            .filter_map(branch)
            .filter(move |branch| offset < branch.span.end())
    }

    /// The object that the object literal `expr` is an entry of, and its key.
    pub(super) fn within(&self, expr: ExprId) -> Option<(ExprId, &str)> {
        self.within.get(&expr).map(|(object, key)| (*object, &**key))
    }

    /// Returns the values stored to `name` of an object that `object` may alias, in document order.
    pub(super) fn field_stores(
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
            .filter(move |(target, _)| self.may_alias(facts, *target, object, CHAIN))
            .map(|(_, value)| *value)
    }

    /// What the module assigns to `this.name`, in document order: the function whose `this` it is,
    /// and the value.
    pub(super) fn field_stores_on_this(
        &self,
        facts: &ScriptFacts,
        name: &str,
    ) -> impl Iterator<Item = (FunctionId, ExprId)> {
        let written = self.writes.get(name).and_then(|by_root| by_root.get(&Root::This));
        written
            .into_iter()
            .flatten()
            .filter_map(|(target, value)| Some((this_of(facts, *target)?, *value)))
    }

    /// The values of `F.prototype.name = …` for the function of the name `function`, in document
    /// order.
    pub(super) fn field_stores_on_prototype(
        &self,
        facts: &ScriptFacts,
        function: &str,
        name: &str,
    ) -> impl Iterator<Item = ExprId> {
        let is_it = |target: ExprId| match facts.expr(target) {
            Expr::Member { object, name } if &**name == "prototype" => match facts.expr(*object) {
                Expr::Name(binding) => {
                    facts.binding(*binding).is_some_and(|binding| &*binding.name == function)
                }
                _ => false,
            },
            _ => false,
        };
        let mut values: Vec<ExprId> = Vec::new();
        for (root, written) in self.writes.get(name).into_iter().flatten() {
            if matches!(root, Root::Name(_)) {
                let own = written.iter().filter(|(target, _)| is_it(*target));
                values.extend(own.map(|(_, value)| *value));
            }
        }
        values.sort_unstable();
        values.into_iter()
    }

    /// What `setData` gives the data of pages and components of this file.
    pub(super) fn data(&self) -> &Data {
        &self.data
    }

    /// What is assigned to members of the app, by their path: `globalData.host`.
    pub(super) fn field_stores_on_app(&self) -> impl Iterator<Item = (&str, ExprId)> {
        self.app.iter().map(|(path, value)| (&**path, *value))
    }

    /// What is assigned to members of `this`, by their path.
    pub(super) fn paths_on_this(&self) -> impl Iterator<Item = (&str, ExprId)> {
        self.this_writes.iter().map(|(path, value)| (&**path, *value))
    }

    /// What is hung on `wx`, by its name.
    pub(super) fn wx_writes(&self) -> impl Iterator<Item = (&str, ExprId)> {
        self.wx_writes.iter().map(|(name, value)| (&**name, *value))
    }

    /// What is put under names of what the module imports, in document order.
    pub(super) fn import_writes(&self) -> impl Iterator<Item = &ImportWrite> {
        self.import_writes.iter()
    }

    /// What is filled name by name, as by `to[name] = from[name]`: `to` and `from`, in no order
    /// that matters.
    pub(super) fn property_copies(&self) -> &[(ExprId, ExprId)] {
        &self.property_copies
    }

    /// The calls of the function expression `function` where it stands, in document order.
    pub(super) fn calls_of(&self, function: FunctionId) -> &[ExprId] {
        self.calls.get(&function).map_or(&[], Vec::as_slice)
    }

    /// The call that the function expression `function` is the first argument of.
    pub(super) fn callback_of(&self, function: FunctionId) -> Option<ExprId> {
        self.callback_call.get(&function).copied()
    }

    /// The calls that the name `binding` is an argument of, and which one, in document order.
    pub(super) fn calls_passed(&self, binding: BindingId) -> &[(ExprId, usize)] {
        self.passed_to.get(&binding).map_or(&[], Vec::as_slice)
    }

    /// What is put into the list of the name `binding`.
    pub(super) fn pushed_to(&self, binding: BindingId) -> &[ExprId] {
        self.pushed.get(&binding).map_or(&[], Vec::as_slice)
    }

    /// The values of `binding.name = …`, in document order.
    pub(super) fn field_stores_of(
        &self,
        facts: &ScriptFacts,
        binding: BindingId,
        name: &str,
    ) -> impl Iterator<Item = ExprId> {
        let written = self.writes.get(name).and_then(|roots| roots.get(&Root::Name(binding)));
        written
            .into_iter()
            .flatten()
            .filter(move |(target, _)| matches!(facts.expr(*target), Expr::Name(own) if *own == binding))
            .map(|(_, value)| *value)
    }

    /// Whether two chains name the same thing: the same members of the same name, global or `this`.
    fn may_alias(&self, facts: &ScriptFacts, a: ExprId, b: ExprId, depth: u32) -> bool {
        depth > 0
            && match (facts.expr(a), facts.expr(b)) {
                (Expr::Name(x), Expr::Name(y)) if x == y => true,
                (Expr::Name(_) | Expr::This(_), Expr::Name(_) | Expr::This(_)) => {
                    is_this(facts, a)
                        && is_this(facts, b)
                        && self.this_owner(facts, a) == self.this_owner(facts, b)
                }
                (Expr::Global(a), Expr::Global(b)) => a == b,
                (Expr::Member { object: a, name: x }, Expr::Member { object: b, name: y }) => {
                    x == y && self.may_alias(facts, *a, *b, depth - 1)
                }
                _ => false,
            }
    }

    /// Returns the object or class that owns `this`; for a component's methods and lifetimes, its
    /// options. `None` for functions that are not methods.
    fn this_owner(&self, facts: &ScriptFacts, this: ExprId) -> Option<ExprId> {
        let owner = facts.function(this_of(facts, this)?)?.owner?;
        match self.within(owner) {
            Some((options, key)) if component::PARTS.contains(&key) => Some(options),
            _ => Some(owner),
        }
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

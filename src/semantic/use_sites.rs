//! What is looked up in one script: which call an expression is handed to, and where a name stands.
//! It follows from the facts of the file alone.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::facts::ScriptFacts;
use crate::facts::script::{Argument, ExportName, Expr, ExprId, FunctionId, ImportedName, Key};

/// As what a value is handed to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgSlot {
    /// The argument of this index.
    Argument(usize),
    /// The entry of this name of an argument that is an object: `success`.
    Property(Box<str>),
}

/// The look-ups of one script.
#[derive(Clone, Debug, Default)]
pub struct UseSites {
    /// Where a value is handed to a call.
    slots: FxHashMap<ExprId, (ExprId, ArgSlot)>,
    /// The expression that a function is.
    functions: FxHashMap<FunctionId, ExprId>,
    /// Indices of the occurrences whose chain ends in a name, in document order.
    names: HashMap<Box<str>, Vec<usize>>,
    /// Indices of the occurrences of names that an import gives under a name of its own choice.
    renamed: Vec<usize>,
    /// The object that an object literal is an entry of, and under which name.
    within: FxHashMap<ExprId, (ExprId, Box<str>)>,
    /// Calls that are waited for, in document order.
    pub awaited: Vec<ExprId>,
}

impl UseSites {
    /// Reads a script. O(n).
    pub fn of(facts: &ScriptFacts) -> Self {
        let mut sites = Self::default();
        for (index, expr) in (0..).zip(&facts.exprs) {
            let id = ExprId(index);
            match expr {
                Expr::Function(function) => {
                    sites.functions.entry(*function).or_insert(id);
                }
                Expr::Object(entries) => {
                    for entry in entries {
                        if let Key::Name(name) = &entry.key {
                            sites.within.insert(entry.value, (id, name.clone()));
                        }
                    }
                }
                Expr::Await(value) if matches!(facts.expr(*value), Expr::Call { .. }) => {
                    sites.awaited.push(*value);
                }
                _ => {}
            }
        }
        for &call in &facts.calls {
            let Expr::Call { arguments, .. } = facts.expr(call) else { continue };
            for (index, &Argument { value, .. }) in arguments.iter().enumerate() {
                sites.slots.insert(value, (call, ArgSlot::Argument(index)));
                if let Expr::Object(entries) = facts.expr(value) {
                    for entry in entries {
                        if let Key::Name(name) = &entry.key {
                            sites
                                .slots
                                .insert(entry.value, (call, ArgSlot::Property(name.clone())));
                        }
                    }
                }
            }
        }
        for (index, occurrence) in facts.occurrences.iter().enumerate() {
            let name = match facts.expr(occurrence.expr) {
                Expr::Member { name, .. } => name,
                Expr::Name(binding) => match facts.binding(*binding) {
                    Some(binding) => {
                        if let [value] = *binding.values.as_slice()
                            && let Expr::Import { name, .. } = facts.expr(value)
                            && !matches!(name, ImportedName::Named(own) if *own == binding.name)
                        {
                            sites.renamed.push(index);
                        }
                        &binding.name
                    }
                    None => continue,
                },
                _ => continue,
            };
            sites.names.entry(name.clone()).or_default().push(index);
        }
        sites.awaited.sort_by_key(|&call| facts.span(call));
        sites
    }

    /// The call that `expr` is handed to, and as what.
    pub fn slot_of(&self, expr: ExprId) -> Option<(ExprId, &ArgSlot)> {
        self.slots.get(&expr).map(|(call, slot)| (*call, slot))
    }

    /// The expression that the function is.
    pub fn expr_of(&self, function: FunctionId) -> Option<ExprId> {
        self.functions.get(&function).copied()
    }

    /// The object that `expr` is an entry of, and its key.
    pub fn within(&self, expr: ExprId) -> Option<(ExprId, &str)> {
        self.within.get(&expr).map(|(object, key)| (*object, &**key))
    }

    /// The occurrences that may be of one of `names`: those that end in it, and with `imports`
    /// those that an import renames.
    pub fn named(&self, names: &[Box<str>], imports: bool) -> Vec<usize> {
        let mut found: Vec<usize> =
            names.iter().filter_map(|name| self.names.get(name)).flatten().copied().collect();
        if imports {
            found.extend(&self.renamed);
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The names under which the module gives the function, besides its own.
    pub fn exported_as(&self, facts: &ScriptFacts, function: FunctionId) -> Vec<Box<str>> {
        let is_it = |value: ExprId| match facts.expr(value) {
            Expr::Function(id) => *id == function,
            Expr::Name(binding) => facts.binding(*binding).is_some_and(|binding| {
                binding.values.iter().any(
                    |&value| matches!(facts.expr(value), Expr::Function(id) if *id == function),
                )
            }),
            _ => false,
        };
        let mut names = Vec::new();
        for export in &facts.exports {
            let Some(value) = export.value else { continue };
            match (&export.name, facts.expr(value)) {
                (ExportName::Named(name), _) if is_it(value) => names.push(name.clone()),
                (_, Expr::Object(entries)) => {
                    for entry in entries {
                        if let Key::Name(name) = &entry.key
                            && is_it(entry.value)
                        {
                            names.push(name.clone());
                        }
                    }
                }
                _ => {}
            }
        }
        names
    }
}

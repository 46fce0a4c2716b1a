//! What modules give each other. A name that a module does not give is no value; whether it can be
//! said to be missing is another question, see [`Resolver::lacks`].

use super::{DEPTH, Resolver, ValueRef};
use crate::facts::script::{Argument, Context, ExportName, Expr, ImportedName, Key};
use crate::semantic::module_graph::ModuleId;

impl Resolver<'_> {
    pub(super) fn follow_import(
        &mut self,
        at: ValueRef,
        import: u32,
        name: &ImportedName,
        found: &mut Vec<ValueRef>,
    ) {
        let values = self.modules.import(at.module, import).map(|module| match name {
            ImportedName::Module | ImportedName::Namespace => self.exported_whole(module),
            ImportedName::Default => {
                let default = self.exported(module, "default").unwrap_or_default();
                if default.is_empty() { self.exported_whole(module) } else { default }
            }
            ImportedName::Named(name) => self.exported(module, name).unwrap_or_default(),
        });
        self.follow_all_or_push_unique(at, values.unwrap_or_default(), found);
    }

    /// The module that an import of all of it gives.
    pub(super) fn module_of(&self, at: ValueRef) -> Option<ModuleId> {
        match self.expr(at) {
            Expr::Import {
                import,
                name: ImportedName::Namespace | ImportedName::Module | ImportedName::Default,
            } => self.modules.import(at.module, *import),
            Expr::Call { callee, arguments, new: false } => {
                self.required(at.at(*callee), arguments)
            }
            _ => None,
        }
    }

    /// The module that `require('…')` gives, when `callee` is the global `require` and its argument
    /// a literal.
    pub(super) fn required(&self, callee: ValueRef, arguments: &[Argument]) -> Option<ModuleId> {
        let Expr::Global(name) = self.expr(callee) else { return None };
        if &**name != "require" {
            return None;
        }
        let Expr::String(specifier) = self.expr(callee.at(arguments.first()?.value)) else {
            return None;
        };
        self.modules.specifier(callee.module, specifier)
    }

    /// `module.exports = …`
    pub(super) fn exported_whole(&self, module: ModuleId) -> Vec<ValueRef> {
        let Some(facts) = self.modules.facts(module) else { return Vec::new() };
        let wholes = facts.exports.iter().filter(|export| export.name == ExportName::Whole);
        wholes.filter_map(|export| export.value.map(|expr| ValueRef::new(module, expr))).collect()
    }

    /// What a module gives under `name`; `None` when it gives nothing of that name that we see.
    pub(super) fn exported(&mut self, module: ModuleId, name: &str) -> Option<Vec<ValueRef>> {
        let facts = self.modules.facts(module)?;
        let mut values = Vec::new();
        for export in &facts.exports {
            let named = match &export.name {
                ExportName::Named(own) => &**own == name,
                ExportName::Default => name == "default",
                ExportName::Whole => {
                    if let Some(expr) = export.value {
                        let (wholes, aliases) =
                            self.resolve_with_aliases(ValueRef::new(module, expr));
                        for whole in wholes {
                            values.extend(self.member_of(whole, name).values);
                        }
                        for alias in aliases {
                            values.extend(self.field_stores(alias, name));
                        }
                    }
                    false
                }
                ExportName::All => {
                    if let Some(from) =
                        export.from.and_then(|import| self.modules.import(module, import))
                        && self.fuel > 0
                        && self.depth < DEPTH
                    {
                        self.fuel -= 1;
                        self.modules.spend(1);
                        self.depth += 1;
                        values.extend(self.exported(from, name).unwrap_or_default());
                        self.depth -= 1;
                    }
                    false
                }
            };
            if let (true, Some(expr)) = (named, export.value) {
                values.push(ValueRef::new(module, expr));
            }
        }
        values.dedup();
        (!values.is_empty()).then_some(values)
    }

    /// Whether it is certain that `at`, a member, does not exist: its object is a module that gives
    /// what it gives by name, and nothing in the program assigns to a member of that name.
    pub fn is_missing(&mut self, at: ValueRef) -> bool {
        let Expr::Member { object, name } = self.expr(at) else { return false };
        let object = at.at(*object);
        let Some(module) = self.module_behind(object) else { return false };
        self.lacks(module, name) && !self.modules.is_assigned(name)
    }

    /// The module that `object` is a name of, when it is nothing else.
    fn module_behind(&mut self, object: ValueRef) -> Option<ModuleId> {
        let Expr::Name(binding) = self.expr(object) else { return self.module_of(object) };
        let binding = self.facts(object)?.binding(*binding)?;
        let [value] = *binding.values.as_slice() else { return None };
        self.module_of(object.at(value))
    }

    /// Whether the module surely gives nothing under `name`: all it gives stands there by name.
    fn lacks(&mut self, module: ModuleId, name: &str) -> bool {
        let Some(facts) = self.modules.facts(module) else { return false };
        if facts.exports.is_empty() || !facts.problems.is_empty() {
            return false;
        }
        // Who hands `exports` on, or assigns to what it computes, may give anything.
        let handed_on = facts.occurrences.iter().any(|occurrence| {
            matches!(occurrence.context, Context::Read | Context::Bound(_))
                && matches!(facts.expr(occurrence.expr), Expr::Global(global)
                    if matches!(&**global, "exports" | "module"))
        });
        let computed =
            facts.writes.iter().any(|write| matches!(facts.expr(write.target), Expr::Index { .. }));
        if handed_on || computed {
            return false;
        }
        facts.exports.iter().all(|export| match (&export.name, export.value) {
            (ExportName::Named(own), _) => &**own != name,
            (ExportName::Default | ExportName::Whole, Some(value)) => {
                let sources = self.resolve(ValueRef::new(module, value));
                !sources.is_empty()
                    && sources.into_iter().all(|source| match self.expr(source) {
                        Expr::Object(entries) => entries.iter().all(|entry| match &entry.key {
                            Key::Name(key) | Key::Getter(key) | Key::Setter(key) => &**key != name,
                            Key::Computed(_) | Key::Spread => false,
                        }),
                        _ => false,
                    })
            }
            _ => false,
        })
    }
}

//! What the `this` of a component has whose script stands beside its template: its data, its computed values, what its `setup`
//! returns, and what a script gives to all components. Boxes of composition functions are opened here, too.

use super::{Resolver, ValueRef};
use crate::catalogue;
use crate::facts::script::{Argument, Expr};
use crate::semantic::component;
use crate::semantic::module_graph::ModuleId;

/// How many functions deep a box is looked into.
const DEPTH: u32 = 4;

impl<'a> Resolver<'a> {
    /// What the component with the options `options` has under `name` besides methods.
    pub(super) fn member_of_component(&mut self, options: ValueRef, name: &str) -> Vec<ValueRef> {
        let is_it = self.facts(options).and_then(component::options) == Some(options.expr);
        let Expr::Object(entries) = self.expr(options) else { return Vec::new() };
        if !is_it {
            return Vec::new();
        }
        let mut values = Vec::new();
        for key in ["data", "setup"] {
            for data in self.entry_of(options, entries, key).values {
                let objects = match self.expr(data) {
                    Expr::Function(_) => self.returns(data),
                    _ => vec![data],
                };
                for object in objects {
                    values.extend(self.property(object, name).values);
                }
            }
        }
        for computed in self.entry_of(options, entries, "computed").values {
            let Expr::Object(entries) = self.expr(computed) else { continue };
            for value in self.entry_of(computed, entries, name).values {
                let getter = match self.expr(value) {
                    Expr::Object(entries) => self.entry_of(value, entries, "get").values,
                    _ => vec![value],
                };
                values.extend(getter.into_iter().flat_map(|getter| self.returns(getter)));
            }
        }
        if values.is_empty() {
            values.extend_from_slice(self.modules.component_stores(name));
        }
        values
    }

    /// What stands in the box that the call of `callee` at `call` makes: `ref(x).value`, `computed(() => x).value`. `None` for
    /// any other call.
    pub(super) fn boxed(
        &mut self,
        call: ValueRef,
        callee: ValueRef,
        arguments: &'a [Argument],
    ) -> Option<Vec<ValueRef>> {
        let facts = self.facts(callee)?;
        let name = component::composition_function(facts, callee.expr)?;
        if !catalogue::is_box(name) {
            return None;
        }
        let Some(argument) = arguments.first() else { return Some(Vec::new()) };
        let argument = call.at(argument.value);
        Some(match self.expr(argument) {
            Expr::Function(_) => self.returns(argument),
            _ => vec![argument],
        })
    }

    /// What the call of `callee` gives back as it is: `reactive(x)`.
    pub(super) fn passed_through(
        &self,
        call: ValueRef,
        callee: ValueRef,
        arguments: &[Argument],
    ) -> Option<ValueRef> {
        let facts = self.facts(callee)?;
        let name = component::composition_function(facts, callee.expr)?;
        let argument = arguments.first()?;
        catalogue::is_pass(name).then(|| call.at(argument.value))
    }

    /// What a template sees under `name` of the script at `module`: names of the block `setup` with their boxes opened, or what
    /// the options have.
    pub fn seen_by_template(&mut self, module: ModuleId, name: &str) -> Vec<ValueRef> {
        let Some(facts) = self.modules.facts(module) else { return Vec::new() };
        let mut values = Vec::new();
        for id in component::setup_names(facts) {
            let Some(binding) = facts.binding(id).filter(|binding| *binding.name == *name) else {
                continue;
            };
            for &value in &binding.values {
                let value = ValueRef::new(module, value);
                let opened = self.opened(value, DEPTH);
                values.extend(opened);
            }
            // `url.value = …`
            if let Some(index) = self.modules.index(module) {
                let stored = index.field_stores_of(facts, id, VALUE);
                values.extend(stored.map(|value| ValueRef::new(module, value)));
            }
        }
        if let Some(options) = component::options(facts) {
            let found = self.member_of_component(ValueRef::new(module, options), name);
            for value in found {
                let opened = self.opened(value, DEPTH);
                values.extend(opened);
            }
        }
        values
    }

    /// What stands in the box that `at` is, and what is put there; else `at` itself.
    fn opened(&mut self, at: ValueRef, depth: u32) -> Vec<ValueRef> {
        let Expr::Call { callee, arguments, new: false } = self.expr(at) else { return vec![at] };
        let callee = at.at(*callee);
        if depth == 0 || self.boxed(at, callee, arguments).is_none() {
            return vec![at];
        }
        self.property(at, VALUE).values
    }
}

/// The name under which a box holds its value.
pub(super) const VALUE: &str = "value";

//! What others do to an object: functions that it is handed to (`prepare(options)` where `prepare`
//! says `options.url = …`), and modules that import it (`config.host = …`). Functions are looked
//! for only where the object is handed on by its name, and modules only by assignments to what they
//! import.

use super::{Resolver, ValueRef};
use crate::facts::script::Expr;

/// How many calls that an object is handed to are looked at.
const MOST: usize = 16;

/// How many assignments by other modules to one name are looked at.
const MOST_IMPORT_WRITES: usize = 32;

impl Resolver<'_> {
    /// What other modules put under `name` of one of `objects`, which they import: `config.host =
    /// …`.
    pub(super) fn external_stores(
        &mut self,
        at: ValueRef,
        objects: &[ValueRef],
        name: &str,
    ) -> Vec<ValueRef> {
        let is_theirs = |object: &ValueRef| {
            matches!(self.expr(*object), Expr::Object(_) | Expr::Call { new: true, .. })
        };
        if !objects.iter().any(is_theirs) {
            return Vec::new();
        }
        let modules = self.modules;
        let mut values = Vec::new();
        for &(target, value) in modules.import_writes(name).iter().take(MOST_IMPORT_WRITES) {
            if !self.spend() {
                break;
            }
            let is_it = |one: &ValueRef| {
                objects.iter().any(|object| object.module == one.module && object.expr == one.expr)
            };
            if target.module != at.module && self.resolve(target).iter().any(is_it) {
                values.push(value);
            }
        }
        self.instantiate_at_callers(at, values)
    }

    /// What functions that the object of the name `alias` is handed to put under `name` of it.
    /// Calls that enclose `at` are excluded, what their functions do
    /// is seen from inside.
    pub(super) fn stores_by_callees(
        &mut self,
        at: ValueRef,
        alias: ValueRef,
        name: &str,
    ) -> Vec<ValueRef> {
        let modules = self.modules;
        let (Expr::Name(binding), Some(index)) = (self.expr(alias), modules.index(alias.module))
        else {
            return Vec::new();
        };
        let mut values = Vec::new();
        for &(call, argument) in index.calls_passed(*binding).iter().take(MOST) {
            let call = alias.at(call);
            let Expr::Call { callee, arguments, new: false } = self.expr(call) else { continue };
            if self.is_entered_by(at.context, call) {
                continue;
            }
            let callee = call.at(*callee);
            if self.is_merge(callee) {
                // `Object.assign(options, more)`
                for other in arguments.iter().skip(1).filter(|_| argument == 0) {
                    if !other.spread && self.spend() {
                        values.extend(self.property(call.at(other.value), name).values);
                    }
                }
                continue;
            }
            if !self.spend() {
                break;
            }
            // Who says which function that is has no say in what it does.
            let params_read = std::mem::take(&mut self.params_read);
            let functions = self.callees(callee);
            self.params_read = params_read;
            for function in functions {
                values.extend(self.stores_by_callee(function, call, callee, argument, name));
            }
        }
        values
    }

    /// What `function`, called by `call`, puts under `name` of its argument.
    fn stores_by_callee(
        &mut self,
        function: ValueRef,
        call: ValueRef,
        callee: ValueRef,
        argument: usize,
        name: &str,
    ) -> Vec<ValueRef> {
        let modules = self.modules;
        let Expr::Function(id) = self.expr(function) else { return Vec::new() };
        let parameter = self
            .facts(function)
            .and_then(|facts| facts.function(*id)?.parameters.get(argument)?.binding);
        let (Some(parameter), Some(index)) = (parameter, modules.index(function.module)) else {
            return Vec::new();
        };
        let Some(facts) = self.facts(function) else { return Vec::new() };
        let written: Vec<_> = index.field_stores_of(facts, parameter, name).collect();
        if written.is_empty() {
            return Vec::new();
        }
        let context = self.enter(function, call, callee);
        context.map_or_else(Vec::new, |context| {
            written.into_iter().map(|value| function.at(value).within(context)).collect()
        })
    }
}

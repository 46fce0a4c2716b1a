//! What others do to an object: functions that it is handed to (`prepare(options)` where `prepare` says `options.url = …`), and modules
//! that import it (`config.host = …`). The one thing to know: functions are looked for only where the object is handed on by its
//! name, and modules only by assignments to what they import.

use super::{Resolver, ValueRef};
use crate::facts::script::Expr;

/// How many calls that an object is handed to are looked at.
const MOST: usize = 16;

/// How many assignments by other modules to one name are looked at.
const MOST_GIFTS: usize = 32;

impl Resolver<'_> {
    /// What other modules put under `name` of one of `objects`, which they import: `config.host = …`.
    pub(super) fn put_by_others(
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
        for &(target, value) in modules.gifts(name).iter().take(MOST_GIFTS) {
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
        self.given(at, values)
    }

    /// What functions that the object of the name `alias` is handed to put under `name` of it. Somebody at `at` asks: the calls that
    /// led there are none of these, what their functions do is seen from inside.
    pub(super) fn changed(&mut self, at: ValueRef, alias: ValueRef, name: &str) -> Vec<ValueRef> {
        let modules = self.modules;
        let (Expr::Name(binding), Some(index)) = (self.expr(alias), modules.index(alias.module))
        else {
            return Vec::new();
        };
        let mut values = Vec::new();
        for &(call, argument) in index.given_to(*binding).iter().take(MOST) {
            let call = alias.at(call);
            let Expr::Call { callee, arguments, new: false } = self.expr(call) else { continue };
            if self.is_led_by(at.frame, call) {
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
            let consulted = std::mem::take(&mut self.consulted);
            let functions = self.callees(callee);
            self.consulted = consulted;
            for function in functions {
                values.extend(self.changed_by(function, call, callee, argument, name));
            }
        }
        values
    }

    /// What `function`, called by `call`, puts under `name` of its argument.
    fn changed_by(
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
        let written: Vec<_> = index.written_to(facts, parameter, name).collect();
        if written.is_empty() {
            return Vec::new();
        }
        let frame = self.enter(function, call, callee);
        frame.map_or_else(Vec::new, |frame| {
            written.into_iter().map(|value| function.at(value).within(frame)).collect()
        })
    }
}

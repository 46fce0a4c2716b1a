//! Values that a function puts into something outside of it: `setBase(base) { root = base }`. What
//! is put there is what the callers of that function give, so each such value is followed in the
//! frame of each caller; who stands inside the function, or follows a call of it already, sees its
//! own parameters.

use super::{Resolver, ValueRef};
use crate::facts::script::{Expr, FunctionId};

/// How many functions deep callers are asked for their own callers.
const CALLERS: u32 = 3;

impl Resolver<'_> {
    /// Expands each of `values` that depends on a parameter into one value per caller, in the contexts
    /// of its function's callers.
    pub(super) fn instantiate_at_callers(
        &mut self,
        at: ValueRef,
        values: Vec<ValueRef>,
    ) -> Vec<ValueRef> {
        let mut all = Vec::with_capacity(values.len());
        for value in values {
            match self.controlling_function(at, value) {
                Some(function) => self.by_callers(value, function, CALLERS, &mut all),
                None => all.push(value),
            }
        }
        all
    }

    /// The function whose parameter decides `value`, seen from `at`, outside of it.
    fn controlling_function(&self, at: ValueRef, value: ValueRef) -> Option<FunctionId> {
        let facts = self.facts(value)?;
        let function = self.controlling_param_owner(value)?;
        let one = facts.function(function)?;
        let inside = at.module == value.module && one.span.contains(facts.span(at.expr));
        let is_known = self.is_called_at(value, function)
            || one.parent.is_some_and(|parent| self.has_context(value, parent));
        (!inside && !is_known).then_some(function)
    }

    /// Adds `value` in the frame of each call of `function`, and as it is where others may call it.
    fn by_callers(
        &mut self,
        value: ValueRef,
        function: FunctionId,
        depth: u32,
        all: &mut Vec<ValueRef>,
    ) {
        let callers = self.callers(value.module, function);
        for &call in &callers.calls {
            for call in self.calls_in_contexts(call, depth) {
                let context = self.enter_by((value.module, function), call);
                all.push(value.within(context.unwrap_or_default()));
            }
        }
        if !callers.complete {
            all.push(value);
        }
    }

    /// What `value`, which the method `function` gives `this.name`, is for `object`: the `new`
    /// expression of the class, or of one that extends it, at `class`. Only callers that call it on
    /// that very object count.
    pub(super) fn instantiate_method_at_callers(
        &mut self,
        value: ValueRef,
        function: FunctionId,
        object: ValueRef,
        class: ValueRef,
    ) -> Vec<ValueRef> {
        let mut values = Vec::new();
        let callers = self.callers(value.module, function);
        let mut complete = callers.complete;
        for &call in &callers.calls {
            let Expr::Call { callee, .. } = self.expr(call) else { continue };
            let Expr::Member { object: receiver, .. } = self.expr(call.at(*callee)) else {
                continue;
            };
            let mut calls = Vec::new();
            if let Expr::This(Some(method)) = self.expr(call.at(*receiver)) {
                // Another method of the same object.
                let context = self.enter_for((call.module, *method), None, object, class.context);
                calls.extend(context.map(|context| call.within(context)));
                complete &= self.decider(call).is_none();
            } else {
                let receivers = self.resolve(call.at(*receiver));
                let is_it = |one: &ValueRef| one.module == object.module && one.expr == object.expr;
                if receivers.iter().any(is_it) {
                    calls = self.calls_in_contexts(call, CALLERS);
                } else {
                    let is_made =
                        |one: &ValueRef| matches!(self.expr(*one), Expr::Call { new: true, .. });
                    complete &= !receivers.is_empty() && receivers.iter().all(is_made);
                }
            }
            for call in calls {
                let context =
                    self.enter_for((value.module, function), Some(call), object, class.context);
                values.extend(context.map(|context| value.within(context)));
            }
        }
        if !complete {
            let context = self.enter_for((value.module, function), None, object, class.context);
            values.push(value.within(context.unwrap_or(class.context)));
        }
        values
    }

    /// The function around `call` whose parameter decides one of its arguments.
    fn decider(&self, call: ValueRef) -> Option<FunctionId> {
        let Expr::Call { arguments, .. } = self.expr(call) else { return None };
        arguments.iter().find_map(|argument| self.controlling_param_owner(call.at(argument.value)))
    }

    /// Returns the innermost function around `value` whose parameter determines it.
    pub(super) fn controlling_param_owner(&self, value: ValueRef) -> Option<FunctionId> {
        let facts = self.facts(value)?;
        self.modules.param_owners(value.module)?.of(facts, value.expr)
    }

    /// The call `call`, whose arguments may hang on a parameter of the function around it: once for
    /// each caller of that one.
    pub(super) fn calls_in_contexts(&mut self, call: ValueRef, depth: u32) -> Vec<ValueRef> {
        let around = self.decider(call).filter(|&function| !self.is_called_at(call, function));
        match around {
            Some(function) if depth > 0 => {
                let mut calls = Vec::new();
                self.by_callers(call, function, depth - 1, &mut calls);
                calls
            }
            _ => vec![call],
        }
    }
}

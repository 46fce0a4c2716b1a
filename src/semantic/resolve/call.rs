//! What a call gives: what the function returns for the arguments at hand. A function is followed
//! in the frame of the call, so two callers never see each other's arguments.

use super::call_context::ArgumentValue;
use super::{Resolver, ValueRef};
use crate::facts::script::{Argument, Expr, FunctionId};

impl<'a> Resolver<'a> {
    pub(super) fn follow_call(
        &mut self,
        at: ValueRef,
        callee: ValueRef,
        arguments: &'a [Argument],
        found: &mut Vec<ValueRef>,
    ) {
        if let Some(module) = self.required(callee, arguments) {
            let whole = self.exported_whole(module);
            return self.follow_all_or_push_unique(at, whole, found);
        }
        // `Object(f)` is `f`: webpack writes calls of imports so.
        if let (Expr::Global(name), [Argument { value, spread: false }]) =
            (self.expr(callee), arguments)
            && &**name == "Object"
        {
            return self.follow(at.at(*value), found);
        }
        // Several objects in one: asked for its members, not followed.
        if self.is_merge(callee) {
            return super::push_unique(found, at);
        }
        if let Some(value) = self.passed_through(at, callee, arguments) {
            return self.follow(value, found);
        }
        let mut functions = self.callees(callee);
        // `let hook = null` is what it is before it is given something.
        functions.retain(|&one| {
            !matches!(self.expr(one), Expr::Null | Expr::Undefined) && !self.is_omitted(one)
        });
        let bound = matches!(self.expr(callee), Expr::Member { name, .. } if &**name == "bind");
        if bound && arguments.len() < 2 && self.are_functions(&functions) {
            found.extend(functions);
            return;
        }
        let mut known = !functions.is_empty() && !bound;
        let mut values = Vec::new();
        for function in functions {
            let context = self.enter(function, at, callee).filter(|_| !bound);
            let returns = match context {
                Some(context) => self.returns(function.within(context)),
                None => Vec::new(),
            };
            known &= !returns.is_empty();
            values.extend(returns);
        }
        if !known {
            let made = self.made_of_list(callee, arguments);
            if made.is_empty() {
                super::push_unique(found, at);
            }
            values.extend(made);
        }
        for value in values {
            self.follow(value, found);
        }
    }

    /// What `callee` calls: `f` for `f.call`, `f.apply` and `f.bind` of a function.
    pub fn callees(&mut self, callee: ValueRef) -> Vec<ValueRef> {
        if let Expr::Member { object, name } = self.expr(callee)
            && matches!(&**name, "call" | "apply" | "bind")
        {
            let functions = self.resolve(callee.at(*object));
            if self.are_functions(&functions) {
                return functions;
            }
        }
        self.resolve(callee)
    }

    fn are_functions(&self, sources: &[ValueRef]) -> bool {
        !sources.is_empty()
            && sources.iter().all(|&source| matches!(self.expr(source), Expr::Function(_)))
    }

    /// The expressions that the function at `function` returns, in the frame of `function`; none
    /// for anything else.
    pub fn returns(&mut self, function: ValueRef) -> Vec<ValueRef> {
        let Expr::Function(id) = self.expr(function) else { return Vec::new() };
        let facts = self.facts(function);
        let Some(facts) = facts.and_then(|facts| facts.function(*id)) else { return Vec::new() };
        if facts.generator {
            return Vec::new();
        }
        let returns = facts.returns.iter().map(|&expr| function.at(expr)).collect();
        self.feasible_values(returns)
    }

    /// A parameter is the argument of the frame's call; without a frame, that of a function
    /// expression called where it stands.
    pub(super) fn follow_parameter(
        &mut self,
        at: ValueRef,
        function: FunctionId,
        index: u32,
        found: &mut Vec<ValueRef>,
    ) {
        let rest = self
            .facts(at)
            .and_then(|facts| Some(facts.function(function)?.parameters.get(index as usize)?.rest));
        if rest == Some(true) {
            return super::push_unique(found, at);
        }
        match self.argument(at, function, index) {
            ArgumentValue::Value(context, value) => {
                self.params_read.insert((context, value));
                return self.follow(value, found);
            }
            ArgumentValue::Nothing => return super::push_unique(found, at),
            ArgumentValue::Unknown => {}
        }
        let modules = self.modules;
        let calls = modules.index(at.module).map_or(&[][..], |index| index.calls_of(function));
        let mut known = false;
        for &call in calls {
            let Expr::Call { callee, arguments, .. } = self.expr(at.at(call)) else { continue };
            let at_once = matches!(self.expr(at.at(*callee)), Expr::Function(_));
            if let Some(argument) = arguments.get(index as usize)
                && at_once
                && !argument.spread
            {
                known = true;
                self.follow(at.at(argument.value), found);
            }
        }
        if !known && !self.follow_callback(at, function, index, found) {
            super::push_unique(found, at);
        }
    }
}

//! What a function is given by those who call it back: the methods of lists, and promises. Only a
//! function that stands in the call itself (`list.forEach((one) => …)`) is known to be called by it
//! and by no other code.

use super::{ReleaseChannel, Resolver, ValueRef};
use crate::facts::script::{Argument, Expr, FunctionId};

/// Methods of a list that hand each element to their first argument.
const EACH: [&str; 8] =
    ["every", "filter", "find", "findIndex", "flatMap", "forEach", "map", "some"];
/// Methods of a list that hand on what was made so far, and each element.
const FOLDS: [&str; 2] = ["reduce", "reduceRight"];
/// How many promises may hang on each other.
const PROMISES: u32 = 4;
/// Methods of a list that give one of its elements.
const PICKS: [&str; 4] = ["at", "find", "pop", "shift"];

impl<'a> Resolver<'a> {
    /// Follows the parameter `index` of `function`, which stands in the frame of `at`, to what
    /// calls it back. Whether that is all that it can be.
    pub(super) fn follow_callback(
        &mut self,
        at: ValueRef,
        function: FunctionId,
        index: u32,
        found: &mut Vec<ValueRef>,
    ) -> bool {
        // Which interfaces a text names is asked of every name in it: too often for this, and an
        // element of a list is none.
        if self.channel == ReleaseChannel::Text {
            return false;
        }
        let modules = self.modules;
        let Some(call) = modules.index(at.module).and_then(|index| index.callback_of(function))
        else {
            return false;
        };
        let Expr::Call { callee, arguments, new: false } = self.expr(at.at(call)) else {
            return false;
        };
        let Expr::Member { object, name } = self.expr(at.at(*callee)) else { return false };
        let object = at.at(*object);
        let (values, whole) = match (&**name, index) {
            ("then", 0) => (self.promised(object), true),
            (name, 0) if EACH.contains(&name) => self.all_elements(object),
            (name, 1) if FOLDS.contains(&name) => self.all_elements(object),
            (name, 0) if FOLDS.contains(&name) => self.folded(at, arguments),
            _ => return false,
        };
        for &value in &values {
            self.follow(value, found);
        }
        whole && !values.is_empty()
    }

    fn all_elements(&mut self, list: ValueRef) -> (Vec<ValueRef>, bool) {
        self.elements(list).map_or((Vec::new(), false), |found| (found.values, found.complete))
    }

    /// What `list.reduce(function, start)` hands on: what it starts with, and what the function
    /// makes of it.
    fn folded(&mut self, at: ValueRef, arguments: &'a [Argument]) -> (Vec<ValueRef>, bool) {
        let [function, start] = arguments else { return (Vec::new(), false) };
        let mut values = vec![at.at(start.value)];
        values.extend(self.returns(at.at(function.value)));
        (values, !start.spread)
    }

    /// What a method of a list gives: what `reduce` made of it, one of its elements.
    pub(super) fn made_of_list(
        &mut self,
        callee: ValueRef,
        arguments: &'a [Argument],
    ) -> Vec<ValueRef> {
        let Expr::Member { object, name } = self.expr(callee) else { return Vec::new() };
        let (values, whole) = match &**name {
            name if FOLDS.contains(&name) => self.folded(callee, arguments),
            name if PICKS.contains(&name) => self.all_elements(callee.at(*object)),
            _ => return Vec::new(),
        };
        if whole { values } else { Vec::new() }
    }

    /// Follows what `await` makes of `value`.
    pub(super) fn follow_awaited(&mut self, value: ValueRef, found: &mut Vec<ValueRef>) {
        if self.channel == ReleaseChannel::Text {
            return self.follow(value, found);
        }
        let promised = self.promised(value);
        self.follow_all_or_push_unique(value, promised, found);
    }

    /// What a promise will give: expressions to follow; none when it is not known.
    fn promised(&mut self, promise: ValueRef) -> Vec<ValueRef> {
        if self.promises >= PROMISES {
            return Vec::new();
        }
        self.promises += 1;
        let values = self.settled(promise);
        self.promises -= 1;
        values
    }

    /// Whether `source` is a call that makes a promise of the language's own.
    fn is_promise(&self, source: ValueRef) -> bool {
        let Expr::Call { callee, new, .. } = self.expr(source) else { return false };
        match self.expr(source.at(*callee)) {
            Expr::Global(name) => *new && &**name == "Promise",
            Expr::Member { name, .. } => {
                matches!(&**name, "resolve" | "then" | "catch" | "finally")
            }
            _ => false,
        }
    }

    fn settled(&mut self, promise: ValueRef) -> Vec<ValueRef> {
        let sources = self.resolve(promise);
        // Not what it is, but itself: whoever follows it sees what names the value goes by.
        if !sources.iter().any(|&source| self.is_promise(source)) {
            let known = |&source: &ValueRef| !matches!(self.expr(source), Expr::Call { .. });
            return if sources.iter().any(known) { vec![promise] } else { Vec::new() };
        }
        let mut values = Vec::new();
        for source in sources {
            let Expr::Call { callee, arguments, new } = self.expr(source) else {
                values.push(source);
                continue;
            };
            let callee = source.at(*callee);
            let first = arguments.first().filter(|first| !first.spread);
            let first = first.map(|first| source.at(first.value));
            match (self.expr(callee), first) {
                (Expr::Global(name), Some(first)) if *new && &**name == "Promise" => {
                    values.extend(self.resolved_by(first));
                }
                (Expr::Member { object, name }, first) => {
                    let object = source.at(*object);
                    let is_class =
                        matches!(self.expr(object), Expr::Global(name) if &**name == "Promise");
                    match (&**name, first) {
                        ("resolve", Some(first)) if is_class => {
                            values.extend(self.promised(first));
                        }
                        ("then", Some(first)) if self.spend() => {
                            for function in self.callees(first) {
                                for value in self.returns(function) {
                                    values.extend(self.promised(value));
                                }
                            }
                        }
                        ("catch" | "finally", _) => values.extend(self.promised(object)),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        values
    }

    /// What the executor of a promise gives to the function that it is handed first.
    fn resolved_by(&mut self, executor: ValueRef) -> Vec<ValueRef> {
        let Expr::Function(function) = self.expr(executor) else { return Vec::new() };
        let Some(facts) = self.facts(executor) else { return Vec::new() };
        let Some(own) = facts.function(*function) else { return Vec::new() };
        let Some(normalize) = own.parameters.first().and_then(|parameter| parameter.binding) else {
            return Vec::new();
        };
        let from = facts.calls.partition_point(|&call| facts.span(call).start() < own.span.start());
        let within = facts.calls.iter().skip(from);
        within
            .take_while(|&&call| facts.span(call).start() < own.span.end())
            .filter_map(|&call| {
                let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
                let is_it = matches!(facts.expr(*callee), Expr::Name(name) if *name == normalize);
                let first = arguments.first().filter(|first| is_it && !first.spread)?;
                Some(executor.at(first.value))
            })
            .collect()
    }
}

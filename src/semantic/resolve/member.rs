//! What stands under a name of an object: of a literal, a class and its instances, `this`, a
//! module, the app, and of what is put together by spread and `Object.assign`. [`Lookup::complete`]
//! is a claim – nothing else can stand there – and every doubt clears it.

use super::component::VALUE;
use super::instance::Instance;
use super::{Resolver, ValueRef};
use crate::facts::script::{Argument, Entry, Expr, FunctionId, Key};
use crate::semantic::component;
use crate::semantic::module_graph::ModuleId;
use crate::text::Span;

/// What stands under a name.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// The values, in a stable order; none when the object has no such name.
    pub values: Vec<ValueRef>,
    /// Whether nothing else can stand there.
    pub complete: bool,
}

impl Lookup {
    fn known(values: Vec<ValueRef>) -> Self {
        Self { values, complete: true }
    }

    pub(super) fn unknown() -> Self {
        Self::default()
    }

    pub(super) fn add(&mut self, other: Self) {
        self.values.extend(other.values);
        self.complete &= other.complete;
    }
}

/// How many classes deep an inheritance is followed.
pub(super) const BASES: u32 = 8;
/// Names that Babel and TypeScript give their helpers that copy the properties of all later
/// arguments into the first.
const MERGE_HELPERS: [&str; 7] = [
    "__assign",
    "_assign",
    "_extends",
    "_extends2",
    "_objectSpread",
    "_objectSpread2",
    "_objectSpread3",
];

impl<'a> Resolver<'a> {
    /// What stands under `name` of the value of `at`, for each object that it may be.
    pub fn property(&mut self, at: ValueRef, name: &str) -> Lookup {
        let (sources, aliases) = self.resolve_with_aliases(at);
        let mut found = Lookup { complete: !sources.is_empty(), ..Lookup::default() };
        // Of an object that is known by how it was made, all is known by that.
        let made =
            sources.iter().any(|&one| matches!(self.expr(one), Expr::Call { new: true, .. }));
        let external = self.external_stores(at, &sources, name);
        for source in sources {
            // `let options = null` is what it is before it is given something.
            if !self.is_absent(source) {
                found.add(self.member_of(source, name));
            }
        }
        found.values.extend(external);
        for alias in aliases {
            if !made {
                found.values.extend(self.field_stores(alias, name));
            }
            found.values.extend(self.stores_by_callees(at, alias, name));
        }
        let mut seen = Vec::new();
        found.values.retain(|value| {
            !seen.contains(value) && {
                seen.push(*value);
                true
            }
        });
        found
    }

    /// What stands under `name` of `object`, which is what it is: no name or member that leads
    /// elsewhere.
    pub(super) fn member_of(&mut self, object: ValueRef, name: &str) -> Lookup {
        match self.expr(object) {
            Expr::Object(entries) => self.entry_of(object, entries, name),
            Expr::Class { base, statics, .. } => {
                let found = self.entry_of(object, statics, name);
                match base.filter(|_| found.values.is_empty()) {
                    Some(base) => self.member_of_all(object.at(base), name),
                    None => found,
                }
            }
            Expr::This(Some(function)) => self.member_of_this(object, *function, name),
            Expr::Call { callee, arguments, new: false } => {
                self.member_of_call(object, object.at(*callee), arguments, name)
            }
            Expr::Call { callee, new: true, .. } => {
                let instance = Instance::of(object);
                self.member_of_instance(object.at(*callee), instance, name, BASES)
            }
            Expr::Import { .. } => match self.module_of(object) {
                Some(module) => self.member_of_module(module, name),
                None => Lookup::unknown(),
            },
            Expr::Global(global) => self.member_of_global(global, name),
            Expr::Member { .. } => self.member_of_environment(object, name).unwrap_or_default(),
            // `api.request = …` on a function, `Http.prototype`: what the module hangs on it is
            // found by its name.
            _ => Lookup::unknown(),
        }
    }

    /// [`Self::member_of`] for each object that `at` may be.
    fn member_of_all(&mut self, at: ValueRef, name: &str) -> Lookup {
        let sources = self.resolve(at);
        let mut found = Lookup { complete: !sources.is_empty(), ..Lookup::default() };
        for source in sources {
            if !self.is_absent(source) {
                found.add(self.member_of(source, name));
            }
        }
        found
    }

    fn member_of_module(&mut self, module: ModuleId, name: &str) -> Lookup {
        match self.exported(module, name) {
            Some(values) => Lookup::known(values),
            None => Lookup::unknown(),
        }
    }

    /// Entries are read from the end: the last one of a name counts; a spread before it may still
    /// give it.
    pub(super) fn entry_of(
        &mut self,
        object: ValueRef,
        entries: &'a [Entry],
        name: &str,
    ) -> Lookup {
        let mut found = Lookup::known(Vec::new());
        for entry in entries.iter().rev() {
            let value = object.at(entry.value);
            match &entry.key {
                Key::Name(key) if &**key == name => {
                    // A rest element has no property that was taken out before it.
                    if !self.is_taken_out(entry.key_span, value) {
                        found.values.push(value);
                    }
                    return found;
                }
                Key::Getter(key) if &**key == name => {
                    let returns = self.returns(value);
                    found.values.extend(returns);
                    return found;
                }
                Key::Spread => {
                    let spread = self.member_of_all(value, name);
                    let certain = spread.complete && !spread.values.is_empty();
                    found.add(spread);
                    if certain {
                        return found;
                    }
                }
                // Whether it is the name only running tells.
                Key::Computed(_) => found.complete = false,
                Key::Name(_) | Key::Getter(_) | Key::Setter(_) => {}
            }
        }
        found
    }

    fn member_of_call(
        &mut self,
        call: ValueRef,
        callee: ValueRef,
        arguments: &'a [Argument],
        name: &str,
    ) -> Lookup {
        if let Some(module) = self.required(callee, arguments) {
            return self.member_of_module(module, name);
        }
        if self.is_merge(callee) {
            let mut found = Lookup::known(Vec::new());
            for argument in arguments.iter().rev() {
                if argument.spread {
                    found.complete = false;
                    continue;
                }
                let part = self.property(call.at(argument.value), name);
                let certain = part.complete && !part.values.is_empty();
                found.add(part);
                if certain {
                    break;
                }
            }
            return found;
        }
        if name == VALUE
            && let Some(values) = self.boxed(call, callee, arguments)
        {
            return Lookup { complete: !values.is_empty(), values };
        }
        match self.app_of(callee) {
            Some(app) => self.member_of_app(app, name),
            None => Lookup::unknown(),
        }
    }

    /// Whether `value`, the value of a key at `key`, marks a property that a rest element lacks.
    fn is_taken_out(&self, key: Span, value: ValueRef) -> bool {
        matches!(self.expr(value), Expr::Undefined)
            && self.facts(value).is_some_and(|facts| facts.span(value.expr) == key)
    }

    /// Whether `callee` is `Object.assign`, or what compilers write for a spread in an object.
    pub(super) fn is_merge(&self, callee: ValueRef) -> bool {
        if self.helper_name(callee).is_some_and(|name| MERGE_HELPERS.contains(&name)) {
            return true;
        }
        let Expr::Member { object, name } = self.expr(callee) else { return false };
        &**name == "assign"
            && matches!(self.expr(callee.at(*object)), Expr::Global(global) if &**global == "Object")
    }

    /// The name by which a compiled module calls a helper: `_extends`, `_extends.default`,
    /// `tslib.__assign`.
    fn helper_name(&self, callee: ValueRef) -> Option<&'a str> {
        let named = match self.expr(callee) {
            Expr::Member { object, name } if &**name == "default" => callee.at(*object),
            Expr::Member { name, .. } => return name.starts_with("__").then_some(&**name),
            _ => callee,
        };
        let Expr::Name(binding) = self.expr(named) else { return None };
        let binding = self.facts(named)?.binding(*binding)?;
        Some(&*binding.name)
    }

    /// `this` without a known receiver: the object or class that the function is a method of.
    fn member_of_this(&mut self, this: ValueRef, function: FunctionId, name: &str) -> Lookup {
        let facts = self.facts(this);
        let Some(owner) = facts.and_then(|facts| facts.function(function)?.owner) else {
            return Lookup::unknown();
        };
        let owner = this.at(owner);
        let found = match self.expr(owner) {
            Expr::Object(entries) => self.entry_of(owner, entries, name),
            Expr::Class { base, members, .. } => {
                let found = self.entry_of(owner, members, name);
                match base.filter(|_| found.values.is_empty()) {
                    Some(base) => self.member_of_base(owner.at(base), name, BASES),
                    None => found,
                }
            }
            _ => return Lookup::unknown(),
        };
        if !found.values.is_empty() {
            return found;
        }
        // A component keeps its methods in an object of their own, and its lifetimes in another.
        let modules = self.modules;
        let around = modules.index(owner.module).and_then(|index| index.within(owner.expr));
        let options = match around {
            Some((outer, key)) if component::PARTS.contains(&key) => owner.at(outer),
            _ => owner,
        };
        let mut found = Lookup::unknown();
        if let Expr::Object(entries) = self.expr(options) {
            found.values = self.entry_of(options, entries, name).values;
            let methods = self.entry_of(options, entries, "methods").values;
            for methods in methods {
                if methods != owner
                    && let Expr::Object(entries) = self.expr(methods)
                {
                    found.values.extend(self.entry_of(methods, entries, name).values);
                }
            }
        }
        let of_component = self.member_of_component(options, name);
        found.values.extend(of_component);
        found.complete = !found.values.is_empty();
        found
    }

    /// What the instances of the class at `class` have under `name`, whoever makes them.
    fn member_of_base(&mut self, class: ValueRef, name: &str, depth: u32) -> Lookup {
        let mut found = Lookup::unknown();
        for class in self.resolve(class) {
            let Expr::Class { base, members, .. } = self.expr(class) else { continue };
            let mut part = self.entry_of(class, members, name).values;
            part.extend(self.field_stores_by(class, name).map(|(_, value)| class.at(value)));
            if part.is_empty()
                && depth > 0
                && let Some(base) = base
            {
                part = self.member_of_base(class.at(*base), name, depth - 1).values;
            }
            found.values.extend(part);
        }
        found.complete = !found.values.is_empty();
        found
    }

    /// What the module of `object` assigns to `name` of the same thing.
    pub(super) fn field_stores(&mut self, object: ValueRef, name: &str) -> Vec<ValueRef> {
        let modules = self.modules;
        let (Some(facts), Some(index)) = (self.facts(object), modules.index(object.module)) else {
            return Vec::new();
        };
        let values =
            index.field_stores(facts, object.expr, name).map(|expr| object.at(expr)).collect();
        self.instantiate_at_callers(object, values)
    }
}

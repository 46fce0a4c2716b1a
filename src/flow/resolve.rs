//! What an expression comes from: names, members, conditionals and local calls followed back to the expressions
//! that make the value, across the modules of a program.
//! The one thing to know: an answer is a set. What cannot be followed stays in it as it is, so nothing is invented and
//! nothing is lost; a cycle, too many steps or too many candidates end in the expression itself.

use crate::facts::ScriptFacts;
use crate::facts::script::{
    Argument, BindingId, BindingKind, Entry, ExportName, Expr, ExprId, FunctionId, ImportedName,
    Key, LogicalOperator,
};
use crate::finding::Place;
use crate::flow::modules::{ModuleId, Modules};

/// An expression of a module of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ref {
    /// The module.
    pub module: ModuleId,
    /// The expression.
    pub expr: ExprId,
}

/// Steps that one question may take: enough for any real program, and the bound of a hostile one.
const FUEL: u32 = 4_000;
/// How many expressions deep a question may follow.
const DEPTH: u32 = 64;
/// How many candidates are kept.
const WIDTH: usize = 64;

/// Follows expressions. One is made per file that asks.
pub struct Resolver<'a> {
    modules: &'a Modules<'a>,
    /// What is being followed, outermost first: at most [`DEPTH`], so a search through it is quick.
    active: Vec<Ref>,
    fuel: u32,
    depth: u32,
}

impl<'a> Resolver<'a> {
    /// A resolver over the modules of a program.
    pub fn new(modules: &'a Modules<'a>) -> Self {
        Self { modules, active: Vec::new(), fuel: FUEL, depth: 0 }
    }

    /// Gives a new question its own share of steps, so that no answer depends on what was asked before.
    pub fn refuel(&mut self) {
        self.fuel = FUEL;
    }

    /// The modules it works on.
    pub fn modules(&self) -> &'a Modules<'a> {
        self.modules
    }

    /// The facts of the module of `at`.
    pub fn facts(&self, at: Ref) -> Option<&'a ScriptFacts> {
        self.modules.facts(at.module)
    }

    /// The expression at `at`.
    pub fn expr(&self, at: Ref) -> &'a Expr {
        self.facts(at).map_or(&Expr::Unknown, |facts| facts.expr(at.expr))
    }

    /// Where `at` stands.
    pub fn place(&self, at: Ref) -> Option<Place> {
        Some(Place::new(self.modules.path(at.module)?, self.facts(at)?.span(at.expr)))
    }

    /// The expressions that make the value of `at`, in a stable order, each once.
    pub fn resolve(&mut self, at: Ref) -> Vec<Ref> {
        let mut found = Vec::new();
        self.follow(at, &mut found);
        found
    }

    fn follow(&mut self, at: Ref, found: &mut Vec<Ref>) {
        // Running out leaves the expression itself.
        if self.fuel == 0 || self.depth >= DEPTH {
            return keep(found, at);
        }
        // A cycle adds nothing that its entry does not give.
        if self.active.contains(&at) {
            return;
        }
        self.active.push(at);
        self.fuel -= 1;
        self.depth += 1;
        self.step(at, found);
        self.depth -= 1;
        self.active.pop();
    }

    fn step(&mut self, at: Ref, found: &mut Vec<Ref>) {
        let here = |expr: ExprId| Ref { module: at.module, expr };
        match self.expr(at) {
            Expr::Name(binding) => self.follow_name(at, *binding, found),
            Expr::Logical { operator, left, right } => {
                if *operator != LogicalOperator::And {
                    self.follow_left(here(*left), found);
                }
                self.follow(here(*right), found);
            }
            Expr::Conditional { then, otherwise, .. } => {
                self.follow(here(*then), found);
                self.follow(here(*otherwise), found);
            }
            Expr::Await(value) | Expr::Assign { value } => self.follow(here(*value), found),
            Expr::Member { object, name } => self.follow_member(at, here(*object), name, found),
            Expr::Index { object, index } => {
                self.follow_index(at, here(*object), here(*index), found);
            }
            Expr::Call { callee, arguments, new } => {
                self.follow_call(at, here(*callee), arguments, *new, found);
            }
            Expr::Parameter { function, index } => {
                self.follow_parameter(at, *function, *index, found);
            }
            Expr::Import { import, name } => self.follow_import(at, *import, name, found),
            _ => keep(found, at),
        }
    }

    /// The left of `||`, `??` or a default: `undefined`, `null` and the empty string never get through.
    fn follow_left(&mut self, left: Ref, found: &mut Vec<Ref>) {
        let mut values = Vec::new();
        self.follow(left, &mut values);
        for value in values {
            let falsy = match self.expr(value) {
                Expr::Undefined | Expr::Null | Expr::Bool(false) => true,
                Expr::String(text) => text.is_empty(),
                _ => false,
            };
            if !falsy {
                keep(found, value);
            }
        }
    }

    fn follow_name(&mut self, at: Ref, binding: BindingId, found: &mut Vec<Ref>) {
        let Some(binding) = self.facts(at).and_then(|facts| facts.binding(binding)) else {
            return keep(found, at);
        };
        if binding.values.is_empty() || binding.kind == BindingKind::Other {
            return keep(found, at);
        }
        for &value in &binding.values {
            self.follow(Ref { module: at.module, expr: value }, found);
        }
    }

    fn follow_member(&mut self, at: Ref, object: Ref, name: &str, found: &mut Vec<Ref>) {
        let mut objects = Vec::new();
        self.follow(object, &mut objects);
        let mut values = Vec::new();
        let mut stuck = objects.is_empty();
        for object in objects {
            match self.member_of(object, name) {
                Some(more) => values.extend(more),
                None => stuck = true,
            }
        }
        // A property of `this` or of a platform object is also what this file hangs on it.
        values.extend(self.written(object, name));
        if values.is_empty() || stuck {
            keep(found, at);
        }
        for value in values {
            self.follow(value, found);
        }
    }

    /// The values at `name` of an object, class or module; `None` when the object is not one whose members we see.
    fn member_of(&mut self, object: Ref, name: &str) -> Option<Vec<Ref>> {
        let here = |expr: ExprId| Ref { module: object.module, expr };
        match self.expr(object) {
            Expr::Object(entries) => self.entry_of(object, entries, name),
            Expr::Class { statics, .. } => self.entry_of(object, statics, name),
            Expr::This(function) => {
                let owner = self.owner(object.module, (*function)?)?;
                let entries: &[Entry] = match self.expr(here(owner)) {
                    Expr::Object(entries) => entries,
                    Expr::Class { members, .. } => members,
                    _ => return None,
                };
                self.entry_of(here(owner), entries, name)
            }
            Expr::Call { callee, arguments, new: false } => {
                let exports = self.required(here(*callee), arguments)?;
                self.exported(exports, name)
            }
            Expr::Import { import, name: ImportedName::Namespace | ImportedName::Module } => {
                let module = self.modules.import(object.module, *import)?;
                self.exported(module, name)
            }
            _ => None,
        }
    }

    /// Entries are read from the end: the last one of a name counts; a spread before it may still give it.
    fn entry_of(&mut self, object: Ref, entries: &'a [Entry], name: &str) -> Option<Vec<Ref>> {
        for entry in entries.iter().rev() {
            let value = Ref { module: object.module, expr: entry.value };
            match &entry.key {
                Key::Name(key) if &**key == name => return Some(vec![value]),
                Key::Getter(key) if &**key == name => return Some(self.returns(value)),
                Key::Spread => {
                    let mut found = Vec::new();
                    let mut sources = Vec::new();
                    self.follow(value, &mut sources);
                    for source in sources {
                        found.extend(self.member_of(source, name).unwrap_or_default());
                    }
                    if !found.is_empty() {
                        return Some(found);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The expressions that the function at `function` returns; none for anything else.
    pub fn returns(&self, function: Ref) -> Vec<Ref> {
        let Expr::Function(id) = self.expr(function) else { return Vec::new() };
        let returns = self
            .facts(function)
            .and_then(|facts| facts.function(*id))
            .map(|function| &function.returns);
        returns.into_iter().flatten().map(|&expr| Ref { module: function.module, expr }).collect()
    }

    /// The object or class that the nearest enclosing method of `function` belongs to.
    fn owner(&self, module: ModuleId, function: FunctionId) -> Option<ExprId> {
        self.modules.facts(module)?.function(function)?.owner
    }

    /// What the module of `object` assigns to `name` of the same thing.
    fn written(&self, object: Ref, name: &str) -> Vec<Ref> {
        let module = object.module;
        let (Some(facts), Some(index)) = (self.modules.facts(module), self.modules.index(module))
        else {
            return Vec::new();
        };
        index.written(facts, object.expr, name).map(|expr| Ref { module, expr }).collect()
    }

    fn follow_index(&mut self, at: Ref, object: Ref, index: Ref, found: &mut Vec<Ref>) {
        let mut objects = Vec::new();
        self.follow(object, &mut objects);
        let mut keys = Vec::new();
        self.follow(index, &mut keys);
        let mut values = Vec::new();
        let mut known = !objects.is_empty();
        for object in objects {
            for &key in &keys {
                let more = match (self.expr(object), self.expr(key)) {
                    (_, Expr::String(name)) => self.member_of(object, name),
                    (Expr::Array(elements), Expr::Number(number)) => {
                        element(object, elements, number)
                    }
                    // The key is not known: every entry may be meant.
                    (Expr::Object(entries), _) => {
                        known = false;
                        Some(
                            entries
                                .iter()
                                .map(|entry| Ref { module: object.module, expr: entry.value })
                                .collect(),
                        )
                    }
                    _ => None,
                };
                match more {
                    Some(more) => values.extend(more),
                    None => known = false,
                }
            }
        }
        if !known || values.is_empty() {
            keep(found, at);
        }
        for value in values {
            self.follow(value, found);
        }
    }

    fn follow_call(
        &mut self,
        at: Ref,
        callee: Ref,
        arguments: &'a [Argument],
        new: bool,
        found: &mut Vec<Ref>,
    ) {
        if new {
            return keep(found, at);
        }
        if let Some(module) = self.required(callee, arguments) {
            let whole = self.exported_whole(module);
            if !whole.is_empty() {
                for value in whole {
                    self.follow(value, found);
                }
                return;
            }
            return keep(found, at);
        }
        if let Expr::Member { object, name } = self.expr(callee) {
            let object_at = Ref { module: at.module, expr: *object };
            if &**name == "assign"
                && matches!(self.expr(object_at), Expr::Global(global) if &**global == "Object")
            {
                for argument in arguments {
                    self.follow(Ref { module: at.module, expr: argument.value }, found);
                }
                return;
            }
        }
        let mut functions = Vec::new();
        self.follow(callee, &mut functions);
        let mut known = !functions.is_empty();
        let mut values = Vec::new();
        for function in functions {
            let returns = self.returns(function);
            known &= !returns.is_empty();
            values.extend(returns);
        }
        if !known {
            keep(found, at);
        }
        for value in values {
            self.follow(value, found);
        }
    }

    /// A parameter has the values of the arguments where every call is in sight: a function expression called where it stands.
    fn follow_parameter(
        &mut self,
        at: Ref,
        function: FunctionId,
        index: u32,
        found: &mut Vec<Ref>,
    ) {
        let calls = self.modules.index(at.module).map_or(&[][..], |index| index.calls_of(function));
        let mut known = false;
        for &call in calls {
            let Expr::Call { callee, arguments, .. } =
                self.expr(Ref { module: at.module, expr: call })
            else {
                continue;
            };
            let at_once =
                matches!(self.expr(Ref { module: at.module, expr: *callee }), Expr::Function(_));
            if let Some(argument) = arguments.get(index as usize)
                && at_once
                && !argument.spread
            {
                known = true;
                self.follow(Ref { module: at.module, expr: argument.value }, found);
            }
        }
        if !known {
            keep(found, at);
        }
    }

    fn follow_import(&mut self, at: Ref, import: u32, name: &ImportedName, found: &mut Vec<Ref>) {
        let values = self.modules.import(at.module, import).map(|module| match name {
            ImportedName::Module | ImportedName::Namespace => self.exported_whole(module),
            ImportedName::Default => {
                let default = self.exported(module, "default").unwrap_or_default();
                if default.is_empty() { self.exported_whole(module) } else { default }
            }
            ImportedName::Named(name) => self.exported(module, name).unwrap_or_default(),
        });
        match values {
            Some(values) if !values.is_empty() => {
                for value in values {
                    self.follow(value, found);
                }
            }
            _ => keep(found, at),
        }
    }

    /// The module that `require('…')` gives, when `callee` is the global `require` and its argument a literal.
    fn required(&self, callee: Ref, arguments: &[Argument]) -> Option<ModuleId> {
        let Expr::Global(name) = self.expr(callee) else { return None };
        if &**name != "require" {
            return None;
        }
        let Expr::String(specifier) =
            self.expr(Ref { module: callee.module, expr: arguments.first()?.value })
        else {
            return None;
        };
        self.modules.specifier(callee.module, specifier)
    }

    fn exported_whole(&self, module: ModuleId) -> Vec<Ref> {
        let Some(facts) = self.modules.facts(module) else { return Vec::new() };
        facts
            .exports
            .iter()
            .filter(|export| export.name == ExportName::Whole)
            .filter_map(|export| export.value.map(|expr| Ref { module, expr }))
            .collect()
    }

    /// What a module gives under `name`; `None` when it gives nothing of that name that we see.
    fn exported(&mut self, module: ModuleId, name: &str) -> Option<Vec<Ref>> {
        let facts = self.modules.facts(module)?;
        let mut values = Vec::new();
        for export in &facts.exports {
            let named = match &export.name {
                ExportName::Named(own) => &**own == name,
                ExportName::Default => name == "default",
                ExportName::Whole => {
                    if let Some(expr) = export.value {
                        let mut wholes = Vec::new();
                        self.follow(Ref { module, expr }, &mut wholes);
                        for whole in wholes {
                            values.extend(self.member_of(whole, name).unwrap_or_default());
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
                        self.depth += 1;
                        values.extend(self.exported(from, name).unwrap_or_default());
                        self.depth -= 1;
                    }
                    false
                }
            };
            if let (true, Some(expr)) = (named, export.value) {
                values.push(Ref { module, expr });
            }
        }
        (!values.is_empty()).then_some(values)
    }
}

fn element(array: Ref, elements: &[Argument], number: &str) -> Option<Vec<Ref>> {
    let index: usize = number.parse().ok()?;
    let before = elements.get(..=index)?;
    if before.iter().any(|element| element.spread) {
        return None;
    }
    before.last().map(|element| vec![Ref { module: array.module, expr: element.value }])
}

fn keep(found: &mut Vec<Ref>, at: Ref) {
    if found.len() < WIDTH && !found.contains(&at) {
        found.push(at);
    }
}

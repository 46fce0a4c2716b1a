//! The call sites of a function. [`CallSites::complete`] claims that there are no others,
//! and every use of its name that is not a call, a test or an export of the same name clears it. A
//! member that is called by a computed name (`api[method](…)`) counts for no function in
//! particular.

use std::sync::Arc;

use super::{Resolver, ValueRef};
use crate::facts::ScriptFacts;
use crate::facts::script::{
    BindingId, Context, ExportName, Expr, ExprId, FunctionId, ImportedName, Key,
};
use crate::semantic::access_path;
use crate::semantic::module_graph::ModuleId;

/// The calls of a function.
#[derive(Debug, Default)]
pub(super) struct CallSites {
    /// The calls, by module, in document order.
    pub(super) calls: Vec<ValueRef>,
    /// Whether these are all.
    pub(super) complete: bool,
}

/// The shortest name that tells a function: those of minified code tell none.
const SHORTEST: usize = 3;
/// How many scripts may hold the name, and how many calls of it are looked at.
const MOST_SCRIPTS: usize = 32;
const MOST_CALLS: usize = 64;
/// Steps to find out what one call calls.
const STEPS: u32 = 1_000;
/// Global names by which a program may reach its own functions.
const OPEN: [&str; 6] = ["exports", "global", "globalThis", "module", "self", "window"];
/// How many searches may wait for each other.
const DEPTH: u32 = 2;

impl Resolver<'_> {
    /// The calls of `function` of `module`, as far as they name it. Searched once for each
    /// resolver.
    pub(super) fn callers(&mut self, module: ModuleId, function: FunctionId) -> Arc<CallSites> {
        if let Some(known) = self.callers.get(&(module, function)) {
            return Arc::clone(known);
        }
        let found = if self.searching < DEPTH { self.search(module, function) } else { None };
        let found = Arc::new(found.unwrap_or_default());
        self.callers.insert((module, function), Arc::clone(&found));
        found
    }

    fn search(&self, module: ModuleId, function: FunctionId) -> Option<CallSites> {
        let facts = self.modules.facts(module)?;
        let one = facts.function(function)?;
        let name = one.name.as_deref().filter(|name| name.len() >= SHORTEST)?;
        if !is_defined_as(facts, function, name)
            || one.owner.is_some_and(|owner| self.owner_escapes(module, owner))
        {
            return None;
        }
        let scripts = self.modules.scripts_with_word(name);
        if scripts.len() > MOST_SCRIPTS {
            return None;
        }
        let mut resolver = Resolver::new(self.modules);
        resolver.searching = self.searching + 1;
        let mut found = CallSites { calls: Vec::new(), complete: true };
        for &script in &*scripts {
            resolver.add_callers(script, name, (module, function), &mut found);
        }
        (found.calls.len() <= MOST_CALLS).then_some(found)
    }

    /// Whether the object literal or class `owner` is passed to code that may call its methods:
    /// `Page({…})`, a class that extends what we do not see.
    fn owner_escapes(&self, module: ModuleId, owner: ExprId) -> bool {
        let (Some(facts), Some(index)) = (self.modules.facts(module), self.modules.index(module))
        else {
            return true;
        };
        if let Expr::Class { base, .. } = facts.expr(owner) {
            return base.is_some_and(|base| {
                let mut resolver = Resolver::new(self.modules);
                let bases = resolver.resolve(ValueRef::new(module, base));
                !bases.iter().all(|&base| matches!(resolver.expr(base), Expr::Class { .. }))
            });
        }
        let mut outer = owner;
        while let Some((around, _)) = index.within(outer) {
            outer = around;
        }
        let is_it = |expr: ExprId| match facts.expr(expr) {
            Expr::Name(binding) => {
                facts.binding(*binding).is_some_and(|binding| binding.values.contains(&outer))
            }
            _ => expr == outer,
        };
        facts.calls.iter().any(|&call| match facts.expr(call) {
            Expr::Call { arguments, .. } => arguments.iter().any(|one| is_it(one.value)),
            _ => false,
        })
    }

    /// Adds the calls that `script` makes of `function`, which goes by `name`.
    fn add_callers(
        &mut self,
        script: ModuleId,
        name: &str,
        function: (ModuleId, FunctionId),
        found: &mut CallSites,
    ) {
        let Some(facts) = self.modules.facts(script) else { return };
        let mentions = NameOccurrences::of(facts, name);
        for occurrence in &facts.occurrences {
            let Some(mention) = mentions.within(facts, occurrence.expr) else { continue };
            let itself = mention == occurrence.expr;
            match occurrence.context {
                Context::Tested | Context::Written | Context::Bound(_) if itself => {}
                Context::Read if itself && mentions.is_export(facts, mention) => {}
                Context::Called(call) if itself => {
                    match self.may_be(ValueRef::new(script, mention), function) {
                        Some(true) if matches!(facts.expr(call), Expr::Call { new: false, .. }) => {
                            found.calls.push(ValueRef::new(script, call));
                        }
                        Some(false) => {}
                        Some(true) | None => found.complete = false,
                    }
                }
                _ => {
                    let is_other =
                        self.may_be(ValueRef::new(script, mention), function) == Some(false);
                    found.complete &= is_other;
                }
            }
        }
        found.complete &= mentions.same_names_only;
    }

    /// Whether `at` is `function`; `None` when unknown.
    fn may_be(&mut self, at: ValueRef, function: (ModuleId, FunctionId)) -> Option<bool> {
        self.reset_fuel_to(STEPS);
        let sources = self.resolve(at);
        let is_exhausted = self.is_exhausted();
        let is_it = sources.iter().any(|&source| {
            source.module == function.0
                && matches!(self.expr(source), Expr::Function(one) if *one == function.1)
        });
        let known = |source: &ValueRef| match self.expr(*source) {
            Expr::Function(_) | Expr::String(_) | Expr::Undefined => true,
            // A member of `wx` or of the language's own objects.
            Expr::Member { .. } => self.facts(*source).is_some_and(|facts| {
                matches!(facts.expr(access_path::root(facts, source.expr)), Expr::Global(global)
                    if !OPEN.contains(&&**global))
            }),
            _ => false,
        };
        if is_it {
            return Some(true);
        }
        (!is_exhausted && !sources.is_empty() && sources.iter().all(known)).then_some(false)
    }
}

/// Whether `function` stands where it goes by `name`, and nowhere else: a declaration, a method,
/// `exports.name = …`.
fn is_defined_as(facts: &ScriptFacts, function: FunctionId, name: &str) -> bool {
    let is_it =
        |expr: ExprId| matches!(facts.expr(expr), Expr::Function(other) if *other == function);
    if escapes(facts, name, is_it) {
        return false;
    }
    facts.bindings.iter().any(|one| &*one.name == name && one.values.iter().any(|&v| is_it(v)))
        || facts.writes.iter().any(|write| {
            is_it(write.value)
                && matches!(facts.expr(write.target), Expr::Member { name: own, .. } if &**own == name)
        })
        || facts.exports.iter().any(|export| {
            matches!(&export.name, ExportName::Named(own) if &**own == name)
                && export.value.is_some_and(is_it)
        })
        || entries_named(facts, name).any(is_it)
}

/// Whether what `is_it` says of is passed on, or stored under another name than `name`, where
/// it stands: a function expression may have a name of its own.
fn escapes(facts: &ScriptFacts, name: &str, is_it: impl Fn(ExprId) -> bool + Copy) -> bool {
    let returned = facts.functions.iter().any(|one| one.returns.iter().any(|&value| is_it(value)));
    returned
        || facts.exprs.iter().any(|expr| match expr {
            Expr::Call { callee, arguments, .. } => {
                is_it(*callee) || arguments.iter().any(|one| is_it(one.value))
            }
            Expr::Array(elements) => elements.iter().any(|one| is_it(one.value)),
            Expr::Object(entries) => entries.iter().any(|entry| {
                is_it(entry.value) && !matches!(&entry.key, Key::Name(key) if &**key == name)
            }),
            Expr::Logical { left, right, .. } => is_it(*left) || is_it(*right),
            Expr::Conditional { then, otherwise, .. } => is_it(*then) || is_it(*otherwise),
            Expr::Member { object, .. } => is_it(*object),
            Expr::Await(value) => is_it(*value),
            _ => false,
        })
}

/// What object literals and classes have under `name`.
fn entries_named<'f>(facts: &'f ScriptFacts, name: &'f str) -> impl Iterator<Item = ExprId> + 'f {
    let entries = facts.exprs.iter().flat_map(|expr| {
        let (members, statics): (&[_], &[_]) = match expr {
            Expr::Object(entries) => (entries, &[]),
            Expr::Class { members, statics, .. } => (members, statics),
            _ => (&[], &[]),
        };
        members.iter().chain(statics)
    });
    entries
        .filter(move |entry| matches!(&entry.key, Key::Name(key) if &**key == name))
        .map(|entry| entry.value)
}

/// Where a script names a function.
struct NameOccurrences<'n> {
    name: &'n str,
    /// Other names in the file that stand for it: `import { name as alias }`, `const alias =
    /// api.name`.
    aliases: Vec<BindingId>,
    /// Expressions whose value goes by the same name elsewhere.
    exported: Vec<ExprId>,
    /// Whether it is exported under this name only.
    same_names_only: bool,
}

impl<'n> NameOccurrences<'n> {
    fn of(facts: &ScriptFacts, name: &'n str) -> Self {
        let mut mentions =
            Self { name, aliases: Vec::new(), exported: Vec::new(), same_names_only: true };
        for (id, binding) in (0..).map(BindingId).zip(&facts.bindings) {
            let direct = |&value: &ExprId| mentions.is_one(facts, value);
            if &*binding.name != name && binding.values.iter().any(direct) {
                mentions.aliases.push(id);
            }
        }
        mentions.exported.extend(entries_named(facts, name));
        for write in &facts.writes {
            if matches!(facts.expr(write.target), Expr::Member { name: own, .. } if &**own == name)
            {
                mentions.exported.push(write.value);
            }
        }
        for export in &facts.exports {
            let Some(value) = export.value else { continue };
            match &export.name {
                ExportName::Named(own) if &**own == name => mentions.exported.push(value),
                _ => mentions.same_names_only &= !mentions.is_one(facts, value),
            }
        }
        mentions
    }

    /// Whether `expr` itself names it.
    fn is_one(&self, facts: &ScriptFacts, expr: ExprId) -> bool {
        match facts.expr(expr) {
            Expr::Member { name, .. } | Expr::Import { name: ImportedName::Named(name), .. } => {
                &**name == self.name
            }
            Expr::Name(binding) => {
                self.aliases.contains(binding)
                    || facts.binding(*binding).is_some_and(|one| &*one.name == self.name)
            }
            _ => false,
        }
    }

    /// The part of the chain `expr` that names it, the outermost one.
    fn within(&self, facts: &ScriptFacts, mut expr: ExprId) -> Option<ExprId> {
        loop {
            if self.is_one(facts, expr) {
                return Some(expr);
            }
            let Expr::Member { object, .. } = facts.expr(expr) else { return None };
            expr = *object;
        }
    }

    /// Whether the value of `expr` only becomes what goes by the same name.
    fn is_export(&self, facts: &ScriptFacts, expr: ExprId) -> bool {
        // Two expressions may stand at one place only when one is the other.
        self.exported.iter().any(|&one| one == expr || facts.span(one) == facts.span(expr))
    }
}

//! What makes code run: the entry points of a program, and the ways from them to a place. Ways are
//! followed backwards, from a place to whoever calls the function around it, so only code that
//! leads to something of interest is ever looked at.

mod entry_point;
mod search_scope;
mod template_bindings;

pub use crate::semantic::use_sites::{ArgSlot, UseSites};
pub use entry_point::{EntryPoint, LifecycleHook, is_lifecycle};
pub use search_scope::{Deps, SearchScope};

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::access_path::is_app;
use super::component;
use super::module_graph::{ModuleGraph, ModuleId};
use super::resolve::{Resolver, ValueRef};
use crate::facts::hyphenated;
use crate::facts::script::{Context, Expr, ExprId, FunctionId};
use crate::path::FilePath;

/// A place in a script: a byte of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodePos {
    /// The module.
    pub module: ModuleId,
    /// The byte.
    pub offset: usize,
}

/// One way in which a function comes to run.
#[derive(Clone, Debug)]
pub enum CallEdge {
    /// It is called here.
    Call(CodePos),
    /// It is handed to this call.
    PassedAsCallback {
        /// The module of the call.
        module: ModuleId,
        /// The call.
        call: ExprId,
        /// As what.
        slot: ArgSlot,
    },
    /// The platform calls it.
    Platform(EntryPoint),
}

/// The ways between the functions of one program, found when asked for.
pub struct CallGraph<'a> {
    scope: &'a SearchScope<'a>,
    modules: &'a ModuleGraph<'a>,
    callers: HashMap<(ModuleId, FunctionId), Arc<[CallEdge]>>,
    deps: Deps,
}

impl<'a> CallGraph<'a> {
    /// The ways within `scope`, as `modules`, a view of its modules, says. Nothing is read yet.
    pub fn new(scope: &'a SearchScope<'a>, modules: &'a ModuleGraph<'a>) -> Self {
        Self { scope, modules, callers: HashMap::new(), deps: Deps::default() }
    }

    /// The modules.
    pub fn modules(&self) -> &'a ModuleGraph<'a> {
        self.modules
    }

    /// Whether a module is the script of the page that the program opens with.
    pub fn is_first_page(&self, module: ModuleId) -> bool {
        let first = self.scope.program.pages().first();
        let path = self.modules.path(module);
        first.zip(path).is_some_and(|(page, path)| page.stem == path.without_extension())
    }

    /// What was looked at, besides the modules.
    pub fn into_deps(self) -> Deps {
        self.deps
    }

    /// What is looked up in a module.
    pub fn sites(&self, module: ModuleId) -> &'a UseSites {
        static NONE: LazyLock<UseSites> = LazyLock::new(UseSites::default);
        self.modules.sites(module).unwrap_or(&NONE)
    }

    /// The modules that ask for `module`, by path.
    fn importers(&mut self, module: ModuleId) -> Arc<[ModuleId]> {
        self.deps.importers.insert(module);
        self.scope.importers(module)
    }

    /// Everything that makes `function` run, in a stable order; empty when none is known.
    pub fn callers(&mut self, module: ModuleId, function: FunctionId) -> Arc<[CallEdge]> {
        if let Some(known) = self.callers.get(&(module, function)) {
            return Arc::clone(known);
        }
        let found: Arc<[CallEdge]> = self.find_callers(module, function).into();
        self.callers.insert((module, function), Arc::clone(&found));
        found
    }

    fn find_callers(&mut self, module: ModuleId, function: FunctionId) -> Vec<CallEdge> {
        let mut callers = Vec::new();
        let Some(facts) = self.modules.facts(module) else { return callers };
        let sites = self.sites(module);
        let name = facts.function(function).and_then(|one| one.name.clone());
        let entries = name.as_ref().and_then(|name| entry_point::of(facts, sites, function, name));
        if let Some(expr) = sites.expr_of(function) {
            // What stands in the options of a page is the platform's to call.
            if let Some((call, slot)) = sites.slot_of(expr).filter(|_| entries.is_none()) {
                callers.push(CallEdge::PassedAsCallback { module, call, slot: slot.clone() });
            }
            // `(function () { … })()`
            for &call in &facts.calls {
                if matches!(facts.expr(call), Expr::Call { callee, .. } if *callee == expr) {
                    callers
                        .push(CallEdge::Call(CodePos { module, offset: facts.span(call).start() }));
                }
            }
        }
        let Some(name) = name else { return self.with_hooks(callers) };
        if let Some((kind, key)) = entries {
            callers.extend(self.platform(module, kind, key, &name));
        } else if component::is_seen_by_template(facts, function) {
            let stems: Vec<FilePath> =
                self.modules.path(module).map(FilePath::without_extension).into_iter().collect();
            callers.extend(self.template_events(&stems, &name));
        }
        let mut names = vec![name.clone()];
        names.extend(sites.exported_as(facts, function));
        names.sort();
        names.dedup();
        let mut from = vec![module];
        // A module without exports is only executed by its importers.
        if !facts.exports.is_empty() {
            from.extend(self.importers(module).iter());
        }
        for other in from {
            self.references(other, &names, (module, function), &mut callers);
        }
        let is_of_app = matches!(
            entries,
            Some((entry_point::Options::App | entry_point::Options::SingleFile, _))
        );
        if is_of_app && (self.is_app(module) || facts.component.is_none()) {
            self.through_app(module, &name, &mut callers);
        }
        self.with_hooks(callers)
    }

    /// Whether `module` is the script of the app.
    fn is_app(&self, module: ModuleId) -> bool {
        self.modules.app() == Some(module)
    }

    /// What begins at the top of `module`, outside of all functions.
    pub fn loading(&self, module: ModuleId) -> EntryPoint {
        let component = self.modules.facts(module).and_then(|facts| facts.component);
        match component.and_then(|component| component.setup) {
            Some(_) if self.is_app(module) => {
                EntryPoint::LifecycleHook(LifecycleHook::App("setup".into()))
            }
            Some(_) => EntryPoint::LifecycleHook(LifecycleHook::Component("setup".into())),
            None => EntryPoint::Load,
        }
    }

    /// `callers` with what hooks register as the platform's own calls.
    fn with_hooks(&self, mut callers: Vec<CallEdge>) -> Vec<CallEdge> {
        for caller in &mut callers {
            let CallEdge::PassedAsCallback { module, call, slot: ArgSlot::Argument(0) } = caller
            else {
                continue;
            };
            let options = if self.is_app(*module) {
                entry_point::Options::App
            } else {
                entry_point::Options::SingleFile
            };
            let facts = self.modules.facts(*module);
            let entry = facts.and_then(|facts| entry_point::of_hook(facts, *call, options));
            if let Some(entry) = entry {
                *caller = CallEdge::Platform(entry);
            }
        }
        callers
    }

    /// The references of `from` to the function, which goes by one of `names`.
    fn references(
        &mut self,
        from: ModuleId,
        names: &[Box<str>],
        target: (ModuleId, FunctionId),
        callers: &mut Vec<CallEdge>,
    ) {
        let Some(facts) = self.modules.facts(from) else { return };
        let sites = self.sites(from);
        let mut resolver = Resolver::new(self.modules);
        for index in sites.named(names, from != target.0) {
            let Some(occurrence) = facts.occurrences.get(index) else { continue };
            resolver.reset_fuel();
            let is_it =
                resolver.resolve(ValueRef::new(from, occurrence.expr)).iter().any(|source| {
                    source.module == target.0
                        && matches!(resolver.expr(*source), Expr::Function(id) if *id == target.1)
                });
            if is_it {
                callers.extend(caller(
                    sites,
                    from,
                    occurrence.expr,
                    occurrence.context,
                    facts.span(occurrence.expr).start(),
                ));
            }
        }
    }

    /// The calls `getApp().name()` of all scripts.
    fn through_app(&mut self, app: ModuleId, name: &str, callers: &mut Vec<CallEdge>) {
        self.deps.of_app.insert(name.into());
        for file in self.scope.files_mentioning_app_method(name) {
            let Some(module) = self.modules.id(&file.path).filter(|&module| module != app) else {
                continue;
            };
            let Some(facts) = self.modules.facts(module) else { continue };
            let sites = self.sites(module);
            let mut resolver = Resolver::new(self.modules);
            for index in sites.named(&[name.into()], false) {
                let Some(occurrence) = facts.occurrences.get(index) else { continue };
                let Expr::Member { object, .. } = facts.expr(occurrence.expr) else { continue };
                resolver.reset_fuel();
                if resolver.resolve(ValueRef::new(module, *object)).iter().any(|&source| {
                    resolver.facts(source).is_some_and(|facts| is_app(facts, source.expr))
                }) {
                    callers.extend(caller(
                        sites,
                        module,
                        occurrence.expr,
                        occurrence.context,
                        facts.span(occurrence.expr).start(),
                    ));
                }
            }
        }
    }

    /// How the platform comes to call the method `name`, an entry of the options of a page, a
    /// component or the app.
    fn platform(
        &mut self,
        module: ModuleId,
        options: entry_point::Options,
        key: Option<&str>,
        name: &str,
    ) -> Vec<CallEdge> {
        // The app's file has the same options as any other, with meanings of their own.
        let options = match options {
            entry_point::Options::SingleFile if self.is_app(module) && key.is_none() => {
                entry_point::Options::App
            }
            options => options,
        };
        if let Some(entry) = entry_point::lifecycle(options, key, name) {
            return vec![CallEdge::Platform(entry)];
        }
        if options == entry_point::Options::App {
            return Vec::new();
        }
        let mut stems: Vec<FilePath> = Vec::new();
        stems.extend(self.modules.path(module).map(FilePath::without_extension));
        if options == entry_point::Options::Behavior {
            let users = self.importers(module);
            stems.extend(
                users.iter().filter_map(|&user| Some(self.modules.path(user)?.without_extension())),
            );
        }
        self.template_events(&stems, name)
    }

    /// The events of the templates of `stems` that call their method `name`.
    fn template_events(&mut self, stems: &[FilePath], name: &str) -> Vec<CallEdge> {
        let mut callers = Vec::new();
        for stem in stems {
            let SearchScope { program, files, .. } = self.scope;
            for bound in template_bindings::of(program, files, stem, name, &mut self.deps.files) {
                match bound.component {
                    // The component decides when its event comes.
                    Some(component) => {
                        let sent = self.triggers(&component, &bound.event);
                        if sent.is_empty() {
                            callers.push(CallEdge::Platform(EntryPoint::Event(bound.event)));
                        }
                        callers.extend(sent);
                    }
                    None => callers.push(CallEdge::Platform(EntryPoint::Event(bound.event))),
                }
            }
        }
        callers
    }

    /// The calls `this.triggerEvent('event')` of the component at `stem`.
    fn triggers(&mut self, stem: &FilePath, event: &str) -> Vec<CallEdge> {
        let Some(module) = self
            .scope
            .program
            .script_of(self.scope.files, stem)
            .and_then(|script| self.modules.id(&script))
        else {
            return Vec::new();
        };
        let Some(facts) = self.modules.facts(module) else { return Vec::new() };
        let sites = self.sites(module);
        let mut callers = Vec::new();
        let senders = ["triggerEvent", "$emit", "emit"].map(Box::from);
        for index in sites.named(&senders, false) {
            let Some(occurrence) = facts.occurrences.get(index) else { continue };
            let Context::Called(call) = occurrence.context else { continue };
            let Expr::Call { arguments, .. } = facts.expr(call) else { continue };
            let says = arguments.first().is_some_and(|first| {
                matches!(facts.expr(first.value), Expr::String(text)
                    if &**text == event || hyphenated(text) == event)
            });
            if says {
                callers.push(CallEdge::Call(CodePos { module, offset: facts.span(call).start() }));
            }
        }
        callers
    }
}

/// What an occurrence of a function does with it.
fn caller(
    sites: &UseSites,
    module: ModuleId,
    expr: ExprId,
    context: Context,
    offset: usize,
) -> Option<CallEdge> {
    match context {
        Context::Called(_) => Some(CallEdge::Call(CodePos { module, offset })),
        _ => sites.slot_of(expr).map(|(call, slot)| CallEdge::PassedAsCallback {
            module,
            call,
            slot: slot.clone(),
        }),
    }
}

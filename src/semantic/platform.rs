//! Which part of the platform an expression denotes: `wx.getLocation` through aliases,
//! destructuring and modules; `RecorderManager.start` through the object that
//! `wx.getRecorderManager()` gave. The answer is a set of names as the catalogue spells them; a
//! name that the program itself declares (a local `wx`, a method called `getLocation`) is never in
//! it.

mod api_copies;

use std::collections::BTreeSet;

use super::module_graph::ModuleId;
use super::resolve::{Resolver, ValueRef};
use crate::catalogue;
use crate::facts::script::{Expr, ImportedName};

/// The global object that carries the platform's interfaces.
const PLATFORM: &str = "wx";
/// Globals that hold the other globals.
const GLOBAL_OBJECTS: [&str; 2] = ["globalThis", "global"];
/// How many members long a platform name may be (`wx.cloud.callFunction`).
const LONGEST: u32 = 4;
/// How many calls deep the object of a member may be made (`wx.createA().b().c()`).
const CALLS: u32 = 8;

/// How much of an expression may still be followed.
#[derive(Clone, Copy)]
struct Bound {
    members: u32,
    calls: u32,
}

impl Bound {
    const WHOLE: Self = Self { members: LONGEST, calls: CALLS };

    /// Returns the bound for the object of a member.
    fn within_member(self) -> Self {
        Self { members: self.members.saturating_sub(1), ..self }
    }

    /// Returns the bound for the callee of a call.
    fn within_call(self) -> Self {
        Self { calls: self.calls.saturating_sub(1), ..self }
    }
}

/// The platform names that `at` may denote.
pub fn names(resolver: &mut Resolver<'_>, at: ValueRef) -> BTreeSet<String> {
    names_within(resolver, at, Bound::WHOLE)
}

/// What an import of a framework's package is of the platform.
fn of_package(
    resolver: &Resolver<'_>,
    at: ValueRef,
    import: u32,
    name: &ImportedName,
) -> Option<String> {
    let specifier = &resolver.facts(at)?.imports.get(import as usize)?.specifier;
    if !catalogue::is_platform_package(specifier) {
        return None;
    }
    Some(match name {
        ImportedName::Named(name) => member(PLATFORM.to_owned(), name),
        ImportedName::Default | ImportedName::Module | ImportedName::Namespace => {
            PLATFORM.to_owned()
        }
    })
}

fn names_within(resolver: &mut Resolver<'_>, at: ValueRef, bound: Bound) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if bound.members == 0 || bound.calls == 0 {
        return names;
    }
    for source in resolver.resolve(at) {
        let here = |expr| source.at(expr);
        match resolver.expr(source) {
            Expr::Global(name) if catalogue::is_platform_global(name) => {
                names.insert(PLATFORM.to_owned());
            }
            // What is not in the tree cannot be followed: a framework's own package gives the
            // platform.
            Expr::Import { import, name } => {
                names.extend(of_package(resolver, source, *import, name));
            }
            Expr::Member { object, name } => {
                let object = here(*object);
                if &**name == PLATFORM
                    && matches!(resolver.expr(object), Expr::Global(global) if GLOBAL_OBJECTS.contains(&&**global))
                {
                    names.insert(PLATFORM.to_owned());
                    continue;
                }
                for owner in names_within(resolver, object, bound.within_member()) {
                    names.insert(member(owner, name));
                }
            }
            Expr::Index { object, index } => {
                let (object, index) = (here(*object), here(*index));
                let owners = names_within(resolver, object, bound.within_member());
                if owners.is_empty() {
                    continue;
                }
                for key in resolver.resolve(index) {
                    if let Expr::String(name) = resolver.expr(key) {
                        names.extend(owners.iter().map(|owner| member(owner.clone(), name)));
                    }
                }
            }
            Expr::Object(_) if api_copies::is_filled(resolver, source, bound) => {
                names.insert(PLATFORM.to_owned());
            }
            Expr::Call { callee, arguments, .. } => {
                if api_copies::is_copied(resolver, source, *callee, arguments, bound) {
                    names.insert(PLATFORM.to_owned());
                    continue;
                }
                for factory in names_within(resolver, here(*callee), bound.within_call()) {
                    if let Some(class) = catalogue::class_of_factory(&factory) {
                        names.insert(class.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    names
}

/// Whether a module that imports `module` can get a part of the platform from it that the catalogue
/// lists something of: `wx` itself, an interface under any name, an object of its entries, or a
/// function that returns one.
pub fn exports_platform(resolver: &mut Resolver<'_>, module: ModuleId) -> bool {
    is_given_within(resolver, module, LONGEST)
}

fn is_given_within(resolver: &mut Resolver<'_>, module: ModuleId, depth: u32) -> bool {
    // By depth, each module once: modules that re-export each other are a graph, not a tree.
    let mut visited = BTreeSet::from([module]);
    let mut level = vec![module];
    for _ in 0..=depth {
        let mut next = Vec::new();
        for module in std::mem::take(&mut level) {
            let Some(facts) = resolver.modules().facts(module) else { continue };
            for export in &facts.exports {
                match (export.value, export.from) {
                    (Some(expr), _) => {
                        if is_part(resolver, ValueRef::new(module, expr)) {
                            return true;
                        }
                    }
                    // `export * from`
                    (None, Some(import)) => {
                        let from = resolver.modules().import(module, import);
                        next.extend(from.filter(|&from| visited.insert(from)));
                    }
                    (None, None) => {}
                }
            }
        }
        level = next;
    }
    false
}

/// Whether the value of `at`, one of its entries or what it returns is a listed part of the
/// platform.
fn is_part(resolver: &mut Resolver<'_>, at: ValueRef) -> bool {
    let mut parts = vec![at];
    resolver.reset_fuel();
    for source in resolver.resolve(at) {
        let here = |expr| source.at(expr);
        match resolver.expr(source) {
            Expr::Object(entries) => parts.extend(entries.iter().map(|entry| here(entry.value))),
            Expr::Function(_) => parts.push(source),
            _ => {}
        }
    }
    parts.into_iter().any(|part| {
        resolver.reset_fuel();
        let mut values = resolver.returns(part);
        values.push(part);
        values.into_iter().any(|value| names(resolver, value).iter().any(|name| is_listed(name)))
    })
}

/// Whether `name` is an interface of the catalogue, or has one among its members.
fn is_listed(name: &str) -> bool {
    catalogue::interfaces().iter().any(|row| {
        let rest = row.name.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

/// `owner.name`; `f.call` and `f.apply` of an interface are the interface.
fn member(owner: String, name: &str) -> String {
    if matches!(name, "call" | "apply" | "bind") && owner.contains('.') {
        owner
    } else {
        format!("{owner}.{name}")
    }
}

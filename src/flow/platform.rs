//! Which part of the platform an expression denotes: `wx.getLocation` through aliases, destructuring and modules;
//! `RecorderManager.start` through the object that `wx.getRecorderManager()` gave.
//! The one thing to know: the answer is a set of names as the catalogue spells them; a name that the program itself declares
//! (a local `wx`, a method called `getLocation`) is never in it.

use std::collections::BTreeSet;

use super::resolve::{Ref, Resolver};
use crate::catalogue;
use crate::facts::script::Expr;

/// The global object that carries the platform's interfaces.
const PLATFORM: &str = "wx";
/// Globals that hold the other globals.
const GLOBAL_OBJECTS: [&str; 2] = ["globalThis", "global"];
/// How many members long a platform name may be (`wx.cloud.callFunction`).
const LONGEST: u32 = 4;

/// The platform names that `at` may denote.
pub fn names(resolver: &mut Resolver<'_>, at: Ref) -> BTreeSet<String> {
    names_within(resolver, at, LONGEST)
}

fn names_within(resolver: &mut Resolver<'_>, at: Ref, depth: u32) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if depth == 0 {
        return names;
    }
    for source in resolver.resolve(at) {
        let here = |expr| Ref { module: source.module, expr };
        match resolver.expr(source) {
            Expr::Global(name) if &**name == PLATFORM => {
                names.insert(PLATFORM.to_owned());
            }
            Expr::Member { object, name } => {
                let object = here(*object);
                if &**name == PLATFORM
                    && matches!(resolver.expr(object), Expr::Global(global) if GLOBAL_OBJECTS.contains(&&**global))
                {
                    names.insert(PLATFORM.to_owned());
                    continue;
                }
                for owner in names_within(resolver, object, depth - 1) {
                    names.insert(member(owner, name));
                }
            }
            Expr::Index { object, index } => {
                let (object, index) = (here(*object), here(*index));
                let owners = names_within(resolver, object, depth - 1);
                if owners.is_empty() {
                    continue;
                }
                for key in resolver.resolve(index) {
                    if let Expr::String(name) = resolver.expr(key) {
                        names.extend(owners.iter().map(|owner| member(owner.clone(), name)));
                    }
                }
            }
            Expr::Call { callee, .. } => {
                for factory in names_within(resolver, here(*callee), depth) {
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

/// `owner.name`; `f.call` and `f.apply` of an interface are the interface.
fn member(owner: String, name: &str) -> String {
    if matches!(name, "call" | "apply" | "bind") && owner.contains('.') {
        owner
    } else {
        format!("{owner}.{name}")
    }
}

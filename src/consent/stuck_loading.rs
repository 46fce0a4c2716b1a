//! A loading cover that a refusal leaves in place. Only what is plain in one function counts: it is
//! shown before the call, taken away in the call's `success` and nowhere else, and no failure is
//! taken notice of.

use crate::catalogue::{self, ControlRole};
use crate::facts::script::{Expr, ExprId};
use crate::finding::Place;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};

/// Returns whether `name` is the last part of the name of an interface with `role`.
fn is_last_name(name: &str, role: ControlRole) -> bool {
    catalogue::controls_of(role).any(|control| control.rsplit('.').next() == Some(name))
}

/// Returns the last parts of the names of the interfaces that show a loading mask.
pub(super) fn show_names() -> Vec<Box<str>> {
    let names = catalogue::controls_of(ControlRole::ShowLoading);
    names.filter_map(|name| name.rsplit('.').next()).map(Box::from).collect()
}

/// The cover that stays when `call` is refused; the caller knows that no failure is handled.
pub(super) fn left_by(modules: &ModuleGraph<'_>, module: ModuleId, call: ExprId) -> Option<Place> {
    let facts = modules.facts(module)?;
    let around = facts.span(call);
    let function = facts.function_at(around.start());
    let mut resolver = Resolver::new(modules);
    let (mut cover, mut taken) = (None, false);
    for &other in &facts.calls {
        let Expr::Call { callee, .. } = facts.expr(other) else { continue };
        let Expr::Member { name, .. } = facts.expr(*callee) else { continue };
        if !is_last_name(name, ControlRole::ShowLoading)
            && !is_last_name(name, ControlRole::HideLoading)
        {
            continue;
        }
        resolver.reset_fuel();
        let names = platform::names(&mut resolver, ValueRef::new(module, *callee));
        let has = |role| catalogue::controls_of(role).any(|control| names.contains(control));
        let at = facts.span(other).start();
        if has(ControlRole::ShowLoading) && at < around.start() && facts.function_at(at) == function
        {
            cover = Some(Place::new(modules.path(module)?, facts.span(*callee)));
        }
        if has(ControlRole::HideLoading) {
            if !(around.start() <= at && at < around.end()) {
                return None;
            }
            taken = true;
        }
    }
    cover.filter(|_| taken)
}

//! A loading cover that a refusal leaves in place. Only what is plain in one function counts: it is
//! shown before the call, taken away in the call's `success` and nowhere else, and no failure is
//! taken notice of.

use crate::facts::script::{Expr, ExprId};
use crate::finding::Place;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};

/// The interfaces that cover the page, and uncover it.
const SHOW: &str = "wx.showLoading";
/// The last name of the former.
pub(super) const NAME: &str = "showLoading";
const HIDE: &str = "wx.hideLoading";

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
        if !SHOW.ends_with(&**name) && !HIDE.ends_with(&**name) {
            continue;
        }
        resolver.reset_fuel();
        let names = platform::names(&mut resolver, ValueRef::new(module, *callee));
        let at = facts.span(other).start();
        if names.contains(SHOW) && at < around.start() && facts.function_at(at) == function {
            cover = Some(Place::new(modules.path(module)?, facts.span(*callee)));
        }
        if names.contains(HIDE) {
            if !(around.start() <= at && at < around.end()) {
                return None;
            }
            taken = true;
        }
    }
    cover.filter(|_| taken)
}

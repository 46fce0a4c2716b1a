//! Whether a program takes notice of a refusal. A callback for failures counts whatever it does.

use crate::facts::script::{Expr, ExprId, Key, When};
use crate::finding::Place;
use crate::semantic::call_graph::CallGraph;
use crate::semantic::module_graph::ModuleId;
use crate::semantic::resolve::{Resolver, ValueRef};

/// Where the failure of a call is taken: a `fail` or `complete`, a `.catch`, a `catch` around an
/// `await`.
pub(super) fn handled(graph: &mut CallGraph<'_>, module: ModuleId, call: ExprId) -> Option<Place> {
    let modules = graph.modules();
    let facts = modules.facts(module)?;
    let path = modules.path(module)?;
    let mut resolver = Resolver::new(modules);
    let Expr::Call { arguments, .. } = facts.expr(call) else { return None };
    let objects = arguments
        .first()
        .map(|first| resolver.resolve(ValueRef::new(module, first.value)))
        .unwrap_or_default();
    for object in objects {
        let Expr::Object(entries) = resolver.expr(object) else { continue };
        let taken = entries.iter().find(
            |entry| matches!(&entry.key, Key::Name(key) if matches!(&**key, "fail" | "complete")),
        );
        if let Some(entry) = taken {
            return resolver.place(object.at(entry.value));
        }
    }
    // `x().then(…).catch(…)`: the chain around the call.
    let mut inner = call;
    for &outer in facts
        .calls
        .iter()
        .filter(|&&outer| facts.span(outer).start() == facts.span(call).start() && outer != call)
    {
        let Expr::Call { callee, arguments, .. } = facts.expr(outer) else { continue };
        let Expr::Member { object, name } = facts.expr(*callee) else { continue };
        if *object == inner {
            inner = outer;
            if &**name == "catch" || (&**name == "then" && arguments.len() > 1) {
                return Some(Place::new(path, facts.span(outer)));
            }
        }
    }
    let sites = graph.sites(module);
    if sites.awaited.contains(&inner) {
        let at = facts.span(call);
        let tried = facts
            .branches
            .iter()
            .find(|branch| branch.when == When::Tried && branch.span.contains(at))?;
        return Some(Place::new(path, tried.span));
    }
    None
}

/// Whether something goes on only when the call succeeded: a `success`, a `.then`, an `await`.
pub(super) fn is_waited_for(graph: &mut CallGraph<'_>, module: ModuleId, call: ExprId) -> bool {
    let modules = graph.modules();
    let Some(facts) = modules.facts(module) else { return false };
    let Expr::Call { arguments, .. } = facts.expr(call) else { return false };
    let mut resolver = Resolver::new(modules);
    let options = arguments.first().map(|one| resolver.resolve(ValueRef::new(module, one.value)));
    let called_back = options.unwrap_or_default().into_iter().any(|object| {
        let Expr::Object(entries) = resolver.expr(object) else { return false };
        entries.iter().any(|one| matches!(&one.key, Key::Name(key) if &**key == "success"))
    });
    let promised = facts.exprs.iter().any(|expr| match expr {
        Expr::Await(value) => *value == call,
        Expr::Member { object, name } => *object == call && &**name == "then",
        _ => false,
    });
    called_back || promised
}

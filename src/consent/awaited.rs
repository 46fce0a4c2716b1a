//! Calls that the program waits for though they give nothing to wait for. Only the call itself
//! counts, `await x()` or `x().then`; what a wrapper gives is the wrapper's.

use crate::catalogue::Interface;
use crate::facts::script::{Argument, Expr, ExprId, Key};
use crate::finding::Place;
use crate::semantic::api_use::ApiUse;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::text::Span;

/// A call that is waited for in vain.
#[derive(Clone, Debug)]
pub struct Awaited {
    /// The interface.
    pub interface: &'static Interface,
    /// The callee.
    pub place: Place,
    /// The whole call.
    pub call: Place,
    /// How it is waited for.
    pub waiting: Waiting,
    /// Where its options are to be written: what stands between the parentheses, when it is nothing
    /// or an object literal that has no callbacks yet.
    pub options: Option<Span>,
}

/// How a call is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// `await x()`: goes on at once.
    Await,
    /// `x().then(…)`: fails at run time.
    Chained,
}

/// How the call is waited for, if the platform states that it gives no promise.
pub(super) fn of(
    modules: &ModuleGraph<'_>,
    module: ModuleId,
    used: &ApiUse,
    call: ExprId,
) -> Option<Awaited> {
    if used.interface.promise != Some(false) {
        return None;
    }
    let facts = modules.facts(module)?;
    let waiting = facts.exprs.iter().find_map(|expr| match expr {
        Expr::Await(value) if *value == call => Some(Waiting::Await),
        Expr::Member { object, name }
            if *object == call && matches!(&**name, "then" | "catch" | "finally") =>
        {
            Some(Waiting::Chained)
        }
        _ => None,
    })?;
    let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
    let whole = facts.span(call);
    let source = modules.source(module)?;
    let options = match &**arguments {
        [] => {
            let after = Span::new(facts.span(*callee).end(), whole.end()).of(source);
            let inside = after.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            inside
                .filter(|inside| inside.trim().is_empty())
                .map(|_| Span::new(facts.span(*callee).end() + 1, whole.end().saturating_sub(1)))
        }
        [Argument { value, spread: false }] => match facts.expr(*value) {
            Expr::Object(entries)
                if entries.iter().all(|entry| {
                    matches!(&entry.key, Key::Name(key)
                        if !matches!(&**key, "success" | "fail" | "complete"))
                }) =>
            {
                Some(facts.span(*value))
            }
            _ => None,
        },
        _ => None,
    };
    Some(Awaited {
        interface: used.interface,
        place: used.place.clone(),
        call: Place::new(&used.place.file, whole),
        waiting,
        options,
    })
}

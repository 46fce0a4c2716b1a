//! Whether a function leads to a network call at all. It is asked of each function once, whoever
//! calls it, so that calls that cannot lead anywhere are not followed.

use super::{FUEL_OF_CALLEE, Walk};
use crate::facts::script::{Expr, FunctionId};
use crate::semantic::module_graph::ModuleId;
use crate::semantic::resolve::{CallContextId, ValueRef};

/// How many functions may wait for the answer about one that they call. A caller is followed far
/// less deep, so taking a longer chain for one that reaches the network costs steps only.
const DEPTH: u32 = 256;

/// Whether a function leads to a network call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReachesNetwork {
    No,
    /// It calls what it is handed: a network call when it is handed one.
    Handed,
    Yes,
}

impl Walk<'_, '_> {
    /// Whether following `function`, called by `call`, can lead to a network call.
    pub(super) fn may_lead(&mut self, function: ValueRef, call: ValueRef) -> bool {
        match self.leads(function) {
            ReachesNetwork::No => false,
            ReachesNetwork::Yes => true,
            ReachesNetwork::Handed => {
                self.is_handed_a_sink(call)
                    || self
                        .resolver
                        .call_of(function.context)
                        .is_some_and(|call| self.is_handed_a_sink(call))
            }
        }
    }

    /// Whether one of the arguments of `call` is a network interface, or a function of a module
    /// that leads to one.
    fn is_handed_a_sink(&mut self, call: ValueRef) -> bool {
        let Expr::Call { arguments, .. } = self.resolver.expr(call) else { return false };
        arguments.iter().any(|argument| {
            self.resolver.reset_fuel_to(FUEL_OF_CALLEE);
            self.resolver.resolve(call.at(argument.value)).into_iter().any(|source| {
                let facts = self.resolver.facts(source);
                match self.resolver.expr(source) {
                    Expr::Function(id) => {
                        let outermost = facts
                            .and_then(|facts| facts.function(*id))
                            .is_some_and(|function| function.parent.is_none());
                        outermost && self.leads(source) == ReachesNetwork::Yes
                    }
                    _ => self.network_interface(source).is_some(),
                }
            })
        })
    }

    /// Whether the function leads to a network call, whoever calls it.
    fn leads(&mut self, function: ValueRef) -> ReachesNetwork {
        let Expr::Function(id) = self.resolver.expr(function) else { return ReachesNetwork::No };
        let key = (function.module, *id);
        if let Some(&known) = self.leads.get(&key) {
            return known;
        }
        if self.depth >= DEPTH {
            return ReachesNetwork::Yes;
        }
        self.depth += 1;
        let reaches = self.find_reaches(function, key);
        self.depth -= 1;
        reaches
    }

    fn find_reaches(&mut self, function: ValueRef, key: (ModuleId, FunctionId)) -> ReachesNetwork {
        // While it is being looked at: a function that leads back to itself leads nowhere by that.
        self.leads.insert(key, ReachesNetwork::No);
        let mut leads = ReachesNetwork::No;
        for call in self.calls_in(function.within(CallContextId::default())) {
            let Expr::Call { callee, .. } = self.resolver.expr(call) else { continue };
            let callee = call.at(*callee);
            for source in self.run_by(call, callee) {
                let through = match self.resolver.expr(source) {
                    Expr::Function(_) => match self.leads(source) {
                        ReachesNetwork::Handed if self.is_handed_a_sink(call) => {
                            ReachesNetwork::Yes
                        }
                        leads => leads,
                    },
                    Expr::Parameter { .. } => ReachesNetwork::Handed,
                    _ if self.network_interface(source).is_some() => ReachesNetwork::Yes,
                    // `options.handler()`, `this.adapter()`: what it is handed may say.
                    _ => ReachesNetwork::No,
                };
                leads = match (leads, through) {
                    (ReachesNetwork::Yes, _) | (_, ReachesNetwork::Yes) => ReachesNetwork::Yes,
                    (ReachesNetwork::Handed, _) | (_, ReachesNetwork::Handed) => {
                        ReachesNetwork::Handed
                    }
                    (ReachesNetwork::No, ReachesNetwork::No) => ReachesNetwork::No,
                };
            }
            if leads == ReachesNetwork::Yes || self.fuel == 0 {
                break;
            }
        }
        self.leads.insert(key, leads);
        leads
    }
}

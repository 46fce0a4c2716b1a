//! What an expression comes from: names, members, conditionals and calls followed back to the
//! expressions that make the value, across the modules of a program. An answer is a set. What
//! cannot be followed stays in it as it is, so nothing is invented and nothing is lost; a cycle,
//! too many steps or too many candidates end in the expression itself.

mod absent;
mod call;
mod call_context;
mod call_sites;
mod callback;
mod component;
mod const_eval;
mod element;
mod environment;
mod global;
mod instance;
mod member;
mod module;
mod mutation;
mod param_flow;
mod param_owners;
mod text_condition;

pub use super::ids::ValueRef;
pub use call_context::CallContextId;
pub use const_eval::ReleaseChannel;
pub use member::Lookup;
pub(in crate::semantic) use param_owners::ParamOwners;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::cancel;
use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, BindingKind, Expr, ExprId, FunctionId, LogicalOperator};
use crate::finding::Place;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};

use call_context::CallContexts;
use call_sites::CallSites;

/// Steps that one question may take: enough for any real program, and the bound of a hostile one.
pub const FUEL_PER_QUERY: u32 = 4_000;
/// How many expressions deep a question may follow.
const DEPTH: u32 = 64;
/// How many candidates are kept.
const WIDTH: usize = 64;

/// Follows expressions. One is made per file that asks.
pub struct Resolver<'a> {
    modules: &'a ModuleGraph<'a>,
    /// What is being followed, outermost first: at most [`DEPTH`], so a search through it is quick.
    active: Vec<ValueRef>,
    /// The names and members that the value being followed goes by.
    aliases: Vec<ValueRef>,
    fuel: u32,
    depth: u32,
    contexts: CallContexts,
    /// Arguments that were read since the last take, and the frames whose calls give
    /// them.
    params_read: BTreeSet<(CallContextId, ValueRef)>,
    /// Which release is asked about.
    channel: ReleaseChannel,
    /// Whether the answer depends on it.
    channel_read: bool,
    /// How many conditions are being decided.
    condition_depth: u32,
    /// Who calls functions that were asked about.
    callers: HashMap<(ModuleId, FunctionId), Arc<CallSites>>,
    /// How many searches for callers wait for an answer.
    searching: u32,
    /// How many promises are being waited for.
    promises: u32,
}

impl<'a> Resolver<'a> {
    /// A resolver over the modules of a program.
    pub fn new(modules: &'a ModuleGraph<'a>) -> Self {
        Self {
            modules,
            active: Vec::new(),
            aliases: Vec::new(),
            fuel: FUEL_PER_QUERY.min(modules.steps_left()),
            depth: 0,
            contexts: CallContexts::default(),
            params_read: BTreeSet::new(),
            channel: ReleaseChannel::default(),
            channel_read: false,
            condition_depth: 0,
            callers: HashMap::new(),
            searching: 0,
            promises: 0,
        }
    }

    /// Starts a query with its own share of steps, as far as the file's budget has them.
    pub fn reset_fuel(&mut self) {
        self.reset_fuel_to(FUEL_PER_QUERY);
    }

    /// Starts a query with at most `steps`, and returns how many the last one had left.
    pub fn reset_fuel_to(&mut self, steps: u32) -> u32 {
        // A query that takes no step costs, too.
        self.modules.spend(1);
        let steps = steps.min(FUEL_PER_QUERY).min(self.modules.steps_left());
        std::mem::replace(&mut self.fuel, steps)
    }

    /// Returns whether the steps of the query ran out: its answer is what it found so far.
    pub fn is_exhausted(&self) -> bool {
        self.fuel == 0
    }

    /// Returns the steps that the query has left.
    pub fn fuel(&self) -> u32 {
        self.fuel
    }

    /// Takes one step, if there is one left.
    fn spend(&mut self) -> bool {
        cancel::checkpoint();
        let left = self.fuel > 0;
        self.fuel = self.fuel.saturating_sub(1);
        self.modules.spend(1);
        left
    }

    /// The arguments that were asked for since this was last called, and the frames whose calls
    /// give them.
    pub fn take_params_read(&mut self) -> BTreeSet<(CallContextId, ValueRef)> {
        std::mem::take(&mut self.params_read)
    }

    /// Asks about a release from here on; whether an answer before depended on which.
    pub fn set_channel(&mut self, channel: ReleaseChannel) -> bool {
        self.channel = channel;
        std::mem::take(&mut self.channel_read)
    }

    /// The modules it works on.
    pub fn modules(&self) -> &'a ModuleGraph<'a> {
        self.modules
    }

    /// The facts of the module of `at`.
    pub fn facts(&self, at: ValueRef) -> Option<&'a ScriptFacts> {
        self.modules.facts(at.module)
    }

    /// The expression at `at`.
    pub fn expr(&self, at: ValueRef) -> &'a Expr {
        self.facts(at).map_or(&Expr::Unknown, |facts| facts.expr(at.expr))
    }

    /// Where `at` stands.
    pub fn place(&self, at: ValueRef) -> Option<Place> {
        Some(Place::new(self.modules.path(at.module)?, self.facts(at)?.span(at.expr)))
    }

    /// The expressions that make the value of `at`, in a stable order, each once.
    pub fn resolve(&mut self, at: ValueRef) -> Vec<ValueRef> {
        self.resolve_with_aliases(at).0
    }

    /// [`Self::resolve`], and the names and members that the value goes by on the way, `at` first.
    fn resolve_with_aliases(&mut self, at: ValueRef) -> (Vec<ValueRef>, Vec<ValueRef>) {
        let around = std::mem::take(&mut self.aliases);
        let mut found = Vec::new();
        self.follow(at, &mut found);
        (found, std::mem::replace(&mut self.aliases, around))
    }

    fn follow(&mut self, at: ValueRef, found: &mut Vec<ValueRef>) {
        cancel::checkpoint();
        // Running out leaves the expression itself.
        if self.fuel == 0 || self.depth >= DEPTH {
            return push_unique(found, at);
        }
        // A cycle adds nothing that its entry does not give.
        if self.active.contains(&at) {
            return;
        }
        if matches!(self.expr(at), Expr::Name(_) | Expr::Member { .. } | Expr::This(_))
            && self.aliases.len() < WIDTH
        {
            self.aliases.push(at);
        }
        self.active.push(at);
        self.fuel -= 1;
        self.modules.spend(1);
        self.depth += 1;
        self.step(at, found);
        self.depth -= 1;
        self.active.pop();
    }

    fn step(&mut self, at: ValueRef, found: &mut Vec<ValueRef>) {
        match self.expr(at) {
            Expr::Name(binding) => self.follow_name(at, *binding, found),
            Expr::Logical { operator, left, right } => {
                let passes = *operator == LogicalOperator::And
                    || self.follow_left(at.at(*left), *operator, found);
                if passes {
                    self.follow(at.at(*right), found);
                }
            }
            Expr::Conditional { test, then, otherwise } => {
                let holds = self.eval_condition(at.at(*test));
                if holds != Some(false) {
                    self.follow(at.at(*then), found);
                }
                if holds != Some(true) {
                    self.follow(at.at(*otherwise), found);
                }
            }
            Expr::Await(value) => self.follow_awaited(at.at(*value), found),
            Expr::Assign { value } => self.follow(at.at(*value), found),
            Expr::Member { object, name } => self.follow_member(at, at.at(*object), name, found),
            Expr::Index { object, index } => {
                self.follow_index(at, at.at(*object), at.at(*index), found);
            }
            Expr::Call { callee, arguments, new: false } => {
                self.follow_call(at, at.at(*callee), arguments, found);
            }
            Expr::Parameter { function, index } => {
                self.follow_parameter(at, *function, *index, found);
            }
            Expr::This(Some(function)) => match self.receiver(at, *function) {
                Some(receiver) => self.follow_receiver(at, receiver, found),
                None => push_unique(found, at),
            },
            Expr::Import { import, name } => self.follow_import(at, *import, name, found),
            _ => push_unique(found, at),
        }
    }

    /// `this` is the object that the method was called on, as far as that is one whose members we
    /// see.
    fn follow_receiver(&mut self, at: ValueRef, receiver: ValueRef, found: &mut Vec<ValueRef>) {
        let mut objects = Vec::new();
        self.follow(receiver, &mut objects);
        objects.retain(|&object| {
            matches!(
                self.expr(object),
                Expr::Object(_) | Expr::Class { .. } | Expr::Call { .. } | Expr::This(_)
            )
        });
        if objects.is_empty() {
            return push_unique(found, at);
        }
        for object in objects {
            push_unique(found, object);
        }
    }

    /// The left of `||`, `??` or a default, without what never gets through. Whether the right may
    /// be the value.
    fn follow_left(
        &mut self,
        left: ValueRef,
        operator: LogicalOperator,
        found: &mut Vec<ValueRef>,
    ) -> bool {
        let mut values = Vec::new();
        self.follow(left, &mut values);
        let mut open = values.is_empty();
        for value in values {
            let (gets_through, is_certain) = match self.expr(value) {
                Expr::Member { .. } | Expr::Parameter { .. } if self.is_absent(value) => {
                    (false, false)
                }
                // A release has a version, so what would replace a missing one is not its.
                Expr::Member { .. }
                    if self.is_version(value) && self.channel == ReleaseChannel::Release =>
                {
                    (true, true)
                }
                Expr::Undefined => (false, false),
                Expr::Null => (operator == LogicalOperator::Default, false),
                Expr::Bool(false) => {
                    (operator != LogicalOperator::Or, operator != LogicalOperator::Or)
                }
                Expr::String(text) if text.is_empty() => {
                    (operator != LogicalOperator::Or, operator != LogicalOperator::Or)
                }
                Expr::String(_)
                | Expr::Object(_)
                | Expr::Array(_)
                | Expr::Function(_)
                | Expr::Class { .. }
                | Expr::Bool(true) => (true, true),
                _ => (true, false),
            };
            open |= !is_certain;
            if gets_through {
                push_unique(found, value);
            }
        }
        open
    }

    fn follow_name(&mut self, at: ValueRef, binding: BindingId, found: &mut Vec<ValueRef>) {
        let Some(binding) = self.facts(at).and_then(|facts| facts.binding(binding)) else {
            return push_unique(found, at);
        };
        // Of `for (x of list)` it is known that it is one of the list.
        let is_each = |&value: &ExprId| matches!(self.expr(at.at(value)), Expr::Index { .. });
        if binding.values.is_empty()
            || (binding.kind == BindingKind::Other && !binding.values.iter().all(is_each))
        {
            return push_unique(found, at);
        }
        let values: Vec<ValueRef> = binding.values.iter().map(|&value| at.at(value)).collect();
        // A name of many values is as much work as many names.
        self.modules.spend(u32::try_from(values.len()).unwrap_or(u32::MAX));
        let values = self.feasible_values(values);
        for value in self.instantiate_at_callers(at, values) {
            self.follow(value, found);
        }
    }

    fn follow_all_or_push_unique(
        &mut self,
        at: ValueRef,
        values: Vec<ValueRef>,
        found: &mut Vec<ValueRef>,
    ) {
        if values.is_empty() {
            return push_unique(found, at);
        }
        for value in values {
            self.follow(value, found);
        }
    }

    fn follow_member(
        &mut self,
        at: ValueRef,
        object: ValueRef,
        name: &str,
        found: &mut Vec<ValueRef>,
    ) {
        let (objects, aliases) = self.resolve_with_aliases(object);
        let mut values = self.external_stores(at, &objects, name);
        let external = !values.is_empty();
        let mut open = objects.is_empty();
        let mut made = false;
        for object in objects {
            let part = self.member_of(object, name);
            // What only others give is what they give.
            let is_theirs = external && part.values.is_empty();
            open |= !part.complete && !is_theirs;
            made |= matches!(self.expr(object), Expr::Call { new: true, .. });
            values.extend(part.values);
        }
        // A property of `this` or of a platform object is also what this file hangs on it; of an
        // object that is known by how it was made, all that is known already.
        if !made {
            for alias in aliases {
                values.extend(self.field_stores(alias, name));
            }
        }
        let written = self.field_stores_on_app(at);
        values.extend(self.instantiate_at_callers(at, written));
        if let Some(set) = self.set_data(at) {
            open |= !set.complete;
            values.extend(self.instantiate_at_callers(at, set.values));
        }
        if values.is_empty() || open {
            push_unique(found, at);
        }
        for value in self.feasible_values(values) {
            self.follow(value, found);
        }
    }
}

fn push_unique(found: &mut Vec<ValueRef>, at: ValueRef) {
    if found.len() < WIDTH && !found.contains(&at) {
        found.push(at);
    }
}

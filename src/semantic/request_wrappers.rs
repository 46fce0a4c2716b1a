//! Calls of request wrappers: functions whose parameters say where a network call inside them goes.
//! Their callers are where the hosts of a program are decided. A wrapper is followed from each of
//! its callers again, in the frame of the call, so no caller is given the host of another.

mod propagate;
mod reaches_network;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

pub use propagate::propagate_callers;
use reaches_network::ReachesNetwork;

use super::api_use::{Destinations, destinations_of};
use super::module_graph::ModuleId;
use super::platform;
use super::resolve::{CallContextId, FUEL_PER_QUERY, Resolver, ValueRef};
use super::string_value::{Fragment, string_values};
use crate::catalogue::{self, Interface};
use crate::facts::ScriptFacts;
use crate::facts::script::{BindingKind, Expr, ExprId, FunctionId, Key};
use crate::finding::Place;

/// A call that leads a network call elsewhere by what it is given.
#[derive(Clone, Debug)]
pub struct RequestWrapperCall {
    /// The callee.
    pub place: Place,
    /// The callee as written, on one line.
    pub callee: String,
    /// The network calls that it leads.
    pub sinks: Vec<Sink>,
    /// The vendored package that the file belongs to.
    pub package: Option<Arc<str>>,
}

/// A network call that a call leads.
#[derive(Clone, Debug)]
pub struct Sink {
    /// The use of the interface.
    pub sink: Place,
    /// The interface.
    pub interface: &'static Interface,
    /// Where it goes for this caller.
    pub reach: Destinations,
    /// The calls between, outermost first.
    pub path: Vec<Place>,
}

impl RequestWrapperCall {
    /// Where it leads, all network calls together.
    pub fn reach(&self) -> Destinations {
        let mut reach = Destinations::default();
        for sink in &self.sinks {
            reach.endpoints.extend(sink.reach.endpoints.iter().cloned());
            reach.reasons.extend(sink.reach.reasons.iter().cloned());
        }
        reach.normalize();
        reach
    }

    /// Whether the function around it decides where it leads, by its own parameters.
    pub fn is_passed_on(&self) -> bool {
        self.sinks.iter().any(|sink| sink.reach.is_left_to_callers(&self.place))
    }
}

/// How many calls deep a wrapper is followed.
const DEPTH: usize = 8;
/// How many calls one caller may lead through.
const STEPS: u32 = 400;
/// Steps that all questions about the callees of one file may take together, and one of them: a
/// page takes some thousand, and a library of a megabyte in one line would take hours.
const FUEL: u32 = 150_000;
const FUEL_OF_CALLEE: u32 = 400;
/// How many bytes of a callee are shown.
const LONGEST_CALLEE: usize = 60;

/// The calls of wrappers in a script, in document order.
pub fn calls_of_script(resolver: &mut Resolver<'_>, module: ModuleId) -> Vec<RequestWrapperCall> {
    let Some(facts) = resolver.modules().facts(module) else { return Vec::new() };
    let mut walk = Walk::new(resolver);
    let mut found = Vec::new();
    for &call in &facts.calls {
        let Expr::Call { callee, .. } = facts.expr(call) else { continue };
        if walk.fuel == 0 {
            break;
        }
        if worth_following(facts, *callee) {
            found.extend(walk.call(ValueRef::new(module, call), ValueRef::new(module, *callee)));
        }
    }
    found
}

/// The network calls that `call` of `module` leads to through functions of the program, whether or
/// not it has a say in where they go, each with where it goes for this caller.
pub fn sinks_of_call(resolver: &mut Resolver<'_>, module: ModuleId, call: ExprId) -> Vec<Sink> {
    let Some(Expr::Call { callee, .. }) = resolver.modules().facts(module).map(|it| it.expr(call))
    else {
        return Vec::new();
    };
    let mut walk = Walk { every: true, ..Walk::new(resolver) };
    let found = walk.call(ValueRef::new(module, call), ValueRef::new(module, *callee));
    found.map_or_else(Vec::new, |call| call.sinks)
}

struct Walk<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    /// Whether network calls count that the caller has no say in.
    every: bool,
    leads: HashMap<(ModuleId, FunctionId), ReachesNetwork>,
    /// Where network calls go without the context of a call.
    alone: HashMap<(ValueRef, &'static str), ContextFree>,
    /// Steps that are left for the file.
    fuel: u32,
    /// How many functions wait for the answer about one that they call.
    depth: u32,
}

/// What a network call gives away without a caller.
struct ContextFree {
    /// Whether all its hosts are known.
    complete: bool,
    /// The arguments that were asked for.
    params_read: BTreeSet<(CallContextId, ValueRef)>,
}

/// One caller, while its wrappers are followed.
struct Caller {
    /// The frame of the outermost call.
    context: CallContextId,
    steps: u32,
    path: Vec<Place>,
    sinks: Vec<Sink>,
}

impl<'r, 'a> Walk<'r, 'a> {
    fn new(resolver: &'r mut Resolver<'a>) -> Self {
        Self {
            resolver,
            every: false,
            leads: HashMap::new(),
            alone: HashMap::new(),
            fuel: FUEL,
            depth: 0,
        }
    }
}

impl Walk<'_, '_> {
    fn call(&mut self, call: ValueRef, callee: ValueRef) -> Option<RequestWrapperCall> {
        let mut sinks = Vec::new();
        for function in self.run_by(call, callee) {
            if matches!(self.resolver.expr(function), Expr::Function(_))
                && self.may_lead(function, call)
                && let Some(function) = self.enter(function, call, callee)
            {
                let context = function.context;
                let mut caller =
                    Caller { context, steps: STEPS, path: Vec::new(), sinks: Vec::new() };
                self.follow(function, &mut caller);
                sinks.append(&mut caller.sinks);
            }
        }
        if sinks.is_empty() {
            return None;
        }
        Some(RequestWrapperCall {
            place: self.resolver.place(callee)?,
            callee: self.text_of(call, callee),
            sinks,
            package: None,
        })
    }

    /// What a call runs: of `new`, the constructors, in their frames already.
    fn run_by(&mut self, call: ValueRef, callee: ValueRef) -> Vec<ValueRef> {
        if !self.makes(call) {
            return self.callees(callee);
        }
        self.ask(FUEL_OF_CALLEE.min(self.fuel), |resolver| resolver.constructors(call, callee))
    }

    /// Whether the call is `new …`.
    fn makes(&self, call: ValueRef) -> bool {
        matches!(self.resolver.expr(call), Expr::Call { new: true, .. })
    }

    /// A function that [`Self::run_by`] gives, in its frame.
    fn enter(&mut self, function: ValueRef, call: ValueRef, callee: ValueRef) -> Option<ValueRef> {
        if self.makes(call) {
            return Some(function);
        }
        Some(function.within(self.resolver.enter(function, call, callee)?))
    }

    /// What the callee calls, within what is left for the file.
    fn callees(&mut self, callee: ValueRef) -> Vec<ValueRef> {
        self.ask(FUEL_OF_CALLEE.min(self.fuel), |resolver| resolver.callees(callee))
    }

    /// Asks one question of at most `steps` steps, and takes what it took, one at least, from what
    /// is left for the file.
    fn ask<T>(&mut self, steps: u32, question: impl FnOnce(&mut Resolver<'_>) -> T) -> T {
        self.resolver.reset_fuel_to(steps);
        let answer = question(self.resolver);
        let taken = steps.saturating_sub(self.resolver.reset_fuel_to(0));
        self.fuel = self.fuel.saturating_sub(taken.max(1));
        answer
    }

    /// Looks for network calls in the function at `function`, in its frame.
    fn follow(&mut self, function: ValueRef, caller: &mut Caller) {
        for call in self.calls_in(function) {
            if caller.steps == 0 || self.fuel == 0 {
                return;
            }
            caller.steps -= 1;
            let Expr::Call { callee, .. } = self.resolver.expr(call) else { continue };
            let callee = call.at(*callee);
            for source in self.run_by(call, callee) {
                if matches!(self.resolver.expr(source), Expr::Function(_)) {
                    // A function that the caller itself wrote, handed down to be called back, is
                    // looked at where it stands.
                    if self.may_lead(source, call)
                        && caller.path.len() < DEPTH
                        && let Some(source) = self.enter(source, call, callee)
                        && let Some(place) = self.resolver.place(callee)
                    {
                        caller.path.push(place);
                        self.follow(source, caller);
                        caller.path.pop();
                    }
                } else {
                    self.sink(call, source, caller);
                }
            }
        }
    }

    /// Notes the network call `call` of the interface that `source` is, when the caller has a say
    /// in where it goes.
    fn sink(&mut self, call: ValueRef, source: ValueRef, caller: &mut Caller) {
        let Some(interface) = self.network_interface(source) else { return };
        let Some(sink) = self.resolver.place(source) else { return };
        self.resolver.take_params_read();
        let reach = self.destinations_of(call, interface);
        let params_read = self.resolver.take_params_read();
        let alone = (call.within(CallContextId::default()), interface.name);
        if !self.alone.contains_key(&alone) {
            let complete = self.destinations_of(alone.0, interface).complete;
            let params_read = self.resolver.take_params_read();
            self.alone.insert(alone, ContextFree { complete, params_read });
        }
        let Some(ContextFree { complete, params_read: known_alone }) = self.alone.get(&alone)
        else {
            return;
        };
        let complete = *complete;
        let given: Vec<ValueRef> = params_read
            .iter()
            .filter(|(context, _)| *context == caller.context)
            .map(|&(_, argument)| argument)
            .collect();
        let has_a_say = if given.is_empty() {
            // `new Client(base).list()`: what the object was made of says where, and it was made
            // outside of all that is followed.
            let made_outside = |context| {
                self.resolver
                    .call_of(context)
                    .is_some_and(|call| call.context == CallContextId::default())
            };
            let mut of_object = params_read.difference(known_alone);
            !complete && of_object.any(|&(context, _)| made_outside(context))
        } else {
            // `getUser(id)` puts an id into an address that is known without it: no wrapper.
            !complete || given.iter().any(|&argument| self.gives_a_path(argument))
        };
        if !has_a_say && !self.every {
            return;
        }
        caller.sinks.push(Sink { sink, interface, reach, path: caller.path.clone() });
    }

    fn destinations_of(&mut self, call: ValueRef, interface: &'static Interface) -> Destinations {
        self.ask(FUEL_PER_QUERY, |resolver| destinations_of(resolver, call, interface))
    }

    /// Whether an argument holds a piece of an address: a text with a slash, or an object with one.
    fn gives_a_path(&mut self, argument: ValueRef) -> bool {
        self.resolver.reset_fuel();
        for source in self.resolver.resolve(argument) {
            let values: Vec<ValueRef> = match self.resolver.expr(source) {
                Expr::Object(entries) => entries
                    .iter()
                    .filter(|entry| matches!(entry.key, Key::Name(_)))
                    .map(|entry| source.at(entry.value))
                    .collect(),
                _ => vec![source],
            };
            for value in values {
                let has_slash = |fragment: &Fragment| matches!(fragment, Fragment::Known { text, .. } if text.contains('/'));
                let texts = string_values(self.resolver, value);
                if texts.iter().any(|pattern| pattern.fragments.iter().any(has_slash)) {
                    return true;
                }
            }
        }
        false
    }

    /// The network interface that `source` is.
    fn network_interface(&mut self, source: ValueRef) -> Option<&'static Interface> {
        if !matches!(self.resolver.expr(source), Expr::Member { .. } | Expr::Index { .. }) {
            return None;
        }
        let names = platform::names(self.resolver, source);
        names.iter().find_map(|name| {
            catalogue::interface(name)
                .filter(|row| row.list.is_some() && row.url_argument.is_some())
        })
    }

    /// The calls in the body of a function, in document order, in its frame.
    fn calls_in(&self, function: ValueRef) -> Vec<ValueRef> {
        let Expr::Function(id) = self.resolver.expr(function) else { return Vec::new() };
        let Some(facts) = self.resolver.facts(function) else { return Vec::new() };
        let Some(span) = facts.function(*id).map(|function| function.span) else {
            return Vec::new();
        };
        let start = |call: ExprId| facts.span(call).start();
        let from = facts.calls.partition_point(|&call| start(call) < span.start());
        facts
            .calls
            .iter()
            .skip(from)
            .take_while(|&&call| start(call) < span.end())
            .map(|&call| function.at(call))
            .collect()
    }

    fn text_of(&self, call: ValueRef, callee: ValueRef) -> String {
        let facts = self.resolver.facts(callee);
        let source = self.resolver.modules().source(callee.module);
        let text =
            facts.zip(source).map_or("", |(facts, source)| facts.span(callee.expr).of(source));
        let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.len() > LONGEST_CALLEE {
            let end = (0..=LONGEST_CALLEE).rev().find(|&end| text.is_char_boundary(end));
            text.truncate(end.unwrap_or(0));
            text.push('…');
        }
        if self.makes(call) {
            text.insert_str(0, "new ");
        }
        text
    }
}

/// Methods that the platform gives pages and components: never a wrapper.
const OF_PAGES: [&str; 4] = ["createSelectorQuery", "selectComponent", "setData", "triggerEvent"];

/// Whether the callee can be a function of the program: not one of the language's or the platform's
/// own.
fn worth_following(facts: &ScriptFacts, callee: ExprId) -> bool {
    let mut root = callee;
    let mut members = 0;
    while let Expr::Member { object, name } = facts.expr(root) {
        if members == 0 && OF_PAGES.contains(&&**name) {
            return false;
        }
        root = *object;
        members += 1;
    }
    match facts.expr(root) {
        // `wx.http.get()`: what the program hangs on it.
        Expr::Global(name) => catalogue::is_platform_global(name) && members > 1,
        Expr::Name(binding) => facts.binding(*binding).is_some_and(|binding| {
            !matches!(binding.kind, BindingKind::Other) && !binding.values.is_empty()
        }),
        Expr::This(_) => members > 0,
        Expr::Call { .. } | Expr::Function(_) | Expr::Index { .. } => true,
        _ => false,
    }
}

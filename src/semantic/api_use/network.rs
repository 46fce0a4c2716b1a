//! Where a network use goes. [`Destinations::complete`] is a claim – no other host is possible – so
//! every doubt clears it.

use std::collections::BTreeSet;

use super::interceptors::intercepted;
use crate::catalogue::{self, Interface};
use crate::facts::script::{Argument, Expr};
use crate::finding::Place;
use crate::semantic::endpoint::{Endpoint, UrlTarget, classify, classify_host};
use crate::semantic::resolve::{ReleaseChannel, Resolver, ValueRef};
use crate::semantic::string_value::{
    Fragment, StringPattern, UnknownReason, string_values, unknown, unknown_reason,
};

/// Where a network use goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destinations {
    /// The endpoints, each once, sorted.
    pub endpoints: Vec<Endpoint>,
    /// Whether these are all there can be.
    pub complete: bool,
    /// Whether it is certain that nothing leaves the device.
    pub local_only: bool,
    /// Why not all of it is known, each reason once.
    pub reasons: BTreeSet<UnknownReason>,
}

impl Destinations {
    /// The reach of texts that a URL may be.
    pub fn of_patterns(patterns: &[StringPattern]) -> Self {
        Self::of_leads(patterns.iter().map(classify).collect())
    }

    fn of_leads(leads: Vec<UrlTarget>) -> Self {
        let mut reach = Self { local_only: !leads.is_empty(), ..Self::default() };
        for classify in leads {
            match classify {
                UrlTarget::Host(endpoint) => {
                    reach.local_only = false;
                    reach.endpoints.push(endpoint);
                }
                UrlTarget::Local => {}
                UrlTarget::Unknown(reason) => {
                    reach.local_only = false;
                    reach.reasons.insert(reason);
                }
            }
        }
        reach.normalize();
        reach
    }

    /// Puts the endpoints in order, and says whether they are all.
    pub(crate) fn normalize(&mut self) {
        self.endpoints.sort();
        self.endpoints.dedup();
        // What is led to `undefined` or `null` reaches no host at all.
        let no_host = |reason: &UnknownReason| {
            matches!(reason, UnknownReason::Undefined(_) | UnknownReason::Absent)
        };
        let all = self.reasons.iter().all(no_host);
        self.complete = all && !self.endpoints.is_empty();
    }

    /// Takes where callers lead it, each with its own arguments, for what is left open without
    /// them.
    pub fn add_callers<'r>(&mut self, callers: impl IntoIterator<Item = &'r Self>) {
        self.reasons.clear();
        for caller in callers {
            self.local_only &= caller.local_only;
            self.endpoints.extend(caller.endpoints.iter().cloned());
            self.reasons.extend(caller.reasons.iter().cloned());
        }
        self.normalize();
    }

    /// Whether it is left to the callers of a function around `call`.
    pub(crate) fn is_left_to_callers(&self, call: &Place) -> bool {
        self.reasons.iter().any(|reason| {
            matches!(reason, UnknownReason::Parameter(function)
            if function.file == call.file && function.span.contains(call.span))
        })
    }

    /// `scheme://host[:port]` of every endpoint, each once, sorted.
    pub fn origins(&self) -> Vec<String> {
        let mut origins: Vec<String> = self.endpoints.iter().map(Endpoint::origin).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}

/// Where the call `call` of `interface` goes, whose callee stands in the same module and frame.
pub fn destinations_of(
    resolver: &mut Resolver<'_>,
    call: ValueRef,
    interface: &Interface,
) -> Destinations {
    of_versions(resolver, |resolver| reach_in(resolver, call, interface))
}

/// What `reach` gives, and which of it a released program reaches.
pub(super) fn of_versions<'a>(
    resolver: &mut Resolver<'a>,
    reach: impl Fn(&mut Resolver<'a>) -> Destinations,
) -> Destinations {
    let steps = resolver.fuel();
    resolver.set_channel(ReleaseChannel::Any);
    let mut any = reach(resolver);
    // Where the program itself asks which version runs, the one that users have is what must be
    // registered.
    if resolver.set_channel(ReleaseChannel::Release) {
        resolver.reset_fuel_to(steps);
        let released = reach(resolver).endpoints;
        // Where the steps ran out, an endpoint that was not found may be released all the same.
        if !resolver.is_exhausted() {
            for endpoint in &mut any.endpoints {
                endpoint.released = released.contains(endpoint);
            }
            any.normalize();
        }
    }
    resolver.set_channel(ReleaseChannel::Text);
    any
}

fn reach_in(resolver: &mut Resolver<'_>, call: ValueRef, interface: &Interface) -> Destinations {
    let unknown = || Destinations {
        reasons: BTreeSet::from([UnknownReason::Other]),
        ..Destinations::default()
    };
    let Some(argument_name) = interface.url_argument else { return unknown() };
    let Expr::Call { callee, arguments, .. } = resolver.expr(call) else { return unknown() };
    let Some(argument) = url_object(resolver, call.at(*callee), arguments) else {
        return unknown();
    };
    let options = call.at(argument.value);
    let sink = catalogue::domain_list(interface.list.unwrap_or_default());
    // A socket is named by host and port; everything else by a URL that says its scheme itself.
    let socket =
        sink.and_then(|list| list.schemes.first().copied()).filter(|scheme| !is_of_urls(scheme));
    let (patterns, whole) = texts_at(resolver, options, argument_name);
    let patterns = intercepted(resolver, interface.name, argument_name, patterns);
    let leads = match socket {
        Some(scheme) => {
            let (ports, _) = texts_at(resolver, options, PORT);
            let port = known_port(&ports);
            patterns.iter().map(|host| classify_host(host, scheme, port)).collect()
        }
        None => patterns.iter().map(classify).collect(),
    };
    let mut reach = Destinations::of_leads(leads);
    // A picture may lie in the package; a request to a path is a request, whoever puts the host
    // before it.
    reach.local_only &= whole && argument_name == PICTURE;
    reach
}

/// The property that holds a socket's port.
const PORT: &str = "port";
/// The property that holds a picture, which may be a local one.
const PICTURE: &str = "src";

fn is_of_urls(scheme: &str) -> bool {
    matches!(scheme, "https" | "wss")
}

fn known_port(ports: &[StringPattern]) -> Option<u16> {
    let [StringPattern { fragments }] = ports else { return None };
    let [Fragment::Known { text, .. }] = fragments.as_slice() else { return None };
    text.parse().ok()
}

/// The argument that carries the URL: the first, or the second of `wx.request.call(wx, …)`.
fn url_object(
    resolver: &Resolver<'_>,
    callee: ValueRef,
    arguments: &[Argument],
) -> Option<Argument> {
    let index = match resolver.expr(callee) {
        Expr::Member { name, .. } if &**name == "call" => 1,
        Expr::Member { name, .. } if &**name == "apply" => return None,
        _ => 0,
    };
    let argument = *arguments.get(index)?;
    arguments[..=index].iter().all(|argument| !argument.spread).then_some(argument)
}

/// The texts that may stand under `name` of the options, and whether that is all.
fn texts_at(
    resolver: &mut Resolver<'_>,
    options: ValueRef,
    name: &str,
) -> (Vec<StringPattern>, bool) {
    let found = resolver.property(options, name);
    let mut patterns = Vec::new();
    for value in found.values {
        patterns.extend(string_values(resolver, value));
    }
    if !found.complete {
        let before = patterns.len();
        for source in resolver.resolve(options) {
            if !matches!(resolver.expr(source), Expr::Object(_)) {
                patterns.push(unknown(unknown_reason(resolver, source)));
            }
        }
        if patterns.len() == before {
            patterns.push(unknown(UnknownReason::Other));
        }
    }
    patterns.sort();
    patterns.dedup();
    (patterns, found.complete)
}

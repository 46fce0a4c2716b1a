//! The hosts that a program reaches, each with the literals that hold it and the calls that lead
//! there: what the domain rules go through. One wrong host is one item for the whole program,
//! however many literals and calls there are; it stands at the first literal, because there a
//! person must act; [`labels`] show the way from it.

mod labels;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::domain_status::{DomainStatus, verdict};
use super::{Context, Site};
use crate::catalogue::{self, DomainList};
use crate::finding::{Label, Place};
use crate::semantic::api_use::ApiUse;
use crate::semantic::endpoint::Endpoint;
use crate::semantic::request_wrappers::{RequestWrapperCall, Sink};

/// A host that the program reaches.
#[derive(Clone)]
pub(super) struct Reached<'a> {
    /// The first of the endpoints there.
    pub endpoint: &'a Endpoint,
    /// The list that opens it.
    pub list: &'static DomainList,
    /// What the platform says.
    pub verdict: DomainStatus,
    /// Where a person must act: the first literal, or where a package is brought in.
    pub place: Place,
    /// The literals of the program's own that hold it, by place. Empty for a package.
    pub literals: Vec<Place>,
    /// The interface of the first call.
    pub api: &'static str,
    /// Whether the host stands in a package's code.
    pub in_package: bool,
    /// Whether the call stands in the plugin's code.
    pub in_plugin: bool,
    /// For a package, the way to it.
    chain: Vec<Label>,
    /// The calls that lead there.
    calls: Calls<'a>,
}

/// The calls that lead to a host.
#[derive(Clone, Default)]
struct Calls<'a> {
    /// Those of wrappers, and the network call that each leads.
    callers: Vec<(&'a RequestWrapperCall, &'a Sink)>,
    /// Those of the platform.
    uses: Vec<&'a ApiUse>,
}

/// The hosts of one program, once a rule asked for them.
#[derive(Default)]
pub struct Hosts<'a>(OnceCell<Vec<Reached<'a>>>);

/// What makes two calls reach the same: list, origin, whose code it is, and the literal where each
/// is an item of its own.
type Key = (&'static str, String, bool, Option<Arc<str>>, Option<Place>);

/// What is known of one of them.
struct Group<'a> {
    endpoint: &'a Endpoint,
    site: Site<'a>,
    literals: Vec<Place>,
    calls: Calls<'a>,
}

/// Every host, by place and list. Worked out once for all rules.
pub(super) fn reached<'c, 'a>(context: &'c Context<'a>) -> &'c [Reached<'a>] {
    context.hosts.0.get_or_init(|| find(context, false))
}

fn find<'a>(context: &Context<'a>, by_literal: bool) -> Vec<Reached<'a>> {
    let literal = |endpoint: &Endpoint, package: Option<&Arc<str>>| {
        (by_literal && package.is_none()).then(|| endpoint.literal.clone())
    };
    let mut groups: BTreeMap<Key, Group<'a>> = BTreeMap::new();
    for used in context.uses {
        let (Some(reach), Some(list)) = (&used.reach, used.interface.list) else { continue };
        // What only a version before the release reaches needs no list: its checks are off.
        for endpoint in reach.endpoints.iter().filter(|endpoint| endpoint.released) {
            let package = used.package.as_ref();
            let literal = literal(endpoint, package);
            let origin = entry_of(list, endpoint);
            let key = (list, origin, used.in_plugin, package.cloned(), literal);
            let group = groups.entry(key).or_insert_with(|| Group {
                endpoint,
                site: context.site_of(used),
                literals: Vec::new(),
                calls: Calls::default(),
            });
            if used.package.is_none() && !group.literals.contains(&endpoint.literal) {
                group.literals.push(endpoint.literal.clone());
            }
            group.calls.uses.push(used);
        }
    }
    let plugin = context.program.plugin.as_ref();
    for call in context.calls {
        let in_plugin = plugin.is_some_and(|plugin| call.place.file.is_within(&plugin.root));
        for sink in &call.sinks {
            let Some(list) = sink.interface.list else { continue };
            for endpoint in &sink.reach.endpoints {
                let package = call.package.as_ref();
                let literal = literal(endpoint, package);
                let origin = entry_of(list, endpoint);
                let key = (list, origin, in_plugin, package.cloned(), literal);
                let Some(group) = groups.get_mut(&key) else { continue };
                group.calls.callers.push((call, sink));
            }
        }
    }
    let mut found: Vec<Reached<'a>> =
        groups.into_iter().filter_map(|(key, group)| one(context, &key, group)).collect();
    found.sort_by(|a, b| (&a.place, a.list.field).cmp(&(&b.place, b.list.field)));
    found
}

/// What makes an endpoint one with others of its list: the entry that opens it.
fn entry_of(field: &str, endpoint: &Endpoint) -> String {
    let origin = endpoint.origin();
    catalogue::domain_list(field).map_or_else(|| origin.clone(), |list| list.entry(&origin))
}

fn one<'a>(context: &Context<'a>, key: &Key, mut group: Group<'a>) -> Option<Reached<'a>> {
    let list = catalogue::domain_list(key.0)?;
    let first = group.site.used;
    group.literals.sort();
    Some(Reached {
        verdict: verdict(group.endpoint, list, context.domains_for(first)),
        endpoint: group.endpoint,
        list,
        place: group.literals.first().unwrap_or(&group.site.place).clone(),
        chain: group.site.labels(),
        literals: group.literals,
        api: first.api,
        in_package: group.site.in_package(),
        in_plugin: first.in_plugin,
        calls: group.calls,
    })
}

/// What two items have in common that are spoken of as one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Same {
    /// The origin and the literal: what is wrong is how it is written there.
    Literal,
    /// The origin: scheme, host and port.
    Origin,
    /// The host, whatever the scheme and the port.
    Host,
}

/// The hosts with one verdict of those that need no list, by what makes them the same: of several
/// lists, the first, with the literals and calls of all.
pub(super) fn reached_at_all<'a>(
    context: &Context<'a>,
    same: Same,
    wanted: impl Fn(&Reached<'a>) -> bool,
) -> Vec<Reached<'a>> {
    if same == Same::Literal {
        return merged(&find(context, true), same, wanted);
    }
    merged(reached(context), same, wanted)
}

fn merged<'a>(
    items: &[Reached<'a>],
    same: Same,
    wanted: impl Fn(&Reached<'a>) -> bool,
) -> Vec<Reached<'a>> {
    let mut found: Vec<Reached<'a>> = Vec::new();
    for item in items.iter().filter(|item| wanted(item)) {
        let is_twin = |other: &Reached<'_>| {
            let (a, b) = (&other.endpoint, &item.endpoint);
            let is_same = match same {
                Same::Literal => other.place == item.place && a.origin() == b.origin(),
                Same::Origin => {
                    (!item.in_package || other.place == item.place) && a.origin() == b.origin()
                }
                Same::Host => (!item.in_package || other.place == item.place) && a.host == b.host,
            };
            is_same
                && (same == Same::Host || other.verdict == item.verdict)
                && other.in_plugin == item.in_plugin
                && other.in_package == item.in_package
        };
        match found.iter_mut().find(|other| is_twin(other)) {
            Some(twin) => twin.take(item),
            None => found.push(item.clone()),
        }
    }
    found
}

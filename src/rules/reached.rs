//! The hosts that a program reaches, each with the literals that hold it and the calls that lead there: what the domain rules go
//! through. The one thing to know: one wrong host is one item for the whole program, however many literals and calls there are;
//! it stands at the first literal, because there a person must act, and its labels follow the request: the other literals, the
//! callers of wrappers, the calls of the platform.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::verdict::{Verdict, verdict};
use super::{Context, Site};
use crate::catalogue::{self, DomainList};
use crate::finding::{Label, Phrase, Place};
use crate::flow::endpoint::Endpoint;

/// How many places of one kind a finding shows; the last one says how many more there are.
const SHOWN: usize = 12;

/// A host that the program reaches.
#[derive(Clone)]
pub(super) struct Reached<'a> {
    /// The first of the endpoints there.
    pub endpoint: &'a Endpoint,
    /// The list that opens it.
    pub list: &'static DomainList,
    /// What the platform says.
    pub verdict: Verdict,
    /// Where a person must act: the first literal, or where a package is brought in.
    pub place: Place,
    /// The literals of the program's own that hold it, by place. Empty for a package.
    pub literals: Vec<Place>,
    /// The other literals, the calls and, for a package, the way to it.
    pub labels: Vec<Label>,
    /// The interface of the first call.
    pub api: &'static str,
    /// Whether the host stands in a package's code.
    pub in_package: bool,
    /// Whether the call stands in the plugin's code.
    pub in_plugin: bool,
}

/// The hosts of one program, once a rule asked for them.
#[derive(Default)]
pub struct Hosts<'a>(OnceCell<Vec<Reached<'a>>>);

/// What makes two calls reach the same: list, origin, whose code it is, and the literal where each is an item of its own.
type Key = (&'static str, String, bool, Option<Arc<str>>, Option<Place>);

/// What is known of one of them.
struct Group<'a> {
    endpoint: &'a Endpoint,
    site: Site<'a>,
    literals: Vec<Place>,
    callers: Vec<(Place, Phrase)>,
    calls: Vec<(Place, Phrase)>,
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
            let key = (list, endpoint.origin(), used.in_plugin, package.cloned(), literal);
            let group = groups.entry(key).or_insert_with(|| Group {
                endpoint,
                site: context.site_of(used),
                literals: Vec::new(),
                callers: Vec::new(),
                calls: Vec::new(),
            });
            if used.package.is_none() && !group.literals.contains(&endpoint.literal) {
                group.literals.push(endpoint.literal.clone());
            }
            let origin = endpoint.origin();
            let message = Phrase::new(
                format!("{} reaches {origin} here", used.api),
                format!("{} 在此访问 {origin}", used.api),
            );
            group.calls.push((used.place.clone(), message));
        }
    }
    let plugin = context.program.plugin.as_ref();
    for call in context.calls {
        let in_plugin = plugin.is_some_and(|plugin| call.place.file.is_within(&plugin.root));
        for outlet in &call.outlets {
            let Some(list) = outlet.interface.list else { continue };
            for endpoint in &outlet.reach.endpoints {
                let package = call.package.as_ref();
                let literal = literal(endpoint, package);
                let key = (list, endpoint.origin(), in_plugin, package.cloned(), literal);
                let Some(group) = groups.get_mut(&key) else { continue };
                let (callee, origin) = (&call.callee, &key.1);
                let message = Phrase::new(
                    format!("{callee} leads to {origin}"),
                    format!("{callee} 由此访问 {origin}"),
                );
                group.callers.push((call.place.clone(), message));
            }
        }
    }
    let mut found: Vec<Reached<'a>> =
        groups.into_iter().filter_map(|(key, group)| one(context, &key, group)).collect();
    found.sort_by(|a, b| (&a.place, a.list.field).cmp(&(&b.place, b.list.field)));
    found
}

fn one<'a>(context: &Context<'a>, key: &Key, mut group: Group<'a>) -> Option<Reached<'a>> {
    let list = catalogue::domain_list(key.0)?;
    let first = group.site.used;
    group.literals.sort();
    // What stands beside the literal that is shown, in its line or the few after it, needs no label.
    let place = group.literals.first().unwrap_or(&group.site.place).clone();
    let mut labels = group.site.labels();
    let also = Phrase::new(
        format!("{} is written here, too", group.endpoint.origin()),
        format!("此处也写有 {}", group.endpoint.origin()),
    );
    let literals = group.literals.iter().skip(1).map(|place| (place.clone(), also.clone()));
    for places in [literals.collect(), group.callers, group.calls] {
        add(context, &place, places, &mut labels);
    }
    Some(Reached {
        verdict: verdict(group.endpoint, list, context.domains_for(first)),
        endpoint: group.endpoint,
        list,
        place,
        literals: group.literals,
        labels,
        api: first.api,
        in_package: group.site.in_package(),
        in_plugin: first.in_plugin,
    })
}

/// Adds a label for each of `places` that is apart from `place`, and of many only the first, with the number of the others.
fn add(
    context: &Context<'_>,
    place: &Place,
    mut places: Vec<(Place, Phrase)>,
    labels: &mut Vec<Label>,
) {
    places.sort_by(|a, b| a.0.cmp(&b.0));
    places.dedup_by(|a, b| a.0 == b.0);
    places.retain(|(other, _)| {
        (other.file != place.file || !beside(context, other, place))
            && !labels.iter().any(|label| label.place == *other)
    });
    let more = places.len().saturating_sub(SHOWN);
    let last = places.len().min(SHOWN).saturating_sub(1);
    for (index, (place, message)) in places.into_iter().take(SHOWN).enumerate() {
        let message = if index == last && more > 0 {
            Phrase::new(
                format!("{} (and {more} more like this)", message.en),
                format!("{}（另有 {more} 处同类位置）", message.zh),
            )
        } else {
            message
        };
        labels.push(Label { place, message });
    }
}

/// The hosts with one verdict of those that need no list: of several lists, the first, with the places of all.
pub(super) fn reached_at_all<'a>(
    context: &Context<'a>,
    wanted: impl Fn(&Verdict) -> bool,
) -> Vec<Reached<'a>> {
    at_all(reached(context), false, wanted)
}

/// As [`reached_at_all`], each literal by itself: for what is wrong with the literal rather than with the host.
pub(super) fn literals_at_all<'a>(
    context: &Context<'a>,
    wanted: impl Fn(&Verdict) -> bool,
) -> Vec<Reached<'a>> {
    at_all(&find(context, true), true, wanted)
}

fn at_all<'a>(
    items: &[Reached<'a>],
    by_literal: bool,
    wanted: impl Fn(&Verdict) -> bool,
) -> Vec<Reached<'a>> {
    let mut found: Vec<Reached<'a>> = Vec::new();
    for item in items.iter().filter(|item| wanted(&item.verdict)) {
        let twin = found.iter_mut().find(|other| {
            other.verdict == item.verdict
                && other.in_plugin == item.in_plugin
                && other.in_package == item.in_package
                && (other.place == item.place || (!by_literal && !item.in_package))
                && other.endpoint.origin() == item.endpoint.origin()
        });
        let Some(twin) = twin else {
            found.push(item.clone());
            continue;
        };
        for literal in &item.literals {
            if !twin.literals.contains(literal) {
                twin.literals.push(literal.clone());
            }
        }
        for label in &item.labels {
            let known = label.place == twin.place
                || twin.labels.iter().any(|other| other.place == label.place);
            if !known {
                twin.labels.push(label.clone());
            }
        }
    }
    found
}

/// Whether the literal stands in the line of the call or the few after it.
fn beside(context: &Context<'_>, call: &Place, literal: &Place) -> bool {
    let Some(file) = context.files.get(&call.file) else { return false };
    let (start, end) =
        (call.span.start().min(literal.span.start()), call.span.end().max(literal.span.start()));
    let between = file.source.get(start..end).unwrap_or("");
    call.span.start() <= literal.span.start() && between.matches('\n').count() <= 3
}

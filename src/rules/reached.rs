//! The endpoints that a program reaches, each with its callers: what the domain rules go through.
//! The one thing to know: one wrong constant is one item, however many calls use it; it stands at the literal that holds the
//! host, because that is where a person must act.

use std::collections::BTreeMap;

use super::verdict::{Verdict, verdict};
use super::{Context, Site};
use crate::catalogue::{self, DomainList};
use crate::finding::{Label, Phrase, Place};
use crate::flow::endpoint::Endpoint;
use crate::flow::uses::Use;

/// An endpoint that the program reaches.
pub(super) struct Reached<'a> {
    /// The endpoint.
    pub endpoint: &'a Endpoint,
    /// The list that opens it.
    pub list: &'static DomainList,
    /// What the platform says.
    pub verdict: Verdict,
    /// Where a person must act: the literal, or where a package is brought in.
    pub place: Place,
    /// The calls and, for a package, the way to it.
    pub labels: Vec<Label>,
    /// The interface of the first call.
    pub api: &'static str,
    /// Whether the host stands in a package's code.
    pub in_package: bool,
    /// Whether the call stands in the plugin's code.
    pub in_plugin: bool,
}

/// A call of a sink, the endpoint it reaches, and where a person must act about it.
type Call<'a> = (&'a Use, &'a Endpoint, Site<'a>);

/// Every endpoint, by place and list.
pub(super) fn reached<'a>(context: &Context<'a>) -> Vec<Reached<'a>> {
    let mut groups: BTreeMap<(Place, &'static str, String), Vec<Call<'a>>> = BTreeMap::new();
    for used in context.uses {
        let (Some(reach), Some(list)) = (&used.reach, used.interface.list) else { continue };
        // What only a version before the release reaches needs no list: its checks are off.
        for endpoint in reach.endpoints.iter().filter(|endpoint| endpoint.released) {
            let site = context.site_of(used);
            let place =
                if site.in_package() { site.place.clone() } else { endpoint.literal.clone() };
            groups
                .entry((place, list, endpoint.origin()))
                .or_default()
                .push((used, endpoint, site));
        }
    }
    let mut found = Vec::new();
    for ((place, list, _), calls) in groups {
        let (Some(list), Some((first, endpoint, site))) =
            (catalogue::domain_list(list), calls.first())
        else {
            continue;
        };
        let mut labels = site.labels();
        for (used, endpoint, _) in &calls {
            let apart = used.place.file != place.file || !same_line(context, &used.place, &place);
            if apart && !labels.iter().any(|label| label.place == used.place) {
                labels.push(Label {
                    place: used.place.clone(),
                    message: Phrase::new(
                        format!("{} reaches {} here", used.api, endpoint.origin()),
                        format!("{} 在此访问 {}", used.api, endpoint.origin()),
                    ),
                });
            }
        }
        let domains = context.domains_for(first);
        found.push(Reached {
            verdict: verdict(endpoint, list, domains),
            endpoint,
            list,
            place,
            labels,
            api: first.api,
            in_package: site.in_package(),
            in_plugin: first.in_plugin,
        });
    }
    found
}

/// The endpoints with one verdict of those that need no list: of several lists at one literal, the first, with the calls of all.
pub(super) fn reached_at_all<'a>(
    context: &Context<'a>,
    wanted: impl Fn(&Verdict) -> bool,
) -> Vec<Reached<'a>> {
    let mut found: Vec<Reached<'a>> = Vec::new();
    for item in reached(context).into_iter().filter(|item| wanted(&item.verdict)) {
        let twin = found.iter_mut().find(|other| {
            other.place == item.place
                && other.verdict == item.verdict
                && other.endpoint.origin() == item.endpoint.origin()
        });
        match twin {
            Some(twin) => {
                for label in item.labels {
                    if !twin.labels.contains(&label) {
                        twin.labels.push(label);
                    }
                }
            }
            None => found.push(item),
        }
    }
    found
}

/// Whether the literal stands in the line of the call or the few after it, so that the call needs no label.
fn same_line(context: &Context<'_>, call: &Place, literal: &Place) -> bool {
    let Some(file) = context.files.get(&call.file) else { return false };
    let (start, end) =
        (call.span.start().min(literal.span.start()), call.span.end().max(literal.span.start()));
    let between = file.source.get(start..end).unwrap_or("");
    call.span.start() <= literal.span.start() && between.matches('\n').count() <= 3
}

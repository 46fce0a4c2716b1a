//! Personal information that requests carry: names in their data or query that mean it, with the hosts they go to.
//! The one thing to know: a name is taken for what it plainly says (`phone`, `idCard`); `name` or `city` say too little, and
//! what a server knows already needs no name at all.

use super::Matter;
use crate::catalogue::{FieldKind, NameMatch, field_kinds};
use crate::finding::Place;
use crate::flow::sent::sent;

/// A name under which a request carries personal information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SentName<'a> {
    /// What it means.
    pub(super) kind: &'static FieldKind,
    /// The name as written.
    pub(super) name: String,
    /// Where it stands.
    pub(super) place: Place,
    /// The interface, or the wrapper as written.
    pub(super) call: &'a str,
    /// Where the request goes, as far as that is known.
    pub(super) hosts: &'a [String],
}

/// What the program's own requests carry, by file and place: uploads and requests of the platform, and calls of the program's
/// request functions.
pub(super) fn names<'a>(matter: &'a Matter<'_>) -> Vec<SentName<'a>> {
    let inventory = &matter.report.inventory;
    let uses = inventory.uses.iter().filter(|one| one.package.is_none()).filter_map(|one| {
        let network = one.network.as_ref()?;
        Some((&one.place, one.api, network.hosts.as_slice(), false))
    });
    let wrappers = inventory
        .wrappers
        .iter()
        .map(|one| (&one.place, one.callee.as_str(), one.network.hosts.as_slice(), true));
    let mut found: Vec<SentName<'a>> = Vec::new();
    for (place, call, hosts, wrapper) in uses.chain(wrappers) {
        if !matter.holds(&place.file) {
            continue;
        }
        let Some(facts) = matter.files.script(&place.file) else { continue };
        let Some(expr) = facts.call_of(place.span) else { continue };
        for one in sent(facts, expr, wrapper) {
            let place = Place::new(&place.file, one.span);
            // A request inside a wrapper may hold what its caller's does: each place counts once.
            for kind in meant(&one.name) {
                if !found.iter().any(|known| known.place == place && known.kind.id == kind.id) {
                    let name = one.name.clone();
                    found.push(SentName { kind, name, place: place.clone(), call, hosts });
                }
            }
        }
    }
    found.sort_by(|a, b| (&a.place, a.kind.id).cmp(&(&b.place, b.kind.id)));
    found
}

/// The kinds that a name plainly means.
fn meant(name: &str) -> impl Iterator<Item = &'static FieldKind> {
    field_kinds().iter().filter(move |kind| kind.named_by(name) == Some(NameMatch::Strong))
}

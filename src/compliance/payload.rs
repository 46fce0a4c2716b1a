//! Personal information that requests carry: names in their data or query that mean it, with the
//! hosts they go to. A name is taken for what it plainly says (`phone`, `idCard`); `name` or `city`
//! say too little, and what a server knows already needs no name at all.

use super::ReportInput;
use crate::catalogue::{FieldKind, NameMatch, field_kinds};
use crate::content::payload::{PayloadField, sent};
use crate::facts::script::{Expr, ExprId};
use crate::finding::Place;
use crate::path::FilePath;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::request_wrappers::sinks_of_call;
use crate::semantic::resolve::Resolver;

/// A name under which a request carries personal information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SentName {
    /// What it means.
    pub(super) kind: &'static FieldKind,
    /// The name as written.
    pub(super) name: String,
    /// Where it stands.
    pub(super) place: Place,
    /// The interface, or the function as written.
    pub(super) call: String,
    /// Where the request goes, as far as that is known.
    pub(super) hosts: Vec<String>,
}

/// What the program's own requests carry, by file and place: requests and uploads of the platform,
/// and calls of functions that lead to one.
pub(super) fn names(input: &ReportInput<'_>) -> Vec<SentName> {
    let mut found: Vec<SentName> = Vec::new();
    let own = input.report.inventory.uses.iter();
    for one in own.filter(|one| one.package.is_none() && input.holds(&one.place.file)) {
        let (Some(network), Some(facts)) = (&one.network, input.files.script(&one.place.file))
        else {
            continue;
        };
        if let Some(call) = facts.call_of(one.place.span) {
            let names = sent(facts, call, false);
            add(&mut found, &one.place.file, &names, one.api, &network.hosts);
        }
    }
    let modules = ModuleGraph::of(input.files, input.program);
    for file in input.files.iter().filter(|file| is_own(input, &file.path)) {
        let Some(module) = modules.id(&file.path) else { continue };
        through_functions(&modules, module, &file.path, &mut found);
    }
    found.sort_by(|a, b| (&a.place, a.kind.id).cmp(&(&b.place, b.kind.id)));
    found
}

/// Whether a script is the program's own, and loaded by clients.
fn is_own(input: &ReportInput<'_>, path: &FilePath) -> bool {
    let in_package =
        || path.as_str().split('/').any(|part| matches!(part, "miniprogram_npm" | "node_modules"));
    input.holds(path) && !in_package()
}

/// Calls of functions that lead to a request. Only what is given a name that means something is
/// followed: few calls of a program.
fn through_functions(
    modules: &ModuleGraph<'_>,
    module: ModuleId,
    path: &FilePath,
    found: &mut Vec<SentName>,
) {
    let Some(facts) = modules.facts(module) else { return };
    for &call in &facts.calls {
        let Expr::Call { callee, new: false, .. } = facts.expr(call) else { continue };
        let names: Vec<PayloadField> = sent(facts, call, true)
            .into_iter()
            .filter(|one| meant(&one.name).next().is_some())
            .collect();
        if names.is_empty() {
            continue;
        }
        let sinks = sinks_of_call(&mut Resolver::new(modules), module, call);
        if sinks.is_empty() {
            continue;
        }
        let mut hosts: Vec<String> = sinks.iter().flat_map(|sink| sink.reach.origins()).collect();
        hosts.sort();
        hosts.dedup();
        add(found, path, &names, &written(modules, module, *callee), &hosts);
    }
}

/// The text of a callee, on one line.
fn written(modules: &ModuleGraph<'_>, module: ModuleId, callee: ExprId) -> String {
    let span = modules.facts(module).map(|facts| facts.span(callee));
    let text = span.zip(modules.source(module)).map_or("", |(span, source)| span.of(source));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add(
    found: &mut Vec<SentName>,
    file: &FilePath,
    names: &[PayloadField],
    call: &str,
    hosts: &[String],
) {
    for one in names {
        let place = Place::new(file, one.span);
        for kind in meant(&one.name) {
            if !found.iter().any(|known| known.place == place && known.kind.id == kind.id) {
                let (name, call, hosts) = (one.name.clone(), call.to_owned(), hosts.to_vec());
                found.push(SentName { kind, name, place: place.clone(), call, hosts });
            }
        }
    }
}

/// The kinds that a name plainly means.
fn meant(name: &str) -> impl Iterator<Item = &'static FieldKind> {
    field_kinds().iter().filter(move |kind| kind.named_by(name) == Some(NameMatch::Strong))
}

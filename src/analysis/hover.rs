//! The card for a place. The one thing to know: it asks the same flow as the rules do, so an alias is explained as what it stands for
//! and a lookalike is not explained at all.

use super::card::{self, Card};
use crate::catalogue;
use crate::facts::Facts;
use crate::facts::manifest::{Json, JsonKind};
use crate::flow::modules::Modules;
use crate::flow::{self};
use crate::path::FilePath;
use crate::project::{Field, Files, Project};
use crate::text::Span;

/// The card for byte `offset` of `path`: an interface, an `open-type`, a component, a scope or a value of app.json.
pub fn hover(files: &Files, path: &FilePath, offset: usize) -> Option<Card> {
    let file = files.get(path)?;
    let at = Span::at(offset);
    if let Facts::Manifest(facts) = file.facts() {
        return facts.root.as_ref().and_then(|root| in_manifest(root, at));
    }
    let project = Project::resolve(files);
    let program = project.program_of(path)?;
    let uses = flow::uses_of_file(&Modules::of(files, program), file);
    // The narrowest: inside `wx.createMapContext('m').moveToLocation` the factory's own span is shorter.
    let used = uses
        .iter()
        .filter(|used| used.place.span.contains(at))
        .min_by_key(|used| used.place.span.len())?;
    Some(card::of_interface(used.interface, used.api, used.place.span))
}

/// A value of `requiredPrivateInfos` or a scope, wherever it stands in the manifest.
fn in_manifest(root: &Json, at: Span) -> Option<Card> {
    let names = root.get(Field::RequiredPrivateInfos.key());
    if let Some((name, span)) =
        names.and_then(|names| names.strings().find(|(_, span)| span.contains(at)))
    {
        return catalogue::private_info(name).map(|row| card::of_interface(row, row.name, span));
    }
    let scopes = root.get(Field::Permission.key()).map(Json::members).unwrap_or_default();
    if let Some(member) = scopes.iter().find(|member| member.key_span.contains(at)) {
        return catalogue::scope_use(&member.key)
            .map(|row| card::of_interface(row, row.name, member.key_span));
    }
    scope_text(root, at)
}

/// A string that names a scope (`chatTools[].scopes`).
fn scope_text(json: &Json, at: Span) -> Option<Card> {
    if !json.span.contains(at) {
        return None;
    }
    match &json.kind {
        JsonKind::String(text) => {
            catalogue::scope_use(text).map(|row| card::of_interface(row, row.name, json.span))
        }
        JsonKind::Array(elements) => elements.iter().find_map(|element| scope_text(element, at)),
        JsonKind::Object(members) => {
            members.iter().find_map(|member| scope_text(&member.value, at))
        }
        _ => None,
    }
}

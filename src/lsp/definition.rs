//! Definitions and references in the protocol's form. A client that takes links is told how much of
//! its text was asked about; any other gets the bare places.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;
use crate::finding::Place;
use crate::ide::{self, Definition};

/// Where what stands at `position` is defined.
pub(super) fn at(
    asked: &RequestContext<'_>,
    position: lsp::Position,
) -> Option<lsp::GotoDefinitionResponse> {
    let found = ide::definition(&asked.snapshot.files, asked.path, asked.offset(position))?;
    Some(if asked.features.definition_links {
        lsp::GotoDefinitionResponse::Link(links(asked, &found))
    } else {
        let places = found.targets.iter().map(|target| Place::new(&target.whole.file, target.name));
        let locations = places.filter_map(|place| asked.places.location(&place));
        lsp::GotoDefinitionResponse::Array(locations.collect())
    })
}

fn links(asked: &RequestContext<'_>, found: &Definition) -> Vec<lsp::LocationLink> {
    let text = asked.places.text(asked.path);
    let origin = convert::range(&text, found.origin, asked.places.units);
    let link = |target: &ide::Target| {
        let name = Place::new(&target.whole.file, target.name);
        Some(lsp::LocationLink {
            origin_selection_range: Some(origin),
            target_uri: asked.snapshot.uri(&target.whole.file)?,
            target_range: asked.places.range(&target.whole),
            target_selection_range: asked.places.range(&name),
        })
    };
    found.targets.iter().filter_map(link).collect()
}

/// The places that speak of what stands at `position`.
pub(super) fn references(
    asked: &RequestContext<'_>,
    position: lsp::Position,
    declaration: bool,
) -> Option<Vec<lsp::Location>> {
    let offset = asked.offset(position);
    let places = ide::references(&asked.snapshot.files, asked.path, offset, declaration)?;
    Some(places.iter().filter_map(|place| asked.places.location(place)).collect())
}

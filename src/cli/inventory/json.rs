//! The inventory for programs, `miniguard/inventory/1`. `hosts` and `resolution` stand only on
//! network uses, `reasons` only where not all hosts are known, `package` only on vendored ones,
//! `consent` only where the privacy guide speaks of the interface; `forms` are no uses of an
//! interface; fields are only ever added.

use std::io::{self, Write};

use serde::Serialize;

use super::Listing;
use crate::check::inventory::{ConsentState, Network, UnknownReason};
use crate::text::{Text, Units};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    uses: Vec<Entry<'a>>,
    wrappers: Vec<Wrapper<'a>>,
    forms: Vec<Field<'a>>,
    skipped: Vec<Skip<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: String,
    line: usize,
    column: usize,
    api: &'a str,
    kind: &'a str,
    information: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    hosts: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<Consent>,
}

#[derive(Serialize)]
struct Wrapper<'a> {
    file: String,
    line: usize,
    column: usize,
    callee: &'a str,
    hosts: &'a [String],
    resolution: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'static str>,
}

/// Why not all hosts are known.
fn reasons(network: &Network) -> Vec<&'static str> {
    network.reasons.iter().map(UnknownReason::name).collect()
}

#[derive(Serialize)]
struct Consent {
    class: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Field<'a> {
    file: String,
    line: usize,
    column: usize,
    asks: &'a str,
    information: Vec<&'static str>,
    sensitivity: &'static str,
    signs: &'a [&'static str],
}

#[derive(Serialize)]
struct Skip<'a> {
    file: String,
    reason: &'a str,
}

/// The class of the evidence and, where there is some, its place.
fn consent(listing: &Listing, standing: &ConsentState) -> Consent {
    let position = standing.place.as_ref().and_then(|place| {
        let file = listing.files.get(&place.file)?;
        let text = Text::new(&file.source);
        Some(text.position(place.span.start(), Units::Utf16))
    });
    Consent {
        class: standing.class.name(),
        file: standing.place.as_ref().map(|place| listing.names.relative(&place.file)),
        line: position.map(|position| position.line + 1),
        column: position.map(|position| position.column + 1),
    }
}

/// Writes the inventory.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let uses = listing.places().map(|(one, line, column)| Entry {
        file: listing.names.relative(&one.place.file),
        line,
        column,
        api: one.api,
        kind: one.kind,
        information: &one.information,
        hosts: one.network.as_ref().map(|network| &*network.hosts),
        resolution: one.network.as_ref().map(|network| network.resolution.name()),
        reasons: one.network.as_ref().map(reasons).unwrap_or_default(),
        package: one.package.as_deref(),
        consent: one.consent.as_ref().map(|standing| consent(listing, standing)),
    });
    let skipped = listing.skipped.iter().map(|skipped| Skip {
        file: listing.names.relative(&skipped.file),
        reason: skipped.reason.get(listing.language),
    });
    let forms = listing.fields().map(|(one, line, column)| Field {
        file: listing.names.relative(&one.place.file),
        line,
        column,
        asks: one.kind.id,
        information: one.kind.information.into_iter().collect(),
        sensitivity: one.kind.sensitivity.name(),
        signs: &one.signs,
    });
    let wrappers = listing.wrapper_calls().map(|(one, line, column)| Wrapper {
        file: listing.names.relative(&one.place.file),
        line,
        column,
        callee: &one.callee,
        hosts: &one.network.hosts,
        resolution: one.network.resolution.name(),
        reasons: reasons(&one.network),
    });
    let document = Document {
        schema: "miniguard/inventory/1",
        uses: uses.collect(),
        wrappers: wrappers.collect(),
        forms: forms.collect(),
        skipped: skipped.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

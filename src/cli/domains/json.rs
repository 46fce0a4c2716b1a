//! The hosts for programs, `miniguard/domains/1`. Fields are only ever added.

use std::io::{self, Write};

use serde::Serialize;

use super::Listing;
use crate::check::domains::{self, ListedHosts, OpenCall, ProgramDomains};
use crate::check::inventory::UnknownReason;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    programs: Vec<Program<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Program<'a> {
    folder: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_file: Option<String>,
    lists: Vec<List<'a>>,
    media: Vec<Host<'a>>,
    open: Vec<Open<'a>>,
}

#[derive(Serialize)]
struct List<'a> {
    field: &'static str,
    console: &'static str,
    known: bool,
    hosts: Vec<Host<'a>>,
    unreached: &'a [String],
}

#[derive(Serialize)]
struct Host<'a> {
    origin: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    plugin: bool,
    callers: Vec<Caller<'a>>,
}

#[derive(Serialize)]
struct Caller<'a> {
    file: String,
    line: usize,
    column: usize,
    name: &'a str,
}

#[derive(Serialize)]
struct Open<'a> {
    #[serde(flatten)]
    caller: Caller<'a>,
    field: &'static str,
    partial: bool,
    reasons: Vec<&'static str>,
}

/// Writes the document.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let programs = listing.programs.iter().map(|one| program(listing, one)).collect();
    let document = Document { schema: "miniguard/domains/1", programs };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn program<'a>(listing: &'a Listing, program: &'a ProgramDomains) -> Program<'a> {
    let list = |listed: &'a ListedHosts| List {
        field: listed.list.field,
        console: listed.list.console,
        known: listed.known,
        hosts: listed.hosts.iter().map(|one| host(listing, one)).collect(),
        unreached: &listed.unreached,
    };
    let open = |call: &'a OpenCall| Open {
        caller: caller(listing, &call.caller),
        field: call.list.field,
        partial: call.partial,
        reasons: call.reasons.iter().map(UnknownReason::name).collect(),
    };
    Program {
        folder: listing.names.relative(&program.base),
        list_file: program.file.as_ref().map(|file| listing.names.relative(file)),
        lists: program.lists.iter().map(list).collect(),
        media: program.media.iter().map(|one| host(listing, one)).collect(),
        open: program.open.iter().map(open).collect(),
    }
}

fn host<'a>(listing: &'a Listing, host: &'a domains::Host) -> Host<'a> {
    Host {
        origin: &host.origin,
        state: host.state.name(),
        note: host.note.as_ref().map(|note| note.get(listing.language)),
        package: host.package.as_deref(),
        plugin: host.in_plugin,
        callers: host.callers.iter().map(|one| caller(listing, one)).collect(),
    }
}

fn caller<'a>(listing: &'a Listing, caller: &'a domains::Caller) -> Caller<'a> {
    let (line, column) = listing.position(caller);
    Caller { file: listing.names.relative(&caller.place.file), line, column, name: &caller.name }
}

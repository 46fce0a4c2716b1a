//! `inventory`: every use of a regulated interface, before any rule's opinion. This is data for
//! review and for filing documents; its order is by file and place in every form but the tables,
//! which put each kind apart.

mod json;
mod markdown;
mod plain;
mod platform;
mod table;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::slice;

use super::args::{InventoryArguments, InventoryFormat};
use super::console::Console;
use super::display_paths::Names;
use super::failure::Failure;
use super::language;
use super::progress::{Progress, Stage};
use super::target::{self, Target};
use crate::check::inventory::{InventoryForm, InventoryUse, InventoryWrapper, Skipped};
use crate::check::{Cancel, Notice};
use crate::finding::{Language, Place};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::{Text, Units};

/// What is to be listed.
#[derive(Debug)]
struct Listing {
    files: Files,
    names: Names,
    uses: Vec<InventoryUse>,
    wrappers: Vec<InventoryWrapper>,
    forms: Vec<InventoryForm>,
    skipped: Vec<Skipped>,
    language: Language,
}

impl Listing {
    /// The files asked about, as they are called.
    fn named(&self, only: Option<&BTreeSet<FilePath>>) -> Vec<String> {
        only.into_iter().flatten().map(|file| self.names.open(file)).collect()
    }

    /// Each use with its line and column: 1-based, the column in UTF-16 units.
    fn places(&self) -> impl Iterator<Item = (&InventoryUse, usize, usize)> {
        self.located(&self.uses, |one| &one.place)
    }

    /// Each call of a wrapper with its line and column, as for uses.
    fn wrapper_calls(&self) -> impl Iterator<Item = (&InventoryWrapper, usize, usize)> {
        self.located(&self.wrappers, |one| &one.place)
    }

    /// Each form field with its line and column, as for uses.
    fn fields(&self) -> impl Iterator<Item = (&InventoryForm, usize, usize)> {
        self.located(&self.forms, |one| &one.place)
    }

    fn located<'l, T>(
        &'l self,
        items: &'l [T],
        place: fn(&T) -> &Place,
    ) -> impl Iterator<Item = (&'l T, usize, usize)> {
        // They are sorted by file: one text at a time is enough.
        items.chunk_by(move |a, b| place(a).file == place(b).file).flat_map(move |items| {
            let first = items.first().and_then(|first| self.files.get(&place(first).file));
            let text = first.map(|file| Text::new(&file.source)).unwrap_or_default();
            items.iter().map(move |one| {
                let position = text.position(place(one).span.start(), Units::Utf16);
                (one, position.line + 1, position.column + 1)
            })
        })
    }
}

/// Runs the command.
///
/// # Errors
/// A path that cannot be used.
pub(crate) fn run(arguments: &InventoryArguments, console: Console) -> Result<(), Failure> {
    if arguments.platform {
        return platform::run(arguments, console);
    }
    let progress = Progress::start(console.language());
    let mut targets = target::open(slice::from_ref(&arguments.path), &progress)?;
    let Some(Target { workspace, only, names, alone }) = targets.pop() else { return Ok(()) };
    progress.stage(Stage::Analysing(workspace.files().clone()));
    // It is never cancelled, so the default never stands in for a report.
    let report = crate::check::analyse(workspace.files(), &Cancel::never()).unwrap_or_default();
    drop(progress);
    target::needs_program(&report, &names, alone)?;

    let asked_for = |file: &FilePath| only.as_ref().is_none_or(|only| only.contains(file));
    let language = language::choose(console.asked, report.language);
    let mut inventory = report.inventory;
    inventory.uses.retain(|one| asked_for(&one.place.file));
    inventory.wrappers.retain(|one| asked_for(&one.place.file));
    inventory.forms.retain(|one| asked_for(&one.place.file));
    inventory.skipped.retain(|one| asked_for(&one.file));
    let listing = Listing {
        files: workspace.files().clone(),
        names,
        uses: inventory.uses,
        wrappers: inventory.wrappers,
        forms: inventory.forms,
        skipped: inventory.skipped,
        language,
    };
    if !alone {
        notices(&report.notices, &listing);
    }
    console.write(arguments.format == InventoryFormat::Plain, |out| {
        write(arguments.format, &listing, out)
    })?;
    let alone: Vec<String> = if alone { listing.named(only.as_ref()) } else { Vec::new() };
    target::accepts_alone(&alone, arguments.alone)
}

fn write(format: InventoryFormat, listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    match format {
        InventoryFormat::Plain => plain::write(listing, out),
        InventoryFormat::Json => json::write(listing, out),
        InventoryFormat::Markdown => markdown::write(listing, out),
    }
}

fn notices(notices: &[Notice], listing: &Listing) {
    let console = Console { asked: Some(listing.language) };
    for notice in notices {
        console.note(&listing.names.said_of(notice.message.get(listing.language)));
    }
}

#[cfg(test)]
mod tests;

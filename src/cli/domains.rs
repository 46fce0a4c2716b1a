//! `domains`: the hosts that the program reaches, by list, for the person who fills the console in;
//! and the console's answer, put into the list file. What is printed to be pasted holds only what
//! can be registered.

mod import;
mod json;
mod paste;
mod plain;

use std::slice;

use super::args::{DomainsArguments, DomainsFormat};
use super::console::Console;
use super::display_paths::Names;
use super::failure::Failure;
use super::language;
use super::progress::{Progress, Stage};
use super::target::{self, Target};
use crate::check::domains::{Caller, ProgramDomains};
use crate::check::{self, Cancel};
use crate::finding::Language;
use crate::project::Files;
use crate::text::{Text, Units};

/// What is to be listed.
#[derive(Debug)]
struct Listing {
    files: Files,
    names: Names,
    programs: Vec<ProgramDomains>,
    language: Language,
}

impl Listing {
    /// The line and column of a call: 1-based, the column in UTF-16 units. O(text).
    fn position(&self, caller: &Caller) -> (usize, usize) {
        let file = self.files.get(&caller.place.file);
        let text = file.map(|file| Text::new(&file.source)).unwrap_or_default();
        let position = text.position(caller.place.span.start(), Units::Utf16);
        (position.line + 1, position.column + 1)
    }

    fn word(&self, en: &'static str, zh: &'static str) -> &'static str {
        if self.language == Language::English { en } else { zh }
    }
}

/// Runs the command.
///
/// # Errors
/// A path that cannot be used; with `--import`, an answer that holds no list, or a file that cannot
/// be written.
pub(crate) fn run(arguments: &DomainsArguments, console: Console) -> Result<(), Failure> {
    let progress = Progress::start(console.language());
    let mut targets = target::open(slice::from_ref(&arguments.path), &progress)?;
    let Some(Target { mut workspace, names, alone, .. }) = targets.pop() else { return Ok(()) };
    progress.stage(Stage::Analysing(workspace.files().clone()));
    // It is never cancelled, so the default never stands in for a report.
    let report = check::analyse(workspace.files(), &Cancel::never()).unwrap_or_default();
    drop(progress);
    target::needs_whole_program(&report, &names, alone)?;
    let language = language::choose(console.asked, report.language);
    if let Some(answer) = &arguments.import {
        return import::run(answer, &report.domains, &mut workspace, &names, console);
    }
    let listing =
        Listing { files: workspace.files().clone(), names, programs: report.domains, language };
    console.write(arguments.format == DomainsFormat::Plain, |out| match arguments.format {
        DomainsFormat::Plain => plain::write(&listing, out),
        DomainsFormat::Json => json::write(&listing, out),
        DomainsFormat::Console => paste::write(&listing, out),
    })
}

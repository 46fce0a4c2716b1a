//! `check`: open, analyse, mend if asked to, leave out what is known, report.
//! The one thing to know: the whole program is always analysed; `--changed` and single files only narrow what is shown.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Instant;

use super::args::CheckArguments;
use super::changed::{self, Since};
use super::console::Console;
use super::failure::Failure;
use super::known::{self, Known};
use super::progress::{Progress, Stage};
use super::report::{self, Format, Outcome, Part};
use super::target::{self, Target};
use super::{fix, language};
use crate::analysis::{Cancel, Report};
use crate::finding::{Applicability, Finding, Language};
use crate::path::FilePath;
use crate::project::Files;

/// Runs the command; whether nothing failed the run.
///
/// # Errors
/// A path, a baseline or git that cannot be used.
pub(crate) fn run(arguments: &CheckArguments, console: Console) -> Result<bool, Failure> {
    let begun = Instant::now();
    let progress = Progress::start(console.language());
    let targets = target::open(&arguments.paths, &progress)?;
    known::possible(arguments, &targets)?;
    let mut parts = Vec::new();
    let mut applied = None;
    let mut spoken: Option<Language> = None;
    let mut notes = Vec::new();
    let mut has_baseline = false;
    for Target { mut workspace, only, names, alone } in targets {
        let changed = changed_files(arguments, workspace.root())?;
        let shown = |file: &FilePath| {
            let among = |files: &Option<BTreeSet<FilePath>>| {
                files.as_ref().is_none_or(|files| files.contains(file))
            };
            among(&only) && among(&changed)
        };
        let analyse = |files: &Files| {
            progress.stage(Stage::Analysing(files.clone()));
            // Nobody can cancel it, so the default never stands in for a report.
            crate::analysis::analyse(files, &Cancel::never()).unwrap_or_default()
        };
        let mut report = analyse(workspace.files());
        target::needs_program(&report, &names, alone)?;
        let mut known = Known::read(arguments, &report, &workspace)?;
        if let Some(allowed) = allowed_fixes(arguments) {
            let wanted = |report: &Report, files: &Files| {
                let (new, _) = known.split(report.findings.clone(), files);
                new.into_iter().filter(|finding| shown(&finding.place.file)).collect()
            };
            let count;
            (report, count) = fix::apply(&mut workspace, report, allowed, wanted, analyse)?;
            *applied.get_or_insert(0) += count;
        }
        spoken = spoken.or(report.language);
        let files = workspace.files().clone();
        notes.extend(known.record(arguments, &report, &files)?);
        has_baseline |= known.is_kept();
        let keep = |findings: Vec<Finding>| -> Vec<Finding> {
            findings.into_iter().filter(|finding| shown(&finding.place.file)).collect()
        };
        let (findings, baselined) = known.split(report.findings, &files);
        parts.push(Part {
            checked: files.iter().filter(|file| shown(&file.path)).count(),
            names,
            findings: keep(findings),
            baselined: keep(baselined),
            // That there is no program around a single file is what was asked for.
            notices: if alone { Vec::new() } else { report.notices },
            files,
        });
    }
    drop(progress);

    let language = language::choose(console.asked, spoken);
    let outcome = Outcome {
        parts,
        language,
        fail_on: arguments.fail_on,
        has_baseline,
        applied,
        elapsed: std::io::stderr().is_terminal().then(|| begun.elapsed()),
    };
    let console = Console { asked: Some(language) };
    for note in notes {
        console.note(note.get(language));
    }
    let for_a_person = arguments.format == Format::Plain;
    if !for_a_person {
        notices(&outcome, console);
    }
    console.write(for_a_person, |out| report::write(arguments.format, &outcome, out))?;
    Ok(!outcome.fails())
}

fn allowed_fixes(arguments: &CheckArguments) -> Option<Applicability> {
    match (arguments.fix, arguments.fix_unsafe) {
        (_, true) => Some(Applicability::Unsafe),
        (true, false) => Some(Applicability::Safe),
        (false, false) => None,
    }
}

fn changed_files(
    arguments: &CheckArguments,
    folder: &Path,
) -> Result<Option<BTreeSet<FilePath>>, Failure> {
    let since = match &arguments.since {
        Some(reference) => Since::Reference(reference.clone()),
        None if arguments.staged => Since::Index,
        None if arguments.changed => Since::Head,
        None => return Ok(None),
    };
    changed::files(folder, &since).map(Some)
}

/// Notices of the workspaces, beside a report that has no room for them.
fn notices(outcome: &Outcome, console: Console) {
    for part in &outcome.parts {
        for notice in &part.notices {
            console.note(&part.names.said_of(notice.message.get(outcome.language)));
        }
    }
}

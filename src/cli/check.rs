//! `check`: open, analyse, mend if asked to, leave out what is known, report. The whole program is
//! always analysed; `--changed` and single files only narrow what is shown.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Instant;

use super::args::CheckArguments;
use super::baseline_files::{self, Known};
use super::changed::{self, Since};
use super::console::Console;
use super::failure::Failure;
use super::progress::{Progress, Stage};
use super::report::{self, Format, Outcome, Part};
use super::staged::{self, Staged};
use super::target::{self, Target};
use super::{fix, language};
use crate::check::inventory::Skipped;
use crate::check::{Cancel, Notice, Report};
use crate::finding::{Applicability, Edit, Finding, Language, Phrase};
use crate::path::FilePath;
use crate::project::{File, Files, ReadError};

/// Runs the command; whether nothing failed the run.
///
/// # Errors
/// A path, a baseline or git that cannot be used.
pub(crate) fn run(arguments: &CheckArguments, console: Console) -> Result<bool, Failure> {
    let begun = Instant::now();
    let progress = Progress::start(console.language());
    let targets = target::open(&arguments.paths, &progress)?;
    baseline_files::possible(arguments, &targets)?;
    let mut parts = Vec::new();
    let mut applied = None;
    let mut spoken: Option<Language> = None;
    let mut notes = Vec::new();
    let mut has_baseline = false;
    let mut without_program = Vec::new();
    for Target { mut workspace, only, names, alone } in targets {
        let changed = changed_files(arguments, workspace.root())?;
        let staged = arguments.staged.then(|| Staged::read(workspace.root())).transpose()?;
        if let Some(staged) = &staged {
            staged.show_in(&mut workspace);
        }
        let shown = |file: &FilePath| among(only.as_ref(), file) && among(changed.as_ref(), file);
        let analyse = |files: &Files| {
            progress.stage(Stage::Analysing(files.clone()));
            // It is never cancelled, so the default never stands in for a report.
            crate::check::analyse(files, &Cancel::never()).unwrap_or_default()
        };
        let mut report = analyse(workspace.files());
        target::needs_program(&report, &names, alone)?;
        let mut known = Known::read(arguments, &report, &workspace)?;
        if let Some(allowed) = allowed_fixes(arguments) {
            let wanted = |report: &Report, files: &Files| {
                let (new, _) = known.split(report.findings.clone(), files);
                let mendable = |finding: &Finding| {
                    shown(&finding.place.file)
                        && staged.as_ref().is_none_or(|staged| staged.can_mend(finding))
                };
                new.into_iter().filter(mendable).collect()
            };
            let before = workspace.files().clone();
            let count;
            (report, count) = fix::apply(&mut workspace, report, allowed, wanted, analyse)?;
            *applied.get_or_insert(0) += count;
            if let Some(staged) = &staged {
                staged.show_in(&mut workspace);
                notes.extend(staged::stage_again(&before, workspace.files(), &names));
            }
        }
        if let (Some(staged), Some(changed)) = (&staged, &changed) {
            notes.extend(staged.note(changed, &names));
        }
        spoken = spoken.or(report.language);
        let files = workspace.files().clone();
        notes.extend(known.record(arguments, &report, &files)?);
        has_baseline |= known.is_kept();
        let keep = |findings: Vec<Finding>| -> Vec<Finding> {
            let concerns = |finding: &Finding| {
                among(only.as_ref(), &finding.place.file) && concerned(finding, changed.as_ref())
            };
            findings.into_iter().filter(concerns).collect()
        };
        if alone {
            without_program.extend(only.iter().flatten().map(|file| names.open(file)));
        }
        let mut notices = if alone { Vec::new() } else { report.notices };
        notices.extend(unread(&report.inventory.skipped, &files, only.as_ref()));
        notices.extend(
            files.iter().filter(|file| shown(&file.path)).filter_map(|file| encoding(file)),
        );
        let (findings, baselined) = known.split(report.findings, &files);
        parts.push(Part {
            checked: files.iter().filter(|file| shown(&file.path)).count(),
            names,
            findings: keep(findings),
            baselined: keep(baselined),
            // That there is no program around a single file is what was asked for.
            notices,
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
    target::accepts_alone(&without_program, arguments.alone)?;
    Ok(!outcome.fails())
}

fn among(files: Option<&BTreeSet<FilePath>>, file: &FilePath) -> bool {
    files.is_none_or(|files| files.contains(file))
}

/// Whether a change of these files can have brought the finding: it stands in one, is explained by
/// one, or would be mended in one (a declaration that was taken out of app.json shows at the call).
fn concerned(finding: &Finding, changed: Option<&BTreeSet<FilePath>>) -> bool {
    let Some(changed) = changed else { return true };
    let labels = finding.labels.iter().map(|label| &label.place.file);
    let edits = finding.fixes.iter().flat_map(|fix| &fix.edits).map(Edit::file);
    std::iter::once(&finding.place.file)
        .chain(labels)
        .chain(edits)
        .any(|file| changed.contains(file))
}

/// A note for each file that was asked about and not looked at: every one that was named, else
/// those that should have been.
fn unread(skipped: &[Skipped], files: &Files, only: Option<&BTreeSet<FilePath>>) -> Vec<Notice> {
    let tell = |file: &FilePath| match only {
        Some(only) => only.contains(file),
        None => files.get(file).is_some_and(|file| {
            file.read_error.is_some_and(|read_error| read_error != ReadError::NotUtf8)
        }),
    };
    let note = |skipped: &Skipped| Notice {
        folder: FilePath::root(),
        message: Phrase::new(
            format!("{} was not looked at: {}.", skipped.file, skipped.reason.en),
            format!("未检查 {}：{}。", skipped.file, skipped.reason.zh),
        ),
    };
    skipped.iter().filter(|skipped| tell(&skipped.file)).map(note).collect()
}

/// A note about a file in another encoding than the platform reads.
fn encoding(file: &File) -> Option<Notice> {
    let path = &file.path;
    let message = match file.read_error? {
        ReadError::Decoded(encoding) => {
            let name = encoding.name();
            Phrase::new(
                format!(
                    "{path} is {name}: it was checked, but the platform reads UTF-8. Save it as UTF-8."
                ),
                format!("{path} 的编码为 {name}：已检查，但平台只读取 UTF-8，请另存为 UTF-8。"),
            )
        }
        ReadError::NotUtf8 => Phrase::new(
            format!(
                "{path} is not UTF-8, and its encoding is not known: it was checked only in part. Save it as UTF-8."
            ),
            format!("{path} 不是 UTF-8，且无法确定其编码：仅检查了其中一部分，请另存为 UTF-8。"),
        ),
        ReadError::TooLarge { .. } | ReadError::TooDeep | ReadError::Unreadable => return None,
    };
    Some(Notice { folder: FilePath::root(), message })
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

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
use super::progress::{Progress, Stage};
use super::report::{self, Format, Outcome, Part};
use super::target::{self, Target};
use super::{fix, language};
use crate::analysis::baseline::Baseline;
use crate::analysis::{Cancel, Report};
use crate::finding::{Applicability, Finding, Language, Phrase};
use crate::path::FilePath;
use crate::project::Files;

/// Runs the command; whether nothing failed the run.
///
/// # Errors
/// A path, a baseline or git that cannot be used.
pub(crate) fn run(arguments: &CheckArguments, console: Console) -> Result<bool, Failure> {
    let begun = Instant::now();
    let progress = Progress::start(console.language());
    let targets = target::open(&arguments.paths)?;
    let mut baseline = read_baseline(arguments, &targets)?;
    let mut parts = Vec::new();
    let mut applied = None;
    let mut spoken: Option<Language> = None;
    let mut notes = Vec::new();
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
        if let Some(allowed) = allowed_fixes(arguments) {
            let wanted = |report: &Report, files: &Files| {
                let (new, _) = baseline.split(report.findings.clone(), files);
                new.into_iter().filter(|finding| shown(&finding.place.file)).collect()
            };
            let count;
            (report, count) = fix::apply(&mut workspace, report, allowed, wanted, analyse)?;
            *applied.get_or_insert(0) += count;
        }
        spoken = spoken.or(report.language);
        let files = workspace.files().clone();
        notes.extend(record(arguments, &mut baseline, &report, &files)?);
        let keep = |findings: Vec<Finding>| -> Vec<Finding> {
            findings.into_iter().filter(|finding| shown(&finding.place.file)).collect()
        };
        let (findings, baselined) = baseline.split(report.findings, &files);
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
        has_baseline: arguments.baseline.is_some() || arguments.write_baseline.is_some(),
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

/// The baseline that was named; empty when none was.
fn read_baseline(arguments: &CheckArguments, targets: &[Target]) -> Result<Baseline, Failure> {
    let writes = arguments.write_baseline.is_some() || arguments.prune_baseline;
    if (writes || arguments.baseline.is_some()) && targets.len() > 1 {
        return Err(Failure::new(
            Phrase::new(
                "A baseline belongs to one PATH, but several were given.",
                "一个基线文件只对应一个 PATH，但命令中给出了多个。",
            ),
            Phrase::new("Check each with its own baseline.", "请分别检查，各用自己的基线文件。"),
        ));
    }
    if writes && targets.iter().any(|target| target.alone) {
        return Err(Failure::new(
            Phrase::new(
                "A baseline is written for a whole program, but a single file was given.",
                "基线文件须针对整个小程序生成，但命令中只给出了单个文件。",
            ),
            Phrase::new("Name the program's folder.", "请指定小程序所在的文件夹。"),
        ));
    }
    let Some(path) = &arguments.baseline else { return Ok(Baseline::default()) };
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(
            Failure::file(path, &error).message,
            Phrase::new(
                "Make the baseline with --write-baseline.",
                "可用 --write-baseline 生成基线文件。",
            ),
        )
    })?;
    Baseline::read(&text).map_err(|message| {
        let path = path.display();
        Phrase::new(format!("{path}: {}", message.en), format!("{path}：{}", message.zh)).into()
    })
}

/// Writes the baseline where that was asked for, and says so. It always covers the whole program, whatever is shown.
fn record(
    arguments: &CheckArguments,
    baseline: &mut Baseline,
    report: &Report,
    files: &Files,
) -> Result<Option<Phrase>, Failure> {
    let (path, done) = if let Some(path) = &arguments.write_baseline {
        *baseline = Baseline::of(&report.findings, files);
        let count = baseline.len();
        let file = path.display();
        let done = Phrase::new(
            format!("Recorded {count} findings in {file}."),
            format!("已在 {file} 中记录 {count} 个问题。"),
        );
        (path, done)
    } else if let (Some(path), true) = (&arguments.baseline, arguments.prune_baseline) {
        let pruned = baseline.prune(report.findings.clone(), files);
        if pruned == *baseline {
            return Ok(None);
        }
        let count = baseline.len().saturating_sub(pruned.len());
        *baseline = pruned;
        let file = path.display();
        let done = Phrase::new(
            format!("Dropped {count} findings from {file} that are no longer found."),
            format!("已从 {file} 中移除 {count} 个不再出现的问题。"),
        );
        (path, done)
    } else {
        return Ok(None);
    };
    std::fs::write(path, baseline.write()).map_err(|error| Failure::file(path, &error))?;
    Ok(Some(done))
}

/// Notices of the workspaces, beside a report that has no room for them.
fn notices(outcome: &Outcome, console: Console) {
    for part in &outcome.parts {
        for notice in &part.notices {
            let folder = part.names.open(&notice.folder);
            console.note(&format!("{folder}: {}", notice.message.get(outcome.language)));
        }
    }
}

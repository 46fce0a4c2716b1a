//! The façade: files in; findings, fixes, hovers and the inventory out. What the command line and
//! the editors see of the analysis. [`analyse`] is a pure function of the files, so the same
//! project gives the same report, byte for byte, from the command line or after any series of
//! edits, on any number of threads.

pub mod baseline;
mod consent_pass;
pub mod fixes;
pub mod inventory;
mod memo;
mod prefilter;
pub(crate) mod program;
pub(crate) mod project_files;
pub(crate) mod source_set;
pub mod suppression;
pub mod upload_scan;
mod uses;

pub use crate::cancel::{Cancel, Cancelled};
pub use inventory::Inventory;
pub use memo::Memo;

pub use crate::rules::domains::{self, ProgramDomains};
pub use crate::rules::obligations::{self, Obligation};

use crate::finding::{Finding, Language, Phrase};
use crate::path::FilePath;
use crate::project::{Files, Project};
use memo::Revision;

/// Bytes of stack of each thread that reads or analyses files, in the command line and in the
/// server: what recurses over parsed input is bounded for it.
pub const STACK: usize = 16 * 1024 * 1024;

/// Everything that is to be said about a workspace.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, after settings and suppressions, sorted by file, place and rule.
    pub findings: Vec<Finding>,
    /// Every use of a regulated interface, before any rule's opinion.
    pub inventory: Inventory,
    /// What each program does that asks for a licence, a filing, a category or a kind of entity,
    /// and what the team declares of it.
    pub obligations: Vec<Obligation>,
    /// The hosts of each program, by list.
    pub domains: Vec<ProgramDomains>,
    /// Notes about the workspace as a whole (no mini-program here, a framework's sources), in no
    /// file.
    pub notices: Vec<Notice>,
    /// The language that the settings ask for.
    pub language: Option<Language>,
    /// The baseline files that the settings name.
    pub baselines: Vec<FilePath>,
    /// The settings file of each program that has one.
    pub settings: Vec<FilePath>,
    /// Number of programs that were analysed.
    pub programs: usize,
}

/// Something to say that stands in no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The folder it is about.
    pub folder: FilePath,
    /// What.
    pub message: Phrase,
}

/// Analyses all programs of a workspace. A workspace of one file is that file alone.
///
/// # Errors
/// [`Cancelled`] when `cancel` asked to stop; nothing else can fail.
pub fn analyse(files: &Files, cancel: &Cancel) -> Result<Report, Cancelled> {
    analyse_incremental(files, None, cancel).map(|(report, _)| report)
}

/// As [`analyse`], with the same report, sooner: what `memo` knows of files that are still the same
/// is not worked out again.
///
/// # Errors
/// [`Cancelled`] when `cancel` asked to stop; nothing else can fail.
pub fn analyse_incremental(
    files: &Files,
    memo: Option<&Memo>,
    cancel: &Cancel,
) -> Result<(Report, Memo), Cancelled> {
    let revision = Revision::of(memo, files);
    let mut memo = Memo::of(files);
    let project = Project::resolve(files);
    let mut report = Report {
        notices: project
            .notices
            .iter()
            .map(|notice| Notice { folder: notice.folder.clone(), message: notice.message() })
            .collect(),
        ..Report::default()
    };
    for program in &project.programs {
        cancel.check()?;
        let module_cache =
            program::analyse(files, &project, program, &revision, cancel, &mut report)?;
        memo.programs.push(module_cache);
    }
    report.programs = project.programs.len();
    keep_what_is_unused_everywhere(&mut report);
    sort(&mut report.findings);
    report.findings.dedup();
    report.inventory.uses.sort_by(|a, b| (&a.place, a.api).cmp(&(&b.place, b.api)));
    report.inventory.uses.dedup();
    report.inventory.forms.sort_by(|a, b| a.place.cmp(&b.place));
    report.inventory.forms.dedup();
    report.inventory.skipped.sort_by(|a, b| a.file.cmp(&b.file));
    report.inventory.skipped.dedup();
    Ok((report, memo))
}

/// Of the suppressions that several programs share in one settings file, only those are unused that
/// no program uses.
fn keep_what_is_unused_everywhere(report: &mut Report) {
    let unused: Vec<Finding> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == suppression::UNUSED_SUPPRESSION)
        .cloned()
        .collect();
    let settings = &report.settings;
    report.findings.retain(|finding| {
        let sharing = settings.iter().filter(|file| **file == finding.place.file).count();
        finding.rule != suppression::UNUSED_SUPPRESSION
            || unused.iter().filter(|other| *other == finding).count() >= sharing
    });
}

/// The one order of findings: by file, place, rule, subject and text.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        (&a.place, a.rule, &a.subject, &a.message.en).cmp(&(
            &b.place,
            b.rule,
            &b.subject,
            &b.message.en,
        ))
    });
}

//! What a run of `check` found, and the forms it can be written in. A form is one file with one
//! pure function `write(&Outcome, &mut dyn Write)` and one line in [`Format`].

mod agent;
mod github;
mod gitlab;
mod json;
mod junit;
mod plain;
mod sarif;
mod sources;

pub(crate) use sources::{Region, Sources};

use std::io::{self, Write};
use std::time::Duration;

use clap::ValueEnum;

use super::args::FailOn;
use super::display_paths::Names;
use crate::check::Notice;
use crate::finding::{Applicability, Finding, Fix, Language, Severity};
use crate::project::Files;

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Excerpts for a person at a terminal.
    Plain,
    /// miniguard/check/1.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// GitLab Code Quality.
    Gitlab,
    /// `JUnit` XML.
    Junit,
    /// For a coding agent: errors and warnings without excerpts, the rest as counts.
    Agent,
}

/// What one workspace gave.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Its files, as they were analysed.
    pub(crate) files: Files,
    /// How they are called.
    pub(crate) names: Names,
    /// The findings to show, sorted.
    pub(crate) findings: Vec<Finding>,
    /// Findings that the baseline records, sorted.
    pub(crate) baselined: Vec<Finding>,
    /// Notes about the workspace.
    pub(crate) notices: Vec<Notice>,
    /// Number of files whose findings are shown.
    pub(crate) checked: usize,
}

/// What a run gave, and how it is to be told.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// One part for each workspace, in the order of the command line.
    pub(crate) parts: Vec<Part>,
    /// The language of every sentence.
    pub(crate) language: Language,
    /// From which severity on the run fails.
    pub(crate) fail_on: FailOn,
    /// Whether a baseline was given.
    pub(crate) has_baseline: bool,
    /// Number of fixes that were applied, when fixes were asked for.
    pub(crate) applied: Option<usize>,
    /// How long it took; only where a person watches, so that reports stay the same from run to
    /// run.
    pub(crate) elapsed: Option<Duration>,
}

impl Outcome {
    /// Every finding to show, with its part.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (&Part, &Finding)> {
        self.parts.iter().flat_map(|part| part.findings.iter().map(move |finding| (part, finding)))
    }

    /// Number of findings of this severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|(_, finding)| finding.severity == severity).count()
    }

    /// Number of findings with a fix that needs no look (`safe`), or with any that the command line
    /// applies.
    pub(crate) fn fixable(&self, safe: bool) -> usize {
        let applied = |fix: &Fix| match fix.applicability {
            Applicability::Safe => true,
            Applicability::Unsafe => !safe,
            Applicability::Choice => false,
        };
        self.findings().filter(|(_, finding)| finding.fixes.iter().any(applied)).count()
    }

    /// Number of files whose findings are shown.
    pub(crate) fn checked(&self) -> usize {
        self.parts.iter().map(|part| part.checked).sum()
    }

    /// Number of findings that the baseline hides.
    pub(crate) fn baselined(&self) -> usize {
        self.parts.iter().map(|part| part.baselined.len()).sum()
    }

    /// Whether some finding fails the run.
    pub(crate) fn fails(&self) -> bool {
        self.findings().any(|(_, finding)| self.fail_on.is_reached_by(finding.severity))
    }
}

/// Writes `outcome` in the form asked for. Plain text carries colours; the caller strips them where
/// they are not shown.
pub(crate) fn write(format: Format, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Plain => plain::write(outcome, out),
        Format::Json => json::write(outcome, out),
        Format::Sarif => sarif::write(outcome, out),
        Format::Github => github::write(outcome, out),
        Format::Gitlab => gitlab::write(outcome, out),
        Format::Junit => junit::write(outcome, out),
        Format::Agent => agent::write(outcome, out),
    }
}

/// A JSON document, indented, with a line end.
fn write_json(document: &impl serde::Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)
}

#[cfg(test)]
mod sample;

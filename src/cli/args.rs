//! The command line's grammar. Nothing is decided here; every field is what the user wrote.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::report::Format;
use crate::finding::{Language, Severity};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "miniguard",
    version,
    max_term_width = 100,
    about = "Compliance analyser and language server for WeChat mini-programs",
    long_about = "Compliance analyser and language server for WeChat mini-programs.\n\n\
        Finds payment, location and user-data interfaces, the declarations they need, and requests to domains that \
        are not registered. Reports are in English or Simplified Chinese (--lang zh). 报告支持简体中文：--lang zh。"
)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of messages and reports [default: the settings', then the locale's].
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    pub(crate) lang: Option<Lang>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check mini-programs and report what is missing or wrong.
    #[command(
        after_help = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 usage or configuration error."
    )]
    Check(Box<CheckArguments>),
    /// List every use of a payment, location, user-data or network interface, before any rule's
    /// opinion.
    Inventory(InventoryArguments),
    /// List the hosts that the program reaches, by the list that must hold them, each with its
    /// callers.
    Domains(DomainsArguments),
    /// Print the privacy guide that the program needs, as setprivacysetting takes it; purposes stay
    /// blank.
    #[command(
        after_help = "Exit status with --diff: 0 the guide declares what the program needs and no more, 1 it does not."
    )]
    PrivacyGuide(PrivacyGuideArguments),
    /// Write the compliance report of a program: one file for the person who files.
    Report(ReportArguments),
    /// Explain a rule: what it finds, why it matters, how to mend it.
    Explain {
        /// The rule's id, e.g. unregistered-domain.
        rule: String,
    },
    /// List the rules.
    Rules {
        /// Form of the list.
        #[arg(long, value_enum, default_value_t = ListFormat::Plain)]
        format: ListFormat,
    },
    /// Write a commented miniguard.json and an empty list of registered domains beside
    /// project.config.json.
    Init {
        /// The mini-program's folder.
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Serve an editor over standard input and output.
    Lsp {
        /// Accepted because many editors pass it; there is no other transport.
        #[arg(long)]
        stdio: bool,
    },
    /// Print a shell's completion script.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// What `check` takes.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is there or not")]
pub(crate) struct CheckArguments {
    /// Folders that hold mini-programs, or single files.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form of the report.
    #[arg(long, value_enum, default_value_t = Format::Plain)]
    pub(crate) format: Format,
    /// Show findings only in files that differ from the last commit, new ones included.
    #[arg(long, group = "scope")]
    pub(crate) changed: bool,
    /// Judge what is staged for the next commit, and show findings only in its files.
    #[arg(long, group = "scope")]
    pub(crate) staged: bool,
    /// Show findings only in files that differ from where the work left REF.
    #[arg(long, group = "scope", value_name = "REF")]
    pub(crate) since: Option<String>,
    /// Accept files that no program holds: without it, a file that is checked alone makes the exit
    /// status 2.
    #[arg(long)]
    pub(crate) alone: bool,
    /// Apply the safe fixes.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Apply also fixes that a person should look at afterwards.
    #[arg(long)]
    pub(crate) fix_unsafe: bool,
    /// The lightest severity that makes the exit status 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    /// Leave out the findings that this file records.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Record today's findings in this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "fix", "fix_unsafe"])]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Drop from the baseline, the settings' one or that of --baseline, what is no longer found.
    #[arg(long, conflicts_with = "write_baseline")]
    pub(crate) prune_baseline: bool,
}

/// What `inventory` takes.
#[derive(Debug, Args)]
pub(crate) struct InventoryArguments {
    /// A folder that holds mini-programs, or a single file.
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,
    /// Form of the list.
    #[arg(long, value_enum, default_value_t = InventoryFormat::Plain)]
    pub(crate) format: InventoryFormat,
    /// Accept a file that no program holds: without it, such a file makes the exit status 2.
    #[arg(long)]
    pub(crate) alone: bool,
    /// Predict instead what WeChat's scan of an upload will ask to be declared, and why.
    #[arg(long)]
    pub(crate) platform: bool,
}

/// What `domains` takes.
#[derive(Debug, Args)]
pub(crate) struct DomainsArguments {
    /// A folder that holds mini-programs.
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,
    /// Form of the list.
    #[arg(long, value_enum, default_value_t = DomainsFormat::Plain)]
    pub(crate) format: DomainsFormat,
    /// Put an answer of the platform (of getDomainInfo, `get_effective_domain` …) into the file of
    /// registered domains; `-` reads it from standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    pub(crate) import: Option<PathBuf>,
}

/// The forms of the list of hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DomainsFormat {
    /// Lists for a terminal.
    Plain,
    /// miniguard/domains/1.
    Json,
    /// Each list as the console wants it, one entry a line, to be pasted.
    Console,
}

/// What `privacy-guide` takes.
#[derive(Debug, Args)]
pub(crate) struct PrivacyGuideArguments {
    /// The mini-program's folder.
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,
    /// Write the file, or add to the one that is there what it lacks; nothing is taken out.
    #[arg(long, conflicts_with = "diff")]
    pub(crate) write: bool,
    /// Compare the checked-in guide with what the program needs.
    #[arg(long)]
    pub(crate) diff: bool,
}

/// What `report` takes.
#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    /// The mini-program's folder.
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,
    /// Form of the report.
    #[arg(long, value_enum, default_value_t = ReportFormat::Html)]
    pub(crate) format: ReportFormat,
    /// Write it to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print instead the privacy guide that the program needs, as setprivacysetting takes it.
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub(crate) privacy_guide: bool,
    /// With --privacy-guide: compare the checked-in guide with what the program needs.
    #[arg(long, requires = "privacy_guide")]
    pub(crate) diff: bool,
}

/// The forms of the compliance report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// One page that needs nothing else.
    Html,
    /// Tables for a document.
    Markdown,
    /// miniguard/report/1.
    Json,
}

/// The forms of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InventoryFormat {
    /// A table for a terminal.
    Plain,
    /// miniguard/inventory/1.
    Json,
    /// Tables for a filing document.
    Markdown,
}

/// The forms of the list of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table for a terminal.
    Plain,
    /// miniguard/rules/1.
    Json,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// Everything but hints.
    Information,
    /// Nothing fails.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity fails the run.
    pub(crate) fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Information => severity >= Severity::Information,
            Self::Never => false,
        }
    }
}

/// The languages, as `--lang` names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::English,
            Lang::Zh => Self::Chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Arguments, FailOn};
    use crate::finding::Severity;

    #[test]
    fn the_grammar_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_run_fails_from_its_threshold_on() {
        for (threshold, failing) in
            [(FailOn::Error, 1), (FailOn::Warning, 2), (FailOn::Information, 3), (FailOn::Never, 0)]
        {
            let reached = Severity::ALL.into_iter().filter(|&level| threshold.is_reached_by(level));
            assert_eq!(reached.count(), failing, "{threshold:?}");
        }
    }
}

//! The façade: files in; findings, fixes, hovers and the inventory out. What the command line and the editors see of the analysis.
//! The one thing to know: [`analyse`] is a pure function of the files, so the same project gives the same report,
//! byte for byte, from the command line or after any series of edits.

pub mod baseline;
pub mod cancel;
pub mod fixes;
pub mod inventory;
pub mod suppression;

pub use cancel::{Cancel, Cancelled};
pub use inventory::Inventory;

use crate::finding::{Finding, Language};
use crate::path::FilePath;
use crate::project::Files;

/// Everything that is to be said about a workspace.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, after settings and suppressions, sorted by file, place and rule.
    pub findings: Vec<Finding>,
    /// Every use of a regulated interface, before any rule's opinion.
    pub inventory: Inventory,
    /// Notes about the workspace as a whole (no mini-program here, a framework's sources), in no file.
    pub notices: Vec<Notice>,
    /// The language that the settings ask for.
    pub language: Option<Language>,
}

/// Something to say that stands in no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The folder it is about.
    pub folder: FilePath,
    /// What.
    pub message: crate::finding::Phrase,
}

/// Analyses all programs of a workspace.
///
/// # Errors
/// [`Cancelled`] when `cancel` asked to stop; nothing else can fail.
pub fn analyse(_files: &Files, cancel: &Cancel) -> Result<Report, Cancelled> {
    cancel.check()?;
    Ok(Report::default())
}

/// What an editor shows over a place: Markdown, and the bytes it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The bytes that the card is about.
    pub span: crate::text::Span,
    /// Markdown in both languages.
    pub markdown: crate::finding::Phrase,
}

/// The card for byte `offset` of `path`: an interface, an `open-type`, a component, a scope or an app.json key.
pub fn hover(_files: &Files, _path: &FilePath, _offset: usize) -> Option<Card> {
    None
}

//! What a rule reports. Plain data: the command line, SARIF and the editors each turn it into their
//! own form. Every sentence stands in both languages, and a finding says three things apart – what
//! is wrong, why it matters, what to do.

mod phrase;
mod severity;

pub use phrase::{Language, Phrase};
pub use severity::Severity;

use crate::path::FilePath;
use crate::text::Span;

/// One thing that a person should know about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, e.g. `unregistered-domain`.
    pub rule: &'static str,
    /// How much it weighs, after settings.
    pub severity: Severity,
    /// Where it stands.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: Phrase,
    /// Why it matters: the platform's effect, or the article of law.
    pub why: Phrase,
    /// What to do about it.
    pub help: Phrase,
    /// What the finding is about (an interface, a host): with the rule and the text, its identity
    /// across edits.
    pub subject: String,
    /// Further places that explain it, in reading order.
    pub labels: Vec<Label>,
    /// Ways to mend it, best first.
    pub fixes: Vec<Fix>,
    /// How an editor may paint it.
    pub tag: Option<Tag>,
}

/// A range of bytes in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FilePath,
    /// The bytes.
    pub span: Span,
}

impl Place {
    /// The place `span` in `file`.
    pub fn new(file: &FilePath, span: Span) -> Self {
        Self { file: file.clone(), span }
    }

    /// The very beginning of `file`: for what concerns a file as a whole.
    pub fn start_of(file: &FilePath) -> Self {
        Self::new(file, Span::at(0))
    }
}

/// A further place, with what it has to do with the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: Phrase,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: "Declare getLocation in app.json".
    pub title: Phrase,
    /// Whether it may be applied without a look.
    pub applicability: Applicability,
    /// The changes, to be applied together or not at all; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix may be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// The program does what it did, or what it was meant to do.
    Safe,
    /// A person must look: it changes behaviour, or declares something in the team's name.
    Unsafe,
    /// A person must choose: one answer of several to what only the team knows. Never applied but
    /// by hand, in an editor.
    Choice,
}

/// One change of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Replaces the bytes of a place.
    Replace {
        /// Where.
        place: Place,
        /// The new text.
        text: String,
    },
    /// Makes a file that does not exist yet.
    Create {
        /// The new file.
        file: FilePath,
        /// Its content.
        text: String,
    },
}

impl Edit {
    /// The file that the edit changes or makes.
    pub fn file(&self) -> &FilePath {
        match self {
            Self::Replace { place, .. } => &place.file,
            Self::Create { file, .. } => file,
        }
    }
}

/// How an editor may paint a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Can be removed: greyed out.
    Unnecessary,
    /// Withdrawn or renamed by the platform: struck through.
    Deprecated,
}

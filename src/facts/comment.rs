//! A comment that speaks to miniguard. The one thing to know: only comments that contain the word `miniguard` are kept.

use crate::text::Span;

/// A comment, with its marks (`//`, `/* */`, `<!-- -->`) taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment, marks included.
    pub span: Span,
    /// What it says, trimmed.
    pub text: Box<str>,
}

/// The word that makes a comment ours.
pub const MARK: &str = "miniguard";

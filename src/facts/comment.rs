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

impl Comment {
    /// The comment that `text`, marks included, at `span` is.
    pub(super) fn new(span: Span, text: &str) -> Self {
        let inner = text
            .strip_prefix("//")
            .or_else(|| text.strip_prefix("/*").map(|rest| rest.strip_suffix("*/").unwrap_or(rest)))
            .or_else(|| {
                text.strip_prefix("<!--").map(|rest| rest.strip_suffix("-->").unwrap_or(rest))
            })
            .unwrap_or(text);
        // `/** … */` is a comment whose first mark has one star more.
        Self { span, text: inner.trim_start_matches('*').trim().into() }
    }
}

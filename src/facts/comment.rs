//! A comment that speaks to miniguard. Only comments that contain the word `miniguard` are kept.

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
    /// The comment that stands at `span` of `source`, when it contains the mark. O(length of the
    /// comment).
    pub fn read(span: Span, source: &str) -> Option<Self> {
        let whole = span.of(source);
        let inner = [("<!--", "-->"), ("/*", "*/"), ("//", "")]
            .iter()
            .find_map(|(open, close)| {
                let inner = whole.strip_prefix(open)?;
                Some(inner.strip_suffix(close).unwrap_or(inner))
            })
            .unwrap_or(whole);
        // `/** … */` is a comment whose first mark has one star more.
        let text = inner.trim_start_matches('*').trim();
        text.contains(MARK).then(|| Self { span, text: text.into() })
    }
}

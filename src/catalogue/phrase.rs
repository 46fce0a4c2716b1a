//! A short text in the two languages that every message has.

use serde::Deserialize;

/// One text in English and in Simplified Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// British English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl From<Phrase> for crate::finding::Phrase {
    fn from(phrase: Phrase) -> Self {
        Self::new(phrase.en, phrase.zh)
    }
}

//! Why a command could not do its work: exit status 2. It says what is wrong and what to do, in
//! both languages.

use std::io;
use std::path::Path;

use crate::finding::Phrase;

/// A usage or configuration error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What is wrong.
    pub(crate) message: Phrase,
    /// What to do; may be empty.
    pub(crate) help: Phrase,
}

impl Failure {
    /// A failure with a way out.
    pub(crate) fn new(message: Phrase, help: Phrase) -> Self {
        Self { message, help }
    }

    /// A file that could not be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        Self::from(Phrase::new(format!("{path}: {error}"), format!("{path}：{error}")))
    }
}

impl From<Phrase> for Failure {
    fn from(message: Phrase) -> Self {
        Self { message, help: Phrase::default() }
    }
}

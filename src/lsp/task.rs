//! What concerns one document, on its way to the document's folder. Tasks wait in order while their
//! folder is being read, so they own all they need.

use std::path::{Path, PathBuf};

use super::request::Request;
use super::snapshot::OpenDocument;
use crate::workspace::DocumentChange;

/// Something that concerns one document.
pub(super) enum Task {
    /// A document is open, with this text.
    OpenDocument { disk: PathBuf, open: OpenDocument, text: String },
    /// An open document was edited.
    Change { disk: PathBuf, open: OpenDocument, changes: Vec<DocumentChange> },
    /// A document is open no more.
    Close { disk: PathBuf },
    /// A question about a document.
    Ask { disk: PathBuf, request: Request },
}

impl Task {
    /// The document that it concerns.
    pub(super) fn disk(&self) -> &Path {
        match self {
            Self::OpenDocument { disk, .. }
            | Self::Change { disk, .. }
            | Self::Close { disk }
            | Self::Ask { disk, .. } => disk,
        }
    }

    /// Answers that there is nothing, where an answer is due.
    pub(super) fn decline(self) {
        if let Self::Ask { request, .. } = self {
            request.decline();
        }
    }
}

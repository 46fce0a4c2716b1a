//! What concerns one document, on its way to the document's folder. The one thing to know: tasks wait in order while their
//! folder is being read, so they own all they need.

use std::path::{Path, PathBuf};

use tower_lsp::lsp_types as lsp;

use super::event::Reply;
use super::snapshot::Open;
use crate::workspace::DocumentChange;

/// Something that concerns one document.
pub(super) enum Task {
    /// A document is open, with this text.
    Open { disk: PathBuf, open: Open, text: String },
    /// An open document was edited.
    Change { disk: PathBuf, open: Open, changes: Vec<DocumentChange> },
    /// A document is open no more.
    Close { disk: PathBuf },
    /// The card at a place.
    Hover { disk: PathBuf, position: lsp::Position, reply: Reply<Option<lsp::Hover>> },
    /// The actions at a place.
    Actions {
        disk: PathBuf,
        params: Box<lsp::CodeActionParams>,
        reply: Reply<Option<lsp::CodeActionResponse>>,
    },
}

impl Task {
    /// The document that it concerns.
    pub(super) fn disk(&self) -> &Path {
        match self {
            Self::Open { disk, .. }
            | Self::Change { disk, .. }
            | Self::Close { disk }
            | Self::Hover { disk, .. }
            | Self::Actions { disk, .. } => disk,
        }
    }

    /// Answers that there is nothing, where an answer is due. Sending fails only when the client has lost interest.
    pub(super) fn decline(self) {
        match self {
            Self::Hover { reply, .. } => drop(reply.send(Ok(None))),
            Self::Actions { reply, .. } => drop(reply.send(Ok(None))),
            Self::Open { .. } | Self::Change { .. } | Self::Close { .. } => {}
        }
    }
}

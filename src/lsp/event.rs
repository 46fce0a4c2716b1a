//! What the main loop hears. These are the only ways in which the state can change, and they are
//! handled strictly one after another, in the order in which they were sent.

use tokio::sync::oneshot;
use tower_lsp::jsonrpc;
use tower_lsp::lsp_types as lsp;

use super::folder::FolderId;
use super::request::Request;
use super::schedule::Analysed;
use crate::workspace::Workspace;

/// Where the answer of a request goes. Dropped by tower-lsp when the client cancels, so that
/// sending fails.
pub(super) type Reply<T> = oneshot::Sender<jsonrpc::Result<T>>;

/// A message for the main loop.
pub(super) enum Event {
    /// `initialize`: who the client is and what it has open.
    Initialize(Box<lsp::InitializeParams>),
    /// `initialized`: from here on the server may speak.
    Initialized,
    /// `textDocument/didOpen`
    Opened(lsp::DidOpenTextDocumentParams),
    /// `textDocument/didChange`
    Changed(lsp::DidChangeTextDocumentParams),
    /// `textDocument/didSave`
    Saved,
    /// `textDocument/didClose`
    Closed(lsp::DidCloseTextDocumentParams),
    /// `workspace/didChangeWatchedFiles`
    FilesChanged,
    /// `workspace/didChangeWorkspaceFolders`
    FoldersChanged(lsp::WorkspaceFoldersChangeEvent),
    /// `workspace/didChangeConfiguration`
    Configured(serde_json::Value),
    /// A question about a document: hover, definition, completion …
    Ask(Request),
    /// A worker has read a folder, or panicked while it did.
    Loaded(FolderId, Result<Box<Workspace>, String>),
    /// A worker has analysed a folder.
    Analysed(FolderId, Analysed),
    /// A worker panicked while it answered a request.
    Panicked {
        /// The request, for the log.
        about: String,
        /// What the panic said.
        panic: String,
    },
    /// A message came in that is not JSON-RPC.
    Malformed(String),
    /// The end.
    Stop,
}

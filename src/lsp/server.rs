//! The protocol's methods. The one thing to know: each is one line that sends an event, before its first `.await`;
//! tower-lsp starts handlers in message order, so that the loop hears the client in order. Add nothing here.

use std::sync::mpsc::Sender;

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{LanguageServer, lsp_types as lsp};

use super::capabilities;
use super::event::{Event, Reply};

/// The handlers, and their way to the loop.
pub(super) struct Server {
    events: Sender<Event>,
}

impl Server {
    /// Handlers that send to `events`.
    pub(super) fn new(events: Sender<Event>) -> Self {
        Self { events }
    }

    fn tell(&self, event: Event) {
        // Fails only when the loop has ended; then nobody listens on the other side either.
        let _ = self.events.send(event);
    }

    async fn ask<T>(&self, event: impl FnOnce(Reply<T>) -> Event) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(event(reply));
        // A dropped sender means that its worker could not even be started.
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let offer = capabilities::offer(&params.capabilities);
        self.tell(Event::Initialize(Box::new(params)));
        Ok(offer)
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        self.tell(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        self.tell(Event::Opened(params));
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        self.tell(Event::Changed(params));
    }

    async fn did_save(&self, _: lsp::DidSaveTextDocumentParams) {
        self.tell(Event::Saved);
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        self.tell(Event::Closed(params));
    }

    async fn did_change_watched_files(&self, _: lsp::DidChangeWatchedFilesParams) {
        self.tell(Event::FilesChanged);
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        self.tell(Event::FoldersChanged(params.event));
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        self.tell(Event::Configured(params.settings));
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        self.ask(|reply| Event::Hover(params, reply)).await
    }

    async fn code_action(
        &self,
        params: lsp::CodeActionParams,
    ) -> Result<Option<lsp::CodeActionResponse>> {
        self.ask(|reply| Event::CodeAction(Box::new(params), reply)).await
    }
}

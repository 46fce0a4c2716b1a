//! The protocol's methods. Each is one line that sends an event, before its first `.await`;
//! tower-lsp starts handlers in message order, so that the loop hears the client in order. Add
//! nothing here.

use std::sync::mpsc::Sender;

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{LanguageServer, lsp_types as lsp};

use super::event::{Event, Reply};
use super::request::{Request, RequestContext};
use super::{
    actions, capabilities, completion, definition, hints, hover, lens, links, rename, report,
    structure, tokens,
};
use crate::check::Report;

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
        // Fails only when the loop has ended; then the receiver is gone, too.
        let _ = self.events.send(event);
    }

    async fn answered<T>(
        &self,
        ask: impl FnOnce(Reply<Option<T>>) -> Request,
    ) -> Result<Option<T>> {
        let (reply, answer) = oneshot::channel();
        self.tell(Event::Ask(ask(reply)));
        // A dropped sender means that its worker panicked or could not be started.
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    /// Asks what the files answer.
    async fn ask<T: Send + 'static>(
        &self,
        document: lsp::TextDocumentIdentifier,
        about: &'static str,
        answer: impl FnOnce(&RequestContext<'_>) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.try_ask(document, about, move |asked: &RequestContext<'_>| Ok(answer(asked))).await
    }

    /// Asks what the files answer, or why they cannot.
    async fn try_ask<T: Send + 'static>(
        &self,
        document: lsp::TextDocumentIdentifier,
        about: &'static str,
        answer: impl FnOnce(&RequestContext<'_>) -> Result<Option<T>> + Send + 'static,
    ) -> Result<Option<T>> {
        self.answered(|reply| Request::of_files(document.uri, about, answer, reply)).await
    }

    /// Asks what the findings answer.
    async fn ask_report<T: Send + 'static>(
        &self,
        document: lsp::TextDocumentIdentifier,
        about: &'static str,
        answer: impl FnOnce(&RequestContext<'_>, &Report) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.answered(|reply| Request::of_report(document.uri, about, answer, reply)).await
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let offer = capabilities::offer(&params);
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
        let at = params.text_document_position_params;
        self.ask(at.text_document, "hover over", move |asked| hover::at(asked, at.position)).await
    }

    async fn goto_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let answer = move |asked: &RequestContext<'_>| definition::at(asked, at.position);
        self.ask(at.text_document, "definition in", answer).await
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let (at, declaration) = (params.text_document_position, params.context.include_declaration);
        let answer = move |asked: &RequestContext<'_>| {
            definition::references(asked, at.position, declaration)
        };
        self.ask(at.text_document, "references in", answer).await
    }

    async fn document_link(
        &self,
        params: lsp::DocumentLinkParams,
    ) -> Result<Option<Vec<lsp::DocumentLink>>> {
        let answer = |asked: &RequestContext<'_>| Some(links::of_document(asked));
        self.ask(params.text_document, "links of", answer).await
    }

    async fn document_symbol(
        &self,
        params: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        self.ask(params.text_document, "outline of", structure::symbols).await
    }

    async fn folding_range(
        &self,
        params: lsp::FoldingRangeParams,
    ) -> Result<Option<Vec<lsp::FoldingRange>>> {
        self.ask(params.text_document, "folds of", structure::folds).await
    }

    async fn selection_range(
        &self,
        params: lsp::SelectionRangeParams,
    ) -> Result<Option<Vec<lsp::SelectionRange>>> {
        let answer =
            move |asked: &RequestContext<'_>| structure::selections(asked, &params.positions);
        self.ask(params.text_document, "selections in", answer).await
    }

    async fn completion(
        &self,
        params: lsp::CompletionParams,
    ) -> Result<Option<lsp::CompletionResponse>> {
        let at = params.text_document_position;
        let answer = move |asked: &RequestContext<'_>| completion::at(asked, at.position);
        self.ask(at.text_document, "completion in", answer).await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        let Some(uri) = completion::document_of(&item) else { return Ok(item) };
        let asked = item.clone();
        let answer = move |ask: &RequestContext<'_>| Some(completion::resolve(ask, asked));
        let document = lsp::TextDocumentIdentifier::new(uri);
        Ok(self.ask(document, "completion in", answer).await?.unwrap_or(item))
    }

    async fn prepare_rename(
        &self,
        at: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        let answer = move |asked: &RequestContext<'_>| rename::prepare(asked, at.position);
        self.try_ask(at.text_document, "renaming in", answer).await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let (at, name) = (params.text_document_position, params.new_name);
        let answer = move |asked: &RequestContext<'_>| rename::at(asked, at.position, &name);
        self.try_ask(at.text_document, "renaming in", answer).await
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        let answer = |asked: &RequestContext<'_>| {
            tokens::of_document(asked, None).map(lsp::SemanticTokensResult::Tokens)
        };
        self.ask(params.text_document, "tokens of", answer).await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        let answer = move |asked: &RequestContext<'_>| {
            tokens::of_document(asked, Some(params.range))
                .map(lsp::SemanticTokensRangeResult::Tokens)
        };
        self.ask(params.text_document, "tokens of", answer).await
    }

    async fn inlay_hint(
        &self,
        params: lsp::InlayHintParams,
    ) -> Result<Option<Vec<lsp::InlayHint>>> {
        let answer = move |asked: &RequestContext<'_>, report: &Report| {
            hints::within(asked, report, params.range)
        };
        self.ask_report(params.text_document, "hints in", answer).await
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        let answer =
            |asked: &RequestContext<'_>, report: &Report| Some(lens::of_document(asked, report));
        self.ask_report(params.text_document, "lenses of", answer).await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        let document = report::document(params)?;
        self.ask_report(document, "the report of", report::page).await
    }

    async fn code_action(
        &self,
        params: lsp::CodeActionParams,
    ) -> Result<Option<lsp::CodeActionResponse>> {
        let document = params.text_document.clone();
        let answer = move |asked: &RequestContext<'_>, report: &Report| {
            Some(actions::answer(asked, report, &params))
        };
        self.ask_report(document, "code actions in", answer).await
    }
}

//! The language server, end to end: a client over a pipe against the real `serve`, with an analysis
//! made for testing ([`words`]) where the server itself is in question. Nothing sleeps; every test
//! waits for messages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failed expectation is a failed test"
)]

#[path = "support/lsp_client.rs"]
mod lsp_client;

mod actions;
mod completion;
mod diagnostics;
mod documents;
mod editors;
mod folders;
mod hints;
mod lens;
mod lifecycle;
mod navigation;
mod order;
mod process;
mod program;
mod programs;
mod rename;
mod report;
mod robustness;
mod shop;
mod structure;
mod tokens;
mod truth;
mod words;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;
use tower_lsp::lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument,
};
use tower_lsp::lsp_types::request::HoverRequest;
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, Hover,
    HoverContents, HoverParams, Position, Range, TextDocumentContentChangeEvent,
    TextDocumentIdentifier, TextDocumentItem, TextDocumentPositionParams, Url,
    VersionedTextDocumentIdentifier, WorkDoneProgressParams,
};

use lsp_client::TestClient;
use words::Words;

/// A folder on disk with a client that works in it.
struct Fixture {
    folder: TempDir,
    client: TestClient,
    words: Arc<Words>,
}

impl Fixture {
    /// Files on disk, and an uninitialised client.
    fn unopened(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let words = Words::new();
        let client = TestClient::start(words.clone());
        let fixture = Self { folder, client, words };
        for (path, text) in files {
            fixture.write(path, text);
        }
        fixture
    }

    /// Files on disk, and a client with these capabilities that has opened their folder.
    async fn with_capabilities(files: &[(&str, &str)], capabilities: Value) -> Self {
        let mut fixture = Self::unopened(files);
        let root = fixture.uri("");
        let folders = json!([{"uri": root, "name": "app"}]);
        let params =
            json!({"processId": null, "workspaceFolders": folders, "capabilities": capabilities});
        fixture.client.initialize(params).await;
        fixture
    }

    /// Files on disk, and a client that can do everything that has opened their folder.
    async fn new(files: &[(&str, &str)]) -> Self {
        Self::with_capabilities(files, everything()).await
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().canonicalize().unwrap().join(path)
    }

    fn uri(&self, path: &str) -> Url {
        Url::from_file_path(self.path(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        write(&self.path(path), text);
    }

    async fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        open(&mut self.client, &uri, text).await;
    }

    async fn change(
        &mut self,
        path: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let text_document = VersionedTextDocumentIdentifier::new(self.uri(path), version);
        let params = DidChangeTextDocumentParams { text_document, content_changes: changes };
        self.client.notify::<DidChangeTextDocument>(params).await;
    }

    async fn close(&mut self, path: &str) {
        let text_document = TextDocumentIdentifier::new(self.uri(path));
        self.client
            .notify::<DidCloseTextDocument>(DidCloseTextDocumentParams { text_document })
            .await;
    }

    /// Asks for the card at the start of a file; it holds the whole text that the server has.
    async fn hover(&mut self, path: &str) -> Result<Option<Hover>, Value> {
        let params = at(&self.uri(path), 0, 0);
        self.client.request::<HoverRequest>(params).await
    }

    async fn complaints(&mut self, path: &str) -> Vec<String> {
        let uri = self.uri(path);
        self.client.complaints(&uri).await
    }
}

/// What an able client says that it can do.
fn everything() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
        },
        "workspace": {
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]},
            "workspaceFolders": true,
        },
    })
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

async fn open(client: &mut TestClient, uri: &Url, text: &str) {
    let text_document =
        TextDocumentItem::new(uri.clone(), "javascript".to_owned(), 1, text.to_owned());
    client.notify::<DidOpenTextDocument>(DidOpenTextDocumentParams { text_document }).await;
}

fn at(uri: &Url, line: u32, character: u32) -> HoverParams {
    HoverParams {
        text_document_position_params: TextDocumentPositionParams::new(
            TextDocumentIdentifier::new(uri.clone()),
            Position::new(line, character),
        ),
        work_done_progress_params: WorkDoneProgressParams::default(),
    }
}

fn range(start: (u32, u32), end: (u32, u32)) -> Range {
    Range::new(Position::new(start.0, start.1), Position::new(end.0, end.1))
}

/// The whole text anew.
fn whole(text: &str) -> Vec<TextDocumentContentChangeEvent> {
    vec![TextDocumentContentChangeEvent { range: None, range_length: None, text: text.to_owned() }]
}

/// One replacement.
fn replace(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
    let range = Some(range(start, end));
    TextDocumentContentChangeEvent { range, range_length: None, text: text.to_owned() }
}

/// The text of a card.
fn text_of(hover: &Hover) -> &str {
    match &hover.contents {
        HoverContents::Markup(markup) => &markup.value,
        other => panic!("not markup: {other:?}"),
    }
}

//! What the server says of its own accord. The loop never waits for the client. Notifications go
//! through one queue, so they keep their order; requests to the client run in tasks of their own.

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::notification::Progress as ProgressNotification;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::{Client, jsonrpc};

/// The token of the only progress this server reports.
const SCAN: &str = "miniguard/scan";

enum Notice {
    Diagnostics(lsp::PublishDiagnosticsParams),
    Log(lsp::MessageType, String),
}

/// The way to the client.
pub(super) struct Outbox {
    client: Client,
    runtime: Handle,
    queue: mpsc::UnboundedSender<Notice>,
}

/// A progress that is shown until this is dropped.
pub(super) struct Progress {
    _end: oneshot::Sender<()>,
}

impl Outbox {
    /// The way to `client`; its tasks run on `runtime`.
    pub(super) fn new(client: Client, runtime: &Handle) -> Self {
        let (queue, mut waiting) = mpsc::unbounded_channel();
        let sender = client.clone();
        runtime.spawn(async move {
            while let Some(notice) = waiting.recv().await {
                match notice {
                    Notice::Diagnostics(lsp::PublishDiagnosticsParams {
                        uri,
                        diagnostics,
                        version,
                    }) => sender.publish_diagnostics(uri, diagnostics, version).await,
                    Notice::Log(level, text) => sender.log_message(level, text).await,
                }
            }
        });
        Self { client, runtime: runtime.clone(), queue }
    }

    /// Where work that takes time runs.
    pub(super) fn runtime(&self) -> &Handle {
        &self.runtime
    }

    /// Shows `diagnostics` for a file.
    pub(super) fn publish(
        &self,
        uri: lsp::Url,
        diagnostics: Vec<lsp::Diagnostic>,
        version: Option<i32>,
    ) {
        self.notify(Notice::Diagnostics(lsp::PublishDiagnosticsParams {
            uri,
            diagnostics,
            version,
        }));
    }

    /// Writes a line into the client's log.
    pub(super) fn log(&self, level: lsp::MessageType, text: String) {
        self.notify(Notice::Log(level, text));
    }

    /// Tells the client that the lenses it shows may be old.
    pub(super) fn refresh_lenses(&self) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            // A client that fails at this goes on showing what it has.
            let _ = client.code_lens_refresh().await;
        });
    }

    /// Tells the client that the hints it shows may be old.
    pub(super) fn refresh_hints(&self) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            let _ = client.inlay_hint_refresh().await;
        });
    }

    /// Asks to be told of changes on disk to files that say something to us.
    pub(super) fn watch_files(&self) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            if let Err(error) = client.register_capability(vec![watched_files()]).await {
                let text = format!("the client does not watch files: {error}");
                client.log_message(lsp::MessageType::INFO, text).await;
            }
        });
    }

    /// Shows progress under `title`.
    pub(super) fn progress(&self, title: &str) -> Progress {
        let (end, ended) = oneshot::channel::<()>();
        let client = self.client.clone();
        let begin = lsp::WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(false),
            ..Default::default()
        };
        self.runtime.spawn(async move {
            if create_progress(&client).await.is_err() {
                return;
            }
            report(&client, lsp::WorkDoneProgress::Begin(begin)).await;
            // An error means that the sender was dropped, which is how it ends.
            let _ = ended.await;
            report(&client, lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd::default())).await;
        });
        Progress { _end: end }
    }

    fn notify(&self, notice: Notice) {
        // Fails only when the runtime is going down.
        let _ = self.queue.send(notice);
    }
}

fn token() -> lsp::ProgressToken {
    lsp::NumberOrString::String(SCAN.to_owned())
}

async fn create_progress(client: &Client) -> jsonrpc::Result<()> {
    let params = lsp::WorkDoneProgressCreateParams { token: token() };
    client.send_request::<WorkDoneProgressCreate>(params).await
}

async fn report(client: &Client, value: lsp::WorkDoneProgress) {
    let value = lsp::ProgressParamsValue::WorkDone(value);
    client
        .send_notification::<ProgressNotification>(lsp::ProgressParams { token: token(), value })
        .await;
}

fn watched_files() -> lsp::Registration {
    let options = lsp::DidChangeWatchedFilesRegistrationOptions {
        watchers: vec![lsp::FileSystemWatcher {
            glob_pattern: lsp::GlobPattern::String("**/*.{wxml,js,ts,wxs,json}".to_owned()),
            kind: None,
        }],
    };
    lsp::Registration {
        id: "miniguard/files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}

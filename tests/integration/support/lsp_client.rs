//! A language client for tests: typed requests and notifications to a server in this process, over
//! a pipe. Nothing here sleeps. What is waited for is a message, and a message that does not come
//! within [`PATIENCE`] fails the test with all that came instead.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use miniguard::lsp::{Analyzer, serve};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf,
};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::request::Request;
use tower_lsp::lsp_types::{PublishDiagnosticsParams, Url};

/// Far longer than anything takes on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client with its server.
pub(crate) struct TestClient {
    output: Option<WriteHalf<DuplexStream>>,
    inbox: mpsc::UnboundedReceiver<Value>,
    server: JoinHandle<u8>,
    last_id: i64,
    /// Notifications and answers that came while something else was waited for.
    kept: VecDeque<Value>,
    /// Methods of the requests that the server made, all of them answered with `null`.
    pub(crate) asked: Vec<Value>,
    /// Whether the server's requests are answered.
    pub(crate) answers: bool,
}

impl TestClient {
    /// Starts a server with `engine`; nothing has been said yet.
    pub(crate) fn start(engine: Arc<dyn Analyzer>) -> Self {
        let (client, server) = tokio::io::duplex(1024 * 1024);
        let (server_input, server_output) = tokio::io::split(server);
        let server = tokio::spawn(serve(server_input, server_output, engine));
        let (input, output) = tokio::io::split(client);
        let (sender, inbox) = mpsc::unbounded_channel();
        tokio::spawn(read_messages(BufReader::new(input), sender));
        Self {
            output: Some(output),
            inbox,
            server,
            last_id: 0,
            kept: VecDeque::new(),
            asked: Vec::new(),
            answers: true,
        }
    }

    /// Initialises with `params`; gives the server's answer.
    pub(crate) async fn initialize(&mut self, params: Value) -> Value {
        let id = self.send_request("initialize", params).await;
        let result = self.response(id).await.expect("initialize fails");
        self.notify_raw("initialized", json!({})).await;
        result
    }

    /// Makes a request and waits for its answer.
    pub(crate) async fn request<R: Request>(
        &mut self,
        params: R::Params,
    ) -> Result<R::Result, Value> {
        let id = self.start_request::<R>(params).await;
        self.answer::<R>(id).await
    }

    /// Makes a request; the answer is fetched with [`TestClient::answer`].
    pub(crate) async fn start_request<R: Request>(&mut self, params: R::Params) -> i64 {
        self.send_request(R::METHOD, serde_json::to_value(params).unwrap()).await
    }

    /// The answer to request `id`.
    pub(crate) async fn answer<R: Request>(&mut self, id: i64) -> Result<R::Result, Value> {
        self.response(id).await.map(|result| serde_json::from_value(result).unwrap())
    }

    /// Sends a notification.
    pub(crate) async fn notify<N: Notification>(&mut self, params: N::Params) {
        self.notify_raw(N::METHOD, serde_json::to_value(params).unwrap()).await;
    }

    /// Sends a notification that need not exist.
    pub(crate) async fn notify_raw(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params})).await;
    }

    /// Sends a request that need not exist; gives its id.
    pub(crate) async fn send_request(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({"jsonrpc": "2.0", "id": self.last_id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message).await;
        self.last_id
    }

    /// The result or the error of request `id`.
    pub(crate) async fn response(&mut self, id: i64) -> Result<Value, Value> {
        let message = self
            .wait_for(&format!("the answer to request {id}"), |message| {
                message.get("method").is_none() && message.get("id") == Some(&json!(id))
            })
            .await;
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        }
    }

    /// The next notification `method` that was not fetched yet.
    pub(crate) async fn notification(&mut self, method: &str) -> Value {
        let message =
            self.wait_for(method, |message| message.get("method") == Some(&json!(method))).await;
        message["params"].clone()
    }

    /// The next diagnostics of `uri` that were not fetched yet.
    pub(crate) async fn diagnostics(&mut self, uri: &Url) -> PublishDiagnosticsParams {
        let message = self
            .wait_for(&format!("diagnostics of {uri}"), |message| {
                message.get("method") == Some(&json!(PublishDiagnostics::METHOD))
                    && message["params"]["uri"] == json!(uri)
            })
            .await;
        serde_json::from_value(message["params"].clone()).unwrap()
    }

    /// The messages of the next diagnostics of `uri`, first lines only.
    pub(crate) async fn complaints(&mut self, uri: &Url) -> Vec<String> {
        let published = self.diagnostics(uri).await;
        let first_line = |message: &str| message.lines().next().unwrap_or("").to_owned();
        published.diagnostics.iter().map(|diagnostic| first_line(&diagnostic.message)).collect()
    }

    /// What came and was not fetched, of notification `method`.
    pub(crate) fn unfetched(&mut self, method: &str) -> Vec<Value> {
        while let Ok(message) = self.inbox.try_recv() {
            self.kept.push_back(message);
        }
        let of_method =
            self.kept.iter().filter(|message| message.get("method") == Some(&json!(method)));
        of_method.map(|message| message["params"].clone()).collect()
    }

    /// Shuts down, exits with the input kept open, and gives the server's exit code.
    pub(crate) async fn finish(mut self) -> u8 {
        let id = self.send_request("shutdown", Value::Null).await;
        assert_eq!(self.response(id).await, Ok(Value::Null));
        self.exit().await
    }

    /// Exits with the input kept open, and gives the server's exit code.
    pub(crate) async fn exit(mut self) -> u8 {
        self.notify_raw("exit", Value::Null).await;
        self.ended().await
    }

    /// Closes the input, as an editor that is killed does, and gives the server's exit code.
    pub(crate) async fn hang_up(mut self) -> u8 {
        let mut output = self.output.take().unwrap();
        output.shutdown().await.unwrap();
        self.ended().await
    }

    /// The server's exit code.
    pub(crate) async fn ended(&mut self) -> u8 {
        let ended = tokio::time::timeout(PATIENCE, &mut self.server).await;
        ended.expect("the server does not end").expect("the server panicked")
    }

    /// Sends `message` as it stands.
    pub(crate) async fn send(&mut self, message: &Value) {
        self.send_bytes(message.to_string().as_bytes()).await;
    }

    /// Sends a message with this body.
    pub(crate) async fn send_bytes(&mut self, body: &[u8]) {
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        self.send_raw(header.as_bytes()).await;
        self.send_raw(body).await;
    }

    /// Sends bytes as they stand, with no header.
    pub(crate) async fn send_raw(&mut self, bytes: &[u8]) {
        self.output.as_mut().unwrap().write_all(bytes).await.unwrap();
    }

    /// Waits for a request that the server makes to the client.
    pub(crate) async fn asked(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.asked.iter().position(|request| request["method"] == method) {
                return self.asked.remove(at);
            }
            let message = self.receive(method).await;
            self.keep(message).await;
        }
    }

    async fn wait_for(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is_it) {
            return self.kept.remove(at).unwrap();
        }
        loop {
            let message = self.receive(what).await;
            let is_request = message.get("id").is_some() && message.get("method").is_some();
            if !is_request && is_it(&message) {
                return message;
            }
            self.keep(message).await;
        }
    }

    async fn receive(&mut self, what: &str) -> Value {
        let message = tokio::time::timeout(PATIENCE, self.inbox.recv()).await;
        let Ok(Some(message)) = message else {
            panic!("waited in vain for {what}; came: {:#?}", self.kept);
        };
        message
    }

    async fn keep(&mut self, message: Value) {
        if message.get("method").is_some()
            && let Some(id) = message.get("id").cloned()
        {
            if self.answers {
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null})).await;
            }
            self.asked.push(message);
        } else {
            self.kept.push_back(message);
        }
    }
}

async fn read_messages(
    mut input: BufReader<ReadHalf<DuplexStream>>,
    inbox: mpsc::UnboundedSender<Value>,
) {
    let mut line = String::new();
    let mut length = 0;
    loop {
        line.clear();
        if input.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap();
        } else if line == "\r\n" {
            let mut body = vec![0; length];
            input.read_exact(&mut body).await.unwrap();
            if inbox.send(serde_json::from_slice(&body).unwrap()).is_err() {
                return;
            }
        }
    }
}

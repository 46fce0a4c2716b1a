//! Messages of the protocol, sound and broken, in any order → the server answers each request once
//! and ends in order.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use miniguard::lsp::{Analysis, serve};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;

use super::choices::Choices;
use super::text;

/// The most messages between `initialized` and `shutdown`.
const MESSAGES: usize = 16;
/// Longer than any conversation takes here.
const PATIENCE: Duration = Duration::from_secs(30);

const FILES: &[(&str, &str)] = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["a/a"], "usingComponents": {"c": "/c"}}"#),
    ("app.js", "App({ globalData: { base: 'https://a.example.com' } })\n"),
    ("miniguard.json", r#"{"rules": {"address-url": "off"}}"#),
    (
        "a/a.js",
        "const app = getApp()\nPage({ data: { x: 1 }, go() { wx.request({ url: app.globalData.base }) } })\n",
    ),
    ("a/a.wxml", "<view bindtap=\"go\">{{x}}</view>\n<button open-type=\"getPhoneNumber\"/>\n"),
];

/// Requests about a place of a document.
const REQUESTS: &[&str] = &[
    "hover",
    "definition",
    "references",
    "completion",
    "prepareRename",
    "rename",
    "documentSymbol",
    "foldingRange",
    "selectionRange",
    "codeAction",
    "codeLens",
    "documentLink",
    "inlayHint",
    "semanticTokens/full",
    "semanticTokens/range",
    "signatureHelp",
];

/// Pieces of text that are typed.
const TYPED: &[&str] = &[
    "",
    "\n",
    "wx.getLocation({})",
    "{{",
    "}}",
    "\"",
    "'",
    "<view",
    "/>",
    "中😀",
    "\\",
    "{",
    "}",
    "//",
    "\r",
    "// miniguard-ignore address-url: a reason\n",
    "require('./b')",
    "Page({",
    "\u{b}",
    ",",
];

fn folder() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder");
            for (path, text) in FILES {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                std::fs::write(path, text).expect("written");
            }
            folder
        })
        .path()
}

/// Has the conversation that `input` chooses with a server in this process.
pub fn messages(input: &[u8]) {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(2).enable_all().build().expect("a runtime")
    });
    let conversation = Conversation::chosen(&mut Choices::new(input));
    let had = runtime.block_on(async { tokio::time::timeout(PATIENCE, conversation.have()).await });
    assert!(had.is_ok(), "no end");
}

/// What a client says, and the requests that it waits for.
struct Conversation {
    said: Vec<u8>,
    asked: BTreeSet<i64>,
}

impl Conversation {
    fn chosen(choices: &mut Choices<'_>) -> Self {
        let mut conversation = Self { said: Vec::new(), asked: BTreeSet::new() };
        let root = format!("file://{}", folder().display());
        conversation.ask("initialize", &json!({"rootUri": root, "capabilities": {}}));
        conversation.tell("initialized", &json!({}));
        let mut open = BTreeSet::new();
        for version in 0..MESSAGES {
            if choices.is_empty() {
                break;
            }
            let name = match choices.byte() % 16 {
                15 => "b.js",
                14 => "../outside.js",
                other => FILES[usize::from(other) % FILES.len()].0,
            };
            let uri = format!("{root}/{name}");
            conversation.choose(choices, &uri, version, &mut open);
        }
        conversation.ask("shutdown", &Value::Null);
        conversation.tell("exit", &Value::Null);
        conversation
    }

    fn choose(
        &mut self,
        choices: &mut Choices<'_>,
        uri: &str,
        version: usize,
        open: &mut BTreeSet<String>,
    ) {
        let document = json!({"uri": uri, "version": version});
        match choices.byte() % 16 {
            0 | 1 => {
                let text = typed(choices);
                open.insert(uri.to_owned());
                let item = json!({"uri": uri, "languageId": "x", "version": version, "text": text});
                self.tell("textDocument/didOpen", &json!({"textDocument": item}));
            }
            2..=6 => {
                let change = match choices.byte() % 4 {
                    0 => json!({"text": typed(choices)}),
                    _ => json!({"range": range(choices), "text": typed(choices)}),
                };
                let changes = json!({"textDocument": document, "contentChanges": [change]});
                self.tell("textDocument/didChange", &changes);
            }
            7 => {
                open.remove(uri);
                self.tell("textDocument/didClose", &json!({"textDocument": document}));
            }
            8 => self.tell("textDocument/didSave", &json!({"textDocument": document})),
            9 => {
                let kind = choices.byte() % 4;
                let changes = json!({"changes": [{"uri": uri, "type": kind}]});
                self.tell("workspace/didChangeWatchedFiles", &changes);
            }
            10 => {
                // One that was made: not `initialize`, and none that is to come.
                let id = 1 + choices.below(self.asked.len().saturating_sub(1));
                if id < self.asked.len() {
                    self.tell("$/cancelRequest", &json!({"id": id}));
                }
            }
            11 => {
                let body = text(choices.bytes());
                self.say(&format!("Content-Length: {}\r\n\r\n{body}", choices.byte()));
            }
            12 => self.said.extend(choices.bytes()),
            _ => {
                let place = range(choices);
                let params = json!({
                    "textDocument": document, "position": place["start"], "range": place,
                    "positions": [place["start"], place["end"]], "newName": typed(choices),
                    "context": {"diagnostics": [], "includeDeclaration": true},
                });
                let method = choices.of(REQUESTS);
                self.ask(&format!("textDocument/{method}"), &params);
            }
        }
    }

    fn ask(&mut self, method: &str, params: &Value) {
        let id = i64::try_from(self.asked.len()).expect("few");
        self.asked.insert(id);
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params.clone();
        }
        self.send(&message);
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.say(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    }

    fn say(&mut self, text: &str) {
        self.said.extend(text.as_bytes());
    }

    /// Says all of it, and asserts that each request was answered once when the server has ended.
    async fn have(self) {
        let (client, server) = tokio::io::duplex(1 << 20);
        let (server_input, server_output) = tokio::io::split(server);
        let server = tokio::spawn(serve(server_input, server_output, Arc::new(Analysis)));
        let (input, mut output) = tokio::io::split(client);
        let answers = tokio::spawn(answers(input));
        output.write_all(&self.said).await.expect("the server listens");
        let code = server.await.expect("the server does not panic");
        drop(output);
        let answers = answers.await.expect("sound answers");
        assert_eq!(code, 0, "{}", String::from_utf8_lossy(&self.said));
        for id in &self.asked {
            let count = answers.iter().filter(|answer| *answer == id).count();
            assert_eq!(count, 1, "request {id} of {}", String::from_utf8_lossy(&self.said));
        }
    }
}

/// The ids of the answers that `input` brings, until it ends.
async fn answers(mut input: impl AsyncRead + Unpin) -> Vec<i64> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).await.expect("readable");
    let mut rest = &bytes[..];
    let mut answers = Vec::new();
    while let Some(header) = rest.windows(4).position(|four| four == b"\r\n\r\n") {
        let length = String::from_utf8_lossy(&rest[..header]);
        let length = length.strip_prefix("Content-Length: ").expect("a header");
        let length: usize = length.trim().parse().expect("a length");
        let (body, after) = rest[header + 4..].split_at(length);
        rest = after;
        let message: Value = serde_json::from_slice(body).expect("JSON");
        if message.get("method").is_none() {
            answers.extend(message["id"].as_i64());
        }
    }
    answers
}

fn typed(choices: &mut Choices<'_>) -> String {
    let count = choices.byte() % 5;
    (0..count).map(|_| *choices.of(TYPED)).collect()
}

fn range(choices: &mut Choices<'_>) -> Value {
    let mut place = || {
        let (line, character) = (choices.byte() % 8, choices.byte());
        // Far outside, now and then.
        json!({"line": if line == 7 { 99_999 } else { line.into() }, "character": character})
    };
    json!({"start": place(), "end": place()})
}

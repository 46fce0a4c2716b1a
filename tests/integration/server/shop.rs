//! A mini-program with a client on it, for the features of the language. Places are named by the
//! text around them – a question by a text with `|` where the cursor stands, an answer by the text
//! in its range.

use std::collections::BTreeMap;
use std::sync::Arc;

use miniguard::lsp::Analysis;
use serde_json::{Value, json};
use tower_lsp::lsp_types::{Position, Range, Url};

use super::lsp_client::TestClient;
use super::{Fixture, everything};

/// The program.
pub(super) struct Shop {
    pub(super) fixture: Fixture,
    texts: BTreeMap<String, String>,
    units: fn(char) -> usize,
}

impl Shop {
    /// `files` beside the least that makes a program, and a client that can do everything, in
    /// UTF-16 as VS Code has it.
    pub(super) async fn new(files: &[(&str, &str)]) -> Self {
        let mut capabilities = everything();
        capabilities["general"] = json!({"positionEncodings": ["utf-16"]});
        Self::with(files, capabilities).await
    }

    /// The same for a client with `capabilities`.
    pub(super) async fn with(files: &[(&str, &str)], capabilities: Value) -> Self {
        Self::initialized(files, json!({"capabilities": capabilities})).await
    }

    /// The same for a client that initialises with `params`.
    pub(super) async fn initialized(files: &[(&str, &str)], mut params: Value) -> Self {
        let least = [("project.config.json", "{}"), ("app.js", "App({})\n")];
        let all: Vec<_> = least.iter().chain(files).copied().collect();
        let mut fixture = Fixture::unopened(&all);
        fixture.client = TestClient::start(Arc::new(Analysis));
        params["rootUri"] = json!(fixture.uri(""));
        let answer = fixture.client.initialize(params).await;
        let utf8 = answer["capabilities"]["positionEncoding"] == "utf-8";
        let texts = all.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        Self {
            fixture,
            texts: texts.collect(),
            units: if utf8 { char::len_utf8 } else { char::len_utf16 },
        }
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> &str {
        &self.texts[path]
    }

    /// Opens a document with another text than its file has.
    pub(super) async fn open(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_owned(), text.to_owned());
        self.fixture.open(path, text).await;
    }

    /// The position of the `|` in `around`, which stands once in the file but for the `|`.
    pub(super) fn position(&self, path: &str, around: &str) -> Position {
        let (before, after) = around.split_once('|').expect("no cursor");
        let text = self.text(path);
        let found = format!("{before}{after}");
        assert_eq!(text.matches(&*found).count(), 1, "{found} in {path}");
        self.position_at(path, text.find(&*found).unwrap() + before.len())
    }

    /// The position of a byte.
    pub(super) fn position_at(&self, path: &str, offset: usize) -> Position {
        let text = self.text(path);
        let line = text[..offset].matches('\n').count();
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let column: usize = text[start..offset].chars().map(self.units).sum();
        Position::new(u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
    }

    /// The byte of a position.
    pub(super) fn offset(&self, path: &str, position: Position) -> usize {
        let text = self.text(path);
        let before: usize =
            text.split_inclusive('\n').take(position.line as usize).map(str::len).sum();
        let mut left = position.character as usize;
        let mut at = before;
        for character in text[before..].chars() {
            if left == 0 {
                break;
            }
            left = left.checked_sub((self.units)(character)).expect("inside a character");
            at += character.len_utf8();
        }
        at
    }

    /// The text in a range.
    pub(super) fn slice(&self, path: &str, range: &Value) -> &str {
        let range: Range = serde_json::from_value(range.clone()).unwrap();
        &self.text(path)[self.offset(path, range.start)..self.offset(path, range.end)]
    }

    /// The file that a URI names.
    pub(super) fn path(&self, uri: &Value) -> String {
        let uri = Url::parse(uri.as_str().unwrap()).unwrap();
        let path = uri.to_file_path().unwrap();
        path.strip_prefix(self.fixture.path("")).unwrap().to_str().unwrap().to_owned()
    }

    /// A location or link as `file:line text`.
    pub(super) fn location(&self, location: &Value) -> String {
        let of = |keys: [&str; 2]| keys.iter().find_map(|key| location.get(key)).cloned().unwrap();
        let path = self.path(&of(["uri", "targetUri"]));
        let range = of(["range", "targetSelectionRange"]);
        let line = range["start"]["line"].as_u64().unwrap() + 1;
        format!("{path}:{line} {}", self.slice(&path, &range)).trim_end().to_owned()
    }

    /// The answer to `method` at the cursor, or the error.
    pub(super) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        around: &str,
        more: &Value,
    ) -> Result<Value, Value> {
        let mut params = json!({
            "textDocument": {"uri": self.fixture.uri(path)},
            "position": self.position(path, around),
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        let id = self.fixture.client.send_request(method, params).await;
        self.fixture.client.response(id).await
    }

    /// The answer to `method` about a whole document.
    pub(super) async fn ask_document(&mut self, method: &str, path: &str) -> Value {
        let params = json!({"textDocument": {"uri": self.fixture.uri(path)}});
        let id = self.fixture.client.send_request(method, params).await;
        self.fixture.client.response(id).await.unwrap()
    }

    /// The answer to `method` at the cursor: locations, each as `file:line text`.
    pub(super) async fn locations(
        &mut self,
        method: &str,
        path: &str,
        around: &str,
    ) -> Vec<String> {
        let more = json!({"context": {"includeDeclaration": true}});
        let found = self.ask(method, path, around, &more).await.unwrap();
        found.as_array().into_iter().flatten().map(|one| self.location(one)).collect()
    }
}

//! What the editor shows after any series of messages is what a fresh check finds: of the files on
//! disk, and over them the documents that are open. An answer that needs the findings comes when
//! the check of exactly that text has been published, and a message that is none is answered with a
//! line of the log, which comes after all that was published before it. So nothing waits, and
//! nothing that comes late is missed.

use std::collections::BTreeMap;
use std::sync::Arc;

use miniguard::check;
use miniguard::check::{Cancel, baseline};
use miniguard::lsp::Analysis;
use miniguard::path::FilePath;
use miniguard::text::{Text, Units};
use miniguard::workspace::Workspace;
use proptest::prelude::*;
use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};

use super::lsp_client::TestClient;
use super::{Fixture, everything};

const PAGE: &str =
    "Page({ onTap() { wx.request({ url: 'https://203.0.113.8/x' }); wx.getLocation({}) } })\n";
const SETTINGS: &str =
    r#"{"ignore": [{"rule": "address-url", "file": "a/a.js", "reason": "in the shop"}]}"#;

const FILES: &[(&str, &str)] = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["a/a"]}"#),
    ("app.js", "App({})\n"),
    ("a/a.js", PAGE),
    ("a/a.wxml", "<view bindtap=\"onTap\"/>\n"),
];

/// An editor on a program: what it has open, and what it shows.
struct Editor {
    fixture: Fixture,
    /// Text and version of each open document.
    open: BTreeMap<&'static str, (String, i32)>,
    version: i32,
}

/// What somebody does in the editor, or behind its back.
#[derive(Clone, Debug)]
enum Act {
    /// The file is written by anybody.
    Write(&'static str, &'static str),
    /// The file is deleted.
    Delete(&'static str),
    /// The editor says that something on disk changed.
    Watched(&'static str),
    /// The editor opens the document with this text, whatever the disk holds.
    Open(&'static str, &'static str),
    /// The editor changes the document, open or not.
    Change(&'static str, &'static str),
    /// The editor writes the document, and says so.
    Save(&'static str),
    /// The editor lets the document go.
    Close(&'static str),
    /// The editor asks something, and waits for the answer.
    Ask,
}

impl Editor {
    async fn new() -> Self {
        let mut fixture = Fixture::unopened(FILES);
        fixture.client = TestClient::start(Arc::new(Analysis));
        let root = fixture.uri("");
        fixture.client.initialize(json!({"rootUri": root, "capabilities": everything()})).await;
        Self { fixture, open: BTreeMap::new(), version: 0 }
    }

    async fn does(&mut self, act: &Act) {
        match *act {
            Act::Write(path, text) => self.fixture.write(path, text),
            Act::Delete(path) => {
                // It may be gone already.
                let _ = std::fs::remove_file(self.fixture.path(path));
            }
            Act::Watched(path) => {
                let changed = json!({"changes": [{"uri": self.fixture.uri(path), "type": 2}]});
                self.tell("workspace/didChangeWatchedFiles", changed).await;
            }
            Act::Open(path, text) => {
                let version = self.next_version();
                self.open.insert(path, (text.to_owned(), version));
                let document = json!({
                    "uri": self.fixture.uri(path), "languageId": "json", "version": version, "text": text,
                });
                self.tell("textDocument/didOpen", json!({"textDocument": document})).await;
            }
            Act::Change(path, text) => {
                let version = self.next_version();
                self.open.insert(path, (text.to_owned(), version));
                self.fixture.change(path, version, super::whole(text)).await;
            }
            Act::Save(path) => {
                if let Some((text, _)) = self.open.get(path) {
                    self.fixture.write(path, text);
                }
                let document = json!({"textDocument": {"uri": self.fixture.uri(path)}});
                self.tell("textDocument/didSave", document).await;
            }
            Act::Close(path) => {
                self.open.remove(path);
                self.fixture.close(path).await;
            }
            Act::Ask => self.settle().await,
        }
    }

    fn next_version(&mut self) -> i32 {
        self.version += 1;
        self.version
    }

    async fn tell(&mut self, method: &str, params: Value) {
        self.fixture.client.notify_raw(method, params).await;
    }

    /// Waits until what is known of the present text has been published.
    async fn settle(&mut self) {
        let params = json!({
            "textDocument": {"uri": self.fixture.uri("project.config.json")}, "context": {"diagnostics": []},
            "range": super::range((0, 0), (0, 0)),
        });
        let client = &mut self.fixture.client;
        let asked = client.send_request("textDocument/codeAction", params).await;
        client.response(asked).await.unwrap();
        client.send_bytes(b"none").await;
        loop {
            let log = client.notification("window/logMessage").await;
            if log["message"].as_str().unwrap().contains("not JSON-RPC") {
                return;
            }
        }
    }

    /// What the editor shows in the end: `file:line:column rule` from 0, in UTF-8 bytes.
    async fn shown(&mut self) -> Vec<String> {
        // Whoever writes a file is seen by the editor in the end.
        self.does(&Act::Watched("app.json")).await;
        self.settle().await;
        let mut last = BTreeMap::new();
        for published in self.fixture.client.unfetched(PublishDiagnostics::METHOD) {
            let uri: Url = published["uri"].as_str().unwrap().parse().unwrap();
            last.insert(uri.to_file_path().unwrap(), published["diagnostics"].clone());
        }
        let root = self.fixture.path("");
        let mut shown = Vec::new();
        for (disk, diagnostics) in &last {
            let path = disk.strip_prefix(&root).unwrap().display();
            for one in diagnostics.as_array().unwrap() {
                let start = &one["range"]["start"];
                let (line, column) = (&start["line"], &start["character"]);
                shown.push(format!("{path}:{line}:{column} {}", one["code"].as_str().unwrap()));
            }
        }
        shown.sort();
        shown
    }

    /// What it should show.
    fn truth(&self) -> Vec<String> {
        let mut workspace = Workspace::open(&self.fixture.path(""));
        for (path, (text, version)) in &self.open {
            workspace.open_document(&FilePath::new(path).unwrap(), text, *version);
        }
        let files = workspace.files();
        let mut report = check::analyse(files, &Cancel::never()).unwrap();
        baseline::soften(&mut report, files);
        let mut truth: Vec<String> = report
            .findings
            .iter()
            .map(|finding| {
                let place = &finding.place;
                let source = files.get(&place.file).map_or("", |file| &file.source);
                let start = Text::new(source).position(place.span.start(), Units::Utf8);
                let (line, column) = (start.line, start.column);
                format!("{}:{line}:{column} {}", place.file, finding.rule)
            })
            .collect();
        truth.sort();
        truth
    }
}

/// Lets an editor do `acts`, and compares.
async fn check(acts: &[Act]) {
    let mut editor = Editor::new().await;
    for act in acts {
        editor.does(act).await;
    }
    let shown = editor.shown().await;
    assert_eq!(shown, editor.truth(), "{acts:#?}");
}

/// All orders of `items`.
fn orders<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

#[tokio::test]
async fn a_file_that_is_made_opened_and_saved_in_any_order() {
    const NEW: &str = "miniguard.json";
    let acts = [
        // Seen by the editor while it is half there.
        vec![Act::Write(NEW, ""), Act::Watched(NEW)],
        vec![Act::Open(NEW, "")],
        vec![Act::Change(NEW, SETTINGS)],
        vec![Act::Save(NEW)],
        vec![Act::Write(NEW, SETTINGS), Act::Watched(NEW)],
    ];
    for order in orders(&acts) {
        check(&order.concat()).await;
        // And with a check after each step.
        let slowly: Vec<Act> =
            order.iter().flat_map(|step| step.iter().cloned().chain([Act::Ask])).collect();
        check(&slowly).await;
    }
}

fn acts() -> impl Strategy<Value = Act> {
    let path =
        prop::sample::select(vec!["miniguard.json", "app.json", "a/a.js", "a/a.wxml", "b.js"]);
    let text = prop::sample::select(vec![
        "",
        "{",
        SETTINGS,
        r#"{"rules": {"address-url": "off"}}"#,
        r#"{"rules": {"address-urls": 1}}"#,
        // As long as each other: an editor that only looks at length and time may take one for the
        // other.
        r#"{"pages": ["a/a"]}"#,
        r#"{"pages": ["a/b"]}"#,
        r#"{"pages": ["a/a"], "requiredPrivateInfos": ["getLocation"]}"#,
        PAGE,
        "Page({ onTap() { wx.chooseAddress({}) } })\n",
        "/* Page({",
        "<view bindtap=\"onTap\"/><web-view src=\"http://a.example.com\"/>\n",
    ]);
    (0..9, path, text).prop_map(|(kind, path, text)| match kind {
        0 => Act::Write(path, text),
        1 => Act::Delete(path),
        2 => Act::Watched(path),
        3 => Act::Open(path, text),
        4 | 5 => Act::Change(path, text),
        6 => Act::Save(path),
        7 => Act::Close(path),
        _ => Act::Ask,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_the_editor_shows_what_a_fresh_check_finds(
        acts in prop::collection::vec(acts(), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(check(&acts));
    }
}

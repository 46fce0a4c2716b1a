//! Workspaces as people have them: very many files, several programs or none, files that go while
//! they are open, folders that nobody may write to.

use std::sync::Arc;

use miniguard::lsp::Analysis;
use serde_json::json;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::{NumberOrString, Url, request::HoverRequest};

use super::lsp_client::TestClient;
use super::{Fixture, at, everything, replace, whole, write};

const APP: &str = r#"{"pages": ["a/a"]}"#;
const PAGE: &str = "Page({ onTap() { wx.chooseAddress({}) } })\n";
const RULE: &str = "undeclared-private-interface";

/// An editor on `folder`, with the real analysis.
async fn editor(files: &[(&str, &str)]) -> Fixture {
    let mut fixture = Fixture::unopened(files);
    begin(&mut fixture).await;
    fixture
}

async fn begin(fixture: &mut Fixture) {
    fixture.client = TestClient::start(Arc::new(Analysis));
    let root = fixture.uri("");
    fixture.client.initialize(json!({"rootUri": root, "capabilities": everything()})).await;
}

/// Whether the next diagnostics of a file name the rule.
async fn is_undeclared(fixture: &mut Fixture, path: &str) -> bool {
    let uri = fixture.uri(path);
    let published = fixture.client.diagnostics(&uri).await;
    let code = Some(NumberOrString::String(RULE.to_owned()));
    published.diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

#[tokio::test]
async fn twenty_thousand_files_are_read_and_an_edit_in_one_is_seen() {
    let mut fixture = Fixture::unopened(&[
        ("project.config.json", r#"{"miniprogramRoot": "mini"}"#),
        ("mini/app.json", APP),
        ("mini/app.js", "App({})\n"),
        ("mini/a/a.js", "require('../m/7/7.js')\nPage({})\n"),
        ("mini/a/a.wxml", "<view/>\n"),
    ]);
    for folder in 0..100 {
        // Half of them belong to the program, half lie beside it.
        let base = fixture.path(if folder % 2 == 0 { "mini/m" } else { "docs" });
        for file in 0..200 {
            // As in a real one, few name the platform.
            let what = if file % 20 == 0 { "wx.getStorageSync" } else { "String" };
            let text = format!("exports.value{file} = {what}('{folder}')\n");
            write(&base.join(format!("{folder}/{file}.js")), &text);
        }
    }
    begin(&mut fixture).await;
    let page = "mini/a/a.js";
    fixture.open(page, PAGE).await;
    assert!(is_undeclared(&mut fixture, page).await);
    let card = fixture.client.request::<HoverRequest>(at(&fixture.uri(page), 0, 22)).await;
    assert!(card.unwrap().is_some());
    fixture.change(page, 2, whole("Page({})\n")).await;
    assert!(!is_undeclared(&mut fixture, page).await);
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn two_programs_in_one_window_are_kept_apart() {
    let mut fixture = editor(&[
        ("one/project.config.json", "{}"),
        ("one/app.json", r#"{"pages": ["a/a"], "requiredPrivateInfos": ["chooseAddress"]}"#),
        ("one/app.js", "App({})\n"),
        ("one/a/a.js", PAGE),
        ("one/a/a.wxml", "<view/>\n"),
        ("two/project.config.json", "{}"),
        ("two/app.json", APP),
        ("two/app.js", "App({})\n"),
        ("two/a/a.js", PAGE),
        ("two/a/a.wxml", "<view/>\n"),
        ("two/miniguard.json", r#"{"rules": {"consent-before-use": "off"}}"#),
    ])
    .await;
    assert!(!is_undeclared(&mut fixture, "one/a/a.js").await);
    assert!(is_undeclared(&mut fixture, "two/a/a.js").await);
    // What is mended in one is not mended in the other.
    fixture
        .open("two/app.json", r#"{"pages": ["a/a"], "requiredPrivateInfos": ["chooseAddress"]}"#)
        .await;
    assert!(!is_undeclared(&mut fixture, "two/a/a.js").await);
    fixture.open("one/app.json", APP).await;
    assert!(is_undeclared(&mut fixture, "one/a/a.js").await);
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn a_workspace_without_a_program_is_left_in_peace() {
    let mut fixture = editor(&[
        ("package.json", r#"{"name": "a website"}"#),
        ("app.json", r#"{"expo": {}}"#),
        ("src/app.js", "wx.getLocation({}); fetch('http://a.example.com')\n"),
    ])
    .await;
    let log = fixture.client.notification("window/logMessage").await;
    assert!(log["message"].as_str().unwrap().contains("No mini-program here"), "{log}");
    fixture.open("src/app.js", "wx.getLocation({})\n").await;
    // Opening is answered, with nothing.
    let uri = fixture.uri("src/app.js");
    assert_eq!(fixture.client.diagnostics(&uri).await.diagnostics, []);
    fixture.change("src/app.js", 2, vec![replace((0, 0), (0, 0), "wx.chooseAddress({});")]).await;
    let asked = json!({
        "textDocument": {"uri": uri}, "range": super::range((0, 0), (0, 5)), "context": {"diagnostics": []},
    });
    let id = fixture.client.send_request("textDocument/codeAction", asked).await;
    assert_eq!(fixture.client.response(id).await.unwrap(), json!([]));
    let published = fixture.client.unfetched(PublishDiagnostics::METHOD);
    assert!(published.iter().all(|one| one["diagnostics"] == json!([])), "{published:#?}");
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn a_file_that_is_deleted_while_it_is_open_stays_until_it_is_closed() {
    let mut fixture = editor(&[
        ("project.config.json", "{}"),
        ("app.json", APP),
        ("app.js", "App({})\n"),
        ("a/a.js", PAGE),
        ("a/a.wxml", "<view/>\n"),
    ])
    .await;
    fixture.open("a/a.js", PAGE).await;
    assert!(is_undeclared(&mut fixture, "a/a.js").await);
    std::fs::remove_file(fixture.path("a/a.js")).unwrap();
    let gone = json!({"changes": [{"uri": fixture.uri("a/a.js"), "type": 3}]});
    fixture.client.notify_raw("workspace/didChangeWatchedFiles", gone).await;
    fixture.change("a/a.js", 2, vec![replace((0, 0), (0, 0), "// 未保存\n")]).await;
    let uri: Url = fixture.uri("a/a.js");
    loop {
        let published = fixture.client.diagnostics(&uri).await;
        if published.version == Some(2) {
            let lines: Vec<_> =
                published.diagnostics.iter().map(|one| one.range.start.line).collect();
            assert!(lines.contains(&1), "the edit is kept: {lines:?}");
            break;
        }
    }
    fixture.close("a/a.js").await;
    assert_eq!(fixture.client.diagnostics(&uri).await.diagnostics, []);
    assert_eq!(fixture.client.finish().await, 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_nobody_may_write_to_is_checked_like_any_other() {
    use std::os::unix::fs::PermissionsExt;

    let mut fixture = Fixture::unopened(&[
        ("project.config.json", "{}"),
        ("app.json", APP),
        ("app.js", "App({})\n"),
        ("a/a.js", PAGE),
        ("a/a.wxml", "<view/>\n"),
    ]);
    let allow = |fixture: &Fixture, mode: u32| {
        for path in ["a", ""] {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(fixture.path(path), permissions).unwrap();
        }
    };
    allow(&fixture, 0o555);
    begin(&mut fixture).await;
    fixture.open("a/a.js", PAGE).await;
    assert!(is_undeclared(&mut fixture, "a/a.js").await);
    let asked = json!({
        "textDocument": {"uri": fixture.uri("a/a.js")}, "range": super::range((0, 20), (0, 20)),
        "context": {"diagnostics": [], "only": ["source.fixAll"]},
    });
    let id = fixture.client.send_request("textDocument/codeAction", asked).await;
    let actions = fixture.client.response(id).await.unwrap();
    assert!(actions[0]["edit"].is_object(), "whether it can be saved is for the editor to say");
    // So that it can be deleted.
    allow(&fixture, 0o755);
    assert_eq!(fixture.client.finish().await, 0);
}

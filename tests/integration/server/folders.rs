//! Several folders, none at all, and folders that come and go.

use serde_json::json;
use tempfile::TempDir;
use tower_lsp::lsp_types::Url;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::request::HoverRequest;

use super::{Fixture, at, everything, open, text_of, whole};

fn folder(uri: &Url) -> serde_json::Value {
    json!({"uri": uri, "name": "folder"})
}

async fn change_folders(fixture: &mut Fixture, added: &[&str], removed: &[&str]) {
    let folders = |paths: &[&str]| -> Vec<_> {
        paths.iter().map(|path| folder(&fixture.uri(path))).collect()
    };
    let event = json!({"event": {"added": folders(added), "removed": folders(removed)}});
    fixture.client.notify_raw("workspace/didChangeWorkspaceFolders", event).await;
}

#[tokio::test]
async fn each_folder_is_a_program_of_its_own() {
    let mut fixture = Fixture::unopened(&[
        ("one/app.json", "x"),
        ("one/a.js", "wants_x bad"),
        ("two/app.json", "{}"),
        ("two/a.js", "wants_x"),
    ]);
    let folders = [folder(&fixture.uri("one")), folder(&fixture.uri("two"))];
    fixture
        .client
        .initialize(json!({"workspaceFolders": folders, "capabilities": everything()}))
        .await;
    assert_eq!(fixture.complaints("one/a.js").await, ["bad here"]);
    assert_eq!(fixture.complaints("two/a.js").await, ["wants_x here"]);
    fixture.open("two/app.json", "x").await;
    assert_eq!(fixture.complaints("two/a.js").await, [""; 0]);
}

#[tokio::test]
async fn folders_come_and_go() {
    let mut fixture = Fixture::unopened(&[("one/a.js", "bad"), ("two/b.js", "risky")]);
    let folders = [folder(&fixture.uri("one"))];
    fixture
        .client
        .initialize(json!({"workspaceFolders": folders, "capabilities": everything()}))
        .await;
    assert_eq!(fixture.complaints("one/a.js").await, ["bad here"]);
    change_folders(&mut fixture, &["two"], &["one"]).await;
    assert_eq!(fixture.complaints("one/a.js").await, [""; 0], "what left is cleared");
    assert_eq!(fixture.complaints("two/b.js").await, ["risky here"]);
}

#[tokio::test]
async fn a_file_belongs_to_the_deepest_folder() {
    let mut fixture = Fixture::unopened(&[
        ("app.json", "x"),
        ("a.js", "bad"),
        ("in/app.json", "{}"),
        ("in/b.js", "wants_x"),
    ]);
    let folders = [folder(&fixture.uri("")), folder(&fixture.uri("in"))];
    fixture
        .client
        .initialize(json!({"workspaceFolders": folders, "capabilities": everything()}))
        .await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    assert_eq!(fixture.complaints("in/b.js").await, ["wants_x here"], "by its own app.json");
    change_folders(&mut fixture, &[], &["in"]).await;
    assert_eq!(fixture.complaints("in/b.js").await, [""; 0], "by the outer app.json");
}

#[tokio::test]
async fn an_open_document_moves_with_its_unsaved_text() {
    let mut fixture = Fixture::unopened(&[("in/app.json", "x"), ("in/b.js", "fine")]);
    fixture.client.initialize(json!({"capabilities": everything()})).await;
    fixture.open("in/b.js", "fine").await;
    assert_eq!(fixture.complaints("in/b.js").await, [""; 0]);
    fixture.change("in/b.js", 5, whole("wants_x")).await;
    assert_eq!(fixture.complaints("in/b.js").await, ["wants_x here"], "alone: no app.json");
    change_folders(&mut fixture, &["in"], &[]).await;
    assert_eq!(fixture.complaints("in/b.js").await, [""; 0], "app.json is in sight now");
    let uri = fixture.uri("in/b.js");
    let card = fixture.client.request::<HoverRequest>(at(&uri, 0, 0)).await.unwrap().unwrap();
    assert_eq!(text_of(&card), "wants_x");
    change_folders(&mut fixture, &[], &["in"]).await;
    fixture.change("in/b.js", 6, whole("wants_x bad")).await;
    let last = loop {
        let published = fixture.client.diagnostics(&uri).await;
        if published.diagnostics.len() == 2 {
            break published;
        }
    };
    assert_eq!(last.version, Some(6));
}

#[tokio::test]
async fn files_outside_every_folder_are_checked_alone() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    let elsewhere = TempDir::new().unwrap();
    let base = elsewhere.path().canonicalize().unwrap();
    super::write(&base.join("other.js"), "bad");
    super::write(&base.join("a.js"), "fine");
    let uri = Url::from_file_path(base.join("a.js")).unwrap();
    open(&mut fixture.client, &uri, "bad").await;
    assert_eq!(fixture.client.complaints(&uri).await, ["bad here"]);
    let closed = json!({"textDocument": {"uri": uri}});
    fixture.client.notify_raw("textDocument/didClose", closed).await;
    assert_eq!(fixture.client.complaints(&uri).await, [""; 0], "gone with its document");
    assert!(
        fixture.client.unfetched(PublishDiagnostics::METHOD).is_empty(),
        "its neighbours are not read"
    );
}

#[tokio::test]
async fn a_folder_that_is_opened_as_a_document_is_not_walked() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "bad")]).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    let elsewhere = TempDir::new().unwrap();
    let base = elsewhere.path().canonicalize().unwrap();
    super::write(&base.join("in/other.js"), "bad");
    // A folder may have the name of a script.
    super::write(&base.join("folder.js/other.js"), "bad");
    for uri in [
        Url::parse("file:///").unwrap(),
        Url::from_file_path(&base).unwrap(),
        Url::from_directory_path(&base).unwrap(),
        Url::from_file_path(base.join("folder.js")).unwrap(),
        Url::from_directory_path(base.join("folder.js")).unwrap(),
        Url::from_file_path(base.join("nowhere")).unwrap(),
    ] {
        open(&mut fixture.client, &uri, "fine").await;
        let closed = json!({"textDocument": {"uri": uri}});
        let _ = fixture.client.request::<HoverRequest>(at(&uri, 0, 0)).await.unwrap();
        fixture.client.notify_raw("textDocument/didClose", closed).await;
    }
    // Opened and left open, it holds nothing up either.
    open(&mut fixture.client, &Url::parse("file:///").unwrap(), "fine").await;
    fixture.open("a.js", "risky").await;
    assert_eq!(fixture.complaints("a.js").await, ["risky here"]);
    let published = fixture.client.unfetched(PublishDiagnostics::METHOD);
    let of_others = |shown: &&serde_json::Value| {
        shown["uri"].as_str().is_some_and(|uri| uri.contains("other.js"))
    };
    assert_eq!(published.iter().find(of_others), None);
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn older_ways_to_name_the_folder_are_understood() {
    for key in ["rootUri", "rootPath"] {
        let mut fixture = Fixture::unopened(&[("a.js", "bad")]);
        let root = match key {
            "rootUri" => json!(fixture.uri("")),
            _ => json!(fixture.path("")),
        };
        fixture
            .client
            .initialize(json!({key: root, "workspaceFolders": [], "capabilities": {}}))
            .await;
        assert_eq!(fixture.complaints("a.js").await, ["bad here"], "{key}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_behind_a_link_is_shown_as_the_client_names_it() {
    let mut fixture = Fixture::unopened(&[("real/app.json", "{}"), ("real/a.js", "bad")]);
    std::os::unix::fs::symlink(fixture.path("real"), fixture.path("link")).unwrap();
    let root = fixture.uri("link");
    fixture.client.initialize(json!({"rootUri": root, "capabilities": everything()})).await;
    assert_eq!(fixture.complaints("link/a.js").await, ["bad here"]);
    fixture.open("link/a.js", "risky").await;
    assert_eq!(fixture.complaints("link/a.js").await, ["risky here"]);
}

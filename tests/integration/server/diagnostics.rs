//! What is pushed, when, and in which form.

use std::sync::atomic::Ordering;

use serde_json::json;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::{DiagnosticSeverity, DiagnosticTag, NumberOrString};

use super::{Fixture, everything, range, replace, whole};

#[tokio::test]
async fn files_that_are_not_open_are_checked_too() {
    let mut fixture = Fixture::new(&[
        ("app.json", "{}"),
        ("a.js", "bad"),
        ("pages/b.js", "risky"),
        ("c.js", "fine"),
    ])
    .await;
    let a = fixture.uri("a.js");
    let published = fixture.client.diagnostics(&a).await;
    assert_eq!(published.version, None, "not open");
    assert_eq!(published.diagnostics.len(), 1);
    assert_eq!(fixture.complaints("pages/b.js").await, ["risky here"]);
    let uris = fixture.client.unfetched(PublishDiagnostics::METHOD);
    assert!(uris.is_empty(), "nothing about clean files: {uris:?}");
}

#[tokio::test]
async fn a_diagnostic_says_everything() {
    let mut fixture =
        Fixture::new(&[("app.json", "{\n}"), ("a.js", "ok\nwants_x double bad")]).await;
    let uri = fixture.uri("a.js");
    let published = fixture.client.diagnostics(&uri).await;
    let [wanted, double, bad] = &published.diagnostics[..] else { panic!("{published:?}") };
    assert_eq!(wanted.range, range((1, 0), (1, 7)));
    assert_eq!(wanted.severity, Some(DiagnosticSeverity::INFORMATION));
    assert_eq!(wanted.code, Some(NumberOrString::String("wanted-word".to_owned())));
    assert_eq!(wanted.source.as_deref(), Some("miniguard"));
    assert_eq!(wanted.message, "wants_x here\nIt matters.\nDo something.");
    let related = wanted.related_information.as_ref().unwrap();
    assert_eq!(related[0].location.uri, fixture.uri("app.json"));
    assert_eq!(related[0].location.range, range((1, 1), (1, 1)));
    assert_eq!(related[0].message, "would stand here");
    assert_eq!(double.tags, Some(vec![DiagnosticTag::UNNECESSARY]));
    assert_eq!(double.severity, Some(DiagnosticSeverity::HINT));
    assert_eq!(bad.tags, Some(vec![DiagnosticTag::DEPRECATED]));
    assert_eq!(bad.severity, Some(DiagnosticSeverity::WARNING));
}

#[tokio::test]
async fn a_client_without_related_places_reads_them_in_the_message() {
    let mut fixture =
        Fixture::with_capabilities(&[("app.json", "{\n}"), ("a.js", "wants_x")], json!({})).await;
    let uri = fixture.uri("a.js");
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!(published.diagnostics[0].related_information, None);
    assert_eq!(
        published.diagnostics[0].message,
        "wants_x here\nIt matters.\nDo something.\napp.json:2: would stand here"
    );
}

#[tokio::test]
async fn an_edit_changes_what_is_said_of_another_file() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "wants_x")]).await;
    assert_eq!(fixture.complaints("a.js").await, ["wants_x here"]);
    fixture.open("app.json", "{}").await;
    fixture.change("app.json", 2, vec![replace((0, 1), (0, 1), "\"x\": 1")]).await;
    assert_eq!(fixture.complaints("a.js").await, [""; 0], "clean: an empty list");
    fixture.change("app.json", 3, whole("{}")).await;
    assert_eq!(fixture.complaints("a.js").await, ["wants_x here"]);
}

#[tokio::test]
async fn open_documents_get_their_version_and_always_an_answer() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "fine")]).await;
    let uri = fixture.uri("a.js");
    fixture.open("a.js", "fine").await;
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!((published.version, published.diagnostics.len()), (Some(1), 0));
    fixture.change("a.js", 7, whole("bad")).await;
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!((published.version, published.diagnostics.len()), (Some(7), 1));
}

#[tokio::test]
async fn a_burst_of_edits_costs_few_analyses_and_stale_results_are_never_shown() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    let uri = fixture.uri("a.js");
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    let before = fixture.words.begun.load(Ordering::SeqCst);
    fixture.words.analysing.close();
    for version in 2..200 {
        let text = if version % 2 == 0 { "risky" } else { "bad bad" };
        fixture.change("a.js", version, whole(text)).await;
    }
    // Answered by the loop behind all edits, so they have all been seen.
    let card = fixture.hover("a.js").await.unwrap().unwrap();
    assert_eq!(super::text_of(&card), "bad bad");
    fixture.words.analysing.open();
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!(published.version, Some(199), "the first that is shown is the last");
    assert_eq!(published.diagnostics.len(), 2);
    let begun = fixture.words.begun.load(Ordering::SeqCst) - before;
    assert!(begun <= 2, "the one that was under way, and the last: {begun}");
    assert_eq!(fixture.words.cancelled.load(Ordering::SeqCst), begun - 1);
}

#[tokio::test]
async fn the_language_is_the_editors_then_the_projects() {
    let files = [("app.json", "{}"), ("miniguard.json", "zh"), ("a.js", "bad")];
    for (locale, options, first_line) in [
        (json!(null), json!(null), "这里有 bad"),
        (json!("en"), json!(null), "bad here"),
        (json!("zh-cn"), json!(null), "这里有 bad"),
        (json!("zh-cn"), json!({"locale": "en"}), "bad here"),
        (json!("en"), json!({"miniguard": {"locale": "zh-CN"}}), "这里有 bad"),
    ] {
        let mut fixture = Fixture::unopened(&files);
        let root = fixture.uri("");
        fixture
            .client
            .initialize(json!({
                "rootUri": root, "locale": locale, "initializationOptions": options,
                "capabilities": everything(),
            }))
            .await;
        assert_eq!(fixture.complaints("a.js").await, [first_line], "{locale} {options}");
    }
}

#[tokio::test]
async fn a_changed_setting_changes_the_language_at_once() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "bad")]).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    let settings = json!({"settings": {"miniguard": {"locale": "zh-CN"}}});
    fixture.client.notify_raw("workspace/didChangeConfiguration", settings).await;
    assert_eq!(fixture.complaints("a.js").await, ["这里有 bad"]);
    let settings = json!({"settings": {"miniguard": {"locale": ""}}});
    fixture.client.notify_raw("workspace/didChangeConfiguration", settings).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    // What editors send that let the server ask for settings: it says nothing.
    fixture.client.notify_raw("workspace/didChangeConfiguration", json!({"settings": null})).await;
    assert!(fixture.hover("a.js").await.unwrap().is_some());
}

#[tokio::test]
async fn what_concerns_the_whole_folder_is_logged_once() {
    let mut fixture = Fixture::new(&[("a.js", "bad")]).await;
    let log = fixture.client.notification("window/logMessage").await;
    assert_eq!(log["type"], 3, "information");
    assert!(log["message"].as_str().unwrap().contains("there is no app.json here"));
    fixture.open("a.js", "risky").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    assert_eq!(fixture.complaints("a.js").await, ["risky here"]);
    assert!(fixture.client.unfetched("window/logMessage").is_empty());
}

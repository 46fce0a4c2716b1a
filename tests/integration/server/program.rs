//! The server on the real analysis: one mini-program, from the first finding to the fix.

use std::sync::Arc;

use miniguard::lsp::Analysis;
use serde_json::{Value, json};
use tower_lsp::lsp_types::request::HoverRequest;
use tower_lsp::lsp_types::{Diagnostic, NumberOrString, TextEdit};

use super::lsp_client::TestClient;
use super::{Fixture, at, everything, range, text_of, whole};

const APP: &str = r#"{
  "pages": ["pages/map/map"],
  "permission": {"scope.userLocation": {"desc": "show the shops near you"}}
}
"#;

const PAGE: &str = "Page({
  onTap() {
    // 店铺 😀
    wx.getLocation({ type: 'gcj02' })
  },
})
";

/// The place of `wx.getLocation` in [`PAGE`].
const CALL: ((u32, u32), (u32, u32)) = ((3, 4), (3, 18));

async fn program() -> Fixture {
    let mut fixture = Fixture::unopened(&[
        ("project.config.json", r#"{"appid": "wx0000000000000000"}"#),
        ("app.json", APP),
        ("app.js", "App({})\n"),
        ("pages/map/map.json", "{}"),
        ("pages/map/map.wxml", "<button bindtap=\"onTap\">找店</button>\n"),
        ("pages/map/map.js", PAGE),
    ]);
    fixture.client = TestClient::start(Arc::new(Analysis));
    let root = fixture.uri("");
    fixture.client.initialize(json!({"rootUri": root, "capabilities": everything()})).await;
    fixture
}

fn has(diagnostics: &[Diagnostic], rule: &str) -> bool {
    let code = Some(NumberOrString::String(rule.to_owned()));
    diagnostics.iter().any(|diagnostic| diagnostic.code == code)
}

/// The text after the edits of one document.
fn edited(text: &str, document: &Value) -> String {
    let edits: Vec<TextEdit> = serde_json::from_value(document["edits"].clone()).unwrap();
    let offset = |line: u32, character: u32| {
        let lines = text.split_inclusive('\n').take(line as usize);
        lines.map(str::len).sum::<usize>() + character as usize
    };
    let mut out = text.to_owned();
    // From the end, so that what comes before keeps its place.
    for edit in edits.iter().rev() {
        let (start, end) = (edit.range.start, edit.range.end);
        let bytes = offset(start.line, start.character)..offset(end.line, end.character);
        out.replace_range(bytes, &edit.new_text);
    }
    out
}

#[tokio::test]
async fn a_finding_is_mended_in_the_file_that_causes_it() {
    let mut fixture = program().await;
    let uri = fixture.uri("pages/map/map.js");
    fixture.open("pages/map/map.js", PAGE).await;
    let found = fixture.client.diagnostics(&uri).await;
    let wanted = found
        .diagnostics
        .iter()
        .find(|diagnostic| has(std::slice::from_ref(diagnostic), "undeclared-private-interface"))
        .expect("not found");
    assert_eq!(wanted.range, range(CALL.0, CALL.1));
    let page = wanted.code_description.as_ref().expect("no page").href.as_str();
    assert!(page.ends_with("/undeclared_private_interface.md"), "{page}");

    let card = fixture.client.request::<HoverRequest>(at(&uri, 3, 8)).await.unwrap().unwrap();
    assert!(text_of(&card).contains("getLocation"), "{card:?}");

    // The fix is for app.json, which is open with unsaved changes.
    let unsaved = APP.replace("near you", "near 你😀");
    fixture.open("app.json", &unsaved).await;
    let asked = json!({
        "textDocument": {"uri": uri}, "range": range((3, 6), (3, 6)),
        "context": {"diagnostics": [wanted], "only": ["source.fixAll"]},
    });
    let id = fixture.client.send_request("textDocument/codeAction", asked).await;
    let actions = fixture.client.response(id).await.unwrap();
    let documents = &actions[0]["edit"]["documentChanges"];
    assert_eq!(documents.as_array().unwrap().len(), 1);
    let app = fixture.uri("app.json");
    assert_eq!(documents[0]["textDocument"], json!({"uri": app, "version": 1}));
    let mended = edited(&unsaved, &documents[0]);
    assert!(mended.contains("\"requiredPrivateInfos\": [\"getLocation\"]"), "{mended}");
    fixture.change("app.json", 2, whole(&mended)).await;
    loop {
        let now = fixture.client.diagnostics(&uri).await;
        if !has(&now.diagnostics, "undeclared-private-interface") {
            break;
        }
    }
    fixture.close("app.json").await;
    let back = fixture.client.diagnostics(&uri).await;
    assert!(has(&back.diagnostics, "undeclared-private-interface"), "it was never saved");
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn ignoring_a_line_hides_the_finding() {
    let mut fixture = program().await;
    let uri = fixture.uri("pages/map/map.js");
    fixture.open("pages/map/map.js", PAGE).await;
    let asked = json!({
        "textDocument": {"uri": uri}, "range": range(CALL.0, CALL.1),
        "context": {"diagnostics": [], "only": ["quickfix"]},
    });
    let id = fixture.client.send_request("textDocument/codeAction", asked).await;
    let actions = fixture.client.response(id).await.unwrap();
    let ignore = actions.as_array().unwrap().iter().find(|action| {
        let title = action["title"].as_str().unwrap();
        title.starts_with("Ignore") && title.contains("undeclared-private-interface")
    });
    let ignored = edited(PAGE, &ignore.expect("not offered")["edit"]["documentChanges"][0]);
    assert!(ignored.contains("miniguard-ignore"), "{ignored}");
    fixture.change("pages/map/map.js", 2, whole(&ignored)).await;
    loop {
        let now = fixture.client.diagnostics(&uri).await;
        if now.version == Some(2) {
            assert!(!has(&now.diagnostics, "undeclared-private-interface"), "{now:?}");
            break;
        }
    }
}

//! Panics, broken messages and huge ones: the server lives on and loses no edit.

use serde_json::{Value, json};
use tower_lsp::lsp_types::request::{CodeActionRequest, HoverRequest};

use super::{Fixture, at, range, replace, text_of, whole};

#[tokio::test]
async fn a_panic_in_the_analysis_is_logged_and_survived() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("b.js", "risky")]).await;
    assert_eq!(fixture.complaints("b.js").await, ["risky here"]);
    fixture.open("a.js", "boom").await;
    let log = fixture.client.notification("window/logMessage").await;
    assert_eq!(log["type"], 1, "error");
    let text = log["message"].as_str().unwrap();
    assert!(text.contains("boom in a.js"), "{text}");
    let params = serde_json::from_value(json!({
        "textDocument": {"uri": fixture.uri("a.js")}, "range": range((0, 0), (0, 0)),
        "context": {"diagnostics": []},
    }))
    .unwrap();
    let error = fixture.client.request::<CodeActionRequest>(params).await.unwrap_err();
    assert_eq!((&error["code"], &error["message"]), (&json!(-32603), &json!("Internal error")));
    fixture.change("a.js", 2, vec![replace((0, 0), (0, 4), "bad")]).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn a_panic_in_a_request_is_its_answer() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "bang").await;
    let error = fixture.hover("a.js").await.unwrap_err();
    assert_eq!((&error["code"], &error["message"]), (&json!(-32603), &json!("Internal error")));
    let log = fixture.client.notification("window/logMessage").await;
    assert!(log["message"].as_str().unwrap().contains("hover over a.js"), "{log}");
    fixture.change("a.js", 2, vec![replace((0, 1), (0, 4), "ye")]).await;
    assert_eq!(text_of(&fixture.hover("a.js").await.unwrap().unwrap()), "bye");
}

#[tokio::test]
async fn a_request_that_takes_over_a_second_ends_with_newer_text() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "spin").await;
    let uri = fixture.uri("a.js");
    let asked = fixture.client.start_request::<HoverRequest>(at(&uri, 0, 0)).await;
    fixture.change("a.js", 2, whole("calm")).await;
    let error = fixture.client.answer::<HoverRequest>(asked).await.unwrap_err();
    assert_eq!(error["code"], -32801, "content modified: {error}");
    assert_eq!(text_of(&fixture.hover("a.js").await.unwrap().unwrap()), "calm");
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn a_message_that_is_none_is_left_out() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    for body in
        [&b"not json"[..], b"{\"jsonrpc\":\"2.0\"}", b"[]", b"{\"method\":1}", b"\xff\xfe", b""]
    {
        fixture.client.send_bytes(body).await;
        let log = fixture.client.notification("window/logMessage").await;
        assert!(log["message"].as_str().unwrap().contains("not JSON-RPC"), "{log}");
    }
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
}

#[tokio::test]
async fn half_an_emoji_reaches_the_text_as_a_replacement() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "w").await;
    let message = json!({
        "jsonrpc": "2.0", "method": "textDocument/didChange",
        "params": {
            "textDocument": {"uri": fixture.uri("a.js"), "version": 2},
            "contentChanges": [{"text": "w '@'"}],
        },
    });
    fixture.client.send_bytes(message.to_string().replace('@', "\\ud83d").as_bytes()).await;
    assert_eq!(text_of(&fixture.hover("a.js").await.unwrap().unwrap()), "w '\u{fffd}'");
}

#[tokio::test]
async fn a_huge_message_is_one_message() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    let text = format!("w /* {} */ bad", "中😀\n".repeat(100_000));
    fixture.open("a.js", &text).await;
    let uri = fixture.uri("a.js");
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!(published.diagnostics[0].range, range((100_000, 4), (100_000, 7)));
    fixture.change("a.js", 2, whole("bad")).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
}

#[tokio::test]
async fn a_length_that_lies_costs_no_edit_and_is_logged() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "w").await;
    let uri = fixture.uri("a.js");
    for (version, length) in (2..).zip(["7", "250", "18446744073709551615", "-1", "many", "9 9"]) {
        let text = format!("w {version}");
        let params = json!({
            "textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}],
        });
        let edit = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params});
        let said = format!("Content-Length: {length}\r\n\r\n{edit}");
        fixture.client.send_raw(said.as_bytes()).await;
        let card = fixture.hover("a.js").await.unwrap().unwrap();
        assert_eq!(text_of(&card), text, "{length}");
        let log = fixture.client.notification("window/logMessage").await;
        assert!(log["message"].as_str().unwrap().contains("Content-Length"), "{log}");
    }
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn a_request_with_a_length_too_great_is_answered_though_nothing_follows() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "w here").await;
    let mut asked = json!(at(&fixture.uri("a.js"), 0, 0));
    asked = json!({"jsonrpc": "2.0", "id": 4711, "method": "textDocument/hover", "params": asked});
    fixture.client.send_raw(format!("Content-Length: 99999\r\n\r\n{asked}").as_bytes()).await;
    let answer: Value = fixture.client.response(4711).await.unwrap();
    assert_eq!(answer["contents"]["value"], "w here");
}

#[tokio::test]
async fn a_gigantic_document_is_passed_over_and_its_neighbour_checked() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("huge.js", &"bad 中😀\n".repeat(2_000_000)).await;
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    assert_eq!(fixture.complaints("huge.js").await, [""; 0], "longer than what is read");
    fixture.change("huge.js", 2, whole("bad")).await;
    assert_eq!(fixture.complaints("huge.js").await, ["bad here"]);
}

#[tokio::test]
async fn requests_of_files_that_are_not_there_have_no_answer() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    for uri in [
        fixture.uri("nowhere.js"),
        "file:///".parse().unwrap(),
        "file:///c%3A/a.js".parse().unwrap(),
    ] {
        assert_eq!(fixture.client.request::<HoverRequest>(at(&uri, 0, 0)).await, Ok(None), "{uri}");
    }
    assert_eq!(fixture.client.finish().await, 0);
}

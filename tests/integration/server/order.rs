//! Messages take effect in the order in which they were sent, whatever runs at the same time.

use proptest::prelude::*;
use serde_json::json;
use tower_lsp::lsp_types::TextDocumentContentChangeEvent;
use tower_lsp::lsp_types::request::HoverRequest;

use super::{Fixture, at, everything, replace, text_of, whole};

#[tokio::test]
async fn requests_see_exactly_the_edits_before_them() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "v0").await;
    let uri = fixture.uri("a.js");
    let mut asked = Vec::new();
    for version in 1..=2000 {
        fixture.change("a.js", version, whole(&format!("v{version}"))).await;
        if version % 5 == 0 {
            asked.push((
                version,
                fixture.client.start_request::<HoverRequest>(at(&uri, 0, 0)).await,
            ));
        }
    }
    for (version, id) in asked {
        let card = fixture.client.answer::<HoverRequest>(id).await.unwrap().unwrap();
        assert_eq!(text_of(&card), format!("v{version}"));
    }
    assert_eq!(fixture.client.finish().await, 0);
}

#[tokio::test]
async fn a_slow_answer_holds_up_nobody() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    fixture.words.analysing.close();
    fixture.change("a.js", 2, whole("bad bad")).await;
    // More than tower-lsp's own limit of four wait for the analysis that is held.
    let mut waiting = Vec::new();
    for _ in 0..50 {
        let params = json!({
            "textDocument": {"uri": fixture.uri("a.js")}, "context": {"diagnostics": []},
            "range": super::range((0, 0), (0, 1)),
        });
        waiting.push(fixture.client.send_request("textDocument/codeAction", params).await);
    }
    assert_eq!(text_of(&fixture.hover("a.js").await.unwrap().unwrap()), "bad bad");
    let cancelled = waiting.pop().unwrap();
    fixture.client.notify_raw("$/cancelRequest", json!({"id": cancelled})).await;
    assert_eq!(fixture.client.response(cancelled).await.unwrap_err()["code"], -32800);
    fixture.words.analysing.open();
    for id in waiting {
        assert!(fixture.client.response(id).await.unwrap()[0]["title"].is_string());
    }
}

#[tokio::test]
async fn what_the_files_answer_waits_for_no_check() {
    let page = "Page({ onTap() {} })";
    let template = "<view bindtap=\"onTap\"/>";
    let files = [
        ("project.config.json", "{}"),
        ("app.json", r#"{"pages": ["p"]}"#),
        ("p.js", page),
        ("p.wxml", template),
    ];
    let mut fixture = Fixture::new(&files).await;
    fixture.words.analysing.close();
    fixture.open("p.js", &format!("// 店😀\n{page}")).await;
    let document = json!({"uri": fixture.uri("p.wxml")});
    let place = json!({"textDocument": document, "position": {"line": 0, "character": 17}});
    let with = |key: &str, value: serde_json::Value| {
        let mut params = place.clone();
        params[key] = value;
        params
    };
    let questions = [
        ("textDocument/definition", place.clone()),
        ("textDocument/references", with("context", json!({"includeDeclaration": true}))),
        ("textDocument/rename", with("newName", json!("go"))),
        ("textDocument/completion", place.clone()),
        ("textDocument/documentSymbol", place.clone()),
        ("textDocument/foldingRange", place.clone()),
        ("textDocument/selectionRange", with("positions", json!([place["position"]]))),
        ("textDocument/documentLink", place.clone()),
        ("textDocument/semanticTokens/full", place.clone()),
    ];
    for (method, params) in questions {
        let id = fixture.client.send_request(method, params).await;
        let answer = fixture.client.response(id).await.unwrap();
        assert!(!answer.is_null(), "{method}");
        if method == "textDocument/definition" {
            assert_eq!(answer[0]["range"]["start"]["line"], 1, "the unsaved text counts");
        }
    }
    // What counts the findings waits, and is overtaken by an edit.
    let lens = json!({"textDocument": document});
    let id = fixture.client.send_request("textDocument/codeLens", lens).await;
    fixture.change("p.js", 2, whole(page)).await;
    assert_eq!(fixture.client.response(id).await.unwrap_err()["code"], -32801);
    fixture.words.analysing.open();
    assert_eq!(fixture.client.finish().await, 0);
}

/// An edit in the model's terms: any line and column, on, past or before anything there is.
fn edits() -> impl Strategy<Value = Vec<TextDocumentContentChangeEvent>> {
    let position = || (0_u32..6, 0_u32..12);
    let text = prop::sample::select(vec![
        "",
        "a",
        "中文",
        "😀",
        "\n",
        "\r\n",
        "\r",
        "x\ny",
        "é",
        "\u{2028}",
        "{{ }}",
        "'",
        "/*",
        "😀\n中",
    ]);
    let edit = (position(), position(), text, 0..20_u8).prop_map(|(start, end, text, kind)| {
        if kind == 0 { whole(text).remove(0) } else { replace(start, end, text) }
    });
    prop::collection::vec(edit, 1..4)
}

/// The text after an edit, by the letter of the protocol: lines end at `\n`, `\r\n` and `\r`; a
/// column counts `unit`s; what lies past an end is the end; what lies inside a character is before
/// it.
fn model(text: &str, change: &TextDocumentContentChangeEvent, unit: fn(char) -> u32) -> String {
    let Some(range) = change.range else { return change.text.clone() };
    let offset = |line: u32, column: u32| {
        let mut start = 0;
        for _ in 0..line {
            let rest = &text[start..];
            let Some(end) = rest.find(['\n', '\r']) else { return text.len() };
            start += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        let line = &text[start..];
        let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
        let mut seen = 0;
        for (at, character) in line.char_indices() {
            seen += unit(character);
            if seen > column {
                return start + at;
            }
        }
        start + line.len()
    };
    let a = offset(range.start.line, range.start.character);
    let b = offset(range.end.line, range.end.character);
    let (start, end) = (a.min(b), a.max(b));
    format!("{}{}{}", &text[..start], change.text, &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_servers_text_is_the_models_text(
        utf8 in any::<bool>(),
        batches in prop::collection::vec(edits(), 1..25),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut capabilities = everything();
            if !utf8 {
                capabilities["general"]["positionEncodings"] = json!(["utf-16"]);
            }
            let unit: fn(char) -> u32 = if utf8 {
                |character| u32::try_from(character.len_utf8()).unwrap()
            } else {
                |character| u32::try_from(character.len_utf16()).unwrap()
            };
            let mut fixture = Fixture::with_capabilities(&[("app.json", "{}")], capabilities).await;
            let mut text = "w = '中😀'\r\nline\u{2028}two\rthree".to_owned();
            fixture.open("a.js", &text).await;
            for (version, batch) in (2..).zip(batches) {
                text = batch.iter().fold(text, |text, change| model(&text, change, unit));
                fixture.change("a.js", version, batch).await;
                // A word at the very start, so that the card there shows the text.
                text.insert_str(0, "w ");
                fixture.change("a.js", version, vec![replace((0, 0), (0, 0), "w ")]).await;
                let card = fixture.hover("a.js").await.unwrap().expect("no card");
                assert_eq!(text_of(&card), text);
            }
        });
    }
}

//! Open documents, their positions, and the disk beneath them.

use serde_json::json;
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::lsp_types::{MarkupKind, Url, request::HoverRequest};

use super::{Fixture, at, everything, range, replace, text_of, whole};

#[tokio::test]
async fn positions_count_what_was_agreed() {
    let text = "let 名 = '😀'; bad";
    for (encodings, agreed, start) in
        [(json!(["utf-16"]), "utf-16", 14), (json!(["utf-32", "utf-8", "utf-16"]), "utf-8", 18)]
    {
        let mut fixture = Fixture::unopened(&[("app.json", "{}"), ("a.js", text)]);
        let root = fixture.uri("");
        let mut capabilities = everything();
        capabilities["general"]["positionEncodings"] = encodings;
        let answer =
            fixture.client.initialize(json!({"rootUri": root, "capabilities": capabilities})).await;
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        let uri = fixture.uri("a.js");
        let published = fixture.client.diagnostics(&uri).await;
        assert_eq!(published.diagnostics[0].range, range((0, start), (0, start + 3)), "{agreed}");
        fixture.open("a.js", text).await;
        fixture.change("a.js", 2, vec![replace((0, start), (0, start + 3), "名")]).await;
        let card = fixture.hover("a.js").await.unwrap().unwrap();
        assert_eq!(text_of(&card), "let 名 = '😀'; 名");
        assert_eq!(card.range, Some(range((0, 0), (0, 3))));
    }
}

#[tokio::test]
async fn a_card_is_plain_text_unless_markdown_is_asked_for() {
    for (capabilities, kind, text) in [
        (everything(), MarkupKind::Markdown, "w `b` **c**"),
        (json!({}), MarkupKind::PlainText, "w b c"),
    ] {
        let mut fixture =
            Fixture::with_capabilities(&[("a.js", "w `b` **c**")], capabilities).await;
        let card = fixture.hover("a.js").await.unwrap().unwrap();
        let tower_lsp::lsp_types::HoverContents::Markup(markup) = card.contents else { panic!() };
        assert_eq!((markup.kind, &*markup.value), (kind, text));
    }
}

#[tokio::test]
async fn closing_brings_the_disk_back() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "risky")]).await;
    assert_eq!(fixture.complaints("a.js").await, ["risky here"]);
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    fixture.close("a.js").await;
    let uri = fixture.uri("a.js");
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!(published.version, None);
    assert_eq!(published.diagnostics[0].message.lines().next(), Some("risky here"));
}

#[tokio::test]
async fn closing_a_document_that_was_never_saved_clears_it() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("new.js", "bad").await;
    assert_eq!(fixture.complaints("new.js").await, ["bad here"]);
    fixture.close("new.js").await;
    assert_eq!(fixture.complaints("new.js").await, [""; 0]);
}

#[tokio::test]
async fn changes_on_disk_are_seen_when_told_of_and_on_save_and_open() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "fine"), ("b.js", "fine")]).await;
    fixture.open("b.js", "fine").await;
    assert_eq!(fixture.complaints("b.js").await, [""; 0]);

    fixture.write("a.js", "now it is bad");
    let changed = json!({"changes": [{"uri": fixture.uri("a.js"), "type": 2}]});
    fixture.client.notify_raw("workspace/didChangeWatchedFiles", changed).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);

    std::fs::remove_file(fixture.path("a.js")).unwrap();
    let saved = json!({"textDocument": {"uri": fixture.uri("b.js")}});
    fixture.client.notify_raw("textDocument/didSave", saved).await;
    assert_eq!(fixture.complaints("a.js").await, [""; 0]);

    fixture.write("c.js", "risky");
    fixture.open("app.json", "{}").await;
    assert_eq!(fixture.complaints("c.js").await, ["risky here"]);
}

#[tokio::test]
async fn the_disk_does_not_touch_an_open_document() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "fine")]).await;
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    fixture.write("a.js", "written by another program");
    let changed = json!({"changes": [{"uri": fixture.uri("a.js"), "type": 2}]});
    fixture.client.notify_raw("workspace/didChangeWatchedFiles", changed).await;
    let uri = fixture.uri("a.js");
    let card = fixture.client.request::<HoverRequest>(at(&uri, 0, 0)).await.unwrap().unwrap();
    assert_eq!(text_of(&card), "bad");
}

#[tokio::test]
async fn what_an_editor_should_not_do_does_no_harm() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.change("a.js", 3, vec![replace((9, 9), (0, 0), "bad")]).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"], "change before open");
    let log = fixture.client.notification("window/logMessage").await;
    assert!(
        log["message"].as_str().unwrap().ends_with("a.js: changed before it was opened"),
        "{log}"
    );
    fixture.open("a.js", "risky").await;
    assert_eq!(fixture.complaints("a.js").await, ["risky here"]);
    fixture.open("a.js", "bad risky").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here", "risky here"], "open twice");
    let end = (u32::MAX, u32::MAX);
    fixture.change("a.js", 4, vec![replace(end, end, " double")]).await;
    assert_eq!(fixture.complaints("a.js").await.len(), 3, "far past the end");
    fixture.close("a.js").await;
    fixture.close("a.js").await;
    fixture.close("never.js").await;
    assert_eq!(fixture.complaints("a.js").await, [""; 0]);
}

#[tokio::test]
async fn every_spelling_of_a_uri_is_one_document() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("目录/a b.js", "bad")]).await;
    let usual = fixture.uri("目录/a b.js");
    assert_eq!(fixture.client.complaints(&usual).await, ["bad here"]);
    // As VS Code spells it: more is escaped than needs to be.
    let odd: Url = usual.as_str().replace("a%20b.js", "%61%20b%2Ejs").parse().unwrap();
    assert_ne!(odd, usual);
    super::open(&mut fixture.client, &odd, "risky").await;
    assert_eq!(fixture.client.complaints(&odd).await, ["risky here"], "in the client's spelling");
    let card = fixture.client.request::<HoverRequest>(at(&usual, 0, 0)).await.unwrap().unwrap();
    assert_eq!(text_of(&card), "risky");
}

#[tokio::test]
async fn what_is_no_file_is_left_alone() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    for uri in ["untitled:Untitled-1", "git:/a.js?ref", "file://server/share/a.js"] {
        let uri: Url = uri.parse().unwrap();
        super::open(&mut fixture.client, &uri, "bad").await;
        assert_eq!(fixture.client.request::<HoverRequest>(at(&uri, 0, 0)).await, Ok(None));
    }
    fixture.open("style.wxss", "bad").await;
    fixture.change("style.wxss", 2, whole("bad bad")).await;
    fixture.open("a.js", "fine").await;
    assert_eq!(fixture.complaints("a.js").await, [""; 0]);
    assert!(fixture.client.unfetched(PublishDiagnostics::METHOD).is_empty());
}

#[tokio::test]
async fn edits_made_while_the_folder_is_read_are_kept() {
    let mut fixture = Fixture::unopened(&[("app.json", "{}"), ("a.js", "risky")]);
    fixture.words.loading.close();
    let root = fixture.uri("");
    fixture.client.initialize(json!({"rootUri": root, "capabilities": everything()})).await;
    fixture.open("a.js", "fine").await;
    fixture.change("a.js", 2, vec![replace((0, 0), (0, 4), "bad")]).await;
    let uri = fixture.uri("a.js");
    let asked = fixture.client.start_request::<HoverRequest>(at(&uri, 0, 0)).await;
    fixture.change("a.js", 3, vec![replace((0, 3), (0, 3), " double")]).await;
    fixture.words.loading.open();
    let card = fixture.client.answer::<HoverRequest>(asked).await.unwrap().unwrap();
    assert_eq!(text_of(&card), "bad");
    let published = fixture.client.diagnostics(&uri).await;
    assert_eq!((published.version, published.diagnostics.len()), (Some(3), 2));
}

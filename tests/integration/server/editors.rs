//! What real editors say, and a whole session with each of them. The files in `clients/` are the
//! `initialize` parameters that the named versions send, recorded from the editors themselves but
//! for VS Code, whose are those that its language client's documentation and public records agree
//! on. `ROOT` stands for the folder.

use serde_json::{Value, json};
use tower_lsp::lsp_types::notification::{Notification, PublishDiagnostics};

use super::{Fixture, range, replace, text_of};

const EDITORS: &[(&str, &str)] = &[
    ("helix-25.01.1", include_str!("../clients/helix-25.01.1.json")),
    ("neovim-0.7.2", include_str!("../clients/neovim-0.7.2.json")),
    ("neovim-0.10.4", include_str!("../clients/neovim-0.10.4.json")),
    ("vscode-1.87", include_str!("../clients/vscode-1.87.json")),
];

fn initialize_params(fixture: &Fixture, recorded: &str) -> Value {
    let uri = fixture.uri("");
    let root = uri.as_str().trim_end_matches('/').trim_start_matches("file://");
    serde_json::from_str(&recorded.replace("ROOT", root)).unwrap()
}

/// The text after the first edit of the first file of a workspace edit, whichever form it has.
fn first_edit(edit: &Value) -> &Value {
    match edit["documentChanges"].get(0) {
        Some(document) => &document["edits"][0],
        None => &edit["changes"].as_object().unwrap().values().next().unwrap()[0],
    }
}

#[tokio::test]
async fn a_session_with_each_editor() {
    for (editor, recorded) in EDITORS {
        let mut fixture =
            Fixture::unopened(&[("app.json", "{}"), ("a.js", "wants_x"), ("b.js", "中 bad")]);
        let params = initialize_params(&fixture, recorded);
        let capabilities = params["capabilities"].clone();
        let answer = fixture.client.initialize(params).await;
        let encoding = answer["capabilities"]["positionEncoding"].as_str().unwrap();
        assert_eq!(
            encoding,
            if editor.starts_with("helix") { "utf-8" } else { "utf-16" },
            "{editor}"
        );

        if capabilities["window"]["workDoneProgress"] == true {
            fixture.client.asked("window/workDoneProgress/create").await;
        }
        let watches = &capabilities["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"];
        if watches == true {
            let registration = fixture.client.asked("client/registerCapability").await;
            let registration = &registration["params"]["registrations"][0];
            assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
        }

        // Open: what is on disk was found already, and is said again for the open document.
        let chinese = *editor == "vscode-1.87";
        let say = |en: &str, zh: &str| vec![if chinese { zh } else { en }.to_owned()];
        assert_eq!(
            fixture.complaints("a.js").await,
            say("wants_x here", "这里有 wants_x"),
            "{editor}"
        );
        fixture.open("b.js", "中 bad").await;
        let uri = fixture.uri("b.js");
        let published = loop {
            let published = fixture.client.diagnostics(&uri).await;
            if published.version.is_some() {
                break published;
            }
        };
        let start = if encoding == "utf-8" { 4 } else { 2 };
        assert_eq!(published.diagnostics[0].range, range((0, start), (0, start + 3)), "{editor}");

        // Edit app.json: the finding in a.js, which is not open, goes.
        fixture.open("app.json", "{}").await;
        fixture.change("app.json", 2, vec![replace((0, 1), (0, 1), "x")]).await;
        assert_eq!(fixture.complaints("a.js").await, [""; 0], "{editor}");

        // Fix b.js by the action that is offered for it.
        let id = fixture
            .client
            .send_request(
                "textDocument/codeAction",
                json!({
                    "textDocument": {"uri": uri}, "range": published.diagnostics[0].range,
                    "context": {"diagnostics": published.diagnostics},
                }),
            )
            .await;
        let actions = fixture.client.response(id).await.unwrap();
        assert_eq!(actions[0]["isPreferred"], true);
        let edit = first_edit(&actions[0]["edit"]).clone();
        let change = json!({"range": edit["range"], "text": edit["newText"]});
        fixture.change("b.js", 2, vec![serde_json::from_value(change).unwrap()]).await;
        assert_eq!(fixture.complaints("b.js").await, [""; 0], "{editor}");
        let params = super::at(&uri, 0, start);
        let card =
            fixture.client.request::<tower_lsp::lsp_types::request::HoverRequest>(params).await;
        let card = card.unwrap().unwrap();
        assert!(text_of(&card).ends_with("中 good"), "{editor}: {card:?}");

        // Close: the disk, which was not saved, shows again.
        fixture.close("b.js").await;
        assert_eq!(fixture.complaints("b.js").await, say("bad here", "这里有 bad"), "{editor}");
        assert!(
            fixture.client.unfetched(PublishDiagnostics::METHOD).len() <= 2,
            "app.json, twice at most"
        );
        assert_eq!(fixture.client.finish().await, 0, "{editor}");
    }
}

#[tokio::test]
async fn the_first_check_is_shown_as_progress_where_that_is_offered() {
    let mut fixture = Fixture::unopened(&[("app.json", "{}"), ("a.js", "bad")]);
    fixture.words.analysing.close();
    let root = fixture.uri("");
    let capabilities = json!({"window": {"workDoneProgress": true}});
    fixture.client.initialize(json!({"rootUri": root, "capabilities": capabilities})).await;
    let create = fixture.client.asked("window/workDoneProgress/create").await;
    let begin = fixture.client.notification("$/progress").await;
    assert_eq!(begin["token"], create["params"]["token"]);
    assert_eq!(begin["value"]["kind"], "begin");
    assert_eq!(begin["value"]["title"], "Checking mini-programs");
    fixture.words.analysing.open();
    let end = fixture.client.notification("$/progress").await;
    assert_eq!(end["value"]["kind"], "end");
}

#[tokio::test]
async fn a_client_that_never_answers_is_served_all_the_same() {
    let mut fixture = Fixture::unopened(&[("app.json", "{}"), ("a.js", "bad")]);
    fixture.client.answers = false;
    let root = fixture.uri("");
    let capabilities = json!({
        "window": {"workDoneProgress": true},
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
    });
    fixture.client.initialize(json!({"rootUri": root, "capabilities": capabilities})).await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    for version in 1..500 {
        fixture.change("a.js", version, super::whole("fine")).await;
    }
    assert!(fixture.hover("a.js").await.unwrap().is_some());
    assert_eq!(fixture.client.finish().await, 0);
}

//! Code actions, and what they make of the files.

use serde_json::{Value, json};
use tower_lsp::lsp_types::request::CodeActionRequest;
use tower_lsp::lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams};

use super::{Fixture, everything, range, whole};

impl Fixture {
    /// The actions between two columns of the first line.
    async fn actions(
        &mut self,
        path: &str,
        columns: (u32, u32),
        context: Value,
    ) -> Vec<CodeAction> {
        let params = json!({
            "textDocument": {"uri": self.uri(path)},
            "range": range((0, columns.0), (0, columns.1)),
            "context": context,
        });
        let params: CodeActionParams = serde_json::from_value(params).unwrap();
        let answer = self.client.request::<CodeActionRequest>(params).await.unwrap().unwrap();
        let action = |action| match action {
            CodeActionOrCommand::CodeAction(action) => action,
            CodeActionOrCommand::Command(command) => panic!("a command: {command:?}"),
        };
        answer.into_iter().map(action).collect()
    }
}

fn titles(actions: &[CodeAction]) -> Vec<&str> {
    actions.iter().map(|action| &*action.title).collect()
}

fn anything() -> Value {
    json!({"diagnostics": []})
}

const FILES: &[(&str, &str)] = &[("app.json", "{}"), ("a.js", "bad risky double")];

#[tokio::test]
async fn each_fix_of_what_is_under_the_cursor_is_offered() {
    let mut fixture = Fixture::new(FILES).await;
    let actions = fixture.actions("a.js", (1, 1), anything()).await;
    assert_eq!(
        titles(&actions),
        ["Write good", "Ignore this", "Apply all safe fixes in this file"]
    );
    let preferred: Vec<_> = actions.iter().map(|action| action.is_preferred).collect();
    assert_eq!(preferred, [Some(true), None, None]);
    assert_eq!(actions[0].kind, Some(CodeActionKind::QUICKFIX));
    let diagnostic = &actions[0].diagnostics.as_ref().unwrap()[0];
    assert_eq!(diagnostic.range, range((0, 0), (0, 3)));

    let actions = fixture.actions("a.js", (5, 6), anything()).await;
    assert_eq!(titles(&actions)[..2], ["Write calm", "Ignore this"]);
    assert_eq!(actions[0].is_preferred, None, "not safe");
    let actions = fixture.actions("a.js", (11, 16), anything()).await;
    assert_eq!(titles(&actions)[..2], ["Write one", "Write two"]);
    assert_eq!(actions[0].is_preferred, None, "not the only safe one");
}

#[tokio::test]
async fn only_is_a_prefix() {
    let mut fixture = Fixture::new(FILES).await;
    for (only, expected) in [
        (json!(["quickfix"]), vec!["Write good", "Ignore this"]),
        (json!(["source"]), vec!["Apply all safe fixes in this file"]),
        (json!(["source.fixAll"]), vec!["Apply all safe fixes in this file"]),
        (json!(["source.fixAll.miniguard"]), vec!["Apply all safe fixes in this file"]),
        (json!(["source.fixAll.eslint", "refactor"]), vec![]),
        (json!(["source.organizeImports"]), vec![]),
    ] {
        let context = json!({"diagnostics": [], "only": only});
        assert_eq!(titles(&fixture.actions("a.js", (0, 0), context).await), expected, "{only}");
    }
}

#[tokio::test]
async fn the_diagnostics_of_the_question_count_wherever_the_cursor_is() {
    let mut fixture = Fixture::new(FILES).await;
    let uri = fixture.uri("a.js");
    let published = fixture.client.diagnostics(&uri).await;
    let mut theirs = json!(published.diagnostics[1]);
    theirs["data"] = json!("the client's own");
    let context = json!({"diagnostics": [theirs], "only": ["quickfix"]});
    let actions = fixture.actions("a.js", (0, 0), context).await;
    assert_eq!(titles(&actions), ["Write good", "Ignore this", "Write calm", "Ignore this"]);
    assert_eq!(json!(actions[2].diagnostics.as_ref().unwrap()[0]), theirs, "given back as it came");
}

#[tokio::test]
async fn one_fix_for_several_findings_is_offered_once() {
    let mut fixture = Fixture::new(&[("app.json", "{}"), ("a.js", "wants_x wants_x")]).await;
    let context = json!({"diagnostics": [], "only": ["quickfix"]});
    let actions = fixture.actions("a.js", (0, 15), context).await;
    assert_eq!(titles(&actions), ["Declare it", "Ignore this"]);
    let starts = actions[0].diagnostics.iter().flatten().map(|it| it.range.start.character);
    assert_eq!(starts.collect::<Vec<_>>(), [0, 8]);
}

#[tokio::test]
async fn fix_all_holds_the_safe_fixes_of_the_file_and_no_other() {
    let mut fixture =
        Fixture::new(&[("app.json", "{}"), ("a.js", "bad risky\nbad"), ("b.js", "bad")]).await;
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let actions = fixture.actions("a.js", (0, 0), context.clone()).await;
    let [action] = &actions[..] else { panic!("{actions:?}") };
    assert_eq!(action.kind, Some(CodeActionKind::new("source.fixAll.miniguard")));
    let edit = json!(action.edit);
    let edits = &edit["documentChanges"];
    assert_eq!(edits.as_array().unwrap().len(), 1);
    assert_eq!(edits[0]["textDocument"], json!({"uri": fixture.uri("a.js"), "version": null}));
    assert_eq!(
        edits[0]["edits"],
        json!([
            {"range": range((0, 0), (0, 3)), "newText": "good"},
            {"range": range((1, 0), (1, 3)), "newText": "good"},
        ])
    );
    fixture.open("c.js", "risky").await;
    assert_eq!(fixture.actions("c.js", (0, 0), context).await, [], "nothing safe to do");
}

#[tokio::test]
async fn edits_carry_the_version_of_an_open_document() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "wants_x").await;
    fixture.change("a.js", 9, whole("bad wants_x")).await;
    let actions = fixture.actions("a.js", (0, 0), anything()).await;
    let edit = json!(actions[0].edit);
    assert_eq!(edit["documentChanges"][0]["textDocument"]["version"], 9);
    let actions = fixture.actions("a.js", (5, 5), anything()).await;
    assert_eq!(actions[0].title, "Declare it");
    let edit = json!(actions[0].edit);
    assert_eq!(
        edit["documentChanges"],
        json!([{
            "textDocument": {"uri": fixture.uri("app.json"), "version": null},
            "edits": [{"range": range((0, 2), (0, 2)), "newText": "x"}],
        }]),
        "in a file that is not open"
    );
}

#[tokio::test]
async fn a_client_without_versioned_edits_gets_plain_ones() {
    let mut fixture = Fixture::with_capabilities(FILES, json!({})).await;
    let actions = fixture.actions("a.js", (0, 0), anything()).await;
    let uri = fixture.uri("a.js");
    assert_eq!(
        json!(actions[0].edit),
        json!({"changes": {uri.as_str(): [{"range": range((0, 0), (0, 3)), "newText": "good"}]}})
    );
}

#[tokio::test]
async fn files_are_made_only_for_a_client_that_can() {
    let files = [("a.js", "wants_x")];
    let mut fixture = Fixture::new(&files).await;
    let actions = fixture.actions("a.js", (0, 0), anything()).await;
    assert_eq!(titles(&actions), ["Make app.json", "Ignore this"]);
    let app = fixture.uri("app.json");
    assert_eq!(
        json!(actions[0].edit),
        json!({"documentChanges": [
            {"kind": "create", "uri": app, "options": {"overwrite": false, "ignoreIfExists": false}},
            {
                "textDocument": {"uri": app, "version": null},
                "edits": [{"range": range((0, 0), (0, 0)), "newText": "x"}],
            },
        ]})
    );
    let mut fixture = Fixture::with_capabilities(&files, json!({})).await;
    let actions = fixture.actions("a.js", (0, 0), anything()).await;
    assert_eq!(titles(&actions), ["Ignore this"]);
}

#[tokio::test]
async fn titles_speak_the_clients_language() {
    let mut fixture = Fixture::unopened(FILES);
    let root = fixture.uri("");
    let params = json!({"rootUri": root, "locale": "zh-CN", "capabilities": everything()});
    fixture.client.initialize(params).await;
    let actions = fixture.actions("a.js", (0, 0), anything()).await;
    assert_eq!(titles(&actions), ["中 Write good", "中 Ignore this", "应用此文件的全部安全修复"]);
}

#[tokio::test]
async fn a_question_overtaken_by_an_edit_is_told_so() {
    let mut fixture = Fixture::new(&[("app.json", "{}")]).await;
    fixture.open("a.js", "bad").await;
    assert_eq!(fixture.complaints("a.js").await, ["bad here"]);
    fixture.words.analysing.close();
    fixture.change("a.js", 2, whole("bad bad")).await;
    let params = json!({
        "textDocument": {"uri": fixture.uri("a.js")}, "range": range((0, 0), (0, 0)),
        "context": anything(),
    });
    let id = fixture.client.send_request("textDocument/codeAction", params).await;
    fixture.change("a.js", 3, whole("fine")).await;
    assert_eq!(fixture.client.response(id).await.unwrap_err()["code"], -32801, "content modified");
    fixture.words.analysing.open();
    assert_eq!(fixture.complaints("a.js").await, [""; 0]);
}

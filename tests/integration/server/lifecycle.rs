//! How a conversation begins and ends.

use serde_json::{Value, json};

use super::lsp_client::TestClient;
use super::words::Words;
use super::{Fixture, open};

fn bare() -> Value {
    json!({"capabilities": {}})
}

#[tokio::test]
async fn the_barest_client_is_served() {
    let mut client = TestClient::start(Words::new());
    let answer = client.initialize(bare()).await;
    assert_eq!(answer["serverInfo"]["name"], "miniguard");
    let offer = &answer["capabilities"];
    assert_eq!(offer["positionEncoding"], "utf-16");
    assert_eq!(offer["textDocumentSync"]["change"], 2, "incremental");
    assert_eq!(
        offer["codeActionProvider"]["codeActionKinds"],
        json!(["quickfix", "source.fixAll.miniguard"])
    );
    assert_eq!(offer["workspace"]["workspaceFolders"]["changeNotifications"], true);
    assert!(client.asked.is_empty(), "nothing is asked of a client that offers nothing");
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn null_means_the_same_as_nothing() {
    let mut client = TestClient::start(Words::new());
    client
        .initialize(json!({
            "processId": null, "rootUri": null, "rootPath": null, "workspaceFolders": null,
            "initializationOptions": null, "locale": null, "capabilities": {},
        }))
        .await;
    assert_eq!(client.finish().await, 0);
}

#[tokio::test]
async fn exit_without_shutdown_is_code_1() {
    let mut client = TestClient::start(Words::new());
    client.initialize(bare()).await;
    assert_eq!(client.exit().await, 1);
    assert_eq!(TestClient::start(Words::new()).exit().await, 1, "before initialize, too");
}

#[tokio::test]
async fn the_end_of_the_input_ends_the_server() {
    let mut client = TestClient::start(Words::new());
    client.initialize(bare()).await;
    assert_eq!(client.hang_up().await, 1);
    assert_eq!(TestClient::start(Words::new()).hang_up().await, 1);
}

#[tokio::test]
async fn exit_does_not_wait_for_work_under_way() {
    let mut fixture = Fixture::unopened(&[("app.json", "{}"), ("a.js", "bad")]);
    fixture.words.loading.close();
    let root = fixture.uri("");
    fixture.client.initialize(json!({"rootUri": root, "capabilities": {}})).await;
    assert_eq!(fixture.client.finish().await, 0);
    fixture.words.loading.open();
}

#[tokio::test]
async fn requests_outside_the_conversation_are_refused() {
    let mut client = TestClient::start(Words::new());
    let early = client.send_request("textDocument/hover", json!({})).await;
    assert_eq!(client.response(early).await.unwrap_err()["code"], -32002, "not initialised");
    client.initialize(bare()).await;
    let twice = client.send_request("initialize", bare()).await;
    assert_eq!(client.response(twice).await.unwrap_err()["code"], -32600);
    let down = client.send_request("shutdown", Value::Null).await;
    assert_eq!(client.response(down).await, Ok(Value::Null));
    let late = client.send_request("textDocument/hover", json!({})).await;
    assert_eq!(client.response(late).await.unwrap_err()["code"], -32600);
    assert_eq!(client.exit().await, 0);
}

#[tokio::test]
async fn a_client_that_says_everything_at_once_loses_nothing() {
    let mut fixture = Fixture::unopened(&[("app.json", "{}")]);
    let uri = fixture.uri("a.js");
    let root = fixture.uri("");
    let client = &mut fixture.client;
    let begin =
        client.send_request("initialize", json!({"rootUri": root, "capabilities": {}})).await;
    client.notify_raw("initialized", json!({})).await;
    open(client, &uri, "bad").await;
    assert!(client.response(begin).await.is_ok());
    assert_eq!(client.complaints(&uri).await, ["bad here"]);
    let down = client.send_request("shutdown", Value::Null).await;
    client.notify_raw("exit", Value::Null).await;
    assert_eq!(client.response(down).await, Ok(Value::Null), "answered though exit came behind");
    assert_eq!(client.ended().await, 0);
}

#[tokio::test]
async fn unknown_methods_are_answered_or_ignored() {
    let mut client = TestClient::start(Words::new());
    client.initialize(bare()).await;
    for method in ["textDocument/unheardOf", "$/unheardOf"] {
        let id = client.send_request(method, json!({"a": 1})).await;
        assert_eq!(client.response(id).await.unwrap_err()["code"], -32601, "{method}");
    }
    client.notify_raw("workspace/unheardOf", json!({})).await;
    client.notify_raw("$/setTrace", json!({"value": "verbose"})).await;
    client.notify_raw("$/cancelRequest", json!({"id": 4711})).await;
    client.notify_raw("textDocument/didOpen", json!({"wrong": true})).await;
    let id = client.send_request("textDocument/hover", json!({"wrong": true})).await;
    assert_eq!(client.response(id).await.unwrap_err()["code"], -32602, "invalid parameters");
    assert_eq!(client.finish().await, 0);
}

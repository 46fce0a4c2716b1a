//! The compliance report as a command of the server.

use serde_json::{Value, json};

use super::everything;
use super::shop::Shop;

const COMMAND: &str = "workspace/executeCommand";

async fn answer(shop: &mut Shop, asked: Value) -> Result<Value, Value> {
    let id = shop.fixture.client.send_request(COMMAND, asked).await;
    shop.fixture.client.response(id).await
}

#[tokio::test]
async fn the_page_is_the_answer_in_the_language_of_the_client() {
    let files = [
        ("app.json", r#"{"pages": ["p"]}"#),
        ("p.js", "Page({ go() { wx.chooseAddress({}) } })"),
        ("p.wxml", "<view/>"),
    ];
    let params = json!({"capabilities": everything(), "locale": "zh-cn"});
    let mut shop = Shop::initialized(&files, params).await;
    let uri = shop.fixture.uri("app.json");
    let asked = json!({"command": "miniguard.server.report", "arguments": [uri]});
    let page = answer(&mut shop, asked).await.unwrap();
    let page = page.as_str().unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("合规报告"), "{page}");
    assert!(page.contains("wx.chooseAddress") && !page.contains("<script"), "{page}");

    // What is typed is in it, saved or not.
    shop.open("p.js", "Page({ go() { wx.requestPayment({}) } })").await;
    let asked =
        json!({"command": "miniguard.server.report", "arguments": [shop.fixture.uri("p.js")]});
    let page = answer(&mut shop, asked).await.unwrap();
    let page = page.as_str().unwrap();
    assert!(!page.contains("wx.chooseAddress") && page.contains("支付"), "{page}");
}

#[tokio::test]
async fn what_is_no_command_is_refused() {
    let mut shop = Shop::new(&[("app.json", "{}")]).await;
    for asked in [
        json!({"command": "other", "arguments": []}),
        json!({"command": "miniguard.server.report", "arguments": []}),
        json!({"command": "miniguard.server.report", "arguments": [7]}),
    ] {
        let error = answer(&mut shop, asked.clone()).await.unwrap_err();
        assert_eq!(error["code"], -32602, "{asked}");
    }
}

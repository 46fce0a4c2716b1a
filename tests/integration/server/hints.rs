//! The hosts that calls reach, shown beside what names them.

use serde_json::{Value, json};

use super::everything;
use super::shop::Shop;

const PAGE: &str = "const { base } = require('./hosts')
Page({
  onLoad() {
    wx.request({ /* 店😀 */ url: base + '/a', data: 1 })
    wx.request({ url: 'https://plain.example.com/b' })
    wx.uploadFile({ url: `${base}/c`, name: 'f' })
    wx.connectSocket({ url: this.data.x ? 'wss://push.example.com' : later() })
    wx.login({})
  },
})
";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("app.json", r#"{"pages": ["p", "q"]}"#),
        ("hosts.js", "exports.base = 'https://api.example.com:8443'"),
        (
            "request.js",
            "exports.get = (path, data) => wx.request({ url: require('./hosts').base + path, data })",
        ),
        (
            "q.js",
            "const { get } = require('./request')\nPage({ onLoad() { get('/店😀', {}); get('/b') } })",
        ),
        ("p.js", PAGE),
        ("p.wxml", "<web-view src=\"https://plain.example.com\"/>"),
    ]
}

async fn shop(options: Value, locale: &str) -> Shop {
    let mut capabilities = everything();
    capabilities["general"] = json!({"positionEncodings": ["utf-16"]});
    capabilities["workspace"]["inlayHint"] = json!({"refreshSupport": true});
    let params = json!({
        "capabilities": capabilities, "initializationOptions": options, "locale": locale,
    });
    Shop::initialized(&files(), params).await
}

async fn ask(shop: &mut Shop, path: &str, lines: (u32, u32)) -> Value {
    let params = json!({
        "textDocument": {"uri": shop.fixture.uri(path)},
        "range": super::range((lines.0, 0), (lines.1, 0)),
    });
    let id = shop.fixture.client.send_request("textDocument/inlayHint", params).await;
    shop.fixture.client.response(id).await.unwrap()
}

/// The hints, each as the text of its line up to it, and what it says.
async fn hints(shop: &mut Shop, path: &str, lines: (u32, u32)) -> Vec<String> {
    let answer = ask(shop, path, lines).await;
    let hint = |hint: &Value| {
        let position = serde_json::from_value(hint["position"].clone()).unwrap();
        let before = &shop.text(path)[..shop.offset(path, position)];
        let line = before.rsplit('\n').next().unwrap().trim();
        format!("{line}|{}", hint["label"].as_str().unwrap())
    };
    answer.as_array().unwrap().iter().map(hint).collect()
}

#[tokio::test]
async fn a_host_stands_beside_what_names_it() {
    let mut shop = shop(json!({"inlayHints": true}), "en").await;
    let of_request = "wx.request({ /* 店😀 */ url: base + '/a'|→ api.example.com:8443";
    let of_upload = "wx.uploadFile({ url: `${base}/c`|→ api.example.com:8443";
    assert_eq!(hints(&mut shop, "p.js", (0, 99)).await, [of_request, of_upload]);
    assert_eq!(hints(&mut shop, "p.js", (4, 7)).await, [of_upload]);
    assert_eq!(hints(&mut shop, "p.wxml", (0, 9)).await, [""; 0]);
    let answer = ask(&mut shop, "p.js", (0, 99)).await;
    assert_eq!(answer[0]["tooltip"], "Goes to:\nhttps://api.example.com:8443");
}

#[tokio::test]
async fn a_wrapper_of_requests_has_the_hosts_of_each_call() {
    let mut shop = shop(json!({"inlayHints": true}), "en").await;
    assert_eq!(
        hints(&mut shop, "q.js", (0, 9)).await,
        [
            "Page({ onLoad() { get('/店😀'|→ api.example.com:8443",
            "Page({ onLoad() { get('/店😀', {}); get('/b'|→ api.example.com:8443",
        ]
    );
    let lens = shop.ask_document("textDocument/codeLens", "q.js").await;
    assert_eq!(lens[0]["command"]["title"], "1 host");
}

#[tokio::test]
async fn hints_come_when_they_are_asked_for() {
    let mut shop = shop(json!({}), "zh-CN").await;
    assert_eq!(ask(&mut shop, "p.js", (0, 99)).await, Value::Null, "off");
    let settings = json!({"settings": {"miniguard": {"inlayHints": true}}});
    shop.fixture.client.notify_raw("workspace/didChangeConfiguration", settings).await;
    shop.fixture.client.asked("workspace/inlayHint/refresh").await;
    let answer = ask(&mut shop, "p.js", (0, 99)).await;
    assert_eq!(answer[0]["tooltip"], "请求地址：\nhttps://api.example.com:8443");
    // The host is named in another file: an edit there is told here.
    shop.open("hosts.js", "exports.base = 'https://new.example.com'").await;
    shop.fixture.client.asked("workspace/inlayHint/refresh").await;
    let now = hints(&mut shop, "p.js", (0, 99)).await;
    assert!(now[0].ends_with("|→ new.example.com"), "{now:?}");
}

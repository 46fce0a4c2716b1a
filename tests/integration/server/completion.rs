//! What is offered while somebody types, what it becomes in the text, and what is said about it.

use serde_json::{Value, json};
use tower_lsp::lsp_types::Range;

use super::everything;
use super::shop::Shop;

const APP: &str = r#"{
  "pages": ["p"],
  "usingComponents": {"x-all": "/c/all"},
  "requiredPrivateInfos": ["getLocation"]
}"#;

const DOMAINS: &str = r#"{
  "requestdomain": ["https://api.example.com", "https://cdn.example.com:8443"],
  "wsrequestdomain": ["wss://push.example.com"],
  "downloaddomain": ["https://cdn.example.com:8443"]
}"#;

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("app.json", APP),
        ("p.js", "Page({ data: {}, onLoad() {}, onTap() {}, onPhone: f(), ...require('./more') })"),
        ("more.js", "module.exports = { later() {} }"),
        ("p.json", r#"{"usingComponents": {"x-own": "c/own", "t-plugin": "plugin://a/b"}}"#),
        ("p.wxml", ""),
        ("server-domains.json", DOMAINS),
        ("miniguard.json", "{}"),
        ("privacy-guide.json", "{}"),
    ]
}

/// The labels offered at the `|` of `text` in `path`, and the text after the first that is
/// `wanted`.
async fn offered(path: &str, marked: &str, wanted: &str) -> (Vec<String>, String) {
    let mut shop = Shop::new(&files()).await;
    let (text, answer) = ask(&mut shop, path, marked).await;
    let items = answer["items"].as_array().cloned().unwrap_or_default();
    let labels = items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
    let taken = items.iter().find(|item| item["label"] == wanted).map_or(String::new(), |item| {
        let range: Range = serde_json::from_value(item["textEdit"]["range"].clone()).unwrap();
        let (start, end) = (shop.offset(path, range.start), shop.offset(path, range.end));
        let mut text = text.clone();
        text.replace_range(start..end, item["textEdit"]["newText"].as_str().unwrap());
        text
    });
    (labels, taken)
}

async fn ask(shop: &mut Shop, path: &str, marked: &str) -> (String, Value) {
    // The mark may be any `|`, the last one is the cursor.
    let at = marked.rfind('|').unwrap();
    let text = format!("{}{}", &marked[..at], &marked[at + 1..]);
    shop.open(path, &text).await;
    let position = shop.position_at(path, at);
    let params = json!({"textDocument": {"uri": shop.fixture.uri(path)}, "position": position});
    let id = shop.fixture.client.send_request("textDocument/completion", params).await;
    (text, shop.fixture.client.response(id).await.unwrap())
}

#[tokio::test]
async fn templates() {
    let methods = ["onTap", "onPhone", "later"];
    let types = [
        "agreePrivacyAuthorization",
        "chooseAvatar",
        "getPhoneNumber",
        "getRealtimePhoneNumber",
        "getUserInfo",
    ];
    let tags = ["x-own", "t-plugin", "x-all"];
    for (marked, labels, wanted, taken) in [
        ("店😀<view bindtap=\"|\"/>", &methods[..], "onTap", "店😀<view bindtap=\"onTap\"/>"),
        ("<view catch:tap='on|Ta'/>", &methods, "later", "<view catch:tap='later'/>"),
        ("<view bindtap=\"on|", &methods, "onPhone", "<view bindtap=\"onPhone"),
        ("<view bindtap=\"{{a|}}\"/>", &[], "", ""),
        (
            "图😀<button open-type=\"|\"/>",
            &types,
            "getPhoneNumber",
            "图😀<button open-type=\"getPhoneNumber\"/>",
        ),
        (
            "<button open-type=\"getPhoneNumber|agr|\"/>",
            &["agreePrivacyAuthorization", "chooseAvatar", "getRealtimePhoneNumber", "getUserInfo"],
            "agreePrivacyAuthorization",
            "<button open-type=\"getPhoneNumber|agreePrivacyAuthorization\"/>",
        ),
        (
            "<input type='n|'/>",
            &["idcard", "nickname", "safe-password"],
            "nickname",
            "<input type='nickname'/>",
        ),
        ("<view>店😀<|</view>", &tags, "x-own", "<view>店😀<x-own</view>"),
        ("<x-|a b=\"c\"/>", &tags, "x-all", "<x-all b=\"c\"/>"),
        ("<x-own></x|>", &tags, "x-own", "<x-own></x-own>"),
        (
            "<template name=\"row\"/><template is=\"|\"/>",
            &["row"],
            "row",
            "<template name=\"row\"/><template is=\"row\"/>",
        ),
        ("<view class=\"|\"/>", &[], "", ""),
        ("<!-- <| -->", &[], "", ""),
        ("text|", &[], "", ""),
    ] {
        let found = offered("p.wxml", marked, wanted).await;
        assert_eq!(
            found,
            (labels.iter().map(ToString::to_string).collect(), taken.to_owned()),
            "{marked}"
        );
    }
}

#[tokio::test]
async fn scripts() {
    let hosts =
        ["https://api.example.com", "https://cdn.example.com:8443", "wss://push.example.com"];
    for (marked, labels, wanted, taken) in [
        (
            "// 店😀\nf('店😀', 'ht|')",
            &hosts[..],
            hosts[0],
            "// 店😀\nf('店😀', 'https://api.example.com')",
        ),
        ("f('https://|old.com/x')", &hosts, hosts[1], "f('https://cdn.example.com:8443/x')"),
        ("f(`wss://|${x}`)", &hosts, hosts[2], "f(`wss://push.example.com${x}`)"),
        ("f('https://api.example.com/|')", &[], "", ""),
        ("f('|')", &[], "", ""),
        ("f('hello|')", &[], "", ""),
        ("f(ht|)", &[], "", ""),
        ("// 'https://|'", &[], "", ""),
    ] {
        let found = offered("p.js", marked, wanted).await;
        assert_eq!(
            found,
            (labels.iter().map(ToString::to_string).collect(), taken.to_owned()),
            "{marked}"
        );
    }
    for marked in ["wx.authorize({ scope: '|' })", "res.authSetting['scope.us|']", "f('scope|"] {
        let (labels, taken) = offered("p.js", marked, "scope.userLocation").await;
        assert!(taken.contains("'scope.userLocation"), "{marked}: {taken}");
        let gone = ["scope.userInfo", "scope.address"];
        assert!(labels.iter().all(|label| !gone.contains(&&**label)), "withdrawn: {labels:?}");
    }
}

#[tokio::test]
async fn manifests() {
    for (path, marked, wanted, taken) in [
        (
            "app.json",
            "{\"requiredPrivateInfos\": [\"chooseAddress\", \"|\"]}",
            "getLocation",
            "{\"requiredPrivateInfos\": [\"chooseAddress\", \"getLocation\"]}",
        ),
        (
            "app.json",
            "{\"requiredPrivateInfos\": [|]}",
            "choosePoi",
            "{\"requiredPrivateInfos\": [\"choosePoi\"]}",
        ),
        (
            "app.json",
            "{\"requiredBackgroundModes\": [\"a|\"]}",
            "audio",
            "{\"requiredBackgroundModes\": [\"audio\"]}",
        ),
        (
            "app.json",
            "{\"name\": \"店😀\", \"permission\": {|}}",
            "scope.userLocation",
            "{\"name\": \"店😀\", \"permission\": {\"scope.userLocation\": { \"desc\": \"\" }}}",
        ),
        (
            "app.json",
            "{\"permission\": {\"scope|\": {}}}",
            "scope.userLocation",
            "{\"permission\": {\"scope.userLocation\": {}}}",
        ),
        ("app.json", "{\n  |\n}", "requiredPrivateInfos", "{\n  \"requiredPrivateInfos\": []\n}"),
        (
            "privacy-guide.json",
            "{\"setting_list\": [{\"privacy_key\": \"|\", \"privacy_text\": \"店\"}]}",
            "PhoneNumber",
            "{\"setting_list\": [{\"privacy_key\": \"PhoneNumber\", \"privacy_text\": \"店\"}]}",
        ),
        (
            "privacy-guide.json",
            "{\"privacy_list\": [|]}",
            "Album",
            "{\"privacy_list\": [\"Album\"]}",
        ),
        ("miniguard.json", "{|}", "rules", "{\"rules\": {}}"),
        (
            "miniguard.json",
            "{\"rules\": {\"|\": \"off\"}}",
            "insecure-url",
            "{\"rules\": {\"insecure-url\": \"off\"}}",
        ),
        (
            "miniguard.json",
            "{\"rules\": {\"insecure-url\": |}}",
            "hint",
            "{\"rules\": {\"insecure-url\": \"hint\"}}",
        ),
        (
            "miniguard.json",
            "{\"entity\": {\"verified\": |}}",
            "true",
            "{\"entity\": {\"verified\": true}}",
        ),
    ] {
        let (labels, found) = offered(path, marked, wanted).await;
        assert_eq!(found, taken, "{marked}: {labels:?}");
    }
    let (labels, _) =
        offered("app.json", "{\"requiredPrivateInfos\": [\"getLocation\", \"|\"]}", "").await;
    assert!(!labels.contains(&"getLocation".to_owned()), "there already: {labels:?}");
    for (path, marked) in [
        ("app.json", "{\"pages\": [\"|\"]}"),
        ("p.json", "{|}"),
        ("privacy-guide.json", "{\"setting_list\": [{\"privacy_text\": \"|\"}]}"),
        ("miniguard.json", "{\"exclude\": [\"|\"]}"),
        ("app.json", "// |\n{}"),
    ] {
        assert_eq!(offered(path, marked, "").await.0, [""; 0], "{marked}");
    }
}

#[tokio::test]
async fn what_is_offered_is_explained_in_the_language_of_the_client() {
    let mut capabilities = everything();
    let item = json!({"documentationFormat": ["markdown"]});
    capabilities["textDocument"]["completion"] = json!({"completionItem": item});
    for locale in ["zh-CN", "en"] {
        let params = json!({"capabilities": capabilities, "locale": locale});
        let mut shop = Shop::initialized(&files(), params).await;
        let (_, answer) = ask(&mut shop, "p.wxml", "<button open-type=\"|\"/>").await;
        let items = answer["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["label"] == "getPhoneNumber").unwrap();
        assert_eq!(item["documentation"], Value::Null, "written only when asked for");
        let id = shop.fixture.client.send_request("completionItem/resolve", item.clone()).await;
        let resolved = shop.fixture.client.response(id).await.unwrap();
        assert_eq!(resolved["documentation"]["kind"], "markdown");
        let text = resolved["documentation"]["value"].as_str().unwrap();
        assert!(text.contains("open-type=getPhoneNumber"), "{text}");
        let zh = text.chars().any(|c| ('\u{4e00}'..'\u{9fff}').contains(&c));
        assert_eq!(zh, locale == "zh-CN", "{text}");
    }
}

//! What stands above pages, components and app.json.

use serde_json::json;

use super::everything;
use super::shop::Shop;

const LENS: &str = "textDocument/codeLens";

const PAGE: &str = "const host = 'https://api.example.com'
Page({
  onTap() {
    wx.getLocation({ success() { wx.request({ url: host + '/x' }) }, fail() {} })
  },
})
";

const TEMPLATE: &str = "<!-- 店😀 -->
<button open-type=\"getPhoneNumber\" bindgetphonenumber=\"onTap\">店</button>
<input placeholder=\"请输入身份证号\" name=\"idCard\"/>
";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("app.json", r#"{"pages": ["p", "bare"]}"#),
        ("p.js", PAGE),
        ("p.wxml", TEMPLATE),
        ("bare.js", "Page({})"),
        ("bare.wxml", "<view/>"),
        ("api.js", "module.exports = () => wx.requestPayment({})"),
    ]
}

/// The lenses of `path`, each as `text | what it stands above`.
async fn lenses(shop: &mut Shop, path: &str) -> Vec<String> {
    let lenses = shop.ask_document(LENS, path).await;
    let lens = |lens: &serde_json::Value| {
        let title = lens["command"]["title"].as_str().unwrap();
        format!("{title} | {}", shop.slice(path, &lens["range"]))
    };
    lenses.as_array().unwrap().iter().map(lens).collect()
}

#[tokio::test]
async fn a_page_says_what_it_takes_in_both_its_files() {
    let mut shop = Shop::new(&files()).await;
    let says = "3 kinds of personal information · consent: official pop-up only · 1 host";
    assert_eq!(lenses(&mut shop, "p.js").await, [format!("{says} | Page")]);
    assert_eq!(lenses(&mut shop, "p.wxml").await, [format!("{says} | button")]);
    assert_eq!(
        lenses(&mut shop, "app.json").await,
        ["uses: payment 1 · location 1 · user data 1 · network 1 | "]
    );
    for path in ["bare.js", "bare.wxml", "api.js", "project.config.json"] {
        assert_eq!(lenses(&mut shop, path).await, [""; 0], "{path}");
    }
}

#[tokio::test]
async fn lenses_speak_the_language_of_the_client() {
    let params = json!({"capabilities": everything(), "locale": "zh-cn"});
    let mut shop = Shop::initialized(&files(), params).await;
    assert_eq!(
        lenses(&mut shop, "p.js").await,
        ["3 类个人信息 · 同意：仅官方弹窗 · 1 个域名 | Page"]
    );
    assert_eq!(
        lenses(&mut shop, "app.json").await,
        ["使用：支付 1 · 位置 1 · 用户信息 1 · 网络 1 | "]
    );
}

#[tokio::test]
async fn an_edit_elsewhere_is_told_where_the_client_listens() {
    let mut capabilities = everything();
    capabilities["workspace"]["codeLens"] = json!({"refreshSupport": true});
    let mut shop = Shop::with(&files(), capabilities).await;
    assert_eq!(lenses(&mut shop, "bare.wxml").await, [""; 0]);
    shop.fixture.client.asked("workspace/codeLens/refresh").await;
    shop.open("bare.js", "Page({ onLoad() { wx.login({}); wx.chooseAddress({}) } })").await;
    shop.fixture.client.asked("workspace/codeLens/refresh").await;
    let now = lenses(&mut shop, "bare.wxml").await;
    assert!(now[0].ends_with(" | view"), "{now:?}");
}

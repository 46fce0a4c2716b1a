//! From a handler to its method and back, from a tag to its component, from a path to its file.

use serde_json::json;

use super::everything;
use super::shop::Shop;

const DEFINITION: &str = "textDocument/definition";
const REFERENCES: &str = "textDocument/references";

const APP: &str = r#"{
  "pages": ["pages/map/map"],
  "subPackages": [{"root": "sub", "pages": ["one/one"]}],
  "subpackages": [{"root": "/more/", "pages": ["two/two"]}],
  "tabBar": {"list": [{"pagePath": "pages/map/map", "text": "图"}]},
  "usingComponents": {"x-all": "/parts/all/all"}
}
"#;

const PAGE: &str = "const shared = require('../../shared')
Page({
  behaviors: [shared],
  onTap() {
    // 店铺 😀
    this.onLong()
  },
  'on-quoted': function () {},
  onLong: () => {},
})
";

const TEMPLATE: &str = "<import src=\"../../parts/row\"/><include src=\"/parts/foot.wxml\"/>
<wxs module=\"m\" src=\"../../tools.wxs\"/>
<view>店😀<button bindtap=\"onTap\" catch:longpress=\" onLong \" mut-bind:x='on-quoted'/></view>
<x-own capture-bind:tap=\"{{a ? 'onTap' : 'onShared'}}\"><text/></x-own>
<x-all generic:item=\"x-own\"/>
<template is=\"row\" data=\"{{x}}\"/>
<navigator url=\"/sub/one/one?id=1\"/>
<x-none bindtap=\"nowhere\"/>
";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("app.json", APP),
        ("pages/map/map.js", PAGE),
        ("pages/map/map.json", r#"{"usingComponents": {"x-own": "../../parts/own/own"}}"#),
        ("pages/map/map.wxml", TEMPLATE),
        ("parts/row.wxml", "<template name=\"row\"><view bindtap=\"onTap\"/></template>"),
        ("parts/foot.wxml", "<view bind:tap=\"onShared\"/>"),
        ("parts/own/own.js", "Component({ methods: { pick() { this.triggerEvent('tap') } } })"),
        ("parts/own/own.wxml", "<view bindtap=\"pick\"/>"),
        ("parts/own/own.json", "{\"component\": true}"),
        ("parts/all/all.ts", "import x from '../x'\nComponent({})"),
        ("parts/all/all.json", "{\"component\": true}"),
        ("shared.js", "module.exports = Behavior({ methods: { onShared() {} } })"),
        ("sub/one/one.js", "Page({})"),
        ("sub/one/one.wxml", "<x-all/>"),
        ("more/two/two.js", "Page({ onTap() {} })"),
        ("more/two/two.wxml", "<view bindtap=\"onTap\"/>"),
        ("tools.wxs", "module.exports = {}"),
    ]
}

#[tokio::test]
async fn a_name_leads_to_its_definition() {
    let mut shop = Shop::new(&files()).await;
    let map = "pages/map/map.wxml";
    for (path, around, expected) in [
        (map, "bindtap=\"on|Tap\"", &["pages/map/map.js:4 onTap"][..]),
        (map, "\" onLong| \"", &["pages/map/map.js:9 onLong"]),
        (map, "'|on-quoted'", &["pages/map/map.js:8 'on-quoted'"]),
        (map, "'onTap|' :", &["pages/map/map.js:4 onTap"]),
        (map, "'onSh|ared'", &["shared.js:1 onShared"]),
        (map, "bindtap=\"no|where\"", &[]),
        (map, "|bindtap=\"onTap\"", &[]),
        ("parts/row.wxml", "\"onTap|\"", &["pages/map/map.js:4 onTap"]),
        ("parts/foot.wxml", "\"|onShared\"", &["shared.js:1 onShared"]),
        ("parts/own/own.wxml", "pi|ck", &["parts/own/own.js:1 pick"]),
        ("more/two/two.wxml", "onT|ap", &["more/two/two.js:1 onTap"]),
        (map, "<x-o|wn", &["parts/own/own.js:1 Component", "parts/own/own.wxml:1"]),
        (map, "</x-own|>", &["parts/own/own.js:1 Component", "parts/own/own.wxml:1"]),
        (map, "generic:item=\"x-|own\"", &["parts/own/own.js:1 Component", "parts/own/own.wxml:1"]),
        (map, "<x-all|", &["parts/all/all.ts:2 Component"]),
        (map, "<x-n|one", &[]),
        (map, "<vi|ew>", &[]),
        (map, "src=\"../../parts/r|ow\"", &["parts/row.wxml:1"]),
        (map, "/parts/|foot.wxml", &["parts/foot.wxml:1"]),
        (map, "tools|.wxs", &["tools.wxs:1"]),
        (map, "is=\"r|ow\"", &["parts/row.wxml:1 row"]),
        (map, "/sub/|one/one?", &["sub/one/one.js:1 Page", "sub/one/one.wxml:1"]),
        (
            "app.json",
            "\"pages\": [\"pages/|map/map\"]",
            &["pages/map/map.js:2 Page", "pages/map/map.wxml:1", "pages/map/map.json:1"],
        ),
        ("app.json", "\"one/|one\"", &["sub/one/one.js:1 Page", "sub/one/one.wxml:1"]),
        ("app.json", "\"two/two|\"", &["more/two/two.js:1 Page", "more/two/two.wxml:1"]),
        (
            "app.json",
            "pagePath\": \"pages|/map/map\"",
            &["pages/map/map.js:2 Page", "pages/map/map.wxml:1", "pages/map/map.json:1"],
        ),
        ("app.json", "/parts/al|l/all", &["parts/all/all.ts:2 Component", "parts/all/all.json:1"]),
        ("app.json", "x-|all", &["parts/all/all.ts:2 Component", "parts/all/all.json:1"]),
        ("app.json", "\"pag|es\": [\"pages/map", &[]),
        (
            "pages/map/map.json",
            "parts/own/|own",
            &["parts/own/own.js:1 Component", "parts/own/own.wxml:1", "parts/own/own.json:1"],
        ),
        ("pages/map/map.js", "this.on|Long", &["pages/map/map.js:9 onLong"]),
        ("app.js", "App|(", &[]),
    ] {
        assert_eq!(shop.locations(DEFINITION, path, around).await, expected, "{around} in {path}");
    }
}

#[tokio::test]
async fn a_method_knows_who_binds_it() {
    let mut shop = Shop::new(&files()).await;
    let of_tap = [
        "pages/map/map.js:4 onTap",
        "pages/map/map.wxml:3 onTap",
        "pages/map/map.wxml:4 onTap",
        "parts/row.wxml:1 onTap",
    ];
    let of_long =
        ["pages/map/map.js:6 onLong", "pages/map/map.js:9 onLong", "pages/map/map.wxml:3 onLong"];
    let of_shared =
        ["pages/map/map.wxml:4 onShared", "parts/foot.wxml:1 onShared", "shared.js:1 onShared"];
    let of_own =
        ["pages/map/map.json:1 x-own", "pages/map/map.wxml:4 x-own", "pages/map/map.wxml:4 x-own"];
    let of_all = ["app.json:6 x-all", "pages/map/map.wxml:5 x-all", "sub/one/one.wxml:1 x-all"];
    for (path, around, expected) in [
        ("pages/map/map.js", "on|Tap()", &of_tap[..]),
        ("parts/row.wxml", "on|Tap", &of_tap),
        ("pages/map/map.js", "|onLong: ", &of_long),
        ("pages/map/map.js", "this.onLo|ng", &of_long),
        (
            "pages/map/map.js",
            "'on-quo|ted'",
            &["pages/map/map.js:8 on-quoted", "pages/map/map.wxml:3 on-quoted"],
        ),
        ("shared.js", "onSha|red", &of_shared),
        ("pages/map/map.wxml", "'onSha|red'", &of_shared),
        ("more/two/two.js", "on|Tap", &["more/two/two.js:1 onTap", "more/two/two.wxml:1 onTap"]),
        ("pages/map/map.wxml", "<x-o|wn", &of_own),
        ("pages/map/map.json", "\"x-ow|n\"", &of_own),
        ("app.json", "\"x-|all\"", &of_all),
        ("pages/map/map.wxml", "<vi|ew>", &[]),
    ] {
        assert_eq!(shop.locations(REFERENCES, path, around).await, expected, "{around} in {path}");
    }
    let without = json!({"context": {"includeDeclaration": false}});
    let found = shop.ask(REFERENCES, "more/two/two.js", "on|Tap", &without).await.unwrap();
    assert_eq!(shop.location(&found[0]), "more/two/two.wxml:1 onTap");
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_client_that_takes_links_gets_what_was_asked_about() {
    let mut capabilities = everything();
    capabilities["textDocument"]["definition"] = json!({"linkSupport": true});
    let mut shop = Shop::with(&files(), capabilities).await;
    let found =
        shop.ask(DEFINITION, "pages/map/map.wxml", "\" onLong| \"", &json!({})).await.unwrap();
    assert_eq!(shop.location(&found[0]), "pages/map/map.js:9 onLong");
    assert_eq!(shop.slice("pages/map/map.wxml", &found[0]["originSelectionRange"]), "onLong");
    assert_eq!(shop.slice("pages/map/map.js", &found[0]["targetRange"]), "onLong: () => {}");
}

#[tokio::test]
async fn unsaved_text_counts_on_both_sides() {
    let mut shop = Shop::new(&files()).await;
    shop.open("more/two/two.wxml", "<view>\n图😀<button bind:tap=\"later\"/></view>").await;
    assert_eq!(shop.locations(DEFINITION, "more/two/two.wxml", "lat|er").await, [""; 0]);
    shop.open("more/two/two.js", "Page({\n  /* 图😀 */ later() {},\n})").await;
    assert_eq!(
        shop.locations(DEFINITION, "more/two/two.wxml", "lat|er").await,
        ["more/two/two.js:2 later"]
    );
}

#[tokio::test]
async fn paths_are_links() {
    let mut shop = Shop::new(&files()).await;
    for (path, expected) in [
        (
            "pages/map/map.wxml",
            &[
                "../../parts/row -> parts/row.wxml",
                "/parts/foot.wxml -> parts/foot.wxml",
                "../../tools.wxs -> tools.wxs",
                "/sub/one/one -> sub/one/one.js",
            ][..],
        ),
        (
            "app.json",
            &[
                "pages/map/map -> pages/map/map.js",
                "one/one -> sub/one/one.js",
                "two/two -> more/two/two.js",
                "pages/map/map -> pages/map/map.js",
                "/parts/all/all -> parts/all/all.ts",
            ],
        ),
        ("app.js", &[]),
    ] {
        let links = shop.ask_document("textDocument/documentLink", path).await;
        let shown: Vec<String> = links
            .as_array()
            .unwrap()
            .iter()
            .map(|link| {
                let text = shop.slice(path, &link["range"]);
                format!("{text} -> {}", shop.path(&link["target"]))
            })
            .collect();
        assert_eq!(shown, expected, "{path}");
    }
}

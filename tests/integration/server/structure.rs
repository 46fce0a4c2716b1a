//! The outline, the folds and the growing selections of a template.

use serde_json::{Value, json};

use super::everything;
use super::shop::Shop;

const TEMPLATE: &str = "<import src=\"a.wxml\"/>
<import src=\"b.wxml\"/>
<wxs module=\"m\">
  var a = 1
</wxs>
<!-- 店铺😀
  list -->
<view>
  <view class=\"list big\" wx:for=\"{{shops}}\">图😀<button
      id=\"go\"
      bindtap=\"onTap\"
    />
    <block><text>{{item.name}}</text><slot/></block>
  </view>
  <template is=\"row\"/>
</view>
<template name=\"row\"><view catch:tap=\"{{f}}\"/></template>
<view>
";

async fn shop(nested: bool) -> Shop {
    let mut capabilities = everything();
    capabilities["general"] = json!({"positionEncodings": ["utf-16"]});
    if nested {
        let support = json!({"hierarchicalDocumentSymbolSupport": true});
        capabilities["textDocument"]["documentSymbol"] = support;
    }
    let files = [("app.json", r#"{"pages": ["p"]}"#), ("p.wxml", TEMPLATE), ("p.js", "Page({})")];
    Shop::with(&files, capabilities).await
}

/// A line for each symbol: its name, what more there is, and the text that would be selected.
fn tree(shop: &Shop, symbols: &Value, depth: usize, out: &mut Vec<String>) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let selected = shop.slice("p.wxml", &symbol["selectionRange"]);
        let detail = symbol["detail"].as_str().unwrap_or("");
        let line = format!("{} [{detail}] {selected}", symbol["name"].as_str().unwrap());
        out.push(format!("{}{line}", "  ".repeat(depth)));
        tree(shop, &symbol["children"], depth + 1, out);
    }
}

#[tokio::test]
async fn an_outline_shows_what_a_page_is_made_of() {
    let mut shop = shop(true).await;
    let symbols = shop.ask_document("textDocument/documentSymbol", "p.wxml").await;
    let mut lines = Vec::new();
    tree(&shop, &symbols, 0, &mut lines);
    assert_eq!(
        lines,
        [
            "a.wxml [] a.wxml",
            "b.wxml [] b.wxml",
            "m [] m",
            "view.list [wx:for] view",
            "  button#go [tap→onTap] button",
            "  slot [] slot",
            "template row [] row",
            "row [] row",
            "  view [tap] view",
        ]
    );
    let whole = shop.slice("p.wxml", &symbols[3]["range"]);
    assert!(whole.starts_with("<view class") && whole.ends_with("</view>"), "{whole}");
    let of_script = shop.ask_document("textDocument/documentSymbol", "p.js").await;
    assert_eq!(of_script, Value::Null, "scripts have servers of their own");
}

#[tokio::test]
async fn a_client_without_nesting_gets_a_list() {
    let mut shop = shop(false).await;
    let symbols = shop.ask_document("textDocument/documentSymbol", "p.wxml").await;
    let names: Vec<String> = symbols
        .as_array()
        .unwrap()
        .iter()
        .map(|symbol| {
            assert_eq!(shop.path(&symbol["location"]["uri"]), "p.wxml");
            let container = symbol["containerName"].as_str().unwrap_or("-");
            format!("{} in {container}", symbol["name"].as_str().unwrap())
        })
        .collect();
    assert_eq!(names[3..6], ["view.list in -", "button#go in view.list", "slot in view.list"]);
    assert_eq!(names.len(), 9);
}

#[tokio::test]
async fn what_spans_lines_folds() {
    let mut shop = shop(true).await;
    let folds = shop.ask_document("textDocument/foldingRange", "p.wxml").await;
    let mut shown: Vec<String> = folds
        .as_array()
        .unwrap()
        .iter()
        .map(|fold| {
            let kind = fold["kind"].as_str().unwrap_or("");
            format!("{}-{} {kind}", fold["startLine"], fold["endLine"]).trim_end().to_owned()
        })
        .collect();
    shown.sort();
    // Counted from 0: the last line that is hidden.
    assert_eq!(
        shown,
        ["0-1 imports", "2-3", "5-6 comment", "7-14", "8-12", "8-10"]
            .iter()
            .map(ToString::to_string)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_selection_grows_by_what_belongs_together() {
    let mut shop = shop(true).await;
    let positions =
        ["{{it|em.name}}", "bind|tap", "店|铺"].map(|around| shop.position("p.wxml", around));
    let params =
        json!({"textDocument": {"uri": shop.fixture.uri("p.wxml")}, "positions": positions});
    let id = shop.fixture.client.send_request("textDocument/selectionRange", params).await;
    let answer = shop.fixture.client.response(id).await.unwrap();
    let chain = |mut selection: &Value| {
        let mut texts = Vec::new();
        while !selection.is_null() {
            texts.push(shop.slice("p.wxml", &selection["range"]).to_owned());
            selection = &selection["parent"];
        }
        texts
    };
    let of_text = chain(&answer[0]);
    assert_eq!(of_text[..3], ["item.name", "{{item.name}}", "<text>{{item.name}}</text>"]);
    assert_eq!(of_text[3], "<text>{{item.name}}</text><slot/>", "what is in the block");
    assert_eq!(of_text.last().unwrap(), TEMPLATE);
    let of_attribute = chain(&answer[1]);
    assert_eq!(of_attribute[..2], ["bindtap", "bindtap=\"onTap\""]);
    assert!(of_attribute[2].starts_with("<button") && of_attribute[2].ends_with("/>"));
    assert_eq!(chain(&answer[2])[0], "<!-- 店铺😀\n  list -->");
}

#[tokio::test]
async fn broken_text_has_structure_too() {
    let mut shop = shop(true).await;
    for text in
        ["<view><button bindtap='a'", "</view>", "<a <b> {{", "", "<view>\n{{a}}\n</vie>\n<"]
    {
        shop.open("p.wxml", text).await;
        for method in ["textDocument/documentSymbol", "textDocument/foldingRange"] {
            assert!(shop.ask_document(method, "p.wxml").await.is_array(), "{method} of {text}");
        }
        shop.fixture.close("p.wxml").await;
    }
}

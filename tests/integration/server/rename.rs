//! A handler under another name: every place that speaks of it changes, or none and a sentence says
//! why.

use serde_json::{Value, json};
use tower_lsp::lsp_types::Range;

use super::everything;
use super::shop::Shop;

const APP: &str = r#"{"pages": ["p", "q"]}"#;

/// The program with `page` and `template`, and what else is given.
fn files<'a>(
    page: &'a str,
    template: &'a str,
    more: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut files = vec![("app.json", APP), ("p.js", page), ("p.wxml", template)];
    files.extend(more);
    files
}

async fn shop(files: &[(&str, &str)]) -> Shop {
    let mut capabilities = everything();
    capabilities["general"] = json!({"positionEncodings": ["utf-16"]});
    capabilities["textDocument"]["rename"] = json!({"prepareSupport": true});
    Shop::with(files, capabilities).await
}

/// The files after a workspace edit, each as `path: text`, and the obstacle where there is one.
async fn renamed(
    shop: &mut Shop,
    path: &str,
    around: &str,
    new: &str,
) -> Result<Vec<String>, String> {
    let answer = shop.ask("textDocument/rename", path, around, &json!({"newName": new})).await;
    let edit = answer.map_err(|error| {
        assert_eq!(error["code"], -32803, "{error}");
        error["message"].as_str().unwrap().to_owned()
    })?;
    let mut changed = Vec::new();
    for document in edit["documentChanges"].as_array().into_iter().flatten() {
        let path = shop.path(&document["textDocument"]["uri"]);
        let mut edits: Vec<(Range, String)> = document["edits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edit| {
                let range = serde_json::from_value(edit["range"].clone()).unwrap();
                (range, edit["newText"].as_str().unwrap().to_owned())
            })
            .collect();
        edits.sort_by_key(|(range, _)| range.start);
        let mut text = shop.text(&path).to_owned();
        for (range, new) in edits.iter().rev() {
            let (start, end) = (shop.offset(&path, range.start), shop.offset(&path, range.end));
            text.replace_range(start..end, new);
        }
        changed.push(format!("{path}: {text}"));
    }
    changed.sort();
    Ok(changed)
}

const PAGE: &str = "Page({\n  /* 店😀 */ onTap() {}, onLoad() { const that = this; f(() => that.onTap()); this.onTap?.() },\n  other() {},\n})";
const TEMPLATE: &str = "<view>图😀<button bindtap=\"onTap\"/><text catch:tap=\" onTap \"/></view><b bind:x=\"{{a ? 'onTap' : 'other'}}\"/>";

#[tokio::test]
async fn a_handler_changes_everywhere_at_once() {
    let new_page = PAGE.replace("onTap", "打开Shop");
    let new_template = TEMPLATE.replace("onTap", "打开Shop");
    let expected = [format!("p.js: {new_page}"), format!("p.wxml: {new_template}")];
    // Another page's own handler of the same name stays as it is.
    let more = [("q.js", PAGE), ("q.wxml", TEMPLATE)];
    let mut shop = shop(&files(PAGE, TEMPLATE, &more)).await;
    for (path, around) in [
        ("p.wxml", "bindtap=\"on|Tap\""),
        ("p.wxml", "'onTap|' :"),
        ("p.js", "|onTap() {}"),
        ("p.js", "that.on|Tap()"),
    ] {
        let prepared =
            shop.ask("textDocument/prepareRename", path, around, &json!({})).await.unwrap();
        assert_eq!(shop.slice(path, &prepared["range"]), "onTap");
        assert_eq!(prepared["placeholder"], "onTap");
        assert_eq!(
            renamed(&mut shop, path, around, "打开Shop").await.unwrap(),
            expected,
            "{around}"
        );
    }
}

#[tokio::test]
async fn keys_keep_their_form() {
    for (page, expected) in [
        ("Page({ 'onTap': f })", "Page({ 'go': f })"),
        ("function onTap() {}\nPage({ onTap })", "function onTap() {}\nPage({ go: onTap })"),
        ("Component({ methods: { onTap: () => 1 } })", "Component({ methods: { go: () => 1 } })"),
    ] {
        let mut shop = shop(&files(page, "<a bindtap=\"onTap\"/>", &[])).await;
        let found = renamed(&mut shop, "p.wxml", "onT|ap", "go").await.unwrap();
        assert_eq!(found, [format!("p.js: {expected}"), "p.wxml: <a bindtap=\"go\"/>".to_owned()]);
    }
}

#[tokio::test]
async fn a_behaviour_of_one_page_is_renamed_with_it() {
    let page = "const b = require('./b'); Page({ behaviors: [b], go() { this.onTap() } })";
    let behaviour = "module.exports = Behavior({ methods: { onTap() {} } })";
    let template = "<include src=\"part.wxml\"/>";
    let more = [("b.js", behaviour), ("part.wxml", "<a bindtap=\"onTap\"/>")];
    let mut shop = shop(&files(page, template, &more)).await;
    let found = renamed(&mut shop, "b.js", "on|Tap", "show").await.unwrap();
    assert_eq!(
        found,
        [
            format!("b.js: {}", behaviour.replace("onTap", "show")),
            format!("p.js: {}", page.replace("onTap", "show")),
            "part.wxml: <a bindtap=\"show\"/>".to_owned(),
        ]
    );
}

#[tokio::test]
async fn what_is_not_certain_is_refused_with_its_place() {
    let template = "<a bindtap=\"onTap\"/>";
    let simple = "Page({ onTap() {}, taken() {} })";
    let behaviour = ("b.js", "module.exports = Behavior({ methods: { onTap() {} } })");
    let with_behaviour = "const b = require('./b'); Page({ behaviors: [b] })";
    for (page, template, more, new, obstacle) in [
        (simple, template, vec![], "taken", "there is a `taken` already"),
        (simple, template, vec![], "onLoad", "there is a `onLoad` already"),
        (simple, template, vec![], "1a", "`1a` is no name"),
        (simple, template, vec![], "a-b", "`a-b` is no name"),
        ("Page({})", template, vec![], "go", "no method `onTap` was found"),
        ("wrap({ onTap() {} })", template, vec![], "go", "goes through a function"),
        (
            "Page({\n  onTap() { this['onTap']() } })",
            template,
            vec![],
            "go",
            "p.js:2 may use `onTap`",
        ),
        (
            "Page({ onTap() {},\n go(name) { this[name]() } })",
            template,
            vec![],
            "go2",
            "p.js:2 may use",
        ),
        ("Page({ onTap() {},\n go(x) { x.onTap() } })", template, vec![], "go2", "p.js:2 may use"),
        (
            "Page({ onTap() {},\n go() { const { onTap } = this } })",
            template,
            vec![],
            "go2",
            "p.js:2 may use",
        ),
        (
            simple,
            "<a bindtap=\"onTap\"/>\n<b bindtap=\"{{x}}\"/>",
            vec![],
            "go",
            "p.wxml:2 may use",
        ),
        (
            with_behaviour,
            template,
            vec![behaviour, ("q.js", with_behaviour), ("q.wxml", template)],
            "go",
            "a behaviour of several pages or components: p, q",
        ),
        (
            simple,
            "<include src=\"part.wxml\"/><b bindtap=\"onTap\"/>",
            vec![
                ("part.wxml", "<a bindtap=\"onTap\"/>"),
                ("q.js", "Page({})"),
                ("q.wxml", "<include src=\"part.wxml\"/>"),
            ],
            "go",
            "part.wxml binds `onTap` for other pages, too",
        ),
        (
            simple,
            template,
            vec![("q.js", "Page({ go() { getCurrentPages()[0].onTap() } })")],
            "go",
            "q.js:1 may use `onTap`",
        ),
    ] {
        let mut shop = shop(&files(page, template, &more)).await;
        let around = if template.contains("<b bindtap=\"onTap\"") {
            "<b bindtap=\"on|Tap"
        } else {
            "<a bindtap=\"on|Tap"
        };
        let refused = renamed(&mut shop, "p.wxml", around, new).await.unwrap_err();
        assert!(refused.contains(obstacle), "{page}: {refused}");
    }
}

#[tokio::test]
async fn what_is_certain_is_not_refused() {
    let template =
        "<a bindtap=\"change\" bindx=\"{{m.change}}\"/><wxs module=\"m\" src=\"m.wxs\"/>";
    for page in [
        "Page({ change() { this.triggerEvent('change') } })",
        "const api = { change() {} }; Page({ change() { api.change() } })",
        "const api = require('./api'); Page({ change() { api.change() } })",
        "Page({ change() { wx.change() } })",
    ] {
        let more = [("api.js", "exports.change = () => 1"), ("m.wxs", "")];
        let mut shop = shop(&files(page, template, &more)).await;
        let found = renamed(&mut shop, "p.wxml", "bindtap=\"ch|ange", "go").await.unwrap();
        assert_eq!(found.len(), 2, "{page}: {found:?}");
        assert!(found[0].contains("go() {"), "{page}: {found:?}");
    }
}

#[tokio::test]
async fn where_no_handler_stands_another_server_may_answer() {
    let page = "Page({ free() {}, onTap() {} }); function onTap() {}";
    let mut shop = shop(&files(page, "<view bindtap=\"onTap\" class=\"c\"/>", &[])).await;
    for (path, around) in [
        ("p.js", "fr|ee"),
        ("p.js", "function on|Tap"),
        ("p.wxml", "cl|ass"),
        ("app.json", "pa|ges"),
    ] {
        let prepared = shop.ask("textDocument/prepareRename", path, around, &json!({})).await;
        assert_eq!(prepared, Ok(Value::Null), "{around}");
        assert_eq!(renamed(&mut shop, path, around, "x").await, Ok(vec![]), "{around}");
    }
}

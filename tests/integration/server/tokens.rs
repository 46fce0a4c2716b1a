//! Colours by meaning, for a client without a grammar.

use serde_json::{Value, json};

use super::everything;
use super::shop::Shop;

const TEMPLATE: &str = "<!-- 店😀
 two -->
<wxs module=\"m\" src=\"m.wxs\"/>
<view wx:if=\"{{a.b && !m.f(1, 'x')}}\" class=\"图😀 {{c}}\" bindtap=\"go\">店😀{{d}}</view>
<x-own data=\"{{n: true, e, ...g}}\" catch:y=\"{{h ? 'one' : 'two'}}\"/>
";

async fn shop(options: Value, capabilities: Value) -> Shop {
    let files = [
        ("app.json", r#"{"pages": ["p"]}"#),
        ("p.js", "Page({ go() {} })"),
        ("p.json", r#"{"usingComponents": {"x-own": "c"}}"#),
        ("p.wxml", TEMPLATE),
    ];
    let params = json!({"capabilities": capabilities, "initializationOptions": options});
    Shop::initialized(&files, params).await
}

fn able() -> Value {
    let mut capabilities = everything();
    capabilities["textDocument"]["semanticTokens"] = json!({
        "requests": {"full": true, "range": true}, "formats": ["relative"],
        "tokenTypes": [], "tokenModifiers": [],
    });
    capabilities
}

/// The tokens of an answer, each as `text kind`; `legend` names the kinds, `utf16` tells what a
/// column counts.
fn shown(text: &str, answer: &Value, legend: &[&str], utf16: bool) -> Vec<String> {
    let numbers: Vec<usize> = answer["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|number| usize::try_from(number.as_u64().unwrap()).unwrap())
        .collect();
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut line, mut column) = (0, 0);
    let mut found = Vec::new();
    for token in numbers.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let end = column + token[2];
        let slice = if utf16 {
            let units: Vec<u16> = lines[line].encode_utf16().collect();
            String::from_utf16(&units[column..end]).unwrap()
        } else {
            lines[line][column..end].to_owned()
        };
        found.push(format!("{slice} {}", legend[token[3]]));
    }
    found
}

const LEGEND: [&str; 11] = [
    "type",
    "class",
    "keyword",
    "property",
    "event",
    "method",
    "namespace",
    "variable",
    "string",
    "number",
    "comment",
];

#[tokio::test]
async fn each_word_is_what_the_program_makes_of_it() {
    for encoding in ["utf-16", "utf-8"] {
        let mut capabilities = able();
        capabilities["general"] = json!({"positionEncodings": [encoding]});
        let mut shop = shop(json!({}), capabilities).await;
        let answer = shop.ask_document("textDocument/semanticTokens/full", "p.wxml").await;
        let found = shown(TEMPLATE, &answer, &LEGEND, encoding == "utf-16");
        let expected = "<!-- 店😀 comment| two --> comment|\
            wxs keyword|module property|m string|src property|m.wxs string|\
            view type|wx:if keyword|a variable|b property|m namespace|f method|1 number|'x' string|\
            class property|图😀  string|c variable|bindtap event|go method|d variable|view type|\
            x-own class|data property|n property|true keyword|e variable|g variable|\
            catch:y event|h variable|one method|two method";
        assert_eq!(found, expected.split('|').collect::<Vec<_>>(), "{encoding}");
    }
}

#[tokio::test]
async fn a_part_of_a_template_has_the_tokens_in_it() {
    let mut shop = shop(json!({}), able()).await;
    let params = json!({
        "textDocument": {"uri": shop.fixture.uri("p.wxml")},
        "range": {"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 9}},
    });
    let id = shop.fixture.client.send_request("textDocument/semanticTokens/range", params).await;
    let answer = shop.fixture.client.response(id).await.unwrap();
    assert_eq!(shown(TEMPLATE, &answer, &LEGEND, false), ["wxs keyword", "module property"]);
    let of_script = shop.ask_document("textDocument/semanticTokens/full", "p.js").await;
    assert_eq!(of_script, Value::Null);
}

#[tokio::test]
async fn only_a_client_that_wants_them_hears_of_them() {
    for (options, capabilities, offered) in [
        (json!({}), able(), true),
        (json!({"semanticTokens": true}), able(), true),
        (json!({"semanticTokens": false}), able(), false),
        (json!({"miniguard": {"semanticTokens": false}}), able(), false),
        (json!({}), everything(), false),
    ] {
        let mut fixture = super::Fixture::unopened(&[]);
        let params = json!({"capabilities": capabilities, "initializationOptions": options});
        let answer = fixture.client.initialize(params).await;
        let legend = &answer["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"];
        assert_eq!(*legend == json!(LEGEND), offered, "{options}");
        assert_eq!(legend.is_null(), !offered, "{options}");
    }
}

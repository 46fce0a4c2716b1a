//! Examples of reading manifests: whole, broken, cut short, deep.

use super::read;
use crate::facts::manifest::{Json, JsonKind, ManifestFacts};

fn facts(source: &str) -> ManifestFacts {
    read(source)
}

/// The value as plain JSON, or `-`; then each problem as `text` for what is wrong and `^offset` for
/// what is missing.
fn shown(source: &str) -> String {
    let facts = facts(source);
    let mut out = facts.root.as_ref().map_or("-".to_owned(), show);
    for problem in &facts.problems {
        out.push_str(" | ");
        if problem.missing && problem.span.is_empty() {
            out.push('^');
            out.push_str(&problem.span.start().to_string());
        } else {
            out.push_str(if problem.missing { "^" } else { "" });
            out.push_str(problem.span.of(source));
        }
    }
    out
}

fn show(value: &Json) -> String {
    match &value.kind {
        JsonKind::Null => "null".to_owned(),
        JsonKind::Bool(value) => value.to_string(),
        JsonKind::Number(number) => number.to_string(),
        JsonKind::String(text) => format!("{text:?}"),
        JsonKind::Array(elements) => {
            format!("[{}]", elements.iter().map(show).collect::<Vec<_>>().join(","))
        }
        JsonKind::Object(members) => {
            let members =
                members.iter().map(|member| format!("{:?}:{}", member.key, show(&member.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

#[test]
fn sound_documents() {
    for (source, expected) in [
        (
            r#"{"a": [1, -2.5e3, true, false, null, "x"]}"#,
            r#"{"a":[1,-2.5e3,true,false,null,"x"]}"#,
        ),
        ("\u{feff}{\"a\": 1}", r#"{"a":1}"#),
        ("// x\n{ /* y */ \"a\" /* z */ : // w\r 1, }\n// end", r#"{"a":1}"#),
        ("[1, 2, ]", "[1,2]"),
        ("[[], {}, [{}]]", "[[],{},[{}]]"),
        ("\"\\ud83d\\ude00\"", "\"😀\""),
        (r#"{"a": 1, "b": 2, "a": 3}"#, r#"{"a":1,"b":2,"a":3}"#),
        ("{\r\n\"中\": \"文\"\r\n}", r#"{"中":"文"}"#),
        (" 5 ", "5"),
    ] {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn broken_documents_keep_what_can_be_read() {
    for (source, expected) in [
        // Nothing at all.
        ("", "- | ^0"),
        ("  \n", "- | ^3"),
        ("// only", "- | ^7"),
        ("hello", "- | hello"),
        // A member being typed.
        (r#"{"a": 1, "b"}"#, r#"{"a":1} | ^12"#),
        (r#"{"a": 1, "b": }"#, r#"{"a":1} | ^13"#),
        (r#"{"a": 1, "b": , "c": 2}"#, r#"{"a":1,"c":2} | ^13"#),
        (r#"{"a": 1, "b", "c": 2}"#, r#"{"a":1,"c":2} | ^12"#),
        ("{\"a\": 1, \"b\n \"c\": 2}", "{\"a\":1,\"c\":2} | ^\"b | ^11"),
        ("{\"a\": \n \"c\": 2}", "{\"c\":2} | ^5"),
        ("{\"a\": \"x\n, \"c\": 2}", "{\"c\":2} | ^\"x"),
        ("{\"a\": tru, \"c\": 2}", "{\"c\":2} | tru"),
        ("{\"a\": 1. , \"c\": 01}", "{} | 1. | 01"),
        ("{\"a\" {\"b\": 1}, \"c\": 2}", r#"{"a":{"b":1},"c":2} | ^4"#),
        ("{\"a\":: 1}", r#"{"a":1} | :"#),
        ("{a: 1, 'b': 'x', \"c\": 2}", "{\"c\":2} | a: 1 | 'b': 'x'"),
        // Commas.
        (r#"{"a": 1 "b": 2}"#, r#"{"a":1,"b":2} | ^7"#),
        ("[1 2]", "[1,2] | ^2"),
        ("[1,, 2]", "[1,2] | ,"),
        ("[,]", "[] | ,"),
        ("{,}", "{} | ,"),
        // Brackets.
        (r#"{"a": [1, {"b": 2"#, r#"{"a":[1,{"b":2}]} | ^17"#),
        (r#"{"a": [1, 2}"#, r#"{"a":[1,2]} | ^11"#),
        (r#"{"a": [1, "b": 2}"#, r#"{"a":[1],"b":2} | ^9"#),
        (r#"[{"a": 1]"#, r#"[{"a":1}] | ^8"#),
        (r#"{"a": 1]}"#, r#"{"a":1} | ]"#),
        ("[1}]", "[1] | }"),
        (r#"{"a": 1}, "b": 2}"#, r#"{"a":1,"b":2} | }"#),
        (r#"{"a": 1} {"b": 2}"#, r#"{"a":1} | {"b": 2}"#),
        (r#"{"a": 1}}"#, r#"{"a":1} | }"#),
        (r#"}{"a": 1}"#, r#"{"a":1} | }"#),
        // Characters.
        ("{\u{a0}\"a\":\u{3000}1}", "{\"a\":1} | \u{a0} | \u{3000}"),
        ("{\"a\": 1}\0", "{\"a\":1} | \0"),
        ("\0\0{}", "{} | \0\0"),
        ("[\"a\tb\"]", "[\"a\\tb\"] | \"a\tb\""),
        (r#"["\x"]"#, r#"["\\x"] | "\x""#),
        ("[1] /* x", "[1] | ^/* x"),
        ("[1, /* x", "[1] | ^3 | ^/* x"),
    ] {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn places_are_those_of_the_text() {
    let source = "{ \"a\": [ \"中\", {} ] }";
    let facts = facts(source);
    let member = facts.root.as_ref().and_then(|root| root.member("a")).unwrap();
    assert_eq!(member.key_span.of(source), "\"a\"");
    assert_eq!(member.value.span.of(source), "[ \"中\", {} ]");
    assert_eq!(member.value.elements()[0].span.of(source), "\"中\"");
    assert_eq!(member.value.elements()[1].span.of(source), "{}");
}

#[test]
fn of_a_repeated_key_the_last_counts() {
    let facts = facts(r#"{"a": {"b": 1}, "a": {"b": true}}"#);
    assert_eq!(facts.root.unwrap().at(&["a", "b"]).and_then(Json::as_bool), Some(true));
}

#[test]
fn comments_that_speak_to_us_are_kept() {
    let source = "// miniguard-ignore a\n{\n  /* other */\n  /* miniguard b */ \"x\": \"miniguard\" // miniguard\r}";
    let comments = facts(source).comments;
    let texts: Vec<_> = comments.iter().map(|c| (&*c.text, c.span.of(source))).collect();
    assert_eq!(
        texts,
        [
            ("miniguard-ignore a", "// miniguard-ignore a"),
            ("miniguard b", "/* miniguard b */"),
            ("miniguard", "// miniguard"),
        ]
    );
}

#[test]
fn deep_nesting_is_cut() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(facts(&nested(128)).problems, []);
    let cut = facts(&format!("{{\"a\": {}, \"b\": 2}}", nested(128)));
    assert_eq!(cut.problems.len(), 1);
    assert_eq!(cut.root.as_ref().and_then(|root| root.get("b")).map(show).as_deref(), Some("2"));

    for source in ["[".repeat(100_000), "{\"a\":".repeat(100_000), "[{".repeat(50_000)] {
        let facts = facts(&source);
        assert!(!facts.problems.is_empty());
        assert!(facts.root.is_some());
    }
}

const APP: &str = r#"{
  // The pages.
  "pages": [
    "pages/index/index", // home
    "pages/goods/list",
    "pages/user/首页"
  ],
  "subPackages": [
    {
      "root": "packages/shop",
      "name": "shop",
      "pages": ["cart/cart", "order/order"],
      "independent": true
    },
    { "root": "packages/map", "pages": ["map/map"] }
  ],
  "window": {
    "navigationBarTitleText": "示例 \"A\" \u4e2d",
    "navigationBarBackgroundColor": "\#ffffff",
    "enablePullDownRefresh": false
  },
  "tabBar": {
    "color": null,
    "list": [
      { "pagePath": "pages/index/index", "text": "首页" },
      { "pagePath": "pages/user/首页", "text": "我的" }
    ]
  },
  /* What the platform asks for. */
  "permission": {
    "scope.userLocation": {
      "desc": "用于显示附近的门店"
    }
  },
  "requiredPrivateInfos": [
    "getLocation",
    "chooseLocation"
  ],
  "requiredBackgroundModes": ["audio"],
  "plugins": {
    "chat": { "version": "1.2.0", "provider": "wx0000000000000000" }
  },
  "usingComponents": {
    "my-card": "/components/card/card",
    "my-list": "/components/list/list"
  },
  "networkTimeout": { "request": 10000, "downloadFile": -1.5e4 },
  "navigateToMiniProgramAppIdList": [],
  "debug": true,
  "lazyCodeLoading": "requiredComponents",
  "sitemapLocation": "sitemap.json",
  "__usePrivacyCheck__": true,
}
"#;

/// Every value that is no container, with its path and end.
fn leaves(value: &Json, path: &str, out: &mut Vec<(String, String, usize)>) {
    match &value.kind {
        JsonKind::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                leaves(element, &format!("{path}/{index}"), out);
            }
        }
        JsonKind::Object(members) => {
            for member in members {
                leaves(&member.value, &format!("{path}/{}", member.key), out);
            }
        }
        _ => out.push((path.to_owned(), show(value), value.span.end())),
    }
}

#[test]
fn every_prefix_has_the_values_completed_before_the_cut_and_no_other() {
    let app = APP.replace("\\#", "#");
    let mut all = Vec::new();
    leaves(facts(&app).root.as_ref().unwrap(), "", &mut all);
    assert_eq!(facts(&app).problems, []);
    assert_eq!(all.len(), 32);
    for cut in (0..app.len()).filter(|&cut| app.is_char_boundary(cut)) {
        let mut found = Vec::new();
        if let Some(root) = &facts(&app[..cut]).root {
            leaves(root, "", &mut found);
        }
        let completed: Vec<_> = all.iter().filter(|(_, _, end)| *end <= cut).cloned().collect();
        // A number may be cut and still be one.
        let numbers =
            found.len() > completed.len() && found.last().is_some_and(|last| last.2 == cut);
        let kept = if numbers { &found[..found.len() - 1] } else { &found[..] };
        assert_eq!(kept, completed, "cut at {cut}");
    }
}

#[test]
fn a_lost_character_costs_no_more_than_its_own_line_and_the_next() {
    let app = APP.replace("\\#", "#");
    let mut all = Vec::new();
    leaves(facts(&app).root.as_ref().unwrap(), "", &mut all);
    let mut tried = 0;
    let mut start = 0;
    for line in app.split_inclusive('\n') {
        let end = start + line.len();
        let next_end = app[end..].find('\n').map_or(app.len(), |length| end + length);
        let lost = line.match_indices(['"', ',', ':']).map(|(at, _)| start + at);
        // A bracket on the line may be swallowed by an open quote.
        let lost: Vec<usize> = if line.contains(['{', '[', '/']) { vec![] } else { lost.collect() };
        for lost in lost {
            tried += 1;
            let broken = format!("{}{}", &app[..lost], &app[lost + 1..]);
            let mut found = Vec::new();
            leaves(facts(&broken).root.as_ref().unwrap(), "", &mut found);
            // The elements after a lost one move up.
            let name = |path: &str| path.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
            let found: Vec<_> = found.iter().map(|(path, value, _)| (name(path), value)).collect();
            let others = all.iter().filter(|(_, _, at)| !(start..next_end).contains(at));
            for (path, value, _) in others {
                assert!(
                    found.contains(&(name(path), value)),
                    "{path} is lost with byte {lost}: {line}"
                );
            }
        }
        start = end;
    }
    assert_eq!(tried, 69);
}

proptest::proptest! {
    #[test]
    fn any_text_has_facts(source in r#"([{}\[\]:,"\\/*\n ]|[a-z0-9]|中|😀|\u{feff}|\x00|"a"|true|//|/\*|\*/){0,80}"#) {
        let facts = facts(&source);
        for problem in &facts.problems {
            assert!(source.get(problem.span.start()..problem.span.end()).is_some());
        }
        // What the standard accepts has no problem, and the other way round but for comments,
        // commas and doubled keys.
        let strict = serde_json::from_str::<serde_json::Value>(&source);
        if strict.is_ok() {
            assert_eq!(facts.problems, []);
        }
        if !source.contains("//") && !source.contains("/*") && !source.contains(',') && !source.starts_with('\u{feff}') {
            assert_eq!(strict.is_ok(), facts.problems.is_empty(), "{source:?}");
        }
    }
}

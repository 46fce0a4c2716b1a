//! Examples of edits, and properties: the change is there, everything else is as it was.

use proptest::prelude::*;

use super::{
    Edits, Style, Value, add_all_to_array, add_to_array, remove_element, remove_member, set_member,
};
use crate::facts::manifest::lexer::{Lexer, TokenKind};
use crate::facts::manifest::{Json, JsonKind, ManifestFacts, read};

fn facts(source: &str) -> ManifestFacts {
    read(source)
}

fn apply(source: &str, edits: &Edits) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (span, text) in edits {
        assert!(span.start() >= at, "edits overlap or are out of order");
        out.push_str(&source[at..span.start()]);
        out.push_str(text);
        at = span.end();
    }
    out + &source[at..]
}

fn edited(source: &str, edit: impl Fn(&ManifestFacts, &str) -> Option<Edits>) -> String {
    edit(&facts(source), source).map_or("none".to_owned(), |edits| apply(source, &edits))
}

#[track_caller]
fn check(source: &str, expected: &str, edit: impl Fn(&ManifestFacts, &str) -> Option<Edits>) {
    let after = edited(source, &edit);
    assert_eq!(after, expected, "\n--- before:\n{source}\n--- after:\n{after}");
    if expected != "none" {
        assert_eq!(facts(&after).problems, []);
        assert_eq!(edited(&after, &edit), after, "a second time");
    }
}

#[test]
fn adding_to_an_array() {
    for (before, after) in [
        // On own lines.
        ("{\n  \"r\": [\n    \"a\"\n  ]\n}\n", "{\n  \"r\": [\n    \"a\",\n    \"x\"\n  ]\n}\n"),
        (
            "{\n\t\"r\": [\n\t\t\"a\", // why\n\t],\n}",
            "{\n\t\"r\": [\n\t\t\"a\", // why\n\t\t\"x\",\n\t],\n}",
        ),
        (
            "{\r\n  \"r\": [\r\n    \"a\" // why\r\n  ]\r\n}",
            "{\r\n  \"r\": [\r\n    \"a\", // why\r\n    \"x\"\r\n  ]\r\n}",
        ),
        (
            "{\n  \"r\": [\n    \"a\" /* b\n c */\n  ]\n}",
            "{\n  \"r\": [\n    \"a\", /* b\n c */\n    \"x\"\n  ]\n}",
        ),
        (
            "{\n  \"r\": [\n    \"a\"\n    // \"b\"\n  ]\n}",
            "{\n  \"r\": [\n    \"a\",\n    \"x\"\n    // \"b\"\n  ]\n}",
        ),
        (
            "{\n  \"r\": [ \"a\",\n         \"b\" ]\n}",
            "{\n  \"r\": [ \"a\",\n         \"b\",\n         \"x\" ]\n}",
        ),
        // On one line.
        ("{\n  \"r\": [\"a\", \"b\"]\n}", "{\n  \"r\": [\"a\", \"b\", \"x\"]\n}"),
        ("{\n  \"r\": [\"a\",]\n}", "{\n  \"r\": [\"a\", \"x\",]\n}"),
        ("{\n  \"r\": [ \"a\" /* why */ ]\n}", "{\n  \"r\": [ \"a\" /* why */, \"x\" ]\n}"),
        ("{\n  \"r\": [\"a\" // why\n  ]\n}", "{\n  \"r\": [\"a\", // why\n    \"x\"\n  ]\n}"),
        (r#"{"r":["a","b"]}"#, r#"{"r":["a","b","x"]}"#),
        (r#"{"r":["a"]}"#, r#"{"r":["a","x"]}"#),
        (r#"{"r": ["a"]}"#, r#"{"r": ["a", "x"]}"#),
        // Empty.
        ("{\n  \"r\": []\n}", "{\n  \"r\": [\n    \"x\"\n  ]\n}"),
        ("{\n  \"p\": [\"y\"],\n  \"r\": []\n}", "{\n  \"p\": [\"y\"],\n  \"r\": [\"x\"]\n}"),
        (
            "{\n  \"p\": [\"y\"],\n  \"r\": [\n  ]\n}",
            "{\n  \"p\": [\"y\"],\n  \"r\": [\n    \"x\"\n  ]\n}",
        ),
        ("{\n  \"r\": [ // none\n  ]\n}", "{\n  \"r\": [ // none\n    \"x\"\n  ]\n}"),
        ("{\n  \"r\": [/* none */]\n}", "{\n  \"r\": [/* none */ \"x\"]\n}"),
        (r#"{"r":[]}"#, r#"{"r":["x"]}"#),
        // Absent.
        ("{}", "{\n  \"r\": [\n    \"x\"\n  ]\n}"),
        ("{\n    \"p\": 1\n}", "{\n    \"p\": 1,\n    \"r\": [\n        \"x\"\n    ]\n}"),
        ("{\n  \"p\": [\"y\"], // why\n}", "{\n  \"p\": [\"y\"], // why\n  \"r\": [\"x\"],\n}"),
        (r#"{"p": {"q": 1}}"#, r#"{"p": {"q": 1}, "r": ["x"]}"#),
        (r#"{"p":1}"#, r#"{"p":1,"r":["x"]}"#),
        ("\u{feff}{\n\t\"p\": 1\n}", "\u{feff}{\n\t\"p\": 1,\n\t\"r\": [\n\t\t\"x\"\n\t]\n}"),
        // There already; of a repeated key the last counts.
        ("{\"r\": [\"x\"]}", "{\"r\": [\"x\"]}"),
        (r#"{"r": ["a"], "r": []}"#, r#"{"r": ["a"], "r": ["x"]}"#),
        // Another type, a broken array, no value.
        (r#"{"r": "x"}"#, "none"),
        (r#"{"r": null}"#, "none"),
        (r#"["r"]"#, "none"),
        ("{\"r\": [\"a\" \"b\"]}", "none"),
        ("{\"r\": [\"a\"", "none"),
        ("", "none"),
    ] {
        check(before, after, |facts, source| add_to_array(facts, source, &["r"], "x"));
    }
}

#[test]
fn a_broken_part_does_not_stop_an_edit_elsewhere() {
    let before = "{\n  \"r\": [\n    \"a\"\n  ],\n  \"p\":\n}";
    let after = edited(before, |facts, source| add_to_array(facts, source, &["r"], "x"));
    assert_eq!(after, "{\n  \"r\": [\n    \"a\",\n    \"x\"\n  ],\n  \"p\":\n}");
    let before = "{\n  \"p\": {\"q\": },\n  \"r\": []\n}";
    let after = edited(before, |facts, source| remove_member(facts, source, &[], "r"));
    assert_eq!(after, "{\n  \"p\": {\"q\": }\n}");
    let broken =
        edited(before, |facts, source| set_member(facts, source, &["p"], "z", true.into()));
    assert_eq!(broken, "none");
    let broken = edited(before, |facts, source| set_member(facts, source, &[], "p", true.into()));
    assert_eq!(broken, "none");
}

#[test]
fn adding_several_to_an_array() {
    let add = |facts: &ManifestFacts, source: &str| {
        add_all_to_array(facts, source, &["o", "r"], &["x", "a", "y\"", "x"])
    };
    for (before, after) in [
        (
            "{\n  \"o\": {\n    \"r\": [\n      \"a\"\n    ]\n  }\n}",
            "{\n  \"o\": {\n    \"r\": [\n      \"a\",\n      \"x\",\n      \"y\\\"\"\n    ]\n  }\n}",
        ),
        (r#"{"o": {"r": ["a"]}}"#, r#"{"o": {"r": ["a", "x", "y\""]}}"#),
        ("{\n  \"o\": {\"r\": []}\n}", "{\n  \"o\": {\"r\": [\"x\", \"a\", \"y\\\"\"]}\n}"),
        (
            "{\n  \"o\": {}\n}",
            "{\n  \"o\": {\n    \"r\": [\n      \"x\",\n      \"a\",\n      \"y\\\"\"\n    ]\n  }\n}",
        ),
        (
            "{\n  \"p\": 1\n}",
            "{\n  \"p\": 1,\n  \"o\": {\n    \"r\": [\n      \"x\",\n      \"a\",\n      \"y\\\"\"\n    ]\n  }\n}",
        ),
        (r#"{"o": []}"#, "none"),
        (r#"{"o": {"r": ["x", "y\"", "a"]}}"#, r#"{"o": {"r": ["x", "y\"", "a"]}}"#),
    ] {
        check(before, after, add);
    }
    check("{}", "{}", |facts, source| add_all_to_array(facts, source, &["r"], &[]));
}

#[test]
fn setting_a_member() {
    let desc = || Value::Object(vec![("desc".to_owned(), Value::from("用于"))]);
    for (before, after) in [
        (
            "{\n  \"p\": 1\n}",
            "{\n  \"p\": 1,\n  \"permission\": {\n    \"scope.userLocation\": {\n      \"desc\": \"用于\"\n    }\n  }\n}",
        ),
        (
            "{\n  \"permission\": {}\n}",
            "{\n  \"permission\": {\n    \"scope.userLocation\": {\n      \"desc\": \"用于\"\n    }\n  }\n}",
        ),
        (
            "{\n\t\"permission\": {\n\t\t\"scope.userLocation\": { \"desc\": \"\" } // why\n\t}\n}",
            "{\n\t\"permission\": {\n\t\t\"scope.userLocation\": {\n\t\t\t\"desc\": \"用于\"\n\t\t} // why\n\t}\n}",
        ),
        (
            "{\n  \"permission\": { \"scope.record\": 1 }\n}",
            "{\n  \"permission\": { \"scope.record\": 1, \"scope.userLocation\": {\"desc\": \"用于\"} }\n}",
        ),
        (
            r#"{"permission":{"scope.userLocation":{"desc":""}}}"#,
            r#"{"permission":{"scope.userLocation":{"desc":"用于"}}}"#,
        ),
        (
            r#"{"permission": {"scope.userLocation": 1, "scope.userLocation": 2}}"#,
            r#"{"permission": {"scope.userLocation": 1, "scope.userLocation": {"desc": "用于"}}}"#,
        ),
        (r#"{"permission": true}"#, "none"),
    ] {
        check(before, after, |facts, source| {
            set_member(facts, source, &["permission"], "scope.userLocation", desc())
        });
    }
    for (value, after) in [
        (Value::Null, "{\n  \"a\": null\n}"),
        (Value::Bool(true), "{\n  \"a\": true\n}"),
        (Value::Number(-3), "{\n  \"a\": -3\n}"),
        (Value::Array(vec![]), "{\n  \"a\": []\n}"),
        (Value::Object(vec![]), "{\n  \"a\": {}\n}"),
        (Value::from("x"), "{\n  \"a\": \"x\"\n}"),
        (
            Value::Array(vec![1.into(), desc()]),
            "{\n  \"a\": [\n    1,\n    {\n      \"desc\": \"用于\"\n    }\n  ]\n}",
        ),
    ] {
        check("{\n  \"a\": 0\n}", after, |facts, source| {
            set_member(facts, source, &[], "a", value.clone())
        });
    }
}

#[test]
fn removing_an_element() {
    for (before, after) in [
        // On own lines.
        ("[\n  \"x\",\n  \"b\"\n]\n", "[\n  \"b\"\n]\n"),
        ("[\n  \"a\",\n  \"x\"\n]\n", "[\n  \"a\"\n]\n"),
        ("[\n  \"a\",\n  \"x\",\n]\n", "[\n  \"a\",\n]\n"),
        (
            "[\r\n  \"a\", // one\r\n  // two\r\n  \"x\", // three\r\n  // four\r\n  \"b\"\r\n]",
            "[\r\n  \"a\", // one\r\n  // four\r\n  \"b\"\r\n]",
        ),
        ("[\n  \"a\", // one\n  \"x\" // two\n  // end\n]", "[\n  \"a\" // one\n  // end\n]"),
        ("[ // list\n  \"x\"\n]", "[ // list\n]"),
        ("[\n  // heading\n\n  \"x\",\n  \"b\"\n]", "[\n  // heading\n\n  \"b\"\n]"),
        ("[\n  \"a\"\n  , \"x\"\n]", "[\n  \"a\"\n]"),
        ("[\n  \"a\",\n\n  \"x\",\n\n  \"b\"\n]", "[\n  \"a\",\n\n\n  \"b\"\n]"),
        ("[\"a\",\n \"x\" ]", "[\"a\"\n ]"),
        ("[\"x\",\n \"a\"]", "[\n \"a\"]"),
        ("[\n \"x\", \"a\",\n \"b\", \"x\",\n \"c\"]", "[\n \"a\",\n \"b\",\n \"c\"]"),
        // On one line.
        (r#"["a", "x", "b"]"#, r#"["a", "b"]"#),
        (r#"["x", "b"]"#, r#"["b"]"#),
        (r#"[ "a", "x" ]"#, r#"[ "a" ]"#),
        (r#"["a" , "x"]"#, r#"["a"]"#),
        (r#"["a", "x",]"#, r#"["a",]"#),
        (r#"["a","x","b"]"#, r#"["a","b"]"#),
        (r#"["a", /* one */ "x" /* two */, /* three */ "b"]"#, r#"["a", /* three */ "b"]"#),
        // All of them.
        ("[\"x\"]", "[]"),
        ("[ \"x\", ]", "[]"),
        ("[\n  \"x\", // why\n  \"x\"\n]", "[]"),
        ("[\"x\", \"a\", \"x\", \"x\"]", "[\"a\"]"),
        // None.
        (r#"["a", ["x"]]"#, r#"["a", ["x"]]"#),
        ("[\"x\" \"a\"]", "none"),
        ("{\"x\": \"x\"}", "none"),
    ] {
        check(before, after, |facts, source| remove_element(facts, source, &[], "x"));
    }
    check("{}", "{}", |facts, source| remove_element(facts, source, &["r"], "x"));
}

#[test]
fn removing_a_member() {
    for (before, after) in [
        (
            "{\n  \"a\": 1,\n  // why\n  \"x\": {\n    \"y\": 1 // z\n  },\n  \"b\": 2\n}",
            "{\n  \"a\": 1,\n  \"b\": 2\n}",
        ),
        ("{\n  \"a\": 1, // one\n  \"x\": [\n  ] // two\n}", "{\n  \"a\": 1 // one\n}"),
        (r#"{"x": 1, "a": 2, "x": 3}"#, r#"{"a": 2}"#),
        (r#"{ "x": 1 }"#, "{}"),
        (r#"{ "a": { "x": 1 } }"#, r#"{ "a": { "x": 1 } }"#),
    ] {
        check(before, after, |facts, source| remove_member(facts, source, &[], "x"));
    }
    check(r#"{ "a": { "x": 1 } }"#, r#"{ "a": {} }"#, |facts, source| {
        remove_member(facts, source, &["a"], "x")
    });
}

#[test]
fn the_style_is_the_files_own() {
    let style = |source: &str| facts(source).style;
    let default = Style::default();
    assert_eq!(style(""), default);
    assert_eq!(style("{}"), default);
    assert_eq!(&*style("{\n    \"a\": 1\n}").indent, "    ");
    assert_eq!(&*style("{\"a\": [\n\t1\n]}").indent, "\t");
    assert_eq!(style("{\r\n}\n").newline, "\r\n");
    assert!(style("// x\n[1]\n").one_line);
    assert!(!style("[\n1]").one_line);
    assert!(style("{\"a\":1, \"b\": 2, \"c\":3}").compact);
    assert!(style("{\n\"a\": [1], \"b\": [\n1], \"c\": [2]}").inline_arrays);
}

/// A way to write the same value: white space, comments, trailing commas.
fn document() -> impl Strategy<Value = String> {
    let gap = prop_oneof![
        6 => Just(String::new()),
        3 => Just(" ".to_owned()),
        2 => Just("\n  ".to_owned()),
        1 => Just("\r\n\r\n\t".to_owned()),
        1 => "[a-z中]{0,3}".prop_map(|text| format!(" /* {text} */")),
        1 => "[a-z中]{0,3}".prop_map(|text| format!(" // {text}\n")),
        1 => "[a-z]{0,3}".prop_map(|text| format!("/*{text}\n*/ ")),
    ];
    let leaf = prop_oneof![
        Just("1".to_owned()),
        Just("null".to_owned()),
        "[a-dx]{1,2}".prop_map(|text| format!("\"{text}\"")),
        Just("\"😀\\n\"".to_owned()),
    ];
    let value = leaf.prop_recursive(3, 24, 5, move |inner| {
        let element = (gap.clone(), inner.clone(), gap.clone())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let member = (gap.clone(), "[a-dr]", gap.clone(), inner, gap.clone())
            .prop_map(|(a, key, b, value, c)| format!("{a}\"{key}\":{b}{value}{c}"));
        let array = (prop::collection::vec(element, 0..5), gap.clone(), any::<bool>())
            .prop_map(|(items, gap, trailing)| container("[]", &items, &gap, trailing));
        let object = (prop::collection::vec(member, 0..5), gap.clone(), any::<bool>())
            .prop_map(|(items, gap, trailing)| container("{}", &items, &gap, trailing));
        prop_oneof![array, object]
    });
    let root = value.prop_map(|value| format!("{{\"r\": {value}, \"a\": [\"x\" ], }}"));
    prop_oneof![root.clone(), root.prop_map(|text| format!("\u{feff}// top\n{text} /* end */\n"))]
}

fn container(brackets: &str, items: &[String], gap: &str, trailing: bool) -> String {
    let comma = if trailing && !items.is_empty() { "," } else { "" };
    format!("{}{}{comma}{gap}{}", &brackets[..1], items.join(","), &brackets[1..])
}

/// The value without its places.
fn plain(value: &Json) -> Json {
    let kind = match &value.kind {
        JsonKind::Array(elements) => JsonKind::Array(elements.iter().map(plain).collect()),
        JsonKind::Object(members) => JsonKind::Object(
            members
                .iter()
                .map(|member| {
                    let mut member = member.clone();
                    member.key_span = crate::text::Span::default();
                    member.value = plain(&member.value);
                    member
                })
                .collect(),
        ),
        kind => kind.clone(),
    };
    Json { span: crate::text::Span::default(), kind }
}

fn root(source: &str) -> Json {
    let facts = facts(source);
    assert_eq!(facts.problems, [], "{source}");
    plain(&facts.root.unwrap())
}

fn comments(source: &str) -> Vec<&str> {
    let mut lexer = Lexer::new(source, 0);
    std::iter::from_fn(|| Some(lexer.next()).filter(|token| token.kind != TokenKind::End))
        .filter(|token| matches!(token.kind, TokenKind::Comment { .. }))
        .map(|token| token.span.of(source))
        .collect()
}

/// The container at the member `r` that counts.
fn counted(root: &mut Json) -> &mut Json {
    let JsonKind::Object(members) = &mut root.kind else { panic!("no object") };
    &mut members.iter_mut().rev().find(|member| &*member.key == "r").unwrap().value
}

fn string(text: &str) -> Json {
    Json { span: crate::text::Span::default(), kind: JsonKind::String(text.into()) }
}

proptest! {
    #[test]
    fn adding_changes_nothing_else(source in document()) {
        let add = |facts: &ManifestFacts, source: &str| {
            add_all_to_array(facts, source, &["r"], &["x", "new"])
        };
        let mut expected = root(&source);
        let JsonKind::Array(elements) = &mut counted(&mut expected).kind else {
            prop_assert_eq!(add(&facts(&source), &source), None);
            return Ok(());
        };
        for text in ["x", "new"] {
            if !elements.contains(&string(text)) {
                elements.push(string(text));
            }
        }
        let after = edited(&source, add);
        prop_assert_eq!(root(&after), expected, "\n{}\n{}", source, after);
        prop_assert_eq!(comments(&after), comments(&source));
        prop_assert_eq!(&edited(&after, add), &after);
    }

    #[test]
    fn setting_changes_nothing_else(source in document(), key in "[a-e]") {
        let value = Value::Array(vec![Value::from("new"), Value::Object(vec![("k".to_owned(), Value::Number(7))])]);
        let set = |facts: &ManifestFacts, source: &str| {
            set_member(facts, source, &["r"], &key, value.clone())
        };
        let mut expected = root(&source);
        let new = plain(&root(r#"["new", {"k": 7}]"#));
        let JsonKind::Object(members) = &mut counted(&mut expected).kind else {
            prop_assert_eq!(set(&facts(&source), &source), None);
            return Ok(());
        };
        let replaced = members.iter().any(|member| *member.key == *key);
        if let Some(member) = members.iter_mut().rev().find(|member| *member.key == *key) {
            member.value = new;
        } else {
            let key_span = crate::text::Span::default();
            let key = key.as_str().into();
            members.push(crate::facts::manifest::Member { key, key_span, value: new });
        }
        let after = edited(&source, set);
        prop_assert_eq!(root(&after), expected, "\n{}\n{}", source, after);
        if !replaced {
            prop_assert_eq!(comments(&after), comments(&source));
        }
        prop_assert_eq!(&edited(&after, set), &after);
    }

    #[test]
    fn removing_changes_nothing_else(source in document(), key in "[a-d]") {
        let mut expected = root(&source);
        let remove = |facts: &ManifestFacts, source: &str| match facts.root.as_ref()?.get("r")?.kind {
            JsonKind::Array(_) => remove_element(facts, source, &["r"], &key),
            JsonKind::Object(_) => remove_member(facts, source, &["r"], &key),
            _ => None,
        };
        match &mut counted(&mut expected).kind {
            JsonKind::Array(elements) => elements.retain(|element| *element != string(&key)),
            JsonKind::Object(members) => members.retain(|member| *member.key != *key),
            _ => return Ok(()),
        }
        let after = edited(&source, remove);
        prop_assert_eq!(root(&after), expected, "\n{}\n{}", source, after);
        let kept = comments(&after);
        let mut old = comments(&source).into_iter();
        prop_assert!(kept.iter().all(|comment| old.any(|other| other == *comment)), "a comment is new");
        let lines = |text: &str| text.lines().filter(|line| line.trim().is_empty()).count();
        prop_assert!(lines(&after) <= lines(&source), "a blank line is new:\n{}\n{}", source, after);
        prop_assert_eq!(&edited(&after, remove), &after);
    }

    #[test]
    fn an_added_name_can_be_removed_without_a_trace(names in prop::collection::vec("[a-d]", 1..4), layout in 0..4_usize) {
        let (separator, open, close) = [(", ", "[", "]"), (",", "[", "]"), (",\n    ", "[\n    ", "\n  ]"), (",\r\n\t\t", "[\r\n\t\t", "\r\n\t]")][layout];
        let items: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let newline = if layout == 3 { "\r\n" } else { "\n" };
        let source = format!("{{{newline}  \"r\": {open}{}{close}{newline}}}", items.join(separator));
        let added = edited(&source, |facts, source| add_to_array(facts, source, &["r"], "x"));
        prop_assert_ne!(&added, &source);
        prop_assert_eq!(edited(&added, |facts, source| remove_element(facts, source, &["r"], "x")), source);
    }
}

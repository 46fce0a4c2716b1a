//! Bad input: every prefix of every fixture, lost tokens, odd bytes, deep and endless files,
//! circles. The assertion is that a report comes back at all; tests of what it says are elsewhere.

use std::fmt::Write as _;
use std::fs;

use miniguard::facts::Facts;
use miniguard::path::FilePath;
use miniguard::project::Files;
use miniguard::syntax::{Dialect, Kind};
use proptest::prelude::*;

use crate::support::{files, files_below, report, root};

/// The texts of the fixtures, by kind.
fn sources() -> Vec<(Kind, String)> {
    files_below(&root().join("fixtures"))
        .into_iter()
        .filter_map(|path| {
            let kind = Kind::of(&FilePath::new(&path.file_name()?.to_string_lossy())?)?;
            Some((kind, String::from_utf8_lossy(&fs::read(&path).ok()?).into_owned()))
        })
        .collect()
}

#[test]
fn every_prefix_of_every_fixture_is_read() {
    for (kind, source) in sources() {
        // Every character of short files; every so many of long ones, always ending at each kind of
        // place.
        let step = source.len() / 400 + 1;
        for (at, _) in source.char_indices().step_by(step) {
            Facts::read(kind, &source[..at]);
        }
    }
}

#[test]
fn imports_read_without_a_parse_are_those_of_the_facts() {
    let (mut told, mut scripts) = (0, 0);
    for (kind, source) in sources() {
        let Kind::Script(dialect) = kind else { continue };
        scripts += 1;
        told += usize::from(tells_imports(dialect, &source));
    }
    assert!(told * 10 > scripts * 9, "{told} of {scripts} scripts are plain enough");
}

/// Whether a script's text tells its imports; then it must tell those of the facts.
pub(crate) fn tells_imports(dialect: Dialect, source: &str) -> bool {
    let Some(imports) = miniguard::facts::imports(dialect, source) else { return false };
    let facts = Facts::read(Kind::Script(dialect), source);
    let facts = facts.as_script().unwrap();
    // What is broken is read in two ways by two readers.
    if facts.problems.is_empty() {
        let mut parsed = facts.imports.clone();
        parsed.sort_by_key(|import| import.span.start());
        assert_eq!(imports, parsed, "{source}");
    }
    true
}

#[test]
fn a_program_survives_each_of_its_files_cut_short() {
    let folder = root().join("fixtures/teashop");
    let whole: Vec<(FilePath, String)> = files_below(&folder)
        .into_iter()
        .filter_map(|path| {
            let name = FilePath::new(&path.strip_prefix(&folder).unwrap().to_string_lossy())?;
            Some((name, fs::read_to_string(&path).ok()?))
        })
        .collect();
    for cut in 0..whole.len() {
        for part in [0, 1, 2, 3] {
            let texts = whole.iter().enumerate().map(|(index, (path, text))| {
                let end = (0..=text.len() * part / 4)
                    .rev()
                    .find(|end| text.is_char_boundary(*end))
                    .unwrap_or(0);
                (path.clone(), if index == cut { text[..end].to_owned() } else { text.clone() })
            });
            report(&texts.collect::<Files>());
        }
    }
}

/// A small program whose files are all `text`.
fn program(script: &str, template: &str, manifest: &str) -> Files {
    files(&[
        ("project.config.json", r#"{"miniprogramRoot": "./"}"#),
        ("app.json", r#"{"pages": ["pages/a/a"]}"#),
        ("app.js", "App({})"),
        ("pages/a/a.js", script),
        ("pages/a/a.wxml", template),
        ("pages/a/a.json", manifest),
    ])
}

#[test]
fn deep_and_endless_files_are_bounded() {
    let deep = 100_000;
    let scripts = [
        format!("{}wx.getLocation(){}", "(".repeat(deep), ")".repeat(deep)),
        format!("wx.a{}", "[".repeat(deep)),
        format!("wx;{}", "{".repeat(deep)),
        format!("wx.x{}", ".y()".repeat(deep)),
        format!("var u = wx.u{}", " + 'a'".repeat(deep)),
        format!("wx;{}", "if(a)b;else ".repeat(deep)),
        format!("wx;{}", "!".repeat(deep)),
        format!("wx.request({{url:'{}'}})", "x".repeat(2_000_000)),
    ];
    for script in &scripts {
        report(&program(script, "<view/>", "{}"));
    }
    let templates = [
        format!("{}<camera/>", "<view>".repeat(10_000)),
        format!("<camera a=\"{{{{{}\"/>", "(".repeat(deep)),
        format!("<camera>{}", "a ".repeat(500_000)),
        "<camera ".repeat(10_000),
    ];
    for template in &templates {
        report(&program("", template, "{}"));
    }
    for manifest in
        ["[".repeat(deep), "{\"a\":".repeat(deep), format!("{{{}}}", "\"a\":1,".repeat(deep))]
    {
        report(&program("", "<view/>", &manifest));
    }
}

#[test]
fn what_nests_too_deep_is_named_and_its_neighbours_are_read() {
    let located = "wx.getLocation({})";
    for (before, after) in [
        ("a:{", "}"),
        ("{a:", "}"),
        ("a:async(", ")"),
        ("a:{b:{", "}}"),
        ("(", ")"),
        ("f(()=>{", "})"),
        ("[", ""),
        ("`${", "}`"),
    ] {
        // Sound, cut short, and far deeper than any stack.
        for (depth, close) in [(26_000, true), (26_000, false), (400_000, false)] {
            let closing = if close { after.repeat(depth) } else { String::new() };
            let deep = format!("{located};{}{located}{closing}", before.repeat(depth));
            let neighbour = ("pages/a/b.ts", located);
            let mut all = program(&deep, "<view/>", "{}");
            all = all
                .iter()
                .map(|file| (file.path.clone(), file.source.to_string()))
                .chain([(FilePath::new(neighbour.0).unwrap(), neighbour.1.to_owned())])
                .collect();
            let report = report(&all);
            let named: Vec<_> = report.inventory.skipped.iter().map(|s| s.file.as_str()).collect();
            assert_eq!(named, ["pages/a/a.js"], "{before:?} {depth}");
            let used: Vec<_> =
                report.inventory.uses.iter().map(|used| used.place.file.as_str()).collect();
            assert_eq!(used, ["pages/a/b.ts"], "{before:?} {depth}");
        }
    }
}

#[test]
fn odd_bytes_and_shapes_are_read() {
    for text in [
        "\u{feff}{}",
        "\0",
        "\r\r\r",
        "\u{3000}",
        "[]",
        "null",
        "\"\"",
        "{",
        "{\"pages\": 3}",
        "😀",
    ] {
        report(&files(&[
            ("app.json", text),
            ("app.js", text),
            ("project.config.json", text),
            ("miniguard.json", text),
        ]));
        report(&program(text, text, text));
    }
}

#[test]
fn circles_end() {
    let mut texts = vec![
        (
            "app.json".to_owned(),
            r#"{"pages": ["pages/a/a"], "usingComponents": {"c": "/c/c"}}"#.to_owned(),
        ),
        ("app.js".to_owned(), "const a = require('./a'); wx.request({url: a.x})".to_owned()),
        ("a.js".to_owned(), "const b = require('./b'); exports.x = b.x; wx.y".to_owned()),
        ("b.js".to_owned(), "const a = require('./a'); exports.x = a.x; wx.y".to_owned()),
        (
            "c/c.json".to_owned(),
            r#"{"component": true, "usingComponents": {"c": "/c/c", "d": "../d/d"}}"#.to_owned(),
        ),
        (
            "d/d.json".to_owned(),
            r#"{"component": true, "usingComponents": {"c": "../c/c"}}"#.to_owned(),
        ),
        (
            "pages/a/a.js".to_owned(),
            "let x = y; let y = x; x += y; wx.request({url: x + y})".to_owned(),
        ),
    ];
    // Texts that double at every step: 2^64 of them.
    let mut doubling = String::from("var a0 = c ? 'x' : 'y';");
    for step in 1..64 {
        let _ = write!(doubling, "var a{step} = a{} + a{};", step - 1, step - 1);
    }
    doubling.push_str("wx.request({url: a63})");
    texts.push(("pages/b.js".to_owned(), doubling));
    texts.push((
        "pages/c.js".to_owned(),
        "wx.request({url: __proto__.constructor.x['constructor']})".to_owned(),
    ));
    let files: Files =
        texts.into_iter().map(|(path, text)| (FilePath::new(&path).unwrap(), text)).collect();
    report(&files);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "(wx|\\.|\\(|\\)|\\{|\\}|'|\"|`|\\$|<|>|/|=|;|,|\\[|\\]|\n|a|中|const |let |function|=>|require|url|:|!|&&|\\|\\||\\{\\{|\\}\\}){0,80}") {
        for name in ["a.js", "a.ts", "a.wxml", "a.json", "a.wxs"] {
            let kind = Kind::of(&FilePath::new(name).unwrap()).unwrap();
            Facts::read(kind, &text);
        }
        report(&program(&text, &text, &text));
    }
}

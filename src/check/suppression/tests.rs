//! Examples of suppressions: files and findings in, what is shown out.

use std::sync::Arc;

use super::{apply, ignore_line_fix};
use crate::check::fixes;
use crate::finding::{Applicability, Finding, Fix, Language, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::project::{File, Files, ReadError};
use crate::settings::Settings;
use crate::syntax::Kind;
use crate::text::Span;

const RULES: [&str; 4] = ["rule-a", "rule-b", "unregistered-domain", "unused-suppression"];

fn path(text: &str) -> FilePath {
    FilePath::new(text).unwrap()
}

fn file(name: &str, source: &str) -> File {
    let path = path(name);
    let kind = Kind::of(&path).unwrap();
    File::new(path, kind, Arc::from(source), None)
}

fn files(texts: &[(&str, &str)]) -> Files {
    let mut files = Files::new();
    for (name, source) in texts {
        files.insert(Arc::new(file(name, source)));
    }
    files
}

fn finding(rule: &'static str, file: &FilePath, span: Span) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        place: Place::new(file, span),
        message: Phrase::default(),
        why: Phrase::default(),
        help: Phrase::default(),
        subject: "subject".to_owned(),
        labels: Vec::new(),
        fixes: Vec::new(),
        tag: None,
    }
}

/// A `rule-a` on every `A!`, a `rule-b` on every `B!`, and a `rule-a` about each file that holds
/// `WHOLE`.
fn findings(files: &Files) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files.iter() {
        for (rule, mark) in [("rule-a", "A!"), ("rule-b", "B!")] {
            for (at, _) in file.source.match_indices(mark) {
                found.push(finding(rule, &file.path, Span::new(at, at + 2)));
            }
        }
        if file.source.contains("WHOLE") {
            found.push(finding("rule-a", &file.path, Span::at(0)));
        }
    }
    found.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
    found
}

/// What is shown of `files`, whose settings are its `miniguard.json`.
fn shown(files: &Files) -> Vec<Finding> {
    let settings = path("miniguard.json");
    let ignores =
        files.manifest(&settings).map(|facts| Settings::read(&settings, facts, &RULES).0.ignore);
    apply(findings(files), files, &ignores.unwrap_or_default(), &RULES, |rule| rule == "rule-off")
}

/// What is shown, each as `line rule`.
fn lines(name: &str, source: &str) -> Vec<String> {
    let found = shown(&files(&[(name, source)]));
    found
        .iter()
        .map(|it| {
            format!("{} {}", source[..it.place.span.start()].matches('\n').count() + 1, it.rule)
        })
        .collect()
}

fn check(name: &str, source: &str, expected: &[&str]) {
    assert_eq!(lines(name, source), expected, "{source}");
}

/// The one file after the safe fixes (or all of them) of what is shown.
fn mended(name: &str, source: &str, allowed: Applicability) -> String {
    let files = files(&[(name, source)]);
    let found = shown(&files);
    let chosen = fixes::select(&found, allowed);
    fixes::apply(&chosen, &files).remove(&path(name)).unwrap_or_else(|| source.to_owned())
}

#[test]
fn the_next_line_is_hidden_and_no_other() {
    check("a.js", "// miniguard-ignore-next-line rule-a -- mock\nA!\nA!", &["3 rule-a"]);
    check("a.js", "/* miniguard-ignore-next-line rule-a -- mock */\nA! B!", &["2 rule-b"]);
    check("a.js", "f() // miniguard-ignore-next-line rule-a -- mock\nA!", &[]);
    check("a.js", "// miniguard-ignore-next-line rule-a, rule-b -- mock\r\nA! B!\r\n", &[]);
    check("a.wxs", "// miniguard-ignore-next-line rule-a -- mock\nA!", &[]);
}

#[test]
fn blank_lines_and_comments_are_passed_over() {
    let source = "// miniguard-ignore-next-line rule-a -- mock\n\n  // why\n/* A\n   long one */\n// miniguard-ignore-next-line rule-b -- mock\nA! B!";
    check("a.js", source, &[]);
    check(
        "a.wxml",
        "<!-- miniguard-ignore-next-line rule-a -- mock -->\n\n<!-- why\n -->\n  <a x='A!'/>",
        &[],
    );
    check("a.js", "// miniguard-ignore-next-line rule-a -- x\r// why\rA!\rf()\rA!", &["1 rule-a"]);
}

#[test]
fn a_start_tag_of_several_lines_counts_as_a_whole() {
    let source =
        "<!-- miniguard-ignore-next-line rule-a -- mock -->\n<a\n  x='A!'\n  y='A!'>\n  A!\n</a>";
    check("a.wxml", source, &["5 rule-a"]);
}

#[test]
fn a_line_hides_itself() {
    check("a.js", "A! // miniguard-ignore-line rule-a -- mock\nA!", &["2 rule-a"]);
    check("a.wxml", "<a x='A!'/> <!-- miniguard-ignore-line rule-a -- mock -->", &[]);
}

#[test]
fn a_file_is_hidden_from_its_top_only() {
    let top = "\u{feff}// licence\n/* miniguard-ignore-file rule-a -- generated */\nA!\nB!\nA!";
    check("a.js", top, &["4 rule-b"]);
    check(
        "a.js",
        "f()\n// miniguard-ignore-file rule-a -- generated\nA!",
        &["3 rule-a", "2 unused-suppression"],
    );
    check("a.js", "// miniguard-ignore-file rule-a -- generated\nWHOLE", &[]);
}

#[test]
fn manifests_take_comments() {
    check("a.json", "{\n  // miniguard-ignore-next-line rule-a -- mock\n  \"A!\": 1\n}", &[]);
}

#[test]
fn what_hides_nothing_is_said() {
    check("a.js", "// miniguard-ignore-next-line rule-a -- mock\nf()", &["1 unused-suppression"]);
    check(
        "a.js",
        "A! // miniguard-ignore-next-line rule-a -- at the end",
        &["1 rule-a", "1 unused-suppression"],
    );
    check(
        "a.js",
        "// miniguard-ignore-next-line -- mock\nA!",
        &["2 rule-a", "1 unused-suppression"],
    );
    check("a.js", "// miniguard-ignore rule-a -- mock\nA!", &["2 rule-a", "1 unused-suppression"]);
    check(
        "a.js",
        "// miniguard-ignore-next-line rule-a, rule-b -- mock\nA!",
        &["1 unused-suppression"],
    );
    check("a.js", "// miniguard-ignore-next-line rule-off -- not checked\nf()", &[]);
    check("a.js", "// miniguard finds A! here", &["1 rule-a"]);
}

#[test]
fn an_unknown_rule_is_named_with_the_likely_one() {
    let source = "// miniguard-ignore-next-line unregisterd-domain -- mock\nf()";
    let found = shown(&files(&[("a.js", source)]));
    assert_eq!(
        found[0].message.en,
        "There is no rule `unregisterd-domain`, so this suppression of it hides nothing."
    );
    assert_eq!(found[0].help.en, "Did you mean `unregistered-domain`?");
    assert_eq!(
        mended("a.js", source, Applicability::Safe),
        source,
        "what was meant is not thrown away unseen"
    );
    assert_eq!(
        mended("a.js", source, Applicability::Unsafe),
        "// miniguard-ignore-next-line unregistered-domain -- mock\nf()"
    );
    assert_eq!(
        mended("a.js", "// miniguard-ignore-line xyz -- mock\nf()", Applicability::Safe),
        "f()"
    );
}

#[test]
fn a_misspelt_suppression_is_named_with_the_likely_one() {
    let source = "A! // miniguard-ignore-lin rule-a -- mock";
    assert_eq!(mended("a.js", source, Applicability::Safe), source);
    assert_eq!(
        mended("a.js", source, Applicability::Unsafe),
        "A! // miniguard-ignore-line rule-a -- mock"
    );
}

#[test]
fn a_reason_is_asked_for() {
    for (comment, expected) in [
        ("// miniguard-ignore-line rule-a", &["1 suppression-without-reason"][..]),
        ("// miniguard-ignore-line rule-a --", &["1 suppression-without-reason"]),
        ("// miniguard-ignore-line rule-a -- reason", &["1 suppression-without-reason"]),
        ("// miniguard-ignore-line rule-a -- 原因", &["1 suppression-without-reason"]),
        ("// miniguard-ignore-line rule-a 本地调试", &["1 suppression-without-reason"]),
        ("// miniguard-ignore-line rule-a —— 本地调试", &[]),
        ("// miniguard-ignore-line rule-a：本地调试", &[]),
        // One thing at a time: it hides nothing, so its reason is of no interest.
        ("// miniguard-ignore-line rule-b", &["1 rule-a", "1 unused-suppression"]),
    ] {
        check("a.js", &format!("A! {comment}"), expected);
    }
}

#[test]
fn an_unused_comment_is_removed_without_a_trace() {
    for (name, source, expected) in [
        ("a.js", "f()\n  // miniguard-ignore-line rule-a -- x\ng()", "f()\ng()"),
        ("a.js", "f()\r\n/* miniguard-ignore-line\n rule-a -- x */\r\ng()", "f()\r\ng()"),
        ("a.js", "f() // miniguard-ignore-line rule-a -- x\ng()", "f()\ng()"),
        ("a.js", "f(/* miniguard-ignore-line rule-a -- x */ 1)", "f(1)"),
        ("a.js", "\u{feff}// miniguard-ignore-line rule-a -- x\nf()", "\u{feff}f()"),
        ("a.js", "f()\n// miniguard-ignore-line rule-a -- x", "f()\n"),
        (
            "a.wxml",
            "<a>\n  <!-- miniguard-ignore-line rule-a -- x -->\n  b\n</a>",
            "<a>\n  b\n</a>",
        ),
        (
            "a.wxml",
            "<text>\n<!-- miniguard-ignore-line rule-a -- x -->\nb</text>",
            "<text>\n\nb</text>",
        ),
        ("a.json", "{\n  // miniguard-ignore-line rule-a -- x\n  \"b\": 1\n}", "{\n  \"b\": 1\n}"),
    ] {
        assert_eq!(mended(name, source, Applicability::Safe), expected, "{source}");
    }
}

#[test]
fn an_unused_rule_is_taken_out_of_its_list() {
    for (before, after) in [
        ("rule-b, rule-a -- x", "rule-a -- x"),
        ("rule-a, rule-b -- x", "rule-a -- x"),
        ("rule-a,rule-b,unregistered-domain -- x", "rule-a,unregistered-domain -- x"),
    ] {
        let source = |list| format!("A! // miniguard-ignore-line {list}");
        assert_eq!(mended("a.js", &source(before), Applicability::Safe), source(after));
    }
    let mut source =
        "A! // miniguard-ignore-line rule-b, unregistered-domain, rule-a -- x".to_owned();
    for _ in 0..2 {
        source = mended("a.js", &source, Applicability::Safe);
    }
    assert_eq!(source, "A! // miniguard-ignore-line rule-a -- x");
}

#[test]
fn settings_hide_by_rule_file_and_subject() {
    let with = |entry: &str| {
        let settings = format!("{{ \"ignore\": [{entry}] }}");
        let files = files(&[
            ("miniguard.json", settings.as_str()),
            ("app.json", "{\"A!\": 1}"),
            ("b/app.json", "{\"A!\": 1}"),
        ]);
        shown(&files).iter().map(|it| format!("{} {}", it.place.file, it.rule)).collect::<Vec<_>>()
    };
    let (first, second) = ("app.json rule-a", "b/app.json rule-a");
    assert_eq!(with(r#"{"rule":"rule-a","file":"app.json","reason":"x"}"#), [second]);
    assert_eq!(
        with(r#"{"rule":"rule-a","file":"**/*.json","subject":"subject","reason":"x"}"#),
        [""; 0]
    );
    let unused = "miniguard.json unused-suppression";
    assert_eq!(
        with(r#"{"rule":"rule-a","file":"app.json","subject":"other","reason":"x"}"#),
        [first, second, unused]
    );
    assert_eq!(
        with(r#"{"rule":"rule-b","file":"app.json","reason":"x"}"#),
        [first, second, unused]
    );
    let reason = "miniguard.json suppression-without-reason";
    assert_eq!(with(r#"{"rule":"rule-a","file":"app.json","reason":"原因"}"#), [second, reason]);
}

#[test]
fn settings_hide_what_is_said_of_comments() {
    let settings =
        r#"{ "ignore": [{"rule":"unused-suppression","file":"a.js","reason":"generated"}] }"#;
    let files = files(&[
        ("miniguard.json", settings),
        ("a.js", "// miniguard-ignore-line rule-a -- x\nf()"),
    ]);
    assert_eq!(shown(&files), []);
}

#[test]
fn an_unused_entry_is_removed_from_the_settings() {
    let source = r#"{
  "ignore": [
    { "rule": "rule-a", "file": "zzz.js", "reason": "x" },
    { "rule": "rule-a", "file": "miniguard.json", "subject": "subject", "reason": "A!" }
  ]
}"#;
    let expected = r#"{
  "ignore": [
    { "rule": "rule-a", "file": "miniguard.json", "subject": "subject", "reason": "A!" }
  ]
}"#;
    assert_eq!(mended("miniguard.json", source, Applicability::Safe), expected);
}

#[test]
fn a_file_in_another_encoding_still_hides() {
    let mut files = Files::new();
    let source = "// miniguard-ignore-line rule-a -- \u{fffd}\nf()";
    files.insert(Arc::new(File::new(
        path("a.json"),
        Kind::Manifest,
        Arc::from(source),
        Some(ReadError::NotUtf8),
    )));
    assert_eq!(shown(&files).len(), 1);
    let found = shown(&files);
    assert!(
        fixes::apply(&fixes::select(&found, Applicability::Safe), &files).is_empty(),
        "but is never edited"
    );
}

/// The files after "ignore this line" on the first finding of `file`.
fn ignored_in(files: &Files, name: &str, language: Language) -> Option<(Fix, Files)> {
    let finding =
        findings(files).into_iter().find(|finding| finding.place.file == path(name)).unwrap();
    let fix = ignore_line_fix(&finding, files, language)?;
    let mut after = files.clone();
    for (path, text) in fixes::apply(&[&fix], files) {
        after.insert(Arc::new(file(path.as_str(), &text)));
    }
    let left = findings(&after);
    assert!(
        shown(&after).iter().all(|it| it.rule == "suppression-without-reason"),
        "{left:?} {fix:?}"
    );
    Some((fix, after))
}

fn ignored(name: &str, source: &str, expected: &str) {
    let (fix, after) = ignored_in(&files(&[(name, source)]), name, Language::English).unwrap();
    assert_eq!(&*after.get(&path(name)).unwrap().source, expected);
    assert_eq!(fix.applicability, Applicability::Unsafe);
}

#[test]
fn ignoring_a_line_writes_a_comment_above_it() {
    ignored(
        "a.js",
        "f()\r\n\t if (x) A!\r\n",
        "f()\r\n\t // miniguard-ignore-next-line rule-a -- reason\r\n\t if (x) A!\r\n",
    );
    ignored("a.ts", "A!", "// miniguard-ignore-next-line rule-a -- reason\nA!");
    ignored(
        "a.js",
        "\u{feff}A!\rf()",
        "\u{feff}// miniguard-ignore-next-line rule-a -- reason\rA!\rf()",
    );
    ignored("a.js", "WHOLE", "// miniguard-ignore-file rule-a -- reason\nWHOLE");
    ignored("a.js", "`${\n  A!}`", "`${\n  // miniguard-ignore-next-line rule-a -- reason\n  A!}`");
}

#[test]
fn in_a_template_the_comment_stands_above_the_element() {
    ignored(
        "a.wxml",
        "<a>\n  <b\n    x='A!'\n  />\n</a>",
        "<a>\n  <!-- miniguard-ignore-next-line rule-a -- reason -->\n  <b\n    x='A!'\n  />\n</a>",
    );
    ignored(
        "a.wxml",
        "<a>{{ x }}\n  A!</a>",
        "<a>{{ x }}\n  <!-- miniguard-ignore-next-line rule-a -- reason -->\n  A!</a>",
    );
}

#[test]
fn where_a_comment_would_be_content_the_settings_get_an_entry() {
    for (name, source) in [
        ("a.js", "`\nA!`"),
        ("a.js", "/*\nA! */"),
        ("a.wxml", "<text>\nA!</text>"),
        ("a.wxml", "<wxs>\nA!</wxs>"),
        ("a.wxml", "<a\n x='1'><b x='A!'/></a>"),
        ("a.wxml", "<a>{{ x +\n A! }}</a>"),
        ("a.wxml", "<a>x</a\n>A!"),
        ("a.wxml", "<!--\n-- A! -->"),
        ("a.json", "{\n\"A!\": 1 }"),
    ] {
        let (fix, after) = ignored_in(&files(&[(name, source)]), name, Language::Chinese).unwrap();
        assert_eq!(&*after.get(&path(name)).unwrap().source, source, "{fix:?}");
        let settings = format!(
            "{{\n  \"ignore\": [\n    {{\n      \"rule\": \"rule-a\",\n      \"file\": \"{name}\",\n      \
             \"subject\": \"subject\",\n      \"reason\": \"原因\"\n    }}\n  ]\n}}\n"
        );
        assert_eq!(&*after.get(&path("miniguard.json")).unwrap().source, settings);
    }
}

#[test]
fn an_entry_joins_the_settings_that_are_there() {
    let source = "{\n  // ours\n  \"language\": \"zh\"\n}\n";
    let files = files(&[("miniguard.json", source), ("pages/[a]/a.json", "{\"A!\": 1}")]);
    let (fix, after) = ignored_in(&files, "pages/[a]/a.json", Language::English).unwrap();
    assert_eq!(fix.title.en, "Ignore `rule-a` for this file in miniguard.json");
    let settings = after.get(&path("miniguard.json")).unwrap();
    assert!(
        settings.source.starts_with("{\n  // ours\n  \"language\": \"zh\",\n  \"ignore\": ["),
        "{}",
        settings.source
    );
    assert!(settings.source.contains("pages/[[]a[]]/a.json"), "{}", settings.source);
}

#[test]
fn a_finding_of_the_settings_file_cannot_be_ignored() {
    let files = files(&[("miniguard.json", "{\"A!\": 1}")]);
    assert!(ignored_in(&files, "miniguard.json", Language::English).is_none());
}

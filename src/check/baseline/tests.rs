//! Examples of what is known and what is new after an edit.

use super::{Baseline, fingerprint, fingerprints};
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(name, text)| (FilePath::new(name).unwrap(), (*text).to_owned())).collect()
}

fn finding(file: &FilePath, span: Span, subject: &str) -> Finding {
    Finding {
        rule: "regulated-interface",
        severity: Severity::Error,
        place: Place::new(file, span),
        message: Phrase::default(),
        why: Phrase::default(),
        help: Phrase::default(),
        subject: subject.to_owned(),
        labels: Vec::new(),
        fixes: Vec::new(),
        tag: None,
    }
}

/// A finding on every `wx.x` of the files, and one about each file that holds `whole`.
fn findings(files: &Files) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in files.iter() {
        if file.source.contains("whole") {
            found.push(finding(&file.path, Span::at(0), ""));
        }
        for (at, _) in file.source.match_indices("wx.") {
            let end = file.source[at + 3..]
                .find(|c: char| !c.is_alphanumeric())
                .map_or(file.source.len(), |n| at + 3 + n);
            found.push(finding(&file.path, Span::new(at, end), &file.source[at..end]));
        }
    }
    found
}

/// The subjects of what is new in `after` when `before` is the baseline.
fn new(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let (before, after) = (files(before), files(after));
    let baseline = Baseline::of(&findings(&before), &before);
    let (new, _) = baseline.split(findings(&after), &after);
    new.iter().map(|finding| format!("{}:{}", finding.place.file, finding.subject)).collect()
}

#[test]
fn what_moved_is_known() {
    let moved = new(&[("a.js", "wx.a()\nwx.b()")], &[("a.js", "// first\r\n\twx.b()\r  wx.a()")]);
    assert_eq!(moved, [""; 0]);
}

#[test]
fn a_new_finding_on_an_old_line_shows() {
    assert_eq!(new(&[("a.js", "wx.a()")], &[("a.js", "wx.b()")]), ["a.js:wx.b"]);
    assert_eq!(
        new(&[("a.js", "f(wx.a, 1)")], &[("a.js", "f(wx.a, 2)")]),
        ["a.js:wx.a"],
        "the line says another thing"
    );
}

#[test]
fn white_space_is_folded() {
    assert_eq!(new(&[("a.js", "f(wx.a,  1) ")], &[("a.js", "\tf(wx.a,\u{a0}1)")]), [""; 0]);
}

#[test]
fn counts_matter() {
    assert_eq!(new(&[("a.js", "wx.a\nwx.a")], &[("a.js", "wx.a\nwx.a\nwx.a")]), ["a.js:wx.a"]);
    let files = files(&[("a.js", "wx.a\nwx.a")]);
    let all = findings(&files);
    let (new, known) = Baseline::of(&all[..1], &files).split(all, &files);
    assert_eq!(
        (known[0].place.span.start(), new[0].place.span.start()),
        (0, 5),
        "the first is the known one"
    );
}

#[test]
fn a_renamed_file_is_known() {
    assert_eq!(new(&[("a.js", "wx.a()")], &[("b.js", "wx.a()")]), [""; 0]);
    assert_eq!(
        new(&[("a.js", "wx.a()")], &[("b.js", "wx.a()"), ("c.js", "wx.a()")]),
        ["c.js:wx.a"]
    );
    assert_eq!(
        new(&[("a.js", "wx.a()")], &[("a.js", "wx.a()"), ("b.js", "wx.a()")]),
        ["b.js:wx.a"],
        "a copy is new"
    );
}

#[test]
fn a_finding_about_a_file_moves_only_with_the_file() {
    assert_eq!(new(&[("a.js", "whole")], &[("a.js", "changed but whole")]), [""; 0]);
    assert_eq!(new(&[("a.js", "whole")], &[("b.js", "whole")]), [""; 0]);
    assert_eq!(
        new(&[("a.js", "whole"), ("b.js", "")], &[("a.js", "mended"), ("b.js", "whole")]),
        ["b.js:"]
    );
}

#[test]
fn the_file_reads_well_and_reads_back() {
    let files = files(&[("b.js", "wx.\"中\"\nwx.a; wx.a"), ("a.js", "whole")]);
    let baseline = Baseline::of(&findings(&files), &files);
    let text = baseline.write();
    assert_eq!(
        text,
        r#"{
  "schema": "miniguard/baseline/1",
  "findings": [
    {"file":"a.js","rule":"regulated-interface","subject":"","hash":"","count":1},
    {"file":"b.js","rule":"regulated-interface","subject":"wx.","hash":"4981b67523bbdfae","count":1},
    {"file":"b.js","rule":"regulated-interface","subject":"wx.a","hash":"685c119939208cab","count":2}
  ]
}
"#
    );
    assert_eq!(Baseline::read(&text), Ok(baseline));
    assert_eq!(
        Baseline::read(&format!("\u{feff}{}", Baseline::default().write())),
        Ok(Baseline::default())
    );
}

#[test]
fn what_is_no_baseline_says_so() {
    let entry = r#"{"file":"../a.js","rule":"r","subject":"","hash":"","count":1}"#;
    for (text, message) in [
        ("", "not a baseline file"),
        ("[]", "not a baseline file"),
        ("<<<<<<< HEAD\n{}", "line 1"),
        (r#"{"schema":"miniguard/baseline/2","findings":[]}"#, "`miniguard/baseline/2`"),
        (r#"{"schema":"miniguard/baseline/1","findings":[{"rule":1}]}"#, "not a baseline file"),
        (
            &format!(r#"{{"schema":"miniguard/baseline/1","findings":[{entry}]}}"#),
            "outside the workspace",
        ),
    ] {
        let error = Baseline::read(text).unwrap_err();
        assert!(error.en.contains(message), "{text}: {error:?}");
        assert!(!error.zh.is_empty());
    }
}

#[test]
fn pruning_forgets_what_is_mended_and_adds_nothing() {
    let before = files(&[("a.js", "wx.a\nwx.b\nwx.b"), ("c.js", "wx.c")]);
    let after = files(&[("a.js", "wx.b\nwx.d"), ("e.js", "wx.c")]);
    let pruned = Baseline::of(&findings(&before), &before).prune(findings(&after), &after);
    let expected: Vec<Finding> =
        findings(&after).into_iter().filter(|finding| finding.subject != "wx.d").collect();
    assert_eq!(pruned, Baseline::of(&expected, &after));
    assert_eq!((pruned.len(), pruned.is_empty()), (2, false));
}

#[test]
fn a_fingerprint_outlives_a_move_and_tells_findings_apart() {
    let before = files(&[("a.js", "wx.a\nwx.b")]);
    let after = files(&[("a.js", "\n  wx.b\n\n  wx.a")]);
    let print = |files: &Files, index: usize| {
        let finding = &findings(files)[index];
        fingerprint(finding, finding.place.file.as_str(), files)
    };
    assert_eq!(print(&before, 0), print(&after, 1));
    assert_ne!(print(&before, 0), print(&before, 1));
    assert_eq!(print(&before, 0).len(), 32);
}

#[test]
fn equal_findings_have_fingerprints_of_their_own() {
    let files = files(&[("a.js", "wx.a\nwx.a")]);
    let all = findings(&files);
    let prints = fingerprints(&all, &files);
    assert_eq!(prints[0], fingerprint(&all[0], all[0].place.file.as_str(), &files));
    assert_ne!(prints[0], prints[1]);
}

#[test]
fn a_place_that_does_not_fit_is_no_panic() {
    let files = files(&[("a.js", "中\n")]);
    for span in [Span::new(1, 2), Span::new(3, 4), Span::new(4, 99), Span::at(90)] {
        let finding = finding(&FilePath::new("a.js").unwrap(), span, "");
        assert_eq!(Baseline::of([&finding], &files).len(), 1);
    }
}

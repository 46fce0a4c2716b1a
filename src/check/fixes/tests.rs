//! Examples of fixes that go together and fixes that do not.

use std::sync::Arc;

use proptest::prelude::*;

use super::{apply, select};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::project::{File, Files, ReadError};
use crate::syntax::Kind;
use crate::text::Span;

fn path(text: &str) -> FilePath {
    FilePath::new(text).unwrap()
}

fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(name, text)| (path(name), (*text).to_owned())).collect()
}

fn replace(file: &str, start: usize, end: usize, text: &str) -> Edit {
    Edit::Replace { place: Place::new(&path(file), Span::new(start, end)), text: text.to_owned() }
}

fn create(file: &str, text: &str) -> Edit {
    Edit::Create { file: path(file), text: text.to_owned() }
}

fn fix(edits: Vec<Edit>) -> Fix {
    Fix { title: Phrase::default(), applicability: Applicability::Safe, edits }
}

fn finding(fixes: Vec<Fix>) -> Finding {
    Finding {
        rule: "rule",
        severity: Severity::Error,
        place: Place::start_of(&path("a.js")),
        message: Phrase::default(),
        why: Phrase::default(),
        help: Phrase::default(),
        subject: String::new(),
        labels: Vec::new(),
        fixes,
        tag: None,
    }
}

/// The text of the one file `source` after the safe fixes of findings that each make one of
/// `edits`.
fn mended(file: &str, source: &str, edits: Vec<Edit>) -> String {
    let findings: Vec<Finding> =
        edits.into_iter().map(|edit| finding(vec![fix(vec![edit])])).collect();
    let chosen = select(&findings, Applicability::Safe);
    apply(&chosen, &files(&[(file, source)]))
        .remove(&path(file))
        .unwrap_or_else(|| source.to_owned())
}

#[test]
fn takes_the_first_fix_that_is_allowed() {
    let mut risky = fix(vec![replace("a.js", 0, 1, "risky")]);
    risky.applicability = Applicability::Unsafe;
    let findings = [
        finding(vec![risky.clone(), fix(vec![replace("a.js", 0, 1, "safe")])]),
        finding(vec![risky]),
    ];
    let texts = |allowed| apply(&select(&findings, allowed), &files(&[("a.js", "x")]));
    assert_eq!(texts(Applicability::Safe)[&path("a.js")], "safe");
    assert_eq!(texts(Applicability::Unsafe)[&path("a.js")], "risky");
}

#[test]
fn the_same_change_twice_is_made_once() {
    let append = || replace("app.json", 4, 4, r#", "b""#);
    assert_eq!(mended("app.json", r#"["a"]"#, vec![append(), append()]), r#"["a", "b"]"#);
}

#[test]
fn different_elements_are_appended_together() {
    let edits = vec![replace("app.json", 4, 4, r#", "b""#), replace("app.json", 4, 4, ",\n\"c\"")];
    assert_eq!(mended("app.json", r#"["a"]"#, edits), "[\"a\", \"b\",\n\"c\"]");
}

#[test]
fn one_key_is_not_added_twice() {
    let edits = vec![
        replace("app.json", 6, 6, r#", "k": ["x"]"#),
        replace("app.json", 6, 6, r#", "k": ["y"]"#),
        replace("app.json", 6, 6, r#", "l": 1"#),
    ];
    assert_eq!(mended("app.json", r#"{"a":1}"#, edits), r#"{"a":1, "k": ["x"], "l": 1}"#);
}

#[test]
fn insertions_into_an_empty_list_wait_for_the_next_round() {
    let edits = vec![replace("app.json", 1, 1, r#""a""#), replace("app.json", 1, 1, r#""b""#)];
    assert_eq!(mended("app.json", "[]", edits), r#"["a"]"#);
}

#[test]
fn an_overlapping_or_touching_fix_waits() {
    let edits =
        vec![replace("a.js", 2, 4, "-"), replace("a.js", 3, 5, "+"), replace("a.js", 4, 6, "*")];
    assert_eq!(mended("a.js", "abcdefgh", edits), "ab-efgh");
    let edits =
        vec![replace("a.js", 2, 4, "-"), replace("a.js", 3, 3, "+"), replace("a.js", 5, 6, "*")];
    assert_eq!(mended("a.js", "abcdefgh", edits), "ab-e*gh");
}

#[test]
fn a_fix_of_which_one_edit_cannot_be_made_is_left_out_whole() {
    let files = files(&[("a.js", "中b"), ("b.js", "b")]);
    for impossible in [
        replace("a.js", 1, 3, ""),
        replace("a.js", 3, 9, ""),
        replace("gone.js", 0, 0, "x"),
        create("a.js", "x"),
        replace("b.js", 0, 1, "again"),
    ] {
        let fix = fix(vec![replace("b.js", 0, 1, "c"), impossible]);
        assert!(apply(&[&fix], &files).is_empty(), "{fix:?}");
    }
}

#[test]
fn a_file_is_made_once() {
    let [first, second] = [fix(vec![create("new.json", "1")]), fix(vec![create("new.json", "2")])];
    let findings = [finding(vec![first.clone()]), finding(vec![second.clone()])];
    assert_eq!(select(&findings, Applicability::Safe), [&first]);
    let texts = apply(&[&first, &second], &files(&[]));
    assert_eq!(texts.into_iter().collect::<Vec<_>>(), [(path("new.json"), "1".to_owned())]);
}

#[test]
fn a_file_in_trouble_is_not_edited() {
    let mut files = Files::new();
    let file = path("a.js");
    files.insert(Arc::new(File::new(
        file.clone(),
        Kind::of(&file).unwrap(),
        Arc::from("\u{fffd}"),
        Some(ReadError::NotUtf8),
    )));
    assert!(apply(&[&fix(vec![replace("a.js", 0, 0, "x")])], &files).is_empty());
}

#[test]
fn insertions_at_one_offset_keep_their_order() {
    let fixes = [
        fix(vec![replace("a.js", 1, 2, "-"), replace("a.js", 1, 1, "1")]),
        fix(vec![replace("a.js", 1, 1, "2")]),
    ];
    let texts = apply(&fixes.iter().collect::<Vec<_>>(), &files(&[("a.js", "abc")]));
    assert_eq!(texts[&path("a.js")], "a12-c");
}

proptest! {
    #[test]
    fn any_edits_are_made_or_left_out(
        source in "[a中😀\r\n]{0,12}",
        edits in prop::collection::vec((0usize..40, 0usize..40, "[x中]{0,2}", any::<bool>()), 0..8),
    ) {
        let files = files(&[("a.js", &source)]);
        let fixes: Vec<Fix> = edits
            .chunks(2)
            .map(|edits| {
                let edit = |(start, end, text, make): &(usize, usize, String, bool)| {
                    if *make { create("b.js", text) } else { replace("a.js", *start, *end, text) }
                };
                fix(edits.iter().map(edit).collect())
            })
            .collect();
        let findings: Vec<Finding> = fixes.iter().map(|fix| finding(vec![fix.clone()])).collect();
        apply(&fixes.iter().collect::<Vec<_>>(), &files);
        apply(&select(&findings, Applicability::Unsafe), &files);
    }

    #[test]
    fn disjoint_edits_are_as_if_made_one_by_one(
        pieces in prop::collection::vec(("[a中]{0,3}", "[b😀]{1,3}", "[c\n]{0,3}"), 0..8),
    ) {
        let mut source = String::new();
        let mut edits = Vec::new();
        for (kept, old, new) in &pieces {
            source.push_str(kept);
            edits.push((source.len(), source.len() + old.len(), new));
            source.push_str(old);
        }
        let mut expected = source.clone();
        for (start, end, new) in edits.iter().rev() {
            expected.replace_range(*start..*end, new);
        }
        // Shuffled, so that the result cannot come from the order given.
        let fixes: Vec<Fix> =
            edits.iter().rev().map(|(start, end, new)| fix(vec![replace("a.js", *start, *end, new)])).collect();
        let texts = apply(&fixes.iter().collect::<Vec<_>>(), &files(&[("a.js", &source)]));
        prop_assert_eq!(texts.get(&path("a.js")).unwrap_or(&source), &expected);
    }
}

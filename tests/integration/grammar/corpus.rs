//! The corpus: a title, a template, its tree. Attributes of a title (`:error`, `:skip` …) are not
//! used in this corpus, and one that appears is a failure, so that no case is passed over in
//! silence.

use std::fs;

use super::{folder, parse};
use crate::support::files_below;

struct Case {
    title: String,
    source: String,
    tree: String,
}

/// The cases of a corpus file. A title stands between two lines of `=`; a line of `-` parts the
/// template from its tree.
fn cases(text: &str) -> Vec<Case> {
    let ruler = |line: &str, of: char| line.len() == 80 && line.chars().all(|c| c == of);
    let lines: Vec<&str> = text.split('\n').collect();
    let rulers: Vec<usize> = (0..lines.len()).filter(|&i| ruler(lines[i], '=')).collect();
    assert!(rulers.len().is_multiple_of(2), "a title is not closed");
    let ends = rulers.iter().copied().skip(2).step_by(2).chain([lines.len()]);
    rulers
        .chunks(2)
        .zip(ends)
        .map(|(title, end)| {
            let body = &lines[title[1] + 1..end];
            let title = lines[title[0] + 1..title[1]].join(" ");
            let parting = body.iter().rposition(|line| ruler(line, '-')).expect(&title);
            // Blank lines around a template belong to it, as in tree-sitter's own reader.
            let source = body[..parting].join("\n");
            Case { title, source, tree: one_line(&body[parting + 1..].join("\n")) }
        })
        .collect()
}

/// The templates of the corpus.
pub(super) fn templates() -> Vec<String> {
    let files = files_below(&folder().join("test/corpus"));
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.flat_map(|text| cases(&text)).map(|case| case.source).collect()
}

/// A tree with white space in one form.
fn one_line(tree: &str) -> String {
    tree.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")").replace("( ", "(")
}

#[test]
fn every_case_gives_its_tree() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for path in files_below(&folder().join("test/corpus")) {
        let text = fs::read_to_string(&path).unwrap();
        for case in cases(&text) {
            count += 1;
            assert!(!case.title.contains(" :"), "{}: attributes are not read", case.title);
            let actual = one_line(&parse(&case.source).root().unwrap().to_sexp());
            if actual != case.tree {
                let file = path.file_name().unwrap().to_string_lossy();
                wrong.push(format!(
                    "{file}, {}\n  expected {}\n  actual   {actual}",
                    case.title, case.tree
                ));
            }
        }
    }
    assert!(count > 100, "only {count} cases were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_corpus_file_is_read_as_its_cases() {
    let (head, line) = ("=".repeat(80), "-".repeat(80));
    let text = format!(
        "{head}\nFirst\n{head}\n\n<a>\n\n{line}\n\n(document\n  (x))\n\n{head}\nSecond\n{head}\nb\n{line}\n(document)\n"
    );
    let read: Vec<_> = cases(&text).into_iter().map(|c| (c.title, c.source, c.tree)).collect();
    let expected = [("First", "\n<a>\n", "(document (x))"), ("Second", "b", "(document)")];
    let expected = expected.map(|(title, source, tree)| (title.into(), source.into(), tree.into()));
    assert_eq!(read, expected);
}

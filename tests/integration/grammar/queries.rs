//! What the queries capture in a sample. A golden file holds a capture a line, `start..end name
//! "first line of the text"`, in bytes, sorted; names that begin with `_` are left out.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tree_sitter::{Query, QueryCursor, StreamingIterator};

use super::{folder, parse};
use crate::support::{expect_file, files_below};

/// The captures of `query` in `source`, in the form of the golden files. Fails if the query does
/// not compile.
fn captures(query: &Path, source: &str) -> String {
    let tree = parse(source);
    let root = tree.root().unwrap();
    let text = fs::read_to_string(query).unwrap();
    let query = Query::new(&root.language(), &text)
        .unwrap_or_else(|error| panic!("{}: {error}", query.display()));
    let mut found = BTreeSet::new();
    let mut cursor = QueryCursor::new();
    let mut matches = cursor.matches(&query, root, source.as_bytes());
    while let Some(one) = matches.next() {
        for capture in one.captures() {
            let name = query.capture_names()[capture.index as usize];
            if !name.starts_with('_') {
                found.insert((capture.node.start_byte(), capture.node.end_byte(), name));
            }
        }
    }
    found.into_iter().fold(String::new(), |mut lines, (start, end, name)| {
        let first = source[start..end].lines().next().unwrap_or_default();
        let _ = writeln!(lines, "{start}..{end} {name} {}", serde_json::json!(first));
        lines
    })
}

#[test]
fn each_query_captures_what_its_golden_file_says() {
    let sample = fs::read_to_string(folder().join("test/queries/sample.wxml")).unwrap();
    let queries = folder().join("queries");
    let golden_of = |path: &Path| {
        let name = path.strip_prefix(&queries).unwrap().with_extension("txt");
        name.to_string_lossy().replace(['/', '\\'], "-")
    };
    let mut expected = BTreeSet::from(["sample.wxml".to_owned()]);
    for query in files_below(&queries) {
        let golden = golden_of(&query);
        expect_file(&folder().join("test/queries").join(&golden), &captures(&query, &sample));
        expected.insert(golden);
    }
    let present: BTreeSet<_> = files_below(&folder().join("test/queries"))
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(present, expected, "golden files and queries do not pair");
}

#[test]
fn the_queries_of_neovim_are_those_of_the_grammar() {
    let editor = crate::support::root().join("editors/neovim/queries/wxml");
    let copies = files_below(&editor);
    assert!(copies.len() >= 4, "{copies:?}");
    for copy in copies {
        let original = folder().join("queries").join(copy.file_name().unwrap());
        assert_eq!(
            fs::read_to_string(&copy).unwrap(),
            fs::read_to_string(&original).unwrap(),
            "{} differs from {}",
            copy.display(),
            original.display()
        );
    }
}

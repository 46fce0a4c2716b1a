//! The WXML grammar against its own examples: the corpus, the verdicts of the platform's compilers,
//! the queries' captures, and damage. The same files serve `tree-sitter test`; reading them here
//! needs no tool but cargo.

mod bytes;
mod corpus;
mod damage;
mod edits;
mod queries;
mod work;

use std::fs;
use std::path::PathBuf;

use miniguard::syntax::{Kind, Node, Tree};
use serde_json::Value;

use crate::support::root;

/// The folder of the grammar.
fn folder() -> PathBuf {
    root().join("grammars/wxml")
}

fn parse(source: &str) -> Tree {
    Tree::parse(Kind::Template, source)
}

/// The node and everything below it, in the order of the text.
fn nodes(node: Node<'_>) -> Vec<Node<'_>> {
    let mut found = vec![node];
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        found.extend(nodes(child));
    }
    found
}

/// What the tree of a template says: sound, mended, or not WXML somewhere.
fn verdict(root: Node<'_>) -> &'static str {
    if root.has_error() {
        return "error";
    }
    let mended = nodes(root).into_iter().any(|node| match node.kind() {
        "missing_delimiter" | "erroneous_end_tag" => true,
        "element" | "wxs_element" => {
            let last = node.child_count().checked_sub(1).and_then(|i| node.child(i));
            last.is_none_or(|last| !matches!(last.kind(), "end_tag" | "self_closing_tag"))
        }
        _ => false,
    });
    if mended { "recovered" } else { "clean" }
}

#[test]
fn templates_get_the_verdict_of_the_cases() {
    let path = folder().join("test/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let source = case["source"].as_str().unwrap();
        let tree = parse(source);
        let verdict = verdict(tree.root().unwrap());
        if case["tree"] != verdict {
            wrong.push(format!(
                "{}: {source:?} is {verdict}, expected {}",
                case["id"], case["tree"]
            ));
        }
    }
    assert!(cases.len() > 100, "only {} cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_example_is_sound() {
    let source = fs::read_to_string(folder().join("examples/orders.wxml")).unwrap();
    assert_eq!(verdict(parse(&source).root().unwrap()), "clean");
}

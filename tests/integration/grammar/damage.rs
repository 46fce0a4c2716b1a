//! A template while a person types: any one token missing. What must survive is everything outside
//! the tag, the interpolation or the comment that the token stood in.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;

use miniguard::syntax::Node;

use super::{folder, nodes, parse};

/// A tag's name or an attribute: what a rule would look for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Part {
    kind: &'static str,
    range: Range<usize>,
    text: String,
}

fn parts(root: Node<'_>, source: &str) -> Vec<Part> {
    nodes(root)
        .into_iter()
        .filter_map(|node| {
            let kind = match node.kind() {
                // A close whose open was damaged is still a close of that name.
                "tag_name" | "erroneous_end_tag_name" => "tag",
                "attribute" => "attribute",
                "control_attribute" => "control attribute",
                "event_attribute" => "event attribute",
                _ => return None,
            };
            let range = node.byte_range();
            Some(Part { kind, text: source[range.clone()].to_owned(), range })
        })
        .collect()
}

/// The construct that suffers when `leaf` is missing.
fn damaged(leaf: Node<'_>) -> Range<usize> {
    let mut node = leaf;
    loop {
        if matches!(node.kind(), "start_tag" | "end_tag" | "self_closing_tag") {
            return node.byte_range();
        }
        match node.parent() {
            Some(parent) => node = parent,
            // Outside of all tags: the leaf's own neighbourhood is text, a comment or an
            // interpolation, without tags.
            None => return leaf.byte_range(),
        }
    }
}

#[test]
fn without_any_one_token_the_rest_is_still_found() {
    let source = fs::read_to_string(folder().join("examples/orders.wxml")).unwrap();
    let tree = parse(&source);
    let root = tree.root().unwrap();
    let whole = parts(root, &source);
    let leaves: Vec<_> = nodes(root)
        .into_iter()
        .filter(|n| n.child_count() == 0 && !n.byte_range().is_empty())
        .collect();
    assert!(leaves.len() > 500, "only {} tokens", leaves.len());

    let mut lost = Vec::new();
    for leaf in leaves {
        let (hole, damaged) = (leaf.byte_range(), damaged(leaf));
        let without = format!("{}{}", &source[..hole.start], &source[hole.end..]);
        let tree = parse(&without);
        let found: HashSet<_> = parts(tree.root().unwrap(), &without).into_iter().collect();
        for part in &whole {
            let mut moved = part.clone();
            if part.range.start >= damaged.end {
                moved.range = part.range.start - hole.len()..part.range.end - hole.len();
            } else if part.range.end > damaged.start {
                continue;
            }
            if !found.contains(&moved) {
                lost.push(format!(
                    "without {:?} at {}: {} {:?} at {}",
                    leaf.kind(),
                    hole.start,
                    part.kind,
                    part.text,
                    part.range.start
                ));
            }
        }
    }
    assert!(lost.is_empty(), "{} lost\n{}", lost.len(), lost.join("\n"));
}

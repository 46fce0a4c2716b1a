//! Edits that are undone give back the tree, as `tree-sitter fuzz` asks. Here tree-sitter reuses
//! what it will, even of damaged trees; `syntax::Tree`, which editors see, parses a damaged text
//! afresh.

use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tree_sitter::{InputEdit, Parser, Point, Tree};

use super::{corpus, folder, parse};

/// Every node with its field, bytes and flags.
fn outline(tree: &Tree) -> String {
    let mut out = String::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let (field, flags) = (cursor.field_name(), (node.is_missing(), node.has_error()));
        writeln!(out, "{field:?} {} {:?} {flags:?}", node.kind(), node.byte_range()).unwrap();
        if cursor.goto_first_child() {
            out.push('(');
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return out;
            }
            out.push(')');
        }
    }
}

struct Document {
    parser: Parser,
    text: String,
    tree: Tree,
}

impl Document {
    fn new(text: &str) -> Self {
        let mut parser = Parser::new();
        parser.set_language(&parse("").root().unwrap().language()).unwrap();
        let tree = parser.parse(text, None).unwrap();
        Self { parser, text: text.to_owned(), tree }
    }

    /// Puts `new` at the place of `length` bytes at `start`; gives what undoes it.
    fn replace(&mut self, start: usize, length: usize, new: &str) -> (usize, usize, String) {
        let end = start + length;
        let old = self.text[start..end].to_owned();
        self.text.replace_range(start..end, new);
        self.tree.edit(&InputEdit {
            start_byte: start,
            old_end_byte: end,
            new_end_byte: start + new.len(),
            start_position: Point::default(),
            old_end_position: Point::default(),
            new_end_position: Point::default(),
        });
        self.tree = self.parser.parse(&self.text, Some(&self.tree)).unwrap();
        (start, new.len(), old)
    }

    fn boundary(&self, at: usize) -> usize {
        (0..=at.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }
}

fn sources() -> Vec<String> {
    let mut sources = corpus::templates();
    sources.push(fs::read_to_string(folder().join("examples/orders.wxml")).unwrap());
    sources
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn undone_edits_give_back_the_tree(
        which in any::<Index>(),
        edits in prop::collection::vec((any::<Index>(), 0..12_usize, select(vec![
            "", "a", " ", "\n", "\"", "'", "{{", "}}", "}", "<", ">", "</", "/>", "<b>", "</view>", "<view ", "<!--", "-->",
            "/*", "\\", "=", ":", "wx:if=\"", "<wxs>", "</wxs>", "bind", "\u{3000}", "\0", "中",
        ])), 1..5),
    ) {
        let sources = sources();
        let source = &sources[which.index(sources.len())];
        let mut document = Document::new(source);
        let whole = outline(&document.tree);
        let mut undo = Vec::new();
        for (at, length, new) in &edits {
            let start = document.boundary(at.index(document.text.len() + 1));
            let end = document.boundary(start + length).max(start);
            undo.push(document.replace(start, end - start, new));
            let fresh = document.parser.parse(&document.text, None).unwrap();
            if !fresh.root_node().has_error() {
                prop_assert_eq!(outline(&document.tree), outline(&fresh), "{:?}", document.text);
            }
        }
        for (start, length, old) in undo.into_iter().rev() {
            document.replace(start, length, &old);
        }
        prop_assert_eq!(&document.text, source);
        prop_assert_eq!(outline(&document.tree), whole, "{:?}", source);
    }
}

//! A parsed file. The one thing to know: edits and reparses work in bytes only; tree-sitter's rows and columns are never used,
//! because its rows end at `\n` alone.

use tree_sitter::{InputEdit, Node, Parser, Point};

use super::Kind;
use super::grammar;
use crate::text::{Change, Text};

/// The concrete syntax of a text.
#[derive(Clone, Debug)]
pub struct Tree {
    kind: Kind,
    tree: Option<tree_sitter::Tree>,
}

impl Tree {
    /// Parses `source`. O(n); never fails: what is not syntax becomes error nodes.
    pub fn parse(kind: Kind, source: &str) -> Self {
        Self { kind, tree: parser(kind).parse(source, None) }
    }

    /// Parses `text`, chunk by chunk.
    pub fn parse_text(kind: Kind, text: &Text) -> Self {
        let mut tree = Self { kind, tree: None };
        tree.reparse(text);
        tree
    }

    /// Notes an edit of the text; to be followed by [`Tree::reparse`] once all edits are noted.
    pub fn edit(&mut self, change: Change) {
        if let Some(tree) = &mut self.tree {
            tree.edit(&InputEdit {
                start_byte: change.start,
                old_end_byte: change.old_end,
                new_end_byte: change.new_end,
                start_position: Point::default(),
                old_end_position: Point::default(),
                new_end_position: Point::default(),
            });
        }
    }

    /// Brings the tree up to date with `text`, reusing what the noted edits left whole.
    ///
    /// The tree is that of a fresh parse, always. Where an error stands, and how far it reaches, depends on what was
    /// reused; so a text with errors is parsed afresh: O(n), against O(edit) for a sound one.
    pub fn reparse(&mut self, text: &Text) {
        let mut parser = parser(self.kind);
        let read = &mut |byte, _| text.chunk_from(byte);
        let mut tree = parser.parse_with_options(read, self.tree.as_ref(), None);
        if self.tree.is_some() && tree.as_ref().is_some_and(|tree| tree.root_node().has_error()) {
            tree = parser.parse_with_options(read, None, None);
        }
        self.tree = tree;
    }

    /// The kind of file that this is a tree of.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The root node; `None` only when the parser gave up.
    pub fn root(&self) -> Option<Node<'_>> {
        self.tree.as_ref().map(tree_sitter::Tree::root_node)
    }
}

/// A parser for `kind`. Making one costs a third of a microsecond, so none is kept.
fn parser(kind: Kind) -> Parser {
    let mut parser = Parser::new();
    // An ABI mismatch is a build mistake that every test shows; the parser then yields no tree.
    let _ = parser.set_language(&grammar::language(kind));
    parser
}

#[cfg(test)]
mod tests;

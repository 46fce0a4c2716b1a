//! A parsed file. Edits and reparses work in bytes only; tree-sitter's rows and columns are never
//! used, because its rows end at `\n` alone.

use std::ops::ControlFlow;

use tree_sitter::{InputEdit, Node, ParseOptions, Parser, Point, Range};

use super::grammar::{self, Grammar};
use super::{is_too_deep, nesting};
use crate::cancel;
use crate::text::{Change, Span, Text};

/// The concrete syntax of a text.
#[derive(Clone, Debug)]
pub struct Tree {
    grammar: Grammar,
    tree: Option<tree_sitter::Tree>,
}

impl Tree {
    /// Parses `source`. O(n); never fails: what is not syntax becomes error nodes. A script that
    /// nests too deep has no tree, here and below.
    pub fn parse(grammar: impl Into<Grammar>, source: &str) -> Self {
        let grammar = grammar.into();
        if is_too_deep(grammar, source) {
            return Self { grammar, tree: None };
        }
        Self { grammar, tree: parse(&mut parser(grammar), &mut whole(source), None) }
    }

    /// Parses only `span` of `source`. O(length of the span).
    pub fn parse_within(grammar: impl Into<Grammar>, source: &str, span: Span) -> Self {
        let grammar = grammar.into();
        if is_too_deep(grammar, span.of(source)) {
            return Self { grammar, tree: None };
        }
        let mut parser = parser(grammar);
        let range = Range {
            start_byte: span.start(),
            end_byte: span.end(),
            start_point: Point::default(),
            end_point: Point::default(),
        };
        // Refused only when the range is not in order, which a span is.
        let _ = parser.set_included_ranges(&[range]);
        Self { grammar, tree: parse(&mut parser, &mut whole(source), None) }
    }

    /// The tree of `new`, when this is that of `old`: reuses what is the same before and after the
    /// part that differs. As [`Tree::reparse`], a text with errors is parsed afresh.
    #[must_use]
    pub fn reparsed(&self, old: &str, new: &str) -> Self {
        let mut before = self.clone();
        if old == new {
            return before;
        }
        if before.tree.is_none() || is_too_deep(self.grammar, new) {
            return Self::parse(self.grammar, new);
        }
        let most = old.len().min(new.len());
        let same =
            |ends: &mut dyn Iterator<Item = (u8, u8)>| ends.take_while(|(a, b)| a == b).count();
        let mut start = same(&mut old.bytes().zip(new.bytes()));
        let mut end = same(&mut old.bytes().rev().zip(new.bytes().rev()).take(most - start));
        // An edit is of whole characters.
        while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
            start -= 1;
        }
        while !(old.is_char_boundary(old.len() - end) && new.is_char_boundary(new.len() - end)) {
            end -= 1;
        }
        before.edit(Change { start, old_end: old.len() - end, new_end: new.len() - end });
        let mut parser = parser(self.grammar);
        let mut tree = parse(&mut parser, &mut whole(new), before.tree.as_ref());
        if tree.as_ref().is_some_and(|tree| tree.root_node().has_error()) {
            tree = parse(&mut parser, &mut whole(new), None);
        }
        Self { grammar: self.grammar, tree }
    }

    /// Parses `text`, chunk by chunk.
    pub fn parse_text(grammar: impl Into<Grammar>, text: &Text) -> Self {
        let mut tree = Self { grammar: grammar.into(), tree: None };
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
    /// The tree is that of a fresh parse, always. Where an error stands, and how far it reaches,
    /// depends on what was reused; so a text with errors is parsed afresh: O(n), against O(edit)
    /// for a sound one.
    pub fn reparse(&mut self, text: &Text) {
        if matches!(self.grammar, Grammar::Script(_))
            && nesting::is_too_deep(text.len(), text.chunks())
        {
            self.tree = None;
            return;
        }
        let mut parser = parser(self.grammar);
        let read = &mut |byte, _: Point| text.chunk_from(byte);
        let mut tree = parse(&mut parser, read, self.tree.as_ref());
        if self.tree.is_some() && tree.as_ref().is_some_and(|tree| tree.root_node().has_error()) {
            tree = parse(&mut parser, read, None);
        }
        self.tree = tree;
    }

    /// The grammar that it was parsed by.
    pub fn grammar(&self) -> Grammar {
        self.grammar
    }

    /// The root node; `None` only for a script that nests too deep.
    pub fn root(&self) -> Option<Node<'_>> {
        self.tree.as_ref().map(tree_sitter::Tree::root_node)
    }
}

/// A parser for `grammar`. Making one costs a third of a microsecond, so none is kept.
fn parser(grammar: Grammar) -> Parser {
    let mut parser = Parser::new();
    // An ABI mismatch is a build mistake that every test shows; the parser then yields no tree.
    let _ = parser.set_language(&grammar::language(grammar));
    parser
}

/// Reads all of `source` at once.
fn whole<'s>(source: &'s str) -> impl FnMut(usize, Point) -> &'s [u8] {
    move |byte, _| source.as_bytes().get(byte..).unwrap_or_default()
}

/// Parses what `read` reads, reusing `before`; ends with the part of the work that it is done for.
fn parse<T: AsRef<[u8]>>(
    parser: &mut Parser,
    read: &mut impl FnMut(usize, Point) -> T,
    before: Option<&tree_sitter::Tree>,
) -> Option<tree_sitter::Tree> {
    let mut progress = |_: &_| {
        if cancel::is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let tree = parser.parse_with_options(read, before, Some(options));
    if tree.is_none() {
        cancel::checkpoint();
    }
    tree
}

#[cfg(test)]
mod tests;

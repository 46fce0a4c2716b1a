//! Concrete syntax: the grammars, parsing and reparsing. Trees are 47 times the size of their text,
//! so only open documents keep one; everything else is read into facts and dropped.

mod grammar;
mod kind;
mod nesting;
mod tree;

pub use grammar::Grammar;
pub use kind::{Dialect, Kind, SingleFile, is_environment};
pub use tree::Tree;
pub use tree_sitter::{Language, Node, TreeCursor};

/// Whether `source` nests too deep to be parsed as a script: it then has no tree. O(n).
pub fn is_too_deep(grammar: impl Into<Grammar>, source: &str) -> bool {
    matches!(grammar.into(), Grammar::Script(_)) && nesting::is_too_deep(source.len(), [source])
}

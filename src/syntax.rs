//! Concrete syntax: the grammars, parsing and reparsing. Trees are 47 times the size of their text,
//! so only open documents keep one; everything else is read into facts and dropped.

mod grammar;
mod kind;
mod tree;

pub use grammar::Grammar;
pub use kind::{Dialect, Kind, SingleFile};
pub use tree::Tree;
pub use tree_sitter::{Language, Node, TreeCursor};

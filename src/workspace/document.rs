//! An open document: its text and its tree, kept in step. All changes of one notification are noted
//! in the tree one by one and it is reparsed once; the facts are read from that tree.

use std::sync::Arc;

use super::walk::SIZE_LIMIT;
use crate::facts::{Facts, NodeBuffer, PartTrees};
use crate::path::FilePath;
use crate::project::{File, ReadError};
use crate::syntax::{Kind, Tree};
use crate::text::{Position, Span, Text, Units};

/// One edit of an open document, as editors send them.
#[derive(Clone, Debug)]
pub struct DocumentChange {
    /// What it replaces; `None` for the whole text.
    pub range: Option<(Position, Position)>,
    /// The new text.
    pub text: String,
}

/// A document that is open in an editor.
#[derive(Debug)]
pub(super) struct Document {
    kind: Kind,
    text: Text,
    /// `None` while the text is too long to be parsed, and for a single file.
    tree: Option<Tree>,
    /// What the facts of the version before left for the next.
    flat: Option<NodeBuffer>,
    /// The trees of its parts, where it is not read from one tree of the whole text.
    parts: PartTrees,
    version: i32,
}

impl Document {
    /// Opens a document.
    pub(super) fn new(kind: Kind, text: &str, version: i32) -> Self {
        let text = Text::new(text);
        let parts = PartTrees::default();
        let mut document = Self { kind, text, tree: None, flat: None, parts, version };
        document.parse();
        document
    }

    /// Applies the changes of one notification, each to the text that the previous one left.
    pub(super) fn change(&mut self, changes: &[DocumentChange], version: i32, units: Units) {
        self.version = version;
        for change in changes {
            let Some((from, to)) = change.range else {
                self.text = Text::new(&change.text);
                self.tree = None;
                continue;
            };
            let start = self.text.offset(from, units);
            let end = self.text.offset(to, units);
            let change = self.text.replace(Span::new(start, end), &change.text);
            if let Some(tree) = &mut self.tree {
                tree.edit(change);
            }
        }
        self.parse();
    }

    fn parse(&mut self) {
        // The parts of a single file are parsed with its facts.
        if self.is_too_large() || matches!(self.kind, Kind::SingleFile(_)) {
            self.tree = None;
            return;
        }
        match &mut self.tree {
            Some(tree) => tree.reparse(&self.text),
            None => self.tree = Some(Tree::parse_text(self.kind, &self.text)),
        }
    }

    /// The document as a file of the workspace, with its facts. O(n).
    pub(super) fn file(&mut self, path: &FilePath) -> File {
        if self.is_too_large() {
            let read_error = ReadError::TooLarge { bytes: self.text.len() as u64 };
            return File::new(path.clone(), self.kind, Arc::from(""), Some(read_error));
        }
        let source: Arc<str> = Arc::from(self.text.to_string());
        let of_parts = Facts::update_parts(self.kind, &source, &mut self.parts);
        let facts = of_parts.or_else(|| {
            let tree = self.tree.as_ref()?;
            Some(Facts::update_facts(tree, &source, &mut self.flat))
        });
        match facts {
            Some(facts) => File::with_facts(path.clone(), self.kind, source, facts),
            None => File::new(path.clone(), self.kind, source, None),
        }
    }

    /// The text.
    pub(super) fn text(&self) -> &Text {
        &self.text
    }

    /// The version that the editor gave it.
    pub(super) fn version(&self) -> i32 {
        self.version
    }

    fn is_too_large(&self) -> bool {
        self.text.len() as u64 > SIZE_LIMIT
    }
}

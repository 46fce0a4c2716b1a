//! The client's folders, its open documents, and which belongs to which. A file belongs to the
//! deepest folder that holds it; a document in no folder gets one for itself alone. When folders
//! come and go, open documents move with the text that the client has not saved.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::folder::{Folder, FolderId};
use super::schedule::Analysed;
use super::session::Session;
use super::task::Task;
use crate::path::FilePath;
use crate::workspace::Workspace;

/// All folders.
#[derive(Default)]
pub(super) struct Folders {
    all: BTreeMap<FolderId, Folder>,
    /// Number of folders there ever were.
    count: u32,
    /// Which folder an open document's messages go to.
    documents: BTreeMap<PathBuf, FolderId>,
}

impl Folders {
    /// All folders, those on their way out included.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Folder> {
        self.all.values_mut()
    }

    /// Whether all that there is has been read and analysed.
    pub(super) fn are_settled(&self) -> bool {
        self.all.values().all(Folder::is_settled)
    }

    /// Adds a folder of the client's, and begins to read it.
    pub(super) fn add(&mut self, base: PathBuf, session: &Session) {
        let is_known =
            |folder: &Folder| folder.lone.is_none() && !folder.removed && folder.base == base;
        if !self.all.values().any(is_known) {
            self.load(base, None, session);
        }
    }

    /// Takes a folder of the client's out, as soon as its documents have moved.
    pub(super) fn remove(&mut self, base: &Path) {
        for folder in self.all.values_mut() {
            if folder.lone.is_none() && folder.base == base {
                folder.removed = true;
            }
        }
    }

    /// Lets every folder show what is its own from now on, after folders were added or taken out.
    pub(super) fn settle(&mut self, session: &Session) {
        self.move_documents(session);
        for folder in self.all.values_mut() {
            folder.schedule.invalidate();
        }
    }

    /// A worker has read folder `id`, or panicked while it did.
    pub(super) fn loaded(
        &mut self,
        id: FolderId,
        workspace: Result<Box<Workspace>, String>,
        session: &Session,
    ) {
        let Some(folder) = self.all.get_mut(&id) else { return };
        match workspace {
            Ok(workspace) => folder.loaded(workspace, session),
            Err(panic) => {
                session.report_panic(&format!("reading {}", folder.base.display()), &panic);
                self.all.remove(&id);
                self.documents.retain(|_, folder| *folder != id);
            }
        }
        self.move_documents(session);
    }

    /// A worker has analysed folder `id`.
    pub(super) fn analysed(&mut self, id: FolderId, analysed: Analysed, session: &Session) {
        let elsewhere = self.deeper(id);
        if let Some(folder) = self.all.get_mut(&id) {
            folder.schedule.finish(analysed, &elsewhere, session);
        }
    }

    /// Hands `task` to the folder of its document.
    pub(super) fn perform(&mut self, task: Task, session: &Session) {
        let disk = task.disk().to_owned();
        let known = self.documents.get(&disk).copied();
        let id = match &task {
            Task::OpenDocument { .. } | Task::Change { .. } => {
                let id = known.unwrap_or_else(|| self.folder_for(&disk, session));
                self.documents.insert(disk, id);
                Some(id)
            }
            Task::Close { .. } => {
                self.documents.remove(&disk);
                known
            }
            Task::Ask { .. } => known.or_else(|| self.owner(&disk)),
        };
        let closes = matches!(task, Task::Close { .. });
        match id.and_then(|id| self.all.get_mut(&id)) {
            Some(folder) => {
                folder.perform(task, session);
                folder.removed |= closes && folder.lone.is_some();
            }
            None => task.decline(),
        }
        if closes {
            self.drop_removed(session);
        }
    }

    fn load(&mut self, base: PathBuf, lone: Option<PathBuf>, session: &Session) -> FolderId {
        self.count += 1;
        let id = FolderId(self.count);
        self.all.insert(id, Folder::load(id, base, lone, session));
        id
    }

    /// The folder that should hold `disk`; one for it alone where there is none.
    fn folder_for(&mut self, disk: &Path, session: &Session) -> FolderId {
        self.owner(disk).unwrap_or_else(|| {
            let base = disk.parent().unwrap_or(disk).to_owned();
            self.load(base, Some(disk.to_owned()), session)
        })
    }

    /// The deepest folder that holds `disk`, else the one that stands for it alone.
    fn owner(&self, disk: &Path) -> Option<FolderId> {
        let present = || self.all.values().filter(|folder| !folder.removed);
        let deepest = |holds: &dyn Fn(&Folder) -> bool| {
            present()
                .filter(|folder| folder.lone.is_none() && holds(folder))
                .max_by_key(|folder| folder.base.components().count())
        };
        deepest(&|folder| disk.starts_with(&folder.base))
            // An editor may name a file by its real place and the folder by a link, or the other
            // way round.
            .or_else(|| deepest(&|folder| folder.holds_by_link(disk)))
            .or_else(|| present().find(|folder| folder.lone.as_deref() == Some(disk)))
            .map(|folder| folder.id)
    }

    /// Folders of the client's that lie inside folder `id`, as it sees them: their files are not
    /// its to show.
    fn deeper(&self, id: FolderId) -> Vec<FilePath> {
        let Some(outer) = self.all.get(&id).filter(|outer| outer.lone.is_none()) else {
            return Vec::new();
        };
        let inner = self
            .all
            .values()
            .filter(|folder| folder.lone.is_none() && !folder.removed && folder.base != outer.base);
        inner
            .filter_map(|folder| {
                FilePath::new(folder.base.strip_prefix(&outer.base).ok()?.to_str()?)
            })
            .collect()
    }

    /// Moves open documents to the folders they now belong to, as far as both sides have been read.
    fn move_documents(&mut self, session: &Session) {
        let documents: Vec<_> =
            self.documents.iter().map(|(disk, id)| (disk.clone(), *id)).collect();
        for (disk, from) in documents {
            let to = self.folder_for(&disk, session);
            let is_ready = |id| self.all.get(id).is_some_and(Folder::is_ready);
            if to == from || !is_ready(&from) || !is_ready(&to) {
                continue;
            }
            let document = self.all.get(&from).and_then(|folder| folder.document(&disk));
            if let Some((open, text)) = document {
                self.perform(Task::Close { disk: disk.clone() }, session);
                self.documents.insert(disk.clone(), to);
                self.perform(Task::OpenDocument { disk, open, text }, session);
            }
        }
        self.drop_removed(session);
    }

    /// Lets go of removed folders whose documents have moved, and of what the client was shown of
    /// them.
    fn drop_removed(&mut self, session: &Session) {
        let documents = &self.documents;
        self.all.retain(|id, folder| {
            let stays = !folder.removed
                || !folder.is_ready()
                || documents.values().any(|document| document == id);
            if !stays && let Some(snapshot) = folder.snapshot() {
                folder.schedule.clear_diagnostics(&snapshot, session);
            }
            stays
        });
    }
}

//! One folder of the workspace, or one file outside all of them: its files, and the analysis that
//! is due. While it is still being read, everything that concerns it waits in its own queue, in
//! order; nothing is lost and nothing else is held up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tower_lsp::lsp_types::MessageType;

use super::event::Event;
use super::request::PendingRequest;
use super::schedule::Schedule;
use super::session::Session;
use super::snapshot::{OpenDocument, Snapshot};
use super::task::Task;
use crate::path::FilePath;
use crate::workspace::Workspace;

/// Which folder; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FolderId(pub(super) u32);

enum Content {
    Loading(Vec<Task>),
    Ready(Box<Workspace>),
}

/// A folder.
pub(super) struct Folder {
    /// Which.
    pub id: FolderId,
    /// The folder on disk, as the client spells it.
    pub base: PathBuf,
    /// The one file that it stands for, when that lies in no folder of the client's.
    pub lone: Option<PathBuf>,
    /// Whether the client has closed it: it goes as soon as its documents have moved.
    pub removed: bool,
    /// The analysis.
    pub schedule: Schedule,
    content: Content,
    open: BTreeMap<PathBuf, (FilePath, OpenDocument)>,
    disk_changed: bool,
}

impl Folder {
    /// A folder at `base` that is being read from here on; `lone` is its one file when it is not a
    /// folder of the client's.
    pub(super) fn load(
        id: FolderId,
        base: PathBuf,
        lone: Option<PathBuf>,
        session: &Session,
    ) -> Self {
        let engine = session.engine.clone();
        let (root, file) = (base.clone(), lone.clone());
        let load = move || file.map_or_else(|| engine.load(&root), |file| engine.load_file(&file));
        session.work(
            move || Event::Loaded(id, Ok(Box::new(load()))),
            move |panic| Event::Loaded(id, Err(panic)),
        );
        Self {
            id,
            base,
            lone,
            removed: false,
            schedule: Schedule::default(),
            content: Content::Loading(Vec::new()),
            open: BTreeMap::new(),
            disk_changed: false,
        }
    }

    /// The folder has been read: what waited for that happens now.
    pub(super) fn loaded(&mut self, workspace: Box<Workspace>, session: &Session) {
        let waited = std::mem::replace(&mut self.content, Content::Ready(workspace));
        self.schedule.invalidate();
        if let Content::Loading(tasks) = waited {
            for task in tasks {
                self.perform(task, session);
            }
        }
    }

    /// The disk may have changed; looked at before the next analysis or request, once for a whole
    /// burst of notices.
    pub(super) fn disk_changed(&mut self) {
        self.disk_changed = true;
    }

    /// Whether `disk` turns out to lie in the folder once symbolic links are resolved.
    pub(super) fn holds_by_link(&self, disk: &Path) -> bool {
        match &self.content {
            Content::Ready(workspace) => workspace.path_of(disk).is_some(),
            Content::Loading(_) => false,
        }
    }

    /// Whether the folder has been read.
    pub(super) fn is_ready(&self) -> bool {
        matches!(self.content, Content::Ready(_))
    }

    /// Does `task`, or queues it until the folder has been read.
    pub(super) fn perform(&mut self, task: Task, session: &Session) {
        let workspace = match &mut self.content {
            Content::Loading(tasks) => return tasks.push(task),
            Content::Ready(workspace) => workspace,
        };
        match task {
            // Marked as changed first: should reading the text panic, what is shown is still known
            // to be old.
            Task::OpenDocument { disk, open, text } => {
                self.schedule.invalidate();
                let Some(path) = name(workspace, &self.base, &self.open, &disk) else { return };
                workspace.open_document(&path, &text, open.version);
                // A file of a kind that says nothing to us (a style sheet).
                if !workspace.files().contains(&path) {
                    return;
                }
                self.schedule.published.resend(&path);
                self.open.insert(disk, (path, open));
                self.disk_changed = true;
            }
            Task::Change { disk, open, changes } => {
                self.schedule.invalidate();
                let Some(path) = name(workspace, &self.base, &self.open, &disk) else { return };
                let version = open.version;
                if !self.open.contains_key(&disk) {
                    let text = format!("{}: changed before it was opened", disk.display());
                    session.outbox.log(MessageType::WARNING, text);
                }
                self.open.entry(disk).or_insert_with(|| (path.clone(), open)).1.version = version;
                workspace.change_document(&path, &changes, version, session.features.units);
            }
            Task::Close { disk } => {
                if let Some((path, _)) = self.open.remove(&disk) {
                    self.schedule.invalidate();
                    workspace.close_document(&path);
                }
            }
            Task::Ask { disk, request } => match self.asked(&disk) {
                Some((path, snapshot)) => {
                    let question = PendingRequest { request, path, snapshot };
                    self.schedule.ask(question, session);
                }
                None => request.decline(),
            },
        }
    }

    /// Starts an analysis if one is due and none runs.
    pub(super) fn analyse(&mut self, session: &Session) {
        self.look_at_disk();
        if !self.removed
            && self.schedule.is_due()
            && let Some(snapshot) = self.snapshot()
        {
            self.schedule.start(self.id, snapshot, session);
        }
    }

    /// Whether there is nothing left to do.
    pub(super) fn is_settled(&self) -> bool {
        self.is_ready() && self.schedule.is_settled()
    }

    /// The text, URI and version of an open document, to open it elsewhere.
    pub(super) fn document(&self, disk: &Path) -> Option<(OpenDocument, String)> {
        let (path, open) = self.open.get(disk)?;
        match &self.content {
            Content::Ready(workspace) => Some((open.clone(), workspace.text(path)?.to_string())),
            Content::Loading(_) => None,
        }
    }

    /// The folder as it is now, once it has been read.
    pub(super) fn snapshot(&self) -> Option<Snapshot> {
        let Content::Ready(workspace) = &self.content else { return None };
        Some(Snapshot {
            base: self.base.clone(),
            files: workspace.files().clone(),
            open: self.open.values().cloned().collect(),
        })
    }

    /// Reads what changed on disk, if something may have.
    fn look_at_disk(&mut self) {
        if let Content::Ready(workspace) = &mut self.content
            && std::mem::take(&mut self.disk_changed)
            && !workspace.refresh().is_empty()
        {
            self.schedule.invalidate();
        }
    }

    /// The file that a request is about, and the folder as it is after all messages before it.
    fn asked(&mut self, disk: &Path) -> Option<(FilePath, Snapshot)> {
        self.look_at_disk();
        let Content::Ready(workspace) = &self.content else { return None };
        let path = name(workspace, &self.base, &self.open, disk)?;
        workspace.files().contains(&path).then_some(())?;
        Some((path, self.snapshot()?))
    }
}

/// The workspace path of `disk`: the one it was opened under, else what the workspace makes of it
/// (links resolved), else by its name alone (a file that is not on disk yet).
fn name(
    workspace: &Workspace,
    base: &Path,
    open: &BTreeMap<PathBuf, (FilePath, OpenDocument)>,
    disk: &Path,
) -> Option<FilePath> {
    if let Some((path, _)) = open.get(disk) {
        return Some(path.clone());
    }
    workspace.path_of(disk).or_else(|| FilePath::new(disk.strip_prefix(base).ok()?.to_str()?))
}

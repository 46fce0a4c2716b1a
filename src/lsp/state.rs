//! The server's state: the client's folders, its open documents, and which belongs to which.
//! The one thing to know: a file belongs to the deepest folder that holds it; a document in no folder gets one for itself
//! alone. Only the main loop touches this.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use tower_lsp::lsp_types as lsp;

use super::capabilities::Features;
use super::engine::Engine;
use super::event::Event;
use super::folder::{Folder, FolderId, Task};
use super::locale::{self, Locale};
use super::outbox::{Outbox, Progress};
use super::session::Session;
use super::snapshot::Open;
use super::{convert, uri};
use crate::finding::Phrase;
use crate::path::FilePath;

/// All that the server knows.
pub(super) struct State {
    session: Session,
    /// The folders named by `initialize`, until the client can be spoken to.
    roots: Vec<PathBuf>,
    folders: BTreeMap<FolderId, Folder>,
    /// Number of folders there ever were.
    count: u32,
    /// Which folder an open document's messages go to.
    documents: BTreeMap<PathBuf, FolderId>,
    /// Shown until everything has been read and analysed once.
    progress: Option<Progress>,
}

impl State {
    /// The state before `initialize`.
    pub(super) fn new(engine: Arc<dyn Engine>, outbox: Outbox, events: Sender<Event>) -> Self {
        let (features, locale) = (Features::default(), Locale::default());
        Self {
            session: Session { engine, outbox, features, locale, events },
            roots: Vec::new(),
            folders: BTreeMap::new(),
            count: 0,
            documents: BTreeMap::new(),
            progress: None,
        }
    }

    /// One step of the conversation.
    pub(super) fn handle(&mut self, event: Event) {
        match event {
            Event::Initialize(params) => self.initialize(&params),
            Event::Initialized => self.initialized(),
            Event::Opened(params) => self.opened(params.text_document),
            Event::Changed(params) => self.changed(params),
            Event::Saved | Event::FilesChanged => self.look_at_disk(),
            Event::Closed(params) => self.closed(&params.text_document.uri),
            Event::FoldersChanged(change) => self.change_folders(change),
            Event::Configured(settings) => self.configure(&settings),
            Event::Hover(params, reply) => {
                let at = params.text_document_position_params;
                match self.whose(&at.text_document.uri) {
                    Some((disk, id)) => {
                        self.task(id, Task::Hover { disk, position: at.position, reply });
                    }
                    // Fails only when the client has lost interest.
                    None => drop(reply.send(Ok(None))),
                }
            }
            Event::CodeAction(params, reply) => match self.whose(&params.text_document.uri) {
                Some((disk, id)) => self.task(id, Task::Actions { disk, params, reply }),
                None => drop(reply.send(Ok(None))),
            },
            Event::Loaded(id, workspace) => self.loaded(id, workspace),
            Event::Analysed(id, analysed) => {
                let elsewhere = self.deeper_folders(id);
                if let Some(folder) = self.folders.get_mut(&id) {
                    folder.schedule.finish(analysed, &elsewhere, &self.session);
                }
            }
            Event::Panicked { about, panic } => self.session.report_panic(&about, &panic),
            Event::Malformed(text) => self.session.outbox.log(lsp::MessageType::ERROR, text),
            Event::Stop => {}
        }
    }

    /// Starts what is due, once everything queued has been handled.
    pub(super) fn start_analyses(&mut self) {
        for folder in self.folders.values_mut() {
            folder.analyse(&self.session);
        }
        if self.folders.values().all(Folder::is_settled) {
            self.progress = None;
        }
    }

    /// Tells the client that a step of the loop panicked.
    pub(super) fn report_panic(&self, panic: &str) {
        self.session.report_panic("main loop", panic);
    }

    fn initialize(&mut self, params: &lsp::InitializeParams) {
        self.session.features = Features::of(&params.capabilities);
        self.session.locale = Locale {
            editor: params.locale.as_deref().map(crate::finding::Language::of_locale),
            setting: params.initialization_options.as_ref().and_then(locale::of_settings),
        };
        self.roots = roots(params);
    }

    fn initialized(&mut self) {
        if self.session.features.watch_files {
            self.session.outbox.watch_files();
        }
        let roots = std::mem::take(&mut self.roots);
        if self.session.features.progress && !roots.is_empty() {
            let title = Phrase::new("Checking mini-programs", "正在检查小程序");
            let language = self.session.locale.choose(None);
            self.progress = Some(self.session.outbox.progress(title.get(language)));
        }
        for root in roots {
            self.add_folder(root);
        }
    }

    fn configure(&mut self, settings: &serde_json::Value) {
        let setting = locale::of_settings(settings);
        if setting.is_some() && setting != self.session.locale.setting {
            self.session.locale.setting = setting;
            for folder in self.folders.values_mut() {
                folder.schedule.touch();
            }
        }
    }

    fn opened(&mut self, document: lsp::TextDocumentItem) {
        let Some(disk) = uri::disk_path(&document.uri) else { return };
        let id = self.document_folder(&disk);
        let open = Open { uri: document.uri, version: document.version };
        self.task(id, Task::Open { disk, open, text: document.text });
    }

    fn changed(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some(disk) = uri::disk_path(&document.uri) else { return };
        let id = self.document_folder(&disk);
        let open = Open { uri: document.uri, version: document.version };
        let changes = params.content_changes.into_iter().map(convert::change).collect();
        self.task(id, Task::Change { disk, open, changes });
    }

    fn closed(&mut self, uri: &lsp::Url) {
        let Some(disk) = uri::disk_path(uri) else { return };
        let Some(id) = self.documents.remove(&disk) else { return };
        self.task(id, Task::Close { disk });
        if let Some(folder) = self.folders.get_mut(&id)
            && folder.lone.is_some()
        {
            folder.removed = true;
        }
        self.sweep();
    }

    fn look_at_disk(&mut self) {
        for folder in self.folders.values_mut() {
            folder.perform(Task::LookAtDisk, &self.session);
        }
    }

    fn change_folders(&mut self, change: lsp::WorkspaceFoldersChangeEvent) {
        for gone in change.removed {
            let Some(base) = uri::disk_path(&gone.uri) else { continue };
            for folder in self.folders.values_mut() {
                if folder.lone.is_none() && folder.base == base {
                    folder.removed = true;
                }
            }
        }
        for added in change.added {
            if let Some(base) = uri::disk_path(&added.uri) {
                self.add_folder(base);
            }
        }
        self.settle_documents();
        // Which files are whose has changed, and with it what each folder has to show.
        for folder in self.folders.values_mut() {
            folder.schedule.touch();
        }
    }

    fn loaded(
        &mut self,
        id: FolderId,
        workspace: Result<Box<crate::workspace::Workspace>, String>,
    ) {
        let Some(folder) = self.folders.get_mut(&id) else { return };
        match workspace {
            Ok(workspace) => folder.loaded(workspace, &self.session),
            Err(panic) => {
                self.session.report_panic(&format!("reading {}", folder.base.display()), &panic);
                self.folders.remove(&id);
                self.documents.retain(|_, folder| *folder != id);
            }
        }
        self.settle_documents();
    }

    fn task(&mut self, id: FolderId, task: Task) {
        if let Some(folder) = self.folders.get_mut(&id) {
            folder.perform(task, &self.session);
        }
    }

    fn add_folder(&mut self, base: PathBuf) {
        let is_known =
            |folder: &Folder| folder.lone.is_none() && !folder.removed && folder.base == base;
        if !self.folders.values().any(is_known) {
            self.load(base, None);
        }
    }

    fn load(&mut self, base: PathBuf, lone: Option<PathBuf>) -> FolderId {
        self.count += 1;
        let id = FolderId(self.count);
        self.folders.insert(id, Folder::load(id, base, lone, &self.session));
        id
    }

    /// The folder that the document at `disk` belongs to from here on.
    fn document_folder(&mut self, disk: &Path) -> FolderId {
        if let Some(id) = self.documents.get(disk) {
            return *id;
        }
        let id = self.folder_for(disk);
        self.documents.insert(disk.to_owned(), id);
        id
    }

    /// The folder that should hold `disk`; one for it alone where there is none.
    fn folder_for(&mut self, disk: &Path) -> FolderId {
        match self.owner(disk) {
            Some(id) => id,
            None => {
                let base = disk.parent().unwrap_or(disk).to_owned();
                self.load(base, Some(disk.to_owned()))
            }
        }
    }

    /// The deepest folder that holds `disk`, else the one that stands for it alone.
    fn owner(&self, disk: &Path) -> Option<FolderId> {
        let present = || self.folders.values().filter(|folder| !folder.removed);
        let deepest = |disk: &Path| {
            present()
                .filter(|folder| folder.lone.is_none() && disk.starts_with(&folder.base))
                .max_by_key(|folder| folder.base.components().count())
                .map(|folder| folder.id)
        };
        deepest(disk)
            // An editor may name a file by its real place and the folder by a link, or the other way round.
            .or_else(|| deepest(&disk.canonicalize().ok()?))
            .or_else(|| {
                present()
                    .find(|folder| folder.lone.as_deref() == Some(disk))
                    .map(|folder| folder.id)
            })
    }

    /// The disk path of a request's document, and the folder to ask.
    fn whose(&self, uri: &lsp::Url) -> Option<(PathBuf, FolderId)> {
        let disk = uri::disk_path(uri)?;
        let id = self.documents.get(&disk).copied().or_else(|| self.owner(&disk))?;
        Some((disk, id))
    }

    /// Folders of the client's that lie inside folder `id`, as it sees them: their files are not its to show.
    fn deeper_folders(&self, id: FolderId) -> Vec<FilePath> {
        let Some(outer) = self.folders.get(&id) else { return Vec::new() };
        let inner = self.folders.values().filter(|folder| {
            folder.id != id && folder.lone.is_none() && !folder.removed && folder.base != outer.base
        });
        inner
            .filter_map(|folder| {
                FilePath::new(folder.base.strip_prefix(&outer.base).ok()?.to_str()?)
            })
            .filter(|_| outer.lone.is_none())
            .collect()
    }

    /// Moves open documents to the folders they now belong to, as far as both sides have been read.
    fn settle_documents(&mut self) {
        let documents: Vec<_> =
            self.documents.iter().map(|(disk, id)| (disk.clone(), *id)).collect();
        for (disk, from) in documents {
            let to = self.folder_for(&disk);
            let is_ready = |id| self.folders.get(id).is_some_and(Folder::is_ready);
            if to == from || !is_ready(&from) || !is_ready(&to) {
                continue;
            }
            let Some((open, text)) =
                self.folders.get(&from).and_then(|folder| folder.document(&disk))
            else {
                continue;
            };
            self.task(from, Task::Close { disk: disk.clone() });
            self.task(to, Task::Open { disk: disk.clone(), open, text });
            self.documents.insert(disk, to);
            if let Some(folder) = self.folders.get_mut(&from)
                && folder.lone.is_some()
            {
                folder.removed = true;
            }
        }
        self.sweep();
    }

    /// Lets go of removed folders whose documents have moved, and of what the client was shown of them.
    fn sweep(&mut self) {
        let (documents, session) = (&self.documents, &self.session);
        self.folders.retain(|id, folder| {
            let stays = !folder.removed
                || !folder.is_ready()
                || documents.values().any(|document| document == id);
            if !stays && let Some(snapshot) = folder.snapshot() {
                folder.schedule.withdraw(&snapshot, session);
            }
            stays
        });
    }
}

/// The folders that the client works on.
fn roots(params: &lsp::InitializeParams) -> Vec<PathBuf> {
    let folders = params.workspace_folders.iter().flatten();
    let named: Vec<_> = folders.filter_map(|folder| uri::disk_path(&folder.uri)).collect();
    if !named.is_empty() {
        return named;
    }
    #[allow(deprecated, reason = "older clients send nothing else")]
    let (root_uri, root_path) = (params.root_uri.as_ref(), params.root_path.as_deref());
    // By way of a URI, so that every path is spelt alike; a relative one is none.
    let uri = root_uri.cloned().or_else(|| uri::of_disk_path(Path::new(root_path?)));
    uri.as_ref().and_then(uri::disk_path).into_iter().collect()
}

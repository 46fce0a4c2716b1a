//! The server's state, and what each event does to it. Only the main loop touches it, and every
//! event is handled here in a few lines; what takes time happens on another thread and comes back
//! as an event.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use tower_lsp::lsp_types as lsp;

use super::analyzer::Analyzer;
use super::capabilities::Features;
use super::event::Event;
use super::folders::Folders;
use super::locale::{self, Locale};
use super::options::Options;
use super::outbox::{Outbox, Progress};
use super::session::Session;
use super::snapshot::OpenDocument;
use super::task::Task;
use super::{convert, uri};
use crate::cancel::Clock;
use crate::finding::Phrase;

/// All that the server knows.
pub(super) struct State {
    session: Session,
    /// The folders named by `initialize`, until the client can be spoken to.
    roots: Vec<PathBuf>,
    folders: Folders,
    /// Shown until everything has been read and analysed once.
    progress: Option<Progress>,
}

impl State {
    /// The state before `initialize`.
    pub(super) fn new(
        engine: Arc<dyn Analyzer>,
        outbox: Outbox,
        events: Sender<Event>,
        clock: Clock,
    ) -> Self {
        let (features, locale) = (Features::default(), Locale::default());
        Self {
            session: Session {
                engine,
                outbox,
                features,
                locale,
                options: Options::default(),
                clock,
                events,
            },
            roots: Vec::new(),
            folders: Folders::default(),
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
            Event::Ask(request) => match uri::disk_path(&request.uri) {
                Some(disk) => self.task(Task::Ask { disk, request }),
                None => request.decline(),
            },
            Event::Loaded(id, workspace) => self.folders.loaded(id, workspace, &self.session),
            Event::Analysed(id, analysed) => self.folders.analysed(id, analysed, &self.session),
            Event::Panicked { about, panic } => self.session.report_panic(&about, &panic),
            Event::Malformed(text) => self.session.outbox.log(lsp::MessageType::ERROR, text),
            Event::Stop => {}
        }
    }

    /// Starts what is due, once everything queued has been handled.
    pub(super) fn start_analyses(&mut self) {
        for folder in self.folders.iter_mut() {
            folder.analyse(&self.session);
        }
        if self.folders.are_settled() {
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
            setting: params
                .initialization_options
                .as_ref()
                .and_then(locale::in_settings)
                .and_then(locale::of_setting),
        };
        if let Some(options) = &params.initialization_options {
            self.session.options = self.session.options.with(options);
        }
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
            self.folders.add(root, &self.session);
        }
    }

    fn configure(&mut self, settings: &serde_json::Value) {
        let options = self.session.options.with(settings);
        if std::mem::replace(&mut self.session.options, options) != options
            && self.session.features.refresh_hints
        {
            self.session.outbox.refresh_hints();
        }
        if let Some(setting) = locale::in_settings(settings).map(locale::of_setting)
            && setting != self.session.locale.setting
        {
            self.session.locale.setting = setting;
            for folder in self.folders.iter_mut() {
                folder.schedule.invalidate();
            }
        }
    }

    // A document that is no file (`untitled:`, `git:`) belongs to no program and is left alone,
    // here and below.
    fn opened(&mut self, document: lsp::TextDocumentItem) {
        let Some(disk) = uri::disk_path(&document.uri) else { return };
        let open = OpenDocument { uri: document.uri, version: document.version };
        self.task(Task::OpenDocument { disk, open, text: document.text });
    }

    fn changed(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let document = params.text_document;
        let Some(disk) = uri::disk_path(&document.uri) else { return };
        let open = OpenDocument { uri: document.uri, version: document.version };
        let changes = params.content_changes.into_iter().map(convert::change).collect();
        self.task(Task::Change { disk, open, changes });
    }

    fn closed(&mut self, uri: &lsp::Url) {
        if let Some(disk) = uri::disk_path(uri) {
            self.task(Task::Close { disk });
        }
    }

    fn task(&mut self, task: Task) {
        self.folders.perform(task, &self.session);
    }

    fn look_at_disk(&mut self) {
        for folder in self.folders.iter_mut() {
            folder.disk_changed();
        }
    }

    fn change_folders(&mut self, change: lsp::WorkspaceFoldersChangeEvent) {
        for gone in change.removed {
            if let Some(base) = uri::disk_path(&gone.uri) {
                self.folders.remove(&base);
            }
        }
        for added in change.added {
            if let Some(base) = uri::disk_path(&added.uri) {
                self.folders.add(base, &self.session);
            }
        }
        self.folders.settle(&self.session);
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

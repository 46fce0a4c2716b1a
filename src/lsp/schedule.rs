//! When a folder is analysed, and what becomes of the result. At most one analysis of a folder
//! runs, the latest text wins, and a result for an older text is dropped unseen. Every change
//! raises `revision`, which is also what tells the running analysis to give up.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tower_lsp::jsonrpc::Error;
use tower_lsp::lsp_types as lsp;

use super::diagnostics;
use super::event::Event;
use super::folder::FolderId;
use super::published::{ByFile, Published};
use super::request::PendingRequest;
use super::session::Session;
use super::snapshot::Snapshot;
use crate::check::{Cancel, Cancelled, Memo, Notice, Report};
use crate::finding::Language;
use crate::ide::lenses_agree;
use crate::path::FilePath;

/// The end of an analysis.
pub(super) struct Analysed {
    revision: u64,
    snapshot: Snapshot,
    outcome: Outcome,
}

enum Outcome {
    Done { report: Arc<Report>, memo: Arc<Memo>, diagnostics: ByFile },
    Cancelled,
    Panicked(String),
}

/// What is known of the text of the present revision.
enum Known {
    Nothing,
    Report(Arc<Report>),
    /// The analysis panicked; another try on the same text would again.
    Broken,
}

/// The analysis of one folder.
pub(super) struct Schedule {
    /// What the client was last shown.
    pub published: Published,
    /// The language that the project's settings ask for.
    pub language: Option<Language>,
    /// Notes on the folder as a whole, last time.
    notices: Vec<Notice>,
    revision: Arc<AtomicU64>,
    known: Known,
    /// The last report that was shown, of whatever text.
    last: Option<Arc<Report>>,
    /// What the last analysis that came to its end left for the next, also when its text was old by
    /// then.
    memo: Option<Arc<Memo>>,
    running: bool,
    waiting: Vec<PendingRequest>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            published: Published::default(),
            language: None,
            notices: Vec::new(),
            revision: Arc::default(),
            known: Known::Nothing,
            last: None,
            memo: None,
            running: false,
            waiting: Vec::new(),
        }
    }
}

impl Schedule {
    /// The text has changed: what runs gives up, what waits is told so.
    pub(super) fn invalidate(&mut self) {
        // Relaxed: the number is only compared; texts reach a worker through the snapshot it is
        // given.
        self.revision.fetch_add(1, Ordering::Relaxed);
        self.known = Known::Nothing;
        self.refuse_waiting(&Error::content_modified());
    }

    /// Answers every waiting question with `error`.
    fn refuse_waiting(&mut self, error: &Error) {
        for question in self.waiting.drain(..) {
            question.request.refuse(error.clone());
        }
    }

    /// Whether an analysis should start now.
    pub(super) fn is_due(&self) -> bool {
        !self.running && matches!(self.known, Known::Nothing)
    }

    /// Whether all is known of the present text that can be.
    pub(super) fn is_settled(&self) -> bool {
        !self.running && !matches!(self.known, Known::Nothing)
    }

    /// Starts an analysis of `snapshot`, which is the present text.
    pub(super) fn start(&mut self, id: FolderId, snapshot: Snapshot, session: &Session) {
        self.running = true;
        let revision = self.revision.load(Ordering::Relaxed);
        let cancel = Cancel::when_changed(&self.revision).with_clock(&session.clock);
        let (engine, features) = (session.engine.clone(), session.features.clone());
        let locale = session.locale;
        let kept = snapshot.clone();
        let memo = self.memo.clone();
        session.work(
            move || {
                let outcome = match engine.analyse(&snapshot.files, memo.as_deref(), &cancel) {
                    Ok((report, memo)) => {
                        let language = locale.choose(report.language);
                        let diagnostics =
                            diagnostics::by_file(&report.findings, &snapshot, &features, language);
                        let (report, memo) = (Arc::new(report), Arc::new(memo));
                        Outcome::Done { report, memo, diagnostics }
                    }
                    Err(Cancelled) => Outcome::Cancelled,
                };
                Event::Analysed(id, Analysed { revision, snapshot, outcome })
            },
            move |panic| {
                let outcome = Outcome::Panicked(panic);
                Event::Analysed(id, Analysed { revision, snapshot: kept, outcome })
            },
        );
    }

    /// Takes the end of an analysis: shows what it found, outside `elsewhere`, and answers who
    /// waited for it.
    pub(super) fn finish(&mut self, analysed: Analysed, elsewhere: &[FilePath], session: &Session) {
        self.running = false;
        if let Outcome::Done { memo, .. } = &analysed.outcome {
            self.memo = Some(Arc::clone(memo));
        }
        if analysed.revision != self.revision.load(Ordering::Relaxed) {
            return;
        }
        match analysed.outcome {
            Outcome::Done { report, mut diagnostics, .. } => {
                diagnostics
                    .retain(|path, _| !elsewhere.iter().any(|folder| path.is_within(folder)));
                self.show(&analysed.snapshot, diagnostics, session);
                self.language = report.language;
                self.note(&report.notices, &analysed.snapshot, session);
                let alike = self.last.as_ref().is_some_and(|last| lenses_agree(last, &report));
                if session.features.refresh_lenses && !alike {
                    session.outbox.refresh_lenses();
                }
                if session.features.refresh_hints && session.options.inlay_hints && !alike {
                    session.outbox.refresh_hints();
                }
                self.last = Some(Arc::clone(&report));
                self.known = Known::Report(Arc::clone(&report));
                for question in std::mem::take(&mut self.waiting) {
                    self.answer(question, &report, session);
                }
            }
            // Cannot be with the present revision; if it ever is, the analysis is simply due again.
            Outcome::Cancelled => {}
            Outcome::Panicked(panic) => {
                self.known = Known::Broken;
                let about = format!("analysis of {}", analysed.snapshot.base.display());
                session.report_panic(&about, &panic);
                self.refuse_waiting(&Error::internal_error());
            }
        }
    }

    /// Answers `question`: now, or when the analysis of its text is done if it needs that.
    pub(super) fn ask(&mut self, question: PendingRequest, session: &Session) {
        if !question.request.needs_report() {
            let language = session.locale.choose(self.language);
            return question.answer(None, language, self.cancel(session), session);
        }
        match &self.known {
            Known::Report(report) => self.answer(question, &Arc::clone(report), session),
            Known::Nothing => self.waiting.push(question),
            Known::Broken => question.request.refuse(Error::internal_error()),
        }
    }

    /// Clears all that the client was shown of this folder.
    pub(super) fn clear_diagnostics(&mut self, snapshot: &Snapshot, session: &Session) {
        self.invalidate();
        self.show(snapshot, ByFile::new(), session);
    }

    fn show(&mut self, snapshot: &Snapshot, diagnostics: ByFile, session: &Session) {
        for (path, list) in self.published.update(diagnostics) {
            if let Some(uri) = snapshot.uri(&path) {
                session.outbox.publish(uri, list, snapshot.version(&path));
            }
        }
    }

    /// Logs what is to be said of the folder as a whole, once.
    fn note(&mut self, notices: &[Notice], snapshot: &Snapshot, session: &Session) {
        let language = session.locale.choose(self.language);
        for notice in notices.iter().filter(|notice| !self.notices.contains(notice)) {
            let text = notice.message.get(language);
            let folder = snapshot.base.join(notice.folder.as_str());
            session.outbox.log(lsp::MessageType::INFO, format!("{}: {text}", folder.display()));
        }
        self.notices = notices.to_vec();
    }

    /// For a request about the present text: newer text stops it only once it has taken a second.
    fn cancel(&self, session: &Session) -> Cancel {
        Cancel::when_changed(&self.revision).with_clock(&session.clock).with_grace(1)
    }

    fn answer(&self, question: PendingRequest, report: &Arc<Report>, session: &Session) {
        let language = session.locale.choose(self.language);
        question.answer(Some(Arc::clone(report)), language, self.cancel(session), session);
    }
}

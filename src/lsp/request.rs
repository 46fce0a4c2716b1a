//! A question about one document, and how it is answered. The loop only takes the snapshot; the
//! answer is worked out on another thread, from that snapshot alone, so no question ever holds up
//! an edit or a diagnosis.

use std::panic::resume_unwind;
use std::sync::Arc;

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types as lsp;

use super::analyzer::Analyzer;
use super::capabilities::Features;
use super::convert;
use super::event::{Event, Reply};
use super::options::Options;
use super::session::Session;
use super::snapshot::{Places, Snapshot};
use super::worker;
use crate::cancel::{Cancel, Cancelled, Failure};
use crate::check::Report;
use crate::finding::Language;
use crate::path::FilePath;

/// What an answer depends on, apart from the question.
pub(super) struct RequestContext<'a> {
    /// The document.
    pub path: &'a FilePath,
    /// The analysis.
    pub engine: &'a dyn Analyzer,
    /// The files, and the client's view of them.
    pub snapshot: &'a Snapshot,
    /// Positions in the files.
    pub places: Places<'a>,
    /// What the client can do.
    pub features: &'a Features,
    /// What is asked of the server in the editor.
    pub options: Options,
    /// The client's language.
    pub language: Language,
    /// Whether the answer is still wanted.
    pub cancel: Cancel,
}

impl RequestContext<'_> {
    /// The byte of the document that `position` names.
    pub(super) fn offset(&self, position: lsp::Position) -> usize {
        convert::offset(&self.places.text(self.path), position, self.places.units)
    }
}

impl RequestContext<'_> {
    /// Works out an answer, unless newer text comes in after a second, or it takes over ten.
    fn attempt<T>(&self, work: impl FnOnce() -> T) -> Result<T> {
        match self.cancel.attempt(work) {
            Ok(Ok(answer)) => Ok(answer),
            Err(Cancelled) => Err(Error::content_modified()),
            // Goes on as a panic, which is logged with the request and answered as an error.
            Ok(Err(Failure::TooLong)) => {
                resume_unwind(Box::new("given up after ten seconds".to_owned()))
            }
            Ok(Err(Failure::Panicked(text))) => resume_unwind(Box::new(text)),
        }
    }
}

/// How a question is answered: from the files, or once the findings in exactly these files are
/// known.
enum Work {
    Files(Box<OfFiles>),
    Report(Box<OfReport>),
}

type OfFiles = dyn FnOnce(Result<Option<&RequestContext<'_>>>) + Send;
type OfReport = dyn FnOnce(Result<Option<(&RequestContext<'_>, &Report)>>) + Send;

/// A question about one document. Whoever has it owes the client an answer.
pub(super) struct Request {
    /// The document, as the client spells it.
    pub uri: lsp::Url,
    about: &'static str,
    work: Work,
}

/// A question with the folder as it was when it was asked.
pub(super) struct PendingRequest {
    /// The question.
    pub request: Request,
    /// The document.
    pub path: FilePath,
    /// The folder.
    pub snapshot: Snapshot,
}

impl Request {
    /// A question that the files answer.
    pub(super) fn of_files<T: Send + 'static>(
        uri: lsp::Url,
        about: &'static str,
        answer: impl FnOnce(&RequestContext<'_>) -> Result<Option<T>> + Send + 'static,
        reply: Reply<Option<T>>,
    ) -> Self {
        let work = Work::Files(Box::new(move |asked| {
            // Cancelled while it waited for a thread: the client ignores the answer, and sending one
            // fails.
            if !reply.is_closed() {
                let answer = |asked: &RequestContext<'_>| asked.attempt(|| answer(asked))?;
                let _ = reply.send(asked.and_then(|asked| asked.map_or(Ok(None), answer)));
            }
        }));
        Self { uri, about, work }
    }

    /// A question that waits for the findings of the text that it was asked about.
    pub(super) fn of_report<T: Send + 'static>(
        uri: lsp::Url,
        about: &'static str,
        answer: impl FnOnce(&RequestContext<'_>, &Report) -> Option<T> + Send + 'static,
        reply: Reply<Option<T>>,
    ) -> Self {
        let work = Work::Report(Box::new(move |asked| {
            if !reply.is_closed() {
                let answer = |(asked, report): (&RequestContext<'_>, &Report)| {
                    asked.attempt(|| answer(asked, report))
                };
                let _ = reply.send(asked.and_then(|asked| asked.map_or(Ok(None), answer)));
            }
        }));
        Self { uri, about, work }
    }

    /// Whether the files alone do not answer it.
    pub(super) fn needs_report(&self) -> bool {
        matches!(self.work, Work::Report(_))
    }

    /// Answers that there is nothing.
    pub(super) fn decline(self) {
        match self.work {
            Work::Files(work) => work(Ok(None)),
            Work::Report(work) => work(Ok(None)),
        }
    }

    /// Answers that it cannot be answered.
    pub(super) fn refuse(self, error: Error) {
        match self.work {
            Work::Files(work) => work(Err(error)),
            Work::Report(work) => work(Err(error)),
        }
    }
}

impl PendingRequest {
    /// Works out the answer on another thread. A question that needs a report and gets none is
    /// declined.
    pub(super) fn answer(
        self,
        report: Option<Arc<Report>>,
        language: Language,
        cancel: Cancel,
        session: &Session,
    ) {
        let Self { request, path, snapshot } = self;
        let (engine, features) = (session.engine.clone(), session.features.clone());
        let options = session.options;
        let (events, about) = (session.events.clone(), format!("{} {path}", request.about));
        worker::spawn(
            session.outbox.runtime(),
            move || {
                let asked = RequestContext {
                    path: &path,
                    engine: &*engine,
                    snapshot: &snapshot,
                    places: Places::new(&snapshot, features.units),
                    features: &features,
                    options,
                    language,
                    cancel,
                };
                match request.work {
                    Work::Files(work) => work(Ok(Some(&asked))),
                    Work::Report(work) => {
                        work(Ok(report.as_deref().map(|report| (&asked, report))));
                    }
                }
            },
            move |done| {
                if let Err(panic) = done {
                    // Fails only when the loop has ended.
                    let _ = events.send(Event::Panicked { about, panic });
                }
            },
        );
    }
}

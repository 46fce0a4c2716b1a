//! What all folders share: the client, its abilities and language, and the analysis. It changes
//! only at `initialize` and when the client's configuration changes.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use tower_lsp::lsp_types::MessageType;

use super::analyzer::Analyzer;
use super::capabilities::Features;
use super::event::Event;
use super::locale::Locale;
use super::options::Options;
use super::outbox::Outbox;
use super::worker;
use crate::cancel::Clock;

/// One client, and what it is served with.
pub(super) struct Session {
    /// The analysis.
    pub engine: Arc<dyn Analyzer>,
    /// The way to the client.
    pub outbox: Outbox,
    /// What the client can do.
    pub features: Features,
    /// What the client speaks.
    pub locale: Locale,
    /// What is asked of the server in the editor.
    pub options: Options,
    /// Ticks once a second.
    pub clock: Clock,
    /// The way back to the main loop.
    pub events: Sender<Event>,
}

impl Session {
    /// Runs `work` on another thread; what it makes comes back to the loop as an event.
    pub(super) fn work(
        &self,
        work: impl FnOnce() -> Event + Send + 'static,
        failed: impl FnOnce(String) -> Event + Send + 'static,
    ) {
        let events = self.events.clone();
        worker::spawn(self.outbox.runtime(), work, move |done| {
            // Fails only when the loop has ended.
            let _ = events.send(done.unwrap_or_else(failed));
        });
    }

    /// Tells the client's log that something here is broken, and what it was about.
    pub(super) fn report_panic(&self, about: &str, panic: &str) {
        self.outbox.log(MessageType::ERROR, format!("internal error ({about}): {panic}"));
    }
}

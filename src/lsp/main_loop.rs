//! The main loop: the one thread that owns the server's state. It drains everything that is queued
//! before it starts an analysis, and at most one analysis per folder runs, so a burst of edits
//! costs one analysis. That is the debounce; there is no timer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;

use super::event::Event;
use super::state::State;
use crate::cancel::panic_text;
use crate::check::STACK;

/// Starts the loop on its own thread; it ends with [`Event::Stop`] or when no sender is left for
/// more.
pub(super) fn start(state: State, inbox: Receiver<Event>) {
    let thread = std::thread::Builder::new().name("main loop".to_owned()).stack_size(STACK);
    // Without the thread every request is answered with an internal error, which says as much as
    // could be said here.
    let _ = thread.spawn(move || run(state, &inbox));
}

fn run(mut state: State, inbox: &Receiver<Event>) {
    while let Ok(event) = inbox.recv() {
        let mut queued = Some(event);
        while let Some(event) = queued {
            if matches!(event, Event::Stop) {
                return;
            }
            guarded(&mut state, |state| state.handle(event));
            queued = inbox.try_recv().ok();
        }
        guarded(&mut state, State::start_analyses);
    }
}

/// One step that may panic (a parser, a file system) without taking the server along.
fn guarded(state: &mut State, step: impl FnOnce(&mut State)) {
    // Sound to go on: every step leaves whole values behind (a document keeps its last text), and
    // what a half-done step forgot to mark stale is marked by the next edit.
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| step(state))) {
        state.report_panic(&panic_text(payload.as_ref()));
    }
}

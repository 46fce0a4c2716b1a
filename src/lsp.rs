//! The language server: the protocol over the analysis. The only part of the program that knows of
//! LSP, and of tower-lsp. Tower-lsp is transport only. Every handler is one line that sends an
//! `Event` to the one thread that owns the state; a request takes its snapshot there, so it sees
//! exactly the messages before it, computes on another thread, and answers by a oneshot. No handler
//! waits for the client, none holds a lock.
//!
//! ```text
//! stdin ─► framing ─► tower-lsp ─► lifecycle ─► server ─► main_loop ─► state ─► folders ─┐ snapshot
//!                                                             ▲                         ▼
//! stdout ◄─────────── tower-lsp ◄──────── outbox ◄────────────┴──── Loaded, Analysed ◄─ worker
//! ```

mod actions;
mod analyzer;
mod capabilities;
mod completion;
mod convert;
mod definition;
mod diagnostics;
mod event;
mod folder;
mod folders;
mod framing;
mod hints;
mod hover;
mod lens;
mod lifecycle;
mod links;
mod locale;
mod main_loop;
mod options;
mod outbox;
mod published;
mod rename;
mod report;
mod request;
mod schedule;
mod server;
mod session;
mod snapshot;
mod spelling;
mod state;
mod structure;
mod task;
mod tokens;
mod uri;
mod worker;
mod workspace_edit;

pub use analyzer::{Analysis, Analyzer};

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Builder, Handle};

use crate::cancel::Clock;
use crate::check::STACK;
use outbox::Outbox;
use server::Server;
use state::State;

/// How many requests may be under way. tower-lsp's own four would let four slow ones hold up every
/// edit and every cancellation behind them; here nothing under way costs more than a waiting
/// oneshot.
const CONCURRENT_REQUESTS: usize = 1024;

/// How long the last messages may take to be written.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Serves one editor over standard input and output until it says `exit` or goes away.
///
/// Code 0 when `shutdown` came first, else 1, as the protocol asks.
pub fn run() -> ExitCode {
    // The pool that analyses run on. Only the first counts; if there is one, it stays as it is.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let Ok(runtime) =
        Builder::new_multi_thread().worker_threads(2).thread_stack_size(STACK).enable_all().build()
    else {
        return ExitCode::FAILURE;
    };
    let code = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout(), Arc::new(Analysis)));
    // Not a plain drop: that would wait for the thread which still reads standard input.
    runtime.shutdown_background();
    ExitCode::from(code)
}

/// Serves one client over `input` and `output`; gives the exit code. Must be called within a tokio
/// runtime.
pub async fn serve<I, O>(input: I, output: O, engine: Arc<dyn Analyzer>) -> u8
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let (events, inbox) = std::sync::mpsc::channel();
    let handlers = events.clone();
    let clock = Clock::default();
    let ticking = tokio::spawn(tick(clock.clone()));
    let (service, socket) = tower_lsp::LspService::new(|client| {
        let outbox = Outbox::new(client, &Handle::current());
        let state = State::new(engine, outbox, events.clone(), clock.clone());
        main_loop::start(state, inbox);
        Server::new(handlers)
    });
    let (service, ending) = lifecycle::watch(service);
    let input = framing::checked(input, ending.clone(), events.clone());
    let (output, mut written) = spelling::restored(output);
    let transport = tower_lsp::Server::new(input, output, socket)
        .concurrency_level(CONCURRENT_REQUESTS)
        .serve(service);
    // A task of its own: tower-lsp panics when the output breaks, and that is an end like any
    // other.
    let mut transport = tokio::spawn(transport);
    tokio::select! {
        _ = &mut transport => {}
        () = ending.overdue() => transport.abort(),
    }
    ticking.abort();
    // What is said by now reaches the client, which may have stopped reading.
    let last = tokio::time::timeout(LAST_WORDS, &mut written).await;
    if last.is_err() {
        written.abort();
    }
    // The loop is gone already when this fails.
    let _ = events.send(event::Event::Stop);
    ending.code()
}

/// Lets `clock` tick once a second.
async fn tick(clock: Clock) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        clock.tick();
    }
}

//! How the conversation begins and ends: a layer between tower-lsp's transport and its service.
//! Tower-lsp on its own neither ends at `exit` nor keeps what a client sends before `initialize` is
//! answered. Here `exit` ends the input, so that the answers under way still go out; and messages
//! behind `initialize` wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::Notify;
use tower::Service;
use tower_lsp::jsonrpc::{Error, Request, Response};

/// How long answers under way may take after `exit`, for a client that no longer reads.
const GRACE: Duration = Duration::from_secs(1);

/// Wraps `service`; the second value tells how the conversation ends.
pub(super) fn watch<S>(service: S) -> (Lifecycle<S>, ShutdownState) {
    let ending = ShutdownState::default();
    (Lifecycle { inner: service, ending: ending.clone(), greeting: Arc::default() }, ending)
}

/// What is known of the end. Clones share it.
#[derive(Clone, Default)]
pub(super) struct ShutdownState(Arc<ShutdownCell>);

#[derive(Default)]
struct ShutdownCell {
    shutdown: AtomicBool,
    exit: AtomicBool,
    /// Told once for each of the two who wait: the input and the deadline.
    input: Notify,
    deadline: Notify,
}

impl ShutdownState {
    /// Waits for `exit`.
    pub(super) async fn exit(&self) {
        self.0.input.notified().await;
    }

    /// Waits until [`GRACE`] after `exit`.
    pub(super) async fn overdue(&self) {
        self.0.deadline.notified().await;
        tokio::time::sleep(GRACE).await;
    }

    /// The exit code: 0 when the client asked to shut down before it left, else 1.
    pub(super) fn code(&self) -> u8 {
        u8::from(!self.0.shutdown.load(Ordering::Acquire))
    }

    fn leave(&self) {
        self.0.exit.store(true, Ordering::Release);
        self.0.input.notify_one();
        self.0.deadline.notify_one();
    }

    fn has_left(&self) -> bool {
        self.0.exit.load(Ordering::Acquire)
    }
}

/// Whether `initialize` is being answered, and who waits for that.
#[derive(Default)]
struct InitGate {
    under_way: AtomicBool,
    waiting: Mutex<Option<Waker>>,
}

impl InitGate {
    fn end(&self) {
        self.under_way.store(false, Ordering::Release);
        if let Some(waker) = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take() {
            waker.wake();
        }
    }
}

/// The layer.
pub(super) struct Lifecycle<S> {
    inner: S,
    ending: ShutdownState,
    greeting: Arc<InitGate>,
}

type Answer<E> = Pin<Box<dyn Future<Output = Result<Option<Response>, E>> + Send>>;

impl<S> Service<Request> for Lifecycle<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Future: Send + 'static,
    S::Error: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = Answer<S::Error>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        if self.ending.has_left() {
            return Poll::Ready(Ok(()));
        }
        *self.greeting.waiting.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(cx.waker().clone());
        if self.greeting.under_way.load(Ordering::Acquire) {
            return Poll::Pending;
        }
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if self.ending.has_left() {
            return answered(None);
        }
        match request.method() {
            "exit" => {
                self.ending.leave();
                answered(None)
            }
            "initialize" => {
                self.greeting.under_way.store(true, Ordering::Release);
                let greeting = Arc::clone(&self.greeting);
                let inner = self.inner.call(request);
                Box::pin(async move {
                    let response = inner.await;
                    greeting.end();
                    response
                })
            }
            "shutdown" => {
                let ending = self.ending.clone();
                let inner = self.inner.call(request);
                Box::pin(async move {
                    let response = inner.await?;
                    if response.as_ref().is_some_and(Response::is_ok) {
                        ending.0.shutdown.store(true, Ordering::Release);
                    }
                    Ok(response)
                })
            }
            // tower-lsp leaves these without an answer, though the protocol asks for one.
            method if method.starts_with("$/") && request.id().is_some() => {
                let (_, id, _) = request.into_parts();
                answered(id.map(|id| Response::from_error(id, Error::method_not_found())))
            }
            _ => Box::pin(self.inner.call(request)),
        }
    }
}

fn answered<E: Send + 'static>(response: Option<Response>) -> Answer<E> {
    Box::pin(std::future::ready(Ok(response)))
}

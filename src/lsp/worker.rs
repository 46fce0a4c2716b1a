//! Work away from the main loop. A panic stays here. It becomes a value, the request an "Internal
//! error", and the server lives on; where it happened is on standard error, by the default hook.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::runtime::Handle;

use crate::cancel::panic_text;

/// Runs `work` on a thread of the blocking pool, then `done` with its result, or with the panic's
/// message.
pub(super) fn spawn<T>(
    pool: &Handle,
    work: impl FnOnce() -> T + Send + 'static,
    done: impl FnOnce(Result<T, String>) + Send + 'static,
) {
    pool.spawn_blocking(move || {
        // The work owns what it touches (a snapshot), so nothing half-changed can be seen
        // afterwards.
        done(catch_unwind(AssertUnwindSafe(work)).map_err(|payload| panic_text(payload.as_ref())));
    });
}

//! Giving up in time. Work asks between files and rules, so a newer edit stops an older analysis in
//! milliseconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The analysis was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Whether work begun for one revision of the workspace is still wanted.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    current: Arc<AtomicU64>,
    begun: u64,
}

impl Cancel {
    /// Work that is never cancelled.
    pub fn never() -> Self {
        Self::default()
    }

    /// Work that stops as soon as `current` is no longer what it is now.
    pub fn when_changed(current: &Arc<AtomicU64>) -> Self {
        // Relaxed: the number is only compared, it guards no other memory.
        Self { current: Arc::clone(current), begun: current.load(Ordering::Relaxed) }
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] when not.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.current.load(Ordering::Relaxed) == self.begun { Ok(()) } else { Err(Cancelled) }
    }
}

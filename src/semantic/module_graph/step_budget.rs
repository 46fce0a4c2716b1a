//! The steps that all queries about one file may take together. A query has a bound of its own;
//! this one bounds the number of queries that reach theirs.
//!
//! Invariant: a budget belongs to one view and one thread, so what is left does not depend on what
//! was computed for other files.

use std::sync::atomic::{AtomicU32, Ordering};

/// Steps for a file of any size.
const STEPS: u32 = 2_000_000;
/// Steps for each byte of a file. Bundled libraries alias the platform far from where they use it,
/// so a constant budget would lose uses at the end of a large file.
const STEPS_PER_BYTE: usize = 128;

/// The steps that are left.
#[derive(Debug)]
pub(super) struct StepBudget(AtomicU32);

impl StepBudget {
    /// Returns a full budget for a file of `bytes`.
    pub(super) fn new(bytes: usize) -> Self {
        let by_size = u32::try_from(bytes.saturating_mul(STEPS_PER_BYTE)).unwrap_or(u32::MAX);
        Self(AtomicU32::new(by_size.max(STEPS)))
    }

    /// Takes `steps`, or what is left of them.
    pub(super) fn spend(&self, steps: u32) {
        self.0.store(self.left().saturating_sub(steps), Ordering::Relaxed);
    }

    /// Returns the steps that are left.
    pub(super) fn left(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, StepBudget};

    #[test]
    fn ends_at_nothing() {
        assert_eq!(StepBudget::new(1 << 20).left(), 1 << 27);
        assert_eq!(StepBudget::new(usize::MAX).left(), u32::MAX);
        let budget = StepBudget::new(10);
        budget.spend(STEPS - 1);
        assert_eq!(budget.left(), 1);
        budget.spend(2);
        assert_eq!(budget.left(), 0);
    }
}

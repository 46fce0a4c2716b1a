//! The steps that all queries about one file may take together. A query has a bound of its own;
//! this one bounds the number of queries that reach theirs.
//!
//! Invariant: a budget belongs to one view and one thread, so what is left does not depend on what
//! was computed for other files.

use std::sync::atomic::{AtomicU32, Ordering};

/// Steps per file. Of the files of real programs, only bundled libraries come near.
const STEPS: u32 = 2_000_000;

/// The steps that are left.
#[derive(Debug)]
pub(super) struct StepBudget(AtomicU32);

impl StepBudget {
    /// Returns a full budget.
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(STEPS))
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
        let budget = StepBudget::new();
        budget.spend(STEPS - 1);
        assert_eq!(budget.left(), 1);
        budget.spend(2);
        assert_eq!(budget.left(), 0);
    }
}

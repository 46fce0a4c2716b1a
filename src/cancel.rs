//! Giving up in time: work asks whether it is still wanted, between files and rules by
//! [`Cancel::check`], inside them by [`checkpoint`] at each step of a resolution or a parse.
//!
//! A checkpoint where work is no longer wanted unwinds to the [`Cancel::attempt`] around it, as a
//! panic would, so that nothing half-done is kept. Time is data: whoever wants work to be given up
//! lets a [`Clock`] tick. Without a clock nothing depends on time.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Ticks that one part of the work may take: a file, a rule, a request.
const MOST_TICKS: u64 = 10;

/// The work was asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Why one part of the work has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It took too long by the clock.
    TooLong,
    /// It panicked, with this message.
    Panicked(String),
}

/// Time as far as work is told: a number of ticks, each a second by convention.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<AtomicU64>);

impl Clock {
    /// Lets one tick pass.
    pub fn tick(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether work begun for one revision of the workspace is still wanted.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    current: Arc<AtomicU64>,
    begun: u64,
    clock: Clock,
    /// Ticks for which work goes on though the revision is not the one it was begun for.
    grace: u64,
}

impl Cancel {
    /// Work that is never stopped.
    pub fn never() -> Self {
        Self::default()
    }

    /// Work that stops as soon as `current` is no longer what it is now.
    pub fn when_changed(current: &Arc<AtomicU64>) -> Self {
        // Relaxed: the number is only compared, it guards no other memory.
        let begun = current.load(Ordering::Relaxed);
        Self { current: Arc::clone(current), begun, ..Self::default() }
    }

    /// The same, with parts that are given up after ten ticks of `clock`.
    #[must_use]
    pub fn with_clock(self, clock: &Clock) -> Self {
        Self { clock: clock.clone(), ..self }
    }

    /// The same, which stops for a change only once a part has taken `ticks`.
    #[must_use]
    pub fn with_grace(self, ticks: u64) -> Self {
        Self { grace: ticks, ..self }
    }

    /// Whether to go on.
    ///
    /// # Errors
    /// [`Cancelled`] when not.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.current.load(Ordering::Relaxed) == self.begun { Ok(()) } else { Err(Cancelled) }
    }

    /// Does one part of the work, which its checkpoints may end.
    ///
    /// # Errors
    /// [`Cancelled`] when no part is wanted any more; the inner error when this one has no result.
    pub fn attempt<T>(&self, work: impl FnOnce() -> T) -> Result<Result<T, Failure>, Cancelled> {
        let watch = Watch { cancel: self.clone(), since: self.clock.now() };
        match catch_unwind(AssertUnwindSafe(|| watch.around(work))) {
            Ok(done) => Ok(Ok(done)),
            Err(payload) => match payload.downcast_ref::<Interrupt>() {
                Some(Interrupt::Cancelled) => Err(Cancelled),
                Some(Interrupt::TooLong) => Ok(Err(Failure::TooLong)),
                None => Ok(Err(Failure::Panicked(panic_text(payload.as_ref())))),
            },
        }
    }
}

/// What a checkpoint unwinds with.
enum Interrupt {
    Cancelled,
    TooLong,
}

/// A part of the work that is being done.
#[derive(Clone, Debug)]
pub struct Watch {
    cancel: Cancel,
    since: u64,
}

thread_local! {
    /// The part that this thread does.
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

impl Watch {
    /// The part that this thread does, to be handed to a thread that does a piece of it.
    pub fn current() -> Option<Self> {
        WATCH.with_borrow(Clone::clone)
    }

    /// Does a piece of this part on whichever thread calls.
    pub fn around<T>(self, work: impl FnOnce() -> T) -> T {
        /// Puts back, also when the work unwinds, what the thread did before.
        struct Restore(Option<Watch>);
        impl Drop for Restore {
            fn drop(&mut self) {
                WATCH.set(self.0.take());
            }
        }
        let _restore = Restore(WATCH.replace(Some(self)));
        work()
    }

    fn interrupt(&self) -> Option<Interrupt> {
        let ticks = self.cancel.clock.now().saturating_sub(self.since);
        if ticks >= self.cancel.grace && self.cancel.check().is_err() {
            return Some(Interrupt::Cancelled);
        }
        (ticks >= MOST_TICKS).then_some(Interrupt::TooLong)
    }
}

/// Whether the part of the work that this thread does should end.
pub fn is_interrupted() -> bool {
    WATCH.with_borrow(|watch| watch.as_ref().is_some_and(|watch| watch.interrupt().is_some()))
}

/// Ends the part of the work that this thread does, where that is due.
pub fn checkpoint() {
    let interrupt = WATCH.with_borrow(|watch| watch.as_ref().and_then(Watch::interrupt));
    if let Some(interrupt) = interrupt {
        // Not `panic!`: nothing is wrong, and the hook has nothing to print.
        resume_unwind(Box::new(interrupt));
    }
}

/// The panic's message.
pub fn panic_text(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| payload.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "panic without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::{Cancel, Cancelled, Clock, Failure, Watch, checkpoint};

    /// Work that lets `ticks` pass, one between two checkpoints.
    fn ticking(clock: &Clock, ticks: u64) -> u64 {
        for _ in 0..ticks {
            checkpoint();
            clock.tick();
        }
        checkpoint();
        ticks
    }

    #[test]
    fn a_part_ends_where_its_time_does_and_the_next_has_its_own() {
        let clock = Clock::default();
        let cancel = Cancel::never().with_clock(&clock);
        for (ticks, done) in [(9, Ok(9)), (10, Err(Failure::TooLong)), (9, Ok(9)), (0, Ok(0))] {
            assert_eq!(cancel.attempt(|| ticking(&clock, ticks)), Ok(done), "{ticks}");
        }
        assert_eq!(Cancel::never().attempt(|| ticking(&clock, 99)), Ok(Ok(99)), "no clock");
        // Outside of any part nothing ends.
        assert_eq!(ticking(&clock, 99), 99);
    }

    #[test]
    fn newer_input_ends_a_part_at_once_or_after_its_grace() {
        for (grace, ticks, done) in [(0, 0, false), (1, 0, true), (1, 1, false), (3, 2, true)] {
            let (clock, revision) = (Clock::default(), Arc::new(AtomicU64::new(1)));
            let cancel = Cancel::when_changed(&revision).with_clock(&clock).with_grace(grace);
            let outcome = cancel.attempt(|| {
                checkpoint();
                revision.store(2, Ordering::Relaxed);
                ticking(&clock, ticks)
            });
            let expected = if done { Ok(Ok(ticks)) } else { Err(Cancelled) };
            assert_eq!(outcome, expected, "grace {grace}, {ticks} ticks");
        }
    }

    #[test]
    fn a_panic_stays_in_its_part() {
        let cancel = Cancel::never();
        let failed = cancel.attempt(|| -> u64 { panic!("no {}", "good") });
        assert_eq!(failed, Ok(Err(Failure::Panicked("no good".to_owned()))));
        assert_eq!(cancel.attempt(|| 1), Ok(Ok(1)));
    }

    #[test]
    fn a_piece_on_another_thread_ends_with_its_part() {
        let clock = Clock::default();
        let cancel = Cancel::never().with_clock(&clock);
        let outcome = cancel.attempt(|| {
            let watch = Watch::current();
            let piece = || watch.map(|watch| watch.around(|| ticking(&clock, 10)));
            std::thread::scope(|scope| assert!(scope.spawn(piece).join().is_err()));
            checkpoint();
        });
        assert_eq!(outcome, Ok(Err(Failure::TooLong)), "one clock for both threads");
    }
}

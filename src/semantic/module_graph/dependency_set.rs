//! The modules and the program-wide state that one query read.
//!
//! Invariant: an empty set costs O(modules / 4096), so recording the dependencies of every file of a
//! program stays linear in its size.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Words of 64 modules in a page.
const WORDS: usize = 64;
/// Modules in a page.
const PAGE: usize = WORDS * 64;

type Page = Box<[AtomicU64; WORDS]>;

/// A set of module numbers that grows by pages, and two flags. All operations are `Relaxed`: a set
/// is filled and read on one thread.
pub(super) struct DependencySet {
    pages: Box<[OnceLock<Page>]>,
    global_writes: AtomicBool,
    import_writes: AtomicBool,
}

impl DependencySet {
    /// Returns an empty set for module numbers below `modules`.
    pub(super) fn new(modules: usize) -> Self {
        Self {
            pages: (0..modules.div_ceil(PAGE)).map(|_| OnceLock::new()).collect(),
            global_writes: AtomicBool::new(false),
            import_writes: AtomicBool::new(false),
        }
    }

    /// Adds a module. O(1).
    pub(super) fn insert(&self, module: usize) {
        let Some(page) = self.pages.get(module / PAGE) else { return };
        let page = page.get_or_init(|| Box::new([const { AtomicU64::new(0) }; WORDS]));
        if let Some(word) = page.get(module % PAGE / 64) {
            word.fetch_or(1 << (module % 64), Ordering::Relaxed);
        }
    }

    /// Returns the modules in ascending order.
    pub(super) fn modules(&self) -> impl Iterator<Item = usize> {
        let pages = self.pages.iter().enumerate();
        let pages = pages.filter_map(|(number, page)| Some((number * PAGE, page.get()?)));
        let words = pages.flat_map(|(first, page)| {
            (first..).step_by(64).zip(page.iter().map(|word| word.load(Ordering::Relaxed)))
        });
        words.flat_map(|(first, word)| {
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        })
    }

    /// Records that stores to shared objects were read.
    pub(super) fn read_global_writes(&self) {
        self.global_writes.store(true, Ordering::Relaxed);
    }

    /// Records that writes to imported objects were read.
    pub(super) fn read_import_writes(&self) {
        self.import_writes.store(true, Ordering::Relaxed);
    }

    /// Returns whether stores to shared objects, and writes to imported objects, were read.
    pub(super) fn globals(&self) -> (bool, bool) {
        (self.global_writes.load(Ordering::Relaxed), self.import_writes.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::DependencySet;

    #[test]
    fn holds_what_was_inserted_in_order_and_nothing_beyond_its_size() {
        for size in [0, 1, 64, 4096, 4097, 20_000] {
            let set = DependencySet::new(size);
            let inserted = [0, 1, 63, 64, 4095, 4096, 12_345, 19_999];
            for module in inserted.into_iter().rev().filter(|&module| module < size) {
                set.insert(module);
                set.insert(module);
            }
            let expected: Vec<_> = inserted.into_iter().filter(|&module| module < size).collect();
            assert_eq!(set.modules().collect::<Vec<_>>(), expected, "{size}");
        }
        let set = DependencySet::new(1);
        set.insert(100_000);
        assert_eq!(set.modules().count(), 0);
        assert_eq!(set.globals(), (false, false));
        set.read_import_writes();
        assert_eq!(set.globals(), (false, true));
    }
}

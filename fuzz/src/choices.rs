//! The bytes of an input, read as a series of choices. Every input is a series: past its end each
//! choice is the first.

/// Choices that are not made yet.
pub(crate) struct Choices<'a> {
    input: &'a [u8],
}

impl<'a> Choices<'a> {
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self { input }
    }

    /// Whether a choice is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.input.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.input.split_first() else { return 0 };
        self.input = rest;
        *first
    }

    /// A number below `limit`; 0 if there is none.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let wide = usize::from(self.byte()) * 256 + usize::from(self.byte());
        wide.checked_rem(limit).unwrap_or(0)
    }

    /// One of `all`.
    pub(crate) fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// Up to 15 bytes as they stand.
    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        let length = usize::from(self.byte() % 16).min(self.input.len());
        let (taken, rest) = self.input.split_at(length);
        self.input = rest;
        taken
    }
}

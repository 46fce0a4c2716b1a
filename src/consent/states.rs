//! The consent state of each API use of a program.
//!
//! Invariant: two uses with the same place and the same name share one state, because they are the
//! same expression.

use std::collections::HashMap;

use super::ConsentState;
use crate::finding::Place;
use crate::semantic::api_use::ApiUse;

/// Consent states, keyed by use. Never iterated, so its order is not observable.
#[derive(Clone, Debug, Default)]
pub struct ConsentStates {
    by_use: HashMap<(Place, &'static str), ConsentState>,
}

impl ConsentStates {
    /// Returns the state of `used`; `None` where consent is not required. O(1).
    pub fn get(&self, used: &ApiUse) -> Option<&ConsentState> {
        self.by_use.get(&(used.place.clone(), used.api))
    }

    /// Records the state of `used`.
    pub fn insert(&mut self, used: &ApiUse, state: ConsentState) {
        self.by_use.insert((used.place.clone(), used.api), state);
    }
}

//! The end of an interface: withdrawn, deprecated, renamed or its service shut down.
//!
//! Deprecated is not removed: old forms are still found and still regulated.

use serde::Deserialize;

use super::Phrase;

/// What became of an interface that should no longer be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WithdrawalState {
    /// It no longer gives what it gave.
    Withdrawn,
    /// It works, but is no longer maintained.
    Deprecated,
    /// Only its name changed.
    Renamed,
    /// The service behind it is shut down.
    Offline,
}

/// The end of an interface and what follows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// What happened.
    pub state: WithdrawalState,
    /// A date (`2022-11-08`) or the base library (`2.21.0`); absent where unknown.
    pub since: Option<&'static str>,
    /// Names of rows or members to use instead; may be empty.
    #[serde(default, borrow)]
    pub replacement: Vec<&'static str>,
    /// The new name, only where putting it in place of the old one is a complete and correct
    /// change.
    pub mechanical: Option<&'static str>,
    /// What differs.
    pub note: Option<Phrase>,
}

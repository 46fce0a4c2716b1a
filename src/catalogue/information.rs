//! The kinds of information that the privacy guide knows, and the authorisations that guard some
//! of them.
//!
//! Privacy keys are case-sensitive as printed (`BlueTooth`, `EXIDNumber`), and a program may
//! declare keys of its own.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, Sensitivity, table};

static KINDS: LazyLock<Vec<Information>> =
    LazyLock::new(|| table::parse(include_str!("information.json")));
static SCOPES: LazyLock<Vec<Scope>> = LazyLock::new(|| table::parse(include_str!("scopes.json")));

/// One kind of information of the privacy guide.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Information {
    /// The `privacy_key`.
    pub key: &'static str,
    /// A short noun phrase.
    pub label: Phrase,
    /// The official wording of the table, in Chinese.
    pub description: &'static str,
    /// The official wording beside the key, in Chinese.
    pub declaration: &'static str,
    /// Whether any interface yields it; the others enter through forms or the server.
    pub has_interface: bool,
    /// Sensitivity under PIPL Art. 28: a judgement.
    pub sensitivity: Option<Sensitivity>,
    /// What that depends on.
    pub sensitivity_note: Option<Phrase>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// What became of an authorisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeStatus {
    /// Asked for and checked.
    Active,
    /// No longer exists: always reads as granted, asking does nothing.
    Cancelled,
    /// No longer open to mini-programs.
    Withdrawn,
    /// Active, but this interface needs it on Android only.
    AndroidOnly,
}

/// One authorisation (`scope.*`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The name, with `scope.`.
    pub scope: &'static str,
    /// Whether it still exists.
    pub status: ScopeStatus,
    /// A short noun phrase.
    pub label: Phrase,
    /// Names of the rows that need it, sorted.
    #[serde(borrow)]
    pub interfaces: Vec<&'static str>,
    /// Whether `permission` in app.json must state the purpose.
    pub permission_desc_required: bool,
    /// Whether official pages name this scope as a key of `permission`; absent where none is
    /// required.
    pub permission_verified: Option<bool>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All kinds of information, sorted by key.
pub fn information_kinds() -> &'static [Information] {
    &KINDS
}

/// The kind of that privacy key, case-sensitive. O(log n).
pub fn information(key: &str) -> Option<&'static Information> {
    table::find(&KINDS, |row| row.key, &[key])
}

/// All authorisations, sorted by name.
pub fn scopes() -> &'static [Scope] {
    &SCOPES
}

/// The authorisation of that name, with `scope.`. O(log n).
pub fn scope(name: &str) -> Option<&'static Scope> {
    table::find(&SCOPES, |row| row.scope, &[name])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_case_sensitive() {
        assert!(information("BlueTooth").is_some());
        assert!(information("Bluetooth").is_none());
    }

    #[test]
    fn a_cancelled_scope_is_still_known() {
        assert_eq!(scope("scope.address").map(|row| row.status), Some(ScopeStatus::Cancelled));
        assert_eq!(scope("address"), None);
    }
}

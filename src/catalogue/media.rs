//! The attributes by which a template shows pictures, sound and film from a host.
//!
//! The official pages name no list for them, so such hosts are told and never judged.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

static ROWS: LazyLock<Vec<Medium>> = LazyLock::new(|| table::parse(include_str!("media.json")));

/// An attribute that holds the address of a picture, a sound or a film.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Medium {
    /// The component.
    pub tag: &'static str,
    /// Its attribute.
    pub attribute: &'static str,
    /// Where the fact comes from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All of them, sorted by tag and attribute.
pub fn media() -> &'static [Medium] {
    &ROWS
}

//! What the filing of a mini-program asks a document for before it can be filed: news, publishing,
//! education and the like.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, table};

static ROWS: LazyLock<Vec<PreApproval>> =
    LazyLock::new(|| table::parse(include_str!("pre_approvals.json")));

/// One item of the pre-approval.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreApproval {
    /// Its key.
    pub id: &'static str,
    /// Its number in the platform's list; unknown for religion.
    pub number: Option<u8>,
    /// What it is called.
    pub item: Phrase,
    /// The document.
    pub document: Phrase,
    /// Who issues it.
    pub issuer: Phrase,
    /// The licences whose topics belong to it.
    #[serde(default, borrow)]
    pub licences: Vec<&'static str>,
    /// Words for which the platform screens names.
    #[serde(borrow)]
    pub keywords: Vec<&'static str>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All items, sorted by id.
pub fn pre_approvals() -> &'static [PreApproval] {
    &ROWS
}

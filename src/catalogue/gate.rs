//! Service categories that may open a gated interface. The category of a program is not in its
//! source: these rows inform; they are not accusations.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

static ROWS: LazyLock<Vec<Gate>> = LazyLock::new(|| table::parse(include_str!("gates.json")));

/// Whose accounts a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// The page makes no difference.
    All,
    /// Accounts of the mainland.
    Domestic,
    /// Accounts from elsewhere.
    Overseas,
}

/// One category that opens an interface.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The row of `interfaces.json`.
    pub interface: &'static str,
    /// Whose accounts it is for.
    pub region: Region,
    /// The category as the console prints it, in Chinese.
    pub category: &'static str,
    /// Its sub-categories, in Chinese; empty means the whole category.
    #[serde(borrow)]
    pub subcategories: Vec<&'static str>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All rows, sorted by interface, region and category.
pub fn gates() -> &'static [Gate] {
    &ROWS
}

/// The categories that open the interface of that name; empty when it has no such gate. O(log n).
pub fn gates_of(interface: &str) -> &'static [Gate] {
    let first = ROWS.partition_point(|row| row.interface < interface);
    let rest = ROWS.get(first..).unwrap_or_default();
    rest.get(..rest.partition_point(|row| row.interface == interface)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_of_one_interface_only() {
        let found = gates_of("component voip-room");
        assert!(
            !found.is_empty() && found.iter().all(|row| row.interface == "component voip-room")
        );
        assert!(gates_of("wx.startLocation").is_empty());
    }
}

//! Functions that register a part of a page, a component or the app: `onLoad(() => …)` is what the option `onLoad` is.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

static ROWS: LazyLock<Vec<Hook>> = LazyLock::new(|| table::parse(include_str!("hooks.json")));

/// A function that registers another one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// Its name.
    pub hook: &'static str,
    /// The option that means the same.
    pub option: &'static str,
    /// Where that is documented.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All hooks, sorted.
pub fn hooks() -> &'static [Hook] {
    &ROWS
}

/// The hook `name`.
pub fn hook(name: &str) -> Option<&'static Hook> {
    table::find(&ROWS, |row| row.hook, &[name])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_means_an_option() {
        assert_eq!(hook("onPageShow").map(|row| row.option), Some("onShow"));
        assert_eq!(hook("onTap"), None);
    }
}

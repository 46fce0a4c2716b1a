//! Folder names by which a copied component library or SDK is recognised inside a mini-program.
//!
//! Code in such a folder still runs and still collects; knowing the package only tells who has to
//! change it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

static ROWS: LazyLock<Vec<Package>> = LazyLock::new(|| table::parse(include_str!("packages.json")));

/// A folder of other people's code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// One segment of a path, lower case.
    pub folder: &'static str,
    /// The name people know it by.
    pub package: &'static str,
    /// Its repository.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All folders, sorted.
pub fn packages() -> &'static [Package] {
    &ROWS
}

/// The package that a path segment gives away, in any case of letters.
pub fn package_folder(segment: &str) -> Option<&'static Package> {
    ROWS.iter().find(|row| row.folder.eq_ignore_ascii_case(segment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_recognised_whole_and_without_case() {
        assert_eq!(package_folder("wxParse").map(|row| row.package), Some("wxParse"));
        assert_eq!(package_folder("@vant").map(|row| row.package), Some("Vant Weapp"));
        assert_eq!(package_folder("my-vant"), None);
    }
}

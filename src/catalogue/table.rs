//! Reading a table: a JSON array, sorted by its key, one row a line.
//!
//! The texts are embedded, so a table that does not parse is a fault of the build that the tests
//! find; at run time it would read as an empty table, never as a panic. Strings are borrowed from
//! the embedded text, which therefore holds no backslash escapes.

use std::cmp::Ordering;

use serde::Deserialize;

/// The rows of an embedded table, in its order.
pub(super) fn parse<T: Deserialize<'static>>(text: &'static str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The row whose key is the concatenation of `parts`, in O(log n) and without building that string.
pub(super) fn find<'a, T>(
    rows: &'a [T],
    key: impl Fn(&T) -> &'static str,
    parts: &[&str],
) -> Option<&'a T> {
    rows.binary_search_by(|row| compare(key(row), parts)).ok().and_then(|at| rows.get(at))
}

/// How `key` sorts against the concatenation of `parts`, by bytes.
pub(super) fn compare(key: &str, parts: &[&str]) -> Ordering {
    key.bytes().cmp(parts.iter().flat_map(|part| part.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_its_parts() {
        let rows = ["a b", "a.b", "ab"];
        assert_eq!(find(&rows, |row| row, &["a", ".", "b"]), Some(&"a.b"));
        assert_eq!(find(&rows, |row| row, &["a", "b"]), Some(&"ab"));
        assert_eq!(find(&rows, |row| row, &["a"]), None);
    }

    #[test]
    fn a_table_that_does_not_parse_is_empty() {
        assert_eq!(parse::<u32>("[1, x]"), Vec::<u32>::new());
    }
}

//! Members of `wx` that carry no duty we know, and the classes of the objects that some members
//! return.
//!
//! A name is known when it is here or in `interfaces.json`. Anything else on `wx` proves nothing:
//! it may be older or newer than the typings these tables come from, belong to another runtime, be
//! a slip of the pen, or have been hung there by the program itself.

use std::sync::LazyLock;

use serde::Deserialize;

use super::row::Plugin;
use super::{interface, interfaces, table};

static MEMBERS: LazyLock<Vec<Member>> =
    LazyLock::new(|| table::parse(include_str!("members.json")));
static FACTORIES: LazyLock<Vec<Factory>> =
    LazyLock::new(|| table::parse(include_str!("classes.json")));

/// A member without a known duty.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The name, with `wx.`.
    pub name: &'static str,
    /// The first base library that has it.
    pub base_library: Option<&'static str>,
    /// Use in plugins; absent where nothing is stated.
    pub plugin: Option<Plugin>,
    /// Its page.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// A member whose call returns a tracked object.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factory {
    /// The member, with `wx.`.
    pub factory: &'static str,
    /// The class of what it returns.
    pub class: &'static str,
    /// Its page.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All members without a known duty, sorted by name.
pub fn members() -> &'static [Member] {
    &MEMBERS
}

/// The member of that name, if it carries no known duty. O(log n).
pub fn member(name: &str) -> Option<&'static Member> {
    table::find(&MEMBERS, |row| row.name, &[name])
}

/// Whether the platform has a member of that name (with `wx.`), regulated or not. O(log n).
pub fn is_known(name: &str) -> bool {
    member(name).is_some() || interface(name).is_some_and(|row| row.name.starts_with("wx."))
}

/// All members that return tracked objects, sorted by name.
pub fn factories() -> &'static [Factory] {
    &FACTORIES
}

/// The class of the object that a call of the member returns. O(log n).
pub fn class_of_factory(name: &str) -> Option<&'static str> {
    table::find(&FACTORIES, |row| row.factory, &[name]).map(|row| row.class)
}

/// Whether any method of the class has a row, so that tracking its objects is of use.
pub fn is_class(class: &str) -> bool {
    let first = interfaces().partition_point(|row| table::compare(row.name, &[class, "."]).is_lt());
    interfaces()
        .get(first)
        .is_some_and(|row| row.name.strip_prefix(class).is_some_and(|rest| rest.starts_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_with_or_without_a_duty() {
        assert!(member("wx.navigateTo").is_some());
        assert!(member("wx.getLocation").is_none());
        assert!(is_known("wx.getLocation") && is_known("wx.navigateTo"));
        assert!(!is_known("wx.foo") && !is_known("scope.record"));
    }

    #[test]
    fn an_object_has_the_class_of_its_factory() {
        assert_eq!(class_of_factory("wx.getRecorderManager"), Some("RecorderManager"));
        assert_eq!(class_of_factory("wx.getLocation"), None);
        assert!(is_class("RecorderManager") && !is_class("VideoContext") && !is_class("Recorder"));
    }
}

//! Finding rows of `interfaces.json` by what a program writes.
//!
//! Names sort by bytes, so every look-up is a binary search on the parts of the name.

use std::sync::LazyLock;

use super::row::{Form, Interface};
use super::table;

static ROWS: LazyLock<Vec<Interface>> =
    LazyLock::new(|| table::parse(include_str!("interfaces.json")));

fn find(parts: &[&str]) -> Option<&'static Interface> {
    table::find(&ROWS, |row| row.name, parts)
}

/// All rows, sorted by name.
pub fn interfaces() -> &'static [Interface] {
    &ROWS
}

/// The row of that canonical name, whatever its form. O(log n).
pub fn interface(name: &str) -> Option<&'static Interface> {
    find(&[name])
}

/// The row of one token of an `open-type` list, by value or alias.
pub fn open_type(token: &str) -> Option<&'static Interface> {
    find(&["open-type=", token]).or_else(|| {
        ROWS.iter().find(|row| row.form == Form::OpenType && row.aliases.contains(&token))
    })
}

/// The row of the `open-type` whose result the event delivers (`getphonenumber`), in any case of
/// letters.
pub fn open_type_of_event(event: &str) -> Option<&'static Interface> {
    let delivers = |row: &&Interface| row.events.iter().any(|own| own.eq_ignore_ascii_case(event));
    ROWS.iter().filter(|row| row.form == Form::OpenType).find(delivers)
}

/// The row of a component, by its tag. O(log n).
pub fn component(tag: &str) -> Option<&'static Interface> {
    find(&["component ", tag])
}

/// The rows of attributes of that element; `value` tells whether presence is enough.
pub fn attributes_of(tag: &str) -> impl Iterator<Item = &'static Interface> {
    let first = ROWS.partition_point(|row| table::compare(row.name, &[tag, " "]).is_lt());
    ROWS.iter()
        .skip(first)
        .take_while(move |row| row.tag == Some(tag))
        .filter(|row| row.form == Form::Attribute)
}

/// The row of a method of a tracked class. O(log n).
pub fn method(class: &str, name: &str) -> Option<&'static Interface> {
    find(&[class, ".", name]).filter(|row| row.form == Form::Method)
}

/// The row of a scope that an authorisation request names. O(log n).
pub fn scope_use(scope: &str) -> Option<&'static Interface> {
    find(&[scope]).filter(|row| row.form == Form::Scope)
}

/// The interface that a name in `requiredPrivateInfos` stands for.
pub fn private_info(name: &str) -> Option<&'static Interface> {
    ROWS.iter().find(|row| row.required_private_info == Some(name))
}

/// The names that `requiredPrivateInfos` may hold, in the order of the interfaces.
pub fn private_info_names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().filter_map(|row| row.required_private_info)
}

/// The modes that `requiredBackgroundModes` may hold, each once, sorted.
pub fn background_modes() -> Vec<&'static str> {
    let mut modes: Vec<_> = ROWS.iter().filter_map(|row| row.background_mode).collect();
    modes.sort_unstable();
    modes.dedup();
    modes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Kind, Tier};

    fn names(rows: impl Iterator<Item = &'static Interface>) -> Vec<&'static str> {
        rows.map(|row| row.name).collect()
    }

    #[test]
    fn rows_are_found_by_what_a_program_writes() {
        assert_eq!(interface("wx.getLocation").map(|row| row.kind), Some(Some(Kind::Location)));
        assert_eq!(method("RecorderManager", "start").map(|row| row.tier), Some(Tier::Listed));
        assert_eq!(component("camera").map(|row| row.name), Some("component camera"));
        assert_eq!(scope_use("scope.record").map(|row| row.name), Some("scope.record"));
        assert_eq!(interface("wx.getlocation"), None);
        assert_eq!(method("wx", "getLocation"), None);
    }

    #[test]
    fn an_open_type_has_two_spellings() {
        assert_eq!(open_type("getUserInfo"), open_type("userInfo"));
        assert!(open_type("getUserInfo").is_some());
        assert_eq!(open_type("share"), None);
    }

    #[test]
    fn attributes_belong_to_their_own_element() {
        assert_eq!(names(attributes_of("map")), ["map show-location"]);
        assert_eq!(
            names(attributes_of("input")),
            ["input type=idcard", "input type=nickname", "input type=safe-password"]
        );
        assert_eq!(attributes_of("open-data").count(), 7);
        assert_eq!(attributes_of("ma").count(), 0);
        assert_eq!(attributes_of("component").count(), 0);
    }

    #[test]
    fn the_names_of_app_json_follow_from_the_rows() {
        let mut found: Vec<_> = private_info_names().collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                "chooseAddress",
                "chooseLocation",
                "choosePoi",
                "getFuzzyLocation",
                "getLocation",
                "onLocationChange",
                "startLocationUpdate",
                "startLocationUpdateBackground"
            ]
        );
        assert_eq!(private_info("chooseAddress").map(|row| row.name), Some("wx.chooseAddress"));
        assert_eq!(background_modes(), ["audio", "location"]);
    }
}

//! Names under which frameworks give the platform's interfaces: `uni.getLocation` is
//! `wx.getLocation`. This is the only table that knows frameworks by their names in code.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

static ROWS: LazyLock<Vec<Dialect>> = LazyLock::new(|| table::parse(include_str!("dialects.json")));

/// The names of one framework.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// The framework.
    pub name: &'static str,
    /// Globals that carry the platform's interfaces.
    #[serde(borrow)]
    pub globals: Vec<&'static str>,
    /// npm packages whose default export does.
    #[serde(borrow)]
    pub packages: Vec<&'static str>,
    /// npm packages that give functions which make and register parts of a component.
    #[serde(borrow)]
    pub composition: Vec<&'static str>,
    /// Such functions that put their argument into a box, read by `.value`; of a function, what it returns.
    #[serde(borrow)]
    pub boxes: Vec<&'static str>,
    /// Such functions that give their argument back.
    #[serde(borrow)]
    pub passes: Vec<&'static str>,
    /// Names that a build for WeChat replaces, each with the text: members of `process.env`, or globals.
    #[serde(borrow)]
    pub constants: Vec<(&'static str, &'static str)>,
    /// Where that is documented.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All dialects, sorted.
pub fn dialects() -> &'static [Dialect] {
    &ROWS
}

/// The platform's own name.
const PLATFORM: &str = "wx";

/// Whether the global `name` carries the platform's interfaces, by itself or in some dialect.
pub fn is_platform_global(name: &str) -> bool {
    platform_globals().any(|global| global == name)
}

/// The globals that carry the platform's interfaces: its own name first.
pub fn platform_globals() -> impl Iterator<Item = &'static str> {
    let of_dialects = ROWS.iter().flat_map(|row| row.globals.iter().copied());
    std::iter::once(PLATFORM).chain(of_dialects)
}

/// Whether the package `name` gives the platform's interfaces.
pub fn is_platform_package(name: &str) -> bool {
    ROWS.iter().any(|row| row.packages.contains(&name))
}

/// Whether the package `name` gives composition functions.
pub fn is_composition_package(name: &str) -> bool {
    ROWS.iter().any(|row| row.composition.contains(&name))
}

/// Whether the composition function `name` puts its argument into a box.
pub fn is_box(name: &str) -> bool {
    ROWS.iter().any(|row| row.boxes.contains(&name))
}

/// Whether the composition function `name` gives its argument back.
pub fn is_pass(name: &str) -> bool {
    ROWS.iter().any(|row| row.passes.contains(&name))
}

/// The text that a build for WeChat puts in the place of `name`.
pub fn build_constant(name: &str) -> Option<&'static str> {
    let mut all = ROWS.iter().flat_map(|row| &row.constants);
    all.find(|(own, _)| *own == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_goes_by_other_names() {
        assert!(is_platform_global("wx") && is_platform_global("uni"));
        assert!(is_platform_global("mpx") && !is_platform_global("my"));
        assert!(is_platform_package("@tarojs/taro") && !is_platform_package("@tarojs/components"));
    }
}

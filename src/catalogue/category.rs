//! The service categories of WeChat, for companies, individuals and overseas entities, with the
//! documents each asks for.
//!
//! The platform changes them monthly: the table is a snapshot (see [`AS_OF`]), so an unknown second
//! level below a known first one is taken for a newer category, not for a mistake.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{EntityKind, table};

static ROWS: LazyLock<Vec<Category>> =
    LazyLock::new(|| table::parse(include_str!("categories.json")));

/// The day of the snapshot.
pub const AS_OF: &str = "2026-07-30";

/// How the documents of a category combine, as far as the table tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// All of them.
    AllOf,
    /// One of them.
    OneOf,
    /// There is one.
    Single,
}

/// One service category of one kind of entity.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Whose: company (which stands for all that are no individual), individual or overseas.
    pub entity: EntityKind,
    /// The first level, in Chinese.
    pub category: &'static str,
    /// The second level.
    pub subcategory: &'static str,
    /// Third levels.
    #[serde(default, borrow)]
    pub leaves: Vec<&'static str>,
    /// Whether documents are asked for.
    #[serde(default)]
    pub qualification: bool,
    /// How they combine.
    pub mode: Option<Mode>,
    /// Their names, flattened: a prompt, not a decision.
    #[serde(default, borrow)]
    pub documents: Vec<&'static str>,
    /// The laws that the platform names for it.
    #[serde(default, borrow)]
    pub laws: Vec<&'static str>,
    /// Whether it is in a public test.
    #[serde(default)]
    pub beta: bool,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

impl Category {
    /// `first/second`, as in the settings.
    pub fn name(&self) -> String {
        format!("{}/{}", self.category, self.subcategory)
    }

    /// Whether `text` of the settings names it, or a third level of it.
    pub fn is_named_by(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.category).and_then(|rest| rest.strip_prefix('/'))
        else {
            return false;
        };
        let Some(leaf) = rest.strip_prefix(self.subcategory) else { return false };
        leaf.is_empty() || leaf.strip_prefix('/').is_some_and(|leaf| self.leaves.contains(&leaf))
    }
}

/// All categories, sorted by entity, first and second level.
pub fn categories() -> &'static [Category] {
    &ROWS
}

/// The rows that a text of the settings names, for each kind of entity that has them. O(n).
pub fn categories_named(text: &str) -> impl Iterator<Item = &'static Category> {
    ROWS.iter().filter(move |row| row.is_named_by(text))
}

/// Whether any kind of entity has categories below that first level.
pub fn is_first_level(text: &str) -> bool {
    ROWS.iter().any(|row| row.category == text)
}

/// Whether a declared category is one that `wanted` means (`first/second`, `first/*`). First levels
/// compare by their beginning, because the platform's own pages shorten them (医疗 for 医疗服务).
pub fn category_fits(declared: &str, wanted: &str) -> bool {
    let Some((first, second)) = wanted.split_once('/') else {
        return first_levels_agree(declared.split('/').next().unwrap_or_default(), wanted);
    };
    let Some((declared_first, declared_second)) = declared.split_once('/') else { return false };
    first_levels_agree(declared_first, first)
        && (second == "*" || second.split('|').any(|one| declared_second.starts_with(one)))
}

/// Whether two names of a first level mean the same.
pub fn first_levels_agree(one: &str, other: &str) -> bool {
    let blank = |text: &str| text.replace(' ', "");
    let (one, other) = (blank(one), blank(other));
    !one.is_empty() && !other.is_empty() && (one.starts_with(&other) || other.starts_with(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_two_or_three_levels() {
        let named = |text: &str| categories_named(text).count();
        assert_eq!(named("商家自营/食品饮料"), 1);
        assert_eq!(named("医疗服务/就医服务/挂号"), 1);
        assert_eq!(named("物流服务/收件/派件"), 1, "the second level holds a slash");
        assert_eq!(named("工具/天气"), 3, "for every kind of entity");
        for wrong in ["商家自营", "商家自营/食品", "医疗服务/就医服务/挂", "/", ""]
        {
            assert_eq!(named(wrong), 0, "{wrong}");
        }
    }

    #[test]
    fn shortened_first_levels_agree() {
        assert!(category_fits("医疗服务/互联网医院", "医疗/*"));
        assert!(category_fits("IT科技/多方通信", "IT科技/多方通信|音视频设备"));
        assert!(category_fits("社交/直播表演", "社交/直播"));
        assert!(!category_fits("工具/天气", "社交/直播"));
        assert!(!category_fits("", "社交/*"));
    }

    #[test]
    fn the_table_is_whole() {
        let count = |entity| categories().iter().filter(|row| row.entity == entity).count();
        let counts = [EntityKind::Company, EntityKind::Individual, EntityKind::Overseas].map(count);
        assert_eq!(counts, [358, 28, 110]);
    }
}

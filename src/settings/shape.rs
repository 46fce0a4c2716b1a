//! What a setting's value may be. Shapes are data; the reader, the schema and the documentation
//! each walk them, so that a new setting is a row of the table and nothing else.

use std::collections::BTreeMap;

use super::{Level, Pattern};
use crate::finding::Phrase;
use crate::path::FilePath;
use crate::text::Span;

/// The shape of a value.
#[derive(Debug)]
pub(super) enum Shape {
    /// Any string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, not negative.
    Count,
    /// One of some words.
    Choice(&'static [Choice]),
    /// A file of the workspace, relative to the settings file.
    Path,
    /// A glob pattern, relative to the settings file.
    Pattern,
    /// The id of a rule.
    Rule,
    /// The id of a licence of the catalogue.
    Licence,
    /// A service category: `first/second`.
    Category,
    /// From rule to level.
    Levels,
    /// A list.
    List(&'static Shape),
    /// An object with certain keys.
    Object(&'static [Key]),
}

/// A word that a value may be.
#[derive(Debug)]
pub(super) struct Choice {
    /// The word.
    pub(super) word: &'static str,
    /// What it means: `[en, zh]`.
    pub(super) summary: [&'static str; 2],
}

/// A key of an object.
#[derive(Debug)]
pub(super) struct Key {
    /// The key as written.
    pub(super) name: &'static str,
    /// Whether the object is void without it.
    pub(super) required: bool,
    /// What its value may be.
    pub(super) shape: Shape,
    /// What it sets: `[en, zh]`, without a full stop.
    pub(super) summary: [&'static str; 2],
}

/// A value that has its shape: wrong parts are left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Flag(bool),
    Count(u64),
    Word(&'static str),
    Path(FilePath),
    Pattern(Pattern),
    Levels(BTreeMap<String, Level>),
    List(Vec<Item>),
    Object(BTreeMap<&'static str, Value>),
}

/// An element of a list, with where it stood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Its index, left-out elements counted.
    pub(super) index: usize,
    /// Its place in the settings file.
    pub(super) span: Span,
    /// What it is.
    pub(super) value: Value,
}

impl Shape {
    /// What a value of this shape is called, to stand after "must be".
    pub(super) fn name(&self) -> Phrase {
        match self {
            Self::Text => Phrase::new("a string", "字符串"),
            Self::Flag => Phrase::new("true or false", "true 或 false"),
            Self::Count => Phrase::new("a whole number, 0 or more", "不小于 0 的整数"),
            Self::Choice(choices) => {
                let words: Vec<String> =
                    choices.iter().map(|choice| format!("\"{}\"", choice.word)).collect();
                Phrase::new(words.join(" or "), words.join(" 或 "))
            }
            Self::Path => {
                Phrase::new("the path of a file, relative to this file", "相对于本文件的文件路径")
            }
            Self::Pattern => {
                Phrase::new("a glob pattern, relative to this file", "相对于本文件的 glob 模式")
            }
            Self::Rule => Phrase::new("the id of a rule", "规则的 id"),
            Self::Licence => Phrase::new("the id of a licence", "资质的 id"),
            Self::Category => Phrase::new(
                "a service category, `first/second` as the console prints it",
                "服务类目，按管理后台的写法：`一级类目/二级类目`",
            ),
            Self::Levels => Phrase::new("an object from rule to level", "由规则到级别的对象"),
            Self::List(inner) => {
                let inner = inner.name();
                Phrase::new(
                    format!("a list, each element {}", inner.en),
                    format!("列表，每个元素为{}", inner.zh),
                )
            }
            Self::Object(_) => Phrase::new("an object", "对象"),
        }
    }
}

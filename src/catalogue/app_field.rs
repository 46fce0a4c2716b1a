//! The types of the fields of app.json that are read here: a value of another type declares
//! nothing. Only fields whose documented type is one are listed; `workers`, a string or an object,
//! is not.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, table};

static ROWS: LazyLock<Vec<AppField>> =
    LazyLock::new(|| table::parse(include_str!("app_fields.json")));

/// A field of app.json.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppField {
    /// Its key.
    pub field: &'static str,
    /// The type of its value.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Where the fact comes from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// An object.
    Object,
    /// An array of objects.
    Objects,
    /// An array of strings.
    Strings,
}

impl FieldType {
    /// The type in words: "an array of strings".
    pub const fn name(self) -> Phrase {
        match self {
            Self::Object => Phrase { en: "an object", zh: "对象" },
            Self::Objects => Phrase { en: "an array of objects", zh: "对象数组" },
            Self::Strings => Phrase { en: "an array of strings", zh: "字符串数组" },
        }
    }
}

/// All fields, sorted by key.
pub fn app_fields() -> &'static [AppField] {
    &ROWS
}

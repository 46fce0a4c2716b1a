//! A value to be written into a manifest. It is rendered in the style of the file that it goes
//! into.

use super::Style;
use crate::facts::manifest::literal::quote;
use crate::facts::manifest::{Json, JsonKind};

/// A new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object; its keys are distinct.
    Object(Vec<(String, Value)>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}

impl Value {
    /// Whether `json` says the same; the order of members does not count.
    pub(super) fn is(&self, json: &Json) -> bool {
        match (self, &json.kind) {
            (Self::Null, JsonKind::Null) => true,
            (Self::Bool(new), JsonKind::Bool(old)) => new == old,
            (Self::Number(new), JsonKind::Number(old)) => old.parse() == Ok(*new),
            (Self::String(new), JsonKind::String(old)) => **new == **old,
            (Self::Array(new), JsonKind::Array(old)) => {
                new.len() == old.len() && new.iter().zip(old).all(|(new, old)| new.is(old))
            }
            (Self::Object(new), JsonKind::Object(old)) => {
                new.len() == old.len()
                    && new
                        .iter()
                        .all(|(key, value)| json.get(key).is_some_and(|member| value.is(member)))
            }
            _ => false,
        }
    }

    /// Whether it is neither an array nor an object.
    pub(super) fn is_plain(&self) -> bool {
        !matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// The value as text whose first line begins on a line indented by `indent`; on one line when
    /// `inline`.
    pub(super) fn render(&self, style: &Style, indent: &str, inline: bool) -> String {
        let inner = format!("{indent}{}", style.indent);
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::String(text) => quote(text),
            Self::Array(elements) => {
                let inline = inline || (style.inline_arrays && elements.iter().all(Self::is_plain));
                let items = elements.iter().map(|value| value.render(style, &inner, inline));
                container(["[", "]"], &items.collect::<Vec<_>>(), style, indent, inline)
            }
            Self::Object(members) => {
                let items = members.iter().map(|(key, value)| {
                    format!(
                        "{}{}{}",
                        quote(key),
                        style.colon(),
                        value.render(style, &inner, inline)
                    )
                });
                container(["{", "}"], &items.collect::<Vec<_>>(), style, indent, inline)
            }
        }
    }
}

fn container(
    [open, close]: [&str; 2],
    items: &[String],
    style: &Style,
    indent: &str,
    inline: bool,
) -> String {
    if items.is_empty() {
        format!("{open}{close}")
    } else if inline {
        format!("{open}{}{close}", items.join(style.comma()))
    } else {
        let line = format!("{}{indent}", style.newline);
        let inner = format!("{line}{}", style.indent);
        format!("{open}{inner}{}{line}{close}", items.join(&format!(",{inner}")))
    }
}

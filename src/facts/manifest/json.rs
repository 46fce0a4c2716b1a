//! A JSON value that knows where it stands. Of a repeated key the last one counts, as on the
//! platform.

use crate::text::Span;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Json {
    /// The whole value, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: JsonKind,
}

/// The kinds of value.
#[derive(Clone, Debug, PartialEq)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, escapes resolved.
    String(Box<str>),
    /// An array.
    Array(Vec<Json>),
    /// An object, members in document order.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, escapes resolved.
    pub key: Box<str>,
    /// The key with its quotes.
    pub key_span: Span,
    /// The value.
    pub value: Json,
}

impl Json {
    /// The value as a string.
    pub fn as_str(&self) -> Option<&str> {
        if let JsonKind::String(text) = &self.kind { Some(text) } else { None }
    }

    /// The value as a truth value.
    pub fn as_bool(&self) -> Option<bool> {
        if let JsonKind::Bool(value) = self.kind { Some(value) } else { None }
    }

    /// The elements of an array; none for any other value.
    pub fn elements(&self) -> &[Json] {
        if let JsonKind::Array(elements) = &self.kind { elements } else { &[] }
    }

    /// The members of an object; none for any other value.
    pub fn members(&self) -> &[Member] {
        if let JsonKind::Object(members) = &self.kind { members } else { &[] }
    }

    /// Whether the value is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.kind, JsonKind::Object(_))
    }

    /// Whether the value is an array.
    pub fn is_array(&self) -> bool {
        matches!(self.kind, JsonKind::Array(_))
    }

    /// The member `key` of an object; the last one when it is repeated.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| &*member.key == key)
    }

    /// The value at `key` of an object.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.member(key).map(|member| &member.value)
    }

    /// The value reached through `keys`, outermost first.
    pub fn at(&self, keys: &[&str]) -> Option<&Json> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The strings of an array, with their places; other elements are passed over.
    pub fn strings(&self) -> impl Iterator<Item = (&str, Span)> {
        self.elements()
            .iter()
            .filter_map(|element| element.as_str().map(|text| (text, element.span)))
    }
}

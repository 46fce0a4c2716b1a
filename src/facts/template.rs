//! What a WXML file says: its elements with their attributes, in document order. An attribute's
//! value is a list of literal pieces and expressions, never flattened text, so that `open-type="{{a
//! ? 'share' : 'contact'}}"` stays what it is.

mod anomaly;
mod binding;
mod candidates;
mod expression;
mod read;
mod reference;
mod scope;

pub use anomaly::{Anomaly, AnomalyKind};
pub use binding::{Binding, EventBinding, Handler};
pub use expression::{Entry, ExpressionKind, Item, TemplateExpression};
pub use read::{expression_of_node, read};
pub use reference::{Definition, Generic, Reference, ReferenceKind, Slot, TemplateUse};
pub use scope::ForScope;

use super::{Comment, SyntaxProblem};
use crate::text::Span;

/// The facts of a template.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TemplateFacts {
    /// Every element, in document order.
    pub elements: Vec<Element>,
    /// Every stretch of text between tags and comments that is not white space, in document order.
    pub texts: Vec<TextRun>,
    /// Every `<wxs>`, in document order.
    pub wxs: Vec<WxsModule>,
    /// Places that the parser could not read: the largest only, in document order. An element
    /// without its end tag is one (its name, missing), and so is an end tag without its element.
    pub problems: Vec<SyntaxProblem>,
    /// Places that are damaged or not written as every compiler wants it, in document order.
    pub anomalies: Vec<Anomaly>,
    /// Every comment, marks included, in document order.
    pub remarks: Vec<Span>,
    /// Comments that speak to miniguard.
    pub comments: Vec<Comment>,
}

/// An element.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The tag's name as written.
    pub tag: Box<str>,
    /// The name in the start tag.
    pub tag_span: Span,
    /// The whole start tag (or self-closing tag), `<` to `>`.
    pub start_tag: Span,
    /// The whole element.
    pub span: Span,
    /// The end tag; `None` for a self-closing tag and for an element that is not closed.
    pub end_tag: Option<Span>,
    /// The index of the element around it.
    pub parent: Option<u32>,
    /// Its attributes, in document order, repeated ones included.
    pub attributes: Vec<Attribute>,
}

impl Element {
    /// The attribute `name` that counts: the last one, as in the classic compiler.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().rev().find(|attribute| &*attribute.name == name)
    }
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// What kind of attribute the name makes it.
    pub kind: AttributeKind,
    /// The whole name as written (`bind:tap`, `wx:if`, `data-id`).
    pub name: Box<str>,
    /// The name's place.
    pub name_span: Span,
    /// Name and value together.
    pub span: Span,
    /// The value; `None` for an attribute without `=`, empty for one with nothing behind it.
    pub value: Option<AttributeValue>,
}

/// What an attribute's name makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// Any other attribute.
    Plain,
    /// `wx:if`, `wx:for` …: the name after the colon.
    Control(Box<str>),
    /// `bindtap`, `catch:tap`, `capture-bind:touchstart` …: prefix and event name.
    Event {
        /// `bind`, `catch`, `mut-bind`, `capture-bind`, `capture-catch`, `capture-mut-bind`.
        prefix: Box<str>,
        /// The event.
        event: Box<str>,
    },
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The index of the element around it.
    pub parent: Option<u32>,
    /// Where.
    pub span: Span,
    /// Its pieces, in order; entities stay as written.
    pub pieces: Vec<Piece>,
}

/// A `<wxs>` element.
#[derive(Clone, Debug, PartialEq)]
pub struct WxsModule {
    /// The name that expressions know it by, when it is written out.
    pub module: Option<Box<str>>,
    /// The file that it is in, when it is written out.
    pub src: Option<Box<str>>,
    /// The script between the tags; `None` when there is only white space.
    pub body: Option<Span>,
    /// The index of the element.
    pub element: u32,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeValue {
    /// The value without its quotes.
    pub span: Span,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a value or text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Plain characters, as written.
    Literal {
        /// The characters.
        text: Box<str>,
        /// Where.
        span: Span,
    },
    /// `{{ … }}`.
    Expression {
        /// What stands inside.
        expression: TemplateExpression,
        /// With its braces.
        span: Span,
    },
}

impl AttributeValue {
    /// The value when it is plain characters throughout.
    pub fn literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece::Literal { text, .. }] => Some(text),
            _ => None,
        }
    }

    /// Every text that the whole value may be, as far as the template itself says:
    /// the value itself, or the strings that a conditional expression chooses from.
    /// The flag tells whether the list is complete.
    pub fn candidates(&self) -> (Vec<String>, bool) {
        candidates::of_value(self)
    }
}

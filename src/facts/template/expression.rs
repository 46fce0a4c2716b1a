//! What stands between `{{` and `}}`, as data. An expression with a part that could not be read is
//! [`ExpressionKind::Unknown`] as a whole; nothing is guessed, and what surrounds it stays known.

use crate::text::Span;

/// An expression of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateExpression {
    /// Where, without the parentheses around it.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
}

/// The kinds of expression. Parentheses are gone.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// Not readable, or nested too deeply to follow.
    Unknown,
    /// `{{ }}`
    Empty,
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, escapes resolved.
    String(Box<str>),
    /// A name: a field of the data, a loop's variable or a wxs module.
    Name(Box<str>),
    /// `object.property`
    Member {
        /// The object.
        object: Box<TemplateExpression>,
        /// The property's name.
        property: Box<str>,
        /// The name's place.
        property_span: Span,
    },
    /// `object[index]`
    Index {
        /// The object.
        object: Box<TemplateExpression>,
        /// The index.
        index: Box<TemplateExpression>,
    },
    /// `function(arguments)`: only functions of wxs modules run.
    Call {
        /// What is called.
        function: Box<TemplateExpression>,
        /// With what.
        arguments: Vec<Item>,
    },
    /// `!argument`, `typeof argument` …
    Unary {
        /// The operator as written.
        operator: Box<str>,
        /// The operand.
        argument: Box<TemplateExpression>,
    },
    /// `left + right`, `left && right` …
    Binary {
        /// The operator as written.
        operator: Box<str>,
        /// The left operand.
        left: Box<TemplateExpression>,
        /// The right operand.
        right: Box<TemplateExpression>,
    },
    /// `condition ? consequence : alternative`
    Conditional {
        /// The condition.
        condition: Box<TemplateExpression>,
        /// When it holds.
        consequence: Box<TemplateExpression>,
        /// When it does not.
        alternative: Box<TemplateExpression>,
    },
    /// `[…]`
    Array(Vec<Item>),
    /// `{…}`
    Object(Vec<Entry>),
    /// The entries of an object without its braces, as in the data of a template: `{{a, b: 1,
    /// ...c}}`.
    InnerObject(Vec<Entry>),
}

/// An element of an array, or an argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// An expression.
    Value(TemplateExpression),
    /// `...expression`
    Spread(TemplateExpression),
    /// Nothing, as in `[a, , b]`.
    Hole,
}

/// An entry of an object.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// `key: value`
    Pair {
        /// The key.
        key: Box<str>,
        /// The key's place.
        key_span: Span,
        /// The value.
        value: TemplateExpression,
    },
    /// `name`, short for `name: name`.
    Shorthand {
        /// Key and name.
        name: Box<str>,
        /// Where.
        span: Span,
    },
    /// `...expression`
    Spread(TemplateExpression),
}

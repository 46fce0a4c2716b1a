//! What in a template is damaged, or written in a form that not every compiler takes. Facts judge
//! nothing; which compiler says what about a form is the business of a rule.
//!
//! Source: the syntax that the two official compilers accept, measured on both;
//! `grammars/wxml/test/cases.json` holds the cases.

use crate::text::Span;

/// One place in a template that is not written as every compiler wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// What it is.
    pub kind: AnomalyKind,
    /// Where.
    pub span: Span,
    /// The index of the element whose tag holds it; `None` in text.
    pub element: Option<u32>,
}

/// The kinds of anomaly. The span of each is what the words say, unless they add another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnomalyKind {
    /// An element without its end tag: its name.
    UnclosedElement,
    /// An end tag without its element; `</>` too.
    StrayEndTag,
    /// An interpolation without its `}}`: where they should be.
    MissingBraces,
    /// A value without its second quote: where it should be.
    MissingQuote,
    /// A tag without its `>`: where it should be. The flag: the file ends there.
    MissingTagEnd(bool),
    /// Something that is not WXML at all.
    Unreadable,

    /// An end tag that spells the name in other letter case.
    EndTagCase,
    /// A tag's name with a dot.
    DotInTagName,
    /// A tag's name with a colon.
    ColonInTagName,
    /// A tag's name with an upper-case letter.
    UppercaseTagName,
    /// `<!doctype …>` and its like.
    MetaTag,
    /// A comment inside a tag.
    CommentInTag,
    /// An interpolation that stands as, or in, an attribute's name.
    InterpolationInTag,

    /// An attribute's name that begins with `:` or `-`.
    PunctuatedAttributeName,
    /// An attribute's name with a dot.
    DotInAttributeName,
    /// An attribute's name with a character, or beginning with one, that no name has.
    OddAttributeName,
    /// An attribute whose name an earlier one of the tag has.
    RepeatedAttribute,
    /// `a=word`: the value.
    UnquotedValue,
    /// `a={{x}}`: the value.
    UnquotedInterpolation,
    /// `a=` with nothing behind it. The flag: another attribute follows.
    MissingValue(bool),
    /// White space beside `=`: the attribute.
    SpaceAroundEquals,
    /// A value with a line end in it: the first line end.
    LineEndInValue,
    /// `\"` in a value.
    EscapedQuoteInValue,
    /// The value's own quote inside an interpolation of it: the value.
    QuoteInInterpolation,

    /// `<` in text that begins no tag.
    LessThanInText,
    /// `{{ }}` with nothing in it.
    EmptyInterpolation,
    /// `{{{`
    TripleBrace,
    /// `??`, `>>>`, `typeof`, `void`, `instanceof` or the unary `+`: the operation.
    LateOperator,
    /// A number in hexadecimal or with an exponent.
    LateNumber,
    /// A comma before the closing bracket: the list.
    TrailingComma,
    /// `[a, , b]`: the array.
    ArrayHole,
    /// `...` in an array or in arguments: what is spread.
    SpreadInList,
    /// A string with its own quote escaped, in an attribute's value.
    EscapedQuoteInString,
    /// `{{a: 1}}` or `{{a, b}}` that is not the data of a template.
    InnerObject,
    /// An object in an object, in text: the compiler's first `}}` is not the last.
    NestedObjectInText,
}

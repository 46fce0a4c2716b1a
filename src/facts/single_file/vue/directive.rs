//! What an attribute of a Vue template means: a directive, its shorthand, or a plain attribute.
//!
//! Source: the syntax of directives in Vue's documentation; how uni-app compiles them for WeChat
//! (`@click` on an element of the platform binds `tap`, `.stop` and `.prevent` bind by `catch`;
//! uni-mp-compiler, dcloudio/uni-app@a3988f12d5).

use super::expressions::{ExpressionSite, ReadExpression, SiteKind};
use super::literal;
use crate::facts::hyphenated;
use crate::facts::template::{Attribute, AttributeKind, AttributeValue, Piece};
use crate::text::Span;

/// Elements of the platform whose names have a hyphen: on these, as on all without one, `click` is
/// the platform's `tap`.
const HYPHENATED: [&str; 16] = [
    "checkbox-group",
    "cover-image",
    "cover-view",
    "functional-page-navigator",
    "grid-view",
    "keyboard-accessory",
    "live-player",
    "live-pusher",
    "match-media",
    "movable-area",
    "movable-view",
    "official-account",
    "page-container",
    "rich-text",
    "scroll-view",
    "swiper-item",
];
/// Modifiers that keep an event from going on.
const STOPS: [&str; 2] = ["prevent", "stop"];

/// What an attribute means.
pub(super) enum Directive {
    /// A plain attribute.
    Plain,
    /// `:name`, `v-bind:name`, `v-model`: the name that it has in WXML.
    Bound(String, Option<Span>),
    /// `v-if`, `v-else-if`, `v-else`.
    Control(&'static str, Option<Span>),
    /// `v-for`: the item, the index, the list.
    For(Option<Span>, Option<Span>, Span),
    /// `@event`
    Event {
        /// `bind`, `catch` and so on.
        prefix: &'static str,
        /// The event as WXML names it.
        event: String,
        /// What runs.
        handler: Option<Span>,
    },
}

/// What `attribute` of an element `tag` means.
pub(super) fn directive(tag: &str, attribute: &Attribute, source: &str) -> Directive {
    let name = &*attribute.name;
    let value = attribute.value.as_ref().map(|value| value.span).filter(|span| !span.is_empty());
    if let Some(event) = name.strip_prefix('@').or_else(|| name.strip_prefix("v-on:")) {
        return event_directive(tag, event, value);
    }
    let bound = name.strip_prefix("v-bind:").or_else(|| name.strip_prefix(':'));
    if let Some(bound) = bound.or_else(|| name.strip_prefix('.')).filter(|name| !name.is_empty()) {
        return Directive::Bound(hyphenated(bound.split('.').next().unwrap_or(bound)), value);
    }
    let (word, _) = name.split_once(['.', ':']).unwrap_or((name, ""));
    match (word, value) {
        ("v-if", _) => Directive::Control("if", value),
        ("v-else-if", _) => Directive::Control("elif", value),
        ("v-else", _) => Directive::Control("else", None),
        ("v-for", Some(span)) => for_directive(source, span),
        // Two-way binding, as WXML writes it.
        ("v-model", _) => Directive::Bound("model:value".to_owned(), value),
        ("v-slot" | "v-pre" | "v-once" | "v-cloak", _) => Directive::Plain,
        _ if word.starts_with("v-") => Directive::Bound(word.to_owned(), value),
        _ => Directive::Plain,
    }
}

fn event_directive(tag: &str, written: &str, handler: Option<Span>) -> Directive {
    let mut parts = written.split('.');
    let name = parts.next().unwrap_or("");
    let (mut stops, mut captures) = (false, false);
    for modifier in parts {
        stops |= STOPS.contains(&modifier);
        captures |= modifier == "capture";
    }
    let prefix = match (captures, stops) {
        (true, true) => "capture-catch",
        (true, false) => "capture-bind",
        (false, true) => "catch",
        (false, false) => "bind",
    };
    let of_platform = !tag.contains('-') || HYPHENATED.contains(&tag);
    let event = match name {
        "click" if of_platform => "tap".to_owned(),
        // The platform's events are all lower case, however they are written.
        _ if of_platform => name.to_ascii_lowercase(),
        _ => hyphenated(name),
    };
    Directive::Event { prefix, event, handler }
}

/// `item in list`, `(item, index) of list`.
fn for_directive(source: &str, span: Span) -> Directive {
    let text = span.of(source);
    let split =
        [" in ", " of "].iter().filter_map(|word| Some((text.find(word)?, word.len()))).min();
    let Some((at, length)) = split else { return Directive::Bound("v-for".to_owned(), Some(span)) };
    let list = trimmed(source, Span::new(span.start() + at + length, span.end()));
    let mut names = trimmed(source, Span::new(span.start(), span.start() + at));
    let written = names.of(source);
    if written.starts_with('(') && written.ends_with(')') {
        names = trimmed(source, Span::new(names.start() + 1, names.end() - 1));
    }
    let mut parts = comma_parts(source, names).into_iter();
    Directive::For(parts.next(), parts.next(), list)
}

/// The parts of `span` between its commas, but for those in brackets.
fn comma_parts(source: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = span.start();
    let mut depth = 0_u32;
    for (at, c) in span.of(source).char_indices() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(trimmed(source, Span::new(start, span.start() + at)));
                start = span.start() + at + 1;
            }
            _ => {}
        }
    }
    parts.push(trimmed(source, Span::new(start, span.end())));
    parts
}

/// `span` without the white space at its ends.
fn trimmed(source: &str, span: Span) -> Span {
    let text = span.of(source);
    let start = span.start() + text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}

impl Directive {
    /// The expression that it holds.
    pub(super) fn site(&self) -> Option<ExpressionSite> {
        let (span, kind) = match self {
            Self::Plain => return None,
            Self::Bound(_, span) | Self::Control(_, span) => ((*span)?, SiteKind::Value),
            Self::For(_, _, list) => (*list, SiteKind::Value),
            Self::Event { handler, .. } => ((*handler)?, SiteKind::Handler),
        };
        Some(ExpressionSite { span, kind })
    }

    /// Adds the attributes that stand for `attribute`, whose meaning this is.
    pub(super) fn add_to<'r>(
        self,
        attributes: &mut Vec<Attribute>,
        attribute: Attribute,
        source: &str,
        found: &impl Fn(Span) -> Option<&'r ReadExpression>,
    ) {
        let value = |span: Option<Span>| {
            span.and_then(|span| Some(expression_value(span, found(span)?)))
                .or_else(|| attribute.value.clone())
        };
        match self {
            Self::Plain => {
                let name = hyphenated(&attribute.name).into();
                attributes.push(Attribute { name, ..attribute });
            }
            Self::Bound(name, span) => {
                let value = value(span);
                attributes.push(Attribute { name: name.into(), value, ..attribute });
            }
            Self::Control(name, span) => {
                let value = value(span);
                let kind = AttributeKind::Control(name.into());
                attributes.push(Attribute { kind, value, ..attribute });
            }
            Self::For(item, index, list) => {
                let named = [("for-item", item), ("for-index", index)];
                for (name, span) in named {
                    let Some(span) = span else { continue };
                    let kind = AttributeKind::Control(name.into());
                    let value = Some(literal(source, span));
                    attributes.push(Attribute { kind, value, ..attribute.clone() });
                }
                let value = value(Some(list));
                let kind = AttributeKind::Control("for".into());
                attributes.push(Attribute { kind, value, ..attribute });
            }
            Self::Event { prefix, event, handler } => {
                let kind = AttributeKind::Event { prefix: prefix.into(), event: event.into() };
                let called = handler.and_then(found).map_or(&[][..], |read| &read.called);
                if called.is_empty() {
                    let value = value(handler);
                    attributes.push(Attribute { kind, value, ..attribute });
                    return;
                }
                // A handler may call several methods: each is bound.
                for &span in called {
                    let (kind, value) = (kind.clone(), Some(literal(source, span)));
                    attributes.push(Attribute { kind, value, ..attribute.clone() });
                }
            }
        }
    }
}

/// The value that is the expression `read` at `span`.
fn expression_value(span: Span, read: &ReadExpression) -> AttributeValue {
    let piece = Piece::Expression { expression: read.expression.clone(), span };
    AttributeValue { span, pieces: vec![piece] }
}

//! Finds the anomalies that elements and texts show once they are read. What only the tree shows –
//! damage, comments inside tags – is noted during the walk; here stand the forms of names, values
//! and expressions.

mod expressions;

use std::collections::BTreeSet;

use crate::facts::template::{
    Anomaly, AnomalyKind, Attribute, AttributeKind, AttributeValue, Element, Piece, TemplateFacts,
};
use crate::text::Span;

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    Text,
    Value,
    /// The value of `data` of a `<template is>`.
    TemplateData,
}

/// Bytes behind an interpolation without close in which its `}}` is looked for: a line, and so no
/// bound, may be a whole file.
const LONGEST_LOOK: usize = 4096;

struct Notes<'s> {
    source: &'s str,
    found: Vec<Anomaly>,
}

/// The anomalies of `facts`, in no order. O(n).
pub(super) fn of_facts(facts: &TemplateFacts, source: &str) -> Vec<Anomaly> {
    let mut notes = Notes { source, found: Vec::new() };
    for (index, element) in (0..).zip(&facts.elements) {
        notes.element(index, element);
    }
    for text in &facts.texts {
        notes.text(&text.pieces);
    }
    notes.found
}

impl Notes<'_> {
    fn add(&mut self, kind: AnomalyKind, span: Span, element: Option<u32>) {
        self.found.push(Anomaly { kind, span, element });
    }

    fn element(&mut self, index: u32, element: &Element) {
        let tag = &*element.tag;
        let name = |kind| (kind, element.tag_span);
        let end = element.end_tag.map_or("", |span| span.of(self.source));
        let end = end.trim_start_matches("</").trim_end_matches('>').trim();
        let mut found = Vec::new();
        if tag.contains('.') {
            found.push(name(AnomalyKind::DotInTagName));
        } else if tag.contains(':') {
            found.push(name(AnomalyKind::ColonInTagName));
        } else if tag.contains(|c: char| c.is_ascii_uppercase()) {
            found.push(name(AnomalyKind::UppercaseTagName));
        }
        if let Some(span) = element.end_tag
            && end != tag
            && end.eq_ignore_ascii_case(tag)
        {
            found.push((AnomalyKind::EndTagCase, span));
        }
        for (kind, span) in found {
            self.add(kind, span, Some(index));
        }
        let is_use = tag == "template" && element.attribute("is").is_some();
        let mut names = BTreeSet::new();
        for (place, attribute) in element.attributes.iter().enumerate() {
            if !names.insert(&*attribute.name) {
                self.add(AnomalyKind::RepeatedAttribute, attribute.span, Some(index));
            }
            self.attribute_name(index, attribute);
            let position = if is_use && &*attribute.name == "data" {
                Position::TemplateData
            } else {
                Position::Value
            };
            if let Some(value) = &attribute.value {
                let next = element.attributes.get(place + 1);
                self.value(index, attribute, value, next.is_some(), position);
            }
        }
    }

    fn attribute_name(&mut self, index: u32, attribute: &Attribute) {
        let name = &*attribute.name;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
        let kind = if !name.chars().all(plain) || name.starts_with(|c: char| c.is_ascii_digit()) {
            AnomalyKind::OddAttributeName
        } else if name.contains('.') {
            AnomalyKind::DotInAttributeName
        } else if name.starts_with([':', '-']) {
            AnomalyKind::PunctuatedAttributeName
        } else {
            return;
        };
        self.add(kind, attribute.name_span, Some(index));
    }

    fn value(
        &mut self,
        index: u32,
        attribute: &Attribute,
        value: &AttributeValue,
        followed: bool,
        position: Position,
    ) {
        let element = Some(index);
        let gap = Span::new(attribute.name_span.end(), value.span.start()).of(self.source);
        let quote = gap.chars().next_back().filter(|c| matches!(c, '"' | '\''));
        match (quote, value.pieces.first()) {
            (None, None) => {
                self.add(AnomalyKind::MissingValue(followed), attribute.span, element);
                return;
            }
            (None, Some(Piece::Expression { .. })) => {
                self.add(AnomalyKind::UnquotedInterpolation, value.span, element);
            }
            (None, Some(Piece::Literal { .. })) => {
                self.add(AnomalyKind::UnquotedValue, value.span, element);
            }
            (Some(_), _) => {}
        }
        if gap.trim_end_matches(['"', '\'']) != "=" {
            self.add(AnomalyKind::SpaceAroundEquals, attribute.span, element);
        }
        let text = value.span.of(self.source);
        if let Some(at) = text.find('\n') {
            let at = value.span.start() + at;
            self.add(AnomalyKind::LineEndInValue, Span::new(at, at + 1), element);
        }
        if quote == Some('"')
            && let Some(at) = text.find("\\\"")
        {
            let at = value.span.start() + at;
            self.add(AnomalyKind::EscapedQuoteInValue, Span::new(at, at + 2), element);
        }
        if let Some(quote) = quote
            && self.has_quote_in_interpolation(value, quote)
        {
            self.add(AnomalyKind::QuoteInInterpolation, value.span, element);
        }
        if !matches!(attribute.kind, AttributeKind::Control(ref name) if &**name == "key") {
            self.expressions(&value.pieces, element, position);
        }
    }

    /// Whether the value ends inside an interpolation, but would go on to its `}}` and its quote if
    /// strings were read first, as in `a="{{b ? "x" : "y"}}"`.
    fn has_quote_in_interpolation(&self, value: &AttributeValue, quote: char) -> bool {
        let Some(Piece::Expression { span, .. }) = value.pieces.last() else { return false };
        if span.of(self.source).ends_with("}}") {
            return false;
        }
        let start = span.start() + 2;
        let end = self.source.len().min(start + LONGEST_LOOK);
        let end = (start..=end).rev().find(|at| self.source.is_char_boundary(*at));
        let rest = self.source.get(start..end.unwrap_or(start)).unwrap_or("");
        let mut string: Option<char> = None;
        let mut opened = false;
        for (at, c) in rest.char_indices() {
            match (string, c) {
                (_, '\n') => return false,
                (Some(open), _) if c == open => string = None,
                (None, '"' | '\'') => {
                    // Behind an operand no string begins: that quote does end the value.
                    let before = rest.get(..at).unwrap_or("").trim_ascii_end();
                    if before
                        .ends_with(|c: char| c.is_ascii_alphanumeric() || "_$)]\"'".contains(c))
                    {
                        return false;
                    }
                    opened |= c == quote;
                    string = Some(c);
                }
                (None, '}') if rest.get(at..).is_some_and(|rest| rest.starts_with("}}")) => {
                    let after = rest.get(at + 2..).unwrap_or("");
                    let closed = after.split(quote).next().unwrap_or("");
                    return opened && !closed.contains(['<', '>', '\n']) && after.contains(quote);
                }
                (None, '<') if rest.get(at + 1..).is_some_and(|rest| rest.starts_with('/')) => {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    fn text(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Literal { text, span } = piece
                && let Some(at) = text.find('<')
            {
                let at = span.start() + at;
                self.add(AnomalyKind::LessThanInText, Span::new(at, at + 1), None);
            }
        }
        self.expressions(pieces, None, Position::Text);
    }
}

#[cfg(test)]
mod tests;

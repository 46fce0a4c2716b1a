//! The forms of expressions. Of operations inside each other the outermost odd one speaks for all,
//! since one rewriting mends them.

use super::{Notes, Position};
use crate::facts::template::{AnomalyKind, Entry, ExpressionKind, Item, Piece, TemplateExpression};
use crate::text::Span;

impl Notes<'_> {
    /// Looks at the interpolations among `pieces`.
    pub(super) fn expressions(
        &mut self,
        pieces: &[Piece],
        element: Option<u32>,
        position: Position,
    ) {
        for piece in pieces {
            let Piece::Expression { expression, span } = piece else { continue };
            let found = if span.of(self.source).starts_with("{{{") {
                Some((AnomalyKind::TripleBrace, *span))
            } else {
                match &expression.kind {
                    ExpressionKind::Empty => Some((AnomalyKind::EmptyInterpolation, *span)),
                    ExpressionKind::InnerObject(_) if position != Position::TemplateData => {
                        Some((AnomalyKind::InnerObject, *span))
                    }
                    _ => self.odd(expression, position),
                }
            };
            if let Some((kind, span)) = found {
                self.add(kind, span, element);
            }
        }
    }

    /// The first odd form in `expression`, outermost first.
    fn odd(
        &self,
        expression: &TemplateExpression,
        position: Position,
    ) -> Option<(AnomalyKind, Span)> {
        let inner = |expression: &TemplateExpression| self.odd(expression, position);
        let here = |kind| Some((kind, expression.span));
        match &expression.kind {
            ExpressionKind::Unknown
            | ExpressionKind::Empty
            | ExpressionKind::Undefined
            | ExpressionKind::Null
            | ExpressionKind::Bool(_)
            | ExpressionKind::Name(_) => None,
            ExpressionKind::Number(text) => {
                text.contains(['x', 'X', 'e', 'E']).then_some(())?;
                here(AnomalyKind::LateNumber)
            }
            ExpressionKind::String(_) => {
                (position != Position::Text && self.escapes_its_quote(expression.span))
                    .then_some(())?;
                here(AnomalyKind::EscapedQuoteInString)
            }
            ExpressionKind::Member { object, .. } => inner(object),
            ExpressionKind::Index { object, index } => inner(object).or_else(|| inner(index)),
            ExpressionKind::Call { function, arguments } => {
                inner(function).or_else(|| self.list(arguments, expression.span, position))
            }
            ExpressionKind::Unary { operator, argument } => match &**operator {
                "typeof" | "void" | "+" => here(AnomalyKind::LateOperator),
                _ => inner(argument),
            },
            ExpressionKind::Binary { operator, left, right } => match &**operator {
                "??" | ">>>" | "instanceof" => here(AnomalyKind::LateOperator),
                _ => inner(left).or_else(|| inner(right)),
            },
            ExpressionKind::Conditional { condition, consequence, alternative } => {
                inner(condition).or_else(|| inner(consequence)).or_else(|| inner(alternative))
            }
            ExpressionKind::Array(items) => self.list(items, expression.span, position),
            ExpressionKind::Object(entries) | ExpressionKind::InnerObject(entries) => {
                self.object(entries, expression.span, position)
            }
        }
    }

    fn list(&self, items: &[Item], span: Span, position: Position) -> Option<(AnomalyKind, Span)> {
        items
            .iter()
            .find_map(|item| match item {
                Item::Hole => Some((AnomalyKind::ArrayHole, span)),
                Item::Spread(value) => Some((AnomalyKind::SpreadInList, value.span)),
                Item::Value(value) => self.odd(value, position),
            })
            .or_else(|| self.trailing_comma(span))
    }

    fn object(
        &self,
        entries: &[Entry],
        span: Span,
        position: Position,
    ) -> Option<(AnomalyKind, Span)> {
        if position == Position::Text && span.of(self.source).contains("}}") {
            return Some((AnomalyKind::NestedObjectInText, span));
        }
        entries
            .iter()
            .find_map(|entry| match entry {
                Entry::Pair { value, .. } | Entry::Spread(value) => self.odd(value, position),
                Entry::Shorthand { .. } => None,
            })
            .or_else(|| self.trailing_comma(span))
    }

    fn trailing_comma(&self, span: Span) -> Option<(AnomalyKind, Span)> {
        let text = span.of(self.source);
        let inside = text.strip_suffix([']', ')', '}']).unwrap_or(text);
        inside.trim_ascii_end().ends_with(',').then_some((AnomalyKind::TrailingComma, span))
    }

    fn escapes_its_quote(&self, string: Span) -> bool {
        let text = string.of(self.source);
        match text.chars().next() {
            Some('\'') => text.contains("\\'"),
            Some('"') => text.contains("\\\""),
            _ => false,
        }
    }
}

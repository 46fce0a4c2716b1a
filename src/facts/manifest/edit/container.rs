//! An array or object as an edit sees it: its items with their commas, and the comments between
//! them. There is one only for a container whose own text is sound; its items may be broken inside.

use super::lines;
use crate::facts::ManifestFacts;
use crate::facts::manifest::lexer::{Lexer, TokenKind};
use crate::facts::manifest::{Json, JsonKind};
use crate::text::Span;

/// A container.
pub(super) struct Container<'s> {
    /// The text that it stands in.
    pub(super) source: &'s str,
    /// With its brackets.
    pub(super) span: Span,
    /// Its items, in order.
    pub(super) slots: Vec<Slot>,
}

/// An element, or a member with its key.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// Without its comma.
    pub(super) span: Span,
    /// The comma behind it.
    pub(super) comma: Option<Span>,
}

impl Slot {
    /// The end of the item and its comma.
    pub(super) fn end(self) -> usize {
        self.comma.unwrap_or(self.span).end()
    }
}

impl<'s> Container<'s> {
    /// `value` as a container; `None` when it is none or its text is broken between its items.
    /// O(its length).
    pub(super) fn new(facts: &ManifestFacts, source: &'s str, value: &Json) -> Option<Self> {
        let spans: Vec<Span> = match &value.kind {
            JsonKind::Array(elements) => elements.iter().map(|element| element.span).collect(),
            JsonKind::Object(members) => members
                .iter()
                .map(|member| Span::new(member.key_span.start(), member.value.span.end()))
                .collect(),
            _ => return None,
        };
        let inside_an_item = |problem: Span| {
            let after = spans.partition_point(|item| item.end() <= problem.end());
            spans.get(after).is_some_and(|item| item.start() < problem.start())
        };
        let sound = facts
            .problems
            .iter()
            .all(|problem| !value.span.touches(problem.span) || inside_an_item(problem.span));
        if !sound {
            return None;
        }
        let comma_after = |from: usize| {
            let mut lexer = Lexer::new(source, from);
            loop {
                let token = lexer.next();
                match token.kind {
                    TokenKind::Comment { .. } => {}
                    TokenKind::Comma => return Some(token.span),
                    _ => return None,
                }
            }
        };
        let slots = spans.iter().map(|span| Slot { span: *span, comma: comma_after(span.end()) });
        Some(Self { source, span: value.span, slots: slots.collect() })
    }

    /// The byte after the opening bracket.
    pub(super) fn inner_start(&self) -> usize {
        self.span.start() + 1
    }

    /// The byte of the closing bracket.
    pub(super) fn inner_end(&self) -> usize {
        self.span.end() - 1
    }

    /// The comments that stand between two bytes with nothing but a comma between them.
    pub(super) fn comments(&self, from: usize, to: usize) -> Vec<Span> {
        let mut lexer = Lexer::new(self.source, from);
        std::iter::from_fn(|| Some(lexer.next()))
            .take_while(|token| token.span.start() < to && token.kind != TokenKind::End)
            .filter(|token| matches!(token.kind, TokenKind::Comment { .. }))
            .map(|token| token.span)
            .collect()
    }

    /// How many of `comments`, which stand behind byte `from`, begin on the line where what is
    /// before them ends.
    pub(super) fn on_line(&self, from: usize, comments: &[Span]) -> usize {
        let ends = std::iter::once(from).chain(comments.iter().map(|comment| comment.end()));
        comments
            .iter()
            .zip(ends)
            .take_while(|(comment, end)| !lines::breaks(self.source, *end, comment.start()))
            .count()
    }
}

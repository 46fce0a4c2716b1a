//! Values and texts as pieces. Whatever is not an interpolation is literal, to the byte.

use super::Interpolation;
use crate::facts::template::Piece;
use crate::text::Span;

/// The pieces of `span`: its interpolations, which are in order, and what is between them.
pub(super) fn pieces(source: &str, span: Span, interpolations: Vec<Interpolation>) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(interpolations.len() * 2 + 1);
    let mut at = span.start();
    let literal = |from: usize, to: usize| {
        let span = Span::new(from, to);
        (!span.is_empty()).then(|| Piece::Literal { text: span.of(source).into(), span })
    };
    for Interpolation { span, expression } in interpolations {
        pieces.extend(literal(at, span.start()));
        at = span.end();
        pieces.push(Piece::Expression { expression, span });
    }
    pieces.extend(literal(at, span.end()));
    pieces
}

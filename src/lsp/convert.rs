//! Bytes to the protocol's lines and characters, and back. The only file that does so for the
//! server. Everything that comes in is clamped by [`Text`]; a range with its end before its start
//! is read with the two swapped, as VS Code's own document model does.

use tower_lsp::lsp_types as lsp;

use crate::text::{Position, Span, Text, Units};
use crate::workspace::DocumentChange;

/// The protocol's range of `span` in `text`.
pub(super) fn range(text: &Text, span: Span, units: Units) -> lsp::Range {
    lsp::Range::new(
        to_client(text.position(span.start(), units)),
        to_client(text.position(span.end(), units)),
    )
}

/// The byte of `text` that `position` names.
pub(super) fn offset(text: &Text, position: lsp::Position, units: Units) -> usize {
    text.offset(from_client(position), units)
}

/// The bytes of `text` that `range` names.
pub(super) fn span(text: &Text, range: lsp::Range, units: Units) -> Span {
    let (start, end) = ordered(range);
    Span::new(text.offset(start, units), text.offset(end, units))
}

/// One edit, as the workspace takes it.
pub(super) fn change(change: lsp::TextDocumentContentChangeEvent) -> DocumentChange {
    DocumentChange { range: change.range.map(ordered), text: change.text }
}

fn ordered(range: lsp::Range) -> (Position, Position) {
    let (start, end) = (from_client(range.start), from_client(range.end));
    (start.min(end), start.max(end))
}

fn from_client(position: lsp::Position) -> Position {
    Position { line: position.line as usize, column: position.character as usize }
}

fn to_client(position: Position) -> lsp::Position {
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    lsp::Position::new(narrow(position.line), narrow(position.column))
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types as lsp;

    use super::{range, span};
    use crate::text::{Span, Text, Units};

    #[test]
    fn a_span_survives_the_way_there_and_back() {
        let text = Text::new("wx.登录('😀')\r\nnext\n");
        let emoji = Span::new(11, 15);
        assert_eq!(emoji.of("wx.登录('😀')\r\nnext\n"), "😀");
        for (units, columns) in [(Units::Utf8, (11, 15)), (Units::Utf16, (7, 9))] {
            let there = range(&text, emoji, units);
            assert_eq!((there.start.character, there.end.character), columns);
            assert_eq!(span(&text, there, units), emoji);
        }
    }

    #[test]
    fn a_range_that_runs_backwards_is_turned_round() {
        let text = Text::new("ab\ncd");
        let backwards = lsp::Range::new(lsp::Position::new(1, 1), lsp::Position::new(0, 1));
        assert_eq!(span(&text, backwards, Units::Utf16), Span::new(1, 4));
    }
}

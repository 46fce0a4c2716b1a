//! Lines and columns, and their way to and from bytes. Every input is clamped here (past the line,
//! past the text, inside a surrogate pair), nowhere else.

use super::Text;

/// A place as an editor names it: both 0-based, the column in [`Units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    /// Line, 0-based.
    pub line: usize,
    /// Column in the units agreed on, 0-based.
    pub column: usize,
}

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Units {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16: LSP's default, and what reports print.
    #[default]
    Utf16,
}

impl Text {
    /// Where byte `offset` stands; clamped to the text and to whole characters. O(log n + line).
    pub fn position(&self, offset: usize, units: Units) -> Position {
        let offset = self.floor(offset);
        let line = self.line_of(offset);
        let start = self.line_start(line);
        let column = match units {
            Units::Utf8 => offset - start,
            Units::Utf16 => {
                self.rope.char_to_utf16_cu(self.rope.byte_to_char(offset))
                    - self.rope.char_to_utf16_cu(self.rope.byte_to_char(start))
            }
        };
        Position { line, column }
    }

    /// The byte that `position` names; clamped to its line (before the line end) and to the text.
    /// O(log n + line).
    pub fn offset(&self, position: Position, units: Units) -> usize {
        if position.line >= self.line_count() {
            return self.len();
        }
        let start = self.line_start(position.line);
        let line = self.line(position.line);
        match units {
            Units::Utf8 => self.floor(start + position.column.min(line.len())),
            Units::Utf16 => {
                let mut seen = 0;
                for (at, character) in line.char_indices() {
                    if seen + character.len_utf16() > position.column {
                        return start + at;
                    }
                    seen += character.len_utf16();
                }
                start + line.len()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, Text, Units};

    fn at(line: usize, column: usize) -> Position {
        Position { line, column }
    }

    #[test]
    fn columns_count_utf16_units() {
        let text = Text::new("a😀中b\nc");
        assert_eq!(text.position(8, Units::Utf16), at(0, 4));
        assert_eq!(text.position(8, Units::Utf8), at(0, 8));
        assert_eq!(text.offset(at(0, 4), Units::Utf16), 8);
    }

    #[test]
    fn only_lsp_line_ends_end_a_line() {
        let text = Text::new("a\u{2028}b\u{85}c\rd\r\ne\u{b}f");
        assert_eq!(text.line_count(), 3);
        assert_eq!(text.line(0), "a\u{2028}b\u{85}c");
        assert_eq!(text.line(1), "d");
    }

    #[test]
    fn clamps() {
        let text = Text::new("ab\r\n😀");
        assert_eq!(text.offset(at(0, 99), Units::Utf16), 2);
        assert_eq!(text.offset(at(9, 0), Units::Utf16), 8);
        assert_eq!(text.offset(at(1, 1), Units::Utf16), 4, "inside a surrogate pair: before it");
        assert_eq!(text.position(6, Units::Utf16), at(1, 0), "inside a character: before it");
        assert_eq!(text.position(999, Units::Utf8), at(1, 4));
    }

    #[test]
    fn an_edit_reports_its_bytes() {
        let mut text = Text::new("中文ab");
        let change = text.replace(super::super::Span::new(3, 6), "x");
        assert_eq!((change.start, change.old_end, change.new_end), (3, 6, 4));
        assert_eq!(text.to_string(), "中xab");
    }
}

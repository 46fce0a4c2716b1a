//! The lines of a file that a finding is about, with what to draw under them. Pure data:
//! [`super::report`] adds gutter and colour. The cost follows what is shown, not the line's length;
//! of a minified line of megabytes only a window is read.

use unicode_width::UnicodeWidthStr as _;

use super::sanitize::{visible, width};
use crate::text::{Span, Text};

/// Columns of a line that are shown before it is cut to a window.
const WIDTH: usize = 120;
/// Columns shown before a mark in a window.
const BEFORE: usize = 40;
/// A character takes at most this many bytes, and at least a byte gives a column (but for
/// zero-width ones, which only narrow the window).
const CHARACTER_BYTES: usize = 4;
/// Stands for what was cut off.
const CUT: &str = "…";

/// A range to point at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The bytes.
    pub(crate) span: Span,
    /// Whether it is the finding's own place.
    pub(crate) primary: bool,
    /// What to say there; may be empty.
    pub(crate) message: String,
}

/// One row of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// A line of the file, or a window of it.
    Line {
        /// 1-based.
        number: usize,
        /// Fit for a terminal.
        text: String,
    },
    /// What is drawn under the line before.
    Under {
        /// Blanks before the run.
        column: usize,
        /// Columns to underline, at least one.
        columns: usize,
        /// Whether it is the finding's own place.
        primary: bool,
        /// What to say behind it.
        message: String,
    },
    /// Lines were left out.
    UnknownReason,
}

/// What one mark covers of one line.
struct Piece<'a> {
    line: usize,
    start: usize,
    end: usize,
    mark: &'a Mark,
    last: bool,
}

/// The rows that show `marks` in `text`, from top to bottom.
pub(crate) fn rows(text: &Text, marks: &[Mark]) -> Vec<Row> {
    let mut pieces: Vec<Piece<'_>> = marks.iter().flat_map(|mark| pieces(text, mark)).collect();
    pieces.sort_by_key(|piece| (piece.line, piece.start, !piece.mark.primary));
    let mut rows = Vec::new();
    let mut previous: Option<usize> = None;
    for line in pieces.chunk_by(|a, b| a.line == b.line) {
        let number = line.first().map_or(0, |piece| piece.line);
        if previous.is_some_and(|previous| previous + 1 < number) {
            rows.push(Row::UnknownReason);
        }
        previous = Some(number);
        let mut shown: Option<Span> = None;
        for piece in line {
            let window = match shown {
                Some(window) if window.contains(Span::new(piece.start, piece.end)) => window,
                _ => {
                    let window = window(text, piece);
                    rows.push(Row::Line {
                        number: number + 1,
                        text: fragment(text, number, window),
                    });
                    shown = Some(window);
                    window
                }
            };
            rows.push(under(text, window, piece));
        }
    }
    rows
}

/// A mark on one line is one piece; on several lines, the first and the last of them.
fn pieces<'a>(text: &Text, mark: &'a Mark) -> Vec<Piece<'a>> {
    let span = mark.span;
    let (start, mut end) = (span.start().min(text.len()), span.end().min(text.len()));
    let first = text.line_of(start);
    let mut last = text.line_of(end);
    // A range that ends with a line end does not reach into the next line.
    if last > first && end == text.line_start(last) {
        last -= 1;
        end = line_end(text, last);
    }
    if first == last {
        let end = end.min(line_end(text, first)).max(start);
        return vec![Piece { line: first, start, end, mark, last: true }];
    }
    vec![
        Piece { line: first, start, end: line_end(text, first).max(start), mark, last: false },
        Piece { line: last, start: first_visible(text, last, end), end, mark, last: true },
    ]
}

/// The byte after the line's last character, before its line end.
fn line_end(text: &Text, line: usize) -> usize {
    let start = text.line_start(line);
    let next = text.line_start(line + 1);
    let ending = text.slice(Span::new(next.saturating_sub(2).max(start), next));
    next - (ending.len() - ending.trim_end_matches(['\r', '\n']).len())
}

/// The first byte of `line` that is not a blank, at most `end`.
fn first_visible(text: &Text, line: usize, end: usize) -> usize {
    let start = text.line_start(line);
    let head = text.slice(Span::new(start, end.min(start + WIDTH * CHARACTER_BYTES)));
    start + (head.len() - head.trim_start().len())
}

/// The bytes of the piece's line that are shown: all of a short line, else from some way before the
/// piece on.
fn window(text: &Text, piece: &Piece<'_>) -> Span {
    let (start, end) = (text.line_start(piece.line), line_end(text, piece.line));
    if end - start <= WIDTH * CHARACTER_BYTES && width(&text.slice(Span::new(start, end))) <= WIDTH
    {
        return Span::new(start, end);
    }
    let before = text.slice(Span::new(
        piece.start.saturating_sub(BEFORE * CHARACTER_BYTES).max(start),
        piece.start,
    ));
    let from = piece.start - fitting(before.chars().rev(), BEFORE);
    let after = text.slice(Span::new(from, end.min(from + WIDTH * CHARACTER_BYTES)));
    Span::new(from, from + fitting(after.chars(), WIDTH))
}

/// Bytes of the leading characters that fit into `columns`.
fn fitting(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut used = 0;
    let mut bytes = 0;
    let mut buffer = [0; CHARACTER_BYTES];
    for character in characters {
        used += width(character.encode_utf8(&mut buffer));
        if used > columns {
            break;
        }
        bytes += character.len_utf8();
    }
    bytes
}

/// The window as it is shown.
fn fragment(text: &Text, line: usize, window: Span) -> String {
    let mut shown = String::new();
    if window.start() > text.line_start(line) {
        shown.push_str(CUT);
    }
    shown.push_str(&visible(&text.slice(window)));
    if window.end() < line_end(text, line) {
        shown.push_str(CUT);
    }
    shown
}

fn under(text: &Text, window: Span, piece: &Piece<'_>) -> Row {
    let cut = if window.start() > text.line_start(piece.line) { CUT.width() } else { 0 };
    let before = width(&text.slice(Span::new(window.start(), piece.start)));
    let marked = width(&text.slice(Span::new(piece.start, piece.end.min(window.end()))));
    Row::Under {
        column: cut + before,
        columns: marked.max(1),
        primary: piece.mark.primary,
        message: if piece.last { piece.mark.message.clone() } else { String::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Row, rows};
    use crate::text::{Span, Text};

    /// The rows of `source`, where `«»` is the primary mark and `‹›` a label, drawn without a
    /// gutter.
    fn drawn(source: &str) -> String {
        let mut text = String::new();
        let mut marks: Vec<Mark> = Vec::new();
        let mut open = Vec::new();
        for character in source.chars() {
            match character {
                '«' | '‹' => open.push((text.len(), character == '«')),
                '»' | '›' => {
                    let (start, primary) = open.pop().unwrap();
                    let message = if primary { String::new() } else { "label".to_owned() };
                    marks.push(Mark { span: Span::new(start, text.len()), primary, message });
                }
                other => text.push(other),
            }
        }
        let mut drawn = String::new();
        for row in rows(&Text::new(&text), &marks) {
            let line = match row {
                Row::Line { number, text } => format!("{number}|{text}"),
                Row::Under { column, columns, primary, message } => {
                    let run = if primary { "^" } else { "-" }.repeat(columns);
                    format!(" |{:column$}{run} {message}", "").trim_end().to_owned()
                }
                Row::UnknownReason => "...".to_owned(),
            };
            drawn.push_str(&line);
            drawn.push('\n');
        }
        drawn
    }

    #[test]
    fn points_under_the_span() {
        assert_eq!(drawn("a\nwx.«login»()\nb"), "2|wx.login()\n |   ^^^^^\n");
        assert_eq!(drawn("«»"), "1|\n |^\n", "an empty span gets one caret");
    }

    #[test]
    fn counts_columns_of_chinese_and_tabs() {
        assert_eq!(drawn("\t'中文', «名»"), "1|    '中文', 名\n |            ^^\n");
    }

    #[test]
    fn shows_first_and_last_line_of_a_long_span() {
        assert_eq!(
            drawn("«if (a) {\n  b\n  c\n  }» x"),
            "1|if (a) {\n |^^^^^^^^\n...\n4|  } x\n |  ^\n"
        );
        assert_eq!(drawn("«a\r\n»b"), "1|a\n |^\n", "a line end is part of its line");
    }

    #[test]
    fn labels_stand_in_reading_order() {
        assert_eq!(
            drawn("‹a›\n\nb «c» ‹d›"),
            "1|a\n |- label\n...\n3|b c d\n |  ^\n |    - label\n"
        );
    }

    #[test]
    fn cuts_a_minified_line_to_a_window() {
        let source = format!("{}«here»{}", "x".repeat(5000), "y".repeat(5000));
        let expected =
            format!("1|…{}here{}…\n |{}^^^^\n", "x".repeat(40), "y".repeat(76), " ".repeat(41));
        assert_eq!(drawn(&source), expected);
    }

    #[test]
    fn two_places_far_apart_on_one_line_get_a_window_each() {
        let source = format!("‹a›{}«b»", "中".repeat(5000));
        let expected = format!(
            "1|a{}…\n |- label\n1|…{}b\n |{}^\n",
            "中".repeat(59),
            "中".repeat(20),
            " ".repeat(41)
        );
        assert_eq!(drawn(&source), expected);
    }

    #[test]
    fn a_place_past_the_text_is_at_its_end() {
        let row = rows(
            &Text::new("ab"),
            &[Mark { span: Span::new(9, 12), primary: true, message: String::new() }],
        );
        assert_eq!(
            row[1],
            Row::Under { column: 2, columns: 1, primary: true, message: String::new() }
        );
    }
}

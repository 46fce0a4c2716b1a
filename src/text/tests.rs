//! Properties: lines, positions, clamping, and edits against a plain string.

use proptest::prelude::*;

use super::{Position, Span, Text, Units};

/// Texts with every kind of line end and width of character.
fn source() -> impl Strategy<Value = String> {
    "([ab]|\r\n|\n|\r|é|中|😀|\u{2028}|\u{85}|\x0b|\x0c|\u{feff}|\x00){0,60}"
}

/// The lines of `source` with their starts, as LSP counts them.
fn lines(source: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    while let Some(length) = source[start..].find(['\n', '\r']) {
        lines.push((start, &source[start..start + length]));
        let rest = &source[start + length..];
        start += length + if rest.starts_with("\r\n") { 2 } else { 1 };
    }
    lines.push((start, &source[start..]));
    lines
}

fn floor(source: &str, offset: usize) -> usize {
    (0..=offset.min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0)
}

proptest! {
    #[test]
    fn lines_are_those_of_the_protocol(source in source()) {
        let text = Text::new(&source);
        let lines = lines(&source);
        prop_assert_eq!(text.line_count(), lines.len());
        for (index, (start, line)) in lines.iter().enumerate() {
            prop_assert_eq!(text.line_start(index), *start);
            prop_assert_eq!(&*text.line(index), *line);
            prop_assert_eq!(text.line_of(*start), index);
            prop_assert_eq!(text.line_of(start + line.len()), index);
        }
        prop_assert_eq!(text.line_start(lines.len()), source.len());
        prop_assert_eq!(&*text.line(lines.len()), "");
    }

    #[test]
    fn a_position_leads_back_to_its_byte(source in source()) {
        let text = Text::new(&source);
        for units in [Units::Utf8, Units::Utf16] {
            for (index, (start, line)) in lines(&source).into_iter().enumerate() {
                let mut column = 0;
                for (at, character) in line.char_indices() {
                    let position = Position { line: index, column };
                    prop_assert_eq!(text.position(start + at, units), position);
                    prop_assert_eq!(text.offset(position, units), start + at);
                    column += if units == Units::Utf8 { character.len_utf8() } else { character.len_utf16() };
                }
                let end = Position { line: index, column };
                prop_assert_eq!(text.position(start + line.len(), units), end);
                prop_assert_eq!(text.offset(end, units), start + line.len());
                // Past the line: its end.
                prop_assert_eq!(text.offset(Position { line: index, column: column + 7 }, units), start + line.len());
            }
        }
    }

    #[test]
    fn places_outside_are_clamped(source in source(), offset in 0..200_usize, line in 0..90_usize, column in 0..90_usize) {
        let text = Text::new(&source);
        for units in [Units::Utf8, Units::Utf16] {
            prop_assert_eq!(text.position(offset, units), text.position(floor(&source, offset), units));
            let found = text.offset(Position { line, column }, units);
            prop_assert!(source.is_char_boundary(found));
            let (start, content) = lines(&source).get(line).copied().unwrap_or((source.len(), ""));
            prop_assert!((start..=start + content.len()).contains(&found));
        }
    }

    #[test]
    fn edits_do_to_a_text_what_they_do_to_a_string(
        source in source(),
        edits in prop::collection::vec((0..200_usize, 0..20_usize, source()), 0..12),
    ) {
        let mut text = Text::new(&source);
        let mut model = source;
        for (start, length, replacement) in edits {
            let from = floor(&model, start);
            let to = floor(&model, start + length);
            let change = text.replace(Span::new(start, start + length), &replacement);
            model.replace_range(from..to, &replacement);
            prop_assert_eq!((change.start, change.old_end, change.new_end), (from, to, from + replacement.len()));
            prop_assert_eq!(text.to_string(), &*model);
            prop_assert_eq!(text.len(), model.len());
            prop_assert_eq!(text.line_count(), lines(&model).len());
        }
        prop_assert!(text == Text::new(&model));
        let mut read = String::new();
        while read.len() < text.len() {
            read.push_str(text.chunk_from(read.len()));
        }
        prop_assert_eq!(read, &*model);
    }

    #[test]
    fn a_slice_is_that_of_the_string(source in source(), start in 0..200_usize, length in 0..50_usize) {
        let (from, to) = (floor(&source, start), floor(&source, start + length));
        let text = Text::new(&source);
        prop_assert_eq!(&*text.slice(Span::new(start, start + length)), &source[from..to]);
    }
}

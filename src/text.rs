//! A document's text: bytes, lines, edits, and where a byte stands for a person or an editor. A
//! place is a byte offset everywhere; [`Position`] exists only at the edges (the protocol and the
//! report writers), and only `\n`, `\r\n` and a lone `\r` end a line, as in LSP.

mod position;
mod span;

pub use position::{Position, Units};
pub use span::Span;

use std::borrow::Cow;

use ropey::Rope;

/// A text that can be edited and asked for positions. Cloning is O(1).
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
}

/// What an edit did, in bytes: the parser's view of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where the edit begins.
    pub start: usize,
    /// Where the replaced bytes ended.
    pub old_end: usize,
    /// Where the new bytes end.
    pub new_end: usize,
}

impl Text {
    /// A text holding `source`. O(n).
    pub fn new(source: &str) -> Self {
        Self { rope: Rope::from_str(source) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether the text holds no byte.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The bytes of `span` as text. Clamped to the text and to whole characters. Borrowed when it
    /// lies in one chunk.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let start = self.floor(span.start());
        let end = self.floor(span.end()).max(start);
        self.rope.byte_slice(start..end).into()
    }

    /// Line `line` (0-based) without its line end; empty past the last line.
    pub fn line(&self, line: usize) -> Cow<'_, str> {
        if line >= self.line_count() {
            return Cow::Borrowed("");
        }
        let whole: Cow<'_, str> = self.rope.line(line).into();
        match whole {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(['\n', '\r'])),
            Cow::Owned(text) => Cow::Owned(text.trim_end_matches(['\n', '\r']).to_owned()),
        }
    }

    /// The byte at which line `line` (0-based) begins; the text's length past the last line. O(log
    /// n).
    pub fn line_start(&self, line: usize) -> usize {
        if line >= self.line_count() { self.len() } else { self.rope.line_to_byte(line) }
    }

    /// The line (0-based) that holds byte `offset`. O(log n).
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// Replaces the bytes of `span` with `replacement`. Offsets are clamped to the text and to
    /// whole characters. O(log n + m).
    pub fn replace(&mut self, span: Span, replacement: &str) -> Change {
        let start = self.floor(span.start());
        let old_end = self.floor(span.end()).max(start);
        let from = self.rope.byte_to_char(start);
        let to = self.rope.byte_to_char(old_end);
        self.rope.remove(from..to);
        self.rope.insert(from, replacement);
        Change { start, old_end, new_end: start + replacement.len() }
    }

    /// The chunk that holds byte `offset`, from that byte on; empty at the end. What the parser
    /// reads.
    pub fn chunk_from(&self, offset: usize) -> &str {
        if offset >= self.len() {
            return "";
        }
        let (chunk, start, _, _) = self.rope.chunk_at_byte(offset);
        chunk.get(offset - start..).unwrap_or("")
    }

    /// The chunks that the text is made of, in order.
    pub fn chunks(&self) -> impl Iterator<Item = &str> {
        self.rope.chunks()
    }

    /// The greatest character boundary at or below `offset`.
    fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(offset))
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.rope == other.rope
    }
}

#[cfg(test)]
mod tests;

//! The tokens of JSON with comments. An unclosed string ends with its line, so that a quote being
//! typed does not swallow the members below it.

use crate::text::Span;

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Where.
    pub(super) span: Span,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `{`
    OpenObject,
    /// `}`
    CloseObject,
    /// `[`
    OpenArray,
    /// `]`
    CloseArray,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// `"…"`
    String {
        /// Whether the second quote is there.
        closed: bool,
    },
    /// A run of other characters: `true`, `-1.5`, `undefined` …
    Word,
    /// `// …`, `/* … */`
    Comment {
        /// Whether it ends.
        closed: bool,
    },
    /// White space that is not JSON's (U+00A0, U+3000 …), a control character, a byte order mark
    /// inside the text.
    Stray,
    /// The end of the text.
    End,
}

/// Cuts a text into tokens. O(n) for the whole text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    /// A lexer of `source` from byte `start` on. A byte order mark at byte 0 is no token.
    pub(super) fn new(source: &'s str, start: usize) -> Self {
        let mark = if start == 0 && source.starts_with('\u{feff}') { 3 } else { 0 };
        Self { source, at: start + mark }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Token {
        let rest = self.source.get(self.at..).unwrap_or("");
        let rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let start = self.source.len() - rest.len();
        let (kind, length) = token(rest);
        self.at = start + length;
        Token { kind, span: Span::new(start, self.at) }
    }
}

/// The token that `rest` begins with, and its length in bytes.
fn token(rest: &str) -> (TokenKind, usize) {
    let Some(first) = rest.chars().next() else {
        return (TokenKind::End, 0);
    };
    match first {
        '{' => (TokenKind::OpenObject, 1),
        '}' => (TokenKind::CloseObject, 1),
        '[' => (TokenKind::OpenArray, 1),
        ']' => (TokenKind::CloseArray, 1),
        ':' => (TokenKind::Colon, 1),
        ',' => (TokenKind::Comma, 1),
        '"' => string(rest),
        '/' if rest.starts_with("//") => {
            (TokenKind::Comment { closed: true }, rest.find(['\n', '\r']).unwrap_or(rest.len()))
        }
        '/' if rest.starts_with("/*") => {
            let end = rest.get(2..).and_then(|inner| inner.find("*/")).map(|at| at + 4);
            (TokenKind::Comment { closed: end.is_some() }, end.unwrap_or(rest.len()))
        }
        _ if is_stray(first) => (TokenKind::Stray, first.len_utf8()),
        _ => (TokenKind::Word, word_length(rest)),
    }
}

fn string(rest: &str) -> (TokenKind, usize) {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'\n' | b'\r' => return (TokenKind::String { closed: false }, at),
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (TokenKind::String { closed: true }, at + 1),
            _ => {}
        }
    }
    (TokenKind::String { closed: false }, rest.len())
}

fn word_length(rest: &str) -> usize {
    rest.char_indices()
        .find(|&(at, character)| {
            at > 0
                && (matches!(character, '{' | '}' | '[' | ']' | ':' | ',' | '"')
                    || character.is_ascii_whitespace()
                    || is_stray(character)
                    || rest
                        .get(at..)
                        .is_some_and(|rest| rest.starts_with("//") || rest.starts_with("/*")))
        })
        .map_or(rest.len(), |(at, _)| at)
}

fn is_stray(character: char) -> bool {
    !matches!(character, ' ' | '\t' | '\n' | '\r')
        && (character.is_whitespace() || character.is_control() || character == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{Lexer, TokenKind};

    fn words(source: &str) -> Vec<&str> {
        let mut lexer = Lexer::new(source, 0);
        std::iter::from_fn(|| Some(lexer.next()).filter(|token| token.kind != TokenKind::End))
            .map(|token| token.span.of(source))
            .collect()
    }

    #[test]
    fn tokens() {
        for (source, expected) in [
            ("", &[] as &[&str]),
            ("\u{feff}{}", &["{", "}"]),
            (r#"{"a":-1.5}"#, &["{", r#""a""#, ":", "-1.5", "}"]),
            ("1//c\r2", &["1", "//c", "2"]),
            ("1/*a*/2", &["1", "/*a*/", "2"]),
            ("/*/ 1", &["/*/ 1"]),
            (r#""a\"b" "c"#, &[r#""a\"b""#, "\"c"]),
            ("\"a\\\n\"b", &["\"a\\", "\"b"]),
            ("中\u{3000}a\u{a0}\0", &["中", "\u{3000}", "a", "\u{a0}", "\0"]),
            ("/ a/b", &["/", "a/b"]),
        ] {
            assert_eq!(words(source), expected, "{source:?}");
        }
    }
}

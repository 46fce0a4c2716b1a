//! Where a cursor stands in a JSON text. It goes by the tokens alone, so it is right for a text
//! that is being typed – a quote without its twin, a key without a value – of which no value can be
//! read.

use super::lexer::{Lexer, Token, TokenKind};
use super::literal::unescape;
use crate::text::Span;

/// Where a cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What leads to the object or list around it, outermost first; for a value of an object also
    /// its key.
    pub path: Vec<Step>,
    /// What can be written there.
    pub wants: Wants,
    /// The bytes that would be replaced: the string or word there, without its quotes.
    pub span: Span,
    /// Whether it stands in a string: quotes are there already.
    pub quoted: bool,
    /// Whether the quote that ends the string is missing.
    pub open: bool,
    /// Whether a colon follows.
    pub before_colon: bool,
    /// The keys of the object around it, or the strings of the list, but for the one that it stands
    /// in.
    pub present: Vec<Box<str>>,
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(Box<str>),
    /// An element of a list.
    Element,
}

/// What can be written at a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// The key of an object's member.
    Key,
    /// A value.
    Value,
}

/// An object or list that is not closed yet.
struct Open {
    object: bool,
    /// The key whose value is due or stands.
    key: Option<Box<str>>,
    expects: Expects,
    present: Vec<Box<str>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    Key,
    Colon,
    Value,
    Comma,
}

impl Open {
    fn new(object: bool) -> Self {
        let expects = if object { Expects::Key } else { Expects::Value };
        Self { object, key: None, expects, present: Vec::new() }
    }

    /// Takes a whole string or word in.
    fn take(&mut self, text: Box<str>) {
        match self.expects {
            Expects::Key => {
                self.present.push(text.clone());
                self.key = Some(text);
                self.expects = Expects::Colon;
            }
            Expects::Value => {
                if !self.object {
                    self.present.push(text);
                }
                self.expects = Expects::Comma;
            }
            // A comma is missing: the next member begins.
            Expects::Comma if self.object => {
                self.expects = Expects::Key;
                self.take(text);
            }
            Expects::Colon | Expects::Comma => {}
        }
    }
}

/// The cursor at byte `offset` of `source`; `None` outside all objects and lists, in a comment, and
/// where only a mark can stand. O(n).
pub fn cursor(source: &str, offset: usize) -> Option<Cursor> {
    let mut lexer = Lexer::new(source, 0);
    let mut open: Vec<Open> = Vec::new();
    let under = loop {
        let token = lexer.next();
        if token.kind == TokenKind::End || offset <= token.span.start() {
            break None;
        }
        let inside = offset < token.span.end();
        let touches = offset <= token.span.end();
        match token.kind {
            TokenKind::Comment { closed } => {
                // One that is closed by its line still grows at its end.
                let grows = !closed || token.span.of(source).starts_with("//");
                if inside || (touches && grows) {
                    return None;
                }
            }
            TokenKind::String { closed } if inside || (touches && !closed) => break Some(token),
            TokenKind::Word if touches => break Some(token),
            _ => feed(source, &mut open, token),
        }
    };
    let around = open.last()?;
    let wants = match (around.expects, under.is_some()) {
        (Expects::Key, _) => Wants::Key,
        // A comma is missing: the next member begins.
        (Expects::Comma, true) if around.object => Wants::Key,
        (Expects::Value, _) | (Expects::Comma, true) => Wants::Value,
        _ => return None,
    };
    let mut path: Vec<Step> = Vec::new();
    for (depth, one) in open.iter().enumerate() {
        match &one.key {
            Some(key) if depth + 1 < open.len() || wants == Wants::Value => {
                path.push(Step::Key(key.clone()));
            }
            None if !one.object => path.push(Step::Element),
            _ => {}
        }
    }
    let (span, quoted, is_open) = match under {
        Some(Token { kind: TokenKind::String { closed }, span }) => {
            // What follows an open quote on its line may be anything.
            let end = if closed { span.end() - 1 } else { offset };
            (Span::new(span.start() + 1, end), true, !closed)
        }
        Some(token) => (token.span, false, false),
        None => (Span::at(offset), false, false),
    };
    if span.start() > offset {
        return None;
    }
    let mut present = around.present.clone();
    let before_colon = rest(source, under, offset, around.object, &mut present);
    Some(Cursor { path, wants, span, quoted, open: is_open, before_colon, present })
}

/// Takes a token in.
fn feed(source: &str, open: &mut Vec<Open>, token: Token) {
    match token.kind {
        TokenKind::OpenObject | TokenKind::OpenArray => {
            open.push(Open::new(token.kind == TokenKind::OpenObject));
        }
        TokenKind::CloseObject | TokenKind::CloseArray => {
            open.pop();
            if let Some(around) = open.last_mut() {
                around.expects = Expects::Comma;
            }
        }
        TokenKind::Colon => {
            if let Some(around) = open.last_mut().filter(|around| around.object) {
                around.expects = Expects::Value;
            }
        }
        TokenKind::Comma => {
            if let Some(around) = open.last_mut() {
                around.expects = if around.object { Expects::Key } else { Expects::Value };
                if around.object {
                    around.key = None;
                }
            }
        }
        TokenKind::String { .. } | TokenKind::Word => {
            if let Some(around) = open.last_mut() {
                around.take(text(source, token));
            }
        }
        TokenKind::Comment { .. } | TokenKind::Stray | TokenKind::End => {}
    }
}

/// Reads on to the end of the object or list around the cursor; whether a colon follows what the
/// cursor stands in.
fn rest(
    source: &str,
    under: Option<Token>,
    offset: usize,
    object: bool,
    present: &mut Vec<Box<str>>,
) -> bool {
    let mut lexer = Lexer::new(source, under.map_or(offset, |token| token.span.end()));
    let mut depth = 0_usize;
    let mut first = true;
    let mut before_colon = false;
    let mut last: Option<Box<str>> = None;
    loop {
        let token = lexer.next();
        match token.kind {
            TokenKind::OpenObject | TokenKind::OpenArray => depth += 1,
            TokenKind::CloseObject | TokenKind::CloseArray if depth > 0 => depth -= 1,
            TokenKind::CloseObject | TokenKind::CloseArray | TokenKind::End => return before_colon,
            TokenKind::Colon if depth == 0 => {
                before_colon |= first;
                present.extend(last.take());
            }
            TokenKind::String { .. } if depth == 0 && object => last = Some(text(source, token)),
            TokenKind::String { .. } if depth == 0 => present.push(text(source, token)),
            TokenKind::Comment { .. } => continue,
            _ => {}
        }
        first = false;
    }
}

/// What a string or word says.
fn text(source: &str, token: Token) -> Box<str> {
    let whole = token.span.of(source);
    match whole.strip_prefix('"') {
        Some(inner) => unescape(inner.strip_suffix('"').unwrap_or(inner)).0,
        None => whole.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor at the `|` of a text, in words: path, what is wanted, what would be replaced,
    /// what is there.
    fn shown(marked: &str) -> String {
        let offset = marked.find('|').unwrap();
        let source = marked.replacen('|', "", 1);
        let Some(cursor) = cursor(&source, offset) else { return "nothing".to_owned() };
        let path: Vec<&str> = cursor
            .path
            .iter()
            .map(|step| if let Step::Key(key) = step { key } else { "*" })
            .collect();
        let wants = if cursor.wants == Wants::Key { "key" } else { "value" };
        let marks = [(cursor.quoted, "quoted"), (cursor.open, "open"), (cursor.before_colon, ":")];
        let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        format!(
            "{} {wants} <{}> {} {}",
            path.join("."),
            cursor.span.of(&source),
            marks.join(","),
            cursor.present.join(",")
        )
        .trim()
        .to_owned()
    }

    #[test]
    fn a_cursor_stands_in_broken_text_too() {
        for (marked, expected) in [
            ("|", "nothing"),
            ("{|}", "key <>"),
            (r#"{"a|b": 1}"#, "key <ab> quoted,:"),
            (r#"{"a": 1, "|"}"#, "key <> quoted a"),
            (r#"{"a": 1, "b|}"#, "key <b> quoted,open a"),
            (r#"{"a": |}"#, "a value <>  a"),
            (r#"{"a": tr|}"#, "a value <tr>  a"),
            (r#"{"a": "x|y", "b": 2}"#, "a value <xy> quoted a,b"),
            (r#"{"a": ["x", "|", "z"], "b": 1}"#, "a.* value <> quoted x,z"),
            (r#"{"a": [|]}"#, "a.* value <>"),
            (r#"{"a": ["店😀", "s|"]}"#, "a.* value <s> quoted 店😀"),
            (r#"{"a": [{"b": "|"}]}"#, "a.*.b value <> quoted b"),
            (r#"{"a": {"b": 1, "|": {}}, "c": 1}"#, "a key <> quoted,: b"),
            (r#"{"a": 1 "|"}"#, "key <> quoted a"),
            (r#"{"a": 1 |}"#, "nothing"),
            (r#"{"a" |}"#, "nothing"),
            ("{ // x|\n}", "nothing"),
            ("{ /* x| */ }", "nothing"),
            ("{\n  \"a\": 1,\n  |\n}", "key <>  a"),
            (r#"{"a": 1}|"#, "nothing"),
            (r#"{"a": [1, |"x"]}"#, "a.* value <>  1,x"),
        ] {
            let found = shown(marked);
            let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(squeeze(&found), squeeze(expected), "{marked}");
        }
    }
}

//! Reads a manifest's text, whole or broken. It reads the text, not the tree. After an open bracket
//! the JSON grammar's recovery gives a flat list of leaves without their nesting, lets an open
//! quote turn the next key into a value, and may differ between a reparsed and a fresh tree; a
//! manifest is half-typed exactly while its findings matter, and equal bytes must give equal facts.

use super::edit::Style;
use super::lexer::{Lexer, Token, TokenKind};
use super::literal::{is_number, unescape};
use super::{Json, JsonKind, ManifestFacts, Member};
use crate::facts::{Comment, SyntaxProblem};
use crate::text::Span;

/// How deep containers may stand in each other; what is deeper reads as `null` and is a problem.
const DEEPEST: usize = 128;

/// Reads the facts of a manifest. O(n); every text has facts.
///
/// A member without a value, an unclosed string and an unknown word are left out and reported; a
/// missing comma or bracket is reported and made good.
pub fn read(source: &str) -> ManifestFacts {
    let mut reader = Reader::new(source);
    let root = reader.document();
    let Reader { mut problems, comments, .. } = reader;
    tidy(&mut problems);
    let style = Style::of(root.as_ref(), source);
    ManifestFacts { root, problems, comments, style }
}

/// Puts problems in order, joins those that touch and drops what is missing inside a part that is
/// wrong as a whole.
fn tidy(problems: &mut Vec<SyntaxProblem>) {
    problems.sort_by_key(|problem| (problem.span, problem.missing));
    problems.dedup_by(|next, problem| {
        if next == problem {
            return true;
        }
        if problem.missing || next.span.start() > problem.span.end() {
            return false;
        }
        if next.missing {
            return next.span.end() < problem.span.end();
        }
        let end = problem.span.end().max(next.span.end());
        problem.span = Span::new(problem.span.start(), end);
        true
    });
}

struct Reader<'s> {
    source: &'s str,
    lexer: Lexer<'s>,
    now: Token,
    next: Token,
    /// The end of the token before `now`.
    end: usize,
    open_objects: usize,
    open_arrays: usize,
    problems: Vec<SyntaxProblem>,
    comments: Vec<Comment>,
}

/// What stands before a comma or an item of a container.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The opening bracket.
    Open,
    /// An item, kept or left out.
    Item,
    /// A comma.
    Comma,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str) -> Self {
        let none = Token { kind: TokenKind::End, span: Span::default() };
        let mut reader = Self {
            source,
            lexer: Lexer::new(source, 0),
            now: none,
            next: none,
            end: 0,
            open_objects: 0,
            open_arrays: 0,
            problems: Vec::new(),
            comments: Vec::new(),
        };
        reader.advance();
        reader.advance();
        reader.end = 0;
        reader
    }

    fn document(&mut self) -> Option<Json> {
        let mut root = None;
        while root.is_none() && self.now.kind != TokenKind::End {
            if self.at_value() {
                root = self.value(0);
            } else {
                self.reject();
            }
        }
        if root.is_none() && self.problems.is_empty() {
            self.missing_at(self.source.len());
        }
        if self.now.kind != TokenKind::End {
            let start = self.now.span.start();
            while self.now.kind != TokenKind::End {
                self.advance();
            }
            self.wrong(Span::new(start, self.end));
        }
        root
    }

    /// Whether a value begins here.
    fn at_value(&self) -> bool {
        matches!(
            self.now.kind,
            TokenKind::OpenObject
                | TokenKind::OpenArray
                | TokenKind::String { .. }
                | TokenKind::Word
        )
    }

    /// Whether a key with its colon begins here.
    fn at_key(&self) -> bool {
        matches!(self.now.kind, TokenKind::String { .. }) && self.next.kind == TokenKind::Colon
    }

    /// Reads the value that begins here ([`Reader::at_value`]); `None` when it is none and was
    /// reported.
    fn value(&mut self, depth: usize) -> Option<Json> {
        let span = self.now.span;
        let kind = match self.now.kind {
            TokenKind::OpenObject | TokenKind::OpenArray if depth >= DEEPEST => {
                return Some(self.too_deep());
            }
            TokenKind::OpenObject => return Some(self.object(depth)),
            TokenKind::OpenArray => return Some(self.array(depth)),
            TokenKind::String { closed: true } => JsonKind::String(self.text(span)),
            TokenKind::String { closed: false } => {
                self.problems.push(SyntaxProblem { span, missing: true });
                self.advance();
                return None;
            }
            _ => match span.of(self.source) {
                "null" => JsonKind::Null,
                "true" => JsonKind::Bool(true),
                "false" => JsonKind::Bool(false),
                word if is_number(word) => JsonKind::Number(word.into()),
                _ => {
                    self.reject();
                    return None;
                }
            },
        };
        self.advance();
        Some(Json { span, kind })
    }

    /// What the closed string at `span` says.
    fn text(&mut self, span: Span) -> Box<str> {
        let inner = Span::new(span.start() + 1, span.end().saturating_sub(1));
        let (text, sound) = unescape(inner.of(self.source));
        if !sound {
            self.wrong(span);
        }
        text
    }

    fn object(&mut self, depth: usize) -> Json {
        let start = self.now.span.start();
        self.advance();
        self.open_objects += 1;
        let mut members = Vec::new();
        let mut before = Before::Open;
        loop {
            match self.now.kind {
                // After the root nothing may follow: a comma tells that this bracket is one too
                // many.
                TokenKind::CloseObject if depth == 0 && self.next.kind == TokenKind::Comma => {
                    self.reject();
                    before = Before::Item;
                }
                TokenKind::CloseObject => {
                    self.advance();
                    break;
                }
                TokenKind::CloseArray if self.open_arrays == 0 => self.reject(),
                TokenKind::End | TokenKind::CloseArray => {
                    self.missing_at(self.end);
                    break;
                }
                TokenKind::Comma => before = self.comma(before),
                TokenKind::String { .. } => {
                    self.expect_comma(before);
                    members.extend(self.member(depth));
                    before = Before::Item;
                }
                _ => {
                    self.not_a_member(depth);
                    before = Before::Item;
                }
            }
        }
        self.open_objects -= 1;
        Json { span: Span::new(start, self.end), kind: JsonKind::Object(members) }
    }

    /// Reads the member whose key stands here; `None` when it is not complete.
    fn member(&mut self, depth: usize) -> Option<Member> {
        let key_span = self.now.span;
        let closed = self.now.kind == TokenKind::String { closed: true };
        let key = if closed { Some(self.text(key_span)) } else { None };
        if !closed {
            self.problems.push(SyntaxProblem { span: key_span, missing: true });
        }
        self.advance();
        if self.now.kind == TokenKind::Colon {
            self.advance();
            while self.now.kind == TokenKind::Colon {
                self.reject();
            }
            if !self.at_value() || self.at_key() {
                self.missing_at(self.end);
                return None;
            }
        } else {
            if closed {
                self.missing_at(self.end);
            }
            // A string here is rather the next key than the value of this one.
            if !self.at_value() || matches!(self.now.kind, TokenKind::String { .. }) {
                return None;
            }
        }
        let value = self.value(depth + 1)?;
        Some(Member { key: key?, key_span, value })
    }

    /// Passes over what stands where a key should: `name: value`, `{…}`, `:`.
    fn not_a_member(&mut self, depth: usize) {
        let start = self.now.span.start();
        if self.now.kind == TokenKind::Word {
            self.advance();
        }
        if self.now.kind == TokenKind::Colon {
            self.advance();
        }
        if self.at_value() && !self.at_key() {
            self.value(depth + 1);
        }
        self.wrong(Span::new(start, self.end));
    }

    fn array(&mut self, depth: usize) -> Json {
        let start = self.now.span.start();
        self.advance();
        self.open_arrays += 1;
        let mut elements = Vec::new();
        let mut before = Before::Open;
        loop {
            match self.now.kind {
                TokenKind::CloseArray => {
                    self.advance();
                    break;
                }
                TokenKind::CloseObject if self.open_objects == 0 => self.reject(),
                TokenKind::End | TokenKind::CloseObject => {
                    self.missing_at(self.end);
                    break;
                }
                // A key: the array was never closed.
                TokenKind::String { .. } if self.open_objects > 0 && self.at_key() => {
                    self.missing_at(self.end);
                    break;
                }
                TokenKind::Comma => before = self.comma(before),
                TokenKind::Colon => self.reject(),
                _ => {
                    self.expect_comma(before);
                    elements.extend(self.value(depth + 1));
                    before = Before::Item;
                }
            }
        }
        self.open_arrays -= 1;
        Json { span: Span::new(start, self.end), kind: JsonKind::Array(elements) }
    }

    /// Passes over a container that stands too deep, without recursion.
    fn too_deep(&mut self) -> Json {
        let start = self.now.span.start();
        let mut open = 0_usize;
        loop {
            match self.now.kind {
                TokenKind::OpenObject | TokenKind::OpenArray => open += 1,
                TokenKind::CloseObject | TokenKind::CloseArray => open -= 1,
                _ => {}
            }
            self.advance();
            if open == 0 || self.now.kind == TokenKind::End {
                break;
            }
        }
        let span = Span::new(start, self.end);
        self.wrong(span);
        Json { span, kind: JsonKind::Null }
    }

    fn comma(&mut self, before: Before) -> Before {
        if before == Before::Item {
            self.advance();
        } else {
            self.reject();
        }
        Before::Comma
    }

    fn expect_comma(&mut self, before: Before) {
        if before == Before::Item {
            self.missing_at(self.end);
        }
    }

    /// Reports and passes over the token that stands here.
    fn reject(&mut self) {
        self.wrong(self.now.span);
        self.advance();
    }

    fn wrong(&mut self, span: Span) {
        self.problems.push(SyntaxProblem { span, missing: false });
    }

    fn missing_at(&mut self, offset: usize) {
        self.problems.push(SyntaxProblem { span: Span::at(offset), missing: true });
    }

    /// Goes on by one token, noting comments and stray characters on the way.
    fn advance(&mut self) {
        self.end = self.now.span.end();
        self.now = self.next;
        loop {
            self.next = self.lexer.next();
            let span = self.next.span;
            match self.next.kind {
                TokenKind::Comment { closed } => {
                    self.comments.extend(Comment::read(span, self.source));
                    if !closed {
                        self.problems.push(SyntaxProblem { span, missing: true });
                    }
                }
                TokenKind::Stray => self.wrong(span),
                _ => break,
            }
        }
    }
}

#[cfg(test)]
mod tests;

//! A script's tokens, as far as words, strings and signs must be told from comments, texts and
//! regular expressions. Whether a slash divides or opens an expression is told by what stands
//! before it; where that does not tell, the text is not plain and there are no further tokens.

use crate::syntax::Dialect;

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    /// Bytes.
    pub(super) start: usize,
    /// Bytes.
    pub(super) end: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A name, a keyword or a number.
    Word,
    /// `'…'` or `"…"`.
    String,
    /// A template's text, from a back-tick or a closing brace to the next back-tick or `${`.
    Template,
    /// `/…/`
    Regex,
    /// Any other byte.
    Sign(u8),
}

/// The tokens of a text.
pub(super) struct Tokens<'s> {
    source: &'s [u8],
    dialect: Dialect,
    at: usize,
    last: Option<Token>,
    /// Of each open parenthesis, whether it belongs to `if`, `while`, `for` or `with`: a statement
    /// follows it.
    parentheses: Vec<bool>,
    /// Of each open brace, whether it is that of a `${`.
    braces: Vec<bool>,
    /// Whether the parenthesis closed last was such a one.
    statement_follows: bool,
}

impl<'s> Tokens<'s> {
    /// The tokens of `source`, read one by one.
    pub(super) fn new(source: &'s [u8], dialect: Dialect) -> Self {
        let hashbang = source.starts_with(b"#!");
        let at = if hashbang { memchr::memchr(b'\n', source).unwrap_or(source.len()) } else { 0 };
        Self {
            source,
            dialect,
            at,
            last: None,
            parentheses: Vec::new(),
            braces: Vec::new(),
            statement_follows: false,
        }
    }

    /// The next token; the outer `None` where the text is not plain, the inner one at its end.
    #[allow(
        clippy::option_option,
        reason = "the two mean different things, and `?` takes the outer one"
    )]
    pub(super) fn next(&mut self) -> Option<Option<Token>> {
        self.pass_blanks()?;
        let start = self.at;
        let Some(&byte) = self.source.get(start) else {
            return (self.parentheses.is_empty() && self.braces.is_empty()).then_some(None);
        };
        let what = match byte {
            b'\'' | b'"' => self.string(byte)?,
            b'`' => {
                self.at += 1;
                self.template()?
            }
            b'/' if self.opens_regex()? => self.regex()?,
            _ if is_word(byte) => self.word(),
            b'\\' => return None,
            _ => self.sign(byte)?,
        };
        self.last = Some(Token { what, start, end: self.at });
        Some(self.last)
    }

    /// Passes over blanks and comments.
    fn pass_blanks(&mut self) -> Option<()> {
        loop {
            let rest = self.source.get(self.at..)?;
            match rest {
                [b' ' | b'\t' | b'\r' | b'\n', ..] => self.at += 1,
                [b'/', b'/', ..] => {
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                [b'/', b'*', ..] => {
                    let inner = rest.get(2..)?;
                    self.at += 2 + memchr::memmem::find(inner, b"*/")? + 2;
                }
                _ => return Some(()),
            }
        }
    }

    fn string(&mut self, quote: u8) -> Option<What> {
        self.at += 1;
        loop {
            match *self.source.get(self.at)? {
                b'\\' => self.at += 2,
                b'\n' => return None,
                byte => {
                    self.at += 1;
                    if byte == quote {
                        return Some(What::String);
                    }
                }
            }
        }
    }

    fn template(&mut self) -> Option<What> {
        loop {
            match self.source.get(self.at..)? {
                [b'\\', ..] => self.at += 2,
                [b'`', ..] => {
                    self.at += 1;
                    return Some(What::Template);
                }
                [b'$', b'{', ..] => {
                    self.at += 2;
                    self.braces.push(true);
                    return Some(What::Template);
                }
                [_, ..] => self.at += 1,
                [] => return None,
            }
        }
    }

    /// Whether a slash here opens a regular expression.
    fn opens_regex(&self) -> Option<bool> {
        let Some(last) = self.last else { return Some(true) };
        let text = self.source.get(last.start..last.end)?;
        match last.what {
            // Of a template that goes on, `${` was the last; of one that ended, a back-tick.
            What::Template => Some(text.last() == Some(&b'{')),
            What::String | What::Regex | What::Sign(b']') => Some(false),
            What::Sign(b')') => Some(self.statement_follows),
            // A block, or an object: no telling.
            What::Sign(b'}') => None,
            What::Sign(b'!') if self.dialect == Dialect::TypeScript => None,
            // `i++ / 2`
            What::Sign(sign @ (b'+' | b'-')) => {
                let before = last.start.checked_sub(1).and_then(|at| self.source.get(at));
                (before != Some(&sign)).then_some(true)
            }
            What::Sign(_) => Some(true),
            What::Word => match text {
                b"of" => None,
                b"return" | b"typeof" | b"case" | b"do" | b"else" | b"in" | b"instanceof"
                | b"new" | b"void" | b"delete" | b"throw" | b"yield" | b"await" => Some(true),
                _ => Some(false),
            },
        }
    }

    fn regex(&mut self) -> Option<What> {
        self.at += 1;
        let mut in_class = false;
        loop {
            match *self.source.get(self.at)? {
                b'\\' => self.at += 1,
                b'\n' | b'\r' => return None,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
        while self.source.get(self.at).copied().is_some_and(is_word) {
            self.at += 1;
        }
        Some(What::Regex)
    }

    fn word(&mut self) -> What {
        let number = self.source.get(self.at).is_some_and(u8::is_ascii_digit);
        while let Some(&byte) = self.source.get(self.at)
            && (is_word(byte) || (number && byte == b'.'))
        {
            self.at += 1;
        }
        What::Word
    }

    fn sign(&mut self, sign: u8) -> Option<What> {
        self.at += 1;
        match sign {
            b'(' => {
                let last = self.last.filter(|last| last.what == What::Word);
                let word = last.and_then(|last| self.source.get(last.start..last.end));
                let heads = matches!(word, Some(b"if" | b"while" | b"for" | b"with"));
                self.parentheses.push(heads);
            }
            b')' => self.statement_follows = self.parentheses.pop()?,
            b'{' => self.braces.push(false),
            b'}' if self.braces.pop()? => return self.template(),
            _ => {}
        }
        Some(What::Sign(sign))
    }
}

/// Whether a byte is part of a name or a number. Every letter beyond ASCII counts.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

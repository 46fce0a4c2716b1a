//! What a string literal says. Every input has a value; an escape that the language forbids stands
//! for itself, half a surrogate pair is U+FFFD.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// The value of a literal with its quotes. A missing quote is no matter.
pub(super) fn value(literal: &str) -> Cow<'_, str> {
    let Some(quote) = literal.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))
    else {
        return unescape(literal);
    };
    let inner = literal.get(1..).unwrap_or("");
    unescape(inner.strip_suffix(quote).unwrap_or(inner))
}

/// The text between quotes, escapes resolved.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut value = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        if next == '\\' { escape(&mut rest, &mut value) } else { value.push(next) }
    }
    Cow::Owned(value)
}

/// One escape, its backslash already read.
fn escape(rest: &mut Peekable<Chars<'_>>, value: &mut String) {
    let Some(letter) = rest.next() else { return };
    match letter {
        'n' => value.push('\n'),
        't' => value.push('\t'),
        'r' => value.push('\r'),
        'b' => value.push('\u{8}'),
        'f' => value.push('\u{c}'),
        'v' => value.push('\u{b}'),
        // A line continuation says nothing.
        '\r' => drop(rest.next_if_eq(&'\n')),
        '\n' | '\u{2028}' | '\u{2029}' => {}
        'x' => match digits(rest, 16, 2) {
            Some(code) => push(value, code),
            None => value.push('x'),
        },
        'u' => match code_point(rest) {
            Some(high @ 0xd800..=0xdbff) => pair(rest, high, value),
            Some(code) => push(value, code),
            None => value.push('u'),
        },
        '0'..='7' => {
            let mut code = letter as u32 - u32::from(b'0');
            while let Some(digit) = rest.peek().and_then(|next| next.to_digit(8)) {
                if code * 8 + digit > 0o377 {
                    break;
                }
                code = code * 8 + digit;
                rest.next();
            }
            push(value, code);
        }
        other => value.push(other),
    }
}

/// `XXXX` or `{X…}`.
fn code_point(rest: &mut Peekable<Chars<'_>>) -> Option<u32> {
    let mut ahead = rest.clone();
    if ahead.next_if_eq(&'{').is_none() {
        return digits(rest, 16, 4);
    }
    let mut code = 0_u32;
    let mut count = 0;
    while let Some(digit) = ahead.peek().and_then(|next| next.to_digit(16)) {
        // Saturates beyond what a character can be, however many digits follow.
        code = code.saturating_mul(16).saturating_add(digit);
        count += 1;
        ahead.next();
    }
    (count > 0 && ahead.next_if_eq(&'}').is_some()).then(|| *rest = ahead)?;
    Some(code)
}

/// Exactly `count` digits; takes nothing when there are fewer.
fn digits(rest: &mut Peekable<Chars<'_>>, radix: u32, count: usize) -> Option<u32> {
    let mut ahead = rest.clone();
    let mut code = 0;
    for _ in 0..count {
        code = code * radix + ahead.next()?.to_digit(radix)?;
    }
    *rest = ahead;
    Some(code)
}

/// The second half of a surrogate pair, when it follows.
fn pair(rest: &mut Peekable<Chars<'_>>, high: u32, value: &mut String) {
    let mut ahead = rest.clone();
    if ahead.next_if_eq(&'\\').is_some()
        && ahead.next_if_eq(&'u').is_some()
        && let Some(low @ 0xdc00..=0xdfff) = code_point(&mut ahead)
    {
        *rest = ahead;
        push(value, 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00));
    } else {
        value.push(char::REPLACEMENT_CHARACTER);
    }
}

fn push(value: &mut String, code: u32) {
    value.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        let examples = [
            ("'plain'", "plain"),
            ("\"\"", ""),
            ("'", ""),
            ("", ""),
            ("'open", "open"),
            (r"'a\nb\tc\r\b\f\v'", "a\nb\tc\r\u{8}\u{c}\u{b}"),
            (r#"'it\'s \"so\"'"#, "it's \"so\""),
            (r"'\x77\x78'", "wx"),
            (r"'\xZ1'", "xZ1"),
            (r"'\u5fae\u4FE1'", "微信"),
            (r"'\u{5fae}\u{1F600}'", "微😀"),
            (r"'\ud83d\ude00'", "😀"),
            (r"'\u{d83d}\u{de00}'", "😀"),
            (r"'\ud83d!'", "\u{fffd}!"),
            (r"'\ude00'", "\u{fffd}"),
            (r"'\u12'", "u12"),
            (r"'\u{110000}\u{ffffffffffffffffff}'", "\u{fffd}\u{fffd}"),
            (r"'\u{}'", "u{}"),
            (r"'\0\101\1018\777'", "\0AA8\u{3f}7"),
            ("'a\\\nb\\\r\nc\\\rd\\\u{2028}e'", "abcde"),
            (r"'\q\\'", "q\\"),
            (r"'\", ""),
            ("'微\\信'", "微信"),
        ];
        for (literal, expected) in examples {
            assert_eq!(value(literal), expected, "{literal}");
        }
    }

    #[test]
    fn text_without_escapes_is_borrowed() {
        assert!(matches!(value("'https://a.cn'"), Cow::Borrowed("https://a.cn")));
    }
}

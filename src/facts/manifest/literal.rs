//! How strings and numbers are written in JSON, both ways. Half a surrogate pair is JSON but no
//! text; it reads as U+FFFD.

use std::fmt::Write as _;
use std::str::Chars;

/// What a quoted string says, and whether it is JSON throughout (no unknown escape, no raw control
/// character). An escape that JSON does not know stays as written.
pub(super) fn unescape(inner: &str) -> (Box<str>, bool) {
    let mut text = String::with_capacity(inner.len());
    let mut sound = true;
    let mut rest = inner.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            sound &= character >= ' ';
            text.push(character);
            continue;
        }
        let mut ahead = rest.clone();
        if let Some(character) = escape(&mut ahead) {
            text.push(character);
            rest = ahead;
        } else {
            sound = false;
            text.push('\\');
        }
    }
    (text.into(), sound)
}

/// The character that an escape stands for, its backslash read already.
fn escape(rest: &mut Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        '"' => '"',
        '\\' => '\\',
        '/' => '/',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return code_point(rest),
        _ => return None,
    })
}

fn code_point(rest: &mut Chars<'_>) -> Option<char> {
    let first = code_unit(rest)?;
    if (0xd800..0xdc00).contains(&first) {
        let mut ahead = rest.clone();
        if ahead.next() == Some('\\')
            && ahead.next() == Some('u')
            && let Some(second @ 0xdc00..0xe000) = code_unit(&mut ahead)
        {
            *rest = ahead;
            return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
    }
    Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn code_unit(rest: &mut Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit * 16 + rest.next()?.to_digit(16)?))
}

/// Whether `word` is a number as JSON writes them.
pub(super) fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// `text` as a JSON string, quotes included; only what must be escaped is.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Writing to a string cannot fail.
            '\0'..' ' => drop(write!(quoted, "\\u{:04x}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{is_number, quote, unescape};

    #[test]
    fn escapes() {
        for (inner, expected, sound) in [
            ("", "", true),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t", true),
            (r"\u4e2d\u6587", "中文", true),
            (r"\ud83d\ude00", "😀", true),
            (r"\uD83D\uDE00!", "😀!", true),
            (r"\ud83d", "\u{fffd}", true),
            (r"\ud83dx", "\u{fffd}x", true),
            (r"\ud83d\n", "\u{fffd}\n", true),
            (r"\ud83d\ud83d\ude00", "\u{fffd}😀", true),
            (r"\ude00", "\u{fffd}", true),
            (r"\x41", r"\x41", false),
            (r"\u12", r"\u12", false),
            (r"\u+123", r"\u+123", false),
            (r"\", r"\", false),
            ("a\tb", "a\tb", false),
        ] {
            assert_eq!(unescape(inner), (expected.into(), sound), "{inner}");
        }
    }

    #[test]
    fn numbers() {
        for word in ["0", "-0", "12", "1.50", "1e3", "-1.5E+10", "0.1e-2"] {
            assert!(is_number(word), "{word}");
        }
        for word in ["", "-", "01", "+1", ".5", "1.", "1e", "1e+", "0x1", "1.2.3", "NaN", "１"] {
            assert!(!is_number(word), "{word}");
        }
    }

    #[test]
    fn quoting_is_undone_by_unescaping() {
        let text = "a\"b\\c/中😀\n\r\t\u{0}\u{1f}\u{7f}\u{2028}";
        let quoted = quote(text);
        assert_eq!(quoted, "\"a\\\"b\\\\c/中😀\\n\\r\\t\\u0000\\u001f\u{7f}\u{2028}\"");
        assert_eq!(unescape(&quoted[1..quoted.len() - 1]), (text.into(), true));
    }
}

//! Newer JavaScript in an inline wxs. The script is not parsed; strings and comments are passed
//! over and the first word or arrow that ES5 does not have is what is found.

use crate::text::Span;

/// The first `let`, `const` or `=>` in the script at `body`.
pub(super) fn newer_syntax(body: Span, source: &str) -> Option<Span> {
    let text = body.of(source);
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let c = rest.chars().next()?;
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if matches!(c, '"' | '\'') {
            string(rest, c)
        } else if is_word(c) {
            let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let named = text.get(..at).unwrap_or("").trim_ascii_end().ends_with('.');
            // A declaration has a name behind it; a property or a field may be called `let`.
            let declares = rest.get(word..).is_some_and(|after| {
                after.trim_ascii_start().starts_with(|c| is_word(c) || c == '{')
            });
            if matches!(rest.get(..word), Some("let" | "const")) && !named && declares {
                return Some(Span::new(body.start() + at, body.start() + at + word));
            }
            word
        } else if rest.starts_with("=>") {
            return Some(Span::new(body.start() + at, body.start() + at + 2));
        } else {
            c.len_utf8()
        };
        at += length;
    }
    None
}

/// The length of the string that `rest` begins with.
fn string(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return at,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_and_arrows_outside_strings_and_comments() {
        for (source, expected) in [
            ("var a = 1;", None),
            ("let a = 1;", Some("let")),
            ("var s = 'it\\'s let'; const b = 2", Some("const")),
            ("// let a\n/* const b */ x.map(function (a) { return a })", None),
            ("x.map(a => a)", Some("=>")),
            ("a.let = {const: 1, 'let': 2}", None),
            ("letter = constant >= 1", None),
            ("'open", None),
            ("", None),
        ] {
            let found = newer_syntax(Span::new(0, source.len()), source);
            assert_eq!(found.map(|span| span.of(source)), expected, "{source}");
        }
    }
}

//! The string around a place in a script, found in the text of its line. It needs no syntax, so a
//! string that is being typed – a quote without its twin – is one, too.

use crate::text::Span;

/// The inside of the string around byte `offset`, within its line; one that is not closed ends at
/// the offset.
pub(crate) fn string_at(source: &str, offset: usize) -> Option<Span> {
    let before = source.get(..offset)?;
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = before.get(start..)?;
    let mut quote: Option<(usize, char)> = None;
    let mut escaped = false;
    let mut previous = ' ';
    for (at, character) in line.char_indices() {
        match quote {
            _ if escaped => escaped = false,
            Some(_) if character == '\\' => escaped = true,
            Some((_, mark)) if character == mark => quote = None,
            None if matches!(character, '\'' | '"' | '`') => quote = Some((at, character)),
            // The rest of the line is a comment.
            None if character == '/' && previous == '/' => return None,
            _ => {}
        }
        previous = character;
    }
    let (at, mark) = quote?;
    let inside = start + at + mark.len_utf8();
    let rest = source.get(offset..)?;
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let end = line.find(mark).map_or(offset, |at| offset + at);
    Some(Span::new(inside, end))
}

#[cfg(test)]
mod tests {
    use super::string_at;

    #[test]
    fn strings_of_a_line() {
        for (marked, expected) in [
            ("a('x|y')", Some("xy")),
            ("a('x', \"|\")", Some("")),
            ("a('店\\'|😀')", Some("店\\'😀")),
            ("'a\n|'", None),
            ("'a' + |'b'", None),
            ("// it's |", None),
            ("url: 'https://x|", Some("https://x")),
            ("'http://a|' // b", Some("http://a")),
            ("`${a}/|`", Some("${a}/")),
        ] {
            let source = marked.replacen('|', "", 1);
            let found = string_at(&source, marked.find('|').unwrap());
            assert_eq!(found.map(|span| span.of(&source)), expected, "{marked}");
        }
    }
}

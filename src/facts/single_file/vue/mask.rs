//! The template block as markup alone. Interpolations hold `<` and `&`, which no parser of HTML
//! takes for text: they are replaced by letters. Invariant: the length of the text is kept.

use crate::facts::conditional::push_blank;
use crate::text::Span;

/// `source` with all but `section` blank and its interpolations masked, and the places of these
/// with their braces.
pub(super) fn markup(source: &str, section: Span) -> (String, Vec<Span>) {
    let interpolations = interpolations(source, section);
    let mut text = String::with_capacity(source.len());
    push_blank(&mut text, source.get(..section.start()).unwrap_or(""));
    let mut at = section.start();
    for span in &interpolations {
        text.push_str(source.get(at..span.start()).unwrap_or(""));
        text.extend(std::iter::repeat_n('x', span.len()));
        at = span.end();
    }
    text.push_str(source.get(at..section.end()).unwrap_or(""));
    push_blank(&mut text, source.get(section.end()..).unwrap_or(""));
    (text, interpolations)
}

/// The interpolations between the tags of `section`, in document order.
fn interpolations(source: &str, section: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let text = section.of(source);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'<', b'{', rest)) {
        at += next;
        let rest = text.get(at..).unwrap_or("");
        if rest.starts_with("{{") {
            let Some(end) = rest.find("}}") else {
                at += 2;
                continue;
            };
            // Braces of an object may come before: `{{ { a: {} } }}` ends at the last ones.
            let more = rest.as_bytes().get(end + 2..).unwrap_or(&[]);
            let end = end + 2 + more.iter().take_while(|&&byte| byte == b'}').count();
            found.push(Span::new(section.start() + at, section.start() + at + end));
            at += end;
        } else if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(bytes.len(), |end| at + end + 3);
        } else if bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
        {
            at = end_of_tag(bytes, at);
        } else {
            at += 1;
        }
    }
    found
}

/// Where the tag ends that begins at `at`, quotes respected; where it has no end, where the next
/// begins.
fn end_of_tag(bytes: &[u8], at: usize) -> usize {
    let mut next = at + 1;
    while let Some(&byte) = bytes.get(next) {
        match byte {
            b'>' => return next + 1,
            b'<' => return next,
            b'"' | b'\'' if bytes.get(next - 1) == Some(&b'=') => {
                let rest = bytes.get(next + 1..).unwrap_or(&[]);
                match memchr::memchr(byte, rest) {
                    Some(end) => next += end + 2,
                    None => return next + 1,
                }
            }
            _ => next += 1,
        }
    }
    bytes.len()
}

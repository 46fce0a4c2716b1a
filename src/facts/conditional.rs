//! Conditional compilation in comments: `#ifdef`, `#ifndef`, `#endif`. Branches that never reach
//! WeChat are blanked. Invariant: the result has the length and the line ends of the text, so every
//! position stays what it was.
//!
//! Source: the preprocessor of uni-app (`uni-cli-shared/lib/preprocess`,
//! dcloudio/uni-app@a3988f12d5), which pairs the directives in `<!-- -->` and those in `//` and `/*
//! */` apart from each other.

mod condition;

use std::borrow::Cow;

use memchr::memmem::Finder;

use crate::text::Span;
use condition::holds;

/// How the text around a directive is written as a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// `<!-- -->`
    Markup,
    /// `//`, `/* */`
    Code,
}

/// A directive.
#[derive(Clone, Copy, Debug)]
struct Directive<'s> {
    marks: Marks,
    /// The whole comment.
    span: Span,
    kind: DirectiveKind<'s>,
}

#[derive(Clone, Copy, Debug)]
enum DirectiveKind<'s> {
    /// `#ifdef` (true) or `#ifndef`, and the condition.
    If(bool, &'s str),
    End,
}

/// `source` with spaces in place of the branches that WeChat never gets, and of the directives
/// around all branches. A directive without its partner is a comment like any other, and a
/// condition that depends on the project keeps its branch. O(n).
pub(super) fn blank_inactive(source: &str) -> Cow<'_, str> {
    let directives = directives(source);
    if directives.is_empty() {
        return Cow::Borrowed(source);
    }
    let mut blanks = Vec::new();
    for marks in [Marks::Markup, Marks::Code] {
        let mut open: Vec<(Span, Option<bool>)> = Vec::new();
        for directive in directives.iter().filter(|directive| directive.marks == marks) {
            match directive.kind {
                DirectiveKind::If(wanted, condition) => {
                    let runs = holds(condition).map(|holds| holds == wanted);
                    open.push((directive.span, runs));
                }
                DirectiveKind::End => {
                    let Some((start, runs)) = open.pop() else { continue };
                    if runs == Some(false) {
                        blanks.push(Span::new(start.start(), directive.span.end()));
                    } else {
                        blanks.extend([start, directive.span]);
                    }
                }
            }
        }
    }
    if blanks.is_empty() {
        return Cow::Borrowed(source);
    }
    blanks.sort();
    Cow::Owned(blank(source, &blanks))
}

/// `source` with spaces for all that is in `blanks`, which are sorted, but for line ends.
pub(super) fn blank(source: &str, blanks: &[Span]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for span in blanks {
        let start = span.start().max(at);
        if start >= span.end() {
            continue;
        }
        text.push_str(source.get(at..start).unwrap_or(""));
        push_blank(&mut text, Span::new(start, span.end()).of(source));
        at = span.end();
    }
    text.push_str(source.get(at..).unwrap_or(""));
    text
}

/// Appends spaces for every byte of `part` that is no line end.
pub(super) fn push_blank(text: &mut String, part: &str) {
    text.extend(part.bytes().map(|byte| match byte {
        b'\n' => '\n',
        b'\r' => '\r',
        _ => ' ',
    }));
}

/// All directives, in document order.
fn directives(source: &str) -> Vec<Directive<'_>> {
    let bytes = source.as_bytes();
    if Finder::new("#endif").find(bytes).is_none() {
        return Vec::new();
    }
    let words = [("#ifdef", Some(true)), ("#ifndef", Some(false)), ("#endif", None)];
    let mut found: Vec<Directive<'_>> = Vec::new();
    for (word, wanted) in words {
        for at in Finder::new(word).find_iter(bytes) {
            let after = at + word.len();
            if bytes.get(after).is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            let Some((marks, start)) = comment_before(source, at) else { continue };
            let (condition, end) = rest_of_comment(source, start, after);
            let kind = match wanted {
                Some(wanted) => DirectiveKind::If(wanted, condition),
                None => DirectiveKind::End,
            };
            found.push(Directive { marks, span: Span::new(start, end), kind });
        }
    }
    found.sort_by_key(|directive| directive.span);
    found
}

/// The mark of the comment that begins right before byte `at`, and where that mark begins.
fn comment_before(source: &str, at: usize) -> Option<(Marks, usize)> {
    let before = source.get(..at)?.trim_end_matches([' ', '\t']);
    [("<!--", Marks::Markup), ("//", Marks::Code), ("/*", Marks::Code)]
        .into_iter()
        .find_map(|(mark, marks)| Some((marks, before.strip_suffix(mark)?.len())))
}

/// What stands from byte `after` to the end of the comment that begins at byte `start`, and where
/// the comment ends.
fn rest_of_comment(source: &str, start: usize, after: usize) -> (&str, usize) {
    let comment = source.get(start..).unwrap_or("");
    let rest = source.get(after..).unwrap_or("");
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let close = match comment.get(..2) {
        Some("/*") => rest.find("*/").map(|at| (at, 2)),
        Some("//") => None,
        _ => rest.find("-->").map(|at| (at, 3)),
    };
    let (length, mark) = close.unwrap_or((line, 0));
    let condition = rest.get(..length.min(line)).unwrap_or("");
    (condition, after + length + mark)
}

#[cfg(test)]
mod tests {
    use super::blank_inactive;

    /// The words that are left, in order.
    fn left(source: &str) -> String {
        let kept = blank_inactive(source);
        assert_eq!(kept.len(), source.len(), "{source}");
        let lines =
            |text: &str| text.match_indices(['\n', '\r']).map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(lines(&kept), lines(source), "{source}");
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_reaches_wechat_is_left() {
        for (source, expected) in [
            ("a", "a"),
            ("a\n// #ifdef MP-WEIXIN\nb\n// #endif\nc", "a b c"),
            ("a\n// #ifdef H5\nb\n// #endif\nc", "a c"),
            ("a\r\n//#ifndef H5\r\nb\r\n//#endif\r\nc", "a b c"),
            ("a /* #ifndef MP-WEIXIN */ b /* #endif */ c", "a c"),
            ("<a/><!-- #ifdef APP-PLUS || H5 --><b/><!-- #endif --><c/>", "<a/> <c/>"),
            ("<a/><!--#ifdef MP--><b/><!--  #endif--><c/>", "<a/> <b/> <c/>"),
            ("// #ifdef MP-WEIXIN || H5\na\n/* #endif */b", "a b"),
            ("a // #ifdef H5\nb\n// #endif", "a"),
            ("// #ifdef H5\n中文\n// #endif\nb", "b"),
        ] {
            assert_eq!(left(source), expected, "{source}");
        }
    }

    #[test]
    fn branches_nest() {
        for (source, expected) in [
            ("// #ifdef MP\na\n// #ifdef H5\nb\n// #endif\nc\n// #endif\nd", "a c d"),
            ("// #ifdef H5\na\n// #ifdef MP\nb\n// #endif\nc\n// #endif\nd", "d"),
            ("// #ifndef H5\na\n// #ifndef MP\nb\n// #endif\n// #endif\nd", "a d"),
            // The two families of marks know nothing of each other.
            ("<!-- #ifdef H5 --> a // #ifdef H5\n b <!-- #endif --> c\n// #endif\n d", "d"),
        ] {
            assert_eq!(left(source), expected, "{source}");
        }
    }

    #[test]
    fn what_has_no_partner_or_no_comment_is_text() {
        for (source, expected) in [
            ("// #ifdef H5\na", "// #ifdef H5 a"),
            ("a\n// #endif\nb", "a // #endif b"),
            ("// #ifdef H5\na\n// #endif\n// #endif\nb", "// #endif b"),
            ("#ifdef H5\na\n#endif", "#ifdef H5 a #endif"),
            ("// #ifdefs H5\na\n// #endif", "// #ifdefs H5 a // #endif"),
            ("'#endif' // #ifdef H5\na\n#endif", "'#endif' // #ifdef H5 a #endif"),
            ("<!-- #ifdef H5 a\n// #endif", "<!-- #ifdef H5 a // #endif"),
            ("", ""),
        ] {
            assert_eq!(left(source), expected, "{source}");
        }
    }

    #[test]
    fn what_the_project_decides_is_kept() {
        for condition in ["VUE3", "VUE2 || H5", "MP && VUE3", "uniVersion > 3.9", "MY-OWN", ""] {
            for word in ["ifdef", "ifndef"] {
                let source = format!("// #{word} {condition}\na\n// #endif");
                assert_eq!(left(&source), "a", "{source}");
            }
        }
    }
}

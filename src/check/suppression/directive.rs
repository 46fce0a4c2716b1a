//! What a comment asks for. Rules stand between commas, the reason behind ` -- `; words behind a
//! rule without ` -- ` are no reason, however well they read.

use crate::facts::Comment;
use crate::settings::nearest;
use crate::text::Span;

/// A comment that begins like a suppression.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is one.
    Directive(Directive),
    /// It was meant to be one.
    Misspelt(Misspelt),
}

/// A suppression as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive {
    /// The whole comment.
    pub(super) span: Span,
    /// How far it reaches.
    pub(super) form: Form,
    /// The rules that it names.
    pub(super) rules: Vec<Name>,
    /// Whether it gives a reason.
    pub(super) has_reason: bool,
}

/// The word of a suppression that does not exist.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misspelt {
    /// The word.
    pub(super) word: Name,
    /// What was likely meant.
    pub(super) meant: &'static str,
}

/// A word and its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// The word.
    pub(super) text: String,
    /// Its place in the file.
    pub(super) span: Span,
}

/// How far a suppression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The next line of code.
    NextLine,
    /// The comment's own line.
    Line,
    /// The file.
    File,
}

impl Form {
    const ALL: [Self; 3] = [Self::NextLine, Self::Line, Self::File];

    /// The word in comments.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::NextLine => "miniguard-ignore-next-line",
            Self::Line => "miniguard-ignore-line",
            Self::File => "miniguard-ignore-file",
        }
    }
}

/// What stands before a reason. The Chinese dash and colon need no switch of the keyboard.
const BEFORE_REASON: [&str; 3] = ["--", "——", "："];

/// Reasons that are none: what "ignore this line" leaves to be replaced.
const PLACEHOLDERS: [&str; 2] = ["reason", "原因"];

/// Whether `reason` says anything.
pub(super) fn is_reason(reason: &str) -> bool {
    let reason = reason.trim().trim_matches(['<', '>', '.', '。']);
    !reason.is_empty()
        && !PLACEHOLDERS.iter().any(|placeholder| reason.eq_ignore_ascii_case(placeholder))
}

/// Reads `comment` of `source`; `None` when it does not try to be a suppression.
pub(super) fn read(comment: &Comment, source: &str) -> Option<Reading> {
    let start = comment.span.start() + comment.span.of(source).find(&*comment.text)?;
    // `/** … */`
    let text = comment.text.trim_start_matches(['*', ' ', '\t']);
    let mut cursor = start + comment.text.len() - text.len();
    let length = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')
        .unwrap_or(text.len());
    let (word, rest) = text.split_at(length);
    let Some(form) = Form::ALL.into_iter().find(|form| form.word() == word) else {
        let words = Form::ALL.map(Form::word);
        let meant = match word {
            // As near to two of them; this is the usual one.
            "miniguard-ignore" => Form::NextLine.word(),
            _ => nearest(word, words)?,
        };
        let word = Name { text: word.to_owned(), span: Span::new(cursor, cursor + length) };
        return Some(Reading::Misspelt(Misspelt { word, meant }));
    };
    cursor += length;

    let (list, reason) = split_reason(rest);
    let mut rules = Vec::new();
    for part in list.split_inclusive([',', '，', '、']) {
        let words = part.trim_start();
        let at = cursor + part.len() - words.len();
        let name =
            words.split(|c: char| c.is_whitespace() || [',', '，', '、'].contains(&c)).next();
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            rules.push(Name { text: name.to_owned(), span: Span::new(at, at + name.len()) });
        }
        cursor += part.len();
        if words.split_whitespace().nth(1).is_some() {
            break;
        }
    }
    let has_reason = reason.is_some_and(is_reason);
    Some(Reading::Directive(Directive { span: comment.span, form, rules, has_reason }))
}

/// The rules, and the reason behind the first mark that begins one.
fn split_reason(rest: &str) -> (&str, Option<&str>) {
    let mark = BEFORE_REASON
        .iter()
        .filter_map(|mark| {
            let (at, _) = rest.match_indices(mark).find(|(at, _)| {
                // Two hyphens inside a word are part of it.
                *mark != "--"
                    || rest
                        .get(..*at)
                        .is_some_and(|list| list.is_empty() || list.ends_with(char::is_whitespace))
            })?;
            Some((at, mark.len()))
        })
        .min();
    match mark {
        Some((at, length)) => (rest.get(..at).unwrap_or(""), rest.get(at + length..)),
        None => (rest, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Directive, Form, Reading, read};
    use crate::facts::Comment;
    use crate::text::Span;

    fn reading(text: &str) -> (Option<Reading>, String) {
        let source = format!("前 // {text}");
        let comment = Comment { span: Span::new(4, source.len()), text: text.trim().into() };
        (read(&comment, &source), source)
    }

    /// Form, rules (by their places) and whether there is a reason.
    fn directive(text: &str) -> (Form, Vec<String>, bool) {
        let (Some(Reading::Directive(Directive { form, rules, has_reason, .. })), source) =
            reading(text)
        else {
            panic!("{text}")
        };
        for rule in &rules {
            assert_eq!(rule.text, rule.span.of(&source));
        }
        (form, rules.into_iter().map(|rule| rule.text).collect(), has_reason)
    }

    #[test]
    fn reads_rules_and_reason() {
        for (text, form, rules, has_reason) in [
            ("miniguard-ignore-next-line a -- mock", Form::NextLine, &["a"][..], true),
            (
                "miniguard-ignore-next-line a-b, c-d-- e -- mock",
                Form::NextLine,
                &["a-b", "c-d--"],
                true,
            ),
            ("miniguard-ignore-line a,b --mock", Form::Line, &["a", "b"], true),
            ("miniguard-ignore-file a，b、c —— 本地调试", Form::File, &["a", "b", "c"], true),
            ("miniguard-ignore-file a：本地调试", Form::File, &["a"], true),
            ("* miniguard-ignore-line a\n * -- mock", Form::Line, &["a"], true),
            ("miniguard-ignore-line -- mock", Form::Line, &[], true),
            ("miniguard-ignore-line", Form::Line, &[], false),
            ("miniguard-ignore-line a because of b", Form::Line, &["a"], false),
            ("miniguard-ignore-line a --", Form::Line, &["a"], false),
            ("miniguard-ignore-line a -- reason", Form::Line, &["a"], false),
            ("miniguard-ignore-line a -- <Reason>", Form::Line, &["a"], false),
            ("miniguard-ignore-line a -- 原因", Form::Line, &["a"], false),
            ("miniguard-ignore-line a -- 原因：本地调试", Form::Line, &["a"], true),
        ] {
            let rules: Vec<String> = rules.iter().map(|rule| (*rule).to_owned()).collect();
            assert_eq!(directive(text), (form, rules, has_reason), "{text}");
        }
    }

    #[test]
    fn notices_what_was_meant_to_be_one() {
        for (text, meant) in [
            ("miniguard-ignore a -- b", Some("miniguard-ignore-next-line")),
            ("miniguard-ignore-lines a -- b", Some("miniguard-ignore-line")),
            ("miniguard-ingore-file a -- b", Some("miniguard-ignore-file")),
            ("miniguard-disable-next-line a", Some("miniguard-ignore-next-line")),
            ("miniguard finds nothing here", None),
            ("see miniguard-ignore-line", None),
        ] {
            let found = reading(text).0.map(|reading| match reading {
                Reading::Misspelt(misspelt) => misspelt.meant,
                Reading::Directive(directive) => panic!("{directive:?}"),
            });
            assert_eq!(found, meant, "{text}");
        }
    }
}

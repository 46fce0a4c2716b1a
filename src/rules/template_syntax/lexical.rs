//! The anomalies of a template, each once. Where a tag is damaged only one of them is kept, since
//! the others follow from it; an element that ends too late and the end tag that comes too late are
//! one mistake.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::form;
use super::found::Found;
use crate::facts::TemplateFacts;
use crate::facts::template::{Anomaly, AnomalyKind as Kind, Element};
use crate::finding::Phrase;
use crate::text::Span;

/// Elements without content, which people leave open as in HTML. Sorted.
const WITHOUT_CONTENT: &[&str] = &["br", "hr", "image", "img", "import", "include", "input"];

/// Whether a tag with this in it says nothing else for certain.
fn is_damage(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::MissingTagEnd(_)
            | Kind::MissingQuote
            | Kind::MissingBraces
            | Kind::Unreadable
            | Kind::QuoteInInterpolation
    )
}

/// Whether every tag is closed and in its place.
pub(super) fn is_whole(facts: &TemplateFacts) -> bool {
    !facts.anomalies.iter().any(|anomaly| {
        is_damage(anomaly.kind) || matches!(anomaly.kind, Kind::UnclosedElement | Kind::StrayEndTag)
    })
}

/// What there is to say about the anomalies of `facts`.
pub(super) fn check(facts: &TemplateFacts, source: &str) -> Vec<Found> {
    let damaged: BTreeSet<u32> = facts
        .anomalies
        .iter()
        .filter(|anomaly| is_damage(anomaly.kind))
        .filter_map(|anomaly| anomaly.element)
        .collect();
    let mut ends = late_ends(facts, source);
    let mut speakers = BTreeSet::new();
    let mut crossed = BTreeSet::new();
    let mut found = Vec::new();
    // The quote inside an interpolation explains all damage of its tag, so it goes first.
    let (quotes, others): (Vec<&Anomaly>, Vec<&Anomaly>) =
        facts.anomalies.iter().partition(|anomaly| anomaly.kind == Kind::QuoteInInterpolation);
    for anomaly in quotes.into_iter().chain(others) {
        if let Some(element) = anomaly.element.filter(|element| damaged.contains(element))
            && (!is_damage(anomaly.kind) || !speakers.insert(element))
        {
            continue;
        }
        if anomaly.kind == Kind::StrayEndTag && crossed.contains(&anomaly.span) {
            continue;
        }
        let element = anomaly.element.and_then(|element| facts.elements.get(element as usize));
        let subject = subject(anomaly, element, source);
        let mut one = Found::new(form::of(anomaly.kind), anomaly.span, subject);
        one.damage = is_damage(anomaly.kind);
        if anomaly.kind == Kind::UnclosedElement
            && let Some(late) = late_end(&mut ends, anomaly.span, source)
        {
            crossed.insert(late);
            let message = Phrase::new("its end tag comes too late", "其结束标签位置过晚");
            one.label = Some((late, message));
        } else if let Some(element) = element {
            one.edits = mend(anomaly, element, source);
        }
        found.push(one);
    }
    found
}

/// The end tags that nothing open answers to, by the name they close, each list last first.
fn late_ends(facts: &TemplateFacts, source: &str) -> BTreeMap<String, Vec<Span>> {
    let mut ends: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for anomaly in facts.anomalies.iter().rev() {
        if anomaly.kind == Kind::StrayEndTag {
            let text = anomaly.span.of(source);
            let name = text.trim_start_matches("</").trim_end_matches('>').trim();
            ends.entry(name.to_ascii_lowercase()).or_default().push(anomaly.span);
        }
    }
    ends
}

/// Takes the first end tag that was meant to close the element whose name is at `unclosed`.
fn late_end(ends: &mut BTreeMap<String, Vec<Span>>, unclosed: Span, source: &str) -> Option<Span> {
    let ends = ends.get_mut(&unclosed.of(source).to_ascii_lowercase())?;
    // Those before this element close nothing after it either: anomalies come in document order.
    while ends.last().is_some_and(|end| *end < unclosed) {
        ends.pop();
    }
    ends.pop()
}

/// What the anomaly is about, in the words of the file.
fn subject<'a>(anomaly: &Anomaly, element: Option<&'a Element>, source: &'a str) -> &'a str {
    let attribute = || {
        let attributes = &element?.attributes;
        let next = attributes.partition_point(|other| other.span.start() <= anomaly.span.start());
        let attribute = attributes.get(next.checked_sub(1)?)?;
        attribute.span.contains(anomaly.span).then_some(attribute)
    };
    match anomaly.kind {
        Kind::MissingTagEnd(_) => element.map_or("", |element| &*element.tag),
        Kind::MissingQuote
        | Kind::MissingBraces
        | Kind::LineEndInValue
        | Kind::RepeatedAttribute
        | Kind::MissingValue(_)
        | Kind::SpaceAroundEquals
        | Kind::EscapedQuoteInValue
        | Kind::QuoteInInterpolation
        | Kind::UnquotedValue
        | Kind::UnquotedInterpolation => {
            attribute().map_or_else(|| anomaly.span.of(source), |attribute| &*attribute.name)
        }
        _ => anomaly.span.of(source),
    }
}

/// The edits that mend it for certain.
fn mend(anomaly: &Anomaly, element: &Element, source: &str) -> Vec<(Span, String)> {
    let span = anomaly.span;
    let text = span.of(source);
    let edit = match anomaly.kind {
        Kind::UnclosedElement if WITHOUT_CONTENT.binary_search(&&*element.tag).is_ok() => {
            let tag = element.start_tag.of(source);
            let end = element.start_tag.end();
            tag.ends_with('>').then(|| {
                let close = if tag.trim_end_matches('>').ends_with(char::is_whitespace) {
                    "/>"
                } else {
                    " />"
                };
                (Span::new(end - 1, end), close.to_owned())
            })
        }
        Kind::UnquotedValue | Kind::UnquotedInterpolation => in_ascii(text).and_then(|text| {
            let quote = ['"', '\''].into_iter().find(|quote| !text.contains(*quote))?;
            Some((span, format!("{quote}{text}{quote}")))
        }),
        Kind::EndTagCase => Some((span, format!("</{}>", element.tag))),
        Kind::TrailingComma => text.rfind(',').map(|at| {
            let at = span.start() + at;
            (Span::new(at, at + 1), String::new())
        }),
        // Longer tags are generated.
        Kind::RepeatedAttribute if element.attributes.len() < 100 => {
            let twin = element
                .attributes
                .iter()
                .find(|other| other.span < span && other.span.of(source) == text);
            twin.map(|_| {
                let before = source.get(..span.start()).unwrap_or("").trim_ascii_end().len();
                (Span::new(before, span.end()), String::new())
            })
        }
        _ => None,
    };
    edit.into_iter().collect()
}

/// An unquoted value without the full-width quotes around it, and with its full-width braces as
/// ASCII; `None` where they do not pair, so that what was meant is not certain.
fn in_ascii(value: &str) -> Option<Cow<'_, str>> {
    const QUOTES: [char; 8] = ['“', '”', '„', '＂', '‘', '’', '＇', '‟'];
    const BRACES: [char; 2] = ['｛', '｝'];
    if !value.contains(QUOTES) && !value.contains(BRACES) {
        return Some(Cow::Borrowed(value));
    }
    let inner = match (value.strip_prefix(QUOTES), value.strip_suffix(QUOTES)) {
        (Some(rest), Some(_)) => rest.strip_suffix(QUOTES)?,
        (None, None) => value,
        _ => return None,
    };
    let inner = inner.replace("｛｛", "{{").replace("｝｝", "}}");
    let paired = inner.matches("{{").count() == inner.matches("}}").count();
    (paired && !inner.contains(QUOTES) && !inner.contains(BRACES)).then_some(Cow::Owned(inner))
}

#[cfg(test)]
mod tests {
    use super::in_ascii;

    #[test]
    fn full_width_quotes_and_braces_become_ascii() {
        for (value, expected) in [
            ("go", Some("go")),
            ("“go”", Some("go")),
            ("”go”", Some("go")),
            ("＂go＂", Some("go")),
            ("‘go’", Some("go")),
            ("｛｛a｝｝", Some("{{a}}")),
            ("“｛｛a｝｝”", Some("{{a}}")),
            ("“{{a}}”", Some("{{a}}")),
            ("“a-{{b}}”", Some("a-{{b}}")),
            ("“go", None),
            ("go”", None),
            ("“", None),
            ("｛a｝", None),
            ("｛｛a}}｝", None),
            ("｛｛a", None),
            ("“a“b”", None),
        ] {
            assert_eq!(in_ascii(value).as_deref(), expected, "{value}");
        }
    }
}

//! Appending items to a container, laid out as its other items are. A comment behind the last item
//! stays behind it; the new items come after.

use super::container::Container;
use super::{Edits, Style, Value, lines};
use crate::facts::manifest::literal::quote;
use crate::text::Span;

/// A new element, or a new member with its key.
pub(super) struct Item {
    /// The key of a member.
    pub(super) key: Option<String>,
    /// The value.
    pub(super) value: Value,
}

impl Item {
    fn render(&self, style: &Style, indent: &str, inline: bool) -> String {
        let value = self.value.render(style, indent, inline);
        match &self.key {
            Some(key) => format!("{}{}{value}", quote(key), style.colon()),
            None => value,
        }
    }
}

/// Appends `items`, at least one, to `container`; `inline` when it stands inside a container that
/// is on one line.
pub(super) fn append(
    container: &Container<'_>,
    style: &Style,
    inline: bool,
    items: &[Item],
) -> Edits {
    if container.slots.is_empty() {
        fill(container, style, inline, items)
    } else {
        extend(container, style, items)
    }
}

/// Appends behind the last item.
fn extend(container: &Container<'_>, style: &Style, items: &[Item]) -> Edits {
    let source = container.source;
    let Some((last, others)) = container.slots.split_last() else { return Edits::new() };
    let before = others.last().map_or(container.inner_start(), |slot| slot.end());
    let own_line = lines::breaks(source, before, last.span.start());
    let comments = container.comments(last.end(), container.inner_end());
    let behind = comments.get(..container.on_line(last.end(), &comments)).unwrap_or(&[]);
    let at = behind.last().map_or(last.end(), |comment| comment.end());
    let line_comment = behind.last().is_some_and(|comment| comment.of(source).starts_with("//"));

    if own_line || line_comment {
        let mut indent = lines::indentation(source, last.span.start()).to_owned();
        if !own_line {
            indent.push_str(&style.indent);
        }
        let lines: Vec<String> = items
            .iter()
            .map(|item| format!("{}{indent}{}", style.newline, item.render(style, &indent, false)))
            .collect();
        let new = lines.join(",");
        return match last.comma {
            Some(_) => vec![(Span::at(at), new + ",")],
            None if at == last.span.end() => vec![(Span::at(at), format!(",{new}"))],
            None => vec![(Span::at(last.span.end()), ",".to_owned()), (Span::at(at), new)],
        };
    }
    let spaced = match others.last() {
        Some(slot) => !source.get(slot.end()..).unwrap_or("").starts_with(['"', '{', '[']),
        None => !style.compact,
    };
    let indent = lines::indentation(source, last.span.start());
    let space = if spaced { " " } else { "" };
    let new = items.iter().map(|item| item.render(style, indent, true));
    let new: String = match last.comma {
        Some(_) => new.flat_map(|item| [space.to_owned(), item, ",".to_owned()]).collect(),
        None => new.flat_map(|item| [format!(",{space}"), item]).collect(),
    };
    vec![(Span::at(at), new)]
}

/// Puts the first items into an empty container.
fn fill(container: &Container<'_>, style: &Style, inline: bool, items: &[Item]) -> Edits {
    let source = container.source;
    let inner = Span::new(container.inner_start(), container.inner_end());
    let comments = container.comments(inner.start(), inner.end());
    let open = match comments.last() {
        Some(last) => lines::breaks(source, last.end(), inner.end()),
        None if lines::breaks(source, inner.start(), inner.end()) => true,
        None => !(inline || style.inline_arrays && all_plain(items)),
    };
    let join = |indent: &str, separator: &str| {
        let items = items.iter().map(|item| item.render(style, indent, !open));
        items.collect::<Vec<_>>().join(separator)
    };
    let outer = lines::indentation(
        source,
        if comments.is_empty() { container.span.start() } else { inner.end() },
    );
    let indent = format!("{outer}{}", style.indent);
    let newline = style.newline;
    let lines = || join(&indent, &format!(",{newline}{indent}"));
    match (comments.last(), open) {
        (Some(last), true) => {
            vec![(Span::at(last.end()), format!("{newline}{indent}{}", lines()))]
        }
        (Some(last), false) => {
            vec![(Span::at(last.end()), format!(" {}", join(outer, style.comma())))]
        }
        (None, true) => {
            vec![(inner, format!("{newline}{indent}{}{newline}{outer}", lines()))]
        }
        (None, false) => vec![(inner, join(outer, style.comma()))],
    }
}

/// Whether the items are elements that a short array holds on one line.
fn all_plain(items: &[Item]) -> bool {
    items.iter().all(|item| item.key.is_none() && item.value.is_plain())
}

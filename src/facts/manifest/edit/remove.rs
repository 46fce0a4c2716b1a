//! Removing items from a container. An item owns the comments right above it and those behind it on
//! its line; they go with it, every other comment stays.

use super::container::Container;
use super::{Edits, lines};
use crate::text::Span;

/// Removes the items for whose index `doomed` holds.
pub(super) fn remove(container: &Container<'_>, doomed: impl Fn(usize) -> bool) -> Edits {
    let source = container.source;
    let mut extents: Vec<Span> = (0..container.slots.len())
        .filter(|&index| doomed(index))
        .map(|index| extent(container, index))
        .collect();
    extents.dedup_by(|next, extent| {
        let neighbours = source
            .get(extent.end()..next.start())
            .is_some_and(|between| between.trim_ascii().is_empty());
        if neighbours {
            *extent = Span::new(extent.start(), next.end());
        }
        neighbours
    });
    let last_kept = (0..container.slots.len()).rev().find(|&index| !doomed(index));
    if last_kept.is_none() && nothing_else(container, &extents) {
        return vec![(Span::new(container.inner_start(), container.inner_end()), String::new())];
    }
    let mut cuts: Vec<Span> =
        extents.iter().map(|extent| with_blanks(container, *extent)).collect();
    cuts.extend(orphaned_comma(container, last_kept));
    cuts.sort_unstable();
    cuts.dedup_by(|next, cut| {
        let joins = next.start() <= cut.end();
        if joins {
            *cut = Span::new(cut.start(), cut.end().max(next.end()));
        }
        joins
    });
    cuts.into_iter().map(|cut| (with_line(source, cut), String::new())).collect()
}

/// The comma that would be left at the end of a container whose last item, which goes, has none.
fn orphaned_comma(container: &Container<'_>, last_kept: Option<usize>) -> Option<Span> {
    let last = container.slots.last()?;
    let kept = container.slots.get(last_kept?)?;
    if last.comma.is_some() || kept.span == last.span {
        return None;
    }
    let comma = kept.comma?;
    let source = container.source;
    let start = if lines::begins_line(source, comma.start()) {
        comma.start()
    } else {
        lines::back_over_blanks(source, comma.start())
    };
    Some(Span::new(start, comma.end()))
}

/// Item `index` with its comma and the comments that it owns.
fn extent(container: &Container<'_>, index: usize) -> Span {
    let source = container.source;
    let Some(slot) = container.slots.get(index) else { return Span::default() };
    let before = match index.checked_sub(1).and_then(|index| container.slots.get(index)) {
        Some(slot) => slot.end(),
        None => container.inner_start(),
    };
    let above = container.comments(before, slot.span.start());
    let strangers = behind(container, before, &above, slot.span.start());
    let mut start = slot.span.start();
    for comment in above.get(strangers..).unwrap_or(&[]).iter().rev() {
        if lines::blank_line(source, comment.end(), start) {
            break;
        }
        start = comment.start();
    }
    let next = container.slots.get(index + 1).map(|slot| slot.span.start());
    let comments = container.comments(slot.end(), next.unwrap_or(container.inner_end()));
    let own = match next {
        Some(next) => behind(container, slot.end(), &comments, next),
        None => container.on_line(slot.end(), &comments),
    };
    let end =
        own.checked_sub(1).and_then(|last| comments.get(last)).map_or(slot.end(), |c| c.end());
    Span::new(start, end)
}

/// How many of `comments`, between byte `from` and the item at byte `next`, belong to what stands
/// before them: those on its line, unless the next item stands on that line too.
fn behind(container: &Container<'_>, from: usize, comments: &[Span], next: usize) -> usize {
    let count = container.on_line(from, comments);
    let end = count.checked_sub(1).and_then(|last| comments.get(last)).map_or(from, |c| c.end());
    let same_line = count == comments.len() && !lines::breaks(container.source, end, next);
    if same_line { 0 } else { count }
}

/// Whether nothing but white space is left in the container without `extents`.
fn nothing_else(container: &Container<'_>, extents: &[Span]) -> bool {
    let starts = extents.iter().map(|extent| extent.start()).chain([container.inner_end()]);
    let ends = [container.inner_start()].into_iter().chain(extents.iter().map(|e| e.end()));
    ends.zip(starts).all(|(from, to)| container.comments(from, to).is_empty())
}

/// `extent` with the white space that would be left over on its line.
fn with_blanks(container: &Container<'_>, extent: Span) -> Span {
    let source = container.source;
    let (start, end) = (extent.start(), extent.end());
    let begins = lines::begins_line(source, start);
    let after = lines::skip_blanks(source, end);
    if begins && lines::ends_line(source, end) {
        Span::new(lines::line_start(source, start), lines::next_line(source, end))
    } else if !begins && lines::ends_line(source, end) {
        Span::new(lines::back_over_blanks(source, start), after)
    } else if !begins && after == container.inner_end() {
        Span::new(lines::back_over_blanks(source, start), end)
    } else {
        Span::new(start, after)
    }
}

/// `cut`, with its line when nothing else is left on it.
fn with_line(source: &str, cut: Span) -> Span {
    let whole_lines = cut.of(source).ends_with(['\n', '\r']);
    if !whole_lines
        && lines::begins_line(source, cut.start())
        && lines::ends_line(source, cut.end())
    {
        Span::new(lines::line_start(source, cut.start()), lines::next_line(source, cut.end()))
    } else {
        cut
    }
}

//! The outline, the folds and the growing selections of a template in the protocol's form. Folds
//! are whole lines, since that is what every editor can do; the line with an end tag stays seen.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;
use crate::ide::{self, Entry, EntryKind, Fold, FoldKind};
use crate::text::{Span, Text};

/// The outline: nested where the client shows that, else a list.
pub(super) fn symbols(asked: &RequestContext<'_>) -> Option<lsp::DocumentSymbolResponse> {
    let entries = ide::outline(&asked.snapshot.files, asked.path)?;
    let text = asked.places.text(asked.path);
    Some(if asked.features.nested_symbols {
        let nested = entries.into_iter().map(|entry| symbol(asked, &text, entry));
        lsp::DocumentSymbolResponse::Nested(nested.collect())
    } else {
        let uri = asked.snapshot.uri(asked.path)?;
        let mut flat = Vec::new();
        flatten(asked, &text, &uri, None, &entries, &mut flat);
        lsp::DocumentSymbolResponse::Flat(flat)
    })
}

#[allow(deprecated, reason = "the type has the field and no other constructor")]
fn symbol(asked: &RequestContext<'_>, text: &Text, entry: Entry) -> lsp::DocumentSymbol {
    let range = |span| convert::range(text, span, asked.places.units);
    let children: Vec<_> =
        entry.children.into_iter().map(|child| symbol(asked, text, child)).collect();
    lsp::DocumentSymbol {
        name: entry.name,
        detail: Some(entry.detail).filter(|detail| !detail.is_empty()),
        kind: kind(entry.kind),
        tags: None,
        deprecated: None,
        range: range(entry.whole),
        selection_range: range(entry.selection),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

#[allow(deprecated, reason = "the type has the field and no other constructor")]
fn flatten(
    asked: &RequestContext<'_>,
    text: &Text,
    uri: &lsp::Url,
    container: Option<&str>,
    entries: &[Entry],
    flat: &mut Vec<lsp::SymbolInformation>,
) {
    for entry in entries {
        let range = convert::range(text, entry.whole, asked.places.units);
        flat.push(lsp::SymbolInformation {
            name: entry.name.clone(),
            kind: kind(entry.kind),
            tags: None,
            deprecated: None,
            location: lsp::Location::new(uri.clone(), range),
            container_name: container.map(ToOwned::to_owned),
        });
        flatten(asked, text, uri, Some(&entry.name), &entry.children, flat);
    }
}

fn kind(kind: EntryKind) -> lsp::SymbolKind {
    match kind {
        EntryKind::Template => lsp::SymbolKind::CLASS,
        EntryKind::File => lsp::SymbolKind::FILE,
        EntryKind::Module => lsp::SymbolKind::MODULE,
        EntryKind::Slot => lsp::SymbolKind::INTERFACE,
        EntryKind::Active => lsp::SymbolKind::EVENT,
        EntryKind::Element => lsp::SymbolKind::FIELD,
    }
}

/// What can be folded.
pub(super) fn folds(asked: &RequestContext<'_>) -> Option<Vec<lsp::FoldingRange>> {
    let text = asked.places.text(asked.path);
    let folds = ide::folds(&asked.snapshot.files, asked.path)?;
    Some(folds.iter().filter_map(|fold| lines(asked, &text, fold)).collect())
}

fn lines(asked: &RequestContext<'_>, text: &Text, fold: &Fold) -> Option<lsp::FoldingRange> {
    let range = convert::range(text, fold.span, asked.places.units);
    let source = &asked.snapshot.files.get(asked.path)?.source;
    let first = range.start.line;
    // What begins the last line – an end tag, the end of a tag – stays seen.
    let begins_line = {
        let before = source.get(..fold.span.end()).unwrap_or("");
        let before = before.strip_suffix("/>").unwrap_or(before);
        let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
        fold.kind == FoldKind::Content && line.trim().is_empty()
    };
    let last = range.end.line.saturating_sub(u32::from(begins_line));
    (last > first).then(|| lsp::FoldingRange {
        start_line: first,
        end_line: last,
        kind: match fold.kind {
            FoldKind::Content => None,
            FoldKind::Comment => Some(lsp::FoldingRangeKind::Comment),
            FoldKind::Imports => Some(lsp::FoldingRangeKind::Imports),
        },
        ..Default::default()
    })
}

/// The selections around each position, inside out.
pub(super) fn selections(
    asked: &RequestContext<'_>,
    positions: &[lsp::Position],
) -> Option<Vec<lsp::SelectionRange>> {
    let text = asked.places.text(asked.path);
    let around = |position: &lsp::Position| {
        let offset = convert::offset(&text, *position, asked.places.units);
        let spans = ide::selections(&asked.snapshot.files, asked.path, offset)?;
        let grow = |parent: Option<lsp::SelectionRange>, span: &Span| {
            let range = convert::range(&text, *span, asked.places.units);
            Some(lsp::SelectionRange { range, parent: parent.map(Box::new) })
        };
        spans.iter().fold(None, grow)
    };
    positions.iter().map(around).collect()
}

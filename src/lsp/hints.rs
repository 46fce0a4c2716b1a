//! Inlay hints in the protocol's form. They are off unless the editor's settings ask for them, so
//! so the code looks the same with and without this server.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;
use crate::check::Report;
use crate::ide;
use crate::text::Span;

/// The hints in `range` of the document, of what `report` lists.
pub(super) fn within(
    asked: &RequestContext<'_>,
    report: &Report,
    range: lsp::Range,
) -> Option<Vec<lsp::InlayHint>> {
    if !asked.options.inlay_hints {
        return None;
    }
    let text = asked.places.text(asked.path);
    let within = convert::span(&text, range, asked.places.units);
    let hints = ide::hints(&asked.snapshot.files, report, asked.path);
    let here = hints.into_iter().filter(|hint| within.contains(Span::at(hint.offset)));
    let hint = |hint: ide::Hint| lsp::InlayHint {
        position: convert::range(&text, Span::at(hint.offset), asked.places.units).start,
        label: hint.label.into(),
        kind: None,
        text_edits: None,
        tooltip: Some(lsp::InlayHintTooltip::String(
            hint.explanation.get(asked.language).to_owned(),
        )),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    Some(here.map(hint).collect())
}

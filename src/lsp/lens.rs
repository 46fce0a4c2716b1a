//! Code lenses in the protocol's form. A lens here is a line to read; its command has no name,
//! which editors show as plain text.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;
use crate::check::Report;
use crate::ide;

/// The lenses of the document, of what `report` lists.
pub(super) fn of_document(asked: &RequestContext<'_>, report: &Report) -> Vec<lsp::CodeLens> {
    let text = asked.places.text(asked.path);
    let lens = |lens: ide::Lens| lsp::CodeLens {
        range: convert::range(&text, lens.span, asked.places.units),
        command: Some(lsp::Command {
            title: lens.text.get(asked.language).to_owned(),
            command: String::new(),
            arguments: None,
        }),
        data: None,
    };
    ide::lenses(&asked.snapshot.files, report, asked.path).into_iter().map(lens).collect()
}

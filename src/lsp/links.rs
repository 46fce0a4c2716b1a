//! The paths of a document as links. A link opens one file, the first of those that the path leads
//! to; going to the definition shows them all.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;
use crate::ide;

/// The links of the document.
pub(super) fn of_document(asked: &RequestContext<'_>) -> Vec<lsp::DocumentLink> {
    let text = asked.places.text(asked.path);
    let paths = ide::paths(&asked.snapshot.files, asked.path);
    let link = |path: &ide::WrittenPath| {
        Some(lsp::DocumentLink {
            range: convert::range(&text, path.span, asked.places.units),
            target: Some(asked.snapshot.uri(path.targets.first()?)?),
            tooltip: None,
            data: None,
        })
    };
    paths.iter().filter_map(link).collect()
}

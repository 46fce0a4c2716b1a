//! Renaming in the protocol's form. What stands in the way is an error with a sentence, which
//! editors show; where no handler stands the answer is nothing, so that the script's own server may
//! have one.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types as lsp;

use super::request::RequestContext;
use super::{convert, workspace_edit};
use crate::finding::Phrase;
use crate::ide;

/// The protocol's `RequestFailed`: the request was understood and right, and yet cannot be done.
const REQUEST_FAILED: i64 = -32803;

/// What can be renamed at `position`.
pub(super) fn prepare(
    asked: &RequestContext<'_>,
    position: lsp::Position,
) -> Result<Option<lsp::PrepareRenameResponse>> {
    let offset = asked.offset(position);
    let found = ide::renaming(&asked.snapshot.files, asked.path, offset)
        .map_err(|obstacle| failed(asked, &obstacle))?;
    let text = asked.places.text(asked.path);
    Ok(found.map(|found| lsp::PrepareRenameResponse::RangeWithPlaceholder {
        range: convert::range(&text, found.span, asked.places.units),
        placeholder: found.name,
    }))
}

/// The edit that gives what stands at `position` the name `new`.
pub(super) fn at(
    asked: &RequestContext<'_>,
    position: lsp::Position,
    new: &str,
) -> Result<Option<lsp::WorkspaceEdit>> {
    let offset = asked.offset(position);
    let edits = ide::rename(&asked.snapshot.files, asked.path, offset, new)
        .map_err(|obstacle| failed(asked, &obstacle))?;
    Ok(edits.and_then(|edits| workspace_edit::of_edits(&edits, &asked.places, asked.features)))
}

fn failed(asked: &RequestContext<'_>, obstacle: &Phrase) -> Error {
    let message = obstacle.get(asked.language).to_owned().into();
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message, data: None }
}

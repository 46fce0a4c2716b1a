//! The compliance report, for an editor to show. The answer is a whole page of HTML that needs
//! nothing else; the client decides where it is shown, and the server opens nothing.

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types as lsp;

use super::request::RequestContext;
use crate::check::{Cancel, Report};
use crate::compliance::documents;

/// The command: its one argument is the URI of a file of the program.
pub(super) const COMMAND: &str = "miniguard.server.report";

/// The document that a command is about.
///
/// # Errors
/// It is another command, or its argument is no URI.
pub(super) fn document(params: lsp::ExecuteCommandParams) -> Result<lsp::TextDocumentIdentifier> {
    if params.command != COMMAND {
        return Err(Error::invalid_params(format!("there is no command {}", params.command)));
    }
    let uri = params.arguments.into_iter().next().and_then(|uri| match uri {
        Value::String(uri) => lsp::Url::parse(&uri).ok(),
        _ => None,
    });
    uri.map(lsp::TextDocumentIdentifier::new)
        .ok_or_else(|| Error::invalid_params("the argument is the URI of a file of the program"))
}

/// The report of the program that holds the document.
pub(super) fn page(asked: &RequestContext<'_>, report: &Report) -> Option<Value> {
    let documents = documents(&asked.snapshot.files, report, &Cancel::never()).ok()?;
    let around = documents.into_iter().filter(|one| asked.path.is_within(&one.base));
    // Of programs within each other, the inner one.
    let document = around.max_by_key(|one| one.base.as_str().len())?;
    Some(Value::String(document.html(asked.language)))
}

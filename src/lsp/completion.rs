//! Completion in the protocol's form. Every item says which bytes it replaces, so that no editor's
//! idea of a word (`scope.user`, `https://`) cuts it; its documentation is written only for the
//! item that is looked at.

use serde_json::{Value, json};
use tower_lsp::lsp_types as lsp;

use super::request::RequestContext;
use super::{convert, hover};
use crate::ide::{self, Suggestion, SuggestionKind};

/// The characters after which an editor should ask of its own accord.
pub(super) const TRIGGERS: [&str; 6] = ["\"", "'", "<", ".", "/", "|"];

/// What can be written at `position`.
pub(super) fn at(
    asked: &RequestContext<'_>,
    position: lsp::Position,
) -> Option<lsp::CompletionResponse> {
    let found = ide::completion(&asked.snapshot.files, asked.path, asked.offset(position))?;
    let range = convert::range(&asked.places.text(asked.path), found.span, asked.places.units);
    let uri = asked.snapshot.uri(asked.path)?;
    let items = found.suggestions.into_iter().enumerate();
    let items = items.map(|(index, one)| item(asked, one, index, range, &uri)).collect();
    Some(lsp::CompletionResponse::List(lsp::CompletionList { is_incomplete: false, items }))
}

fn item(
    asked: &RequestContext<'_>,
    one: Suggestion,
    index: usize,
    range: lsp::Range,
    uri: &lsp::Url,
) -> lsp::CompletionItem {
    let kind = match one.kind {
        SuggestionKind::Word => lsp::CompletionItemKind::ENUM_MEMBER,
        SuggestionKind::Method => lsp::CompletionItemKind::METHOD,
        SuggestionKind::Component => lsp::CompletionItemKind::CLASS,
        SuggestionKind::Key => lsp::CompletionItemKind::PROPERTY,
        SuggestionKind::Host => lsp::CompletionItemKind::CONSTANT,
    };
    let detail = one.detail.get(asked.language);
    lsp::CompletionItem {
        kind: Some(kind),
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        sort_text: Some(format!("{index:04}")),
        // What is replaced may begin with a quote; what is typed is compared with the same.
        filter_text: Some(one.text.clone()),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(range, one.text))),
        data: (!one.document.is_empty()).then(|| json!({"uri": uri, "document": one.document})),
        label: one.label,
        ..Default::default()
    }
}

/// The document that an item is about.
pub(super) fn document_of(item: &lsp::CompletionItem) -> Option<lsp::Url> {
    item.data.as_ref()?.get("uri")?.as_str()?.parse().ok()
}

/// The item with its documentation.
pub(super) fn resolve(
    asked: &RequestContext<'_>,
    mut item: lsp::CompletionItem,
) -> lsp::CompletionItem {
    let name = item.data.as_ref().and_then(|data| data.get("document")).and_then(Value::as_str);
    if let Some(card) = name.and_then(ide::document) {
        let markup = hover::markup(card.get(asked.language), asked.features.completion_markdown);
        item.documentation = Some(lsp::Documentation::MarkupContent(markup));
    }
    item
}

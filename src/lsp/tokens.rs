//! Semantic tokens in the protocol's form. Each is told by its distance from the previous one, and
//! none may go over the end of a line, so a comment of several lines is several tokens.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;
use crate::ide::{self, Token, TokenKind};
use crate::text::Span;

/// The protocol's name of a kind.
fn name(kind: TokenKind) -> lsp::SemanticTokenType {
    match kind {
        TokenKind::Tag => lsp::SemanticTokenType::TYPE,
        TokenKind::Component => lsp::SemanticTokenType::CLASS,
        TokenKind::Keyword => lsp::SemanticTokenType::KEYWORD,
        TokenKind::Property => lsp::SemanticTokenType::PROPERTY,
        TokenKind::Event => lsp::SemanticTokenType::EVENT,
        TokenKind::Method => lsp::SemanticTokenType::METHOD,
        TokenKind::Module => lsp::SemanticTokenType::NAMESPACE,
        TokenKind::Variable => lsp::SemanticTokenType::VARIABLE,
        TokenKind::String => lsp::SemanticTokenType::STRING,
        TokenKind::Number => lsp::SemanticTokenType::NUMBER,
        TokenKind::Comment => lsp::SemanticTokenType::COMMENT,
    }
}

/// What the server offers.
pub(super) fn offer() -> lsp::SemanticTokensServerCapabilities {
    lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend {
            token_types: TokenKind::ALL.map(name).into(),
            token_modifiers: Vec::new(),
        },
        range: Some(true),
        full: Some(lsp::SemanticTokensFullOptions::Bool(true)),
        ..Default::default()
    }
    .into()
}

/// The tokens of the document, or of what of it lies in `range`.
pub(super) fn of_document(
    asked: &RequestContext<'_>,
    range: Option<lsp::Range>,
) -> Option<lsp::SemanticTokens> {
    let text = asked.places.text(asked.path);
    let within = range.map(|range| convert::span(&text, range, asked.places.units));
    let source = &asked.snapshot.files.get(asked.path)?.source;
    let mut data = Vec::new();
    let mut last = lsp::Position::default();
    for token in ide::tokens(&asked.snapshot.files, asked.path)? {
        if within.is_some_and(|within| !within.touches(token.span)) {
            continue;
        }
        for span in lines(source, token) {
            let place = convert::range(&text, span, asked.places.units);
            let (start, end) = (place.start, place.end);
            let delta_line = start.line - last.line;
            let from = if delta_line == 0 { last.character } else { 0 };
            data.push(lsp::SemanticToken {
                delta_line,
                delta_start: start.character - from,
                length: end.character - start.character,
                token_type: number(token.kind),
                token_modifiers_bitset: 0,
            });
            last = start;
        }
    }
    Some(lsp::SemanticTokens { result_id: None, data })
}

fn number(kind: TokenKind) -> u32 {
    TokenKind::ALL.iter().zip(0..).find(|(one, _)| **one == kind).map_or(0, |(_, number)| number)
}

/// The parts of a token, a line each.
fn lines(source: &str, token: Token) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = token.span.start();
    for part in token.span.of(source).split(['\n', '\r']) {
        let end = start + part.len();
        if !part.is_empty() {
            spans.push(Span::new(start, end));
        }
        start = end + 1;
    }
    spans
}

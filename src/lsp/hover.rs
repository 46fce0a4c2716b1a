//! The card over a place. The one thing to know: it is written in Markdown once; a client that shows only plain text
//! gets the same words with the marks taken off.

use tower_lsp::lsp_types as lsp;

use super::capabilities::Features;
use super::convert;
use super::engine::Engine;
use super::snapshot::{Places, Snapshot};
use crate::finding::Language;
use crate::path::FilePath;

/// The card at `position` of `path`.
pub(super) fn at(
    engine: &dyn Engine,
    snapshot: &Snapshot,
    path: &FilePath,
    position: lsp::Position,
    features: &Features,
    language: Language,
) -> Option<lsp::Hover> {
    let text = Places::new(snapshot, features.units).text(path);
    let offset = convert::offset(&text, position, features.units);
    let card = engine.hover(&snapshot.files, path, offset)?;
    let markdown = card.markdown.get(language);
    let contents = if features.hover_markdown {
        lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown.to_owned() }
    } else {
        lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain(markdown) }
    };
    Some(lsp::Hover {
        contents: lsp::HoverContents::Markup(contents),
        range: Some(convert::range(&text, card.span, features.units)),
    })
}

/// Markdown without its marks: headings, emphasis, code, and links as `text (address)`.
fn plain(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| !line.trim_start().starts_with("```"));
    lines.map(plain_line).collect::<Vec<_>>().join("\n")
}

fn plain_line(line: &str) -> String {
    let unheaded = line.trim_start_matches('#');
    let line = if unheaded.len() < line.len() { unheaded.trim_start() } else { line };
    let line = line.replace("**", "").replace('`', "");
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some((before, text, address, after)) = next_link(rest) {
        out.push_str(before);
        out.push_str(text);
        out.push_str(" (");
        out.push_str(address);
        out.push(')');
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The first `[text](address)`: what is before it, its two parts, what is after it.
fn next_link(line: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = line.find("](")?;
    let (head, tail) = line.split_at(middle);
    let (before, text) = head.rsplit_once('[')?;
    let (address, after) = tail.get(2..)?.split_once(')')?;
    Some((before, text, address, after))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn plain_text_keeps_every_word() {
        for (markdown, text) in [
            ("# `wx.login`\n\n**Payment** of 用户", "wx.login\n\nPayment of 用户"),
            (
                "see [the docs](https://a.b/c) and [x](y).",
                "see the docs (https://a.b/c) and x (y).",
            ),
            ("```json\n{\"a\": [1]}\n```", "{\"a\": [1]}"),
            ("an ](odd) one [", "an ](odd) one ["),
        ] {
            assert_eq!(plain(markdown), text);
        }
    }
}

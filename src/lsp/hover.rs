//! The card over a place. It is written in Markdown once; a client that shows only plain text gets
//! the same words with the marks taken off.

use tower_lsp::lsp_types as lsp;

use super::convert;
use super::request::RequestContext;

/// The card at `position`.
pub(super) fn at(asked: &RequestContext<'_>, position: lsp::Position) -> Option<lsp::Hover> {
    let offset = asked.offset(position);
    let card = asked.engine.hover(&asked.snapshot.files, asked.path, offset)?;
    Some(lsp::Hover {
        contents: lsp::HoverContents::Markup(markup(
            card.markdown.get(asked.language),
            asked.features.hover_markdown,
        )),
        range: Some(convert::range(&asked.places.text(asked.path), card.span, asked.places.units)),
    })
}

/// `markdown` as the client can show it.
pub(super) fn markup(markdown: &str, shows_markdown: bool) -> lsp::MarkupContent {
    if shows_markdown {
        lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: markdown.to_owned() }
    } else {
        lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain(markdown) }
    }
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

//! The blocks of a single file: `<template>`, `<script>`, `<style>` and others at its top level.
//! Invariant: every text has blocks, and they do not overlap; a block without its end tag ends
//! where the next one begins a line.

use crate::text::Span;

/// A block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// The tag's name, lower case.
    pub(super) tag: Box<str>,
    /// The attributes: name and value, each with its place.
    pub(super) attributes: Vec<BlockAttribute>,
    /// The start tag, `<` to `>`.
    pub(super) start_tag: Span,
    /// What stands between the tags.
    pub(super) content: Span,
}

/// An attribute of a block's start tag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BlockAttribute {
    /// The name as written.
    pub(super) name: Box<str>,
    /// The value, without quotes, and its place with them; `None` without `=`.
    pub(super) value: Option<(Box<str>, Span)>,
}

impl Block {
    /// The attribute `name`.
    pub(super) fn attribute(&self, name: &str) -> Option<&BlockAttribute> {
        self.attributes.iter().find(|attribute| &*attribute.name == name)
    }

    /// The value of the attribute `name`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name)?.value.as_ref().map(|(value, _)| &**value)
    }
}

/// The blocks of `source` and the comments between them, in document order. O(n).
pub(super) fn blocks(source: &str) -> (Vec<Block>, Vec<Span>) {
    let mut blocks = Vec::new();
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(start) = source.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found)
    {
        let rest = source.get(start..).unwrap_or("");
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(source.len(), |end| start + 4 + end + 3);
            comments.push(Span::new(start, at));
            continue;
        }
        let Some(tag) = StartTag::read(source, start) else {
            at = start + 1;
            continue;
        };
        let (content, end) = if tag.closed {
            (Span::at(tag.span.end()), tag.span.end())
        } else {
            let content_end = content_end(source, &tag);
            let content = Span::new(tag.span.end(), content_end);
            (content, end_of_end_tag(source, content_end, &tag.name))
        };
        at = end.max(start + 1);
        let StartTag { name, attributes, span, .. } = tag;
        blocks.push(Block { tag: name, attributes, start_tag: span, content });
    }
    (blocks, comments)
}

/// A start tag.
struct StartTag {
    name: Box<str>,
    attributes: Vec<BlockAttribute>,
    span: Span,
    /// `<name />`
    closed: bool,
}

impl StartTag {
    /// Reads the start tag at byte `start`; `None` when there is none, or it has no end.
    fn read(source: &str, start: usize) -> Option<Self> {
        let bytes = source.as_bytes();
        let mut at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        let name_end = end_of_name(source, at);
        let name = source.get(at..name_end)?.to_ascii_lowercase().into();
        at = name_end;
        let mut attributes = Vec::new();
        loop {
            at += space(source.get(at..)?);
            match bytes.get(at)? {
                b'>' => {
                    let span = Span::new(start, at + 1);
                    return Some(Self { name, attributes, span, closed: false });
                }
                b'/' if bytes.get(at + 1) == Some(&b'>') => {
                    let span = Span::new(start, at + 2);
                    return Some(Self { name, attributes, span, closed: true });
                }
                b'/' => at += 1,
                b'<' => return None,
                _ => {
                    let (attribute, end) = attribute(source, at)?;
                    attributes.push(attribute);
                    at = end;
                }
            }
        }
    }
}

/// The attribute at byte `at`, and where it ends.
fn attribute(source: &str, at: usize) -> Option<(BlockAttribute, usize)> {
    let rest = source.get(at..)?;
    let stops = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<');
    // A name may begin with `=`, as in HTML.
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length = first + rest.get(first..)?.find(stops).unwrap_or(rest.len() - first);
    let name: Box<str> = rest.get(..length)?.into();
    let end = at + length;
    let after = source.get(end..)?;
    let equals = end + space(after);
    let Some(value) = source.get(equals..)?.strip_prefix('=') else {
        return Some((BlockAttribute { name, value: None }, end));
    };
    let begin = equals + 1 + space(value);
    let value = source.get(begin..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (inner, length) = if let Some(quote) = quote {
        let length = value.get(1..)?.find(quote)?;
        (value.get(1..=length)?, length + 2)
    } else {
        let length = value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len());
        (value.get(..length)?, length)
    };
    let span = Span::new(begin, begin + length);
    Some((BlockAttribute { name, value: Some((inner.into(), span)) }, begin + length))
}

fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Where the name that begins at byte `at` ends.
fn end_of_name(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or("");
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    at + rest.find(|c| !part(c)).unwrap_or(rest.len())
}

/// Where the content of the block with the start tag `tag` ends.
fn content_end(source: &str, tag: &StartTag) -> usize {
    let from = tag.span.end();
    let mut at = from;
    let mut depth = 1_u32;
    // Only markup nests; in a script `<template` is text.
    let nests = &*tag.name == "template" && !tag.attributes.iter().any(is_foreign_markup);
    while let Some(found) = source.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        let rest = source.get(start..).unwrap_or("");
        if nests && let Some(comment) = rest.strip_prefix("<!--") {
            // A comment that is being typed ends nothing.
            at = comment.find("-->").map_or(start + 4, |end| start + 4 + end + 3);
        } else if is_tag(rest, "</", &tag.name) {
            depth -= 1;
            if depth == 0 {
                return start;
            }
            at = start + 2;
        } else if nests && is_tag(rest, "<", &tag.name) {
            let inner = StartTag::read(source, start);
            if inner.as_ref().is_none_or(|inner| !inner.closed) {
                depth += 1;
            }
            at = inner.map_or(start + 1, |inner| inner.span.end());
        } else {
            at = start + 1;
        }
    }
    unclosed_end(source, from, &tag.name)
}

/// `lang="pug"`: indentation nests, not tags.
fn is_foreign_markup(attribute: &BlockAttribute) -> bool {
    &*attribute.name == "lang"
        && attribute
            .value
            .as_ref()
            .is_some_and(|(value, _)| !value.is_empty() && &**value != "html")
}

/// Where the content of a block ends that has no end tag of its own: at its last end tag before the
/// next block that begins a line, at that block, or at the end of the text.
fn unclosed_end(source: &str, from: usize, name: &str) -> usize {
    let rest = source.get(from..).unwrap_or("");
    let next = rest
        .match_indices('<')
        .find(|&(at, _)| {
            let begins_line = rest.get(..at).is_some_and(|before| before.ends_with(['\n', '\r']));
            let tag = rest.get(at..).unwrap_or("");
            begins_line && ["script", "style", "template"].iter().any(|one| is_tag(tag, "<", one))
        })
        .map_or(rest.len(), |(at, _)| at);
    let block = rest.get(..next).unwrap_or("");
    let last = block
        .rmatch_indices("</")
        .find(|&(at, _)| block.get(at..).is_some_and(|tag| is_tag(tag, "</", name)));
    from + last.map_or(next, |(at, _)| at)
}

/// Whether `text` begins with the tag `name` behind `open`.
fn is_tag(text: &str, open: &str, name: &str) -> bool {
    let Some(rest) = text.strip_prefix(open) else { return false };
    let is_name = rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    is_name
        && rest
            .as_bytes()
            .get(name.len())
            .is_none_or(|byte| byte.is_ascii_whitespace() || b">/".contains(byte))
}

/// Where the end tag `name` ends that begins at byte `at`; `at` itself when there is none.
fn end_of_end_tag(source: &str, at: usize, name: &str) -> usize {
    let rest = source.get(at..).unwrap_or("");
    if !is_tag(rest, "</", name) {
        return at;
    }
    rest.find('>').map_or(source.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::blocks;

    /// Each block as its start tag's words and its content.
    fn shown(source: &str) -> String {
        let shown = blocks(source).0.into_iter().map(|block| {
            let mut words = vec![block.tag.to_string()];
            for attribute in &block.attributes {
                words.push(match &attribute.value {
                    Some((value, span)) => {
                        assert!(span.of(source).contains(&**value), "{source}");
                        format!("{}={value}", attribute.name)
                    }
                    None => attribute.name.to_string(),
                });
            }
            assert!(block.start_tag.of(source).starts_with('<'), "{source}");
            format!("{}[{}]", words.join(" "), block.content.of(source).trim())
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_file_is_split_at_its_top_level() {
        for (source, expected) in [
            ("<template><a/></template>\n<script>b</script>", "template[<a/>] script[b]"),
            (
                "<script setup lang=\"ts\">a</script><style scoped>b</style>",
                "script setup lang=ts[a] style scoped[b]",
            ),
            ("<SCRIPT Lang='ts'>a</Script >b", "script Lang=ts[a]"),
            ("<script type=application/json>{}</script>", "script type=application/json[{}]"),
            ("<script src='./a.js'/><template>b</template>", "script src=./a.js[] template[b]"),
            ("<script>if (a < b) c('</div>')</script>", "script[if (a < b) c('</div>')]"),
            ("<!-- <script>a</script> --><script>b</script>", "script[b]"),
            (
                "<i18n>{\"a\": \"<b>\"}</i18n>\n<script>c</script>",
                "i18n[{\"a\": \"<b>\"}] script[c]",
            ),
            ("", ""),
            ("a < b", ""),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }

    #[test]
    fn templates_nest() {
        for (source, expected) in [
            (
                "<template><template v-if='a'><b/></template><template/></template><script>c</script>",
                "template[<template v-if='a'><b/></template><template/>] script[c]",
            ),
            ("<template><!-- </template> --><b/></template>", "template[<!-- </template> --><b/>]"),
            (
                "<template><templates></templates></template><script>a</script>",
                "template[<templates></templates>] script[a]",
            ),
            (
                "<template lang='pug'>\ndiv <template>\n</template>\n<script>a</script>",
                "template lang=pug[div <template>] script[a]",
            ),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }

    #[test]
    fn half_typed_blocks_end_where_the_next_begins() {
        for (source, expected) in [
            ("<template><a>\n<script>b</script>", "template[<a>] script[b]"),
            (
                "<template><template v-if='a'><b/></template>\n<script>c</script>",
                "template[<template v-if='a'><b/>] script[c]",
            ),
            ("<script>a\n<style>b</style>", "script[a] style[b]"),
            ("<script>a", "script[a]"),
            ("<script", ""),
            ("<script lang=\"ts>\na</script>", ""),
            ("<template><a", "template[<a]"),
            ("<template><!-- <b/></template>\n<script>c</script>", "template[<!-- <b/>] script[c]"),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }
}

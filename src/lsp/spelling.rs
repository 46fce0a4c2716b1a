//! URIs as the client spells them. Clients compare URIs as texts, and the types of the protocol
//! normalise what they read (`file:/a`, letters beyond ASCII, `file://localhost/`). So a URI that
//! changes when it is read takes its own spelling along as a fragment, which names no other file,
//! and every message that goes out has the spelling put back.
//!
//! Invariant: no state; what goes out depends on the message alone.

use memchr::memmem;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt};
use tokio::io::{BufReader, DuplexStream};
use tokio::task::JoinHandle;
use tower_lsp::lsp_types::Url;

/// What begins the fragment that holds a spelling.
const MARK: &str = "#miniguard-spelling-";

/// Bytes that may wait between tower-lsp and the writer.
const BUFFER: usize = 64 * 1024;

/// The message with the spelling kept of each `uri` in it that is not read as it is written.
/// O(bytes).
pub(super) fn keep(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut copied = 0;
    // Inside of a string the second quote has a backslash before it.
    for at in memmem::find_iter(&body, "\"uri\"") {
        let Some((start, end)) = value(&body, at + "\"uri\"".len()) else { continue };
        let Some(marked) = body.get(start..end).and_then(marked) else { continue };
        out.extend_from_slice(body.get(copied..start).unwrap_or_default());
        out.extend_from_slice(marked.as_bytes());
        copied = end;
    }
    if copied == 0 {
        return body;
    }
    out.extend_from_slice(body.get(copied..).unwrap_or_default());
    out
}

/// Where the string behind `:` begins and ends, quotes included.
fn value(body: &[u8], key_end: usize) -> Option<(usize, usize)> {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let colon = key_end + body.get(key_end..)?.iter().position(|byte| !blank(byte))?;
    if body.get(colon) != Some(&b':') {
        return None;
    }
    let start = colon + 1 + body.get(colon + 1..)?.iter().position(|byte| !blank(byte))?;
    if body.get(start) != Some(&b'"') {
        return None;
    }
    let mut escaped = false;
    let length = body.get(start + 1..)?.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })?;
    Some((start, start + length + 2))
}

/// The URI of the JSON string `literal` with its spelling behind it; `None` when it is read as it
/// is written.
fn marked(literal: &[u8]) -> Option<String> {
    let spelling: String = serde_json::from_slice(literal).ok()?;
    let uri = Url::parse(&spelling).ok()?;
    if uri.scheme() != "file" || uri.as_str() == spelling || spelling.contains('#') {
        return None;
    }
    let digits =
        spelling.bytes().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    Some(format!("\"{uri}{MARK}{digits}\""))
}

/// The message with each kept spelling in its place. Where a URI is a part of a longer string, as
/// in a link, its normal form stays. O(bytes).
fn restore(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut copied = 0;
    for at in memmem::find_iter(&body, MARK) {
        let digits = body.get(at + MARK.len()..).unwrap_or_default();
        let length = digits.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let end = at + MARK.len() + length;
        let before = body.get(copied..at).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'"');
        let spelling = spelling(digits.get(..length).unwrap_or_default());
        match (start, spelling) {
            (Some(start), Some(spelling))
                if before.get(start + 1..).is_some_and(|uri| uri.starts_with(b"file:"))
                    && body.get(end) == Some(&b'"') =>
            {
                out.extend_from_slice(before.get(..start).unwrap_or_default());
                out.extend_from_slice(spelling.as_bytes());
                copied = end + 1;
            }
            _ => {
                out.extend_from_slice(before);
                copied = end;
            }
        }
    }
    if copied == 0 {
        return body;
    }
    out.extend_from_slice(body.get(copied..).unwrap_or_default());
    out
}

/// The JSON string that hexadecimal `digits` spell.
fn spelling(digits: &[u8]) -> Option<String> {
    let pairs = digits.chunks_exact(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = pairs.map(byte).collect();
    serde_json::to_string(&String::from_utf8(bytes?).ok()?).ok()
}

/// A stream for messages, which go on to `output` with the client's spelling of URIs; the task
/// ends with the stream or when `output` breaks.
pub(super) fn restored<O>(mut output: O) -> (DuplexStream, JoinHandle<()>)
where
    O: AsyncWrite + Unpin + Send + 'static,
{
    let (stream, pipe) = tokio::io::duplex(BUFFER);
    let task = tokio::spawn(async move {
        let mut pipe = BufReader::new(pipe);
        while let Some(body) = next(&mut pipe).await {
            let body = restore(body);
            let header = format!("Content-Length: {}\r\n\r\n", body.len());
            let whole = [header.as_bytes(), &body].concat();
            if output.write_all(&whole).await.is_err() || output.flush().await.is_err() {
                return;
            }
        }
    });
    (stream, task)
}

/// The body of the next message; `None` at the end.
async fn next<I>(input: &mut BufReader<I>) -> Option<Vec<u8>>
where
    I: AsyncRead + Unpin,
{
    let mut length = None;
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some((_, value)) = header
                    .split_once(':')
                    .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                {
                    length = value.trim().parse::<usize>().ok();
                }
            }
        }
    }
    let mut body = vec![0; length?];
    input.read_exact(&mut body).await.ok()?;
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::{MARK, keep, restore};

    fn kept(text: &str) -> String {
        String::from_utf8(keep(text.as_bytes().to_vec())).unwrap()
    }

    fn restored(text: &str) -> String {
        String::from_utf8(restore(text.as_bytes().to_vec())).unwrap()
    }

    #[test]
    fn every_spelling_comes_back() {
        for uri in [
            "file:///a/首页.js",
            "file:/a/b.js",
            "file://localhost/a/b.js",
            "file:///a/./b/../c.js",
            "FILE:///a/b.js",
            "file:///a b.js",
            "file:///a/%e9%a6%96/é.js",
        ] {
            let message =
                format!(r#"{{"params":{{"textDocument":{{"uri": "{uri}","text":""}}}}}}"#);
            let inside = kept(&message);
            assert!(inside.contains(MARK), "{uri}");
            assert_eq!(restored(&inside), message);
            let marked = inside.split('"').find(|text| text.contains(MARK)).unwrap();
            let edit = restored(&format!(r#"{{"changes":{{"{marked}":[]}}}}"#));
            assert_eq!(edit, format!(r#"{{"changes":{{"{uri}":[]}}}}"#));
        }
    }

    #[test]
    fn what_is_read_as_it_is_written_stays() {
        for uri in [
            "file:///a/%E9%A6%96.js",
            "file:///a/%e9%a6%96.js",
            "file:///c%3A/a.js",
            "untitled:首页",
            "git:/a/首页.js",
            "not a uri",
            "",
        ] {
            let message = format!(r#"{{"uri":"{uri}"}}"#);
            assert_eq!(kept(&message), message);
        }
    }

    #[test]
    fn text_that_looks_like_a_uri_is_no_uri() {
        for message in [
            r#"{"text":"{\"uri\":\"file:///首页.js\"}"}"#,
            r#"{"uri":null}"#,
            r#"{"uri"}"#,
            r#"{"uri":"file:///a"#,
            r#"{"rootUri":"file:///首页"}"#,
        ] {
            assert_eq!(kept(message), message);
        }
    }

    #[test]
    fn an_escaped_spelling_is_the_same_text() {
        let inside = kept(r#"{"uri":"file:///\u9996\"a.js"}"#);
        assert_eq!(restored(&inside), r#"{"uri":"file:///首\"a.js"}"#);
    }

    #[test]
    fn a_link_keeps_the_normal_form() {
        let inside = kept(r#"{"uri":"file:///首.js"}"#);
        let marked = inside.split('"').nth(3).unwrap();
        let link = restored(&format!(r#"{{"value":"see [a]({marked})"}}"#));
        assert_eq!(link, r#"{"value":"see [a](file:///%E9%A6%96.js)"}"#);
    }
}

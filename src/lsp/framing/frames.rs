//! Where one message ends and the next begins. `Content-Length` is believed as long as what it
//! counts off is a message. Where it is not – too short, too long, no number – the end is found by
//! the message itself: nothing that is valid JSON is the beginning of something longer that is. So
//! a client that miscounts loses no edit, and the messages behind it are not taken for a part of
//! it.

use std::io::Result;
use std::time::Duration;

use serde::de::IgnoredAny;
use tokio::io::{AsyncRead, AsyncReadExt};

use super::valid;

/// How a message announces itself.
const LENGTH: &[u8] = b"Content-Length:";

/// Bytes of a header behind its name, the end of the line included, at most.
const VALUE: usize = 64;

/// Bytes of all headers of a message, at most; more are no headers.
const HEADERS: usize = 8 << 10;

/// Bytes that are read at once, mostly.
const USUAL: usize = 64 << 10;

/// Bytes without a header that are kept, as they may be a message.
const NOISE: usize = 64 << 20;

/// How long the input may stand still inside a message until it is looked at whether that is all
/// there.
const STALL: Duration = Duration::from_millis(500);

/// What came in.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A message.
    Whole(Vec<u8>),
    /// A message whose length is not what its header says.
    BadLength(Vec<u8>),
    /// Something that is no message.
    Broken,
}

/// The messages of an input.
pub(super) struct Frames<I> {
    input: I,
    /// What was read and not given yet.
    buffer: Vec<u8>,
    /// How much of it was searched for the header of the next message.
    searched: usize,
}

impl<I: AsyncRead + Unpin> Frames<I> {
    /// The messages of `input`.
    pub(super) fn new(input: I) -> Self {
        Self { input, buffer: Vec::with_capacity(USUAL), searched: 0 }
    }

    /// The next message; `None` at the end of the input.
    pub(super) async fn next(&mut self) -> Result<Option<Frame>> {
        let mut rest = Rest::Coming;
        loop {
            match step(&self.buffer, self.searched, rest) {
                Step::Take(bytes, frame) => {
                    self.buffer.drain(..bytes);
                    self.searched = 0;
                    if self.buffer.is_empty() {
                        // One gigantic message need not cost its memory for ever.
                        self.buffer.shrink_to(USUAL);
                    }
                    if frame.is_some() {
                        return Ok(frame);
                    }
                }
                Step::More(searched) => {
                    self.searched = searched;
                    let between_messages = self.buffer.is_empty();
                    let read = self.input.read_buf(&mut self.buffer);
                    let read = match rest {
                        Rest::Ended => return Ok(None),
                        // Where nothing came of waiting, there is no hurry.
                        Rest::Still => Some(read.await?),
                        Rest::Coming if between_messages => Some(read.await?),
                        Rest::Coming => tokio::time::timeout(STALL, read).await.ok().transpose()?,
                    };
                    rest = match read {
                        Some(0) => Rest::Ended,
                        Some(_) => Rest::Coming,
                        None => Rest::Still,
                    };
                }
            }
        }
    }
}

/// What is known of the bytes behind those that are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    Coming,
    /// Nothing came for a while.
    Still,
    Ended,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// So many bytes are done with, and were this.
    Take(usize, Option<Frame>),
    /// More is needed; so many bytes need not be searched again.
    More(usize),
}

/// What stands at the head of `buffer`, `searched` of which holds no header that ends a message.
/// O(what is not searched), but for what is parsed, which is at most twice.
fn step(buffer: &[u8], searched: usize, rest: Rest) -> Step {
    // A header that is cut off at the end is found the next time.
    let more = Step::More(buffer.len().saturating_sub(LENGTH.len() + VALUE));
    let found = |body: &[u8]| if rest == Rest::Coming { None } else { complete(body) };
    let Some(header) = Header::read(buffer) else {
        let from = if is_header(buffer) { buffer.len() } else { searched };
        return match (header_at(buffer, from), found(buffer)) {
            (Some(at), _) => Step::Take(at, noise(&buffer[..at])),
            (None, Some(body)) => Step::Take(buffer.len(), Some(Frame::BadLength(body))),
            (None, None) if buffer.len() > NOISE => Step::Take(buffer.len(), Some(Frame::Broken)),
            (None, None) => more,
        };
    };
    let start = header.bytes;
    // What follows is read as noise, in which a message is found as well.
    let Some(length) = header.length else { return Step::Take(start, None) };
    let end = start.saturating_add(length);
    // No message contains a header: in JSON its line end is escaped. So the length is wrong.
    if let Some(at) = header_at(buffer, searched.max(start)).filter(|at| *at < end) {
        let body = complete(&buffer[start..at]);
        return Step::Take(at, Some(body.map_or(Frame::Broken, Frame::BadLength)));
    }
    let Some(body) = buffer.get(start..end) else {
        let body = found(&buffer[start..]);
        return body.map_or(more, |body| Step::Take(buffer.len(), Some(Frame::BadLength(body))));
    };
    let broken = Step::Take(end, Some(Frame::Broken));
    // Searched further than that, it was looked at before, and is a part.
    if searched <= end {
        if let Some(body) = valid(body.to_vec()) {
            return Step::Take(end, Some(Frame::Whole(body)));
        }
        if !is_part(body) {
            // What it ends with may be the beginning of the next header.
            let at = start + header_begins_at(body).unwrap_or(length);
            return Step::Take(at, Some(Frame::Broken));
        }
    }
    // A part of a message, or one with a part of the next header: up to that header, or to all that
    // comes.
    let longest = LENGTH.len() + VALUE;
    let from = searched.saturating_sub(longest + 1).max(end.saturating_sub(longest)).max(start);
    let more = Step::More(buffer.len().max(end + 1));
    match (header_at(buffer, from), rest) {
        (Some(at), _) => {
            let body = complete(&buffer[start..at]);
            Step::Take(at, Some(body.map_or(Frame::Broken, Frame::BadLength)))
        }
        (None, Rest::Coming) => more,
        (None, _) => match complete(&buffer[start..]) {
            Some(body) => Step::Take(buffer.len(), Some(Frame::BadLength(body))),
            None if rest == Rest::Ended => broken,
            None => more,
        },
    }
}

/// The headers at the very start of a buffer, up to the empty line.
struct Header {
    /// With the empty line.
    bytes: usize,
    /// Of the body, if that was said.
    length: Option<usize>,
}

impl Header {
    fn read(buffer: &[u8]) -> Option<Self> {
        if !is_header(buffer) {
            return None;
        }
        let mut header = Self { bytes: 0, length: None };
        for line in buffer.split_inclusive(|byte| *byte == b'\n') {
            header.bytes += line.len();
            let text =
                std::str::from_utf8(line.strip_suffix(b"\n")?).unwrap_or_default().trim_end();
            match text.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    let length = value.trim().parse::<u64>().ok();
                    header.length =
                        length.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
                }
                None if text.is_empty() => return Some(header),
                _ => {}
            }
            if header.bytes > HEADERS {
                return Some(Self { length: None, ..header });
            }
        }
        None
    }
}

/// Whether a message announces itself at the start of `buffer`, in a line of its own: what a text
/// says of such lines is escaped in JSON.
fn is_header(buffer: &[u8]) -> bool {
    let Some((name, value)) = buffer.split_at_checked(LENGTH.len()) else { return false };
    let value = value.get(..VALUE).unwrap_or(value);
    let end = memchr::memchr(b'\n', value);
    name.eq_ignore_ascii_case(LENGTH)
        && end.is_some_and(|end| !value.iter().take(end).any(|byte| b"\"\\{}".contains(byte)))
}

/// Where, from `from` on, a message announces itself.
fn header_at(buffer: &[u8], from: usize) -> Option<usize> {
    memchr::memchr2_iter(b'C', b'c', buffer.get(from..)?)
        .map(|at| at + from)
        .find(|at| buffer.get(*at..).is_some_and(is_header))
}

/// Where, at the end of `bytes`, a header may have begun that is cut off.
fn header_begins_at(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(LENGTH.len() + VALUE);
    (from..bytes.len()).find(|at| {
        let rest = bytes.get(*at..).unwrap_or_default();
        let name = rest.get(..LENGTH.len()).unwrap_or(rest);
        let is_name = LENGTH.get(..name.len()).is_some_and(|all| all.eq_ignore_ascii_case(name));
        is_name && !rest.contains(&b'\n')
    })
}

/// What stands before a header: other headers and empty lines, which mean nothing here, or
/// something else.
fn noise(bytes: &[u8]) -> Option<Frame> {
    let is_header = |line: &[u8]| {
        let line = line.trim_ascii();
        line.is_empty() || line.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"))
    };
    if bytes.split(|byte| *byte == b'\n').all(is_header) {
        return None;
    }
    Some(complete(bytes).map_or(Frame::Broken, Frame::BadLength))
}

/// The message that all of `bytes` are.
fn complete(bytes: &[u8]) -> Option<Vec<u8>> {
    let bytes = bytes.trim_ascii();
    // Looked at before it is parsed: it may be long, and is looked at for each header in a text
    // about headers.
    let may_be = bytes.starts_with(b"{") && bytes.ends_with(b"}");
    may_be.then(|| valid(bytes.to_vec())).flatten()
}

/// Whether this is a message cut off, or one with something behind it.
fn is_part(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
        && serde_json::from_slice::<IgnoredAny>(bytes).is_err()
}

#[cfg(test)]
mod tests {
    use super::{Frame, Frames};

    const PING: &str = r#"{"jsonrpc":"2.0","method":"ping","params":{"text":"a\r\n\r\nContent-Length: 3\r\n\r\n{}中"}}"#;
    const PONG: &str = r#"{"jsonrpc":"2.0","method":"pong"}"#;

    /// What comes of `input`, given `step` bytes at a time: `=` before a message, `~` before one
    /// whose length was wrong.
    async fn read(input: &[u8], step: usize) -> Vec<String> {
        let (mut pipe, output) = tokio::io::duplex(step);
        let input = input.to_vec();
        tokio::spawn(async move { tokio::io::AsyncWriteExt::write_all(&mut pipe, &input).await });
        let mut frames = Frames::new(output);
        let mut all = Vec::new();
        while let Some(frame) = frames.next().await.unwrap() {
            all.push(match frame {
                Frame::Whole(body) => format!("={}", String::from_utf8(body).unwrap()),
                Frame::BadLength(body) => format!("~{}", String::from_utf8(body).unwrap()),
                Frame::Broken => "broken".to_owned(),
            });
        }
        all
    }

    async fn check(input: &[u8], expected: &[String]) {
        for step in [1, 7, 64, 4096] {
            assert_eq!(
                read(input, step).await,
                expected,
                "{step} at a time: {}",
                String::from_utf8_lossy(input)
            );
        }
    }

    fn said(length: &str, body: &str) -> String {
        format!("Content-Length: {length}\r\n\r\n{body}")
    }

    #[tokio::test]
    async fn a_length_that_is_right_is_believed() {
        let right = |body: &str| said(&body.len().to_string(), body);
        let all = format!(
            "Content-Type: x\r\n{}\r\n{}content-length:{}\nContent-Type: x\n\n{PONG}",
            right(PING),
            right(PONG),
            PONG.len()
        );
        let expected = [format!("={PING}"), format!("={PONG}"), format!("={PONG}")];
        check(all.as_bytes(), &expected).await;
        check(right("[]").repeat(2).as_bytes(), &["broken".to_owned(), "broken".to_owned()]).await;
        check(b"", &[]).await;
    }

    #[tokio::test]
    async fn a_length_that_is_wrong_costs_no_message() {
        let pong = said(&PONG.len().to_string(), PONG);
        for length in
            ["1", "20", "90", "99", "110", "400", "18446744073709551615", "-5", "1e3", "", "中"]
        {
            let lie = said(length, PING);
            check(
                format!("{pong}{lie}{pong}{pong}").as_bytes(),
                &[format!("={PONG}"), format!("~{PING}"), format!("={PONG}"), format!("={PONG}")],
            )
            .await;
            // The last one, too.
            check(format!("{pong}{lie}").as_bytes(), &[format!("={PONG}"), format!("~{PING}")])
                .await;
        }
    }

    #[tokio::test]
    async fn a_length_of_nothing_is_nothing_and_the_message_behind_it_is_read() {
        let pong = said(&PONG.len().to_string(), PONG);
        let all = format!("{}{pong}", said("0", PING));
        check(all.as_bytes(), &["broken".to_owned(), format!("~{PING}"), format!("={PONG}")]).await;
    }

    #[tokio::test]
    async fn what_is_no_message_is_left_out_and_the_next_is_read() {
        let pong = said(&PONG.len().to_string(), PONG);
        for noise in
            ["warning: something\n", "{\"jsonrpc\":\"2.0\"", "\u{0}", "{}", "\r\n}\r\n\r\n"]
        {
            check(
                format!("{pong}{noise}{pong}").as_bytes(),
                &[format!("={PONG}"), "broken".to_owned(), format!("={PONG}")],
            )
            .await;
        }
        // A header alone, of a message that never comes, loses none of those behind it.
        for length in ["0", "7", "160", "99999"] {
            let all = format!("{}{pong}{pong}", said(length, ""));
            let expected = ["broken".to_owned(), format!("={PONG}"), format!("={PONG}")];
            check(all.as_bytes(), &expected).await;
        }
        let all = format!("Content-Length: 1\r\n{}\r\n{pong}", "x: y\r\n".repeat(5_000));
        check(all.as_bytes(), &["broken".to_owned(), format!("={PONG}")]).await;
        let cut = said("12", &PONG[..12]);
        check(format!("{cut}{pong}").as_bytes(), &["broken".to_owned(), format!("={PONG}")]).await;
        check(said("400", &PONG[..12]).as_bytes(), &[]).await;
    }
}

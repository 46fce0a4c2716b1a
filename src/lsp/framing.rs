//! The input, message by message, before tower-lsp reads it. Tower-lsp stops reading for ever at
//! the first message that it cannot decode, and half an emoji is enough for that (`"\ud83d"`, which
//! editors do send). Such a message is mended or left out here, and the server lives on.

mod frames;

use std::sync::mpsc::Sender;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWriteExt, DuplexStream};
use tower_lsp::jsonrpc::{Request, Response};

use super::event::Event;
use super::lifecycle::ShutdownState;
use super::spelling;
use frames::{Frame, Frames};

/// Bytes that may wait between this reader and tower-lsp.
const BUFFER: usize = 64 * 1024;

/// Starts reading `input`; what comes out holds whole, valid messages only, and ends with the input
/// or with `exit`.
pub(super) fn checked<I>(input: I, ending: ShutdownState, events: Sender<Event>) -> DuplexStream
where
    I: AsyncRead + Unpin + Send + 'static,
{
    let (mut pipe, output) = tokio::io::duplex(BUFFER);
    tokio::spawn(async move {
        let mut frames = Frames::new(input);
        loop {
            let frame = tokio::select! {
                frame = frames.next() => frame,
                () = ending.exit() => return,
            };
            let Ok(Some(frame)) = frame else { return };
            // Fails only when the loop has ended.
            let complain = |text: &str| drop(events.send(Event::Malformed(text.to_owned())));
            let body = match frame {
                Frame::Whole(body) => body,
                Frame::BadLength(body) => {
                    complain(
                        "Content-Length is not the length of its message, which was read all the same",
                    );
                    body
                }
                Frame::Broken => {
                    complain("message left out: not JSON-RPC");
                    continue;
                }
            };
            let body = spelling::keep(body);
            let header = format!("Content-Length: {}\r\n\r\n", body.len());
            if pipe.write_all(header.as_bytes()).await.is_err()
                || pipe.write_all(&body).await.is_err()
            {
                return;
            }
        }
    });
    output
}

/// The message if tower-lsp can decode it, mended where an escape names half a character; else
/// `None`.
fn valid(body: Vec<u8>) -> Option<Vec<u8>> {
    let body = without_null_params(body);
    if is_message(&body) {
        return Some(body);
    }
    let mended = mend_surrogates(&String::from_utf8_lossy(&body)).into_bytes();
    is_message(&mended).then_some(mended)
}

/// Some clients send `"params": null` where there are none; tower-lsp refuses a `shutdown` that
/// does.
fn without_null_params(body: Vec<u8>) -> Vec<u8> {
    // Such messages are short; long ones are not looked into twice.
    const SHORT: usize = 512;
    if body.len() > SHORT {
        return body;
    }
    let Ok(Value::Object(mut message)) = serde_json::from_slice(&body) else { return body };
    if message.get("params").is_some_and(Value::is_null) {
        message.remove("params");
        return Value::Object(message).to_string().into_bytes();
    }
    body
}

fn is_message(body: &[u8]) -> bool {
    // By way of a value, as the types read a message from either.
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return false };
    let is_request = value.get("method").is_some();
    if is_request {
        serde_json::from_value::<Request>(value).is_ok()
    } else {
        serde_json::from_value::<Response>(value).is_ok()
    }
}

/// Replaces each `\uD800`–`\uDFFF` without its other half by the replacement character.
fn mend_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = match surrogate(escape) {
            Some(Half::High) if escape.get(6..).and_then(surrogate) == Some(Half::Low) => 12,
            Some(_) => {
                out.push('\u{fffd}');
                rest = escape.get(6..).unwrap_or("");
                continue;
            }
            // A backslash and the character behind it, so that `\\ud83d` is not taken for an
            // escape.
            None => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at(length);
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[derive(PartialEq, Eq)]
enum Half {
    High,
    Low,
}

/// The half that the escape at the start of `text` names, if it names one.
fn surrogate(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::mend_surrogates;

    #[test]
    fn params_that_are_null_are_left_out() {
        let valid = |text: &str| {
            super::valid(text.as_bytes().to_vec()).map(|body| String::from_utf8(body).unwrap())
        };
        assert_eq!(
            valid(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown","params":null}"#).as_deref(),
            Some(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#)
        );
    }

    #[test]
    fn half_an_emoji_is_replaced_and_a_whole_one_kept() {
        for (text, mended) in [
            (r#""\ud83d\ude00""#, r#""\ud83d\ude00""#),
            (r#""a\ud83d""#, "\"a\u{fffd}\""),
            (r#""\ude00b""#, "\"\u{fffd}b\""),
            (r#""\ud83d\ud83d\ude00""#, "\"\u{fffd}\\ud83d\\ude00\""),
            (r#""\\ud83d""#, r#""\\ud83d""#),
            (r#""\\\ud83d""#, "\"\\\\\u{fffd}\""),
            (r#""\"\n\u4e2d""#, r#""\"\n\u4e2d""#),
            ("\\", "\\"),
            ("\\中", "\\中"),
        ] {
            assert_eq!(mend_surrogates(text), mended, "{text}");
        }
    }
}

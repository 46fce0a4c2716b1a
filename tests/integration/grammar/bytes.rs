//! Any byte at any position of the corpus, and after any prefix: the parser returns a tree, in
//! time.

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tree_sitter::Parser;

use super::{corpus, nodes, parse};

/// For a thousand parses of some microseconds each.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes that the scanner and the generated lexer distinguish, one of each kind.
const BYTES: &[u8] = b"\0\x01\t\n\x0b\x0c\r \x7f\"'<>/=\\{}&!-:.([,?*#;`a0\x80\xc3\xe3\xf0\xff";

/// White space, separators and control characters beyond ASCII, one of each kind.
const CHARACTERS: &[char] = &['\u{85}', '\u{a0}', '\u{2003}', '\u{2028}', '\u{200b}', '\u{feff}'];

/// All white space of Unicode, and the controls and invisible characters next to it.
fn separators() -> impl Iterator<Item = char> {
    let invisible = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{fffd}'];
    ('\u{80}'..='\u{3000}').filter(|c| c.is_whitespace() || c.is_control()).chain(invisible)
}

/// Parses what `inputs` yields; fails with the input that is never done.
fn parse_all(inputs: impl Iterator<Item = Vec<u8>> + Send + 'static) {
    let current = Arc::new(Mutex::new(Vec::new()));
    let (sender, progress) = sync_channel(0);
    let running = Arc::clone(&current);
    let worker = thread::spawn(move || parse_each(inputs, &running, &sender));
    loop {
        match progress.recv_timeout(PATIENCE) {
            Ok(()) => {}
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let input = current.lock().unwrap().clone();
                panic!("no end: {:?}", String::from_utf8_lossy(&input));
            }
        }
    }
    worker.join().unwrap_or_else(|panic| resume_unwind(panic));
}

/// Parses each input, which it notes in `running` first, and reports each thousand to `progress`.
fn parse_each(
    inputs: impl Iterator<Item = Vec<u8>>,
    running: &Mutex<Vec<u8>>,
    progress: &SyncSender<()>,
) {
    let mut parser = Parser::new();
    parser.set_language(&parse("").root().unwrap().language()).unwrap();
    for (count, input) in inputs.enumerate() {
        running.lock().unwrap().clone_from(&input);
        let tree = parser.parse(&input, None).unwrap();
        assert!(tree.root_node().end_byte() <= input.len(), "{input:?}");
        if count % 1_000 == 0 {
            progress.send(()).unwrap();
        }
    }
}

/// Every template of the corpus with each of `pieces` inserted at each of its bytes.
fn insertions(pieces: Vec<Vec<u8>>) -> impl Iterator<Item = Vec<u8>> {
    corpus::templates().into_iter().flat_map(move |text| {
        let pieces = pieces.clone();
        (0..=text.len()).flat_map(move |at| {
            let (before, after) = text.as_bytes().split_at(at);
            pieces.iter().map(|piece| [before, piece, after].concat()).collect::<Vec<_>>()
        })
    })
}

/// Every prefix of every template of the corpus, once, alone and with each of `pieces` after it.
fn prefixes(pieces: Vec<Vec<u8>>) -> impl Iterator<Item = Vec<u8>> {
    let all: BTreeSet<Vec<u8>> = corpus::templates()
        .into_iter()
        .flat_map(|text| {
            (0..=text.len()).map(|at| text.as_bytes()[..at].to_vec()).collect::<Vec<_>>()
        })
        .collect();
    let end = [Vec::new()];
    all.into_iter().flat_map(move |prefix| {
        end.iter().chain(&pieces).map(|piece| [&prefix[..], piece].concat()).collect::<Vec<_>>()
    })
}

fn pieces(
    bytes: impl IntoIterator<Item = u8>,
    characters: impl IntoIterator<Item = char>,
) -> Vec<Vec<u8>> {
    let bytes = bytes.into_iter().map(|byte| vec![byte]);
    bytes.chain(characters.into_iter().map(|c| c.to_string().into_bytes())).collect()
}

#[test]
fn a_byte_of_each_kind_at_every_position_is_parsed() {
    parse_all(insertions(pieces(BYTES.iter().copied(), CHARACTERS.iter().copied())));
}

#[test]
fn a_byte_of_each_kind_after_every_prefix_is_parsed() {
    parse_all(prefixes(pieces(BYTES.iter().copied(), CHARACTERS.iter().copied())));
}

#[test]
#[ignore = "minutes in a debug build; ./test runs it"]
fn every_byte_and_separator_everywhere_is_parsed() {
    parse_all(insertions(pieces(0..=u8::MAX, separators())));
    parse_all(prefixes(pieces(0..=u8::MAX, separators())));
}

#[test]
fn separators_in_a_value_without_close_leave_the_next_line_alone() {
    let openings = ["<a a=\"", "<a a='", "<a a=\"{{b}}", "<a a='{{b}} c", "<a\na=\"b\n\"c=\"d e"];
    let between: Vec<char> = ('\0'..=' ').chain(separators()).collect();
    let mut inputs = Vec::new();
    for opening in openings {
        for c in &between {
            for after in ["", "d", " d", "d =", "d=e", "{{", "\u{b}\u{c}"] {
                inputs.push(format!("{opening}{c}{after}\n<g d=\"h\"/>"));
            }
        }
    }
    parse_all(inputs.clone().into_iter().map(String::into_bytes));
    for input in inputs {
        let tree = parse(&input);
        let last = nodes(tree.root().unwrap()).into_iter().rfind(|n| n.kind() == "attribute");
        let text = last.map(|node| &input[node.byte_range()]);
        assert_eq!(text, Some("d=\"h\""), "{input:?}");
    }
}

//! What damage costs, counted rather than timed. The one thing to know: work is the parser's own steps and the bytes that it
//! reads, handed out in small pieces; twice as many mistakes may cost twice as much and no more, up to what rounding adds.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, Parser};

use super::parse;

/// Hundreds of steps of the parser, and bytes read.
fn work(source: &str) -> (usize, usize) {
    const PIECE: usize = 32;
    let mut parser = Parser::new();
    parser.set_language(&parse("").root().unwrap().language()).unwrap();
    let (mut steps, mut pieces) = (0, 0);
    let bytes = source.as_bytes();
    let mut read = |at: usize, _| {
        pieces += 1;
        bytes.get(at..bytes.len().min(at + PIECE)).unwrap_or_default()
    };
    let mut count = |_: &_| {
        steps += 1;
        ControlFlow::Continue(())
    };
    let options = ParseOptions::new().progress_callback(&mut count);
    parser.parse_with_options(&mut read, None, Some(options)).unwrap();
    (steps, pieces * PIECE)
}

/// A mistake made again and again, on one line and on a line each.
const MISTAKES: &[&str] = &[
    "<view>",
    "</view>",
    "<a><b></a></b>",
    "<a><b></a>",
    "<a ",
    "<a b",
    "<a b=",
    "<a b=\"c",
    "<a b=\"c d=\"e\" f>",
    "<a b='c\"",
    "<a b=\"{{c",
    "<a b=\"{{c}\" {{d",
    "<a {{b",
    "{{",
    "{{a",
    "{{a.",
    "{{ {a",
    "{{(",
    "{{a b}}",
    "{{'a",
    "{{a = 1}}",
    "{{/*",
    "}}",
    "<a \u{3000} b>",
    "<a \0>",
    "<a =\"b\">",
    "<a / >",
    "</a b>",
    "</>",
    "<!--",
    "<!a",
    "&a",
    "&#1",
    "<wxs>",
    "<wxs>a",
    "</wxs>",
    "<wxs a=\"",
    "\"",
    "a=\"b",
    "\\\"",
    "<a b=\"\\",
];

#[test]
fn twice_as_many_mistakes_cost_twice_as_much() {
    let mut wrong = String::new();
    for mistake in MISTAKES {
        for between in ["", "\n", " "] {
            let text = |times| format!("{mistake}{between}").repeat(times);
            let (few, many) = (text(1_000), text(2_000));
            let ((steps, bytes), (more_steps, more_bytes)) = (work(&few), work(&many));
            let linear = |less: usize, more: usize| more <= less * 9 / 4 + 100;
            if !linear(steps, more_steps) || !linear(bytes, more_bytes) || bytes > 16 * few.len() {
                let _ = writeln!(
                    wrong,
                    "{mistake:?} {between:?}: steps {steps}, {more_steps}; bytes {bytes}, {more_bytes} of {}",
                    few.len()
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

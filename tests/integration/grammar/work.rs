//! The cost of damaged templates, counted rather than timed: work is the parser's own steps and the
//! bytes that it reads, which it gets in small pieces. Twice as many mistakes cost at most twice as
//! much, up to what rounding adds.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::sample::select;
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

fn is_linear(less: usize, more: usize) -> bool {
    more <= less * 9 / 4 + 100
}

#[test]
fn twice_as_many_mistakes_cost_twice_as_much() {
    let mut wrong = String::new();
    for mistake in MISTAKES {
        for between in ["", "\n", " "] {
            let text = |times| format!("{mistake}{between}").repeat(times);
            let (few, many) = (text(1_000), text(2_000));
            let ((steps, bytes), (more_steps, more_bytes)) = (work(&few), work(&many));
            if !is_linear(steps, more_steps)
                || !is_linear(bytes, more_bytes)
                || bytes > 16 * few.len()
            {
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

/// Up to `most` tokens, whole and broken.
fn tokens(most: usize) -> impl Strategy<Value = String> {
    let token = select(vec![
        "<a", " ", "b", "=", "\"", "'", "{{", "}}", "{", "}", "\\\"", "\\'", "\\", "<", ">", "/>",
        "</a>", "</", "<!--", "-->", "/*", "*/", "<wxs>", "</wxs>", "wx:if", ":", "bind", "&",
        "&amp;", "(", "[", ".", "?", ",", "\n", "\u{3000}", "\0", "1", "...", "<view>", "</view>",
        "!", "+", "\u{b}",
    ]);
    prop::collection::vec(token, 0..=most).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Looks ahead may overlap for 256 characters, so that short repetitions read as much for each
    /// of their bytes.
    #[test]
    fn twice_as_many_of_any_tokens_cost_twice_as_much(before in tokens(4), unit in tokens(4), after in tokens(2)) {
        let text = |times| format!("{before}{}{after}", unit.repeat(times));
        let (few, many) = (text(300), text(600));
        let ((steps, bytes), (more_steps, more_bytes)) = (work(&few), work(&many));
        prop_assert!(is_linear(steps, more_steps), "steps {steps}, {more_steps}");
        prop_assert!(is_linear(bytes, more_bytes), "bytes {bytes}, {more_bytes}");
        prop_assert!(more_bytes <= 200 * many.len() + 2_000, "{more_bytes} bytes of {}", many.len());
    }
}

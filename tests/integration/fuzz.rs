//! The targets of `fuzz/` with a few inputs each: texts of the fixtures with pieces spliced in, and
//! series of choices.

#[path = "../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a package of its own, too")]
mod targets;

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Pieces that open, close or break something in one of the three languages.
const PIECES: &[&str] = &[
    "",
    "{{",
    "}}",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "'",
    "`",
    "${",
    "\\",
    "\\\"",
    "<",
    ">",
    "</view>",
    "<view",
    "/>",
    "<!--",
    "-->",
    "/*",
    "*/",
    "//",
    "<wxs>",
    "</wxs>",
    "wx:if=\"",
    "&#",
    ",",
    ":",
    ";",
    "=>",
    "?.",
    "...",
    "async ",
    "require('",
    "import ",
    "export ",
    "wx.getLocation(",
    "this.",
    "null",
    "\n",
    "\r",
    "\u{b}",
    "\u{c}",
    "\0",
    "\u{a0}",
    "\u{3000}",
    "\u{feff}",
    "😀",
    "\"pages\":",
    "\"ignore\":",
];

/// A text of a fixture with some of its bytes replaced.
fn damaged(extensions: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let texts: Vec<String> =
        extensions.iter().flat_map(|extension| targets::texts(extension)).collect();
    let edit = (any::<Index>(), 0..6_usize, prop::collection::vec(select(PIECES), 0..4));
    (select(texts), prop::collection::vec(edit, 0..5)).prop_map(|(text, edits)| {
        let mut bytes = text.into_bytes();
        for (at, length, pieces) in edits {
            let start = at.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, pieces.concat().into_bytes());
        }
        bytes
    })
}

/// Choices, as many as a target makes.
fn choices() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..160)
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn templates(input in damaged(&["wxml"])) {
        targets::template(&input);
    }

    #[test]
    fn scripts(input in damaged(&["js", "ts", "wxs"])) {
        targets::script(&input);
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn manifests(input in damaged(&["json"])) {
        targets::manifest(&input);
    }

    #[test]
    fn programs(input in choices()) {
        targets::program(&input);
    }

    #[test]
    fn edits(input in choices()) {
        targets::edits(&input);
    }

    #[test]
    fn messages(input in choices()) {
        targets::messages(&input);
    }
}

//! Properties: a reparsed tree is the tree of a fresh parse.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use super::Tree;
use crate::syntax::{Dialect, Kind, SingleFile};
use crate::text::{Span, Text};

const KINDS: [Kind; 6] = [
    Kind::Template,
    Kind::Script(Dialect::JavaScript),
    Kind::Script(Dialect::TypeScript),
    Kind::Script(Dialect::Wxs),
    Kind::Manifest,
    Kind::SingleFile(SingleFile::Vue),
];

const TEMPLATE: &str = "<!-- 首页 -->\r\n<wxs module=\"m\">var a = 1 < 2;\r</wxs>\n<view class='a {{b ? \"c\" : \"d\"}}' bind:tap=\"f\">\n  \
    <text wx:for=\"{{list}}\" wx:key=\"id\">中文 {{ item.name }} 😀 &amp;</text>\r\n  <image src=\"{{x}}\" />\n\
    <template is=\"t\" data=\"{{a, b: 1, ...c}}\"/></view>\n<button open-type=\"{{y && 'share'}}\" disabled>ok</button>\n";
const MARKUP: &str = "<!-- 首页 -->\r\n<view class='a' :b=\"c ? 'd' : 'e'\" @tap.stop=\"f(1)\">\n  \
    <text v-for=\"one in list\" :key=\"one.id\">中文 😀 &amp;</text>\r\n  <image src='x'></image>\n  <p>a</p>\n\
    <template #t=\"{ a }\"><input v-model='b'/></template></view>\n<button open-type='share' disabled>ok</button>\n";
const SCRIPT: &str = "const a = require('./a')\r\nPage({\n  data: { 名: '😀', n: 1.5 },\r  // 中文\n  onLoad(options) {\n    \
    const url = `https://${a.host}/x?y=${options.id}`\n    wx.request({ url, success: (r) => this.setData({ r: r.data }) })\n  },\n})\n/* end */\n";
const MANIFEST: &str = "{\r\n  // 中文\n  \"pages\": [\"pages/a\", \"pages/😀\"],\r  \"window\": { \"title\": \"\\u4e2d\\n\" },\n  \"n\": -1.5e3,\n}\n";

fn sample(kind: Kind) -> &'static str {
    match kind {
        Kind::Template => TEMPLATE,
        Kind::Script(_) => SCRIPT,
        Kind::Manifest | Kind::Environment => MANIFEST,
        Kind::SingleFile(_) => MARKUP,
    }
}

/// An edit: where, as shares of the text's length, and what is put there.
type Edit = (f64, f64, String);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let words = select(vec![
        "",
        "",
        "a",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "'",
        "`",
        "{",
        "}",
        "{{",
        "}}",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "</",
        "/>",
        "<a>",
        "</a>",
        "<view",
        "<!--",
        "-->",
        "/*",
        "*/",
        "//",
        "\\",
        "=",
        ":",
        ",",
        "中文",
        "😀",
        "é",
        "\u{3000}",
        "${",
        "=>",
        "1",
        "wx:if=\"",
        "</wxs>",
        "<wxs>",
        "if (",
        "const b = ",
        "\"k\": 1,",
    ]);
    let text = prop::collection::vec(words, 1..4).prop_map(|words| words.concat());
    let length = prop_oneof![3 => Just(0.0), 3 => 0.0..0.05, 1 => 0.0..0.5];
    // Half of the series leave the text sound rather often: a sound tree is the one whose parts are
    // reused.
    let gentle = select(vec!["a", "b1", "1", " ", "\n", "\r\n", "\r"]).prop_map(str::to_owned);
    prop_oneof![
        prop::collection::vec((0.0..1.0_f64, length, text), 1..8),
        prop::collection::vec((0.0..1.0_f64, Just(0.0), gentle), 1..4),
    ]
}

/// The bytes that an edit replaces, which may lie inside characters.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn span(edit: &Edit, length: usize) -> Span {
    let at = |share: f64| (share * (length + 1) as f64) as usize;
    Span::new(at(edit.0), at(edit.0 + edit.1))
}

/// Every node with its kind, bytes and flags, indented by depth.
fn outline(tree: &Tree) -> String {
    let mut out = String::new();
    let mut cursor = tree.root().unwrap().walk();
    let mut depth = 0;
    loop {
        let node = cursor.node();
        let flags = [
            (node.is_error(), "E"),
            (node.is_missing(), "M"),
            (node.is_extra(), "X"),
            (node.has_error(), "e"),
        ];
        let flags: String = flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag).collect();
        let field = cursor.field_name().unwrap_or("");
        writeln!(out, "{:depth$}{field}:{} {:?} {flags}", "", node.kind(), node.byte_range())
            .unwrap();
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return out;
            }
            depth -= 1;
        }
    }
}

#[test]
fn a_chunked_text_parses_as_its_source() {
    for kind in KINDS {
        let source = sample(kind).repeat(60);
        assert!(Text::new(&source).chunk_from(0).len() < source.len(), "more than one chunk");
        let chunked = Tree::parse_text(kind, &Text::new(&source));
        assert_eq!(outline(&chunked), outline(&Tree::parse(kind, &source)), "{kind:?}");
    }
}

#[test]
fn the_samples_are_whole() {
    for kind in KINDS {
        let tree = Tree::parse(kind, sample(kind));
        // The JSON grammar knows no trailing comma.
        assert_eq!(tree.root().unwrap().has_error(), kind == Kind::Manifest, "{kind:?}");
    }
}

proptest! {
    /// What the editor sees after any series of edits is what the command line sees in the same
    /// text.
    #[test]
    fn reparsing_equals_parsing_afresh(kind in select(KINDS.to_vec()), edits in edits(), together in any::<bool>()) {
        let mut text = Text::new(sample(kind));
        let mut tree = Tree::parse_text(kind, &text);
        for edit in &edits {
            let change = text.replace(span(edit, text.len()), &edit.2);
            tree.edit(change);
            if !together {
                tree.reparse(&text);
            }
        }
        tree.reparse(&text);
        let source = text.to_string();
        prop_assert_eq!(outline(&tree), outline(&Tree::parse(kind, &source)), "{:?} {:?}", kind, source);
    }

    /// The same for the texts alone, without a description of the edit.
    #[test]
    fn reparsing_a_part_equals_parsing_afresh(kind in select(KINDS.to_vec()), edits in edits()) {
        let mut text = Text::new(sample(kind));
        let mut tree = Tree::parse_text(kind, &text);
        for edit in &edits {
            let old = text.to_string();
            text.replace(span(edit, text.len()), &edit.2);
            tree = tree.reparsed(&old, &text.to_string());
        }
        let source = text.to_string();
        prop_assert_eq!(outline(&tree), outline(&Tree::parse(kind, &source)), "{:?} {:?}", kind, source);
    }
}

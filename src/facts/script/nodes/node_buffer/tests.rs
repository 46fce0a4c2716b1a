//! The facts of a document after any edits are those of a fresh read, and what an edit left alone
//! is not copied again.

use proptest::prelude::*;
use proptest::sample::select;

use super::NodeBuffer;
use crate::facts::script::{read, reread};
use crate::syntax::{Dialect, Kind, Tree};
use crate::text::{Span, Text};

const KINDS: [Kind; 2] = [Kind::Script(Dialect::JavaScript), Kind::Script(Dialect::TypeScript)];

/// Everything whose copy needs more than itself: comments, commas that count, strings, patterns,
/// classes, templates.
const SCRIPT: &str = "const { a, b: [x, , y] = [], ...rest } = require('./a');\n\
    // miniguard-ignore-next-line unregistered-domain -- one\n\
    const list = [1, , 'two', /three/g, `four ${a + b} five`];\n\
    class One extends Two {\n  static #count = 0;\n  constructor(base) { super(base); this.base = base; }\n  \
    get(path) { /* miniguard: two */ return wx.request({ url: this.base + path, success: r => this.done(r) }); }\n}\n\
    Page({\n  data: { 名: '😀', n: 1.5 },\n  onLoad(options) {\n    if (!options.id || options.id === '0') return;\n    \
    // miniguard-ignore-next-line insecure-url -- three\n    const url = `https://${a.host}/x?y=${options.id}`;\n    \
    switch (options.kind) { case 'a': return url; default: this.load(url, ...list); }\n  },\n  \
    async load(url, ...more) { try { await wx.login(); } catch (e) { console.log(e, more); } },\n});\n\
    export default function last({ deep: { deeper = 1 } }) { for (const k of list) { rest[k] += deeper; } }\n";

fn edited(text: &mut Text, tree: &mut Tree, at: Span, with: &str) {
    let change = text.replace(at, with);
    tree.edit(change);
    tree.reparse(text);
}

fn after(edits: &[(f64, usize, &str)], kind: Kind) -> Result<(), TestCaseError> {
    let mut text = Text::new(SCRIPT);
    let mut tree = Tree::parse_text(kind, &text);
    let mut flat: Option<NodeBuffer> = None;
    let _ = reread(&tree, SCRIPT, &mut flat);
    for &(share, length, with) in edits {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let start = (share * text.len() as f64) as usize;
        edited(&mut text, &mut tree, Span::new(start, start + length), with);
        let source = text.to_string();
        let again = reread(&tree, &source, &mut flat);
        prop_assert_eq!(again, read(&Tree::parse(kind, &source), &source), "{:?}", source);
    }
    Ok(())
}

proptest! {
    #[test]
    fn facts_after_edits_are_those_of_a_fresh_read(
        kind in select(KINDS.to_vec()),
        edits in prop::collection::vec((
            0.0..1.0_f64,
            select(vec![0, 0, 0, 1, 4]),
            select(vec!["", "a", "1", " ", "\n", "名", ", ", "x, ", "// miniguard b\n", "/* miniguard a */", "\"", "{", "(a)", "let q = [,]; "]),
        ), 1..12),
    ) {
        after(&edits, kind)?;
    }
}

#[test]
fn what_an_edit_left_alone_is_taken_over() {
    let kind = Kind::Script(Dialect::JavaScript);
    let mut text = Text::new(SCRIPT);
    let mut tree = Tree::parse_text(kind, &text);
    let mut flat = None;
    let _ = reread(&tree, SCRIPT, &mut flat);
    let at = SCRIPT.find("'two'").unwrap() + 1;
    edited(&mut text, &mut tree, Span::at(at), "twenty-");
    let flat = flat.unwrap();
    let root = tree.root().unwrap();
    let mut cursor = root.walk();
    // The parser makes the call of `Page` again: where such a statement ends, it looks up in what
    // follows.
    let known: Vec<bool> = root
        .children(&mut cursor)
        .filter(|node| !matches!(node.kind(), "comment" | "expression_statement"))
        .map(|node| flat.run(node.id()).is_some())
        .collect();
    let expected = [true, false, true, true];
    assert_eq!(known, expected);
}

#[test]
fn a_document_that_is_replaced_as_a_whole_takes_nothing_over() {
    let kind = Kind::Script(Dialect::JavaScript);
    let mut flat = None;
    // A tree that goes leaves its place in memory to the next one.
    for name in ["chooseAddress", "login", "getLocation", "request", "chooseImage"] {
        let source =
            format!("Page({{ onTap() {{ wx.{name}({{ url: '{name}', success() {{}} }}) }} }})");
        let tree = Tree::parse_text(kind, &Text::new(&source));
        assert_eq!(reread(&tree, &source, &mut flat), read(&tree, &source));
    }
}

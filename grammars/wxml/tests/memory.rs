//! How much memory a tree takes, in bytes for each byte of its text. The one thing to know: a node of tree-sitter takes 80
//! bytes and 8 for each child, whatever the grammar; so a bound holds for text as people write it, and where markup is
//! denser, what is held is that no grammar could do with less: tree-sitter-html takes as much, or more.

#[path = "../benches/parse/allocation.rs"]
mod allocation;

use allocation::counted;
use tree_sitter::{Language, Parser};

/// Bytes that the tree of `source` takes, and the most that parsing took at once.
fn memory(language: &Language, source: &str) -> (usize, usize) {
    let (tree, kept, peak) = counted(|| {
        let mut parser = Parser::new();
        parser.set_language(language).unwrap();
        parser.parse(source, None).unwrap()
    });
    drop(tree);
    (kept, peak)
}

/// All in one test: what is counted is of the whole process.
#[test]
fn trees_are_as_small_as_the_runtime_lets_them_be() {
    counted(|| ());
    let (wxml, html) = (tree_sitter_wxml::LANGUAGE.into(), tree_sitter_html::LANGUAGE.into());
    let example = include_str!("../examples/orders.wxml");
    let (kept, _) = memory(&wxml, example);
    assert!(kept <= 20 * example.len(), "the example: {kept} for {}", example.len());
    let long = example.repeat(300);
    let (_, peak) = memory(&wxml, &long);
    assert!(peak <= 20 * long.len(), "the example, 300 times: {peak} for {}", long.len());

    // What any parse takes besides its tree.
    for source in ["", "<view/>", example] {
        let (kept, peak) = memory(&wxml, source);
        assert!(peak - kept <= 16 * 1024, "{} bytes: {peak} at once, {kept} kept", source.len());
    }

    let nested =
        |tag: &str, times| format!("<{tag}>").repeat(times) + &format!("</{tag}>").repeat(times);
    // Two names, two tags and the element; the state of the scanner must not grow with the depth.
    let (kept, _) = memory(&wxml, &nested("view", 10_000));
    assert!(kept <= 480 * 10_000, "10,000 deep: {} each", kept / 10_000);

    for (name, source) in [
        ("nested", nested("a", 1_000)),
        ("nested, of a rare name", nested("a-b", 1_000)),
        ("flat", "<a/>".repeat(1_000)),
        ("with an attribute", "<a b=\"c\"/>".repeat(1_000)),
    ] {
        let (ours, _) = memory(&wxml, &source);
        let (theirs, _) = memory(&html, &source);
        assert!(ours <= theirs, "{name}: {ours}, and {theirs} of tree-sitter-html");
    }
}

//! Template bytes → scanner and facts.

use miniguard::facts::Facts;
use miniguard::syntax::{Kind, Tree};
use miniguard::text::{Span, Text};

use super::{LONGEST, assert_fits, text};

/// Parses `input` as it is, and reads the facts of the text in it: every place is a place of the
/// text, and a tree that was made in two steps gives the facts of one made in one.
pub fn template(input: &[u8]) {
    let input = &input[..input.len().min(LONGEST)];
    let empty = Tree::parse(Kind::Template, "");
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&empty.root().expect("a tree").language()).expect("the same runtime");
    parser.parse(input, None).expect("a tree");

    let source = text(input);
    let facts = Facts::read(Kind::Template, &source);
    let template = facts.as_template().expect("a template's facts");
    for element in &template.elements {
        for span in [element.span, element.start_tag, element.tag_span] {
            assert_fits(span, &source);
        }
        for attribute in &element.attributes {
            assert_fits(attribute.span, &source);
            assert_fits(attribute.name_span, &source);
            if let Some(value) = &attribute.value {
                assert_fits(value.span, &source);
                value.candidates();
            }
        }
    }
    template.anomalies.iter().for_each(|anomaly| assert_fits(anomaly.span, &source));
    template.problems.iter().for_each(|problem| assert_fits(problem.span, &source));

    let half = (source.len() / 2..=source.len())
        .find(|at| source.is_char_boundary(*at))
        .unwrap_or(source.len());
    let mut typed = Text::new(&source[..half]);
    let mut tree = Tree::parse_text(Kind::Template, &typed);
    tree.edit(typed.replace(Span::at(half), &source[half..]));
    tree.reparse(&typed);
    assert!(Facts::of_tree(&tree, &source) == facts, "typed in two steps: {source:?}");
}

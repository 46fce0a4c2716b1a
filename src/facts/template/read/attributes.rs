//! The attributes of a tag. The names are told apart by the grammar; here they are only read.

use super::{Interpolation, expression, pieces, place};
use crate::facts::template::{AnomalyKind, Attribute, AttributeKind, AttributeValue};
use crate::syntax::Node;
use crate::text::Span;

/// The attributes of the start tag or self-closing tag `tag`, also those around which something is
/// wrong.
pub(super) fn of_tag(tag: Node<'_>, source: &str) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    for child in tag.children(&mut tag.walk()) {
        if child.is_error() {
            let inside = &mut child.walk();
            attributes.extend(child.children(inside).filter_map(|child| of_node(child, source)));
        } else {
            attributes.extend(of_node(child, source));
        }
    }
    attributes
}

/// What stands among the attributes of `tag` and is none.
pub(super) fn strangers(tag: Node<'_>) -> Vec<(AnomalyKind, Span)> {
    tag.children(&mut tag.walk())
        .filter_map(|child| match child.kind() {
            "comment" => Some((AnomalyKind::CommentInTag, place(child))),
            "interpolation" => Some((AnomalyKind::InterpolationInTag, place(child))),
            _ => None,
        })
        .collect()
}

/// `node` as an attribute; `None` when it is none.
fn of_node(node: Node<'_>, source: &str) -> Option<Attribute> {
    let kind = node.kind();
    if !matches!(kind, "attribute" | "control_attribute" | "event_attribute") {
        return None;
    }
    let name = place(node.child_by_field_name("name")?);
    let prefix = node.child_by_field_name("prefix").map(place);
    let name_span = Span::new(prefix.unwrap_or(name).start(), name.end());
    let text = |span: Span| -> Box<str> { span.of(source).into() };
    let kind = match (kind, prefix) {
        ("control_attribute", _) => AttributeKind::Control(text(name)),
        ("event_attribute", Some(prefix)) => {
            AttributeKind::Event { prefix: text(prefix), event: text(name) }
        }
        _ => AttributeKind::Plain,
    };
    Some(Attribute {
        kind,
        name: text(name_span),
        name_span,
        span: place(node),
        value: value(node, source),
    })
}

fn value(attribute: Node<'_>, source: &str) -> Option<AttributeValue> {
    let Some(value) = attribute.child_by_field_name("value") else {
        let equals = attribute.children(&mut attribute.walk()).find(|child| child.kind() == "=")?;
        return Some(AttributeValue { span: Span::at(equals.end_byte()), pieces: Vec::new() });
    };
    let mut interpolations = Vec::new();
    let mut span = place(value);
    match value.kind() {
        "interpolation" => interpolations.push(interpolation(value, source)),
        "quoted_attribute_value" => {
            for child in value.children(&mut value.walk()) {
                match child.kind() {
                    "interpolation" => interpolations.push(interpolation(child, source)),
                    "\"" | "'" if child.start_byte() == value.start_byte() => {
                        span = Span::new(child.end_byte(), span.end());
                    }
                    "\"" | "'" => span = Span::new(span.start(), child.start_byte()),
                    _ => {}
                }
            }
        }
        _ => {}
    }
    Some(AttributeValue { span, pieces: pieces::pieces(source, span, interpolations) })
}

fn interpolation(node: Node<'_>, source: &str) -> Interpolation {
    Interpolation { span: place(node), expression: expression::of_interpolation(node, source) }
}

//! Reads an expression's nodes. What stands around an error is not trusted, since the parser mends
//! `'b }}` by reading the name `b`; such an expression is unknown up to the node that holds the
//! error.

use super::place;
use crate::facts::template::{Entry, ExpressionKind, Item, TemplateExpression};
use crate::syntax::Node;
use crate::text::Span;

/// How deep expressions may stand in each other; what is deeper is unknown.
const DEEPEST: usize = 200;

/// What stands in an interpolation.
pub(super) fn of_interpolation(node: Node<'_>, source: &str) -> TemplateExpression {
    let inside = |kind| TemplateExpression { span: place(node), kind };
    if is_broken(node) {
        return inside(ExpressionKind::Unknown);
    }
    let content = node
        .named_children(&mut node.walk())
        .find(|child| !matches!(child.kind(), "block_comment" | "missing_delimiter"));
    match content {
        Some(content) => expression(content, source, 0),
        None => inside(ExpressionKind::Empty),
    }
}

/// Nodes that are what stands in them: parentheses, and what TypeScript says of a value.
const WRAPPERS: [&str; 4] =
    ["as_expression", "non_null_expression", "parenthesized_expression", "satisfies_expression"];

fn is_comment(node: Node<'_>) -> bool {
    matches!(node.kind(), "block_comment" | "comment")
}

/// Whether an error is among the children of `node`, or it is itself made up.
fn is_broken(node: Node<'_>) -> bool {
    node.is_missing()
        || node.is_error()
        || (node.has_error()
            && node.children(&mut node.walk()).any(|child| child.is_error() || child.is_missing()))
}

/// The expression `node` of a template whose expressions are JavaScript; the grammars name their
/// nodes alike.
pub fn expression_of_node(node: Node<'_>, source: &str) -> TemplateExpression {
    expression(node, source, 0)
}

fn expression(node: Node<'_>, source: &str, depth: usize) -> TemplateExpression {
    let span = place(node);
    if WRAPPERS.contains(&node.kind()) && depth < DEEPEST && !is_broken(node) {
        let inner = node.named_children(&mut node.walk()).find(|child| !is_comment(*child));
        if let Some(inner) = inner {
            return expression(inner, source, depth + 1);
        }
    }
    let kind = if depth >= DEEPEST || is_broken(node) {
        ExpressionKind::Unknown
    } else {
        kind(node, source, depth + 1).unwrap_or(ExpressionKind::Unknown)
    };
    TemplateExpression { span, kind }
}

/// What the sound node `node` is; `None` for a node that is no expression. `depth` is that of its
/// operands.
fn kind(node: Node<'_>, source: &str, depth: usize) -> Option<ExpressionKind> {
    let text = |span: Span| -> Box<str> { span.of(source).into() };
    let operand =
        |field: &str| Some(Box::new(expression(node.child_by_field_name(field)?, source, depth)));
    let operator = || Some(text(place(node.child_by_field_name("operator")?)));
    Some(match node.kind() {
        "identifier" => ExpressionKind::Name(text(place(node))),
        "string" => ExpressionKind::String(string(node, source)),
        "number" => ExpressionKind::Number(text(place(node))),
        "true" => ExpressionKind::Bool(true),
        "false" => ExpressionKind::Bool(false),
        "null" => ExpressionKind::Null,
        "undefined" => ExpressionKind::Undefined,
        "member_expression" => {
            let property = place(node.child_by_field_name("property")?);
            ExpressionKind::Member {
                object: operand("object")?,
                property: text(property),
                property_span: property,
            }
        }
        "subscript_expression" => {
            ExpressionKind::Index { object: operand("object")?, index: operand("index")? }
        }
        "call_expression" => {
            let arguments = node.child_by_field_name("arguments")?;
            if is_broken(arguments) {
                return None;
            }
            let arguments = items(arguments, source, depth);
            ExpressionKind::Call { function: operand("function")?, arguments }
        }
        "unary_expression" => {
            ExpressionKind::Unary { operator: operator()?, argument: operand("argument")? }
        }
        "binary_expression" => ExpressionKind::Binary {
            operator: operator()?,
            left: operand("left")?,
            right: operand("right")?,
        },
        "ternary_expression" => ExpressionKind::Conditional {
            condition: operand("condition")?,
            consequence: operand("consequence")?,
            alternative: operand("alternative")?,
        },
        "template_string" => joined(node, source, depth)?,
        "array" => ExpressionKind::Array(items(node, source, depth)),
        "object" => ExpressionKind::Object(entries(node, source, depth)),
        "inner_object" => ExpressionKind::InnerObject(entries(node, source, depth)),
        _ => return None,
    })
}

/// A template literal as what it is short for: `'a' + b + 'c'`.
fn joined(node: Node<'_>, source: &str, depth: usize) -> Option<ExpressionKind> {
    let mut whole: Option<TemplateExpression> = None;
    // Also where it begins with an expression, it is a text.
    let empty = TemplateExpression {
        span: Span::at(node.start_byte()),
        kind: ExpressionKind::String(Box::default()),
    };
    for (at, part) in node.named_children(&mut node.walk()).enumerate() {
        let next = match part.kind() {
            "template_substitution" if depth < DEEPEST => {
                expression(part.named_child(0)?, source, depth)
            }
            "string_fragment" => {
                let text = place(part).of(source).into();
                TemplateExpression { span: place(part), kind: ExpressionKind::String(text) }
            }
            "escape_sequence" => {
                let text = String::from_utf16_lossy(&escaped(place(part).of(source))).into();
                TemplateExpression { span: place(part), kind: ExpressionKind::String(text) }
            }
            _ => return None,
        };
        let left = match whole.take() {
            Some(left) if at < DEEPEST => left,
            Some(_) => return None,
            None => empty.clone(),
        };
        let span = Span::new(node.start_byte(), next.span.end());
        let (left, right) = (Box::new(left), Box::new(next));
        let kind = ExpressionKind::Binary { operator: "+".into(), left, right };
        whole = Some(TemplateExpression { span, kind });
    }
    Some(whole.map_or(empty.kind, |whole| whole.kind))
}

/// The elements of an array, or the arguments of a call.
fn items(node: Node<'_>, source: &str, depth: usize) -> Vec<Item> {
    let mut items = Vec::new();
    let mut after_comma = true;
    for child in node.children(&mut node.walk()) {
        match child.kind() {
            "[" | "]" | "(" | ")" | "block_comment" | "comment" => {}
            "," => {
                if after_comma {
                    items.push(Item::Hole);
                }
                after_comma = true;
            }
            kind => {
                let spread = kind == "spread_element";
                items.push(if spread {
                    Item::Spread(spread_expression(child, source, depth))
                } else {
                    Item::Value(expression(child, source, depth))
                });
                after_comma = false;
            }
        }
    }
    items
}

/// The entries of an object.
fn entries(node: Node<'_>, source: &str, depth: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for child in node.named_children(&mut node.walk()) {
        match child.kind() {
            "pair" => {
                let key_span = child.child_by_field_name("key").map(place).unwrap_or_default();
                let value = match child.child_by_field_name("value") {
                    Some(value) if !is_broken(child) => expression(value, source, depth),
                    _ => TemplateExpression { span: place(child), kind: ExpressionKind::Unknown },
                };
                entries.push(Entry::Pair { key: key_span.of(source).into(), key_span, value });
            }
            "shorthand_property_identifier" => {
                let span = place(child);
                entries.push(Entry::Shorthand { name: span.of(source).into(), span });
            }
            "spread_element" => {
                entries.push(Entry::Spread(spread_expression(child, source, depth)));
            }
            _ => {}
        }
    }
    entries
}

fn spread_expression(node: Node<'_>, source: &str, depth: usize) -> TemplateExpression {
    let inner = node.named_children(&mut node.walk()).find(|child| !is_comment(*child));
    match inner {
        Some(inner) if !is_broken(node) => expression(inner, source, depth),
        _ => TemplateExpression { span: place(node), kind: ExpressionKind::Unknown },
    }
}

/// What a string says.
fn string(node: Node<'_>, source: &str) -> Box<str> {
    // UTF-16, as two escapes may make one character.
    let mut units: Vec<u16> = Vec::new();
    for part in node.named_children(&mut node.walk()) {
        let text = place(part).of(source);
        if part.kind() == "escape_sequence" {
            units.extend(escaped(text));
        } else {
            units.extend(text.encode_utf16());
        }
    }
    String::from_utf16_lossy(&units).into()
}

/// The code units that an escape sequence stands for.
fn escaped(sequence: &str) -> Vec<u16> {
    let inner = sequence.strip_prefix('\\').unwrap_or(sequence);
    let (first, rest) = inner.split_at_checked(1).unwrap_or((inner, ""));
    let unit = match first {
        "n" => Some(0x0a),
        "t" => Some(0x09),
        "r" => Some(0x0d),
        "b" => Some(0x08),
        "f" => Some(0x0c),
        "v" => Some(0x0b),
        "u" | "x" => u16::from_str_radix(rest, 16).ok(),
        "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" => u16::from_str_radix(inner, 8).ok(),
        // An escaped line end is no character.
        "\n" | "\r" => return Vec::new(),
        _ => None,
    };
    unit.map_or_else(|| inner.encode_utf16().collect(), |unit| vec![unit])
}

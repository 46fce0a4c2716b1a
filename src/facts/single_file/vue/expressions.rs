//! The expressions of a Vue template, all of them in one parse: the text with everything else
//! blank, each expression in parentheses, each handler in braces. Invariant: an expression with an
//! error never changes how another one is read.

use super::Parses;
use crate::facts::conditional::push_blank;
use crate::facts::template::{ExpressionKind, TemplateExpression, expression_of_node};
use crate::syntax::{Dialect, Grammar, Node, Tree};
use crate::text::Span;

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExpressionSite {
    /// The expression, without quotes or braces.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: SiteKind,
}

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SiteKind {
    /// A value.
    Value,
    /// The handler of an event: a function, or statements.
    Handler,
}

/// What an expression says.
#[derive(Clone, Debug)]
pub(super) struct ReadExpression {
    /// The expression.
    pub(super) expression: TemplateExpression,
    /// For a handler: the names of the methods that it calls, in document order.
    pub(super) called: Vec<Span>,
}

/// Reads the expressions at `sites`, which are sorted and do not overlap. O(n).
pub(super) fn read_all(
    source: &str,
    sites: &[ExpressionSite],
    dialect: Dialect,
    parses: &mut Parses<'_>,
) -> Vec<ReadExpression> {
    if sites.is_empty() {
        return Vec::new();
    }
    let grammar = Grammar::Script(dialect);
    let text = expression_text(source, sites);
    let tree = parses.parse(grammar, text.clone());
    let mut read: Vec<Option<ReadExpression>> = sites.iter().map(|_| None).collect();
    if let Some(root) = tree.root() {
        let mut next = 0;
        for statement in root.children(&mut root.walk()) {
            let start = statement.start_byte() + 1;
            while sites.get(next).is_some_and(|site| site.span.start() < start) {
                next += 1;
            }
            let Some(site) = sites.get(next).filter(|site| site.span.start() == start) else {
                continue;
            };
            // A statement may reach to the next `;`, so the marks tell where it ends.
            let marked =
                if site.kind == SiteKind::Value { statement.child(0) } else { Some(statement) };
            if let Some(slot) = read.get_mut(next)
                && !statement.has_error()
                && marked.is_some_and(|marked| marked.end_byte() == site.span.end() + 1)
            {
                *slot = Some(read_site(source, *site, statement));
            }
        }
    }
    let alone = |site: &ExpressionSite| {
        let whole = Span::new(site.span.start() - 1, site.span.end() + 1);
        let tree = Tree::parse_within(grammar, &text, whole);
        let statement = tree.root().and_then(|root| root.named_child(0));
        statement.map_or_else(|| unknown(site.span), |one| read_site(source, *site, one))
    };
    sites.iter().zip(read).map(|(site, read)| read.unwrap_or_else(|| alone(site))).collect()
}

fn unknown(span: Span) -> ReadExpression {
    let expression = TemplateExpression { span, kind: ExpressionKind::Unknown };
    ReadExpression { expression, called: Vec::new() }
}

/// `source` with everything blank but the expressions: `;(a)`, `;{b()}`.
fn expression_text(source: &str, sites: &[ExpressionSite]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for site in sites {
        let (open, close) = marks(source, *site);
        // There are two bytes before an expression, as `="`, `{{` or a name and `=`; after it there
        // is one.
        let before = site.span.start().saturating_sub(2);
        if before < at || !source.is_char_boundary(before) || source.len() <= site.span.end() {
            continue;
        }
        push_blank(&mut text, source.get(at..before).unwrap_or(""));
        text.push_str(open);
        text.push_str(site.span.of(source));
        text.push(close);
        // The byte may be the first of a longer character.
        at = site.span.end() + 1;
        while !source.is_char_boundary(at) {
            text.push(' ');
            at += 1;
        }
    }
    push_blank(&mut text, source.get(at..).unwrap_or(""));
    text
}

fn marks(source: &str, site: ExpressionSite) -> (&'static str, char) {
    let text = site.span.of(source).trim_start();
    let is_function = text.starts_with("function") || text.starts_with("async function");
    match site.kind {
        SiteKind::Handler if !is_function => (";{", '}'),
        _ => (";(", ')'),
    }
}

/// What `statement`, the site with its marks, says.
fn read_site(source: &str, site: ExpressionSite, statement: Node<'_>) -> ReadExpression {
    match site.kind {
        SiteKind::Value => ReadExpression {
            expression: statement.named_child(0).map_or_else(
                || unknown(site.span).expression,
                |node| expression_of_node(node, source),
            ),
            called: Vec::new(),
        },
        SiteKind::Handler => {
            ReadExpression { called: called(source, statement), ..unknown(site.span) }
        }
    }
}

/// The names of the functions that the handler `statement` is or calls: `go`, `go(x)`, `() => {
/// a(); b() }`, `this.go()`.
fn called(source: &str, statement: Node<'_>) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut add = |node: Node<'_>| {
        let span = match node.kind() {
            "identifier" => place(node),
            "member_expression" => {
                match (node.child_by_field_name("object"), node.child_by_field_name("property")) {
                    (Some(object), Some(property)) if object.kind() == "this" => place(property),
                    _ => return,
                }
            }
            _ => return,
        };
        let is_known = |one: &Span| one.of(source) == span.of(source);
        if !found.iter().any(is_known) {
            found.push(span);
        }
    };
    let mut cursor = statement.walk();
    let mut depth = 0_u32;
    loop {
        let node = cursor.node();
        match node.kind() {
            "call_expression" => {
                if let Some(function) = node.child_by_field_name("function") {
                    add(function);
                }
                // A function that is handed on runs, too: `debounce(go)`.
                if let Some(arguments) = node.child_by_field_name("arguments") {
                    for argument in arguments.named_children(&mut arguments.walk()) {
                        if argument.kind() == "member_expression" {
                            add(argument);
                        }
                    }
                }
            }
            "expression_statement" => {
                if let Some(inner) = node.named_child(0) {
                    add(inner);
                }
            }
            _ => {}
        }
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        loop {
            if depth == 0 {
                return found;
            }
            if cursor.goto_next_sibling() {
                break;
            }
            cursor.goto_parent();
            depth -= 1;
        }
    }
}

fn place(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}

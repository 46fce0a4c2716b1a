//! The template of a `.vue` file as the facts of a template: directives become what they are in
//! WXML (`@click` binds `tap`, `v-if` is a control attribute, `:x` an expression), names are
//! spelled with hyphens. Invariant: every place is one of the `.vue` file; what no directive of the
//! language is stays as it is written.

mod directive;
mod expressions;
mod mask;

use super::parses::Parses;
use crate::facts::template::{
    Attribute, AttributeKind, AttributeValue, Element, Piece, TemplateFacts, TextRun,
};
use crate::facts::{Comment, hyphenated};
use crate::syntax::{Dialect, Grammar, Node};
use crate::text::Span;
use directive::{Directive, directive};
use expressions::{ExpressionSite, ReadExpression, SiteKind, read_all};

/// Reads the template in `section` of the preprocessed text `source`; the expressions are of
/// `dialect`. O(n).
pub(super) fn read(
    source: &str,
    section: Span,
    dialect: Dialect,
    parses: &mut Parses<'_>,
) -> TemplateFacts {
    let (markup, interpolations) = mask::markup(source, section);
    let tree = parses.parse(Grammar::Html, markup);
    let mut walk = Walk { source, facts: TemplateFacts::default(), open: Vec::new(), text: None };
    if let Some(root) = tree.root() {
        walk.run(root);
    }
    let Walk { facts, .. } = walk;
    finish(source, facts, &interpolations, dialect, parses)
}

/// The markup of a template, before its expressions are read.
struct Walk<'s> {
    source: &'s str,
    facts: TemplateFacts,
    /// The elements around the node that is visited, outermost first: index and depth.
    open: Vec<(u32, u32)>,
    /// The text that the last node visited belongs to.
    text: Option<Span>,
}

impl Walk<'_> {
    fn run(&mut self, root: Node<'_>) {
        let mut cursor = root.walk();
        let mut depth: u32 = 0;
        loop {
            let enters = self.enter(cursor.node(), depth);
            if enters && cursor.goto_first_child() {
                depth += 1;
                continue;
            }
            loop {
                if self.open.last().is_some_and(|open| open.1 == depth) {
                    self.end_text();
                    self.open.pop();
                }
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    self.end_text();
                    return;
                }
                depth = depth.saturating_sub(1);
            }
        }
    }

    /// Reads `node`; whether its children are to be visited.
    fn enter(&mut self, node: Node<'_>, depth: u32) -> bool {
        match node.kind() {
            "text" | "entity" => {
                let start = self.text.map_or(node.start_byte(), Span::start);
                self.text = Some(Span::new(start, node.end_byte()));
                return false;
            }
            "comment" => {
                self.end_text();
                self.facts.remarks.push(place(node));
                self.facts.comments.extend(Comment::read(place(node), self.source));
            }
            "element" | "script_element" | "style_element" => {
                self.end_text();
                let index = self.add_element(place(node));
                self.open.push((index, depth));
                return true;
            }
            "start_tag" | "self_closing_tag" => self.tag(node, depth),
            "end_tag" => {
                self.end_text();
                let open = self.open.last().filter(|open| open.1 + 1 == depth);
                if let Some(&(index, _)) = open
                    && let Some(element) = self.facts.elements.get_mut(index as usize)
                {
                    element.end_tag = Some(place(node));
                }
            }
            "document" | "ERROR" => return true,
            _ => self.end_text(),
        }
        false
    }

    fn add_element(&mut self, span: Span) -> u32 {
        let index = u32::try_from(self.facts.elements.len()).unwrap_or(u32::MAX);
        self.facts.elements.push(Element {
            tag: Box::default(),
            tag_span: Span::at(span.start()),
            start_tag: Span::at(span.start()),
            span,
            end_tag: None,
            parent: self.open.last().map(|open| open.0),
            attributes: Vec::new(),
        });
        index
    }

    /// Reads a start tag. One that the parser left without an element becomes one of its own.
    fn tag(&mut self, node: Node<'_>, depth: u32) {
        self.end_text();
        let index = match self.open.last().filter(|open| open.1 + 1 == depth) {
            Some(&(index, _)) => index,
            None => self.add_element(place(node)),
        };
        let mut attributes = Vec::new();
        let mut name = None;
        for child in node.children(&mut node.walk()) {
            match child.kind() {
                "tag_name" => name = Some(place(child)),
                "attribute" => attributes.extend(attribute(child, self.source)),
                _ => {}
            }
        }
        let Some(element) = self.facts.elements.get_mut(index as usize) else { return };
        let name = name.unwrap_or(Span::at(node.start_byte()));
        element.tag = hyphenated(name.of(self.source)).into();
        element.tag_span = name;
        element.start_tag = place(node);
        element.attributes = attributes;
    }

    /// Keeps the text that ends before the node that is visited, unless it is white space.
    fn end_text(&mut self) {
        let Some(span) = self.text.take() else { return };
        let parent = self.open.last().map(|open| open.0);
        self.facts.texts.push(TextRun { parent, span, pieces: Vec::new() });
    }
}

/// An attribute as written: a plain one, with its value as a literal.
fn attribute(node: Node<'_>, source: &str) -> Option<Attribute> {
    let mut name = None;
    let mut value = None;
    for child in node.children(&mut node.walk()) {
        match child.kind() {
            "attribute_name" => name = Some(place(child)),
            "attribute_value" => value = Some(place(child)),
            "quoted_attribute_value" => {
                let whole = place(child);
                let end = whole.end().saturating_sub(1);
                value = Some(Span::new(whole.start() + 1, end));
            }
            _ => {}
        }
    }
    let name_span = name?;
    Some(Attribute {
        kind: AttributeKind::Plain,
        name: name_span.of(source).into(),
        name_span,
        span: place(node),
        value: value.map(|span| literal(source, span)),
    })
}

/// The value `span` as plain characters.
fn literal(source: &str, span: Span) -> AttributeValue {
    let text = span.of(source);
    let piece = Piece::Literal { text: text.into(), span };
    AttributeValue { span, pieces: if text.is_empty() { Vec::new() } else { vec![piece] } }
}

/// Replaces directives by what they mean, and reads all expressions in one parse.
fn finish(
    source: &str,
    mut facts: TemplateFacts,
    interpolations: &[Span],
    dialect: Dialect,
    parses: &mut Parses<'_>,
) -> TemplateFacts {
    let mut sites: Vec<ExpressionSite> = interpolations
        .iter()
        .map(|span| ExpressionSite { span: inside(*span), kind: SiteKind::Value })
        .collect();
    let mut written: Vec<Vec<Directive>> = Vec::with_capacity(facts.elements.len());
    for element in &facts.elements {
        let of_attribute = |attribute: &Attribute| directive(&element.tag, attribute, source);
        let directives: Vec<Directive> = element.attributes.iter().map(of_attribute).collect();
        sites.extend(directives.iter().filter_map(Directive::site));
        written.push(directives);
    }
    sites.sort_by_key(|site| site.span);
    sites.dedup_by_key(|site| site.span);
    let read = read_all(source, &sites, dialect, parses);
    let found = |span: Span| {
        let at = sites.binary_search_by_key(&span, |site| site.span).ok()?;
        read.get(at)
    };
    for (element, directives) in facts.elements.iter_mut().zip(written) {
        let plain = std::mem::take(&mut element.attributes);
        for (attribute, directive) in plain.into_iter().zip(directives) {
            directive.add_to(&mut element.attributes, attribute, source, &found);
        }
    }
    for text in &mut facts.texts {
        text.pieces = pieces(source, text.span, interpolations, &found);
    }
    facts
}

/// What stands between the braces of an interpolation.
fn inside(interpolation: Span) -> Span {
    Span::new(interpolation.start() + 2, interpolation.end().saturating_sub(2))
}

/// The pieces of the text `span`.
fn pieces<'r>(
    source: &str,
    span: Span,
    interpolations: &[Span],
    found: &impl Fn(Span) -> Option<&'r ReadExpression>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = span.start();
    let literal = |from: usize, to: usize| {
        let span = Span::new(from, to);
        (!span.is_empty()).then(|| Piece::Literal { text: span.of(source).into(), span })
    };
    let first = interpolations.partition_point(|one| one.start() < span.start());
    for &one in interpolations.iter().skip(first).take_while(|one| one.end() <= span.end()) {
        let Some(read) = found(inside(one)) else { continue };
        pieces.extend(literal(at, one.start()));
        at = one.end();
        pieces.push(Piece::Expression { expression: read.expression.clone(), span: one });
    }
    pieces.extend(literal(at, span.end()));
    pieces
}

/// The place of a node.
fn place(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}

#[cfg(test)]
mod tests;

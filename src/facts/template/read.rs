//! Reads a template's tree. One walk with a cursor, without recursion, since elements may nest
//! without bound; only expressions are read recursively, and these to a limited depth.

mod anomalies;
mod attributes;
mod expression;
mod pieces;

pub use expression::expression_of_node;

use super::{Anomaly, AnomalyKind, Element, TemplateFacts, TextRun, WxsModule};
use crate::facts::{Comment, SyntaxProblem};
use crate::syntax::{Node, Tree};
use crate::text::Span;

/// Reads the facts of a template. O(n); every text has facts.
pub fn read(tree: &Tree, source: &str) -> TemplateFacts {
    let mut walk = Walk {
        source,
        facts: TemplateFacts::default(),
        above: Vec::new(),
        open: Vec::new(),
        text: None,
    };
    if let Some(root) = tree.root() {
        walk.run(root);
    }
    let mut facts = walk.facts;
    facts.anomalies.extend(anomalies::of_facts(&facts, source));
    facts.anomalies.sort_by_key(|anomaly| (anomaly.span, anomaly.kind));
    facts.anomalies.dedup();
    facts
}

struct Walk<'s, 't> {
    source: &'s str,
    facts: TemplateFacts,
    /// The kinds of the nodes around the node that is visited, outermost first.
    above: Vec<&'t str>,
    /// The elements around the node that is visited, outermost first.
    open: Vec<OpenElement>,
    /// The text that the last node visited belongs to.
    text: Option<OpenText>,
}

struct OpenElement {
    index: u32,
    /// How deep its node stands in the tree.
    depth: u32,
}

struct OpenText {
    span: Span,
    interpolations: Vec<Interpolation>,
}

/// An interpolation that is read already.
struct Interpolation {
    span: Span,
    expression: super::TemplateExpression,
}

impl<'t> Walk<'_, 't> {
    fn run(&mut self, root: Node<'t>) {
        let mut cursor = root.walk();
        // Counted here, as the cursor's own depth costs as much as it says.
        let mut depth: u32 = 0;
        // The depth of the tag, text or script that is visited, and of the largest problem around
        // the node.
        let mut part: Option<u32> = None;
        let mut problem: Option<u32> = None;
        loop {
            let node = cursor.node();
            if problem.is_none() && self.note_problem(node, depth) {
                problem = Some(depth);
            }
            if part.is_none() && self.enter(node, depth) {
                part = Some(depth);
            }
            if node.kind() == "comment" {
                self.facts.remarks.push(place(node));
                self.facts.comments.extend(Comment::read(place(node), self.source));
            }
            if cursor.goto_first_child() {
                self.above.push(node.kind());
                depth += 1;
                continue;
            }
            loop {
                part = part.filter(|part| *part < depth);
                problem = problem.filter(|problem| *problem < depth);
                if self.open.last().is_some_and(|open| open.depth == depth) {
                    self.end_text();
                    self.close();
                }
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    self.end_text();
                    self.facts.problems.sort_by_key(|problem| (problem.span, problem.missing));
                    self.facts.problems.dedup();
                    return;
                }
                self.above.pop();
                depth = depth.saturating_sub(1);
            }
        }
    }

    /// Notes what is wrong with `node`; whether what is wrong inside it is part of that.
    fn note_problem(&mut self, node: Node<'_>, depth: u32) -> bool {
        let missing = node.is_missing() || node.kind() == "missing_delimiter";
        // A root that is an error says nothing about where.
        let wrong = (node.is_error() && depth > 0) || node.kind() == "erroneous_end_tag";
        if missing || wrong {
            let mut span = place(node);
            if span.is_empty() {
                // Where it should be typed, not where the next thing stands.
                let before = self.source.get(..span.start()).unwrap_or("");
                span = Span::at(before.trim_ascii_end().len());
            }
            self.facts.problems.push(SyntaxProblem { span, missing });
            let kind = match (node.kind(), self.above.last().copied()) {
                ("missing_delimiter", Some("interpolation")) => AnomalyKind::MissingBraces,
                ("missing_delimiter", Some("quoted_attribute_value")) => AnomalyKind::MissingQuote,
                ("missing_delimiter", _) => {
                    let rest = self.source.get(span.end()..).unwrap_or("");
                    AnomalyKind::MissingTagEnd(rest.trim_ascii_start().is_empty())
                }
                ("erroneous_end_tag", _) => AnomalyKind::StrayEndTag,
                _ => AnomalyKind::Unreadable,
            };
            self.anomaly(kind, span);
        }
        missing || wrong
    }

    /// Notes an anomaly of the innermost element.
    fn anomaly(&mut self, kind: AnomalyKind, span: Span) {
        let element = self.open.last().map(|open| open.index).filter(|&index| {
            self.facts.elements.get(index as usize).is_some_and(|element| {
                element.start_tag.is_empty() || element.start_tag.touches(span)
            })
        });
        self.facts.anomalies.push(Anomaly { kind, span, element });
    }

    /// Reads `node`, which stands outside tags and texts; whether what is inside is read with it.
    fn enter(&mut self, node: Node<'_>, depth: u32) -> bool {
        match node.kind() {
            "text" | "entity" => self.add_text(place(node), None),
            "interpolation" => {
                let expression = expression::of_interpolation(node, self.source);
                let span = place(node);
                self.add_text(span, Some(Interpolation { span, expression }));
            }
            "element" | "wxs_element" => {
                self.end_text();
                let index = self.add_element(place(node));
                self.open.push(OpenElement { index, depth });
                if node.kind() == "wxs_element" {
                    self.facts.wxs.push(WxsModule {
                        module: None,
                        src: None,
                        body: None,
                        element: index,
                    });
                }
                return false;
            }
            "start_tag" | "self_closing_tag" => self.tag(node, depth),
            "end_tag" => {
                self.end_text();
                if let Some(element) = self.element_at(depth) {
                    element.end_tag = Some(place(node));
                }
            }
            "raw_text" => {
                let span = place(node);
                if let Some(module) = self.facts.wxs.last_mut()
                    && !span.of(self.source).trim_ascii().is_empty()
                {
                    module.body = Some(span);
                }
            }
            "document" | "ERROR" => return false,
            "meta_tag" => {
                self.end_text();
                self.anomaly(AnomalyKind::MetaTag, place(node));
            }
            _ => self.end_text(),
        }
        true
    }

    fn add_element(&mut self, span: Span) -> u32 {
        let index = u32::try_from(self.facts.elements.len()).unwrap_or(u32::MAX);
        let parent = self.parent();
        self.facts.elements.push(Element {
            tag: Box::default(),
            tag_span: Span::at(span.start()),
            start_tag: Span::at(span.start()),
            span,
            end_tag: None,
            parent,
            attributes: Vec::new(),
        });
        index
    }

    fn parent(&self) -> Option<u32> {
        self.open.last().map(|open| open.index)
    }

    /// The element whose node is the parent of one at `depth`.
    fn element_at(&mut self, depth: u32) -> Option<&mut Element> {
        let open = self.open.last().filter(|open| open.depth + 1 == depth)?;
        self.facts.elements.get_mut(open.index as usize)
    }

    /// Reads a start tag or self-closing tag. One that the parser left without an element becomes
    /// one of its own.
    fn tag(&mut self, node: Node<'_>, depth: u32) {
        self.end_text();
        if self.element_at(depth).is_none() {
            self.add_element(place(node));
        }
        let source = self.source;
        let attributes = attributes::of_tag(node, source);
        for (kind, span) in attributes::strangers(node) {
            self.anomaly(kind, span);
        }
        let element = match self.open.last().filter(|open| open.depth + 1 == depth) {
            Some(open) => self.facts.elements.get_mut(open.index as usize),
            None => self.facts.elements.last_mut(),
        };
        let Some(element) = element else { return };
        let name = node.child_by_field_name("name").map_or(Span::at(node.start_byte()), place);
        element.tag = name.of(source).into();
        element.tag_span = name;
        element.start_tag = place(node);
        element.attributes = attributes;
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let Some(element) = self.facts.elements.get(open.index as usize) else { return };
        if element.end_tag.is_none() && !element.start_tag.of(self.source).ends_with("/>") {
            let span = element.tag_span;
            self.facts.problems.push(SyntaxProblem { span, missing: true });
            let element = Some(open.index);
            self.facts.anomalies.push(Anomaly {
                kind: AnomalyKind::UnclosedElement,
                span,
                element,
            });
        }
        let literal = |name: &str| Some(element.attribute(name)?.value.as_ref()?.literal()?.into());
        if let Some(module) = self.facts.wxs.last_mut()
            && module.element == open.index
        {
            module.module = literal("module");
            module.src = literal("src");
        }
    }

    fn add_text(&mut self, span: Span, interpolation: Option<Interpolation>) {
        let text = self.text.get_or_insert_with(|| OpenText { span, interpolations: Vec::new() });
        text.span = Span::new(text.span.start(), span.end());
        text.interpolations.extend(interpolation);
    }

    /// Keeps the text that ends before the node that is visited, unless it is white space.
    fn end_text(&mut self) {
        let Some(text) = self.text.take() else { return };
        if text.interpolations.is_empty() && text.span.of(self.source).trim().is_empty() {
            return;
        }
        let pieces = pieces::pieces(self.source, text.span, text.interpolations);
        self.facts.texts.push(TextRun { parent: self.parent(), span: text.span, pieces });
    }
}

/// The place of a node.
fn place(node: Node<'_>) -> Span {
    Span::new(node.start_byte(), node.end_byte())
}

#[cfg(test)]
mod tests;

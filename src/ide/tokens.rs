//! What each word of a template is, for editors that colour by meaning. A word is coloured by what
//! the program makes of it – a declared component is a class, a wxs module a namespace – and what
//! is not known keeps no colour.

use std::collections::BTreeSet;

use crate::facts::TemplateFacts;
use crate::facts::template::{
    AttributeKind, Element, Entry, ExpressionKind, Handler, Item, Piece, TemplateExpression,
};
use crate::ide::definition::tag_spans;
use crate::ide::handlers::names_in;
use crate::path::FilePath;
use crate::project::{Files, Project};
use crate::text::Span;

/// A word, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// A tag of the platform's.
    Tag,
    /// A declared component's tag.
    Component,
    /// `wx:if`, `import`, `true`: of the language itself.
    Keyword,
    /// An attribute, or a property in an expression.
    Property,
    /// An event that is bound.
    Event,
    /// A handler, or a function of a wxs module.
    Method,
    /// A wxs module.
    Module,
    /// A name in an expression.
    Variable,
    /// Literal text in a value.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
}

impl TokenKind {
    /// All kinds, in the order in which they are numbered.
    pub const ALL: [Self; 11] = [
        Self::Tag,
        Self::Component,
        Self::Keyword,
        Self::Property,
        Self::Event,
        Self::Method,
        Self::Module,
        Self::Variable,
        Self::String,
        Self::Number,
        Self::Comment,
    ];
}

/// Tags that say how a template is put together.
const KEYWORDS: [&str; 6] = ["block", "import", "include", "slot", "template", "wxs"];

/// How deep an expression is followed.
const DEPTH: u32 = 64;

/// The tokens of the template at `path`, in document order, none within another; `None` for any
/// other file.
pub fn tokens(files: &Files, path: &FilePath) -> Option<Vec<Token>> {
    let facts = files.template(path)?;
    let mut search = Search { facts, components: components(files, path), found: Vec::new() };
    for element in &facts.elements {
        search.element(element);
    }
    for text in &facts.texts {
        search.expressions(&text.pieces);
    }
    for &remark in &facts.remarks {
        search.add(remark, TokenKind::Comment);
    }
    let mut found = search.found;
    found.sort();
    let mut end = 0;
    // In broken text things may overlap: the first counts.
    found.retain(|token| {
        let follows = token.span.start() >= end;
        if follows {
            end = token.span.end();
        }
        follows
    });
    Some(found)
}

/// The tags that stand for components in the template.
fn components(files: &Files, path: &FilePath) -> BTreeSet<Box<str>> {
    let project = Project::resolve(files);
    let Some(program) = project.program_of(path) else { return BTreeSet::new() };
    let owners = program.owners_of_template(files, path);
    let own = owners.iter().flat_map(|owner| program.components_of(files, owner));
    own.chain(program.global_components(files)).map(|edge| edge.tag).collect()
}

struct Search<'a> {
    facts: &'a TemplateFacts,
    components: BTreeSet<Box<str>>,
    found: Vec<Token>,
}

impl Search<'_> {
    fn add(&mut self, span: Span, kind: TokenKind) {
        if !span.is_empty() {
            self.found.push(Token { span, kind });
        }
    }

    fn element(&mut self, element: &Element) {
        let kind = if KEYWORDS.contains(&&*element.tag) {
            TokenKind::Keyword
        } else if self.components.contains(&element.tag) {
            TokenKind::Component
        } else {
            TokenKind::Tag
        };
        for span in tag_spans(element) {
            self.add(span, kind);
        }
        for attribute in &element.attributes {
            let kind = match attribute.kind {
                AttributeKind::Plain => TokenKind::Property,
                AttributeKind::Control(_) => TokenKind::Keyword,
                AttributeKind::Event { .. } => TokenKind::Event,
            };
            self.add(attribute.name_span, kind);
            let Some(value) = &attribute.value else { continue };
            if kind != TokenKind::Event {
                self.values(&value.pieces);
            }
        }
        for event in element.events(0) {
            let names = names_in(event.handler);
            for (_, span) in &names {
                self.add(*span, TokenKind::Method);
            }
            if let Handler::Computed(value) = event.handler {
                self.expressions(&value.pieces);
            }
        }
    }

    /// Literal pieces and expressions.
    fn values(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Literal { span, .. } = piece {
                self.add(*span, TokenKind::String);
            }
        }
        self.expressions(pieces);
    }

    fn expressions(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            if let Piece::Expression { expression, .. } = piece {
                self.expression(expression, false, DEPTH);
            }
        }
    }

    /// `called`: whether the expression is the function of a call.
    fn expression(&mut self, expression: &TemplateExpression, called: bool, depth: u32) {
        let Some(depth) = depth.checked_sub(1) else { return };
        let span = expression.span;
        match &expression.kind {
            ExpressionKind::Unknown | ExpressionKind::Empty => {}
            ExpressionKind::Undefined | ExpressionKind::Null | ExpressionKind::Bool(_) => {
                self.add(span, TokenKind::Keyword);
            }
            ExpressionKind::Number(_) => self.add(span, TokenKind::Number),
            // The name of a handler is one already.
            ExpressionKind::String(_) if self.holds_method(span) => {}
            ExpressionKind::String(_) => self.add(span, TokenKind::String),
            ExpressionKind::Name(name) => {
                let kind = if self.facts.wxs_module(name).is_some() {
                    TokenKind::Module
                } else {
                    TokenKind::Variable
                };
                self.add(span, kind);
            }
            ExpressionKind::Member { object, property_span, .. } => {
                self.expression(object, false, depth);
                let kind = if called { TokenKind::Method } else { TokenKind::Property };
                self.add(*property_span, kind);
            }
            ExpressionKind::Index { object, index } => {
                self.expression(object, false, depth);
                self.expression(index, false, depth);
            }
            ExpressionKind::Call { function, arguments } => {
                self.expression(function, true, depth);
                self.items(arguments, depth);
            }
            ExpressionKind::Unary { argument, .. } => self.expression(argument, false, depth),
            ExpressionKind::Binary { left, right, .. } => {
                self.expression(left, false, depth);
                self.expression(right, false, depth);
            }
            ExpressionKind::Conditional { condition, consequence, alternative } => {
                for part in [condition, consequence, alternative] {
                    self.expression(part, false, depth);
                }
            }
            ExpressionKind::Array(items) => self.items(items, depth),
            ExpressionKind::Object(entries) | ExpressionKind::InnerObject(entries) => {
                for entry in entries {
                    match entry {
                        Entry::Pair { key_span, value, .. } => {
                            self.add(*key_span, TokenKind::Property);
                            self.expression(value, false, depth);
                        }
                        Entry::Shorthand { span, .. } => self.add(*span, TokenKind::Variable),
                        Entry::Spread(value) => self.expression(value, false, depth),
                    }
                }
            }
        }
    }

    fn holds_method(&self, span: Span) -> bool {
        // An event's names are found right after it, before the expression that chooses among them.
        let newest = self.found.iter().rev().take_while(|token| token.kind != TokenKind::Event);
        newest.into_iter().any(|token| token.kind == TokenKind::Method && span.contains(token.span))
    }

    fn items(&mut self, items: &[Item], depth: u32) {
        for item in items {
            if let Item::Value(value) | Item::Spread(value) = item {
                self.expression(value, false, depth);
            }
        }
    }
}

//! What ties a template to its script: handlers of events, and expressions over the data. These are
//! views of the elements, nothing is stored twice.

use super::{AttributeKind, AttributeValue, Element, Piece, TemplateExpression, TemplateFacts};
use crate::text::Span;

/// An event attribute: `bindtap="go"`, `catch:tap="{{on}}"` …
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventBinding<'a> {
    /// The index of the element.
    pub element: u32,
    /// `bind`, `catch`, `mut-bind`, `capture-bind`, `capture-catch`, `capture-mut-bind`.
    pub prefix: &'a str,
    /// Whether a colon stands behind the prefix.
    pub separated: bool,
    /// The event.
    pub event: &'a str,
    /// The place of the whole name.
    pub name_span: Span,
    /// What is called.
    pub handler: Handler<'a>,
}

/// What an event calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Handler<'a> {
    /// Nothing is written.
    None,
    /// The method of this name; where.
    Method(&'a str, Span),
    /// What the value gives at run time: a name, or a function of a wxs module.
    Computed(&'a AttributeValue),
}

/// An expression over the data, and where it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binding<'a> {
    /// The index of the element: that has the attribute, or that holds the text.
    pub element: Option<u32>,
    /// The attribute's name; `None` in text.
    pub attribute: Option<&'a str>,
    /// The expression.
    pub expression: &'a TemplateExpression,
}

impl Element {
    /// The events that the element binds; `index` is its own.
    pub fn events(&self, index: u32) -> impl Iterator<Item = EventBinding<'_>> {
        self.attributes.iter().filter_map(move |attribute| {
            let AttributeKind::Event { prefix, event } = &attribute.kind else { return None };
            let handler = match &attribute.value {
                None => Handler::None,
                Some(value) => match value.literal() {
                    Some(name) if name.trim().is_empty() => Handler::None,
                    Some(name) => Handler::Method(name, value.span),
                    None => Handler::Computed(value),
                },
            };
            Some(EventBinding {
                element: index,
                prefix,
                separated: attribute.name.len() > prefix.len() + event.len(),
                event,
                name_span: attribute.name_span,
                handler,
            })
        })
    }
}

impl TemplateFacts {
    /// Every event binding, in document order.
    pub fn events(&self) -> impl Iterator<Item = EventBinding<'_>> {
        (0..).zip(&self.elements).flat_map(|(index, element)| element.events(index))
    }

    /// Every expression: those of the elements' attributes, then those of the texts, each in
    /// document order.
    pub fn bindings(&self) -> impl Iterator<Item = Binding<'_>> {
        let of_elements = (0..).zip(&self.elements).flat_map(|(index, element)| {
            element.attributes.iter().flat_map(move |attribute| {
                let pieces = attribute.value.iter().flat_map(|value| &value.pieces);
                expressions(pieces).map(move |expression| Binding {
                    element: Some(index),
                    attribute: Some(&attribute.name),
                    expression,
                })
            })
        });
        let of_texts = self.texts.iter().flat_map(|text| {
            expressions(text.pieces.iter()).map(|expression| Binding {
                element: text.parent,
                attribute: None,
                expression,
            })
        });
        of_elements.chain(of_texts)
    }
}

fn expressions<'a>(
    pieces: impl Iterator<Item = &'a Piece>,
) -> impl Iterator<Item = &'a TemplateExpression> {
    pieces.filter_map(|piece| match piece {
        Piece::Expression { expression, .. } => Some(expression),
        Piece::Literal { .. } => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Kind, Tree};

    fn facts(source: &str) -> TemplateFacts {
        crate::facts::template::read(&Tree::parse(Kind::Template, source), source)
    }

    #[test]
    fn events_in_every_form() {
        for (source, expected) in [
            ("<a bindtap='go'/>", "bind tap go"),
            ("<a catch:my-tap='go'/>", "catch : my-tap go"),
            ("<a capture-mut-bind:x=\"{{f}}\"/>", "capture-mut-bind : x computed"),
            ("<a mut-bindtap/>", "mut-bind tap -"),
            ("<a bindtap=''/>", "bind tap -"),
            ("<a bind='go'/>", ""),
            ("<a><b bindtap='x{{y}}'/></a>", "bind tap computed"),
        ] {
            let facts = facts(source);
            let shown: Vec<String> = facts
                .events()
                .map(|event| {
                    let colon = if event.separated { ": " } else { "" };
                    let handler = match event.handler {
                        Handler::None => "-",
                        Handler::Method(name, span) => {
                            assert_eq!(span.of(source), name);
                            name
                        }
                        Handler::Computed(_) => "computed",
                    };
                    format!("{} {colon}{} {handler}", event.prefix, event.event)
                })
                .collect();
            assert_eq!(shown.join("; "), expected, "{source}");
        }
    }

    #[test]
    fn bindings_of_attributes_and_texts() {
        let source = "<a b='{{c}}{{d.e}}'>{{f}}<g h='i'/></a>{{j}}";
        let facts = facts(source);
        let shown: Vec<_> = facts
            .bindings()
            .map(|binding| (binding.element, binding.attribute, binding.expression.span.of(source)))
            .collect();
        assert_eq!(
            shown,
            [
                (Some(0), Some("b"), "c"),
                (Some(0), Some("b"), "d.e"),
                (Some(0), None, "f"),
                (None, None, "j")
            ]
        );
    }
}

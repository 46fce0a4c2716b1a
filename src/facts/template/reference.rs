//! What a template names elsewhere: other files, templates, components for a generic, slots. Paths
//! and names are as written; the project resolves them.

use super::{AttributeValue, Element, TemplateFacts, WxsModule};

/// A file that a template brings in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference<'a> {
    /// How.
    pub kind: ReferenceKind,
    /// The index of the element.
    pub element: u32,
    /// The path, as written; `None` when it is computed, which no compiler evaluates.
    pub path: Option<&'a str>,
    /// The value with its place.
    pub value: &'a AttributeValue,
}

/// How a file is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// `<import src>`: the templates that the file itself defines.
    Import,
    /// `<include src>`: everything but its templates and wxs modules.
    Include,
    /// `<wxs src>`
    Wxs,
}

/// `<template name>`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Definition<'a> {
    /// The index of the element.
    pub element: u32,
    /// The name; `None` when it is computed, which no compiler evaluates.
    pub name: Option<&'a str>,
}

/// `<template is>`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TemplateUse<'a> {
    /// The index of the element.
    pub element: u32,
    /// The name, which may be computed.
    pub is: &'a AttributeValue,
    /// What the template sees.
    pub data: Option<&'a AttributeValue>,
}

/// `generic:name="tag"`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Generic<'a> {
    /// The index of the element.
    pub element: u32,
    /// The generic's name.
    pub name: &'a str,
    /// The component that takes its place.
    pub component: Option<&'a str>,
}

/// `<slot>`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot<'a> {
    /// The index of the element.
    pub element: u32,
    /// Its name; `None` for the usual one.
    pub name: Option<&'a AttributeValue>,
}

impl Element {
    fn value(&self, name: &str) -> Option<&AttributeValue> {
        self.attribute(name)?.value.as_ref()
    }

    /// The slot that the element is put in.
    pub fn slot(&self) -> Option<&AttributeValue> {
        self.value("slot")
    }
}

impl TemplateFacts {
    fn tagged<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = (u32, &'a Element)> {
        (0..).zip(&self.elements).filter(move |(_, element)| &*element.tag == tag)
    }

    /// Every file that the template brings in, in document order.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_>> {
        (0..).zip(&self.elements).filter_map(|(index, element)| {
            let kind = match &*element.tag {
                "import" => ReferenceKind::Import,
                "include" => ReferenceKind::Include,
                "wxs" => ReferenceKind::Wxs,
                _ => return None,
            };
            let value = element.value("src")?;
            Some(Reference { kind, element: index, path: value.literal(), value })
        })
    }

    /// Every template that is defined here, in document order.
    pub fn definitions(&self) -> impl Iterator<Item = Definition<'_>> {
        self.tagged("template").filter_map(|(index, element)| {
            let value = element.value("name")?;
            Some(Definition { element: index, name: value.literal() })
        })
    }

    /// Every use of a template, in document order.
    pub fn template_uses(&self) -> impl Iterator<Item = TemplateUse<'_>> {
        self.tagged("template").filter_map(|(index, element)| {
            let is = element.value("is")?;
            Some(TemplateUse { element: index, is, data: element.value("data") })
        })
    }

    /// Every component that is given for a generic, in document order.
    pub fn generics(&self) -> impl Iterator<Item = Generic<'_>> {
        (0..).zip(&self.elements).flat_map(|(index, element)| {
            element.attributes.iter().filter_map(move |attribute| {
                let name = attribute.name.strip_prefix("generic:")?;
                let component = attribute.value.as_ref().and_then(AttributeValue::literal);
                Some(Generic { element: index, name, component })
            })
        })
    }

    /// Every `<slot>`, in document order.
    pub fn slots(&self) -> impl Iterator<Item = Slot<'_>> {
        self.tagged("slot")
            .map(|(index, element)| Slot { element: index, name: element.value("name") })
    }

    /// The wxs module that expressions know by `name`.
    pub fn wxs_module(&self, name: &str) -> Option<&WxsModule> {
        self.wxs.iter().find(|module| module.module.as_deref() == Some(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Kind, Tree};

    #[test]
    fn what_a_template_names() {
        let source = "<import src='a.wxml'/><include src=\"{{b}}\"/><wxs module='m' src='./m.wxs'/><wxs module='n'>1</wxs>\
                      <template name='t'><slot/><slot name='s'/></template>\
                      <template is=\"{{u}}\" data='{{v}}'/><template is='w'/><c generic:sel='d' slot='after'/>";
        let facts = crate::facts::template::read(&Tree::parse(Kind::Template, source), source);
        let references: Vec<_> =
            facts.references().map(|reference| (reference.kind, reference.path)).collect();
        assert_eq!(
            references,
            [
                (ReferenceKind::Import, Some("a.wxml")),
                (ReferenceKind::Include, None),
                (ReferenceKind::Wxs, Some("./m.wxs"))
            ]
        );
        let definitions: Vec<_> = facts.definitions().map(|one| one.name).collect();
        assert_eq!(definitions, [Some("t")]);
        let uses: Vec<_> =
            facts.template_uses().map(|one| (one.is.literal(), one.data.is_some())).collect();
        assert_eq!(uses, [(None, true), (Some("w"), false)]);
        let slots: Vec<_> =
            facts.slots().map(|slot| slot.name.and_then(AttributeValue::literal)).collect();
        assert_eq!(slots, [None, Some("s")]);
        let generics: Vec<_> = facts.generics().map(|one| (one.name, one.component)).collect();
        assert_eq!(generics, [("sel", Some("d"))]);
        assert_eq!(
            facts.elements.last().unwrap().slot().and_then(AttributeValue::literal),
            Some("after")
        );
        assert!(facts.wxs_module("m").is_some_and(|module| module.src.is_some()));
        assert!(facts.wxs_module("x").is_none());
    }
}

//! The variables that `wx:for` brings. The loop's own list is evaluated outside the scope it opens.

use super::{Attribute, AttributeKind, AttributeValue, Element, TemplateFacts};

/// What an element with `wx:for` repeats over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ForScope<'a> {
    /// The attribute `wx:for`, or its old name `wx:for-items`.
    pub attribute: &'a Attribute,
    /// The list; `None` when nothing is written.
    pub list: Option<&'a AttributeValue>,
    /// The name of the item: `item` unless `wx:for-item` says otherwise.
    pub item: &'a str,
    /// The name of the index: `index` unless `wx:for-index` says otherwise.
    pub index: &'a str,
    /// The attribute `wx:key`.
    pub key: Option<&'a Attribute>,
}

impl Element {
    /// The control attribute `name` (`if`, `for-item` …) that counts, whatever its prefix.
    pub fn control(&self, name: &str) -> Option<&Attribute> {
        let is =
            |kind: &AttributeKind| matches!(kind, AttributeKind::Control(own) if **own == *name);
        self.attributes.iter().rev().find(|attribute| is(&attribute.kind))
    }

    /// The scope that `wx:for` opens on the element and what is in it.
    pub fn for_scope(&self) -> Option<ForScope<'_>> {
        let attribute = self.control("for").or_else(|| self.control("for-items"))?;
        let name = |control: &str, usual: &'static str| {
            let value = self.control(control).and_then(|attribute| attribute.value.as_ref());
            value.and_then(AttributeValue::literal).unwrap_or(usual)
        };
        Some(ForScope {
            attribute,
            list: attribute.value.as_ref(),
            item: name("for-item", "item"),
            index: name("for-index", "index"),
            key: self.control("key"),
        })
    }
}

impl TemplateFacts {
    /// The scopes around the content of the element `index`, its own included, innermost first. A
    /// `<template name>` sees none of those around it, so they end there.
    pub fn scopes(&self, index: u32) -> impl Iterator<Item = ForScope<'_>> {
        let mut next = Some(index);
        std::iter::from_fn(move || {
            let element = self.elements.get(next? as usize)?;
            let defines = &*element.tag == "template" && element.attribute("name").is_some();
            next = element.parent.filter(|_| !defines);
            Some(element.for_scope())
        })
        .flatten()
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Kind, Tree};

    #[test]
    fn scopes_from_inside_out() {
        let source = "<a wx:for='{{x}}' wx:for-item='i' wx:key='id'><b wx:for-items='{{i.y}}' wx:for-index='n'><c/></b>\
                      <template name='t'><d wx:for='{{z}}'/></template></a><e/>";
        let facts = crate::facts::template::read(&Tree::parse(Kind::Template, source), source);
        let scopes = |tag: &str| {
            let index = facts.elements.iter().position(|element| &*element.tag == tag).unwrap();
            let shown = facts.scopes(u32::try_from(index).unwrap()).map(|scope| {
                let list = scope.list.unwrap().span.of(source);
                format!("{list} {} {} {}", scope.item, scope.index, scope.key.is_some())
            });
            shown.collect::<Vec<_>>().join("; ")
        };
        assert_eq!(scopes("c"), "{{i.y}} item n false; {{x}} i index true");
        assert_eq!(scopes("a"), "{{x}} i index true");
        assert_eq!(scopes("d"), "{{z}} item index false");
        assert_eq!(scopes("e"), "");
    }
}

//! What stands at an index: of an object by a computed key, of a list. A list is what it was
//! written as and what the program pushes to it; which element is meant, only a constant index
//! tells.

use super::member::Lookup;
use super::{Resolver, ValueRef, push_unique};
use crate::facts::script::{Argument, Expr, Key};
use crate::semantic::index::ELEMENTS;

impl Resolver<'_> {
    pub(super) fn follow_index(
        &mut self,
        at: ValueRef,
        object: ValueRef,
        index: ValueRef,
        found: &mut Vec<ValueRef>,
    ) {
        let (objects, aliases) = self.resolve_with_aliases(object);
        let keys = self.resolve(index);
        let named = keys.iter().all(|&key| matches!(self.expr(key), Expr::String(_)));
        let mut values = if named { Vec::new() } else { self.pushed_to(&aliases) };
        let mut known = !objects.is_empty();
        for object in objects {
            // Of a list that is also put into, what is written at one index says nothing of that
            // index later.
            let list = match self.expr(object) {
                Expr::Array(elements) if !values.is_empty() => Some(all_of(object, elements)),
                _ => None,
            };
            for &key in &keys {
                let part = self.element_of(object, key);
                known &= match &list {
                    Some(list) => list.complete,
                    None => part.complete && !part.values.is_empty(),
                };
                values.extend(part.values);
            }
        }
        if !known || values.is_empty() {
            push_unique(found, at);
        }
        for value in values {
            self.follow(value, found);
        }
    }

    /// Every element of the list `at`, and whether these are all; `None` when it is no list of the
    /// program.
    pub(super) fn elements(&mut self, at: ValueRef) -> Option<Lookup> {
        let (lists, aliases) = self.resolve_with_aliases(at);
        let mut found = Lookup { values: self.pushed_to(&aliases), complete: true };
        for list in lists {
            match self.expr(list) {
                Expr::Array(elements) => found.add(all_of(list, elements)),
                _ => found.complete = false,
            }
        }
        (!found.values.is_empty()).then_some(found)
    }

    /// What the program pushes to the list that goes by `aliases`, or puts at some index of it.
    fn pushed_to(&mut self, aliases: &[ValueRef]) -> Vec<ValueRef> {
        let modules = self.modules;
        let mut values = Vec::new();
        for &alias in aliases {
            match self.expr(alias) {
                Expr::Name(binding) => {
                    let index = modules.index(alias.module);
                    let put = index.map_or(&[][..], |index| index.pushed_to(*binding));
                    let put = put.iter().map(|&value| alias.at(value)).collect();
                    values.extend(self.instantiate_at_callers(alias, put));
                }
                Expr::Member { object, name }
                    if modules.index(alias.module).is_some() && self.spend() =>
                {
                    let put = self.property(alias.at(*object), &format!("{name}{ELEMENTS}"));
                    values.extend(put.values);
                }
                _ => {}
            }
        }
        values
    }

    /// What stands at `key` of `object`; where only running tells the key, all that may.
    fn element_of(&mut self, object: ValueRef, key: ValueRef) -> Lookup {
        match (self.expr(object), self.expr(key)) {
            (_, Expr::String(name)) => self.member_of(object, name),
            (Expr::Array(elements), Expr::Number(number)) => {
                let values = element(object, elements, number).unwrap_or_default();
                Lookup { complete: !values.is_empty(), values }
            }
            (Expr::Object(entries), Expr::Number(number)) => self.entry_of(object, entries, number),
            (Expr::Object(entries), _) => {
                let mut found = Lookup { complete: true, ..Lookup::default() };
                let versions = self.versions(key);
                for version in versions {
                    found.values.extend(self.entry_of(object, entries, version).values);
                }
                if versions.is_empty() {
                    found.complete = entries.iter().all(|entry| matches!(entry.key, Key::Name(_)));
                    found.values = entries.iter().map(|entry| object.at(entry.value)).collect();
                }
                found
            }
            (Expr::Array(elements), _) => all_of(object, elements),
            _ => Lookup::default(),
        }
    }
}

/// The elements of a list as it is written.
fn all_of(list: ValueRef, elements: &[Argument]) -> Lookup {
    Lookup {
        complete: elements.iter().all(|element| !element.spread),
        values: elements.iter().map(|element| list.at(element.value)).collect(),
    }
}

fn element(array: ValueRef, elements: &[Argument], number: &str) -> Option<Vec<ValueRef>> {
    let index: usize = number.parse().ok()?;
    let before = elements.get(..=index)?;
    if before.iter().any(|element| element.spread) {
        return None;
    }
    before.last().map(|element| vec![array.at(element.value)])
}

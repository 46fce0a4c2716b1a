//! Texts that methods make of texts: `a.concat(b)`, `[a, b].join('/')`, `a.replace('x', 'y')`. What
//! a method does to an unknown text is unknown; nothing of it is kept.

use super::{Fragment, Reading, StringPattern, known};
use crate::facts::script::{Argument, Expr};
use crate::semantic::resolve::ValueRef;

/// Functions that give back the text they are given, as far as a host is concerned.
const SAME: [&str; 3] = ["String", "decodeURI", "encodeURI"];

impl Reading<'_, '_> {
    /// What the call `at` makes; `None` when it is no method of texts.
    pub(super) fn method(
        &mut self,
        at: ValueRef,
        callee: ValueRef,
        arguments: &[Argument],
        depth: u32,
    ) -> Option<Vec<StringPattern>> {
        if arguments.iter().any(|argument| argument.spread) {
            return None;
        }
        let given: Vec<ValueRef> = arguments.iter().map(|argument| at.at(argument.value)).collect();
        let (object, name) = match self.resolver.expr(callee) {
            Expr::Global(name) if SAME.contains(&&**name) => {
                return Some(self.read(*given.first()?, depth - 1));
            }
            Expr::Member { object, name } => (callee.at(*object), &**name),
            _ => return None,
        };
        match name {
            "concat" => {
                let pieces: Vec<ValueRef> = std::iter::once(object).chain(given).collect();
                Some(self.join(&pieces, depth))
            }
            "toString" | "trim" | "valueOf" => Some(self.read(object, depth - 1)),
            "toLowerCase" => Some(self.each(object, depth, |text| Some(text.to_lowercase()))),
            "replace" | "replaceAll" => {
                let [from, to] = *given.as_slice() else { return None };
                let to = self.literal(to)?;
                if let Some(regex) = self.resolver.js_regex(from) {
                    let all = name == "replaceAll";
                    let patterns = self.read(object, depth - 1);
                    let changed = patterns.into_iter().map(|pattern| {
                        pattern.replace(&regex, &to, all).unwrap_or_else(|| pattern.without_text())
                    });
                    return Some(changed.collect());
                }
                let from = self.literal(from)?;
                let most = if name == "replace" { 1 } else { usize::MAX };
                Some(self.each(object, depth, |text| Some(text.replacen(&from, &to, most))))
            }
            "join" => self.joined(object, given.first().copied(), depth),
            _ => None,
        }
    }

    /// The one text that `at` is.
    fn literal(&mut self, at: ValueRef) -> Option<String> {
        match self.resolver.resolve(at).as_slice() {
            [one] => match self.resolver.expr(*one) {
                Expr::String(text) => Some(text.to_string()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Each text of `at` as `make` changes it; one that is not known whole stays unknown.
    fn each(
        &mut self,
        at: ValueRef,
        depth: u32,
        make: impl Fn(&str) -> Option<String>,
    ) -> Vec<StringPattern> {
        let patterns = self.read(at, depth - 1);
        patterns
            .into_iter()
            .map(|pattern| {
                let place = pattern.fragments.first().and_then(|first| match first {
                    Fragment::Known { from, .. } => Some(from.clone()),
                    Fragment::Unknown(_) => None,
                });
                match (pattern.whole().and_then(|text| make(&text)), place) {
                    (Some(text), Some(place)) => known(&text, place),
                    _ => pattern.without_text(),
                }
            })
            .collect()
    }

    /// `[a, b].join(separator)` of an array that stands there whole.
    fn joined(
        &mut self,
        array: ValueRef,
        separator: Option<ValueRef>,
        depth: u32,
    ) -> Option<Vec<StringPattern>> {
        let sources = self.resolver.resolve(array);
        let [array] = *sources.as_slice() else { return None };
        let Expr::Array(elements) = self.resolver.expr(array) else { return None };
        if elements.iter().any(|element| element.spread) {
            return None;
        }
        let mut pieces = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                pieces.push(separator?);
            }
            pieces.push(array.at(element.value));
        }
        Some(self.join(&pieces, depth))
    }
}

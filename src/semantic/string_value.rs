//! Which text an expression may be, as far as the program itself says. A text is a list of
//! fragments, and what is unknown stays a fragment of its own, so a host is never put together from
//! what is not there.

mod method;
mod text_test;
mod unknown_reason;

pub use text_test::{JsRegex, TextTest};
pub use unknown_reason::{UnknownReason, unknown_reason};

use std::collections::BTreeSet;

use super::resolve::{Resolver, ValueRef};
use crate::facts::manifest::JsonKind;
use crate::facts::script::Expr;
use crate::finding::Place;

/// One text that an expression may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StringPattern {
    /// Its pieces, in order; two unknown ones never stand side by side.
    pub fragments: Vec<Fragment>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fragment {
    /// Known characters, and the literal that holds them.
    Known {
        /// The characters.
        text: String,
        /// The literal.
        from: Place,
    },
    /// Something that only running tells, and why.
    Unknown(UnknownReason),
}

/// How many texts one expression may be before it counts as unknown.
const MOST: usize = 32;
/// How deep concatenations may nest.
const DEPTH: u32 = 24;

/// Every text that `at` may be, in a stable order.
pub fn string_values(resolver: &mut Resolver<'_>, at: ValueRef) -> Vec<StringPattern> {
    let mut patterns = Reading { resolver, active: BTreeSet::new() }.read(at, DEPTH);
    patterns.sort();
    patterns.dedup();
    patterns
}

/// An unknown text, for the reason `reason`.
pub fn unknown(reason: UnknownReason) -> StringPattern {
    StringPattern { fragments: vec![Fragment::Unknown(reason)] }
}

/// The text of one literal.
pub fn known(text: &str, from: Place) -> StringPattern {
    StringPattern { fragments: vec![Fragment::Known { text: text.to_owned(), from }] }
}

/// One question.
struct Reading<'r, 'a> {
    resolver: &'r mut Resolver<'a>,
    /// The concatenations that are being read.
    active: BTreeSet<ValueRef>,
}

impl Reading<'_, '_> {
    fn read(&mut self, at: ValueRef, depth: u32) -> Vec<StringPattern> {
        if depth == 0 {
            return vec![unknown(UnknownReason::Other)];
        }
        let sources = self.resolver.resolve(at);
        // `url += a; url += b`: within one of them, the others only make it longer.
        let within = sources.iter().any(|source| self.active.contains(source));
        let mut patterns = Vec::new();
        for &source in &sources {
            if within && !self.active.contains(&source) && self.is_append(source) {
                continue;
            }
            match self.resolver.expr(source) {
                Expr::String(text) | Expr::Number(text) => {
                    patterns.extend(self.resolver.place(source).map(|place| known(text, place)));
                }
                Expr::Concat(pieces) => {
                    // `url += path` makes a text of itself: once round says all that is certain.
                    if !self.active.insert(source) {
                        if sources.len() == 1 {
                            patterns.push(unknown(UnknownReason::Other));
                        }
                        continue;
                    }
                    let pieces: Vec<ValueRef> =
                        pieces.iter().map(|&piece| source.at(piece)).collect();
                    patterns.extend(self.join(&pieces, depth));
                    self.active.remove(&source);
                }
                Expr::Call { callee, arguments, new: false } => {
                    let made = self.method(source, source.at(*callee), arguments, depth);
                    patterns.extend(made.unwrap_or_else(|| vec![self.unknown_at(source)]));
                }
                Expr::Null => patterns.push(unknown(UnknownReason::Absent)),
                _ => patterns.push(self.unknown_at(source)),
            }
        }
        if patterns.is_empty() {
            // A parameter without an argument.
            patterns.push(unknown(UnknownReason::Other));
        }
        if patterns.len() > MOST { vec![unknown(UnknownReason::Other)] } else { patterns }
    }

    /// Whether `source` is a concatenation that begins with the variable it is given to.
    fn is_append(&mut self, source: ValueRef) -> bool {
        let Expr::Concat(pieces) = self.resolver.expr(source) else { return false };
        let Some(&first) = pieces.first() else { return false };
        matches!(self.resolver.expr(source.at(first)), Expr::Name(_))
            && self.resolver.resolve(source.at(first)).contains(&source)
    }

    /// What `source` is that leads nowhere: a value of ext.json, or unknown.
    fn unknown_at(&mut self, source: ValueRef) -> StringPattern {
        if let Some(path) =
            unknown_reason::path_in_ext(self.resolver, source, unknown_reason::CHAIN)
            && let Some((file, root)) = self.resolver.modules().ext()
        {
            let names: Vec<&str> =
                std::iter::once("ext").chain(path.iter().map(String::as_str)).collect();
            if let Some(value) = root.at(&names)
                && let JsonKind::String(text) = &value.kind
            {
                return known(text, Place::new(file, value.span));
            }
        }
        unknown(unknown_reason(self.resolver, source))
    }

    fn join(&mut self, pieces: &[ValueRef], depth: u32) -> Vec<StringPattern> {
        let mut joined = vec![StringPattern { fragments: Vec::new() }];
        for &piece in pieces {
            let mut choices = self.read(piece, depth - 1);
            choices.sort();
            choices.dedup();
            if joined.len() * choices.len() > MOST {
                choices = vec![unknown(UnknownReason::Other)];
            }
            joined = joined
                .iter()
                .flat_map(|head| choices.iter().map(move |tail| head.clone().followed_by(tail)))
                .collect();
        }
        joined
    }
}

impl StringPattern {
    /// This, then `tail`.
    #[must_use]
    pub fn followed_by(mut self, tail: &Self) -> Self {
        for fragment in &tail.fragments {
            if !(matches!(fragment, Fragment::Unknown(_))
                && matches!(self.fragments.last(), Some(Fragment::Unknown(_))))
            {
                self.fragments.push(fragment.clone());
            }
        }
        self
    }

    /// An unknown text, for the reason that a part of this one is unknown.
    pub(super) fn without_text(&self) -> Self {
        let reason = self.fragments.iter().find_map(|fragment| match fragment {
            Fragment::Unknown(reason) => Some(reason.clone()),
            Fragment::Known { .. } => None,
        });
        unknown(reason.unwrap_or(UnknownReason::Other))
    }

    /// The text, when all of it is known.
    pub fn whole(&self) -> Option<String> {
        self.fragments
            .iter()
            .map(|fragment| match fragment {
                Fragment::Known { text, .. } => Some(text.as_str()),
                Fragment::Unknown(_) => None,
            })
            .collect()
    }

    /// The text with `…` for what is unknown: for a person to read.
    pub fn display(&self) -> String {
        self.fragments
            .iter()
            .map(|fragment| match fragment {
                Fragment::Known { text, .. } => text.as_str(),
                Fragment::Unknown(_) => "…",
            })
            .collect()
    }
}

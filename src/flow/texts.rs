//! Which text an expression may be, as far as the program itself says.
//! The one thing to know: a text is a list of fragments, and what is unknown stays a fragment of its own, so a host is never
//! put together from what is not there.

use std::collections::BTreeSet;

use super::resolve::{Ref, Resolver};
use crate::facts::script::{Expr, ExprId};
use crate::finding::Place;

/// One text that an expression may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
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
    /// Something that only running tells.
    Unknown,
}

/// How many texts one expression may be before it counts as unknown.
const MOST: usize = 32;
/// How deep concatenations may nest.
const DEPTH: u32 = 24;

/// Every text that `at` may be, in a stable order.
pub fn texts(resolver: &mut Resolver<'_>, at: Ref) -> Vec<Pattern> {
    let mut active = BTreeSet::new();
    let mut patterns = read(resolver, at, &mut active, DEPTH);
    patterns.sort();
    patterns.dedup();
    patterns
}

fn unknown() -> Vec<Pattern> {
    vec![Pattern { fragments: vec![Fragment::Unknown] }]
}

fn known(text: &str, from: Place) -> Pattern {
    Pattern { fragments: vec![Fragment::Known { text: text.to_owned(), from }] }
}

fn read(
    resolver: &mut Resolver<'_>,
    at: Ref,
    active: &mut BTreeSet<Ref>,
    depth: u32,
) -> Vec<Pattern> {
    if depth == 0 {
        return unknown();
    }
    let sources = resolver.resolve(at);
    let mut patterns = Vec::new();
    for &source in &sources {
        match resolver.expr(source) {
            Expr::String(text) | Expr::Number(text) => {
                patterns.extend(resolver.place(source).map(|place| known(text, place)));
            }
            Expr::Concat(pieces) => {
                // `url += path` makes a text of itself: once round says all that is certain.
                if !active.insert(source) {
                    if sources.len() == 1 {
                        patterns.extend(unknown());
                    }
                    continue;
                }
                patterns.extend(join(resolver, source, pieces, active, depth));
                active.remove(&source);
            }
            _ => patterns.extend(unknown()),
        }
    }
    if patterns.is_empty() || patterns.len() > MOST { unknown() } else { patterns }
}

fn join(
    resolver: &mut Resolver<'_>,
    at: Ref,
    pieces: &[ExprId],
    active: &mut BTreeSet<Ref>,
    depth: u32,
) -> Vec<Pattern> {
    let mut joined = vec![Pattern { fragments: Vec::new() }];
    for &piece in pieces {
        let mut choices = read(resolver, Ref { module: at.module, expr: piece }, active, depth - 1);
        choices.sort();
        choices.dedup();
        if joined.len() * choices.len() > MOST {
            choices = unknown();
        }
        joined = joined
            .iter()
            .flat_map(|head| choices.iter().map(move |tail| head.clone().followed_by(tail)))
            .collect();
    }
    joined
}

impl Pattern {
    fn followed_by(mut self, tail: &Self) -> Self {
        for fragment in &tail.fragments {
            if !(matches!(fragment, Fragment::Unknown)
                && matches!(self.fragments.last(), Some(Fragment::Unknown)))
            {
                self.fragments.push(fragment.clone());
            }
        }
        self
    }

    /// The text with `…` for what is unknown: for a person to read.
    pub fn display(&self) -> String {
        self.fragments
            .iter()
            .map(|fragment| match fragment {
                Fragment::Known { text, .. } => text.as_str(),
                Fragment::Unknown => "…",
            })
            .collect()
    }
}

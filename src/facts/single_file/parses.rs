//! The parses of one text, part by part, with the trees of the version before it. Invariant: a tree
//! is that of a fresh parse.

use crate::syntax::{Grammar, Tree};

/// The trees that one version of a text leaves for the next.
#[derive(Clone, Debug, Default)]
pub struct PartTrees {
    parts: Vec<(String, Tree)>,
}

impl PartTrees {
    /// The tree of a text that is read as one part, which replaces those of the version before.
    pub(in crate::facts) fn only(&mut self, grammar: impl Into<Grammar>, text: &str) -> Tree {
        let mut parses = Parses::new(Some(self));
        let tree = parses.parse(grammar.into(), text.to_owned());
        *self = parses.into_trees();
        tree
    }
}

/// The parses of one version, in the order in which the parts are read.
pub(super) struct Parses<'t> {
    /// The parts of the version before; `None` where nothing is kept.
    before: Option<&'t PartTrees>,
    now: PartTrees,
}

impl<'t> Parses<'t> {
    /// Parses from nothing, or from the trees of the version before.
    pub(super) fn new(before: Option<&'t PartTrees>) -> Self {
        Self { before, now: PartTrees::default() }
    }

    /// Parses the next part. O(n), or of a part that is like the previous one, O(edit) and a
    /// comparison of the two texts.
    pub(super) fn parse(&mut self, grammar: Grammar, text: String) -> Tree {
        let Some(before) = self.before else { return Tree::parse(grammar, &text) };
        let known = before.parts.get(self.now.parts.len());
        let tree = match known.filter(|(_, tree)| tree.grammar() == grammar) {
            Some((old, tree)) => tree.reparsed(old, &text),
            None => Tree::parse(grammar, &text),
        };
        self.now.parts.push((text, tree.clone()));
        tree
    }

    /// The trees for the version after this one.
    pub(super) fn into_trees(self) -> PartTrees {
        self.now
    }
}

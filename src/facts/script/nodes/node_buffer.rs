//! The flat copy of an open document's tree, kept to make the next one from. A reparse keeps the
//! subtrees that an edit left alone, and a node is known by the address at which its parent holds
//! its subtree; so this holds on to the tree it was made from, that nothing newer can have such an
//! address.

use rustc_hash::FxHashMap;

use super::{Entry, Nodes, from_grammar};
use crate::facts::Comment;
use crate::syntax::{Dialect, Tree};
use crate::text::Span;

#[cfg(test)]
mod tests;

/// How many nodes a subtree must have to be worth a look-up.
const WORTH: usize = 16;

/// What of a copy serves the next.
#[derive(Debug)]
pub struct NodeBuffer {
    _tree: Tree,
    entries: Vec<Entry>,
    comments: Vec<Comment>,
    /// Where in `entries` the subtree of an address begins.
    starts: FxHashMap<usize, usize>,
    runs: Runs,
}

/// The address of the subtree that a node is, parallel to the nodes; 0 for those that are too
/// small.
#[derive(Debug, Default)]
pub(super) struct Runs {
    addresses: Vec<usize>,
}

impl Runs {
    /// Notes that the nodes from `index` to `end` are the subtree at `address`.
    pub(super) fn note(&mut self, index: usize, end: usize, address: usize) {
        // The parser's node is where its parent keeps it, and the root has no parent: its address
        // is the tree's own.
        if index > 0 && end.saturating_sub(index) >= WORTH {
            self.addresses.resize(self.addresses.len().max(index + 1), 0);
            if let Some(known) = self.addresses.get_mut(index) {
                *known = address;
            }
        }
    }
}

/// The nodes of a subtree of the copy before.
pub(super) struct Run<'f> {
    entries: &'f [Entry],
    comments: &'f [Comment],
    addresses: &'f [usize],
    /// Where it began in that copy.
    start: usize,
}

impl NodeBuffer {
    /// The subtree at `address`.
    pub(super) fn run(&self, address: usize) -> Option<Run<'_>> {
        let start = *self.starts.get(&address)?;
        let first = self.entries.get(start)?;
        let entries = self.entries.get(start..first.end as usize)?;
        let after = |byte: u32| {
            self.comments.partition_point(|comment| comment.span.start() < byte as usize)
        };
        Some(Run {
            entries,
            comments: self.comments.get(after(first.start)..after(first.stop))?,
            addresses: self.runs.addresses.get(start..).unwrap_or_default(),
            start,
        })
    }
}

impl<'s> Nodes<'s> {
    /// As [`Nodes::new`], with the same nodes, sooner: what `flat` has of the tree is not copied
    /// again. O(n), of which a subtree that was there before takes a twentieth.
    pub(crate) fn again(
        tree: &Tree,
        dialect: Dialect,
        source: &'s str,
        flat: Option<&NodeBuffer>,
    ) -> Self {
        let mut nodes = Self {
            source,
            entries: Vec::new(),
            problems: Vec::new(),
            comments: Vec::new(),
            runs: Some(Runs::default()),
        };
        nodes.read(tree, dialect, flat);
        nodes
    }

    /// What of these nodes, of `tree`, serves the next copy; of a text with errors nothing does.
    pub(crate) fn into_flat(self, tree: &Tree) -> Option<NodeBuffer> {
        let whole = tree.root().is_some_and(|root| !root.has_error());
        let runs = self.runs.filter(|_| whole)?;
        let starts = runs.addresses.iter().enumerate().filter(|(_, address)| **address != 0);
        Some(NodeBuffer {
            starts: starts.map(|(index, address)| (*address, index)).collect(),
            _tree: tree.clone(),
            entries: self.entries,
            comments: self.comments,
            runs,
        })
    }

    /// Takes over what stands below the node at `index`, which is the first of `run`.
    pub(super) fn take(&mut self, index: usize, run: &Run<'_>) {
        let (Some(first), Some(now)) = (run.entries.first(), self.entries.get(index)) else {
            return;
        };
        // Both differences wrap around, and back when they are added.
        let moved = now.start.wrapping_sub(first.start);
        let shifted = from_grammar(index).wrapping_sub(from_grammar(run.start));
        let moved_entry = |entry: &Entry| Entry {
            start: entry.start.wrapping_add(moved),
            stop: entry.stop.wrapping_add(moved),
            end: entry.end.wrapping_add(shifted),
            ..*entry
        };
        self.entries.extend(run.entries.iter().skip(1).map(moved_entry));
        let end = from_grammar(self.entries.len());
        let (from, to) =
            (first.start as usize, self.entries.get(index).map_or(0, |now| now.start as usize));
        if let Some(now) = self.entries.get_mut(index) {
            now.end = end;
        }
        let moved_comment = |comment: &Comment| {
            let moved = |byte: usize| byte.saturating_sub(from) + to;
            let span = Span::new(moved(comment.span.start()), moved(comment.span.end()));
            Comment { span, text: comment.text.clone() }
        };
        self.comments.extend(run.comments.iter().map(moved_comment));
        if let Some(runs) = &mut self.runs {
            runs.addresses.resize(index, 0);
            let inside = run.addresses.iter().take(run.entries.len());
            runs.addresses.extend(inside);
        }
    }
}

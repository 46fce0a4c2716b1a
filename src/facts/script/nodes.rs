//! A script's tree, copied flat: one array in document order, without punctuation, types and
//! comments. A node's subtree is the run of nodes up to its `end`, so that children, skipping a
//! subtree and walking everything cost no stack, no allocation and no call into the parser.

mod node_buffer;

pub use node_buffer::NodeBuffer;

use std::borrow::Cow;

use crate::syntax::TreeCursor;

use node_buffer::Runs;

use super::kind::{Grammar, Kind, Part};
use super::string;
use crate::facts::Comment;
use crate::facts::SyntaxProblem;
use crate::syntax::{Dialect, Tree};
use crate::text::Span;

/// A node: an index of [`Nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node(u32);

impl Node {
    /// The program.
    pub(super) const ROOT: Self = Self(0);

    /// The node after this one in the text: its first child, if it has one.
    pub(super) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    kind: Kind,
    part: Part,
    start: u32,
    stop: u32,
    /// The node after this one's subtree.
    end: u32,
}

/// The nodes of a script, and what the parser could not read.
pub(super) struct Nodes<'s> {
    source: &'s str,
    entries: Vec<Entry>,
    /// In document order.
    pub(super) problems: Vec<SyntaxProblem>,
    pub(super) comments: Vec<Comment>,
    /// Which subtrees the nodes are, where a copy is kept for the next.
    runs: Option<Runs>,
}

impl<'s> Nodes<'s> {
    /// Copies `tree`, a tree of `source`. O(n).
    pub(super) fn new(tree: &Tree, dialect: Dialect, source: &'s str) -> Self {
        let mut nodes = Self {
            source,
            entries: Vec::new(),
            problems: Vec::new(),
            comments: Vec::new(),
            runs: None,
        };
        nodes.read(tree, dialect, None);
        nodes
    }

    fn read(&mut self, tree: &Tree, dialect: Dialect, before: Option<&NodeBuffer>) {
        let Some(root) = tree.root() else { return };
        let grammar = Grammar::of(dialect, &root.language());
        // What an error is part of is looked for from the root.
        let before = before.filter(|_| !root.has_error());
        self.copy(root.walk(), grammar, root.has_error(), before);
    }

    fn copy(
        &mut self,
        mut cursor: TreeCursor<'_>,
        grammar: &Grammar,
        broken: bool,
        before: Option<&NodeBuffer>,
    ) {
        // Nodes that are entered and not yet left: those that are kept by index.
        let mut open: Vec<Option<usize>> = Vec::new();
        // How many of them are not kept, and how many are errors: an error within an error is part
        // of it.
        let (mut hidden, mut errors) = (0_usize, 0_usize);
        loop {
            let node = cursor.node();
            let part = grammar.part(cursor.field_id());
            let mut kind = grammar.kind(node.kind_id());
            let span = Span::new(node.start_byte(), node.end_byte());
            let missing = broken && span.is_empty() && node.is_missing();
            if (missing || kind == Kind::Error) && errors == 0 {
                self.problems.push(SyntaxProblem { span, missing });
            }
            if part == Part::Operator && !node.is_named() {
                kind = Kind::Operator;
            }
            if kind == Kind::Comma && !self.counts_commas(open.last()) {
                kind = Kind::Dropped;
            }
            if kind == Kind::Comment {
                self.comment(span);
            }
            let kept = hidden == 0 && !matches!(kind, Kind::Comment | Kind::Dropped);
            let index = self.entries.len();
            if kept {
                let (start, stop) = (from_grammar(span.start()), from_grammar(span.end()));
                self.entries.push(Entry { kind, part, start, stop, end: from_grammar(index + 1) });
            }
            let shown = kept && !matches!(kind, Kind::String | Kind::Regex);
            let same = before.filter(|_| shown).and_then(|flat| flat.run(node.id()));
            // What says nothing is entered only to find what is broken in it.
            if let Some(run) = same {
                self.take(index, &run);
            } else if (shown || (broken && node.has_error())) && cursor.goto_first_child() {
                open.push(shown.then_some(index));
                hidden += usize::from(!shown);
                errors += usize::from(kind == Kind::Error);
                continue;
            }
            while !cursor.goto_next_sibling() {
                let (Some(left), true) = (open.pop(), cursor.goto_parent()) else { return };
                let end = from_grammar(self.entries.len());
                match left.and_then(|index| self.entries.get_mut(index)) {
                    Some(entry) => entry.end = end,
                    None => hidden -= 1,
                }
                let node = cursor.node();
                if let (Some(index), Some(runs)) = (left, &mut self.runs) {
                    runs.note(index, self.entries.len(), node.id());
                }
                errors -= usize::from(node.is_error());
            }
        }
    }

    /// Whether commas matter in the node that was entered last: where something can be left out
    /// between two.
    fn counts_commas(&self, parent: Option<&Option<usize>>) -> bool {
        let parent = parent.copied().flatten().and_then(|index| self.entries.get(index));
        parent.is_some_and(|parent| matches!(parent.kind, Kind::Array | Kind::ArrayPattern))
    }

    fn comment(&mut self, span: Span) {
        self.comments.extend(Comment::read(span, self.source));
    }

    /// Every node, in document order.
    pub(super) fn all(&self) -> impl Iterator<Item = Node> + use<> {
        (0..from_grammar(self.entries.len())).map(Node)
    }

    /// What `node` is.
    pub(super) fn kind(&self, node: Node) -> Kind {
        self.entries.get(node.index()).map_or(Kind::Error, |entry| entry.kind)
    }

    /// Which part of its parent `node` is.
    pub(super) fn part(&self, node: Node) -> Part {
        self.entries.get(node.index()).map_or(Part::None, |entry| entry.part)
    }

    /// The bytes of `node`.
    pub(super) fn span(&self, node: Node) -> Span {
        self.entries.get(node.index()).map_or_else(Span::default, |entry| {
            Span::new(entry.start as usize, entry.stop as usize)
        })
    }

    /// The text of `node`.
    pub(super) fn text(&self, node: Node) -> &'s str {
        self.span(node).of(self.source)
    }

    /// The text between two bytes.
    pub(super) fn between(&self, start: usize, end: usize) -> &'s str {
        Span::new(start, end).of(self.source)
    }

    /// The name that `node` spells, with `\u…` resolved.
    pub(super) fn name(&self, node: Node) -> Cow<'s, str> {
        let text = self.text(node);
        if text.contains('\\') { string::unescape(text) } else { Cow::Borrowed(text) }
    }

    /// The value of a string node.
    pub(super) fn string(&self, node: Node) -> Cow<'s, str> {
        string::value(self.text(node))
    }

    /// The node after the subtree of `node`.
    pub(super) fn after(&self, node: Node) -> Node {
        // At least one further on, so that no walk can stand still.
        Node(self.entries.get(node.index()).map_or(u32::MAX, |entry| entry.end.max(node.0 + 1)))
    }

    /// The children of `node`, tokens included, in order.
    pub(super) fn children(&self, node: Node) -> impl Iterator<Item = Node> {
        let end = self.after(node);
        let mut next = node.next();
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| next = self.after(child))?;
            Some(child)
        })
    }

    /// The first child of `node` that is `part` of it. O(children): not for lists.
    pub(super) fn child(&self, node: Node, part: Part) -> Option<Node> {
        self.children(node).find(|&child| self.part(child) == part)
    }

    /// The first child of `node` that is of `kind`.
    pub(super) fn child_of(&self, node: Node, kind: Kind) -> Option<Node> {
        self.children(node).find(|&child| self.kind(child) == kind)
    }

    /// Whether the token `kind` stands directly in `node`.
    pub(super) fn has(&self, node: Node, kind: Kind) -> bool {
        self.child_of(node, kind).is_some()
    }

    /// The first child of `node` that is no error: the only one of a node that wraps.
    pub(super) fn first(&self, node: Node) -> Option<Node> {
        self.children(node).find(|&child| self.kind(child) != Kind::Error)
    }

    /// `node` without parentheses, casts and assertions around it.
    pub(super) fn bare(&self, mut node: Node) -> Node {
        while self.kind(node) == Kind::Transparent {
            let Some(inner) = self.first(node) else { break };
            node = inner;
        }
        node
    }
}

/// An index or offset in 32 bits; a file over 4 GiB is never read.
fn from_grammar(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

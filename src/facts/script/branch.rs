//! Code that runs only sometimes. A branch is a run of bytes, so what stands around a place is
//! found by comparing places; the rest of a block after `if (x) return` is a branch, too.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::{Expr, ExprId};
use crate::text::Span;

/// A run of code, and when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The code.
    pub span: Span,
    /// When it runs.
    pub when: When,
}

/// When a branch runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// When the expression is true.
    True(ExprId),
    /// When it is false.
    False(ExprId),
    /// When something was thrown: a `catch`.
    Thrown,
    /// Until something is thrown that a `catch` takes: a `try` with one.
    Tried,
    /// When the two are equal: a `case` that nothing falls through to.
    Equal(ExprId, ExprId),
    /// When the expression is none of the cases of its `switch`: `default`, where nothing falls
    /// through to it.
    Otherwise(ExprId),
    /// A `case` that another one falls through to, or the body of a loop over something.
    Sometimes,
}

/// A comparison of two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Equality {
    /// The comparison.
    pub whole: ExprId,
    /// Left of the operator.
    pub left: ExprId,
    /// Right of it.
    pub right: ExprId,
    /// Whether it asks for what is equal (`===`, `==`), not for what differs.
    pub equal: bool,
}

impl Reader<'_, '_> {
    pub(super) fn branch(&mut self, span: Span, when: When) {
        if !span.is_empty() {
            self.facts.branches.push(Branch { span, when });
        }
    }

    /// Notes for each `if` among the statements of a block that leaves it, how far what follows
    /// reaches.
    pub(super) fn note_exits(&mut self, block: Node) {
        let nodes = self.nodes;
        let end = nodes.span(block).end();
        for child in nodes.children(block).filter(|&child| nodes.kind(child) == Kind::If) {
            let leaves = |part| nodes.child(child, part).is_some_and(|part| self.leaves(part));
            let (then, otherwise) = (leaves(Part::Consequence), leaves(Part::Alternative));
            if then != otherwise {
                let rest = Span::new(nodes.span(child).end(), end);
                self.exits.insert(child, (rest, otherwise));
            }
        }
    }

    /// Reads what a `switch` asks for, and the cases that it is asked of.
    pub(super) fn switch(&mut self, node: Node) {
        let nodes = self.nodes;
        let subject = nodes.child(node, Part::Value);
        let subject = subject.map(|subject| self.expression(subject, Position::Read));
        let Some(body) = nodes.child(node, Part::Body) else { return };
        // Whether the case before runs on into this one.
        let mut falls = false;
        for case in nodes.children(body).filter(|&child| nodes.kind(child) == Kind::Case) {
            let alone = subject.filter(|_| !falls);
            self.cases.extend(alone.map(|subject| (case, subject)));
            falls = !self.leaves(case);
        }
    }

    /// Notes the branch of a `case` with this value, or of a `default`.
    pub(super) fn case(&mut self, node: Node, value: Option<ExprId>) {
        let when = match (self.cases.remove(&node), value) {
            (Some(subject), Some(value)) => When::Equal(subject, value),
            (Some(subject), None) => When::Otherwise(subject),
            (None, _) => When::Sometimes,
        };
        self.branch(self.nodes.span(node), when);
    }

    /// Whether a statement certainly leaves the block, or a case its `switch`.
    fn leaves(&self, node: Node) -> bool {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::Return | Kind::Throw | Kind::Break => true,
            Kind::Block | Kind::Else | Kind::Case => nodes.children(node).any(|child| {
                matches!(nodes.kind(child), Kind::Return | Kind::Throw | Kind::Break | Kind::Block)
                    && self.leaves(child)
            }),
            _ => false,
        }
    }

    /// Notes the branches of an `if` or a loop whose condition is `test`.
    pub(super) fn conditioned(&mut self, node: Node, test: ExprId) {
        let nodes = self.nodes;
        let span = |part| nodes.child(node, part).map(|part| nodes.span(part));
        let taken = match nodes.kind(node) {
            Kind::If => Part::Consequence,
            // The body of `do` runs in any case.
            Kind::Do => return,
            _ => Part::Body,
        };
        let (then, otherwise) = (span(taken), span(Part::Alternative));
        if let Some(then) = then {
            self.branch(then, When::True(test));
        }
        if let Some(otherwise) = otherwise {
            self.branch(otherwise, When::False(test));
        }
        if let Some((rest, holds)) = self.exits.remove(&node) {
            self.branch(rest, if holds { When::True(test) } else { When::False(test) });
        }
    }

    /// Notes what a comparison with `true` or `false` says of its other side.
    pub(super) fn compared(&mut self, whole: ExprId, operator: &str, left: ExprId, right: ExprId) {
        let equal = match operator {
            "==" | "===" => true,
            "!=" | "!==" => false,
            _ => return,
        };
        self.facts.equalities.push(Equality { whole, left, right, equal });
        let operand = match (self.facts.expr(left), self.facts.expr(right)) {
            (Expr::Bool(value), _) => Some((right, *value)),
            (_, Expr::Bool(value)) => Some((left, *value)),
            _ => None,
        };
        if let Some((operand, value)) = operand {
            self.facts.comparisons.push((whole, operand, value == equal));
        }
    }
}

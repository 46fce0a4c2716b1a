//! Unary and binary operators. `+` is kept as [`Expr::Concat`], the logical operators as
//! themselves, and a few idioms of minifiers (`!0`, `void 0`, `-1`) as the constants they are; all
//! other arithmetic is unknown.

use super::context::Position;
use super::kind::{Kind, Part};
use super::lower::Step;
use super::nodes::Node;
use super::read::Reader;
use super::{Expr, ExprId, LogicalOperator, When};

/// The logical operator that `text` is or assigns by.
pub(super) fn logical(text: &str) -> Option<LogicalOperator> {
    match text {
        "||" | "||=" => Some(LogicalOperator::Or),
        "&&" | "&&=" => Some(LogicalOperator::And),
        "??" | "??=" => Some(LogicalOperator::Nullish),
        _ => None,
    }
}

impl<'s> Reader<'_, 's> {
    /// The operator of `node`.
    pub(super) fn operator(&self, node: Node) -> &'s str {
        self.nodes.child_of(node, Kind::Operator).map_or("", |operator| self.nodes.text(operator))
    }

    pub(super) fn unary(&mut self, node: Node, argument: ExprId) -> ExprId {
        let expr = match (self.operator(node), self.facts.expr(argument)) {
            ("void", _) => Expr::Undefined,
            ("!", Expr::Bool(value)) => Expr::Bool(!value),
            ("!", Expr::Number(number)) if &**number == "0" => Expr::Bool(true),
            ("!", Expr::Number(number)) if &**number == "1" => Expr::Bool(false),
            ("-", Expr::Number(number)) if !number.starts_with('-') => {
                Expr::Number(format!("-{number}").into())
            }
            _ => Expr::Unknown,
        };
        let negates = self.operator(node) == "!";
        let whole = self.push_at(expr, node);
        if negates {
            self.facts.negations.push((whole, argument));
        }
        whole
    }

    /// Finishes the binary operator of `step`, whose left side is `left`; of a chain of `+`, all of
    /// it.
    pub(super) fn binary(&mut self, step: Step, left: ExprId, base: usize) -> ExprId {
        let operator = self.operator(step.node);
        if operator == "+" {
            return self.sum(step.node, left, base);
        }
        let Some(right) = self.nodes.child(step.node, Part::Right) else {
            return self.opaque(step.node);
        };
        match logical(operator) {
            Some(LogicalOperator::And) => self.branch(self.nodes.span(right), When::True(left)),
            Some(LogicalOperator::Or) => self.branch(self.nodes.span(right), When::False(left)),
            _ => {}
        }
        let right = self.expression(right, step.position.right_of(operator));
        let expr = match logical(operator) {
            Some(operator) => Expr::Logical { operator, left, right },
            None => Expr::Unknown,
        };
        let whole = self.push_at(expr, step.node);
        self.compared(whole, operator, left, right);
        whole
    }

    /// Lowers a chain of `+` into one [`Expr::Concat`]: `node` and those around it that wait on the
    /// spine.
    fn sum(&mut self, mut node: Node, left: ExprId, base: usize) -> ExprId {
        let mut pieces = Vec::new();
        let left_node = self.nodes.child(node, Part::Left);
        self.add_piece(&mut pieces, left_node, left);
        let mut adding = self.is_number(left);
        loop {
            let right_node = self.nodes.child(node, Part::Right);
            let right = match right_node {
                Some(right) => self.expression(right, Position::Read),
                None => self.push_at(Expr::Unknown, node),
            };
            self.add_piece(&mut pieces, right_node, right);
            // Numbers add up as long as nothing else comes; they are no text side by side.
            adding &= self.is_number(right);
            if adding {
                pieces = vec![self.push_at(Expr::Unknown, node)];
            }
            let outer = self.spine.get(base..).and_then(<[Step]>::last).copied();
            match outer {
                Some(outer)
                    if self.nodes.kind(outer.node) == Kind::Binary
                        && self.operator(outer.node) == "+" =>
                {
                    self.spine.pop();
                    node = outer.node;
                }
                _ => break,
            }
        }
        match pieces.as_slice() {
            &[only] if self.facts.span(only) == self.nodes.span(node) => only,
            _ => self.push_at(Expr::Concat(pieces.into()), node),
        }
    }

    fn is_number(&self, expr: ExprId) -> bool {
        matches!(self.facts.expr(expr), Expr::Number(_))
    }

    /// Adds an operand of `+`; a template literal as its own pieces.
    fn add_piece(&self, pieces: &mut Vec<ExprId>, node: Option<Node>, piece: ExprId) {
        let template =
            node.is_some_and(|node| self.nodes.kind(self.nodes.bare(node)) == Kind::Template);
        match self.facts.expr(piece) {
            Expr::Concat(inner) if template => pieces.extend(inner),
            _ => pieces.push(piece),
        }
    }
}

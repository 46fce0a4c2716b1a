//! Turns expressions into data. Programs nest on the left without limit (`a.b().c()`, `a + b + c`,
//! `a && b && c`), so the way down to the first operand is walked in a loop, and only the other
//! operands recurse.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::{Expr, ExprId, When};

/// What a module knows of itself: a name like that of a global.
const IMPORT_META: &str = "import.meta";

/// An expression whose first operand is being lowered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) node: Node,
    pub(super) position: Position,
    /// How many occurrences awaited their call before it.
    pub(super) mark: usize,
}

impl Reader<'_, '_> {
    /// Lowers the expression `node`, which stands in `position`.
    pub(super) fn expression(&mut self, node: Node, position: Position) -> ExprId {
        self.deeper(node, |reader| {
            let base = reader.spine.len();
            let (mut node, mut position) = (node, position);
            while let Some(inner) = reader.first_operand(node, position) {
                (node, position) = inner;
            }
            let mut id = reader.operand(node, position);
            while reader.spine.len() > base
                && let Some(step) = reader.spine.pop()
            {
                id = reader.complete(step, id, base);
            }
            id
        })
    }

    /// The part of `node` that is to be lowered first, and its position; `None` where there is
    /// nothing to walk down to.
    fn first_operand(&mut self, node: Node, position: Position) -> Option<(Node, Position)> {
        let nodes = self.nodes;
        let inner = match nodes.kind(node) {
            Kind::Transparent => return Some((nodes.first(node)?, position)),
            Kind::Sequence => return self.last_of_sequence(node).map(|last| (last, position)),
            Kind::Member | Kind::Subscript => (nodes.child(node, Part::Object)?, Position::Object),
            Kind::Call | Kind::New => (nodes.child(node, Part::Callee)?, Position::Called),
            Kind::Binary => (nodes.child(node, Part::Left)?, position.left_of(self.operator(node))),
            Kind::Unary => {
                let inner = match self.operator(node) {
                    "!" | "typeof" => Position::Tested,
                    "delete" => Position::Written,
                    _ => Position::Read,
                };
                (nodes.child(node, Part::Argument)?, inner)
            }
            Kind::Await => (nodes.first(node)?, Position::Read),
            _ => return None,
        };
        self.spine.push(Step { node, position, mark: self.called.len() });
        Some(inner)
    }

    /// Lowers all of a comma chain but the last.
    fn last_of_sequence(&mut self, node: Node) -> Option<Node> {
        let nodes = self.nodes;
        let mut last = None;
        for child in nodes.children(node) {
            if let Some(before) = last.replace(child) {
                self.expression(before, Position::Discarded);
            }
        }
        last
    }

    /// Lowers an expression that has no first operand to walk down to.
    fn operand(&mut self, node: Node, position: Position) -> ExprId {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::Identifier => self.name(node, position),
            Kind::Meta if nodes.text(node) == IMPORT_META => {
                self.push_at(Expr::Global(IMPORT_META.into()), node)
            }
            Kind::This => self.push_at(Expr::This(self.this), node),
            Kind::Super => self.push_at(Expr::Super, node),
            Kind::Undefined => self.push_at(Expr::Undefined, node),
            Kind::Null => self.push_at(Expr::Null, node),
            Kind::True => self.push_at(Expr::Bool(true), node),
            Kind::False => self.push_at(Expr::Bool(false), node),
            Kind::Number => self.push_at(Expr::Number(nodes.text(node).into()), node),
            Kind::String => self.push_at(Expr::String(nodes.string(node).into()), node),
            Kind::Template => self.template(node),
            Kind::Array => self.array(node),
            Kind::Object => self.object(node),
            Kind::FunctionExpression | Kind::Arrow => self.function(node),
            Kind::Class => self.class(node),
            Kind::Conditional => self.conditional(node, position),
            Kind::Assignment => self.assignment(node),
            Kind::Augmented => self.augmented(node),
            Kind::Update => self.update(node),
            _ => self.opaque(node),
        }
    }

    /// Finishes the expression of `step`, whose first operand is `first`.
    fn complete(&mut self, step: Step, first: ExprId, base: usize) -> ExprId {
        match self.nodes.kind(step.node) {
            Kind::Member => self.member(step, first),
            Kind::Subscript => self.subscript(step, first),
            Kind::Call | Kind::New => self.call(step, first),
            Kind::Binary => self.binary(step, first, base),
            Kind::Unary => self.unary(step.node, first),
            _ => self.push_at(Expr::Await(first), step.node),
        }
    }

    fn member(&mut self, step: Step, object: ExprId) -> ExprId {
        let nodes = self.nodes;
        let name =
            nodes.child(step.node, Part::Property).map(|name| nodes.name(name)).unwrap_or_default();
        let id = self.push_at(Expr::Member { object, name: name.into() }, step.node);
        self.occurrence(id, step.position);
        id
    }

    fn subscript(&mut self, step: Step, object: ExprId) -> ExprId {
        let index = match self.nodes.child(step.node, Part::Index) {
            Some(index) => self.expression(index, Position::Read),
            None => self.push_at(Expr::Unknown, step.node),
        };
        let expr = match self.facts.expr(index) {
            Expr::String(name) => Expr::Member { object, name: name.clone() },
            _ => Expr::Index { object, index },
        };
        let id = self.push_at(expr, step.node);
        self.occurrence(id, step.position);
        id
    }

    fn call(&mut self, step: Step, callee: ExprId) -> ExprId {
        let nodes = self.nodes;
        let arguments = nodes.child(step.node, Part::Arguments);
        if let Some(template) = arguments.filter(|&node| nodes.kind(node) == Kind::Template) {
            self.template(template);
            let id = self.push_at(Expr::Unknown, step.node);
            self.settle_calls(step.mark, id);
            return id;
        }
        let new = nodes.kind(step.node) == Kind::New;
        let asks =
            !new && matches!(self.facts.expr(callee), Expr::Global(name) if &**name == "Boolean");
        let position = if asks { Position::Tested } else { Position::Read };
        let arguments = arguments.map(|list| self.list(list, position)).unwrap_or_default();
        if nodes
            .child(step.node, Part::Callee)
            .is_some_and(|callee| nodes.kind(callee) == Kind::Import)
        {
            return self.dynamic_import(step.node, &arguments);
        }
        if !new {
            self.required(callee, &arguments);
            self.defined_property(callee, &arguments);
        }
        let id = self.push_at(Expr::Call { callee, arguments: arguments.into(), new }, step.node);
        self.facts.calls.push(id);
        self.settle_calls(step.mark, id);
        id
    }

    /// `test ? then : otherwise`; of a chain of them, all of it.
    fn conditional(&mut self, node: Node, position: Position) -> ExprId {
        let nodes = self.nodes;
        let position = position.passed_on();
        let mut chain = Vec::new();
        let mut next = node;
        let mut value = loop {
            let parts = [Part::Condition, Part::Consequence, Part::Alternative];
            let [Some(test), Some(then), Some(otherwise)] =
                parts.map(|part| nodes.child(next, part))
            else {
                break self.opaque(next);
            };
            let test = self.expression(test, Position::Tested);
            self.branch(nodes.span(then), When::True(test));
            self.branch(nodes.span(otherwise), When::False(test));
            let then = self.expression(then, position);
            chain.push((next, test, then));
            next = nodes.bare(otherwise);
            if nodes.kind(next) != Kind::Conditional {
                break self.expression(otherwise, position);
            }
        };
        for (node, test, then) in chain.into_iter().rev() {
            value = self.push_at(Expr::Conditional { test, then, otherwise: value }, node);
        }
        value
    }
}

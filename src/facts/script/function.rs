//! Functions and their parameters. Whatever the form of a parameter, its names are bindings whose
//! values lead back to [`Expr::Parameter`].

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::{Expr, ExprId, FunctionId, Parameter};

impl Reader<'_, '_> {
    /// Reads a function in any form, with all that is in it.
    pub(super) fn function(&mut self, node: Node) -> ExprId {
        self.within_function(node, |reader, function| {
            reader.parameters(node, function);
            reader.body(node, function);
        });
        let Some((scope, function)) = self.scopes.function_at(node) else {
            return self.push_at(Expr::Unknown, node);
        };
        let id = self.push_at(Expr::Function(function), node);
        // A function expression's own name, which only the function sees.
        let scopes = self.scopes;
        for (_, binding) in
            scopes.outside(scope).into_iter().flat_map(|outside| scopes.names(outside))
        {
            self.give(*binding, id, true);
        }
        id
    }

    /// Calls `read` with the names and the `this` of the function that `node` opens; not at all
    /// when that nests too deeply.
    pub(super) fn within_function(&mut self, node: Node, read: impl FnOnce(&mut Self, FunctionId)) {
        let Some((scope, function)) = self.scopes.function_at(node) else { return };
        let around = (self.function, self.this);
        self.enter(scope);
        self.function = Some(function);
        if self.nodes.kind(node) != Kind::Arrow {
            self.this = Some(function);
        }
        self.deeper(node, |reader| {
            read(reader, function);
            ExprId(0)
        });
        (self.function, self.this) = around;
        self.leave(scope);
    }

    fn parameters(&mut self, node: Node, function: FunctionId) {
        let nodes = self.nodes;
        let single = nodes.child(node, Part::Parameter);
        let list = nodes.child(node, Part::Parameters);
        let parameters =
            single.into_iter().chain(list.into_iter().flat_map(|list| nodes.children(list)));
        let mut index = 0;
        for parameter in parameters {
            // TypeScript's `this: T` is no parameter.
            let typed = nodes.kind(parameter) == Kind::TypedParameter;
            let pattern =
                if typed { nodes.child(parameter, Part::Pattern) } else { Some(parameter) };
            match pattern.map(|pattern| (pattern, nodes.kind(pattern))) {
                Some((_, Kind::This)) | None => {}
                Some((pattern, Kind::Error | Kind::Other)) => drop(self.opaque(pattern)),
                Some((pattern, _)) => {
                    self.parameter(parameter, pattern, function, index);
                    index += 1;
                }
            }
        }
    }

    /// Reads parameter `index`: `node`, with its decorators and default, whose names are in
    /// `pattern`.
    fn parameter(&mut self, node: Node, pattern: Node, function: FunctionId, index: u32) {
        let nodes = self.nodes;
        for decorator in nodes.children(node).filter(|&child| nodes.part(child) == Part::Decorator)
        {
            self.opaque(decorator);
        }
        let mut target = pattern;
        let mut default = nodes.child(node, Part::Value).filter(|_| pattern != node);
        if nodes.kind(pattern) == Kind::DefaultPattern {
            target = nodes.child(pattern, Part::Left).unwrap_or(pattern);
            default = nodes.child(pattern, Part::Right);
        }
        let rest = nodes.kind(target) == Kind::RestPattern;
        if rest {
            target = nodes.first(target).unwrap_or(target);
        }
        let own = self.push_at(Expr::Parameter { function, index }, target);
        let mut value = own;
        let mut default_value = None;
        if let Some(default) = default {
            value = self.with_default(own, target, default);
            default_value = match self.facts.expr(value) {
                &Expr::Logical { right, .. } => Some(right),
                _ => None,
            };
        }
        self.bind(target, value, true);
        let binding = (nodes.kind(target) == Kind::Identifier)
            .then(|| self.resolve(&nodes.name(target)))
            .flatten();
        if let Some(function) = self.facts.functions.get_mut(function.index()) {
            function.parameters.push(Parameter { binding, default: default_value, rest });
        }
        // `constructor(private api: Api)` is `this.api = api`.
        let property = nodes.has(node, Kind::Accessibility) || nodes.has(node, Kind::Readonly);
        if let (Some(binding), true) = (binding, property && pattern != node) {
            let object = self.push_at(Expr::This(Some(function)), target);
            let name = nodes.name(target).into();
            let member = self.push_at(Expr::Member { object, name }, target);
            let value = self.push_at(Expr::Name(binding), target);
            self.assign(member, value);
        }
    }

    fn body(&mut self, node: Node, function: FunctionId) {
        let nodes = self.nodes;
        let Some(body) = nodes.child(node, Part::Body) else { return };
        if nodes.kind(body) == Kind::Block {
            self.note_exits(body);
            return self.statements(nodes.children(body));
        }
        let value = self.expression(body, Position::Read);
        if let Some(function) = self.facts.functions.get_mut(function.index()) {
            function.returns.push(value);
        }
    }
}

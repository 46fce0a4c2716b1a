//! Classes. The initialiser of a field and a static block run as functions of their own (see
//! [`super::Function`]), so that `this` in them is never that of the function around the class.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::{Entry, Expr, ExprId, Key};

impl Reader<'_, '_> {
    /// Reads a class in any form, with all that is in it.
    pub(super) fn class(&mut self, node: Node) -> ExprId {
        self.deeper(node, |reader| {
            let scope = reader.scopes.at(node);
            if let Some(scope) = scope {
                reader.enter(scope);
            }
            let id = reader.class_within(node);
            if let Some(scope) = scope {
                reader.leave(scope);
            }
            id
        })
    }

    fn class_within(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        let mut base = None;
        let mut body = None;
        for child in nodes.children(node) {
            match (nodes.kind(child), nodes.part(child)) {
                (Kind::Heritage, _) => base = self.heritage(child),
                (_, Part::Body) => body = Some(child),
                (_, Part::Name) => {}
                _ => drop(self.opaque(child)),
            }
        }
        let mut members = Vec::new();
        let mut statics = Vec::new();
        let mut functions = Vec::new();
        for child in body.into_iter().flat_map(|body| nodes.children(body)) {
            let entry = match nodes.kind(child) {
                Kind::Method => {
                    let (entry, function) = self.method(child);
                    functions.push(function);
                    Some(entry)
                }
                Kind::Field => self.field(child, &mut functions),
                Kind::StaticBlock => {
                    functions.push(self.function(child));
                    None
                }
                _ => {
                    self.opaque(child);
                    None
                }
            };
            let fixed = nodes.has(child, Kind::Static) || nodes.has(child, Kind::StaticGet);
            if fixed { statics.extend(entry) } else { members.extend(entry) }
        }
        functions.extend(members.iter().chain(&statics).map(|entry| entry.value));
        let id = self
            .push_at(Expr::Class { base, members: members.into(), statics: statics.into() }, node);
        self.own(id, functions);
        if let Some(name) = nodes.child(node, Part::Name)
            && let (Kind::Class, Some(binding)) =
                (nodes.kind(node), self.resolve(&nodes.name(name)))
        {
            self.give(binding, id, true);
        }
        id
    }

    /// What a class extends. TypeScript wraps it once more.
    fn heritage(&mut self, node: Node) -> Option<ExprId> {
        let nodes = self.nodes;
        let mut inner = nodes.first(node)?;
        if nodes.kind(inner) == Kind::Heritage {
            inner = nodes.child(inner, Part::Value)?;
        }
        Some(self.expression(inner, Position::Read))
    }

    fn field(&mut self, node: Node, functions: &mut Vec<ExprId>) -> Option<Entry> {
        let nodes = self.nodes;
        for decorator in nodes.children(node).filter(|&child| nodes.part(child) == Part::Decorator)
        {
            self.opaque(decorator);
        }
        let key = nodes.child(node, Part::Name).or_else(|| nodes.child(node, Part::Property))?;
        let key_span = nodes.span(key);
        let key = self.key(key);
        let Some(initialiser) = nodes.child(node, Part::Value) else {
            // `declare` says of a field that it is not there.
            let declared = nodes.has(node, Kind::Declare);
            return (!declared).then(|| {
                let value = self.push_at(Expr::Undefined, node);
                Entry { key, key_span, value }
            });
        };
        let mut value = None;
        self.within_function(node, |reader, function| {
            let id = reader.expression(initialiser, Position::Read);
            if let Some(function) = reader.facts.functions.get_mut(function.index()) {
                function.returns.push(id);
            }
            value = Some(id);
        });
        if let Some((_, function)) = self.scopes.function_at(node) {
            functions.push(self.push_at(Expr::Function(function), node));
        }
        let value = value.unwrap_or_else(|| self.push_at(Expr::Unknown, node));
        if let Key::Name(name) = &key {
            self.name_function(value, name);
        }
        Some(Entry { key, key_span, value })
    }
}

//! Array, object and template literals. A function that is an entry of an object literal has that
//! literal as its owner, whether written as a method or as a property.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::statement::is_expression;
use super::{Argument, Entry, Expr, ExprId, Key, string};

impl Reader<'_, '_> {
    pub(super) fn array(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        let mut elements = Vec::new();
        let mut hole = true;
        for child in nodes.children(node) {
            if nodes.kind(child) == Kind::Comma {
                if hole {
                    let value = self.push_at(Expr::Undefined, child);
                    elements.push(Argument { value, spread: false });
                }
                hole = true;
                continue;
            }
            hole = false;
            elements.extend(self.argument(child));
        }
        self.push_at(Expr::Array(elements.into()), node)
    }

    /// Reads an argument or element; `None` for what is neither.
    fn argument(&mut self, node: Node) -> Option<Argument> {
        self.argument_in(node, Position::Read)
    }

    /// Reads the arguments of a call.
    pub(super) fn list(&mut self, node: Node, position: Position) -> Vec<Argument> {
        let nodes = self.nodes;
        nodes.children(node).filter_map(|child| self.argument_in(child, position)).collect()
    }

    fn argument_in(&mut self, node: Node, position: Position) -> Option<Argument> {
        let nodes = self.nodes;
        let spread = nodes.kind(node) == Kind::Spread;
        let inner = if spread { nodes.first(node) } else { Some(node) };
        if let Some(inner) = inner.filter(|&inner| is_expression(nodes.kind(inner))) {
            let position = if spread { Position::Read } else { position };
            return Some(Argument { value: self.expression(inner, position), spread });
        }
        let value = self.opaque(node);
        // JSX and the like are values; what the parser could not read is none.
        (nodes.kind(node) == Kind::Other).then_some(Argument { value, spread })
    }

    pub(super) fn object(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        let mut entries = Vec::new();
        // Functions without an entry of their own.
        let mut others = Vec::new();
        for child in nodes.children(node) {
            match nodes.kind(child) {
                Kind::Pair => entries.extend(self.pair(child)),
                Kind::Identifier => {
                    let key = Key::Name(nodes.name(child).into());
                    let value = self.name(child, Position::Read);
                    entries.push(Entry { key, key_span: nodes.span(child), value });
                }
                Kind::Spread => {
                    if let Some(inner) = nodes.first(child) {
                        let value = self.expression(inner, Position::Read);
                        let key_span = nodes.span(child);
                        entries.push(Entry { key: Key::Spread, key_span, value });
                    }
                }
                Kind::Method => {
                    let (entry, function) = self.method(child);
                    entries.push(entry);
                    others.push(function);
                }
                _ => drop(self.opaque(child)),
            }
        }
        others.extend(entries.iter().map(|entry| entry.value));
        let id = self.push_at(Expr::Object(entries.into()), node);
        self.own(id, others);
        id
    }

    fn pair(&mut self, node: Node) -> Option<Entry> {
        let nodes = self.nodes;
        let (key, value) = (nodes.child(node, Part::Key), nodes.child(node, Part::Value));
        let (Some(key), Some(value)) = (key, value) else {
            self.opaque(node);
            return None;
        };
        let key_span = nodes.span(key);
        let key = self.key(key);
        let value = self.expression(value, Position::Read);
        if let Key::Name(name) = &key {
            self.name_function(value, name);
        }
        Some(Entry { key, key_span, value })
    }

    /// The key that `node` spells.
    pub(super) fn key(&mut self, node: Node) -> Key {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::String => Key::Name(nodes.string(node).into()),
            Kind::Computed => {
                let key = match nodes.first(node) {
                    Some(inner) => self.expression(inner, Position::Read),
                    None => self.push_at(Expr::Unknown, node),
                };
                match self.facts.expr(key) {
                    Expr::String(name) => Key::Name(name.clone()),
                    _ => Key::Computed(key),
                }
            }
            _ => Key::Name(nodes.name(node).into()),
        }
    }

    /// Reads a method or accessor of an object literal or class; also gives its function.
    pub(super) fn method(&mut self, node: Node) -> (Entry, ExprId) {
        let nodes = self.nodes;
        let name = nodes.child(node, Part::Name);
        let key_span = nodes.span(name.unwrap_or(node));
        let key = name.map_or_else(|| Key::Name("".into()), |name| self.key(name));
        let function = self.function(node);
        if let Key::Name(name) = &key {
            self.name_function(function, name);
        }
        let getter = nodes.has(node, Kind::Get) || nodes.has(node, Kind::StaticGet);
        let (key, value) = match (key, getter, nodes.has(node, Kind::Set)) {
            (Key::Name(name), true, _) => (Key::Getter(name), function),
            (Key::Name(name), _, true) => (Key::Setter(name), function),
            (key, false, false) => (key, function),
            (key, ..) => (key, self.push_at(Expr::Unknown, node)),
        };
        (Entry { key, key_span, value }, function)
    }

    /// Makes `owner` the owner of those of `values` that are functions.
    pub(super) fn own(&mut self, owner: ExprId, values: impl IntoIterator<Item = ExprId>) {
        for value in values {
            if let &Expr::Function(id) = self.facts.expr(value)
                && let Some(function) = self.facts.functions.get_mut(id.index())
            {
                function.owner = Some(owner);
            }
        }
    }

    /// Reads a template literal: a string when nothing is substituted.
    pub(super) fn template(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        let whole = nodes.span(node);
        let end = whole.end().saturating_sub(usize::from(nodes.text(node).ends_with('`')));
        let mut from = whole.start() + 1;
        let mut pieces = Vec::new();
        for child in nodes.children(node) {
            let span = nodes.span(child);
            self.piece_of_text(&mut pieces, from, span.start());
            from = span.end();
            match (nodes.kind(child), nodes.first(child)) {
                (Kind::Substitution, Some(inner)) => {
                    pieces.push(self.expression(inner, Position::Read));
                }
                _ => pieces.push(self.opaque(child)),
            }
        }
        if pieces.is_empty() {
            let text = string::unescape(nodes.between(from, end.max(from)));
            return self.push_at(Expr::String(text.into()), node);
        }
        self.piece_of_text(&mut pieces, from, end);
        self.push_at(Expr::Concat(pieces.into()), node)
    }

    fn piece_of_text(&mut self, pieces: &mut Vec<ExprId>, from: usize, to: usize) {
        if from < to {
            let text = string::unescape(self.nodes.between(from, to));
            pieces.push(self.push(Expr::String(text.into()), (from..to).into()));
        }
    }
}

//! Assignments and destructuring. A name taken out of a value is given the member expression that
//! it stands for, so that `const { a } = x` and `const a = x.a` are the same to everyone after
//! this.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::operator;
use super::read::Reader;
use super::{BindingId, Entry, Expr, ExprId, Key, LogicalOperator, Write};

impl Reader<'_, '_> {
    /// The binding that `node` names, when it is a plain name of this file.
    fn binding_of(&self, node: Node) -> Option<BindingId> {
        let nodes = self.nodes;
        let name = matches!(nodes.kind(node), Kind::Identifier | Kind::ShorthandPattern);
        name.then(|| self.resolve(&nodes.name(node))).flatten()
    }

    /// The position of a value that is given to `target`.
    pub(super) fn position_of_value(&self, target: Node) -> Position {
        self.binding_of(self.nodes.bare(target)).map_or(Position::Read, Position::Bound)
    }

    /// Gives `value` to `target`: a name, a member or a pattern. `declares` tells a declaration
    /// from an assignment.
    pub(super) fn bind(&mut self, target: Node, value: ExprId, declares: bool) {
        let nodes = self.nodes;
        let target = nodes.bare(target);
        match nodes.kind(target) {
            Kind::Identifier | Kind::ShorthandPattern if declares => {
                if let Some(binding) = self.binding_of(target) {
                    self.give(binding, value, true);
                }
                self.name_function(value, &nodes.name(target));
            }
            Kind::Identifier | Kind::ShorthandPattern | Kind::Member | Kind::Subscript => {
                let target = self.target(target);
                self.assign(target, value);
            }
            _ => {
                self.deeper(target, |reader| {
                    match nodes.kind(target) {
                        Kind::ObjectPattern => reader.object_pattern(target, value, declares),
                        Kind::ArrayPattern => reader.array_pattern(target, value, declares),
                        Kind::DefaultPattern => reader.default_pattern(target, value, declares),
                        _ => drop(reader.opaque(target)),
                    }
                    value
                });
            }
        }
    }

    /// Lowers what is assigned to.
    fn target(&mut self, node: Node) -> ExprId {
        match self.nodes.kind(node) {
            Kind::Identifier | Kind::ShorthandPattern => self.name(node, Position::Written),
            _ => self.expression(node, Position::Written),
        }
    }

    /// Notes that `target` is given `value`.
    pub(super) fn assign(&mut self, target: ExprId, value: ExprId) {
        let name = match self.facts.expr(target) {
            &Expr::Name(binding) => {
                self.give(binding, value, false);
                self.facts.binding(binding).map(|binding| binding.name.clone())
            }
            Expr::Global(name) | Expr::Member { name, .. } => Some(name.clone()),
            Expr::Index { .. } => None,
            // What cannot be assigned to.
            _ => return,
        };
        if !matches!(self.facts.expr(target), Expr::Name(_)) {
            self.facts.writes.push(Write { target, value, function: self.function });
            self.exported(target, value);
        }
        if let Some(name) = name {
            self.name_function(value, &name);
        }
    }

    fn object_pattern(&mut self, pattern: Node, object: ExprId, declares: bool) {
        let nodes = self.nodes;
        let mut taken = Vec::new();
        for child in nodes.children(pattern) {
            match nodes.kind(child) {
                Kind::ShorthandPattern => {
                    let value = self.taken(object, child);
                    taken.push(nodes.name(child));
                    self.bind(child, value, declares);
                }
                Kind::DefaultPattern => {
                    let Some(left) = nodes.child(child, Part::Left) else { continue };
                    let value = self.taken(object, left);
                    taken.push(nodes.name(left));
                    self.default_pattern(child, value, declares);
                }
                Kind::PairPattern => {
                    let (key, target) =
                        (nodes.child(child, Part::Key), nodes.child(child, Part::Value));
                    let (Some(key), Some(target)) = (key, target) else { continue };
                    match self.key(key) {
                        Key::Computed(index) => {
                            let value = self.push_at(Expr::Index { object, index }, key);
                            self.bind(target, value, declares);
                        }
                        Key::Name(name) => {
                            let value =
                                self.push_at(Expr::Member { object, name: name.clone() }, key);
                            taken.push(String::from(name).into());
                            self.taken_occurrence(value, target);
                            self.bind(target, value, declares);
                        }
                        Key::Spread | Key::Getter(_) | Key::Setter(_) => {}
                    }
                }
                Kind::RestPattern => {
                    let Some(target) = nodes.first(child) else { continue };
                    // All of the object but what was taken before.
                    let key_span = nodes.span(child);
                    let mut entries = vec![Entry { key: Key::Spread, key_span, value: object }];
                    // A second rest is a mistake, and is not worth a second copy.
                    for name in taken.drain(..) {
                        let value = self.push_at(Expr::Undefined, child);
                        entries.push(Entry { key: Key::Name(name.into()), key_span, value });
                    }
                    let value = self.push_at(Expr::Object(entries.into()), child);
                    self.bind(target, value, declares);
                }
                _ => drop(self.opaque(child)),
            }
        }
    }

    /// The member of `object` that the shorthand `key` takes out for the variable of that name.
    fn taken(&mut self, object: ExprId, key: Node) -> ExprId {
        let name = self.nodes.name(key).into();
        let value = self.push_at(Expr::Member { object, name }, key);
        self.taken_occurrence(value, key);
        value
    }

    /// Notes that the member `value` was taken out for `target`, unless `target` takes it apart
    /// further.
    fn taken_occurrence(&mut self, value: ExprId, target: Node) {
        let nodes = self.nodes;
        let mut target = nodes.bare(target);
        if nodes.kind(target) == Kind::DefaultPattern
            && let Some(left) = nodes.child(target, Part::Left)
        {
            target = nodes.bare(left);
        }
        if !matches!(nodes.kind(target), Kind::ObjectPattern | Kind::ArrayPattern) {
            self.occurrence(value, self.position_of_value(target));
        }
    }

    fn array_pattern(&mut self, pattern: Node, object: ExprId, declares: bool) {
        let nodes = self.nodes;
        let mut position = 0_usize;
        for child in nodes.children(pattern) {
            match nodes.kind(child) {
                Kind::Comma => position += 1,
                Kind::RestPattern => {
                    let Some(target) = nodes.first(child) else { continue };
                    let value = self.push_at(Expr::Unknown, child);
                    self.bind(target, value, declares);
                }
                Kind::Error => drop(self.opaque(child)),
                _ => {
                    let index = self.push_at(Expr::Number(position.to_string().into()), child);
                    let value = self.push_at(Expr::Index { object, index }, child);
                    self.bind(child, value, declares);
                }
            }
        }
    }

    /// `target = default`, where the value is `value` unless that is undefined.
    fn default_pattern(&mut self, pattern: Node, value: ExprId, declares: bool) {
        let nodes = self.nodes;
        let (left, right) = (nodes.child(pattern, Part::Left), nodes.child(pattern, Part::Right));
        let (Some(left), Some(right)) = (left, right) else { return };
        let value = self.with_default(value, left, right);
        self.bind(left, value, declares);
    }

    /// `value`, or `default` when that is undefined, to be given to `target`.
    pub(super) fn with_default(&mut self, value: ExprId, target: Node, default: Node) -> ExprId {
        let right = self.expression(default, self.position_of_value(target));
        if self.binding_of(target).is_some() {
            self.name_function(right, &self.nodes.name(target));
        }
        let expr = Expr::Logical { operator: LogicalOperator::Default, left: value, right };
        self.push(expr, self.facts.span(value))
    }

    /// `left = right`; of a chain `a = b = c = …`, all of it: compilers write long ones.
    pub(super) fn assignment(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        let mut chain = Vec::new();
        let mut next = node;
        let mut value = loop {
            let (left, right) = (nodes.child(next, Part::Left), nodes.child(next, Part::Right));
            let (Some(left), Some(right)) = (left, right) else { break self.opaque(next) };
            chain.push((next, left));
            next = nodes.bare(right);
            if nodes.kind(next) != Kind::Assignment {
                break self.expression(right, self.position_of_value(left));
            }
        };
        for (node, left) in chain.into_iter().rev() {
            self.bind(left, value, false);
            value = self.push_at(Expr::Assign { value }, node);
        }
        value
    }

    /// `left += right` and its like.
    pub(super) fn augmented(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        let (left, right) = (nodes.child(node, Part::Left), nodes.child(node, Part::Right));
        let (Some(left), Some(right)) = (left, right) else { return self.opaque(node) };
        let target = self.target(nodes.bare(left));
        let sign = self.operator(node);
        let operator = operator::logical(sign);
        let position =
            if operator.is_some() { self.position_of_value(left) } else { Position::Read };
        let right = self.expression(right, position);
        let value = match operator {
            Some(operator) => Expr::Logical { operator, left: target, right },
            None if sign == "+=" => Expr::Concat([target, right].into()),
            None => Expr::Unknown,
        };
        let value = self.push_at(value, node);
        self.assign(target, value);
        self.push_at(Expr::Assign { value }, node)
    }

    /// `argument++`, `--argument`
    pub(super) fn update(&mut self, node: Node) -> ExprId {
        let Some(argument) = self.nodes.child(node, Part::Argument) else {
            return self.opaque(node);
        };
        let target = self.target(self.nodes.bare(argument));
        let value = self.push_at(Expr::Unknown, node);
        self.assign(target, value);
        value
    }
}

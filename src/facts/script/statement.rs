//! Statements. What remains to be read lies on a stack of our own, so statements nest without
//! limit.

use super::context::Position;
use super::kind::{Kind, Part};
use super::nodes::Node;
use super::read::Reader;
use super::scope::ScopeId;
use super::{Entry, Expr, ExprId, When};

/// What remains to be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    /// A statement, or an expression whose value is used.
    Node(Node),
    /// A condition, and the statement that it is of.
    Condition(Node, Node),
    /// The value of a `case`, and the case.
    Case(Node, Node),
    /// An expression whose value is unused.
    Discarded(Node),
    /// The end of a scope.
    Leave(ScopeId),
}

impl Reader<'_, '_> {
    /// Reads statements, and all that is in them.
    pub(super) fn statements(&mut self, statements: impl IntoIterator<Item = Node>) {
        let base = self.work.len();
        self.schedule(statements.into_iter().map(Work::Node));
        while self.work.len() > base {
            match self.work.pop() {
                Some(Work::Node(node)) => self.statement(node),
                Some(Work::Condition(node, of)) => {
                    let test = self.expression(node, Position::Tested);
                    self.conditioned(of, test);
                }
                Some(Work::Case(node, of)) => {
                    let value = self.expression(node, Position::Read);
                    self.case(of, Some(value));
                }
                Some(Work::Discarded(node)) => drop(self.expression(node, Position::Discarded)),
                Some(Work::Leave(scope)) => self.leave(scope),
                None => break,
            }
        }
    }

    /// Puts work on the stack, to be done in order.
    fn schedule(&mut self, work: impl IntoIterator<Item = Work>) {
        let from = self.work.len();
        self.work.extend(work);
        if let Some(added) = self.work.get_mut(from..) {
            added.reverse();
        }
    }

    /// Schedules the children of `node`, within its scope if it opens one.
    fn children(&mut self, node: Node) {
        let nodes = self.nodes;
        if let Some(scope) = self.scopes.at(node) {
            self.enter(scope);
            self.work.push(Work::Leave(scope));
        }
        match nodes.kind(node) {
            Kind::Block | Kind::Program | Kind::Case => self.note_exits(node),
            Kind::Try if nodes.child(node, Part::Handler).is_some() => {
                if let Some(body) = nodes.child(node, Part::Body) {
                    self.branch(nodes.span(body), When::Tried);
                }
            }
            _ => {}
        }
        self.schedule(nodes.children(node).map(|child| {
            match (nodes.kind(node), nodes.part(child)) {
                (Kind::If | Kind::While | Kind::Do | Kind::For, Part::Condition) => {
                    Work::Condition(child, node)
                }
                (Kind::Case, Part::Value) => Work::Case(child, node),
                _ => Work::Node(child),
            }
        }));
    }

    fn statement(&mut self, node: Node) {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::ExpressionStatement => {
                self.schedule(nodes.children(node).map(|child| match nodes.kind(child) {
                    kind if is_expression(kind) => Work::Discarded(child),
                    _ => Work::Node(child),
                }));
            }
            Kind::Var | Kind::Lexical => self.declaration(node),
            Kind::FunctionDeclaration => {
                let value = self.function(node);
                self.give_name(node, value);
            }
            Kind::ClassDeclaration => {
                let value = self.class(node);
                self.give_name(node, value);
            }
            Kind::Enum => self.enumeration(node),
            Kind::Namespace => self.namespace(node),
            Kind::Return => {
                if let Some(value) = nodes.first(node) {
                    let value = self.expression(value, Position::Read);
                    self.returned(value);
                }
            }
            Kind::Switch => {
                self.switch(node);
                self.schedule(nodes.child(node, Part::Body).map(Work::Node));
            }
            Kind::Case if nodes.child(node, Part::Value).is_none() => {
                self.case(node, None);
                self.children(node);
            }
            Kind::ForIn => self.for_in(node),
            Kind::Catch => self.catch(node),
            Kind::ImportStatement => self.import_statement(node),
            Kind::ImportAlias => self.import_alias(node),
            Kind::ExportStatement => self.export_statement(node),
            kind if is_expression(kind) => drop(self.expression(node, Position::Read)),
            _ => self.children(node),
        }
    }

    /// Reads `var`, `let`, `const`.
    pub(super) fn declaration(&mut self, node: Node) {
        let nodes = self.nodes;
        for child in nodes.children(node) {
            match nodes.kind(child) {
                Kind::Declarator => self.declarator(child),
                Kind::Error => drop(self.opaque(child)),
                _ => {}
            }
        }
    }

    fn declarator(&mut self, node: Node) {
        let nodes = self.nodes;
        let (pattern, value) = (nodes.child(node, Part::Name), nodes.child(node, Part::Value));
        let Some(pattern) = pattern else {
            self.opaque(node);
            return;
        };
        if let Some(value) = value {
            let position = self.position_of_value(pattern);
            let value = self.expression(value, position);
            self.bind(pattern, value, true);
        } else if nodes.kind(pattern) != Kind::Identifier {
            // Broken, but its defaults are code all the same.
            let value = self.push_at(Expr::Unknown, node);
            self.bind(pattern, value, true);
        }
    }

    /// Gives the name that `node` declares its value.
    fn give_name(&mut self, node: Node, value: ExprId) {
        if let Some(name) = self.nodes.child(node, Part::Name)
            && let Some(binding) = self.resolve(&self.nodes.name(name))
        {
            self.give(binding, value, true);
        }
    }

    fn for_in(&mut self, node: Node) {
        let nodes = self.nodes;
        let (left, right) = (nodes.child(node, Part::Left), nodes.child(node, Part::Right));
        let (Some(left), Some(right)) = (left, right) else { return self.children(node) };
        let scope = self.scopes.at(node);
        if let Some(scope) = scope {
            self.enter(scope);
            self.work.push(Work::Leave(scope));
        }
        let declares = nodes.child(node, Part::DeclarationWord).is_some();
        let each = nodes.child(node, Part::Operator).is_some_and(|word| nodes.text(word) == "of");
        let object = self.expression(right, Position::Read);
        let index = self.push_at(Expr::Unknown, left);
        let value = if each { self.push_at(Expr::Index { object, index }, left) } else { index };
        self.bind(left, value, declares);
        if let Some(body) = nodes.child(node, Part::Body) {
            self.branch(nodes.span(body), When::Sometimes);
        }
        self.schedule(nodes.child(node, Part::Body).map(Work::Node));
    }

    fn catch(&mut self, node: Node) {
        let nodes = self.nodes;
        if let Some(scope) = self.scopes.at(node) {
            self.enter(scope);
            self.work.push(Work::Leave(scope));
        }
        if let Some(pattern) = nodes.child(node, Part::Parameter)
            && nodes.kind(pattern) != Kind::Identifier
        {
            let thrown = self.push_at(Expr::Unknown, pattern);
            self.bind(pattern, thrown, true);
        }
        if let Some(body) = nodes.child(node, Part::Body) {
            self.branch(nodes.span(body), When::Thrown);
        }
        self.schedule(nodes.child(node, Part::Body).map(Work::Node));
    }

    /// TypeScript's `enum`: an object of numbers and texts.
    fn enumeration(&mut self, node: Node) {
        let nodes = self.nodes;
        let mut entries = Vec::new();
        // A member without a value is one more than its predecessor.
        let mut next = Some(0_i64);
        let body = nodes.child(node, Part::Body);
        for member in body.into_iter().flat_map(|body| nodes.children(body)) {
            let (name, value) = match nodes.kind(member) {
                Kind::EnumAssignment => {
                    (nodes.child(member, Part::Name), nodes.child(member, Part::Value))
                }
                Kind::Error => {
                    self.opaque(member);
                    continue;
                }
                _ => (Some(member), None),
            };
            let Some(name) = name else { continue };
            let value = if let Some(value) = value {
                let id = self.expression(value, Position::Read);
                next = match self.facts.expr(id) {
                    Expr::Number(number) => {
                        number.parse::<i64>().ok().and_then(|number| number.checked_add(1))
                    }
                    _ => None,
                };
                id
            } else {
                let number =
                    next.map_or(Expr::Unknown, |number| Expr::Number(number.to_string().into()));
                next = next.and_then(|number| number.checked_add(1));
                self.push_at(number, member)
            };
            let key_span = nodes.span(name);
            let key = self.key(name);
            entries.push(Entry { key, key_span, value });
        }
        let value = self.push_at(Expr::Object(entries.into()), node);
        self.give_name(node, value);
    }

    /// TypeScript's `namespace`: its statements; what it exports is no export of the module.
    fn namespace(&mut self, node: Node) {
        let nodes = self.nodes;
        if let Some(scope) = self.scopes.at(node) {
            self.enter(scope);
            self.work.push(Work::Leave(scope));
        }
        let body = nodes.child(node, Part::Body);
        let inner = |child| match nodes.kind(child) {
            Kind::ExportStatement => nodes.child(child, Part::Declaration).unwrap_or(child),
            _ => child,
        };
        self.schedule(
            body.into_iter()
                .flat_map(|body| nodes.children(body))
                .map(|child| Work::Node(inner(child))),
        );
    }

    fn returned(&mut self, value: ExprId) {
        let function = self.function.and_then(|id| self.facts.functions.get_mut(id.index()));
        if let Some(function) = function {
            function.returns.push(value);
        }
    }
}

/// Whether a node of `kind` is read by `Reader::expression`.
pub(super) fn is_expression(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Transparent
            | Kind::Sequence
            | Kind::Member
            | Kind::Subscript
            | Kind::Call
            | Kind::New
            | Kind::Binary
            | Kind::Unary
            | Kind::Await
            | Kind::Yield
            | Kind::Update
            | Kind::Assignment
            | Kind::Augmented
            | Kind::Conditional
            | Kind::Identifier
            | Kind::This
            | Kind::Super
            | Kind::Undefined
            | Kind::Null
            | Kind::True
            | Kind::False
            | Kind::Number
            | Kind::String
            | Kind::Template
            | Kind::Regex
            | Kind::Meta
            | Kind::Array
            | Kind::Object
            | Kind::FunctionExpression
            | Kind::Arrow
            | Kind::Class
    )
}

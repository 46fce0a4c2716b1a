//! Which names a script declares, and where each can be seen. All names are declared before
//! anything is read, in one pass without recursion, so that a use before its declaration resolves
//! like any other.

use std::borrow::Cow;
use std::collections::HashMap;

use super::kind::{Kind, Part};
use super::nodes::{Node, Nodes};
use super::{Binding, BindingId, BindingKind, Function, FunctionId};

/// A part of a script in which names can be declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ScopeId(u32);

impl ScopeId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

struct Scope<'s> {
    names: Vec<(Cow<'s, str>, BindingId)>,
    /// Where `var` declares: this scope or one around it.
    hoist: ScopeId,
    /// The function that it is in.
    function: Option<FunctionId>,
    /// The scope that goes with it, just outside: that of a function expression's own name.
    outside: Option<ScopeId>,
}

/// The scopes of a script.
pub(super) struct Scopes<'s> {
    scopes: Vec<Scope<'s>>,
    at: HashMap<Node, ScopeId>,
}

/// What a script declares.
pub(super) struct Declarations<'s> {
    pub(super) scopes: Scopes<'s>,
    pub(super) bindings: Vec<Binding>,
    pub(super) functions: Vec<Function>,
}

impl<'s> Scopes<'s> {
    /// The scope that `node` opens.
    pub(super) fn at(&self, node: Node) -> Option<ScopeId> {
        self.at.get(&node).copied()
    }

    /// The scope and function that `node` opens, when it is a function (or a class field or static
    /// block).
    pub(super) fn function_at(&self, node: Node) -> Option<(ScopeId, FunctionId)> {
        let scope = self.at(node)?;
        Some((scope, self.scopes.get(scope.index())?.function?))
    }

    /// The scope just outside that goes with `scope`.
    pub(super) fn outside(&self, scope: ScopeId) -> Option<ScopeId> {
        self.scopes.get(scope.index())?.outside
    }

    /// The names declared in `scope`.
    pub(super) fn names(&self, scope: ScopeId) -> &[(Cow<'s, str>, BindingId)] {
        self.scopes.get(scope.index()).map_or(&[], |scope| &scope.names)
    }
}

/// A scope that the pass is in.
struct Open {
    until: Node,
    scope: ScopeId,
    /// The block that is a function's body: its names are the function's.
    body: Option<Node>,
}

struct Declarer<'t, 's> {
    nodes: &'t Nodes<'s>,
    out: Declarations<'s>,
    known: HashMap<(ScopeId, Cow<'s, str>), BindingId>,
    open: Vec<Open>,
    /// Function declarations in blocks, with their block.
    in_blocks: Vec<(ScopeId, BindingId)>,
}

/// Declares every name of a script. O(n).
pub(super) fn declare<'s>(nodes: &Nodes<'s>) -> Declarations<'s> {
    let scopes = Scopes { scopes: Vec::new(), at: HashMap::new() };
    let out = Declarations { scopes, bindings: Vec::new(), functions: Vec::new() };
    let mut declarer =
        Declarer { nodes, out, known: HashMap::new(), open: Vec::new(), in_blocks: Vec::new() };
    declarer.open(Node::ROOT, true, None);
    for node in nodes.all() {
        while declarer.open.len() > 1 && declarer.open.last().is_some_and(|open| open.until <= node)
        {
            declarer.open.pop();
        }
        declarer.visit(node);
    }
    declarer.show_functions_of_blocks();
    declarer.out
}

impl<'s> Declarer<'_, 's> {
    fn visit(&mut self, node: Node) {
        let nodes = self.nodes;
        match nodes.kind(node) {
            Kind::Var => self.declarators(node, BindingKind::Var),
            Kind::Lexical if nodes.has(node, Kind::Let) => self.declarators(node, BindingKind::Let),
            Kind::Lexical => self.declarators(node, BindingKind::Const),
            Kind::FunctionDeclaration => {
                let block = self.scope();
                let name = self.declare_part(node, Part::Name, BindingKind::Function);
                if let (Some(name), true) = (name, self.hoist() != block) {
                    self.in_blocks.push((block, name));
                }
                self.function(node);
            }
            Kind::FunctionExpression => {
                let outside = nodes.child(node, Part::Name).map(|name| {
                    let scope = self.open(node, false, None);
                    self.declare(scope, name, BindingKind::Function);
                    scope
                });
                let scope = self.function(node);
                if let Some(scope) = self.out.scopes.scopes.get_mut(scope.index()) {
                    scope.outside = outside;
                }
            }
            Kind::Arrow | Kind::Method | Kind::StaticBlock => drop(self.function(node)),
            Kind::Field if nodes.child(node, Part::Value).is_some() => drop(self.function(node)),
            Kind::ClassDeclaration => drop(self.declare_part(node, Part::Name, BindingKind::Class)),
            Kind::Class => {
                self.open(node, false, None);
                self.declare_part(node, Part::Name, BindingKind::Class);
            }
            Kind::Block if self.open.last().and_then(|open| open.body) == Some(node) => {}
            Kind::Block | Kind::For | Kind::SwitchBody => drop(self.open(node, false, None)),
            Kind::Catch => {
                let scope = self.open(node, false, None);
                if let Some(pattern) = nodes.child(node, Part::Parameter) {
                    self.pattern(scope, pattern, BindingKind::Other);
                }
            }
            Kind::ForIn => {
                let around = self.hoist();
                let scope = self.open(node, false, None);
                let word = nodes.child(node, Part::DeclarationWord).map(|word| nodes.kind(word));
                if let (Some(word), Some(pattern)) = (word, nodes.child(node, Part::Left)) {
                    let scope = if word == Kind::VarWord { around } else { scope };
                    self.pattern(scope, pattern, BindingKind::Other);
                }
            }
            Kind::Namespace => {
                // Its body is a function at run time, but one that is called where it stands.
                self.declare_part(node, Part::Name, BindingKind::Other);
                let scope = self.open(node, true, nodes.child(node, Part::Body));
                debug_assert_eq!(self.hoist(), scope);
            }
            Kind::Enum => drop(self.declare_part(node, Part::Name, BindingKind::Const)),
            Kind::ImportStatement if !nodes.has(node, Kind::Type) => self.import(node),
            Kind::ImportAlias => {
                if let Some(name) = nodes.first(node) {
                    self.declare(self.scope(), name, BindingKind::Import);
                }
            }
            _ => {}
        }
    }

    /// The scope that the pass is in.
    fn scope(&self) -> ScopeId {
        self.open.last().map_or(ScopeId(0), |open| open.scope)
    }

    fn hoist(&self) -> ScopeId {
        let scope = self.out.scopes.scopes.get(self.scope().index());
        scope.map_or(ScopeId(0), |scope| scope.hoist)
    }

    fn enclosing_function(&self) -> Option<FunctionId> {
        self.out.scopes.scopes.get(self.scope().index())?.function
    }

    fn open(&mut self, node: Node, hoists: bool, body: Option<Node>) -> ScopeId {
        let scope = ScopeId(number(self.out.scopes.scopes.len()));
        let hoist = if hoists { scope } else { self.hoist() };
        let function = self.enclosing_function();
        self.out.scopes.scopes.push(Scope { names: Vec::new(), hoist, function, outside: None });
        self.out.scopes.at.insert(node, scope);
        self.open.push(Open { until: self.nodes.after(node), scope, body });
        scope
    }

    fn function(&mut self, node: Node) -> ScopeId {
        let nodes = self.nodes;
        let id = FunctionId(number(self.out.functions.len()));
        let name =
            nodes.child(node, Part::Name).filter(|&name| nodes.kind(name) == Kind::Identifier);
        self.out.functions.push(Function {
            span: nodes.span(node),
            name: name.map(|name| nodes.name(name).into()),
            parameters: Vec::new(),
            returns: Vec::new(),
            parent: self.enclosing_function(),
            owner: None,
            arrow: nodes.kind(node) == Kind::Arrow,
            asynchronous: nodes.has(node, Kind::Async),
            generator: nodes.has(node, Kind::Star),
        });
        let scope = self.open(node, true, nodes.child(node, Part::Body));
        if let Some(scope) = self.out.scopes.scopes.get_mut(scope.index()) {
            scope.function = Some(id);
        }
        if let Some(parameter) = nodes.child(node, Part::Parameter) {
            self.pattern(scope, parameter, BindingKind::Parameter);
        }
        if let Some(parameters) = nodes.child(node, Part::Parameters) {
            for parameter in nodes.children(parameters) {
                // TypeScript wraps a parameter, with its default outside of the pattern.
                let pattern = match nodes.kind(parameter) {
                    Kind::TypedParameter => nodes.child(parameter, Part::Pattern),
                    _ => Some(parameter),
                };
                if let Some(pattern) = pattern {
                    self.pattern(scope, pattern, BindingKind::Parameter);
                }
            }
        }
        scope
    }

    fn declarators(&mut self, node: Node, kind: BindingKind) {
        let nodes = self.nodes;
        let scope = if kind == BindingKind::Var { self.hoist() } else { self.scope() };
        for declarator in
            nodes.children(node).filter(|&child| nodes.kind(child) == Kind::Declarator)
        {
            if let Some(pattern) = nodes.child(declarator, Part::Name) {
                self.pattern(scope, pattern, kind);
            }
        }
    }

    /// Declares what an `import` names. Types are gone at run time.
    fn import(&mut self, node: Node) {
        let nodes = self.nodes;
        let scope = self.scope();
        for clause in nodes.children(node) {
            match nodes.kind(clause) {
                Kind::ImportRequire => {
                    if let Some(name) = nodes.first(clause) {
                        self.declare(scope, name, BindingKind::Import);
                    }
                }
                Kind::ImportClause => {
                    for part in nodes.children(clause) {
                        self.import_part(scope, part);
                    }
                }
                _ => {}
            }
        }
    }

    fn import_part(&mut self, scope: ScopeId, part: Node) {
        let nodes = self.nodes;
        match nodes.kind(part) {
            Kind::Identifier => drop(self.declare(scope, part, BindingKind::Import)),
            Kind::NamespaceImport => {
                if let Some(name) = nodes.child_of(part, Kind::Identifier) {
                    self.declare(scope, name, BindingKind::Import);
                }
            }
            Kind::NamedImports => {
                for specifier in nodes.children(part).filter(|&child| !nodes.has(child, Kind::Type))
                {
                    let name = nodes.child(specifier, Part::Alias);
                    if let Some(name) = name.or_else(|| nodes.child(specifier, Part::Name)) {
                        self.declare(scope, name, BindingKind::Import);
                    }
                }
            }
            _ => {}
        }
    }

    /// Declares every name that a pattern binds.
    fn pattern(&mut self, scope: ScopeId, pattern: Node, kind: BindingKind) {
        for name in names(self.nodes, pattern) {
            self.declare(scope, name, kind);
        }
    }

    fn declare_part(&mut self, node: Node, part: Part, kind: BindingKind) -> Option<BindingId> {
        let name = self.nodes.child(node, part)?;
        self.declare(self.scope(), name, kind)
    }

    /// Declares a name. A second declaration in the same scope is the same binding.
    fn declare(&mut self, scope: ScopeId, node: Node, kind: BindingKind) -> Option<BindingId> {
        let nodes = self.nodes;
        let named =
            matches!(nodes.kind(node), Kind::Identifier | Kind::ShorthandPattern | Kind::TypeName);
        let name = named.then(|| nodes.name(node))?;
        if let Some(&known) = self.known.get(&(scope, name.clone())) {
            return Some(known);
        }
        let id = BindingId(number(self.out.bindings.len()));
        let scopes = &mut self.out.scopes.scopes;
        let function = scopes.get(scope.index()).and_then(|scope| scope.function);
        let (span, values) = (nodes.span(node), Vec::new());
        self.out.bindings.push(Binding { name: name.clone().into(), span, kind, function, values });
        self.show(scope, name, id);
        Some(id)
    }

    fn show(&mut self, scope: ScopeId, name: Cow<'s, str>, id: BindingId) {
        if let Some(scope) = self.out.scopes.scopes.get_mut(scope.index()) {
            scope.names.push((name.clone(), id));
        }
        self.known.insert((scope, name), id);
    }

    /// Outside of strict mode a function declared in a block can also be seen around it, unless
    /// another name stands there.
    fn show_functions_of_blocks(&mut self) {
        for (block, id) in std::mem::take(&mut self.in_blocks) {
            let hoist = self.out.scopes.scopes.get(block.index()).map(|scope| scope.hoist);
            let name = self.out.bindings.get(id.index()).map(|binding| binding.name.clone());
            if let (Some(hoist), Some(name)) = (hoist, name) {
                let name: Cow<'s, str> = Cow::Owned(name.into());
                if !self.known.contains_key(&(hoist, name.clone())) {
                    self.show(hoist, name, id);
                }
            }
        }
    }
}

/// The nodes of the names that a pattern binds, in order. O(pattern).
pub(super) fn names(nodes: &Nodes<'_>, pattern: Node) -> Vec<Node> {
    let end = nodes.after(pattern);
    let mut found = Vec::new();
    let mut next = pattern;
    while next < end {
        let node = next;
        let kind = nodes.kind(node);
        // Defaults, keys and members use names; they bind none.
        let uses = matches!(kind, Kind::Member | Kind::Subscript | Kind::Computed)
            || (node != pattern && matches!(nodes.part(node), Part::Right | Part::Key));
        if matches!(kind, Kind::Identifier | Kind::ShorthandPattern) && !uses {
            found.push(node);
        }
        next = if uses { nodes.after(node) } else { node.next() };
    }
    found
}

/// An index in 32 bits; a file over 4 GiB is never read.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

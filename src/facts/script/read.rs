//! Reads the facts of a script from its tree. The reader goes through the flat copy of the tree
//! once, statements without recursion, expressions with a depth limit, so that no input overflows
//! the stack.

use std::collections::HashMap;

use super::context::Position;
use super::lower::Step;
use super::nodes::{Node, NodeBuffer, Nodes};
use super::scope::{self, ScopeId, Scopes};
use super::statement::Work;
use super::{BindingId, Expr, ExprId, FunctionId, ScriptFacts};
use crate::facts::SyntaxProblem;
use crate::syntax::{Dialect, Grammar, Tree};
use crate::text::Span;

/// How deep expressions and functions may nest in each other before they are no longer followed.
/// Chains (`a.b().c()`, `a + b + c`, `else if`, nested blocks) do not count: they are gone through
/// without recursion.
const MAX_DEPTH: u32 = 200;

/// Reads the facts of `source` from a tree of it. O(n), plus sorting what is nearly sorted.
pub fn read(tree: &Tree, source: &str) -> ScriptFacts {
    let Some(dialect) = dialect(tree) else { return ScriptFacts::default() };
    read_nodes(&Nodes::new(tree, dialect, source))
}

/// As [`read`], with the same facts, sooner: `flat` is what the tree before an edit left, and is
/// replaced by what this one does.
pub fn reread(tree: &Tree, source: &str, flat: &mut Option<NodeBuffer>) -> ScriptFacts {
    let Some(dialect) = dialect(tree) else { return ScriptFacts::default() };
    let nodes = Nodes::again(tree, dialect, source, flat.as_ref());
    let facts = read_nodes(&nodes);
    *flat = nodes.into_flat(tree);
    facts
}

/// The dialect of a script's tree; no other kind has the syntax of one.
fn dialect(tree: &Tree) -> Option<Dialect> {
    if let Grammar::Script(dialect) = tree.grammar() { Some(dialect) } else { None }
}

fn read_nodes(nodes: &Nodes<'_>) -> ScriptFacts {
    let (comments, problems) = (nodes.comments.clone(), nodes.problems.clone());
    let declarations = scope::declare(nodes);
    let (bindings, functions) = (declarations.bindings, declarations.functions);
    let facts = ScriptFacts { bindings, functions, problems, comments, ..ScriptFacts::default() };
    let mut reader = Reader {
        nodes,
        scopes: &declarations.scopes,
        facts,
        visible: HashMap::new(),
        given: Vec::new(),
        function: None,
        this: None,
        depth: 0,
        spine: Vec::new(),
        called: Vec::new(),
        work: Vec::new(),
        exits: HashMap::new(),
        cases: HashMap::new(),
    };
    reader.statements([Node::ROOT]);
    reader.finish()
}

/// A value given to a binding.
struct Given {
    binding: BindingId,
    value: ExprId,
    initial: bool,
}

/// The state of reading one script. `'t` is the flat tree, `'s` the source.
pub(super) struct Reader<'t, 's> {
    pub(super) nodes: &'t Nodes<'s>,
    pub(super) scopes: &'t Scopes<'s>,
    pub(super) facts: ScriptFacts,
    /// The bindings that a name stands for here, innermost last.
    visible: HashMap<&'t str, Vec<BindingId>>,
    given: Vec<Given>,
    /// The function that is being read.
    pub(super) function: Option<FunctionId>,
    /// The function whose `this` holds here.
    pub(super) this: Option<FunctionId>,
    depth: u32,
    /// Expressions whose first operand is being lowered, outermost first.
    pub(super) spine: Vec<Step>,
    /// Occurrences that await their call.
    pub(super) called: Vec<usize>,
    /// Statements that remain to be read, next last.
    pub(super) work: Vec<Work>,
    /// For each `if` that leaves its block: what follows, and whether that runs when the condition
    /// holds.
    pub(super) exits: HashMap<Node, (Span, bool)>,
    /// For each `case` that nothing falls through to: what its `switch` asks for.
    pub(super) cases: HashMap<Node, ExprId>,
}

impl Reader<'_, '_> {
    /// Adds an expression.
    pub(super) fn push(&mut self, expr: Expr, span: Span) -> ExprId {
        let id = ExprId(u32::try_from(self.facts.exprs.len()).unwrap_or(u32::MAX));
        self.facts.exprs.push(expr);
        self.facts.spans.push(span);
        id
    }

    /// Adds an expression for `node`.
    pub(super) fn push_at(&mut self, expr: Expr, node: Node) -> ExprId {
        self.push(expr, self.nodes.span(node))
    }

    /// Goes one level deeper for `read`, unless that is too deep: then notes the problem and gives
    /// [`Expr::Unknown`].
    pub(super) fn deeper(&mut self, node: Node, read: impl FnOnce(&mut Self) -> ExprId) -> ExprId {
        if self.depth >= MAX_DEPTH {
            let span = self.nodes.span(node);
            self.facts.problems.push(SyntaxProblem { span, missing: false });
            return self.push(Expr::Unknown, span);
        }
        self.depth += 1;
        let id = read(self);
        self.depth -= 1;
        id
    }

    /// Makes the names of `scope` visible.
    pub(super) fn enter(&mut self, scope: ScopeId) {
        let scopes = self.scopes;
        for scope in scopes.outside(scope).into_iter().chain([scope]) {
            for (name, binding) in scopes.names(scope) {
                self.visible.entry(name).or_default().push(*binding);
            }
        }
    }

    /// Hides the names of `scope` again.
    pub(super) fn leave(&mut self, scope: ScopeId) {
        let scopes = self.scopes;
        for scope in scopes.outside(scope).into_iter().chain([scope]) {
            for (name, _) in scopes.names(scope) {
                if let Some(bindings) = self.visible.get_mut(&**name) {
                    bindings.pop();
                }
            }
        }
    }

    /// What `name` stands for here.
    pub(super) fn resolve(&self, name: &str) -> Option<BindingId> {
        self.visible.get(name)?.last().copied()
    }

    /// Notes a value of a binding.
    pub(super) fn give(&mut self, binding: BindingId, value: ExprId, initial: bool) {
        self.given.push(Given { binding, value, initial });
    }

    /// Names the function that `value` is, if it is one without a name.
    pub(super) fn name_function(&mut self, value: ExprId, name: &str) {
        if let &Expr::Function(id) = self.facts.expr(value)
            && let Some(function) = self.facts.functions.get_mut(id.index())
            && function.name.is_none()
        {
            function.name = Some(name.into());
        }
    }

    /// The text of the name node `node` as an expression.
    pub(super) fn name(&mut self, node: Node, position: Position) -> ExprId {
        let name = self.nodes.name(node);
        let expr = match self.resolve(&name) {
            Some(binding) => Expr::Name(binding),
            None => Expr::Global(name.into()),
        };
        let id = self.push_at(expr, node);
        self.occurrence(id, position);
        id
    }

    /// What cannot be followed: its parts are read as if they stood alone.
    pub(super) fn opaque(&mut self, node: Node) -> ExprId {
        let nodes = self.nodes;
        self.statements(nodes.children(node));
        self.push_at(Expr::Unknown, node)
    }

    fn finish(self) -> ScriptFacts {
        let mut facts = self.facts;
        for initial in [true, false] {
            for given in self.given.iter().filter(|given| given.initial == initial) {
                if let Some(binding) = facts.bindings.get_mut(given.binding.index()) {
                    binding.values.push(given.value);
                }
            }
        }
        let spans = &facts.spans;
        let place = |id: ExprId| spans.get(id.index()).copied().unwrap_or_default();
        facts.occurrences.sort_by_key(|occurrence| place(occurrence.expr));
        facts.calls.sort_by_key(|&call| place(call));
        facts.writes.sort_by_key(|write| place(write.target));
        facts.branches.sort_by_key(|branch| branch.span);
        facts.negations.sort_unstable();
        facts.comparisons.sort_unstable();
        facts.equalities.sort_unstable();
        facts.problems.sort_by_key(|problem| problem.span);
        facts
    }
}

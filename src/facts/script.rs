//! What a script says: its expressions as data, its names resolved inside the file, and where each
//! name stands. Nothing here knows `wx`. Whether `g({…})` is a call of a platform interface is for
//! `flow` to find out, by following `g` through [`Binding::values`] to a [`Expr::Member`] of a
//! [`Expr::Global`].

mod branch;
mod class;
mod context;
mod expr;
mod function;
mod kind;
mod literal;
mod lower;
mod module;
mod nodes;
mod operator;
mod pattern;
mod read;
mod scope;
mod statement;
mod string;
#[cfg(test)]
mod tests;

pub use branch::{Branch, Equality, When};
pub use expr::{
    Argument, BindingId, Entry, Expr, ExprId, FunctionId, ImportedName, Key, LogicalOperator,
};
pub use nodes::NodeBuffer;
pub use read::{read, reread};

use super::{Comment, SyntaxProblem};
use crate::text::Span;

/// The facts of a script.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ScriptFacts {
    /// Every expression, children before parents; indexed by [`ExprId`].
    pub exprs: Vec<Expr>,
    /// The place of each expression, parallel to `exprs`.
    pub spans: Vec<Span>,
    /// Every name declared in the file; indexed by [`BindingId`].
    pub bindings: Vec<Binding>,
    /// Every function, method, arrow and accessor; indexed by [`FunctionId`].
    pub functions: Vec<Function>,
    /// Every maximal name or member chain (`a.b.c`, not its part `a.b`), in document order, with
    /// what is done to it.
    pub occurrences: Vec<Occurrence>,
    /// Every call and `new`, in document order.
    pub calls: Vec<ExprId>,
    /// Every assignment to a member (`a.b = v`, `this.x = v`) or an undeclared name (`x = v`), in
    /// document order. `a.b++` writes [`Expr::Unknown`]; a TypeScript parameter property writes
    /// `this.x`.
    pub writes: Vec<Write>,
    /// Code that runs only sometimes, in document order.
    pub branches: Vec<Branch>,
    /// What is negated (`!x`): the whole and the operand, by the whole.
    pub negations: Vec<(ExprId, ExprId)>,
    /// What is compared with `true` or `false`, or told apart from it: the whole, the operand and
    /// whether the whole is true when the operand is; by the whole.
    pub comparisons: Vec<(ExprId, ExprId, bool)>,
    /// What is compared with what, by the whole.
    pub equalities: Vec<Equality>,
    /// Every module asked for, in document order.
    pub imports: Vec<Import>,
    /// What the module gives, `CommonJS` and ES alike, in document order.
    pub exports: Vec<Export>,
    /// Places that the parser could not read, and expressions nested too deeply to follow.
    pub problems: Vec<SyntaxProblem>,
    /// Comments that speak to miniguard.
    pub comments: Vec<Comment>,
    /// What the script is to the template of the same file; `None` for a script of its own.
    pub component: Option<Component>,
}

/// A script beside the template of the same component, whose options are what it exports by
/// default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// The block whose top-level names the template sees: `<script setup>`.
    pub setup: Option<Span>,
}

/// A declared name.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The name.
    pub name: Box<str>,
    /// The name in its declaration.
    pub span: Span,
    /// How it is declared.
    pub kind: BindingKind,
    /// The function it is declared in; `None` at the top level.
    pub function: Option<FunctionId>,
    /// Every value that the file gives it: initialisers first, then assignments in document order.
    /// A destructured name has the member expression that it stands for, a parameter its
    /// [`Expr::Parameter`] (within a [`LogicalOperator::Default`] when it has a default), an import
    /// its [`Expr::Import`], an enum an object. `x += v` gives a [`Expr::Concat`] of the name
    /// itself and `v`; `x++`, `x -= v` and the like give [`Expr::Unknown`].
    pub values: Vec<ExprId>,
}

/// How a name is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingKind {
    /// `const`
    Const,
    /// `let`
    Let,
    /// `var`
    Var,
    /// A function declaration, or a function expression's own name.
    Function,
    /// A class declaration, or a class expression's own name.
    Class,
    /// A parameter.
    Parameter,
    /// An `import`.
    Import,
    /// `catch (e)`, `for (x of …)`, `namespace N`: nothing is known of its values but what is in
    /// `values`.
    Other,
}

/// A function. As in the language's own specification, the initialiser of a class field and a
/// static block are functions too (without parameters, without callers): their `this` is
/// the class's.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The whole function.
    pub span: Span,
    /// Its name, or the key or variable it is given to.
    pub name: Option<Box<str>>,
    /// The parameters, in order.
    pub parameters: Vec<Parameter>,
    /// Every returned expression; an arrow's body expression.
    pub returns: Vec<ExprId>,
    /// The function around it.
    pub parent: Option<FunctionId>,
    /// The object literal or class that it is a method of (also a property whose value is a
    /// function).
    pub owner: Option<ExprId>,
    /// Arrows have the `this` of their parent.
    pub arrow: bool,
    /// `async`
    pub asynchronous: bool,
    /// `function*`: what it returns is not what a call of it gives.
    pub generator: bool,
}

/// A parameter. Names taken out of it by destructuring are bindings whose values are members of
/// [`Expr::Parameter`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The name, when it is a plain one.
    pub binding: Option<BindingId>,
    /// The default value.
    pub default: Option<ExprId>,
    /// `...rest`
    pub rest: bool,
}

/// A name or member chain where it stands. A chain may begin with anything: `this.a`, `f().a`, `(x
/// || y).a`; then what it begins with has occurrences of its own. A destructured name (`const { a }
/// = x`) counts as the member that it stands for, at the place of the name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Occurrence {
    /// The chain.
    pub expr: ExprId,
    /// What is done to it.
    pub context: Context,
    /// The function it stands in.
    pub function: Option<FunctionId>,
}

/// What is done to a name or member chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Context {
    /// It is called (or constructed); the call, which for a tagged template is [`Expr::Unknown`].
    /// Also each name in `(a || b)()` and `(c ? a : b)()`.
    Called(ExprId),
    /// It is only asked whether it exists: a condition (`if`, `?:`, `while`, the left of `&&`,
    /// below `!`), `typeof`, a comparison, either side of `instanceof`, the right of `in`, the
    /// argument of `Boolean(…)`, the left of `||` and `??` where the value is unused (`wx.x ||
    /// (wx.x = f)` as a statement).
    Tested,
    /// It is assigned to, changed (`++`) or deleted.
    Written,
    /// It becomes the value of this binding, unchanged.
    Bound(BindingId),
    /// Anything else: passed on, returned, put into an object …
    Read,
}

/// An assignment to a member, or to a name that the file does not declare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Write {
    /// The member, index or global expression on the left.
    pub target: ExprId,
    /// The value.
    pub value: ExprId,
    /// The function it stands in.
    pub function: Option<FunctionId>,
}

/// A module asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The specifier as written.
    pub specifier: Box<str>,
    /// The specifier with its quotes.
    pub span: Span,
    /// Types only (`import type`): gone at run time.
    pub type_only: bool,
}

/// Something that a module gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// Under which name.
    pub name: ExportName,
    /// The value; `None` for `export * from`.
    pub value: Option<ExprId>,
    /// For re-exports, the index of the import.
    pub from: Option<u32>,
}

/// The name of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportName {
    /// `module.exports = …`: the module itself.
    Whole,
    /// `export default …`
    Default,
    /// `exports.x = …`, `export const x`, `export { a as x }`, `module.exports.x = …`
    Named(Box<str>),
    /// `export * from '…'`
    All,
}

impl ScriptFacts {
    /// The expression `id`; [`Expr::Unknown`] for an id of another file.
    pub fn expr(&self, id: ExprId) -> &Expr {
        self.exprs.get(id.index()).unwrap_or(&Expr::Unknown)
    }

    /// The place of expression `id`.
    pub fn span(&self, id: ExprId) -> Span {
        self.spans.get(id.index()).copied().unwrap_or_default()
    }

    /// What decides `test` without its negations and comparisons with a constant, and whether the
    /// two agree.
    pub fn tested(&self, mut test: ExprId) -> (ExprId, bool) {
        let mut same = true;
        loop {
            if let Ok(at) = self.negations.binary_search_by_key(&test, |one| one.0)
                && let Some(&(_, operand)) = self.negations.get(at)
            {
                (test, same) = (operand, !same);
            } else if let Ok(at) = self.comparisons.binary_search_by_key(&test, |one| one.0)
                && let Some(&(_, operand, agrees)) = self.comparisons.get(at)
            {
                (test, same) = (operand, same == agrees);
            } else {
                return (test, same);
            }
        }
    }

    /// The innermost function around byte `offset`. O(log n) and the depth.
    pub fn function_at(&self, offset: usize) -> Option<FunctionId> {
        let after = self.functions.partition_point(|function| function.span.start() <= offset);
        let mut next = after.checked_sub(1).and_then(|index| u32::try_from(index).ok());
        while let Some(index) = next {
            let function = self.functions.get(index as usize)?;
            if offset < function.span.end() {
                return Some(FunctionId(index));
            }
            next = function.parent.map(|parent| parent.0);
        }
        None
    }

    /// The call whose callee stands at `span`. O(calls).
    pub fn call_of(&self, span: Span) -> Option<ExprId> {
        self.calls.iter().copied().find(|&call| match self.expr(call) {
            Expr::Call { callee, .. } => self.span(*callee) == span,
            _ => false,
        })
    }

    /// The binding `id`.
    pub fn binding(&self, id: BindingId) -> Option<&Binding> {
        self.bindings.get(id.index())
    }

    /// The function `id`.
    pub fn function(&self, id: FunctionId) -> Option<&Function> {
        self.functions.get(id.index())
    }
}

//! An expression of a script as data. What the language can say but we do not follow is
//! [`Expr::Unknown`]; nothing is guessed here.

use crate::text::Span;

/// An expression of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExprId(pub u32);

/// A declared name of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingId(pub u32);

/// A function of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub u32);

impl ExprId {
    /// As an index of `ScriptFacts::exprs`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl BindingId {
    /// As an index of `ScriptFacts::bindings`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl FunctionId {
    /// As an index of `ScriptFacts::functions`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Not followed: arithmetic, regular expressions, JSX …
    Unknown,
    /// `undefined`, `void 0`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false` (also `!0`, `!1`)
    Bool(bool),
    /// A number, as written.
    Number(Box<str>),
    /// A string, escapes resolved.
    String(Box<str>),
    /// A template literal or a chain of `+`, flattened: its pieces in order. Whether `+` joins text
    /// or adds numbers is not known here, except that two literal numbers are never pieces side by
    /// side before a text.
    Concat(Box<[ExprId]>),
    /// A name declared in this file.
    Name(BindingId),
    /// A name declared nowhere in this file: `wx`, `getApp`, `require`.
    Global(Box<str>),
    /// `this`, of the nearest function that is not an arrow; `None` at the top level.
    This(Option<FunctionId>),
    /// `super`
    Super,
    /// Parameter `index` of a function, before its default.
    Parameter {
        /// Whose.
        function: FunctionId,
        /// Which, 0-based.
        index: u32,
    },
    /// What a module gives under a name. `import('…')` with a literal is the module itself, without
    /// the promise around it.
    Import {
        /// The index in `ScriptFacts::imports`.
        import: u32,
        /// Which of its exports.
        name: ImportedName,
    },
    /// `object.name`, `object?.name`, `object['name']`
    Member {
        /// The object.
        object: ExprId,
        /// The name.
        name: Box<str>,
    },
    /// `object[index]` where the index is no literal string.
    Index {
        /// The object.
        object: ExprId,
        /// The index.
        index: ExprId,
    },
    /// `callee(arguments)`, `new callee(arguments)`; a tagged template is [`Expr::Unknown`].
    Call {
        /// What is called.
        callee: ExprId,
        /// With what.
        arguments: Box<[Argument]>,
        /// `new`
        new: bool,
    },
    /// An object literal; a class: its methods and fields.
    Object(Box<[Entry]>),
    /// A class.
    Class {
        /// `extends`
        base: Option<ExprId>,
        /// Methods and fields of the instances.
        members: Box<[Entry]>,
        /// Static methods and fields.
        statics: Box<[Entry]>,
    },
    /// An array literal; holes are [`Expr::Undefined`].
    Array(Box<[Argument]>),
    /// A function.
    Function(FunctionId),
    /// `test ? then : otherwise`
    Conditional {
        /// The condition.
        test: ExprId,
        /// When true.
        then: ExprId,
        /// When false.
        otherwise: ExprId,
    },
    /// `||`, `&&`, `??`; also a parameter or destructured name with its default, as `??`-like
    /// [`LogicalOperator::Default`].
    Logical {
        /// Which.
        operator: LogicalOperator,
        /// Left.
        left: ExprId,
        /// Right.
        right: ExprId,
    },
    /// `await value`
    Await(ExprId),
    /// `target = value` as an expression: its value.
    Assign {
        /// The value assigned.
        value: ExprId,
    },
}

/// Which export an import takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportedName {
    /// `require('…')`, `import('…')`: the module itself.
    Module,
    /// `import x from`
    Default,
    /// `import * as x from`
    Namespace,
    /// `import { x } from`
    Named(Box<str>),
}

/// An argument or array element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The value.
    pub value: ExprId,
    /// `...value`
    pub spread: bool,
}

/// An entry of an object literal or class.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its key.
    pub key: Key,
    /// The key's place, with quotes or brackets; that of a spread or of what has no key is the
    /// value's.
    pub key_span: Span,
    /// Its value; for a getter, the function.
    pub value: ExprId,
}

/// The key of an entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    /// `name:`, `'name':`, `1:`, `name() {}`, shorthand.
    Name(Box<str>),
    /// `[expression]:` where the expression is no literal string. The value of a computed getter or
    /// setter is unknown.
    Computed(ExprId),
    /// `...value`
    Spread,
    /// `get name() {}`
    Getter(Box<str>),
    /// `set name(value) {}`: the function is no value of the name.
    Setter(Box<str>),
}

/// The logical operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogicalOperator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `??`
    Nullish,
    /// `= default` of a parameter or pattern: the right side when the left is undefined.
    Default,
}

//! References to values: an expression in the context of a call.

use super::module_graph::ModuleId;
use super::resolve::CallContextId;
use crate::facts::script::ExprId;

/// An expression of a module of the program, in the context of a call or in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ValueRef {
    /// The module.
    pub module: ModuleId,
    /// The expression.
    pub expr: ExprId,
    /// How the function around it was called.
    pub context: CallContextId,
}

impl ValueRef {
    /// The expression without the context of a call.
    pub fn new(module: ModuleId, expr: ExprId) -> Self {
        Self { module, expr, context: CallContextId::default() }
    }

    /// Another expression of the same module, in the same context.
    #[must_use]
    pub fn at(self, expr: ExprId) -> Self {
        Self { expr, ..self }
    }

    /// The same expression in the context of another call.
    #[must_use]
    pub fn within(self, context: CallContextId) -> Self {
        Self { context, ..self }
    }
}

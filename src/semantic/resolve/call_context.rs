//! The call that a function is followed through. A frame is made of a call, so what a parameter is
//! follows from the frame; without one a parameter stays what it is, and nothing of other callers
//! is mixed in.

use std::collections::HashMap;

use super::{Resolver, ValueRef};
use crate::facts::script::{Argument, Expr, FunctionId};
use crate::semantic::module_graph::ModuleId;

/// A function entered by a call; the default is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallContextId(u32);

/// How a function was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CallContext {
    function: (ModuleId, FunctionId),
    /// The call that gives the arguments; `None` for what has no known caller, like the initialiser
    /// of a field.
    call: Option<ValueRef>,
    /// How many arguments of the call stand before the first parameter's: one for `f.call(this,
    /// …)`.
    before: usize,
    /// The object that it is a method of.
    receiver: Option<ValueRef>,
    /// The frame of the function around it.
    outer: CallContextId,
}

/// Every frame of a resolver, each once.
#[derive(Debug, Default)]
pub(super) struct CallContexts {
    all: Vec<(CallContext, u32)>,
    ids: HashMap<CallContext, CallContextId>,
}

/// How many calls deep a value is followed.
const MOST_DEEP: u32 = 10;
/// How many frames a resolver makes: more than any real file asks for.
const MOST: usize = 100_000;

impl CallContexts {
    fn get(&self, id: CallContextId) -> Option<&(CallContext, u32)> {
        self.all.get((id.0 as usize).checked_sub(1)?)
    }

    fn depth(&self, id: CallContextId) -> u32 {
        self.get(id).map_or(0, |(_, depth)| *depth)
    }

    /// The frame, unless it is too deep, or its function is being followed already.
    fn enter(&mut self, context: CallContext) -> Option<CallContextId> {
        if let Some(&known) = self.ids.get(&context) {
            return Some(known);
        }
        let from = context.call.map_or(CallContextId::default(), |call| call.context);
        let depth = 1 + self.depth(from).max(self.depth(context.outer));
        if depth > MOST_DEEP || self.all.len() >= MOST || self.is_within(from, context.function) {
            return None;
        }
        self.all.push((context, depth));
        let id = CallContextId(u32::try_from(self.all.len()).ok()?);
        self.ids.insert(context, id);
        Some(id)
    }

    /// Whether a call in the frame `from` is made while `function` runs.
    fn is_within(&self, mut from: CallContextId, function: (ModuleId, FunctionId)) -> bool {
        while let Some((context, _)) = self.get(from) {
            if context.function == function {
                return true;
            }
            from = context.call.map_or(CallContextId::default(), |call| call.context);
        }
        false
    }
}

impl Resolver<'_> {
    /// The frame of `function`, an [`Expr::Function`], when it is called by `call`, whose callee is
    /// `callee`; `None` when calls nest too deeply to be followed.
    pub fn enter(
        &mut self,
        function: ValueRef,
        call: ValueRef,
        callee: ValueRef,
    ) -> Option<CallContextId> {
        let Expr::Function(id) = self.expr(function) else { return None };
        let (receiver, before) = match self.expr(callee) {
            Expr::Member { name, .. } if &**name == "call" => (self.argument_at(call, 0), 1),
            Expr::Member { object, .. } => (Some(callee.at(*object)), 0),
            _ => (None, 0),
        };
        self.contexts.enter(CallContext {
            function: (function.module, *id),
            call: Some(call),
            before,
            receiver,
            outer: function.context,
        })
    }

    /// The frame of a function that runs for `receiver`, with the arguments of `call` when there is
    /// one.
    pub(super) fn enter_for(
        &mut self,
        function: (ModuleId, FunctionId),
        call: Option<ValueRef>,
        receiver: ValueRef,
        outer: CallContextId,
    ) -> Option<CallContextId> {
        self.contexts.enter(CallContext {
            function,
            call,
            before: 0,
            receiver: Some(receiver),
            outer,
        })
    }

    /// The frame of a function that `call` runs, whose receiver its callee says, in no other frame.
    pub(super) fn enter_by(
        &mut self,
        function: (ModuleId, FunctionId),
        call: ValueRef,
    ) -> Option<CallContextId> {
        let Expr::Call { callee, .. } = self.expr(call) else { return None };
        let outer = CallContextId::default();
        let receiver = match self.expr(call.at(*callee)) {
            Expr::Member { object, .. } => Some(call.at(*object)),
            _ => None,
        };
        self.contexts.enter(CallContext { function, call: Some(call), before: 0, receiver, outer })
    }

    /// Whether `at` stands in a call of `function` that gives its arguments.
    pub(super) fn is_called_at(&self, at: ValueRef, function: FunctionId) -> bool {
        self.frame_of(at, function).is_some_and(|(_, context)| context.call.is_some())
    }

    /// Whether `at` stands in a frame of `function`.
    pub(super) fn has_context(&self, at: ValueRef, function: FunctionId) -> bool {
        self.frame_of(at, function).is_some()
    }

    /// Whether `call` led to the frame `id`.
    pub(super) fn is_entered_by(&self, mut id: CallContextId, call: ValueRef) -> bool {
        while let Some((context, _)) = self.contexts.get(id) {
            if context.call == Some(call) {
                return true;
            }
            id = context.call.map_or(CallContextId::default(), |call| call.context);
        }
        false
    }

    /// The frame of `function` among those that `at` stands in.
    fn frame_of(
        &self,
        at: ValueRef,
        function: FunctionId,
    ) -> Option<(CallContextId, &CallContext)> {
        let mut id = at.context;
        while let Some((context, _)) = self.contexts.get(id) {
            if context.function == (at.module, function) {
                return Some((id, context));
            }
            id = context.outer;
        }
        None
    }

    /// The object that `this` of `function` is at `at`.
    pub(super) fn receiver(&self, at: ValueRef, function: FunctionId) -> Option<ValueRef> {
        self.frame_of(at, function)?.1.receiver
    }

    /// The argument that the parameter `index` of `function` is at `at`.
    pub(super) fn argument(&self, at: ValueRef, function: FunctionId, index: u32) -> ArgumentValue {
        let Some((id, context)) = self.frame_of(at, function) else {
            return ArgumentValue::Unknown;
        };
        let Some(call) = context.call else { return ArgumentValue::Unknown };
        let Expr::Call { arguments, .. } = self.expr(call) else { return ArgumentValue::Unknown };
        let at = index as usize + context.before;
        match passed(arguments, at) {
            ArgAt::One(argument) => ArgumentValue::Value(id, call.at(argument.value)),
            ArgAt::None => ArgumentValue::Nothing,
            ArgAt::Hidden => ArgumentValue::Unknown,
        }
    }

    fn argument_at(&self, call: ValueRef, index: usize) -> Option<ValueRef> {
        let Expr::Call { arguments, .. } = self.expr(call) else { return None };
        match passed(arguments, index) {
            ArgAt::One(argument) => Some(call.at(argument.value)),
            ArgAt::None | ArgAt::Hidden => None,
        }
    }

    /// The call that made the frame.
    pub fn call_of(&self, context: CallContextId) -> Option<ValueRef> {
        self.contexts.get(context)?.0.call
    }
}

/// What a call gives a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArgumentValue {
    /// A value, and the frame whose call gives it.
    Value(CallContextId, ValueRef),
    /// No argument: the parameter is `undefined`.
    Nothing,
    /// Unknown.
    Unknown,
}

/// What stands at a place of a list of arguments.
enum ArgAt {
    One(Argument),
    None,
    /// A spread before it hides which one that is.
    Hidden,
}

fn passed(arguments: &[Argument], index: usize) -> ArgAt {
    if arguments.iter().take(index + 1).any(|argument| argument.spread) {
        return ArgAt::Hidden;
    }
    arguments.get(index).map_or(ArgAt::None, |&argument| ArgAt::One(argument))
}

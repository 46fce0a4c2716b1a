//! What the objects have that a class or a constructor function makes. An object is the `new`
//! expression that made it, so what its constructor was given is known for each object by itself.

use super::member::{BASES, Lookup};
use super::{Resolver, ValueRef};
use crate::facts::script::{Entry, Expr, ExprId, FunctionId};

/// How a class is instantiated.
#[derive(Clone, Copy)]
pub(super) struct Instance {
    /// The `new` expression that is the object.
    object: ValueRef,
    /// The call whose arguments the constructor gets: the `new` expression, or `super(…)` of a
    /// class below.
    call: ValueRef,
}

impl Instance {
    /// The object that the `new` expression `object` makes.
    pub(super) fn of(object: ValueRef) -> Self {
        Self { object, call: object }
    }
}

impl<'a> Resolver<'a> {
    /// What the object that `new class(…)` makes has under `name`.
    pub(super) fn member_of_instance(
        &mut self,
        class: ValueRef,
        instance: Instance,
        name: &str,
        depth: u32,
    ) -> Lookup {
        let classes = self.resolve(class);
        let mut found = Lookup { complete: !classes.is_empty(), ..Lookup::default() };
        for class in classes {
            let part = match self.expr(class) {
                Expr::Class { base, members, .. } => {
                    self.member_of_class(class, *base, members, instance, name, depth)
                }
                Expr::Function(function) => {
                    let context = self.enter_for(
                        (class.module, *function),
                        Some(instance.call),
                        instance.object,
                        class.context,
                    );
                    let mut values: Vec<ValueRef> = self
                        .field_stores_by(class, name)
                        .map(|(_, value)| class.at(value).within(context.unwrap_or_default()))
                        .collect();
                    values.extend(self.on_prototype(class, *function, name));
                    Lookup { complete: !values.is_empty(), values }
                }
                _ => Lookup::unknown(),
            };
            found.add(part);
        }
        found
    }

    /// The functions that run for `object`, the `new` expression of `callee`: constructors, in the
    /// frame of the object.
    pub fn constructors(&mut self, object: ValueRef, callee: ValueRef) -> Vec<ValueRef> {
        let mut found = Vec::new();
        self.add_constructors(object, callee, BASES, &mut found);
        found
    }

    fn add_constructors(
        &mut self,
        object: ValueRef,
        callee: ValueRef,
        depth: u32,
        found: &mut Vec<ValueRef>,
    ) {
        for class in self.resolve(callee) {
            let constructor = match self.expr(class) {
                Expr::Function(_) => Some(class),
                Expr::Class { base, members, .. } => {
                    let own = self.entry_of(class, members, "constructor").values;
                    if let (None, Some(base), true) = (own.first(), base, depth > 0) {
                        self.add_constructors(object, class.at(*base), depth - 1, found);
                    }
                    own.first().copied()
                }
                _ => None,
            };
            if let Some(constructor) = constructor
                && let Expr::Function(function) = self.expr(constructor)
                && let key = (constructor.module, *function)
                && let Some(context) =
                    self.enter_for(key, Some(object), object, constructor.context)
            {
                found.push(constructor.within(context));
            }
        }
    }

    fn member_of_class(
        &mut self,
        class: ValueRef,
        base: Option<ExprId>,
        members: &'a [Entry],
        instance: Instance,
        name: &str,
        depth: u32,
    ) -> Lookup {
        let constructor = self.entry_of(class, members, "constructor").values.first().copied();
        let constructor = constructor.and_then(|at| match self.expr(at) {
            Expr::Function(function) => Some(*function),
            _ => None,
        });
        let mut values = Vec::new();
        for value in self.entry_of(class, members, name).values {
            // The `this` of a field's initialiser is the object.
            let context = self.around(value).and_then(|function| {
                self.enter_for((class.module, function), None, instance.object, class.context)
            });
            values.push(value.within(context.unwrap_or(class.context)));
        }
        let written: Vec<_> = self.field_stores_by(class, name).collect();
        for (function, value) in written {
            let call = (Some(function) == constructor).then_some(instance.call);
            if call.is_none() && self.controlling_param_owner(class.at(value)) == Some(function) {
                values.extend(self.instantiate_method_at_callers(
                    class.at(value),
                    function,
                    instance.object,
                    class,
                ));
                continue;
            }
            let context =
                self.enter_for((class.module, function), call, instance.object, class.context);
            values.push(class.at(value).within(context.unwrap_or(class.context)));
        }
        if values.is_empty()
            && depth > 0
            && let Some(base) = base
        {
            let above = match constructor {
                Some(function) => self.above(class, function, instance),
                None => Some(instance),
            };
            return match above {
                Some(instance) => {
                    self.member_of_instance(class.at(base), instance, name, depth - 1)
                }
                None => Lookup::unknown(),
            };
        }
        Lookup { complete: !values.is_empty(), values }
    }

    /// How the class above is instantiated: by `super(…)` of the constructor.
    fn above(
        &mut self,
        class: ValueRef,
        constructor: FunctionId,
        instance: Instance,
    ) -> Option<Instance> {
        let facts = self.facts(class)?;
        let span = facts.function(constructor)?.span;
        let call = facts.calls.iter().copied().find(|&call| {
            (span.start()..span.end()).contains(&facts.span(call).start())
                && matches!(facts.expr(call), Expr::Call { callee, .. }
                    if matches!(facts.expr(*callee), Expr::Super))
        })?;
        let context = self.enter_for(
            (class.module, constructor),
            Some(instance.call),
            instance.object,
            class.context,
        )?;
        Some(Instance { call: class.at(call).within(context), ..instance })
    }

    /// The function that the initialiser `value` of a field runs as.
    fn around(&self, value: ValueRef) -> Option<FunctionId> {
        let facts = self.facts(value)?;
        match self.expr(value) {
            Expr::Function(function) => {
                let function = facts.function(*function)?;
                if function.arrow { function.parent } else { None }
            }
            _ => facts.function_at(facts.span(value.expr).start()),
        }
    }

    /// What the methods of the class, or the function, at `class` assign to `this.name`: by which
    /// function, and the value.
    pub(super) fn field_stores_by(
        &self,
        class: ValueRef,
        name: &str,
    ) -> impl Iterator<Item = (FunctionId, ExprId)> + use<'a> {
        let facts = self.facts(class);
        let modules = self.modules;
        let itself = match self.expr(class) {
            Expr::Function(function) => Some(*function),
            _ => None,
        };
        let name: Box<str> = name.into();
        let index = modules.index(class.module);
        facts.zip(index).into_iter().flat_map(move |(facts, index)| {
            let written: Vec<_> = index.field_stores_on_this(facts, &name).collect();
            written.into_iter().filter(move |(function, _)| match itself {
                Some(itself) => *function == itself,
                None => facts.function(*function).is_some_and(|one| one.owner == Some(class.expr)),
            })
        })
    }

    /// `F.prototype.name = …` of the function `F`.
    fn on_prototype(&self, class: ValueRef, function: FunctionId, name: &str) -> Vec<ValueRef> {
        let modules = self.modules;
        let (Some(facts), Some(index)) = (self.facts(class), modules.index(class.module)) else {
            return Vec::new();
        };
        let Some(own) = facts.function(function).and_then(|function| function.name.clone()) else {
            return Vec::new();
        };
        index.field_stores_on_prototype(facts, &own, name).map(|value| class.at(value)).collect()
    }
}

//! The options of a component whose script stands beside its template, and the functions that the template sees of it. What a
//! plain script gives to `Page` or `Component`, such a script exports by default.

use crate::catalogue;
use crate::facts::ScriptFacts;
use crate::facts::script::{
    BindingId, BindingKind, ExportName, Expr, ExprId, FunctionId, ImportedName,
};

/// How many names and calls the options may go through before they are exported.
const DEPTH: u32 = 4;
/// The option whose function gives the template what it returns.
const SETUP: &str = "setup";
/// The keys of options in which functions have the component as `this`.
pub(super) const PARTS: [&str; 6] =
    ["computed", "lifetimes", "methods", "observers", "pageLifetimes", "watch"];

/// The object of options that the script of a component exports.
pub(super) fn options(facts: &ScriptFacts) -> Option<ExprId> {
    facts.component?;
    let default = facts.exports.iter().find(|export| export.name == ExportName::Default)?;
    object(facts, default.value?, DEPTH)
}

/// The object literal that `value` is, or that is handed to a call which gives it back: `defineComponent({ … })`.
fn object(facts: &ScriptFacts, value: ExprId, depth: u32) -> Option<ExprId> {
    let depth = depth.checked_sub(1)?;
    match facts.expr(value) {
        Expr::Object(_) => Some(value),
        Expr::Call { arguments, .. } => object(facts, arguments.first()?.value, depth),
        Expr::Name(binding) => {
            facts.binding(*binding)?.values.iter().find_map(|&one| object(facts, one, depth))
        }
        _ => None,
    }
}

/// The functions that the template sees besides the options' methods: those at the top of the block `setup`, and those in the
/// option of that name.
pub(super) fn is_seen_by_template(facts: &ScriptFacts, function: FunctionId) -> bool {
    let (Some(component), Some(one)) = (facts.component, facts.function(function)) else {
        return false;
    };
    match one.parent {
        None => component.setup.is_some_and(|setup| setup.contains(one.span)),
        Some(parent) => is_setup(facts, parent),
    }
}

/// Whether `function` is the option `setup`.
pub(super) fn is_setup(facts: &ScriptFacts, function: FunctionId) -> bool {
    facts.function(function).is_some_and(|one| {
        one.name.as_deref() == Some(SETUP) && one.owner.is_some() && one.owner == options(facts)
    })
}

/// The names at the top of the block `setup`.
pub(super) fn setup_names(facts: &ScriptFacts) -> impl Iterator<Item = BindingId> {
    let setup = facts.component.and_then(|component| component.setup);
    (0..).map(BindingId).zip(&facts.bindings).filter_map(move |(id, binding)| {
        let inside = setup.is_some_and(|setup| setup.contains(binding.span));
        (inside && binding.function.is_none()).then_some(id)
    })
}

/// The name of the function that `callee` is, when it comes from a package of composition functions, or is a global of a
/// component's script: bundlers bring them in by their names alone.
pub(super) fn composition_function(facts: &ScriptFacts, callee: ExprId) -> Option<&str> {
    match facts.expr(callee) {
        Expr::Global(name) if facts.component.is_some() => Some(name),
        Expr::Name(binding) => {
            let binding = facts.binding(*binding).filter(|it| it.kind == BindingKind::Import)?;
            let Expr::Import { import, name } = facts.expr(*binding.values.first()?) else {
                return None;
            };
            let specifier = &facts.imports.get(*import as usize)?.specifier;
            match name {
                ImportedName::Named(name) if catalogue::is_composition_package(specifier) => {
                    Some(name)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The name by which `this.name` of all components is looked up among what is global.
pub(super) fn key_of_all(name: &str) -> Box<str> {
    format!("this.{name}").into()
}

/// The name under which the assignment to `target` gives something to all components: `Vue.prototype.name`,
/// `app.config.globalProperties.name`.
pub(super) fn given_to_all(facts: &ScriptFacts, target: ExprId) -> Option<&str> {
    let Expr::Member { object, name } = facts.expr(target) else { return None };
    let Expr::Member { object: class, name: of } = facts.expr(*object) else { return None };
    let is_it = match &**of {
        "globalProperties" => true,
        // Of a class of the program's own, its instances have it.
        "prototype" => match facts.expr(*class) {
            Expr::Global(global) => &**global == "Vue",
            Expr::Name(binding) => facts
                .binding(*binding)
                .is_some_and(|it| matches!(it.kind, BindingKind::Import | BindingKind::Parameter)),
            _ => false,
        },
        _ => false,
    };
    is_it.then_some(name)
}

#[cfg(test)]
mod tests;

//! Uses in a script. A chain is only followed when its last name is one that the catalogue lists,
//! so thousands of ordinary calls cost one look-up each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{ApiUse, Destinations, UseKind, destinations_of};
use crate::catalogue::{self, Control, ControlRole, Form, Interface};
use crate::facts::ScriptFacts;
use crate::facts::script::{BindingId, Context, Expr, Key, Occurrence};
use crate::finding::Place;
use crate::path::FilePath;
use crate::semantic::module_graph::ModuleId;
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::semantic::string_value::UnknownReason;

/// Last segments of all names that a script can use, and of the calls that ask for a scope.
static LAST_NAMES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    catalogue::interfaces()
        .iter()
        .filter(|row| matches!(row.form, Form::Interface | Form::Method))
        .filter_map(|row| row.name.rsplit('.').next())
        .chain(
            catalogue::controls_of(ControlRole::ScopeRequest)
                .filter_map(|name| name.rsplit('.').next()),
        )
        .collect()
});

/// The uses in the script `path`, in document order.
pub fn uses_of_script(
    resolver: &mut Resolver<'_>,
    module: ModuleId,
    path: &FilePath,
) -> Vec<ApiUse> {
    let Some(facts) = resolver.modules().facts(module) else { return Vec::new() };
    let live = live_bindings(facts);
    let mut uses = Vec::new();
    for occurrence in &facts.occurrences {
        let form = match occurrence.context {
            Context::Called(call) if last_name(facts, occurrence) == Some("bind") => {
                let _ = call;
                UseKind::Passed
            }
            Context::Called(call) => UseKind::Called(call),
            Context::Read => UseKind::Passed,
            // An alias is used where its name is; if that is nowhere in this file, it is handed on.
            Context::Bound(binding) if !live.contains(&binding) => UseKind::Passed,
            Context::Bound(_) | Context::Tested | Context::Written => continue,
        };
        if !worth_following(facts, occurrence) {
            continue;
        }
        resolver.reset_fuel();
        let at = ValueRef::new(module, occurrence.expr);
        let place = Place::new(path, facts.span(occurrence.expr));
        let names = platform::names(resolver, at);
        if !names.is_empty() && resolver.is_for_another_platform(at) {
            continue;
        }
        for name in names {
            uses.extend(uses_of_name(resolver, at, &name, form, &place));
        }
    }
    uses
}

fn uses_of_name(
    resolver: &mut Resolver<'_>,
    at: ValueRef,
    name: &str,
    form: UseKind,
    place: &Place,
) -> Vec<ApiUse> {
    let make = |interface: &'static Interface, api: &'static str, reach| ApiUse {
        reach,
        ..ApiUse::new(place.clone(), interface, api, form)
    };
    if let Some(Control { name: api, role: ControlRole::ScopeRequest, .. }) =
        catalogue::control(name)
    {
        return scopes_asked(resolver, at, form)
            .into_iter()
            .filter_map(|scope| catalogue::scope_use(&scope))
            .map(|row| make(row, api, None))
            .collect();
    }
    let Some(row) =
        catalogue::interface(name).filter(|row| matches!(row.form, Form::Interface | Form::Method))
    else {
        return Vec::new();
    };
    let reach = row.list.is_some().then(|| match form {
        UseKind::Called(call) => destinations_of(resolver, at.at(call), row),
        _ => Destinations {
            reasons: BTreeSet::from([UnknownReason::Parameter(place.clone())]),
            ..Destinations::default()
        },
    });
    // A picture that is in the package already goes nowhere.
    if reach.as_ref().is_some_and(|reach| reach.local_only) {
        return Vec::new();
    }
    vec![make(row, row.name, reach)]
}

/// The literal scopes that a call asks for.
fn scopes_asked(resolver: &mut Resolver<'_>, at: ValueRef, form: UseKind) -> BTreeSet<String> {
    let mut scopes = BTreeSet::new();
    let UseKind::Called(call) = form else { return scopes };
    let call = at.at(call);
    let Expr::Call { arguments, .. } = resolver.expr(call) else { return scopes };
    let Some(argument) = arguments.first() else { return scopes };
    for object in resolver.resolve(at.at(argument.value)) {
        let Expr::Object(entries) = resolver.expr(object) else { continue };
        for entry in entries {
            if matches!(&entry.key, Key::Name(key) if &**key == "scope") {
                for value in resolver.resolve(object.at(entry.value)) {
                    if let Expr::String(scope) = resolver.expr(value) {
                        scopes.insert(scope.to_string());
                    }
                }
            }
        }
    }
    scopes
}

fn last_name<'a>(facts: &'a ScriptFacts, occurrence: &Occurrence) -> Option<&'a str> {
    if let Expr::Member { name, .. } = facts.expr(occurrence.expr) { Some(name) } else { None }
}

/// Whether following the chain can lead to a row: its last name is one the catalogue lists, or it
/// has no name to go by.
fn worth_following(facts: &ScriptFacts, occurrence: &Occurrence) -> bool {
    match facts.expr(occurrence.expr) {
        Expr::Member { object, name } => match &**name {
            "call" | "apply" | "bind" => match facts.expr(*object) {
                Expr::Member { name, .. } => LAST_NAMES.contains(&**name),
                Expr::Name(_) => true,
                _ => false,
            },
            name => LAST_NAMES.contains(name) || is_alias_table(facts, *object),
        },
        Expr::Name(binding) => facts.binding(*binding).is_some_and(|binding| {
            binding.values.iter().any(|&value| {
                !matches!(
                    facts.expr(value),
                    Expr::Function(_) | Expr::Class { .. } | Expr::String(_) | Expr::Object(_)
                )
            })
        }),
        Expr::Index { .. } => true,
        _ => false,
    }
}

/// Whether `object` is a name given to an object literal: `const api = { locate: wx.getLocation }`.
fn is_alias_table(facts: &ScriptFacts, object: crate::facts::script::ExprId) -> bool {
    let Expr::Name(binding) = facts.expr(object) else { return false };
    facts.binding(*binding).is_some_and(|binding| {
        binding.values.iter().any(|&value| match facts.expr(value) {
            Expr::Object(entries) => entries.iter().any(|entry| {
                matches!(facts.expr(entry.value), Expr::Member { name, .. } if LAST_NAMES.contains(&**name))
            }),
            _ => false,
        })
    })
}

/// Bindings that the file does something with besides asking whether they exist.
fn live_bindings(facts: &ScriptFacts) -> BTreeSet<BindingId> {
    let mut counts: BTreeMap<BindingId, u32> = BTreeMap::new();
    for occurrence in &facts.occurrences {
        if matches!(occurrence.context, Context::Tested | Context::Written) {
            continue;
        }
        let mut expr = occurrence.expr;
        // The root of the chain: `b` of `b.call(…)`.
        while let Expr::Member { object, .. } | Expr::Index { object, .. } = facts.expr(expr) {
            expr = *object;
        }
        if let Expr::Name(binding) = facts.expr(expr) {
            *counts.entry(*binding).or_default() += 1;
        }
    }
    counts.into_keys().collect()
}

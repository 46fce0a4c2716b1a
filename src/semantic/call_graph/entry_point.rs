//! Where a program is entered: what the platform calls by itself, and what a person's action makes
//! it call. A name counts only where the platform looks for it – `onLoad` of a page's options,
//! `attached` of a component's – never as such.

use crate::catalogue;
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, FunctionId};
use crate::semantic::component;
use crate::semantic::use_sites::{ArgSlot, UseSites};

/// What makes the platform call a function.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryPoint {
    /// The app, a page or a component opens, without anybody's doing.
    LifecycleHook(LifecycleHook),
    /// A module is loaded.
    Load,
    /// An event that a template binds.
    Event(Box<str>),
    /// Another call of the platform: a pull-down, a share, an observer.
    Other(Box<str>),
}

/// What opens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LifecycleHook {
    /// The app: `onLaunch`, `onShow`.
    App(Box<str>),
    /// A page: `onLoad`, `onShow`, `onReady`.
    Page(Box<str>),
    /// A component: `attached` and the like.
    Component(Box<str>),
}

/// Whose options an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Options {
    App,
    Page,
    Component,
    Behavior,
    /// Of a component whose script stands beside its template, whatever it is.
    SingleFile,
}

/// Whose options `function` is an entry of, and within which entry of them (`methods`,
/// `lifetimes`).
pub(super) fn of<'s>(
    facts: &ScriptFacts,
    sites: &'s UseSites,
    function: FunctionId,
    name: &str,
) -> Option<(Options, Option<&'s str>)> {
    let owner = facts.function(function)?.owner?;
    if !matches!(facts.expr(owner), Expr::Object(_)) || name.is_empty() {
        return None;
    }
    if let Some(options) = options(facts, sites, owner) {
        return Some((options, None));
    }
    let (outer, key) = sites.within(owner)?;
    Some((options(facts, sites, outer)?, Some(key)))
}

fn options(facts: &ScriptFacts, sites: &UseSites, object: ExprId) -> Option<Options> {
    if component::options(facts) == Some(object) {
        return Some(Options::SingleFile);
    }
    // `const options = { … }; Page(options)` has the name as its argument.
    let direct = sites.slot_of(object);
    let call = match direct {
        Some((call, ArgSlot::Argument(_))) => call,
        Some(_) => return None,
        None => facts.bindings.iter().enumerate().find_map(|(index, binding)| {
            if !binding.values.contains(&object) {
                return None;
            }
            facts.calls.iter().copied().find(|&call| {
                matches!(facts.expr(call), Expr::Call { arguments, .. }
                if arguments.first().is_some_and(|first| {
                    matches!(facts.expr(first.value), Expr::Name(name) if name.index() == index)
                }))
            })
        })?,
    };
    let Expr::Call { callee, .. } = facts.expr(call) else { return None };
    match facts.expr(*callee) {
        Expr::Global(name) => match &**name {
            "App" => Some(Options::App),
            "Page" => Some(Options::Page),
            "Component" => Some(Options::Component),
            "Behavior" => Some(Options::Behavior),
            _ => None,
        },
        _ => None,
    }
}

/// What the platform calls that `function`, handed to `call`, is registered for: `onLoad(() => …)`. `None` for any other call.
pub(super) fn of_hook(facts: &ScriptFacts, call: ExprId, options: Options) -> Option<EntryPoint> {
    let Expr::Call { callee, .. } = facts.expr(call) else { return None };
    let hook = catalogue::hook(component::composition_function(facts, *callee)?)?;
    let other = || EntryPoint::Other(hook.hook.into());
    Some(lifecycle(options, None, hook.option).unwrap_or_else(other))
}

/// Whether a page's entry of that name is the platform's to call.
pub fn is_lifecycle(name: &str) -> bool {
    lifecycle(Options::Page, None, name).is_some()
}

/// The entry that `name` is in the options, or in their entry `key`; `None` for a method of the
/// program's own.
pub(super) fn lifecycle(options: Options, key: Option<&str>, name: &str) -> Option<EntryPoint> {
    let page = |name: &str| match name {
        "onLoad" | "onShow" | "onReady" => {
            Some(EntryPoint::LifecycleHook(LifecycleHook::Page(name.into())))
        }
        "onHide" | "onUnload" | "onPullDownRefresh" | "onReachBottom" | "onPageScroll"
        | "onResize" | "onTabItemTap" | "onShareAppMessage" | "onShareTimeline"
        | "onAddToFavorites" | "onSaveExitState" => Some(EntryPoint::Other(name.into())),
        _ => None,
    };
    match (options, key, name) {
        (Options::App, None, "onLaunch" | "onShow") | (Options::SingleFile, None, "onLaunch") => {
            Some(EntryPoint::LifecycleHook(LifecycleHook::App(name.into())))
        }
        (
            Options::App,
            None,
            "onHide" | "onError" | "onPageNotFound" | "onUnhandledRejection" | "onThemeChange",
        ) => Some(EntryPoint::Other(name.into())),
        // A component may be a page.
        (Options::Page, None, _) | (Options::Component | Options::Behavior, Some("methods"), _) => {
            page(name)
        }
        (
            Options::Component | Options::Behavior,
            None | Some("lifetimes"),
            "created" | "attached" | "ready",
        )
        | (Options::Component | Options::Behavior, Some("pageLifetimes"), "show") => {
            Some(EntryPoint::LifecycleHook(LifecycleHook::Component(name.into())))
        }
        (
            Options::Component | Options::Behavior,
            None | Some("lifetimes"),
            "moved" | "detached" | "error",
        )
        | (Options::Component | Options::Behavior, Some("pageLifetimes" | "observers"), _)
        | (Options::SingleFile, Some("computed" | "filters" | "watch"), _) => {
            Some(EntryPoint::Other(name.into()))
        }
        (
            Options::SingleFile,
            None,
            "activated" | "beforeCreate" | "beforeMount" | "created" | "data" | "mounted" | "setup",
        ) => Some(EntryPoint::LifecycleHook(LifecycleHook::Component(name.into()))),
        (Options::SingleFile, None, _) => {
            Some(page(name).unwrap_or_else(|| EntryPoint::Other(name.into())))
        }
        _ => None,
    }
}

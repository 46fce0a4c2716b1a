//! Where a program asks a person for a permission, and what makes it ask. The platform shows the
//! pop-up of a scope once and answers for the person afterwards (its page on authorisation); what a
//! person who refused sees again is the privacy pop-up and the program's own dialog.

mod guard_meaning;
mod stacked;
mod triggers;

pub(super) use guard_meaning::{GuardMeaning, guard_meaning};
pub(super) use stacked::stacked;

use std::collections::BTreeSet;

use super::denial;
use super::evidence_kind::EvidenceKind;
use super::stuck_loading;
use super::{ConsentState, called};
use crate::catalogue::{self, ConsentRole, ControlRole, Form, ScopeStatus};
use crate::facts::script::{ExprId, FunctionId};
use crate::finding::{Phrase, Place};
use crate::path::FilePath;
use crate::semantic::api_use::ApiUse;
use crate::semantic::call_graph::{CallEdge, CallGraph, CodePos, EntryPoint, LifecycleHook};
use crate::semantic::module_graph::ModuleId;

/// A question that a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The callee.
    pub place: Place,
    /// The interface that asks.
    pub api: &'static str,
    /// What it asks for.
    pub asking: PromptKind,
    /// Whether asking is all that the call is for.
    pub is_request: bool,
    /// The trigger without a user action, and with nothing remembered of an answer before;
    /// sorted.
    pub openings: Vec<AutoTrigger>,
    /// Where a refusal makes it ask again, without anything that the person did.
    pub again: Option<Place>,
    /// Whether the program takes notice of a refusal.
    pub refusal_handled: bool,
    /// Whether something goes on only when the person agreed.
    pub waited_for: bool,
    /// The loading cover that a refusal leaves in place.
    pub cover: Option<Place>,
    /// The functions that ask, innermost first, each with the byte where it does so.
    runs: Vec<Run>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromptKind {
    /// The consent to the privacy guide.
    Privacy,
    /// A scope: the platform's pop-up.
    Scope(&'static str),
    /// A dialog of the program's own that leads to the settings page, for the scope where one is
    /// told.
    Dialog(Option<&'static str>),
}

/// Something that opens, and makes a program ask.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AutoTrigger {
    /// How it comes to run.
    pub entry: EntryPoint,
    /// The script whose entry it is.
    pub file: FilePath,
}

/// A function that asks when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    module: ModuleId,
    function: FunctionId,
    offset: usize,
}

/// How many functions that call each other are one run.
const DEPTH: usize = 5;
const RUNS: usize = 32;

/// The questions that the uses of one file ask, with what stands before each of them.
pub fn prompts(
    graph: &mut CallGraph<'_>,
    uses: &[ApiUse],
    standings: &[Option<ConsentState>],
) -> Vec<Prompt> {
    let mut found = Vec::new();
    for (used, standing) in uses.iter().zip(standings) {
        let (Some(module), Some(call)) = (graph.modules().id(&used.place.file), called(used))
        else {
            continue;
        };
        if used.interface.consent_role == Some(ConsentRole::Settings) {
            let at = CodePos { module, offset: used.place.span.start() };
            for (module, dialog) in triggers::dialogs(graph, at) {
                found.extend(dialog_at(graph, module, dialog));
            }
        }
        let granted = standing.as_ref().is_some_and(|one| one.class == EvidenceKind::Scope);
        if let Some(asking) = asked(used).filter(|_| !granted) {
            found.push(prompt(graph, used.place.clone(), used.api, asking, (module, call)));
        }
    }
    found
}

/// What the platform asks a person when the use runs.
fn asked(used: &ApiUse) -> Option<PromptKind> {
    let row = used.interface;
    if row.consent_role == Some(ConsentRole::Gate) {
        return Some(PromptKind::Privacy);
    }
    let scope = match row.form {
        Form::Scope => row.value,
        Form::Interface | Form::Method if row.scope_status.is_none() => {
            row.scopes.first().copied().filter(|_| row.scopes.len() == 1)
        }
        _ => None,
    };
    let scope = catalogue::scope(scope?)?;
    (scope.status == ScopeStatus::Active).then_some(PromptKind::Scope(scope.scope))
}

fn dialog_at(graph: &mut CallGraph<'_>, module: ModuleId, call: ExprId) -> Option<Prompt> {
    let modules = graph.modules();
    let (place, api) = triggers::dialog(modules, module, call)?;
    Some(prompt(graph, place, api, PromptKind::Dialog(None), (module, call)))
}

fn prompt(
    graph: &mut CallGraph<'_>,
    place: Place,
    api: &'static str,
    asking: PromptKind,
    (module, call): (ModuleId, ExprId),
) -> Prompt {
    let offset = place.span.start();
    let way = triggers::to(graph, CodePos { module, offset }, call, asking);
    let asking = match asking {
        PromptKind::Dialog(None) => PromptKind::Dialog(way.scope),
        other => other,
    };
    let refusal_handled = denial::handled(graph, module, call).is_some();
    let covers = !graph.sites(module).named(&stuck_loading::show_names(), false).is_empty();
    let cover = covers.then(|| stuck_loading::left_by(graph.modules(), module, call)).flatten();
    let control = catalogue::control(api);
    let is_request = control.is_some_and(|control| control.role == ControlRole::ScopeRequest);
    Prompt {
        // Interfaces that do more than ask are not prompts.
        waited_for: (is_request || asking == PromptKind::Privacy)
            && denial::is_waited_for(graph, module, call),
        cover: cover.filter(|_| !refusal_handled),
        refusal_handled,
        runs: runs(graph, CodePos { module, offset }),
        is_request,
        place,
        api,
        asking,
        openings: way.openings.into_iter().collect(),
        again: way.again,
    }
}

/// The functions that run the place in one go: the one around it, and those that call them.
fn runs(graph: &mut CallGraph<'_>, from: CodePos) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut seen = BTreeSet::new();
    let mut queue = vec![(from, 0)];
    while let Some((at, depth)) = queue.pop() {
        let function =
            graph.modules().facts(at.module).and_then(|facts| facts.function_at(at.offset));
        let Some(function) =
            function.filter(|&function| seen.insert((at.module, function, at.offset)))
        else {
            continue;
        };
        let callers = graph.callers(at.module, function);
        // Code that never runs shows no prompt.
        if callers.is_empty() || runs.len() >= RUNS {
            continue;
        }
        runs.push(Run { module: at.module, function, offset: at.offset });
        if depth < DEPTH {
            queue.extend(callers.iter().filter_map(|caller| match caller {
                CallEdge::Call(at) => Some((*at, depth + 1)),
                _ => None,
            }));
        }
    }
    runs
}

impl PromptKind {
    /// What the person is asked for, in a sentence.
    pub fn phrase(self) -> Phrase {
        let scope = |name: &'static str| {
            let label = catalogue::scope(name).map(|scope| scope.label);
            let (en, zh) = label.map_or((name, name), |label| (label.en, label.zh));
            Phrase::new(format!("permission ({en})"), zh)
        };
        match self {
            Self::Privacy => Phrase::new("the privacy guide", "隐私保护指引"),
            Self::Scope(name) | Self::Dialog(Some(name)) => scope(name),
            Self::Dialog(None) => Phrase::new("a permission", "权限"),
        }
    }
}

impl AutoTrigger {
    /// The method or timer that runs.
    pub fn name(&self) -> &str {
        match &self.entry {
            EntryPoint::LifecycleHook(
                LifecycleHook::App(name)
                | LifecycleHook::Page(name)
                | LifecycleHook::Component(name),
            )
            | EntryPoint::Event(name)
            | EntryPoint::Other(name) => name,
            EntryPoint::Load => "",
        }
    }
}

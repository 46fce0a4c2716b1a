//! What consent stands before a use: the ways from the program's entry points to it, and what lies
//! on each. A use stands as well as its worst way; a way that cannot be followed to its beginning
//! is said to be out of sight, never to be without consent.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::denial;
use super::evidence_kind::EvidenceKind;
use super::gate::{is_gate, passes_on_success, role, waits};
use super::guards::consent_guard;
use crate::catalogue::{self, ConsentRole, ControlRole, Interface};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, FunctionId, Key, When};
use crate::finding::Place;
use crate::semantic::api_use::{ApiUse, UseKind};
use crate::semantic::call_graph::{ArgSlot, CallEdge, CallGraph, CodePos, EntryPoint};
use crate::semantic::module_graph::ModuleId;
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};
use crate::text::Span;

/// What consent stands before a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentState {
    /// The weakest evidence of all ways.
    pub class: EvidenceKind,
    /// Where the evidence stands.
    pub place: Option<Place>,
    /// What leads to it without evidence on the way, sorted.
    pub entries: Vec<EntryPoint>,
    /// Whether some way begins out of sight.
    pub hidden: bool,
    /// The handler that takes the event of the use, where its pop-up cannot be seen on the page.
    pub unhandled_event: Option<Place>,
}

/// Evidence on a way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Evidence {
    class: EvidenceKind,
    place: Place,
}

/// How many functions one question may pass.
const STEPS: usize = 200;
/// The event of the agree button.
const AGREED: &str = "agreeprivacyauthorization";

/// Finds what stands before uses.
pub struct ConsentAnalyzer<'a, 'e> {
    graph: &'e mut CallGraph<'a>,
    /// Whether the program uses the gate at all.
    gated: bool,
    /// The branches of a script that are evidence for interfaces of these scopes.
    guards: HashMap<(ModuleId, Vec<&'static str>), Rc<[Guard]>>,
}

/// A branch that runs only where its condition is evidence.
#[derive(Clone, Copy, Debug)]
struct Guard {
    branch: Span,
    class: EvidenceKind,
    test: ExprId,
}

/// The state of one question.
struct Question<'q> {
    row: &'q Interface,
    passed: BTreeSet<(ModuleId, FunctionId)>,
    proofs: Vec<Evidence>,
    entries: BTreeSet<EntryPoint>,
    hidden: bool,
}

impl<'a, 'e> ConsentAnalyzer<'a, 'e> {
    /// What stands on the ways of `graph`. `gated` tells whether the program uses the gate at all.
    pub fn new(graph: &'e mut CallGraph<'a>, gated: bool) -> Self {
        Self { graph, gated, guards: HashMap::new() }
    }

    /// What stands before `used` on the ways to it; `None` where consent is not the question:
    /// payment, network, and what cannot be followed. What the program answers for all of its code
    /// is put on top by [`super::Consent::with_app_handler`].
    pub fn of(&mut self, used: &ApiUse) -> Option<ConsentState> {
        is_asked(used).then_some(())?;
        match used.form {
            // The page may ask before it shows the element; that it asks at all is what a script
            // tells.
            UseKind::Template => Some(ConsentState::of_proof(self.asks_in_script(used))),
            UseKind::Called(call) => self.of_call(used, call),
            UseKind::Passed => self.of_place(used),
        }
    }

    /// Where the script beside a template asks for the gate or its state.
    fn asks_in_script(&mut self, used: &ApiUse) -> Option<Evidence> {
        let modules = self.graph.modules();
        let script = modules.of_template(&used.place.file)?;
        let facts = modules.facts(script)?;
        let mut resolver = Resolver::new(modules);
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, .. } = facts.expr(call) else { return None };
            resolver.reset_fuel();
            let callee = ValueRef::new(script, *callee);
            let class = match role(&mut resolver, callee) {
                Some(ConsentRole::Gate) => EvidenceKind::Gate,
                Some(ConsentRole::Query) => EvidenceKind::Query,
                _ if self.gated && is_gate(&mut resolver, callee) => EvidenceKind::Gate,
                _ => return None,
            };
            Some(Evidence { class, place: resolver.place(callee)? })
        })
    }

    fn of_place(&mut self, used: &ApiUse) -> Option<ConsentState> {
        let module = self.graph.modules().id(&used.place.file)?;
        let mut question = Question {
            row: used.interface,
            passed: BTreeSet::new(),
            proofs: Vec::new(),
            entries: BTreeSet::new(),
            hidden: false,
        };
        self.walk(CodePos { module, offset: used.place.span.start() }, &mut question);
        let (class, place) = match question.proofs.iter().max() {
            Some(proof) if question.entries.is_empty() && !question.hidden => {
                (proof.class, Some(proof.place.clone()))
            }
            _ => (EvidenceKind::None, None),
        };
        Some(ConsentState {
            class,
            place,
            entries: question.entries.into_iter().collect(),
            hidden: question.hidden,
            unhandled_event: None,
        })
    }

    fn of_call(&mut self, used: &ApiUse, call: ExprId) -> Option<ConsentState> {
        let standing = self.of_place(used)?;
        if standing.class < EvidenceKind::Fail {
            return Some(standing);
        }
        let module = self.graph.modules().id(&used.place.file)?;
        let Some(place) = denial::handled(self.graph, module, call) else {
            return Some(standing);
        };
        Some(ConsentState { class: EvidenceKind::Fail, place: Some(place), ..standing })
    }

    /// Follows every way to a place backwards, until it begins or evidence lies on it.
    fn walk(&mut self, from: CodePos, question: &mut Question<'_>) {
        let mut queue = vec![from];
        while let Some(at) = queue.pop() {
            let modules = self.graph.modules();
            let Some(facts) = modules.facts(at.module) else { continue };
            let function = facts.function_at(at.offset);
            if let Some(proof) = self.at(facts, at, function, question.row) {
                question.proofs.push(proof);
                continue;
            }
            let Some(function) = function else {
                question.entries.insert(self.graph.loading(at.module));
                continue;
            };
            if !question.passed.insert((at.module, function)) {
                continue;
            }
            if question.passed.len() > STEPS {
                question.hidden = true;
                return;
            }
            let callers = self.graph.callers(at.module, function);
            if callers.is_empty() {
                question.hidden = true;
            }
            for caller in callers.iter() {
                match caller {
                    CallEdge::Call(at) => queue.push(*at),
                    CallEdge::Platform(EntryPoint::Event(event))
                        if event.eq_ignore_ascii_case(AGREED) =>
                    {
                        if let Some(path) = modules.path(at.module) {
                            let span = facts.function(function).map(|one| one.span);
                            let place = Place::new(path, span.unwrap_or_default());
                            question.proofs.push(Evidence { class: EvidenceKind::Button, place });
                        }
                    }
                    CallEdge::Platform(entry) => {
                        question.entries.insert(entry.clone());
                    }
                    CallEdge::PassedAsCallback { module, call, slot } => {
                        // A person read something and tapped.
                        if let Some(entry) = self.answered(*module, *call) {
                            question.entries.insert(entry);
                            continue;
                        }
                        match self.handed(*module, *call, slot, question.row) {
                            Some(proof) => question.proofs.push(proof),
                            None => {
                                if let Some(facts) = modules.facts(*module) {
                                    // Who knows what a call at the top does with it, and when?
                                    if facts.function_at(facts.span(*call).start()).is_none() {
                                        question.hidden = true;
                                        continue;
                                    }
                                    let offset = facts.span(*call).start();
                                    queue.push(CodePos { module: *module, offset });
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Returns the branches of a script that are evidence for `row`, in document order. Read once,
    /// whatever the number of uses.
    fn guards(&mut self, facts: &ScriptFacts, module: ModuleId, row: &Interface) -> Rc<[Guard]> {
        let known = self.guards.entry((module, row.scopes.clone())).or_insert_with(|| {
            let guards = facts.branches.iter().filter_map(|branch| {
                let (test, holds) = match branch.when {
                    When::True(test) => (test, true),
                    When::False(test) => (test, false),
                    When::Thrown
                    | When::Tried
                    | When::Equal(..)
                    | When::Otherwise(_)
                    | When::Sometimes => return None,
                };
                let (class, test) = consent_guard(facts, test, holds, row, 8)?;
                Some(Guard { branch: branch.span, class, test })
            });
            guards.collect()
        });
        Rc::clone(known)
    }

    /// Evidence within the function that a place stands in: what is known where it runs, and what
    /// was waited for before.
    fn at(
        &mut self,
        facts: &ScriptFacts,
        at: CodePos,
        function: Option<FunctionId>,
        row: &Interface,
    ) -> Option<Evidence> {
        let modules = self.graph.modules();
        let path = modules.path(at.module)?;
        let around = function.and_then(|id| facts.function(id)).map(|function| function.span);
        let is_within = |span: Span| {
            span.start() <= at.offset
                && at.offset < span.end()
                && around.is_none_or(|around| around.contains(span))
        };
        let guards = self.guards(facts, at.module, row);
        if let Some(guard) = guards.iter().find(|guard| is_within(guard.branch)) {
            let place = Place::new(path, facts.span(guard.test));
            return Some(Evidence { class: guard.class, place });
        }
        if !self.gated {
            return None;
        }
        let sites = self.graph.sites(at.module);
        let mut resolver = Resolver::new(modules);
        for &call in &sites.awaited {
            let span = facts.span(call);
            if span.end() > at.offset || facts.function_at(span.start()) != function {
                continue;
            }
            // It was waited for on every way here.
            let always = facts.branches.iter().all(|branch| {
                branch.when == When::Tried
                    || !branch.span.contains(span)
                    || is_within(branch.span)
                    || around.is_some_and(|around| branch.span.contains(around))
            });
            if always && waits(&mut resolver, at.module, call) {
                return Some(Evidence { class: EvidenceKind::Gate, place: Place::new(path, span) });
            }
        }
        None
    }

    /// The event that a dialog's callback is, if the call shows one.
    fn answered(&mut self, module: ModuleId, call: ExprId) -> Option<EntryPoint> {
        let modules = self.graph.modules();
        let Expr::Call { callee, .. } = modules.facts(module)?.expr(call) else { return None };
        let callee = ValueRef::new(module, *callee);
        let names = platform::names(&mut Resolver::new(modules), callee);
        let mut dialogs = catalogue::controls_of(ControlRole::Dialog);
        let dialog = dialogs.find(|dialog| names.contains(*dialog))?;
        Some(EntryPoint::Event(dialog.into()))
    }

    /// Evidence in what a function is handed to: the `success` of the gate, of a wrapper of it, of
    /// a scope's request.
    fn handed(
        &mut self,
        module: ModuleId,
        call: ExprId,
        slot: &ArgSlot,
        row: &Interface,
    ) -> Option<Evidence> {
        let modules = self.graph.modules();
        let facts = modules.facts(module)?;
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
        let mut resolver = Resolver::new(modules);
        let target = ValueRef::new(module, *callee);
        let place = Place::new(modules.path(module)?, facts.span(*callee));
        let succeeded = matches!(slot, ArgSlot::Property(name) if &**name == "success");
        if succeeded {
            match role(&mut resolver, target) {
                Some(ConsentRole::Gate) => {
                    return Some(Evidence { class: EvidenceKind::Gate, place });
                }
                Some(ConsentRole::Request) => {
                    let Expr::Object(entries) = facts.expr(arguments.first()?.value) else {
                        return None;
                    };
                    let matches = entries.iter().any(|entry| {
                        matches!(&entry.key, Key::Name(key) if &**key == "scope")
                            && matches!(facts.expr(entry.value), Expr::String(scope)
                                if row.scopes.contains(&&**scope))
                    });
                    return matches.then_some(Evidence { class: EvidenceKind::Scope, place });
                }
                _ => {}
            }
        }
        if !self.gated {
            return None;
        }
        if let Expr::Member { object, name } = facts.expr(*callee)
            && &**name == "then"
            && *slot == ArgSlot::Argument(0)
            && waits(&mut resolver, module, *object)
        {
            return Some(Evidence { class: EvidenceKind::Gate, place });
        }
        // `whenAgreed(() => wx.x())`: what the wrapper does with it.
        let ArgSlot::Argument(index) = slot else { return None };
        for source in resolver.resolve(target) {
            let Expr::Function(function) = resolver.expr(source) else { continue };
            if passes_on_success(self.graph, source.module, *function, *index) {
                return Some(Evidence { class: EvidenceKind::Gate, place });
            }
        }
        None
    }
}

impl ConsentState {
    fn of_proof(proof: Option<Evidence>) -> Self {
        match proof {
            Some(proof) => Self::proven(proof.class, proof.place),
            None => Self {
                class: EvidenceKind::None,
                place: None,
                entries: Vec::new(),
                hidden: false,
                unhandled_event: None,
            },
        }
    }

    /// Evidence that no way is needed for.
    pub(super) fn proven(class: EvidenceKind, place: Place) -> Self {
        Self {
            class,
            place: Some(place),
            entries: Vec::new(),
            hidden: false,
            unhandled_event: None,
        }
    }
}

/// Whether consent is the question for the interface of `used`.
fn is_asked(used: &ApiUse) -> bool {
    // Of the settings page, only the ways to it matter.
    let shown = used.interface.consent_role == Some(ConsentRole::Settings);
    takes(used) || shown
}

/// Whether `used` takes personal information.
pub(super) fn takes(used: &ApiUse) -> bool {
    used.interface.in_inventory() && used.interface.table.is_some()
}

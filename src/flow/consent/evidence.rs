//! What consent stands before a use: the ways from the program's entry points to it, and what lies on each.
//! The one thing to know: a use stands as well as its worst way; a way that cannot be followed to its beginning is said to be
//! out of sight, never to be without consent.

use std::collections::BTreeSet;

use super::Consent;
use super::registration::Keeping;
use crate::catalogue::{self, ConsentRole, Interface};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, FunctionId, Key, LogicalOperator, When};
use crate::finding::{Phrase, Place};
use crate::flow::events::{At, Caller, Entry, Events, Slot};
use crate::flow::modules::ModuleId;
use crate::flow::platform;
use crate::flow::resolve::{Ref, Resolver};
use crate::flow::uses::{Use, UseForm};
use crate::project::Program;

/// The kinds of evidence, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The use waits for the platform's gate.
    Gate,
    /// Only the handler of the agree button leads to it.
    Button,
    /// It runs only where the platform says that the user has agreed.
    Query,
    /// The button that it belongs to is an agree button, too.
    Coupled,
    /// The program answers the privacy event for all uses.
    App,
    /// It runs only with the scope's authorisation, which carries the consent on current clients.
    Scope,
    /// It runs only where the program's own question was answered with yes, as far as a name can tell.
    Own,
    /// No gate, but the refusal is handled: it relies on the official pop-up.
    Fail,
    /// Nothing.
    None,
}

impl Class {
    /// The word in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Button => "button",
            Self::Query => "query",
            Self::Coupled => "coupled",
            Self::App => "app",
            Self::Scope => "scope",
            Self::Own => "own",
            Self::Fail => "fail",
            Self::None => "none",
        }
    }
}

impl Class {
    /// A few words for people.
    pub fn label(self) -> Phrase {
        let (en, zh) = match self {
            Self::Gate => ("waits for the gate", "等待隐私授权通过"),
            Self::Button => ("after the agree button", "点击同意按钮之后"),
            Self::Query => ("after the consent is checked", "确认已授权之后"),
            Self::Coupled => ("coupled agree button", "组合同意按钮"),
            Self::App => ("the app's own pop-up", "应用自有弹窗"),
            Self::Scope => ("after the authorisation", "授权范围通过之后"),
            Self::Own => ("after the program's own question", "程序自行询问之后"),
            Self::Fail => ("official pop-up, refusal handled", "官方弹窗，已处理拒绝"),
            Self::None => ("official pop-up only", "仅官方弹窗"),
        };
        Phrase::new(en, zh)
    }
}

/// What consent stands before a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The weakest evidence of all ways.
    pub class: Class,
    /// Where the evidence stands.
    pub place: Option<Place>,
    /// What leads to it without evidence on the way, sorted.
    pub entries: Vec<Entry>,
    /// Whether some way begins out of sight.
    pub hidden: bool,
}

/// Evidence on a way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Proof {
    class: Class,
    place: Place,
}

/// How many functions one question may pass.
const STEPS: usize = 200;
/// How deep wrappers of the gate may nest.
const WRAPPERS: u32 = 2;

/// Names of the platform's own that tell what the user decided.
const NEEDS: &str = "needAuthorization";
const SETTINGS: &str = "authSetting";
/// What the name of a program's own answer to its own question has in it.
const OWN: [&str; 5] = ["agree", "privacy", "consent", "protocol", "authorized"];
/// The event of the agree button.
const AGREED: &str = "agreeprivacyauthorization";

/// Answers for the uses of one program.
pub struct Standings<'a, 'e> {
    events: &'e mut Events<'a>,
    program: &'a Program,
    consent: &'e Consent,
    /// Whether the program uses the gate at all.
    gated: bool,
}

/// The state of one question.
struct Question<'q> {
    row: &'q Interface,
    passed: BTreeSet<(ModuleId, FunctionId)>,
    proofs: Vec<Proof>,
    entries: BTreeSet<Entry>,
    hidden: bool,
}

impl<'a, 'e> Standings<'a, 'e> {
    /// Answers over the ways of `events`.
    pub fn new(
        events: &'e mut Events<'a>,
        program: &'a Program,
        consent: &'e Consent,
        uses: &[Use],
    ) -> Self {
        let gated = uses.iter().any(|used| used.interface.consent_role == Some(ConsentRole::Gate));
        Self { events, program, consent, gated }
    }

    /// What stands before `used`; `None` where consent is not the question: payment, network, packages, plugins.
    pub fn of(&mut self, used: &Use) -> Option<Standing> {
        let row = used.interface;
        if used.package.is_some()
            || used.in_plugin
            || !row.in_inventory()
            || row.table.is_none()
            || row.consent_role.is_some()
        {
            return None;
        }
        let mut standing = match used.form {
            UseForm::Template => self.of_template(used),
            UseForm::Called(call) => self.of_call(used, call)?,
            UseForm::Passed => self.of_place(used)?,
        };
        if standing.class > Class::App
            && let Some(place) = self.answered_for(used)
        {
            standing = Standing { class: Class::App, place: Some(place), ..standing };
        }
        Some(standing)
    }

    /// Where the program answers the privacy event for the file of the use, if it does.
    fn answered_for(&self, used: &Use) -> Option<Place> {
        // A field for a nickname raises no event.
        if used.interface.consent_ui == Some(catalogue::ConsentUi::None) {
            return None;
        }
        let island = |place: &Place| {
            self.program
                .subpackage_of(&place.file)
                .filter(|one| one.independent)
                .map(|one| &one.root)
        };
        let here = island(&used.place);
        let mut answering = self
            .consent
            .registrations
            .iter()
            .filter(|one| one.keeping == Keeping::Answerable && island(&one.place) == here);
        let first = answering.next()?;
        (!self.consent.buttons.is_empty()).then(|| first.place.clone())
    }

    fn of_template(&mut self, used: &Use) -> Standing {
        let own = |class, place| Standing { class, place, entries: Vec::new(), hidden: false };
        let coupled =
            self.consent.buttons.iter().find(|button| button.coupled && button.place == used.place);
        if let Some(button) = coupled {
            return own(Class::Coupled, Some(button.place.clone()));
        }
        // The page may ask before it shows the element; that it asks at all is what a script tells.
        own(Class::None, None).asked_in(self.asks_in_script(used))
    }

    /// Where the script beside a template asks for the gate or its state.
    fn asks_in_script(&mut self, used: &Use) -> Option<Proof> {
        let modules = self.events.modules();
        let script = ["ts", "js"].iter().find_map(|extension| {
            modules.id(&used.place.file.without_extension().with_extension(extension))
        })?;
        let facts = modules.facts(script)?;
        let mut resolver = Resolver::new(modules);
        facts.calls.iter().find_map(|&call| {
            let Expr::Call { callee, .. } = facts.expr(call) else { return None };
            resolver.refuel();
            let callee = Ref { module: script, expr: *callee };
            let class = match role(&mut resolver, callee) {
                Some(ConsentRole::Gate) => Class::Gate,
                Some(ConsentRole::Query) => Class::Query,
                _ if self.gated && is_gate(&mut resolver, callee, WRAPPERS) => Class::Gate,
                _ => return None,
            };
            Some(Proof { class, place: resolver.place(callee)? })
        })
    }

    fn of_place(&mut self, used: &Use) -> Option<Standing> {
        let module = self.events.modules().id(&used.place.file)?;
        let mut question = Question {
            row: used.interface,
            passed: BTreeSet::new(),
            proofs: Vec::new(),
            entries: BTreeSet::new(),
            hidden: false,
        };
        self.walk(At { module, offset: used.place.span.start() }, &mut question);
        let (class, place) = match question.proofs.iter().max() {
            Some(proof) if question.entries.is_empty() && !question.hidden => {
                (proof.class, Some(proof.place.clone()))
            }
            _ => (Class::None, None),
        };
        Some(Standing {
            class,
            place,
            entries: question.entries.into_iter().collect(),
            hidden: question.hidden,
        })
    }

    fn of_call(&mut self, used: &Use, call: ExprId) -> Option<Standing> {
        let standing = self.of_place(used)?;
        if standing.class < Class::Fail {
            return Some(standing);
        }
        let module = self.events.modules().id(&used.place.file)?;
        let Some(place) = self.refusal_handled(module, call) else { return Some(standing) };
        Some(Standing { class: Class::Fail, place: Some(place), ..standing })
    }

    /// Where the failure of a call is taken: a `fail` or `complete`, a `.catch`, a `catch` around an `await`.
    fn refusal_handled(&mut self, module: ModuleId, call: ExprId) -> Option<Place> {
        let modules = self.events.modules();
        let facts = modules.facts(module)?;
        let path = modules.path(module)?;
        let mut resolver = Resolver::new(modules);
        let Expr::Call { arguments, .. } = facts.expr(call) else { return None };
        let objects = arguments
            .first()
            .map(|first| resolver.resolve(Ref { module, expr: first.value }))
            .unwrap_or_default();
        for object in objects {
            let Expr::Object(entries) = resolver.expr(object) else { continue };
            let taken = entries.iter().find(|entry| {
                matches!(&entry.key, Key::Name(key) if matches!(&**key, "fail" | "complete"))
            });
            if let Some(entry) = taken {
                return resolver.place(Ref { module: object.module, expr: entry.value });
            }
        }
        // `x().then(…).catch(…)`: the chain around the call.
        let mut inner = call;
        for &outer in facts.calls.iter().filter(|&&outer| {
            facts.span(outer).start() == facts.span(call).start() && outer != call
        }) {
            let Expr::Call { callee, arguments, .. } = facts.expr(outer) else { continue };
            let Expr::Member { object, name } = facts.expr(*callee) else { continue };
            if *object == inner {
                inner = outer;
                if &**name == "catch" || (&**name == "then" && arguments.len() > 1) {
                    return Some(Place::new(path, facts.span(outer)));
                }
            }
        }
        let sites = self.events.sites(module);
        if sites.awaited.contains(&inner) {
            let at = facts.span(call);
            let tried = facts
                .branches
                .iter()
                .find(|branch| branch.when == When::Tried && branch.span.contains(at))?;
            return Some(Place::new(path, tried.span));
        }
        None
    }

    /// Follows every way to a place backwards, until it begins or evidence lies on it.
    fn walk(&mut self, from: At, question: &mut Question<'_>) {
        let mut queue = vec![from];
        while let Some(at) = queue.pop() {
            let modules = self.events.modules();
            let Some(facts) = modules.facts(at.module) else { continue };
            let function = facts.function_at(at.offset);
            if let Some(proof) = self.at(facts, at, function, question.row) {
                question.proofs.push(proof);
                continue;
            }
            let Some(function) = function else {
                question.entries.insert(Entry::Load);
                continue;
            };
            if !question.passed.insert((at.module, function)) {
                continue;
            }
            if question.passed.len() > STEPS {
                question.hidden = true;
                return;
            }
            let callers = self.events.callers(at.module, function);
            if callers.is_empty() {
                question.hidden = true;
            }
            for caller in callers.iter() {
                match caller {
                    Caller::Call(at) => queue.push(*at),
                    Caller::Platform(Entry::Event(event)) if event.eq_ignore_ascii_case(AGREED) => {
                        if let Some(path) = modules.path(at.module) {
                            let span = facts.function(function).map(|one| one.span);
                            let place = Place::new(path, span.unwrap_or_default());
                            question.proofs.push(Proof { class: Class::Button, place });
                        }
                    }
                    Caller::Platform(entry) => {
                        question.entries.insert(entry.clone());
                    }
                    Caller::Handed { module, call, slot } => {
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
                                    queue.push(At { module: *module, offset });
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Evidence within the function that a place stands in: what is known where it runs, and what was waited for before.
    fn at(
        &mut self,
        facts: &ScriptFacts,
        at: At,
        function: Option<FunctionId>,
        row: &Interface,
    ) -> Option<Proof> {
        let modules = self.events.modules();
        let path = modules.path(at.module)?;
        let around = function.and_then(|id| facts.function(id)).map(|function| function.span);
        let is_within = |span: crate::text::Span| {
            span.start() <= at.offset
                && at.offset < span.end()
                && around.is_none_or(|around| around.contains(span))
        };
        for branch in facts.branches.iter().filter(|branch| is_within(branch.span)) {
            let (test, holds) = match branch.when {
                When::True(test) => (test, true),
                When::False(test) => (test, false),
                When::Thrown | When::Tried | When::Sometimes => continue,
            };
            if let Some((class, expr)) = known(facts, test, holds, row, 8) {
                return Some(Proof { class, place: Place::new(path, facts.span(expr)) });
            }
        }
        if !self.gated {
            return None;
        }
        let sites = self.events.sites(at.module);
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
            let Expr::Call { callee, .. } = facts.expr(call) else { continue };
            let callee = Ref { module: at.module, expr: *callee };
            if always && is_gate(&mut resolver, callee, WRAPPERS) {
                return Some(Proof { class: Class::Gate, place: Place::new(path, span) });
            }
        }
        None
    }

    /// Evidence in what a function is handed to: the `success` of the gate, of a wrapper of it, of a scope's request.
    fn handed(
        &mut self,
        module: ModuleId,
        call: ExprId,
        slot: &Slot,
        row: &Interface,
    ) -> Option<Proof> {
        let modules = self.events.modules();
        let facts = modules.facts(module)?;
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
        let mut resolver = Resolver::new(modules);
        let target = Ref { module, expr: *callee };
        let place = Place::new(modules.path(module)?, facts.span(*callee));
        let succeeded = matches!(slot, Slot::Entry(name) if &**name == "success");
        if succeeded {
            match role(&mut resolver, target) {
                Some(ConsentRole::Gate) => return Some(Proof { class: Class::Gate, place }),
                Some(ConsentRole::Request) => {
                    let Expr::Object(entries) = facts.expr(arguments.first()?.value) else {
                        return None;
                    };
                    let matches = entries.iter().any(|entry| {
                        matches!(&entry.key, Key::Name(key) if &**key == "scope")
                            && matches!(facts.expr(entry.value), Expr::String(scope)
                                if row.scopes.contains(&&**scope))
                    });
                    return matches.then_some(Proof { class: Class::Scope, place });
                }
                _ => {}
            }
        }
        if !self.gated {
            return None;
        }
        if let Expr::Member { object, name } = facts.expr(*callee)
            && &**name == "then"
            && *slot == Slot::Argument(0)
            && let Expr::Call { callee, .. } = facts.expr(*object)
            && is_gate(&mut resolver, Ref { module, expr: *callee }, WRAPPERS)
        {
            return Some(Proof { class: Class::Gate, place });
        }
        // `whenAgreed(() => wx.x())`: what the wrapper does with it.
        let Slot::Argument(index) = slot else { return None };
        for source in resolver.resolve(target) {
            let Expr::Function(function) = resolver.expr(source) else { continue };
            if self.passes_on_success(source.module, *function, *index) {
                return Some(Proof { class: Class::Gate, place });
            }
        }
        None
    }

    /// Whether a function of the program runs its `index`-th parameter only within the gate's `success`.
    fn passes_on_success(&mut self, module: ModuleId, function: FunctionId, index: usize) -> bool {
        let modules = self.events.modules();
        let Some(facts) = modules.facts(module) else { return false };
        let binding = facts
            .function(function)
            .and_then(|one| one.parameters.get(index))
            .and_then(|parameter| parameter.binding);
        let Some(binding) = binding else { return false };
        let sites = self.events.sites(module);
        let mut resolver = Resolver::new(modules);
        let mut seen = false;
        for occurrence in &facts.occurrences {
            if !matches!(facts.expr(occurrence.expr), Expr::Name(name) if *name == binding)
                || matches!(occurrence.context, crate::facts::script::Context::Tested)
            {
                continue;
            }
            seen = true;
            let gate = |resolver: &mut Resolver<'_>, call: ExprId, slot: &Slot| {
                matches!(facts.expr(call), Expr::Call { callee, .. }
                    if matches!(slot, Slot::Entry(name) if &**name == "success")
                        && role(resolver, Ref { module, expr: *callee }) == Some(ConsentRole::Gate))
            };
            let mut within = match sites.slot_of(occurrence.expr) {
                Some((call, slot)) => gate(&mut resolver, call, slot),
                None => false,
            };
            let mut around = occurrence.function;
            while let Some(inner) = around.filter(|inner| *inner != function && !within) {
                if let Some((call, slot)) =
                    sites.expr_of(inner).and_then(|expr| sites.slot_of(expr))
                {
                    within = gate(&mut resolver, call, slot);
                }
                around = facts.function(inner).and_then(|one| one.parent);
            }
            // Where the platform has no gate, there is nothing to wait for.
            let old = facts.branches.iter().any(|branch| {
                branch.span.contains(facts.span(occurrence.expr))
                    && match branch.when {
                        When::True(test) | When::False(test) => asks_for_gate(facts, test),
                        _ => false,
                    }
            });
            if !within && !old {
                return false;
            }
        }
        seen
    }
}

impl Standing {
    fn asked_in(self, proof: Option<Proof>) -> Self {
        match proof {
            Some(proof) => Self { class: proof.class, place: Some(proof.place), ..self },
            None => self,
        }
    }
}

/// Whether a condition asks if the platform has the gate: `if (wx.requirePrivacyAuthorize)`.
fn asks_for_gate(facts: &ScriptFacts, test: ExprId) -> bool {
    let span = facts.span(test);
    facts.occurrences.iter().any(|occurrence| {
        span.contains(facts.span(occurrence.expr))
            && matches!(facts.expr(occurrence.expr), Expr::Member { name, .. }
                if catalogue::interface(&format!("wx.{name}"))
                    .is_some_and(|row| row.consent_role == Some(ConsentRole::Gate)))
    })
}

/// The part in asking for consent that a callee plays.
fn role(resolver: &mut Resolver<'_>, callee: Ref) -> Option<ConsentRole> {
    platform::names(resolver, callee)
        .iter()
        .find_map(|name| catalogue::interface(name)?.consent_role)
}

/// Whether a call of `callee` gives a promise that is kept once the user has agreed: a function of the program's own around
/// the gate, or the gate handed to a function that makes promises of interfaces.
fn is_gate(resolver: &mut Resolver<'_>, callee: Ref, depth: u32) -> bool {
    if depth == 0 {
        return false;
    }
    for source in resolver.resolve(callee) {
        let here = |expr| Ref { module: source.module, expr };
        match resolver.expr(source) {
            Expr::Function(function) => {
                let Some(facts) = resolver.facts(source) else { continue };
                let Some(span) = facts.function(*function).map(|one| one.span) else { continue };
                for &call in &facts.calls {
                    if !span.contains(facts.span(call)) {
                        continue;
                    }
                    let Expr::Call { callee, .. } = facts.expr(call) else { continue };
                    if role(resolver, here(*callee)) == Some(ConsentRole::Gate)
                        || is_gate(resolver, here(*callee), depth - 1)
                    {
                        return true;
                    }
                }
            }
            Expr::Call { arguments, .. } => {
                let made = arguments.iter().any(|argument| {
                    role(resolver, here(argument.value)) == Some(ConsentRole::Gate)
                });
                if made {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// What it says of consent that `test` holds, or does not.
fn known(
    facts: &ScriptFacts,
    test: ExprId,
    holds: bool,
    row: &Interface,
    depth: u32,
) -> Option<(Class, ExprId)> {
    let (test, same) = facts.tested(test);
    let holds = holds == same;
    let depth = depth.checked_sub(1)?;
    match facts.expr(test) {
        Expr::Logical { operator: LogicalOperator::And, left, right } if holds => {
            known(facts, *left, true, row, depth).or_else(|| known(facts, *right, true, row, depth))
        }
        Expr::Logical { operator: LogicalOperator::Or, left, right } if !holds => {
            known(facts, *left, false, row, depth)
                .or_else(|| known(facts, *right, false, row, depth))
        }
        Expr::Member { object, name } => {
            of_name(facts, Some(*object), name, holds, row).map(|class| (class, test))
        }
        Expr::Name(binding) => {
            let binding = facts.binding(*binding)?;
            let member = binding.values.iter().find_map(|&value| match facts.expr(value) {
                Expr::Member { object, name } => Some((*object, name)),
                _ => None,
            });
            let class = match member {
                Some((object, name)) => of_name(facts, Some(object), name, holds, row),
                None => of_name(facts, None, &binding.name, holds, row),
            };
            class.map(|class| (class, test))
        }
        _ => None,
    }
}

/// What it says of consent that something of this name is true, or not.
fn of_name(
    facts: &ScriptFacts,
    object: Option<ExprId>,
    name: &str,
    holds: bool,
    row: &Interface,
) -> Option<Class> {
    let of_settings = object.is_some_and(|object| match facts.expr(object) {
        Expr::Member { name, .. } => &**name == SETTINGS,
        Expr::Name(binding) => facts.binding(*binding).is_some_and(|one| &*one.name == SETTINGS),
        _ => false,
    });
    if of_settings {
        return (holds && row.scopes.contains(&name)).then_some(Class::Scope);
    }
    if name == NEEDS {
        return (!holds).then_some(Class::Query);
    }
    let lower = name.to_ascii_lowercase();
    let own = OWN.iter().any(|word| lower.contains(word)) && !lower.starts_with("need");
    (own && holds).then_some(Class::Own)
}

//! How a program asks for consent: the handlers that it registers, the answers that it gives them,
//! and the buttons by which the user agrees. These are facts of the whole program, found only where
//! a use says that there is something to find; what they amount to is for the rules.

mod analyzer;
mod answer;
mod app_handler;
mod awaited;
mod button;
mod dead_registration;
mod denial;
mod evidence_kind;
mod exit_on_denial;
mod gate;
mod guards;
mod popup_visibility;
mod prompt;
mod registration;
mod states;
mod stuck_loading;

pub use analyzer::{ConsentAnalyzer, ConsentState};
pub use answer::{Answer, ButtonId, answers_of_file};
pub use awaited::{Awaited, Waiting};
pub use button::AgreeButton;
pub use dead_registration::DeadReason;
pub use evidence_kind::EvidenceKind;
pub use exit_on_denial::ExitOnDenial;
pub use prompt::{AutoTrigger, Prompt, PromptKind, prompts};
pub use registration::{Registration, ResolveFate};
pub use states::ConsentStates;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use memchr::memmem::Finder;

use crate::catalogue::{self, ConsentRole, Form};
use crate::facts::script::ExprId;
use crate::finding::Place;
use crate::path::FilePath;
use crate::project::{File, Files, Program};
use crate::semantic::api_use::{ApiUse, UseKind};
use crate::semantic::call_graph::{CallGraph, SearchScope};
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::resolve::Resolver;

/// What a program does to ask for consent.
#[derive(Clone, Debug, Default)]
pub struct Consent {
    /// The handlers that it registers, by file and place.
    pub registrations: Vec<Registration>,
    /// The answers that it gives, by file and place; looked for only where a handler is registered.
    pub answers: Vec<Answer>,
    /// The buttons by which the user agrees, by file and place.
    pub buttons: Vec<AgreeButton>,
    /// Calls that are waited for though they give no promise, by file and place.
    pub awaited: Vec<Awaited>,
    /// The pages and components, by stem, on which the buttons can be seen; `None` where that may
    /// be anywhere, or it was not determined.
    pub shown: Option<BTreeSet<FilePath>>,
    /// The questions that a person sees, by file and place.
    pub prompts: Vec<Prompt>,
    /// Questions that are asked while another one waits for its answer: that one, and the question;
    /// by the place of the latter.
    pub stacked: Vec<(Prompt, Prompt)>,
    /// Where a refusal ends the program, by place.
    pub exits: Vec<ExitOnDenial>,
    /// Registrations that never run, and why: indices of `registrations`.
    pub never: Vec<(usize, DeadReason)>,
    /// The consent state of each use.
    pub states: ConsentStates,
}

impl Consent {
    /// Reads how the program asks for consent. `read` are its scripts and templates, `uses` all its
    /// uses by file and place; `answers` gives all answers in its scripts, by file and place, where
    /// a handler is registered.
    pub fn of(
        files: &Files,
        program: &Program,
        modules: &ModuleGraph<'_>,
        read: &[&Arc<File>],
        uses: &[ApiUse],
        answers: impl FnOnce() -> Vec<Answer>,
    ) -> Self {
        let mut consent = Self::default();
        let own = |used: &&ApiUse| used.package.is_none() && !used.in_plugin;
        let of_role = |role| {
            uses.iter().filter(own).filter(move |used| used.interface.consent_role == Some(role))
        };
        consent.buttons = of_role(ConsentRole::Agreement)
            .filter_map(|used| AgreeButton::of(files.template(&used.place.file)?, used))
            .collect();
        let asks = |used: &ApiUse| used.interface.consent_role.is_some();
        if !uses.iter().filter(own).any(|used| asks(used) && called(used).is_some()) {
            return consent;
        }
        for used in uses.iter().filter(own).filter(|used| asks(used)) {
            let (Some(module), Some(call)) = (modules.id(&used.place.file), called(used)) else {
                continue;
            };
            let mut resolver = Resolver::new(modules);
            consent.awaited.extend(awaited::of(modules, module, used, call));
            if used.interface.consent_role == Some(ConsentRole::Handler) {
                consent.registrations.extend(registration::of(
                    &mut resolver,
                    read,
                    module,
                    used,
                    call,
                ));
            }
        }
        if !consent.registrations.is_empty() {
            consent.answers = answers();
            // A handler that answers by itself where no user can is never left waiting.
            let at_once = consent.registrations.iter().any(|registration| {
                consent.answers.iter().any(|answer| {
                    answer.place.file == registration.place.file
                        && registration.call.contains(answer.place.span)
                })
            });
            // Who takes the handler back when its page goes lets the official pop-up appear
            // elsewhere.
            let taken_back = Finder::new(TAKES_BACK);
            let held = read.iter().all(|file| taken_back.find(file.source.as_bytes()).is_none());
            if !at_once && held {
                consent.shown = popup_visibility::popup_visible(files, program, &consent.buttons);
            }
        }
        consent
    }

    /// The same, with what a refusal ends, where the program asks (`exits`, in any order) and where
    /// it answers, and with the handlers that are never registered. `read` are the scripts and
    /// templates of the program on `scope`.
    #[must_use]
    pub fn with_ends(
        mut self,
        scope: &SearchScope<'_>,
        read: &[&Arc<File>],
        mut exits: Vec<ExitOnDenial>,
    ) -> Self {
        let (files, modules) = (scope.files(), scope.modules());
        exits.extend(exit_on_denial::of_answers(files, modules, &self.answers, &self.buttons));
        exits.sort();
        // One exit is one mistake, however many refusals lead to it.
        exits.dedup_by(|a, b| a.place == b.place);
        self.exits = exits;
        if !self.registrations.is_empty() {
            // What is loaded at all takes a look at the whole program, and is rarely needed
            // ask.
            let loaded = LazyCell::new(|| scope.program().loaded(files));
            let never =
                |place: &Place| dead_registration::dead_registration(scope, read, &loaded, place);
            let all = self.registrations.iter().enumerate();
            self.never = all.filter_map(|(index, one)| Some((index, never(&one.place)?))).collect();
        }
        self
    }

    /// The same, with the questions that the uses ask a person, in any order.
    #[must_use]
    pub fn with_prompts(mut self, modules: &ModuleGraph<'_>, mut prompts: Vec<Prompt>) -> Self {
        // One dialog may lead to the settings page in several ways.
        prompts.sort_by(|a, b| (&a.place, a.asking).cmp(&(&b.place, b.asking)));
        prompts.dedup_by(|a, b| a.place == b.place && a.asking == b.asking);
        self.stacked = prompt::stacked(modules, &prompts);
        self.prompts = prompts;
        self
    }

    /// Whether the user can agree: there is a button, and if the program answers for it, some
    /// answer names it.
    pub fn can_agree(&self) -> bool {
        let named = |id: &String| {
            let unknown = |one: &AgreeButton| !one.native || (one.has_id && one.id.is_none());
            self.buttons.iter().any(|one| one.id.as_deref() == Some(id) || unknown(one))
        };
        let mut agreeing = self.answers.iter().filter(|answer| answer.agrees()).peekable();
        !self.buttons.is_empty()
            && (agreeing.peek().is_none()
                || agreeing.any(|answer| match &answer.button {
                    ButtonId::Unknown => true,
                    ButtonId::Absent => false,
                    ButtonId::Known(ids) => ids.iter().any(named),
                }))
    }
}

/// Whether the program uses the platform's gate at all.
pub fn is_gated(uses: &[ApiUse]) -> bool {
    uses.iter().any(|used| used.interface.consent_role == Some(ConsentRole::Gate))
}

/// What unregisters the handler. It is no row of the catalogue, for want of a page that says what
/// it does.
const TAKES_BACK: &str = "offNeedPrivacyAuthorization";

/// Last names of everything that plays a part in asking for consent.
static WORDS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    let rows = catalogue::interfaces().iter().filter(|row| row.consent_role.is_some());
    let name = |name: &'static str| name.rsplit(['.', '=']).next();
    rows.filter_map(|row| name(row.name)).map(Finder::new).collect()
});

/// Whether a file may play a part in asking for consent. O(n), without a parse.
pub fn may_ask(source: &str) -> bool {
    WORDS.iter().any(|word| word.find(source.as_bytes()).is_some())
}

/// Where a refusal of one of the uses of a file ends the program.
pub fn exits(graph: &CallGraph<'_>, uses: &[ApiUse]) -> Vec<ExitOnDenial> {
    let modules = graph.modules();
    let asks = |used: &&ApiUse| {
        let row = used.interface;
        row.table.is_some()
            || !row.scopes.is_empty()
            || row.form == Form::Scope
            || row.consent_role == Some(ConsentRole::Gate)
    };
    let of_use = |used: &ApiUse| {
        exit_on_denial::of_call(graph, modules.id(&used.place.file)?, called(used)?)
    };
    uses.iter().filter(asks).filter_map(of_use).collect()
}

/// The call that a use is.
fn called(used: &ApiUse) -> Option<ExprId> {
    if let UseKind::Called(call) = used.form { Some(call) } else { None }
}

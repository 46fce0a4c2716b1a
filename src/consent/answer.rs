//! The answers that a program gives to the privacy event: `resolve({ event: 'agree', buttonId })`.
//! The function that takes the answer travels – through variables, sets, other modules – so an
//! answer is known by what it says, unless what is called is certainly something else.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::facts::ScriptFacts;
use crate::facts::script::{Argument, Entry, Expr, ExprId, Key};
use crate::finding::Place;
use crate::project::File;
use crate::semantic::module_graph::{ModuleGraph, ModuleId};
use crate::semantic::platform;
use crate::semantic::resolve::{Resolver, ValueRef};

/// What the user decided, as the platform reads it.
const EVENTS: [&str; 3] = ["agree", "disagree", "exposureAuthorization"];
/// The answer that needs the button.
const AGREE: &str = "agree";
/// Every event has one of these in it.
static WORDS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| [Finder::new("agree"), Finder::new("exposureAuthorization")]);

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The object that says it.
    pub place: Place,
    /// `agree`, `disagree` or `exposureAuthorization`.
    pub event: Box<str>,
    /// The button that it names.
    pub button: ButtonId,
}

/// The button that an answer names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ButtonId {
    /// None, for certain.
    Absent,
    /// One of these.
    Known(Vec<String>),
    /// Unknown.
    Unknown,
}

impl Answer {
    /// Whether the user agreed.
    pub fn agrees(&self) -> bool {
        &*self.event == AGREE
    }
}

/// All answers in the script `file`, in document order. Searches it for a word, parses it if it has
/// one.
pub fn answers_of_file(modules: &ModuleGraph<'_>, file: &File) -> Vec<Answer> {
    if !file.kind.has_script()
        || !WORDS.iter().any(|word| word.find(file.source.as_bytes()).is_some())
    {
        return Vec::new();
    }
    let Some(module) = modules.id(&file.path) else { return Vec::new() };
    let Some(facts) = modules.facts(module) else { return Vec::new() };
    let mut resolver = Resolver::new(modules);
    facts.calls.iter().filter_map(|&call| of(&mut resolver, facts, module, call)).collect()
}

fn of(
    resolver: &mut Resolver<'_>,
    facts: &ScriptFacts,
    module: ModuleId,
    call: ExprId,
) -> Option<Answer> {
    let Expr::Call { callee, arguments, new: false } = facts.expr(call) else { return None };
    let [Argument { value, spread: false }] = **arguments else { return None };
    let Expr::Object(entries) = facts.expr(value) else { return None };
    let entry = |name: &str| {
        entries.iter().rev().find(|one| matches!(&one.key, Key::Name(key) if &**key == name))
    };
    let Expr::String(event) = facts.expr(entry("event")?.value) else { return None };
    if !EVENTS.contains(&&**event) {
        return None;
    }
    resolver.reset_fuel();
    let callee = ValueRef::new(module, *callee);
    let other = resolver
        .resolve(callee)
        .into_iter()
        .all(|source| matches!(resolver.expr(source), Expr::Function(_)));
    if other || !platform::names(resolver, callee).is_empty() {
        return None;
    }
    let button = match entry("buttonId") {
        Some(entry) => ids(resolver, module, entry),
        None if entries.iter().all(|entry| matches!(entry.key, Key::Name(_))) => ButtonId::Absent,
        None => ButtonId::Unknown,
    };
    Some(Answer {
        place: Place::new(resolver.modules().path(module)?, facts.span(value)),
        event: event.clone(),
        button,
    })
}

fn ids(resolver: &mut Resolver<'_>, module: ModuleId, entry: &Entry) -> ButtonId {
    let mut ids = Vec::new();
    for source in resolver.resolve(ValueRef::new(module, entry.value)) {
        match resolver.expr(source) {
            Expr::String(id) => ids.push(id.to_string()),
            _ => return ButtonId::Unknown,
        }
    }
    if ids.is_empty() { ButtonId::Unknown } else { ButtonId::Known(ids) }
}

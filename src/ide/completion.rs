//! What can be written at a place. Suggestions are what the program itself declares – methods,
//! tags, registered hosts – and what the catalogue and the settings know; nothing that could only
//! be guessed.

mod manifest;
mod script;
mod template;

use crate::catalogue;
use crate::facts::Part;
use crate::finding::Phrase;
use crate::ide::hover_card;
use crate::path::FilePath;
use crate::project::{Files, Project};
use crate::text::Span;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown, and what a person types to find it.
    pub label: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// What is written in place of [`Completion::span`].
    pub text: String,
    /// A few words about it.
    pub detail: Phrase,
    /// What [`document`] explains; empty when there is no more to say.
    pub document: String,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// One of the words that may stand here.
    Word,
    /// A method of the page or component.
    Method,
    /// A component's tag.
    Component,
    /// A key of an object.
    Key,
    /// A registered host.
    Host,
}

/// What can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a suggestion replaces; the place lies in them.
    pub span: Span,
    /// The suggestions, in the order in which they are best shown.
    pub suggestions: Vec<Suggestion>,
}

/// What can be written at byte `offset` of `path`; `None` where nothing of ours can.
pub fn completion(files: &Files, path: &FilePath, offset: usize) -> Option<Completion> {
    let file = files.get(path)?;
    let found = match file.facts().part_at(offset)? {
        // Whether anything can stand there is asked before the program is looked for.
        Part::Script => script::at(files, file, offset),
        Part::Template => {
            let project = Project::resolve(files);
            let facts = file.facts().as_template()?;
            template::at(files, project.program_of(path)?, file, facts, offset)
        }
        Part::Manifest => manifest::at(files, file, offset),
    }?;
    (!found.suggestions.is_empty()).then_some(found)
}

/// The card of what a suggestion names in its `document`, as Markdown.
pub fn document(name: &str) -> Option<Phrase> {
    let (kind, name) = name.split_once(' ')?;
    let span = Span::default();
    let card = match kind {
        INTERFACE => {
            let row = catalogue::interface(name)?;
            hover_card::of_interface(row, row.name, span)
        }
        INFORMATION => hover_card::of_information(name, span)?,
        DUTY => {
            let duty = catalogue::duty(name)?;
            hover_card::of_duty(duty, name, span)
        }
        _ => return None,
    };
    Some(card.markdown)
}

/// What a `document` begins with: which table has it.
const INTERFACE: &str = "interface";
const INFORMATION: &str = "information";
const DUTY: &str = "duty";

/// A word of the catalogue that stands for an interface.
fn of_interface(word: &str, row: &catalogue::Interface) -> Suggestion {
    let label = row.label;
    Suggestion {
        label: word.to_owned(),
        kind: SuggestionKind::Word,
        text: word.to_owned(),
        detail: Phrase::new(label.en, label.zh),
        document: format!("{INTERFACE} {}", row.name),
    }
}

/// An authorisation.
fn of_scope(scope: &catalogue::Scope, kind: SuggestionKind) -> Suggestion {
    let known = catalogue::scope_use(scope.scope);
    Suggestion {
        label: scope.scope.to_owned(),
        kind,
        text: scope.scope.to_owned(),
        detail: Phrase::new(scope.label.en, scope.label.zh),
        document: known.map(|row| format!("{INTERFACE} {}", row.name)).unwrap_or_default(),
    }
}

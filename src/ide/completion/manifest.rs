//! Suggestions in JSON: app.json's declarations, privacy keys, miniguard.json. Which keys and
//! values a place has follows from the cursor's path; quotes are written where there are none.

use super::{Completion, DUTY, INFORMATION, Suggestion, SuggestionKind, of_interface, of_scope};
use crate::catalogue;
use crate::facts::manifest::cursor::{Cursor, Step, Wants, cursor};
use crate::finding::Phrase;
use crate::project::{Field, File, Files, Project, guide};
use crate::rules::RULES;
use crate::settings;

pub(super) fn at(files: &Files, file: &File, offset: usize) -> Option<Completion> {
    let cursor = cursor(&file.source, offset)?;
    let mut drafts = if file.path.file_name() == settings::FILE_NAME {
        of_settings(&cursor)
    } else {
        let mut found = of_guide(&cursor);
        if found.is_empty() && is_app(files, file) {
            found = of_app(&cursor);
        }
        found
    };
    drafts.retain(|draft| cursor.present.iter().all(|present| **present != *draft.one.label));
    let suggestions = drafts.into_iter().map(|draft| draft.written(&cursor)).collect();
    Some(Completion { span: cursor.span, suggestions })
}

/// A suggestion that has no quotes yet.
struct Draft {
    one: Suggestion,
    /// Whether it takes quotes: `true` does not.
    quoted: bool,
    /// What the value of a key begins with.
    value: &'static str,
}

impl Draft {
    /// A string.
    fn string(one: Suggestion) -> Self {
        Self { one, quoted: true, value: "" }
    }

    /// The suggestion with the quotes, the colon and the value that are not there yet.
    fn written(self, cursor: &Cursor) -> Suggestion {
        let Self { mut one, quoted, value } = self;
        if quoted {
            let open = if cursor.quoted { "" } else { "\"" };
            let close = if cursor.quoted && !cursor.open { "" } else { "\"" };
            // Behind a closing quote that is there already nothing can be added.
            let more = cursor.wants == Wants::Key && !cursor.before_colon && !close.is_empty();
            let value = if more { format!(": {value}") } else { String::new() };
            one.text = format!("{open}{}{close}{value}", one.text);
        }
        one
    }
}

fn is_app(files: &Files, file: &File) -> bool {
    let project = Project::resolve(files);
    project.program_of(&file.path).is_some_and(|program| {
        let ext = program.ext_manifest.as_ref().map(|ext| &ext.file);
        [program.app.as_ref(), ext].contains(&Some(&file.path))
    })
}

fn key_of(step: Option<&Step>) -> Option<&str> {
    if let Some(Step::Key(key)) = step { Some(key) } else { None }
}

fn of_app(cursor: &Cursor) -> Vec<Draft> {
    let path = &cursor.path;
    let first = key_of(path.first());
    let is_element = path.get(1) == Some(&Step::Element) && path.len() == 2;
    let is = |field: Field| first == Some(field.key());
    if path.is_empty() && cursor.wants == Wants::Key {
        return fields();
    }
    if is(Field::RequiredPrivateInfos) && is_element {
        let rows = catalogue::private_info_names();
        let of_name = |name| Some(of_interface(name, catalogue::private_info(name)?));
        return rows.filter_map(of_name).map(Draft::string).collect();
    }
    if is(Field::RequiredBackgroundModes) && is_element {
        return catalogue::background_modes().into_iter().map(of_mode).map(Draft::string).collect();
    }
    if is(Field::Permission) && path.len() == 1 && cursor.wants == Wants::Key {
        let stated = catalogue::scopes().iter().filter(|scope| scope.permission_desc_required);
        return stated
            .map(|scope| of_scope(scope, SuggestionKind::Key))
            .map(|one| Draft { one, quoted: true, value: "{ \"desc\": \"\" }" })
            .collect();
    }
    // `chatTools[].scopes`
    if path.len() > 1
        && path.last() == Some(&Step::Element)
        && key_of(path.get(path.len() - 2)) == Some("scopes")
    {
        let scopes = catalogue::scopes().iter();
        return scopes
            .filter(|scope| catalogue::scope_use(scope.scope).is_some())
            .map(|scope| Draft::string(of_scope(scope, SuggestionKind::Word)))
            .collect();
    }
    Vec::new()
}

/// The fields of app.json that a duty is about, each with the duty and what its value begins with.
fn fields() -> Vec<Draft> {
    let known = [
        (Field::Permission, "permission-desc", "{}"),
        (Field::RequiredBackgroundModes, "background-mode", "[]"),
        (Field::RequiredPrivateInfos, "required-private-infos", "[]"),
    ];
    let field = |(field, duty, value): (Field, &str, &'static str)| {
        let duty = catalogue::duty(duty)?;
        let one = Suggestion {
            label: field.key().to_owned(),
            kind: SuggestionKind::Key,
            text: field.key().to_owned(),
            detail: Phrase::new(duty.title.en, duty.title.zh),
            document: format!("{DUTY} {}", duty.id),
        };
        Some(Draft { one, quoted: true, value })
    };
    known.into_iter().filter_map(field).collect()
}

fn of_mode(mode: &str) -> Suggestion {
    let duty = catalogue::duty("background-mode");
    Suggestion {
        label: mode.to_owned(),
        kind: SuggestionKind::Word,
        text: mode.to_owned(),
        detail: duty.map(|duty| Phrase::new(duty.title.en, duty.title.zh)).unwrap_or_default(),
        document: duty.map(|duty| format!("{DUTY} {}", duty.id)).unwrap_or_default(),
    }
}

fn of_guide(cursor: &Cursor) -> Vec<Draft> {
    let path = &cursor.path;
    let first = key_of(path.first());
    let is_list = first == Some(guide::PRIVACY_LIST) && path.last() == Some(&Step::Element);
    let lists = [guide::SETTING_LIST, guide::SDK_LIST];
    let is_key = first.is_some_and(|first| lists.contains(&first))
        && key_of(path.last()) == Some(guide::PRIVACY_KEY);
    if cursor.wants != Wants::Value || !(is_list || is_key) {
        return Vec::new();
    }
    let kinds = catalogue::information_kinds().iter();
    kinds
        .map(|kind| Suggestion {
            label: kind.key.to_owned(),
            kind: SuggestionKind::Word,
            text: kind.key.to_owned(),
            detail: Phrase::new(kind.label.en, kind.label.zh),
            document: format!("{INFORMATION} {}", kind.key),
        })
        .map(Draft::string)
        .collect()
}

fn of_settings(cursor: &Cursor) -> Vec<Draft> {
    let rules: Vec<(&str, [&str; 2])> = RULES.iter().map(|rule| (rule.id, rule.summary)).collect();
    let is_key = cursor.wants == Wants::Key;
    let kind = if is_key { SuggestionKind::Key } else { SuggestionKind::Word };
    let draft = |known: settings::Suggestion| Draft {
        quoted: known.quoted,
        value: known.value,
        one: Suggestion {
            label: known.text.clone(),
            kind,
            text: known.text,
            detail: known.summary,
            document: String::new(),
        },
    };
    settings::suggest(cursor, &rules).into_iter().map(draft).collect()
}

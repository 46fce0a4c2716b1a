//! Fixes that declare something in miniguard.json. They say what only the team knows, so none is
//! ever applied unseen; where there is no such file yet, it is made beside the project file.

use super::Context;
use crate::facts::manifest::edit::{self, Value};
use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::path::FilePath;
use crate::settings::FILE_NAME;

/// Sets `key` to `value`.
pub(super) fn set(context: &Context<'_>, title: Phrase, key: &str, value: Value) -> Option<Fix> {
    let edits = match &context.settings_file {
        Some(file) => context.edit_manifest(file, |facts, source| {
            edit::set_member(facts, source, &[], key, value.clone())
        })?,
        None => vec![new_file(context, key, value)?],
    };
    Some(Fix { title, applicability: Applicability::Choice, edits })
}

/// Appends `value` to the list `key`.
pub(super) fn append(context: &Context<'_>, title: Phrase, key: &str, value: Value) -> Option<Fix> {
    let edits = match &context.settings_file {
        Some(file) => context.edit_manifest(file, |facts, source| {
            edit::append(facts, source, &[key], value.clone())
        })?,
        None => vec![new_file(context, key, Value::Array(vec![value]))?],
    };
    Some(Fix { title, applicability: Applicability::Choice, edits })
}

/// Says that the team holds the licence `id`; its number is left to be filled in.
pub(super) fn licence(context: &Context<'_>, id: &str) -> Option<Fix> {
    let value = Value::Object(vec![
        ("id".to_owned(), Value::from(id)),
        ("number".to_owned(), Value::from("")),
    ]);
    let title = Phrase::new(
        format!("Declare in {FILE_NAME} that you hold `{id}`"),
        format!("在 {FILE_NAME} 中声明已取得 `{id}`"),
    );
    append(context, title, "licences", value)
}

/// The value at `keys` of the settings file.
pub(super) fn place(context: &Context<'_>, keys: &[&str]) -> Option<Place> {
    let file = context.settings_file.as_ref()?;
    let value = context.files.manifest(file)?.root.as_ref()?.at(keys)?;
    Some(Place::new(file, value.span))
}

fn new_file(context: &Context<'_>, key: &str, value: Value) -> Option<Edit> {
    let file: FilePath = context.program.base.join(FILE_NAME)?;
    let settings = Value::Object(vec![(key.to_owned(), value)]);
    Some(Edit::Create { file, text: edit::document(&settings) })
}

//! The JSON Schema of `miniguard.json`, by which editors complete and check it. It is generated
//! from the table and committed; a test compares the two.

use serde_json::{Map, Value, json};

use super::Level;
use super::shape::{Key, Shape};
use super::table::SETTINGS;
use crate::catalogue;

/// What the schema is called. No file that is written names it: an editor would fetch it, or warn
/// that it cannot.
pub const SCHEMA_URL: &str =
    "https://raw.githubusercontent.com/miniguard/miniguard/main/editors/miniguard.schema.json";

/// The schema, draft-07, for `rules`: each an id and its summary `[en, zh]`.
///
/// `description` is English; `markdownDescription`, which editors prefer, carries both languages.
pub fn schema(rules: &[(&str, [&str; 2])]) -> Value {
    let settings = SETTINGS.iter().map(|setting| &setting.key);
    let mut root = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_URL,
        "title": "miniguard.json",
        "description": "Settings of miniguard, the compliance analyser for WeChat mini-programs",
        // Understood by editors of the VS Code family; others pass them over.
        "allowComments": true,
        "allowTrailingCommas": true,
    });
    let definitions = json!({ "level": level(), "rule": rule(rules) });
    if let (Value::Object(root), Value::Object(object)) = (&mut root, object(settings, rules)) {
        root.extend(object);
        root.insert("definitions".to_owned(), definitions);
    }
    root
}

fn object<'a>(keys: impl Iterator<Item = &'a Key> + Clone, rules: &[(&str, [&str; 2])]) -> Value {
    let required: Vec<&str> = keys.clone().filter(|key| key.required).map(|key| key.name).collect();
    let property =
        |key: &Key| (key.name.to_owned(), described(value(&key.shape, rules), key.summary));
    let properties: Map<String, Value> = keys.map(property).collect();
    let mut object = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

pub(super) fn value(shape: &Shape, rules: &[(&str, [&str; 2])]) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Path | Shape::Pattern => json!({ "type": "string", "minLength": 1 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Count => json!({ "type": "integer", "minimum": 0 }),
        Shape::Choice(choices) => json!({
            "enum": choices.iter().map(|choice| choice.word).collect::<Vec<_>>(),
            "enumDescriptions": choices.iter().map(|choice| bilingual(choice.summary)).collect::<Vec<_>>(),
        }),
        // Draft-07 passes over what stands beside a `$ref`, and a description will.
        Shape::Rule => json!({ "allOf": [{ "$ref": "#/definitions/rule" }] }),
        Shape::Licence => {
            let rows = catalogue::licences();
            let summary = |row: &catalogue::Licence| bilingual([row.licence.en, row.licence.zh]);
            json!({
                "type": "string",
                "enum": rows.iter().map(|row| row.id).collect::<Vec<_>>(),
                "enumDescriptions": rows.iter().map(summary).collect::<Vec<_>>(),
            })
        }
        // Examples, not an enumeration: editors complete them, and tomorrow's categories are no
        // mistake.
        Shape::Category => {
            let mut names: Vec<String> =
                catalogue::categories().iter().map(catalogue::Category::name).collect();
            names.sort();
            names.dedup();
            json!({ "type": "string", "examples": names })
        }
        Shape::Levels => {
            let property = |(id, summary): &(&str, [&str; 2])| {
                let level = json!({ "allOf": [{ "$ref": "#/definitions/level" }] });
                ((*id).to_owned(), described(level, *summary))
            };
            let properties: Map<String, Value> = rules.iter().map(property).collect();
            json!({ "type": "object", "properties": properties, "additionalProperties": false })
        }
        Shape::List(inner) => json!({ "type": "array", "items": value(inner, rules) }),
        Shape::Object(keys) => object(keys.iter(), rules),
    }
}

fn level() -> Value {
    json!({ "enum": Level::ALL.map(Level::name) })
}

fn rule(rules: &[(&str, [&str; 2])]) -> Value {
    if rules.is_empty() {
        // An empty `enum` is no valid schema.
        return json!({ "type": "string" });
    }
    let ids: Vec<&str> = rules.iter().map(|(id, _)| *id).collect();
    let summaries: Vec<String> = rules.iter().map(|(_, summary)| bilingual(*summary)).collect();
    json!({ "type": "string", "enum": ids, "enumDescriptions": summaries })
}

fn described(mut schema: Value, summary: [&str; 2]) -> Value {
    schema["description"] = json!(summary[0]);
    schema["markdownDescription"] = json!(bilingual(summary));
    schema
}

fn bilingual([en, zh]: [&str; 2]) -> String {
    format!("{en}\n\n{zh}")
}

//! What can be written at a place of `miniguard.json`. It walks the same table as the reader and
//! the schema, so a new setting is completed without a word here.

use super::Level;
use super::shape::{Key, Shape};
use super::table::SETTINGS;
use crate::catalogue;
use crate::facts::manifest::cursor::{Cursor, Step, Wants};
use crate::finding::Phrase;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The key or value, without quotes.
    pub text: String,
    /// What it means.
    pub summary: Phrase,
    /// Whether it stands between quotes: `true` does not.
    pub quoted: bool,
    /// What a new key's value begins with: `{}`, `[]`, `""`; empty for a value.
    pub value: &'static str,
}

/// What can stand at `cursor` of a settings file, for `rules`, each an id and its summary `[en,
/// zh]`.
pub fn suggest(cursor: &Cursor, rules: &[(&str, [&str; 2])]) -> Vec<Suggestion> {
    let mut place = Place::Keys(SETTINGS.iter().map(|setting| &setting.key).collect());
    for step in &cursor.path {
        place = match (place, step) {
            (Place::Keys(keys), Step::Key(name)) => {
                match keys.into_iter().find(|key| *key.name == **name) {
                    Some(key) => Place::of(&key.shape),
                    None => return Vec::new(),
                }
            }
            (Place::Value(Shape::Levels), Step::Key(_)) => Place::Level,
            (Place::Value(Shape::List(inner)), Step::Element) => Place::of(inner),
            _ => return Vec::new(),
        };
    }
    let mut found = match (place, cursor.wants) {
        (Place::Keys(keys), Wants::Key) => keys.into_iter().map(of_key).collect(),
        (Place::Value(Shape::Levels), Wants::Key) => rules.iter().map(of_rule).collect(),
        (Place::Value(shape), Wants::Value) => values(shape, rules),
        (Place::Level, Wants::Value) => {
            Level::ALL.map(|level| value(level.name(), Phrase::default())).into_iter().collect()
        }
        _ => Vec::new(),
    };
    found.retain(|one: &Suggestion| cursor.present.iter().all(|present| **present != *one.text));
    found
}

/// A place in a settings file.
enum Place {
    Keys(Vec<&'static Key>),
    Value(&'static Shape),
    Level,
}

impl Place {
    fn of(shape: &'static Shape) -> Self {
        match shape {
            Shape::Object(keys) => Self::Keys(keys.iter().collect()),
            other => Self::Value(other),
        }
    }
}

fn of_key(key: &Key) -> Suggestion {
    let value = match key.shape {
        Shape::List(_) => "[]",
        Shape::Object(_) | Shape::Levels => "{}",
        Shape::Flag => "true",
        Shape::Count => "0",
        _ => "\"\"",
    };
    let summary = Phrase::new(key.summary[0], key.summary[1]);
    Suggestion { text: key.name.to_owned(), summary, quoted: true, value }
}

fn of_rule(&(id, [en, zh]): &(&str, [&str; 2])) -> Suggestion {
    Suggestion { text: id.to_owned(), summary: Phrase::new(en, zh), quoted: true, value: "\"\"" }
}

fn value(text: impl Into<String>, summary: Phrase) -> Suggestion {
    Suggestion { text: text.into(), summary, quoted: true, value: "" }
}

fn values(shape: &Shape, rules: &[(&str, [&str; 2])]) -> Vec<Suggestion> {
    match shape {
        Shape::Flag => ["true", "false"]
            .map(|word| Suggestion { quoted: false, ..value(word, Phrase::default()) })
            .into(),
        Shape::Choice(choices) => choices
            .iter()
            .map(|choice| value(choice.word, Phrase::new(choice.summary[0], choice.summary[1])))
            .collect(),
        Shape::Rule => rules.iter().map(|&(id, [en, zh])| value(id, Phrase::new(en, zh))).collect(),
        Shape::Licence => catalogue::licences()
            .iter()
            .map(|row| value(row.id, Phrase::new(row.licence.en, row.licence.zh)))
            .collect(),
        Shape::Category => {
            let mut names: Vec<String> =
                catalogue::categories().iter().map(catalogue::Category::name).collect();
            names.sort();
            names.dedup();
            names.into_iter().map(|name| value(name, Phrase::default())).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::suggest;
    use crate::facts::manifest::cursor::cursor;

    fn texts(marked: &str) -> Vec<String> {
        let source = marked.replacen('|', "", 1);
        let cursor = cursor(&source, marked.find('|').unwrap()).unwrap();
        let rules = [("a-rule", ["A.", "甲。"]), ("b-rule", ["B.", "乙。"])];
        suggest(&cursor, &rules).into_iter().map(|one| one.text).collect()
    }

    #[test]
    fn each_place_has_its_own() {
        let keys = texts(r#"{"language": "en", "|"}"#);
        assert!(keys.contains(&"rules".to_owned()) && !keys.contains(&"language".to_owned()));
        for (marked, expected) in [
            (r#"{"language": "|"}"#, &["en", "zh"][..]),
            (r#"{"rules": {"a-rule": "off", "|"}}"#, &["b-rule"]),
            (r#"{"rules": {"a-rule": "|"}}"#, &["off", "hint", "information", "warning", "error"]),
            (r#"{"ignore": [{"|"}]}"#, &["rule", "file", "subject", "reason"]),
            (r#"{"ignore": [{"rule": "|"}]}"#, &["a-rule", "b-rule"]),
            (r#"{"entity": {"verified": |}}"#, &["true", "false"]),
            (r#"{"exclude": ["|"]}"#, &[]),
            (r#"{"nothing": {"|"}}"#, &[]),
            (r#"{"rules": "|"}"#, &[]),
        ] {
            assert_eq!(texts(marked), expected, "{marked}");
        }
    }
}

//! The report for programs, `miniguard/report/1`. A row is an object by the keys of its columns, a
//! cell the list of its lines; fields are only ever added.

use serde_json::{Map, Value, json};

use super::{Cell, Document, Section};
use crate::finding::Language;

/// Writes the document, with a line end.
pub(super) fn write(document: &Document, language: Language) -> String {
    let figures: Map<String, Value> = document
        .figures
        .iter()
        .map(|one| {
            let value = json!({
                "number": one.number,
                "label": one.label.get(language),
                "note": one.note.get(language),
                "tone": one.tone.name(),
            });
            (one.id.to_owned(), value)
        })
        .collect();
    let first: Vec<&str> = document.first.iter().map(|one| one.get(language)).collect();
    let sections: Map<String, Value> =
        document.sections.iter().map(|one| (one.id.to_owned(), section(one, language))).collect();
    let value = json!({
        "schema": "miniguard/report/1",
        "appid": document.appid,
        "day": document.day,
        "figures": figures,
        "first": first,
        "sections": sections,
    });
    format!("{value:#}\n")
}

fn section(section: &Section, language: Language) -> Value {
    let rows: Vec<Value> = section
        .rows
        .iter()
        .map(|row| {
            let cells = section.columns.iter().zip(row);
            let cells: Map<String, Value> =
                cells.map(|((key, _), one)| ((*key).to_owned(), cell(one, language))).collect();
            Value::Object(cells)
        })
        .collect();
    json!({ "title": section.title.get(language), "rows": rows })
}

fn cell(cell: &Cell, language: Language) -> Value {
    let lines: Vec<&str> = cell.lines.iter().map(|line| line.get(language)).collect();
    json!({ "lines": lines, "tone": cell.tone.name() })
}

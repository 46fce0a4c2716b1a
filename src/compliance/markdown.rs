//! The report as Markdown. Cells hold text of the checked program, so all that Markdown would read
//! is escaped.

use std::fmt::Write as _;

use super::{Cell, Document};
use crate::finding::Language;

/// Writes the document.
pub(super) fn write(document: &Document, language: Language) -> String {
    let word = |en, zh| if language == Language::English { en } else { zh };
    let mut out = format!("# {}\n\n", word("Compliance report", "合规报告"));
    let name = document.appid.clone().unwrap_or_else(|| document.base.as_str().to_owned());
    let day = document.day.as_deref().unwrap_or_default();
    let _ = writeln!(out, "{} {day}\n", escaped(&name));
    for figure in &document.figures {
        let _ = writeln!(
            out,
            "- **{}** {} ({})",
            figure.number,
            escaped(figure.label.get(language)),
            escaped(figure.note.get(language))
        );
    }
    if !document.first.is_empty() {
        let _ = writeln!(out, "\n## {}\n", word("What to do first", "优先处理"));
        for (index, one) in document.first.iter().enumerate() {
            let _ = writeln!(out, "{}. {}", index + 1, escaped(one.get(language)));
        }
    }
    for section in &document.sections {
        let title = escaped(section.title.get(language));
        let _ = writeln!(out, "\n## {title} ({})\n", section.rows.len());
        if section.rows.is_empty() {
            let _ = writeln!(out, "{}", escaped(section.none.get(language)));
            continue;
        }
        let _ = writeln!(out, "{}\n", escaped(section.intro.get(language)));
        let titles: Vec<String> =
            section.columns.iter().map(|(_, title)| escaped(title.get(language))).collect();
        let _ = writeln!(out, "| {} |\n|{}", titles.join(" | "), " --- |".repeat(titles.len()));
        for row in &section.rows {
            let cells: Vec<String> = row.iter().map(|one| cell(one, language)).collect();
            let _ = writeln!(out, "| {} |", cells.join(" | "));
        }
    }
    out
}

fn cell(cell: &Cell, language: Language) -> String {
    let lines: Vec<String> = cell.lines.iter().map(|line| escaped(line.get(language))).collect();
    lines.join("<br>")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

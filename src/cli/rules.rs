//! `rules`: what can be found. The one thing to know: it prints [`RULES`] and adds nothing to it.

use std::io::{self, Write};

use serde::Serialize;

use super::args::ListFormat;
use super::console::Console;
use super::failure::Failure;
use crate::cli::visible::{padded, width};
use crate::finding::Language;
use crate::rules::{RULES, Rule};

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    rules: Vec<Entry>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    id: &'static str,
    severity: &'static str,
    default_on: bool,
    summary: String,
    docs: String,
}

/// Runs the command.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn run(format: ListFormat, console: Console) -> Result<(), Failure> {
    let language = console.language();
    match format {
        ListFormat::Plain => console.write(true, |out| plain(RULES, language, out)),
        ListFormat::Json => console.write(false, |out| json(RULES, language, out)),
    }
}

fn plain(rules: &[Rule], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let columns = rules.iter().map(|rule| width(rule.id)).max().unwrap_or(0);
    for rule in rules {
        let severity = if rule.default_on { rule.severity.name() } else { "off" };
        let summary = rule.summary();
        writeln!(
            out,
            "{}  {}  {}",
            padded(rule.id, columns),
            padded(severity, "information".len()),
            summary.get(language)
        )?;
    }
    Ok(())
}

fn json(rules: &[Rule], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules.iter().map(|rule| Entry {
        id: rule.id,
        severity: rule.severity.name(),
        default_on: rule.default_on,
        summary: rule.summary().get(language).to_owned(),
        docs: rule.url(),
    });
    let document = Document { schema: "miniguard/rules/1", rules: rules.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

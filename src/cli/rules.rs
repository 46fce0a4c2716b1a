//! `rules`: what can be found. It prints [`RULES`] and adds nothing to it.

use std::io::{self, Write};

use serde::Serialize;

use super::args::ListFormat;
use super::console::Console;
use super::failure::Failure;
use crate::cli::sanitize::{padded, width};
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
    fix: Option<&'static str>,
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
            "{}  {}  {}  {}",
            padded(rule.id, columns),
            padded(severity, "information".len()),
            padded(
                fix(rule).map_or("", |fix| fixable(fix, language)),
                width(fixable("unsafe", language))
            ),
            summary.get(language)
        )?;
    }
    Ok(())
}

/// The best fix that the rule offers, `safe` or `unsafe`, as its documentation says.
fn fix(rule: &Rule) -> Option<&'static str> {
    let line = rule.docs.lines().find(|line| line.starts_with("**Severity**"))?;
    let (_, fixes) = line.split_once("**Fix** ")?;
    ["safe", "unsafe"].into_iter().find(|&kind| fixes.split([',', ' ']).any(|word| word == kind))
}

fn fixable(fix: &str, language: Language) -> &'static str {
    match (fix, language) {
        ("safe", Language::English) => "safe fix",
        ("safe", Language::Chinese) => "安全修复",
        (_, Language::English) => "unsafe fix",
        (_, Language::Chinese) => "需确认的修复",
    }
}

fn json(rules: &[Rule], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules.iter().map(|rule| Entry {
        id: rule.id,
        severity: rule.severity.name(),
        default_on: rule.default_on,
        fix: fix(rule),
        summary: rule.summary().get(language).to_owned(),
        docs: rule.url(),
    });
    let document = Document { schema: "miniguard/rules/1", rules: rules.collect() };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

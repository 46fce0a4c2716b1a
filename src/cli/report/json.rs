//! The report for programs, `miniguard/check/1`. Fields are only ever added, never renamed or
//! moved.

use std::io::{self, Write};

use serde::Serialize;

use super::{Outcome, Part, Region, Sources};
use crate::finding::{Applicability, Finding, Language, Severity};
use crate::rules;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    findings: Vec<Entry>,
    summary: Summary,
}

#[derive(Serialize)]
struct Entry {
    rule: &'static str,
    severity: &'static str,
    file: String,
    #[serde(flatten)]
    region: Region,
    message: String,
    docs: Option<String>,
    labels: Vec<LabelEntry>,
    fixes: Vec<FixEntry>,
    why: String,
    help: String,
    subject: String,
    fingerprint: String,
}

#[derive(Serialize)]
struct LabelEntry {
    file: String,
    #[serde(flatten)]
    region: Region,
    message: String,
}

#[derive(Serialize)]
struct FixEntry {
    title: String,
    safe: bool,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    information: usize,
    hint: usize,
    files: usize,
    fixable: usize,
    baselined: usize,
}

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let findings = outcome.parts.iter().flat_map(|part| {
        let sources = Sources::new(part);
        part.findings
            .iter()
            .map(|finding| entry(part, &sources, finding, outcome.language))
            .collect::<Vec<_>>()
    });
    let document = Document {
        schema: "miniguard/check/1",
        findings: findings.collect(),
        summary: Summary {
            error: outcome.count(Severity::Error),
            warning: outcome.count(Severity::Warning),
            information: outcome.count(Severity::Information),
            hint: outcome.count(Severity::Hint),
            files: outcome.checked(),
            fixable: outcome.fixable(false),
            baselined: outcome.baselined(),
        },
    };
    super::write_json(&document, out)
}

fn entry(part: &Part, sources: &Sources<'_>, finding: &Finding, language: Language) -> Entry {
    let labels = finding.labels.iter().map(|label| LabelEntry {
        file: part.names.relative(&label.place.file),
        region: sources.region(&label.place),
        message: label.message.get(language).to_owned(),
    });
    let fixes = finding.fixes.iter().map(|fix| FixEntry {
        title: fix.title.get(language).to_owned(),
        safe: fix.applicability == Applicability::Safe,
    });
    Entry {
        rule: finding.rule,
        severity: finding.severity.name(),
        file: part.names.relative(&finding.place.file),
        region: sources.region(&finding.place),
        message: finding.message.get(language).to_owned(),
        docs: rules::rule(finding.rule).map(rules::Rule::url),
        labels: labels.collect(),
        fixes: fixes.collect(),
        why: finding.why.get(language).to_owned(),
        help: finding.help.get(language).to_owned(),
        subject: finding.subject.clone(),
        fingerprint: sources.fingerprint(finding),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::write;

    #[test]
    fn fields_and_their_order_are_fixed() {
        let mut written = Vec::new();
        write(&sample::outcome(), &mut written).unwrap();
        let text = String::from_utf8(written).unwrap();
        let fields = [
            "schema",
            "findings",
            "rule",
            "severity",
            "file",
            "line",
            "column",
            "endLine",
            "endColumn",
            "message",
            "docs",
            "labels",
            "fixes",
            "title",
            "safe",
            "why",
            "help",
            "subject",
            "fingerprint",
            "summary",
            "error",
            "warning",
            "information",
            "hint",
            "files",
            "fixable",
            "baselined",
        ];
        let mut from = 0;
        for field in fields {
            let key = format!("\"{field}\":");
            from +=
                text[from..].find(&key).unwrap_or_else(|| panic!("{field} in its place in {text}"));
        }
    }

    #[test]
    fn places_are_one_based_in_utf16_units() {
        let mut written = Vec::new();
        write(&sample::outcome(), &mut written).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&written).unwrap();
        let finding = &report["findings"][0];
        assert_eq!(finding["file"], "pages/index.js");
        assert_eq!(
            [&finding["line"], &finding["column"], &finding["endLine"], &finding["endColumn"]],
            [2, 19, 2, 44]
        );
        assert_eq!(finding["labels"][1]["file"], "app.json");
        assert_eq!(report["summary"]["error"], 1);
        assert_eq!(report["summary"]["baselined"], 1);
    }
}

//! SARIF 2.1.0, for code scanning and viewers. Artefacts are named relative to the root of the
//! repository, or to the folder in which miniguard ran where there is none (`%SRCROOT%`, whose
//! address is left to the reader), so the log is the same on every machine.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Outcome, Part, Region, Sources};
use crate::finding::{Edit, Finding, Fix, Language, Place, Severity};
use crate::path::FilePath;
use crate::rules::{RULES, Rule};
use crate::text::Span;

/// The name that stands for the root of the sources.
const ROOT: &str = "%SRCROOT%";

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let language = outcome.language;
    let results: Vec<Value> = outcome
        .parts
        .iter()
        .flat_map(|part| {
            let sources = Sources::new(part);
            let state = |name| if outcome.has_baseline { Some(name) } else { None };
            let new = part.findings.iter().map(|finding| (finding, state("new")));
            let known = part.baselined.iter().map(|finding| (finding, state("unchanged")));
            new.chain(known)
                .map(|(finding, state)| result(part, &sources, finding, state, language))
                .collect::<Vec<_>>()
        })
        .collect();
    let notifications: Vec<Value> = outcome
        .parts
        .iter()
        .flat_map(|part| part.notices.iter())
        .map(|notice| json!({ "level": "note", "message": { "text": notice.message.get(language) } }))
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "miniguard",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://github.com/miniguard/miniguard",
                "rules": RULES.iter().map(|rule| descriptor(rule, language)).collect::<Vec<_>>(),
            } },
            "language": match language { Language::English => "en", Language::Chinese => "zh-CN" },
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": { ROOT: {
                "description": { "text": "The root of the repository; without one, the folder in which miniguard ran." },
            } },
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    super::write_json(&log, out)
}

fn descriptor(rule: &Rule, language: Language) -> Value {
    let docs = crate::cli::language_filter::part(rule.docs, language);
    let summary = rule.summary();
    json!({
        "id": rule.id,
        "shortDescription": { "text": summary.get(language) },
        "fullDescription": { "text": summary.get(language) },
        "help": { "text": docs, "markdown": docs },
        "helpUri": rule.url(),
        "defaultConfiguration": {
            "enabled": rule.default_on,
            "level": level(rule.severity),
            "rank": rank(rule.severity),
        },
    })
}

fn result(
    part: &Part,
    sources: &Sources<'_>,
    finding: &Finding,
    baseline_state: Option<&str>,
    language: Language,
) -> Value {
    let text: Vec<&str> = [&finding.message, &finding.why, &finding.help]
        .into_iter()
        .map(|phrase| phrase.get(language))
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "rank": rank(finding.severity),
        "message": { "text": text.join("\n") },
        "locations": [{ "physicalLocation": physical(part, sources, &finding.place) }],
        "partialFingerprints": { "miniguard/v1": sources.fingerprint(finding) },
        "properties": { "severity": finding.severity.name() },
    });
    let related: Vec<Value> = finding
        .labels
        .iter()
        .enumerate()
        .map(|(id, label)| {
            json!({
                "id": id,
                "physicalLocation": physical(part, sources, &label.place),
                "message": { "text": label.message.get(language) },
            })
        })
        .collect();
    let fixes: Vec<Value> = finding
        .fixes
        .iter()
        .filter(|fix| !fix.edits.is_empty())
        .map(|fix| self::fix(part, sources, fix, language))
        .collect();
    if let Some(index) = RULES.iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    if let Some(state) = baseline_state {
        result["baselineState"] = json!(state);
    }
    result
}

/// A fix: one change for each file, its replacements in the order of the edits.
fn fix(part: &Part, sources: &Sources<'_>, fix: &Fix, language: Language) -> Value {
    let mut replacements: BTreeMap<&FilePath, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let (deleted, text) = match edit {
            Edit::Replace { place, text } => (sources.region(place), text),
            Edit::Create { file, text } => (sources.region(&Place::new(file, Span::at(0))), text),
        };
        replacements.entry(edit.file()).or_default().push(json!({
            "deletedRegion": region(deleted),
            "insertedContent": { "text": text },
        }));
    }
    let changes: Vec<Value> = replacements
        .into_iter()
        .map(|(file, replacements)| {
            json!({ "artifactLocation": artifact(part, file), "replacements": replacements })
        })
        .collect();
    json!({ "description": { "text": fix.title.get(language) }, "artifactChanges": changes })
}

fn physical(part: &Part, sources: &Sources<'_>, place: &Place) -> Value {
    json!({ "artifactLocation": artifact(part, &place.file), "region": region(sources.region(place)) })
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    })
}

fn artifact(part: &Part, file: &FilePath) -> Value {
    let path = part.names.in_repository(file);
    if let Some(absolute) = path.strip_prefix('/') {
        return json!({ "uri": format!("file:///{}", encoded(absolute)) });
    }
    json!({ "uri": encoded(&path), "uriBaseId": ROOT })
}

/// A path as a URI reference: everything but unreserved characters and `/` is percent-encoded.
fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// SARIF has three levels; what a hint is apart from an information stands in `properties` and
/// `rank`.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// How much it matters among the others, 0 to 100.
fn rank(severity: Severity) -> f64 {
    match severity {
        Severity::Error => 90.0,
        Severity::Warning => 60.0,
        Severity::Information => 30.0,
        Severity::Hint => 10.0,
    }
}

#[cfg(test)]
mod tests;

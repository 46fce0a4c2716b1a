//! GitLab Code Quality. GitLab keeps one entry for each fingerprint, so the second of two findings
//! with the same identity gets a number behind it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Outcome, Sources};
use crate::finding::Severity;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues = Vec::new();
    for part in &outcome.parts {
        let sources = Sources::new(part);
        for finding in &part.findings {
            let region = sources.region(&finding.place);
            let identity = sources.fingerprint(finding);
            let count = seen.entry(identity.clone()).or_default();
            *count += 1;
            issues.push(Issue {
                description: finding.message.get(outcome.language).to_owned(),
                check_name: finding.rule,
                fingerprint: if *count == 1 { identity } else { format!("{identity}-{count}") },
                severity: severity(finding.severity),
                location: Location {
                    path: part.names.in_repository(&finding.place.file),
                    lines: Lines { begin: region.line, end: region.end_line },
                },
            });
        }
    }
    super::write_json(&issues, out)
}

/// GitLab's word; its `blocker` is left to people.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Information => "minor",
        Severity::Hint => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::write;

    #[test]
    fn equal_findings_get_different_fingerprints() {
        let mut outcome = sample::outcome();
        let again = outcome.parts[0].findings[0].clone();
        outcome.parts[0].findings.push(again);
        let mut written = Vec::new();
        write(&outcome, &mut written).unwrap();
        let issues: serde_json::Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(issues[0]["severity"], "critical");
        assert_eq!(issues[0]["location"]["path"], "pages/index.js");
        assert_eq!(issues[1]["location"]["lines"]["begin"], 4);
        let (first, second) = (&issues[0]["fingerprint"], &issues[2]["fingerprint"]);
        assert_eq!(format!("{}-2", first.as_str().unwrap()), second.as_str().unwrap());
    }
}

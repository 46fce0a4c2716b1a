//! Findings as diagnostics. Everything a finding says is in the diagnostic itself – what, why and
//! what to do – because most editors show nothing else; the steps behind it are related places, or
//! lines of the message for a client that cannot show those.

use std::collections::BTreeMap;

use tower_lsp::lsp_types as lsp;

use super::capabilities::Features;
use super::snapshot::{Places, Snapshot};
use crate::finding::{Finding, Label, Language, Severity, Tag};
use crate::path::FilePath;
use crate::rules;

/// The name under which editors show our diagnostics.
pub(super) const SOURCE: &str = "miniguard";

/// The diagnostics of every file that has any.
pub(super) fn by_file(
    findings: &[Finding],
    snapshot: &Snapshot,
    features: &Features,
    language: Language,
) -> BTreeMap<FilePath, Vec<lsp::Diagnostic>> {
    let places = Places::new(snapshot, features.units);
    let mut files: BTreeMap<FilePath, Vec<lsp::Diagnostic>> = BTreeMap::new();
    for finding in findings {
        let diagnostic = of_finding(finding, &places, features, language);
        files.entry(finding.place.file.clone()).or_default().push(diagnostic);
    }
    files
}

/// One finding.
pub(super) fn of_finding(
    finding: &Finding,
    places: &Places<'_>,
    features: &Features,
    language: Language,
) -> lsp::Diagnostic {
    let parts = [&finding.message, &finding.why, &finding.help];
    let mut message = parts
        .map(|phrase| phrase.get(language))
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    let mut related = Vec::new();
    for label in &finding.labels {
        if features.related_information {
            related.extend(related_place(label, places, language));
        } else {
            message.push('\n');
            message.push_str(&folded(label, places, language));
        }
    }
    lsp::Diagnostic {
        range: places.range(&finding.place),
        severity: Some(severity(finding.severity)),
        code: Some(lsp::NumberOrString::String(finding.rule.to_owned())),
        code_description: rules::rule(finding.rule)
            .and_then(|rule| lsp::Url::parse(&rule.url()).ok())
            .map(|href| lsp::CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: finding.tag.map(|tag| vec![diagnostic_tag(tag)]),
        data: None,
    }
}

fn related_place(
    label: &Label,
    places: &Places<'_>,
    language: Language,
) -> Option<lsp::DiagnosticRelatedInformation> {
    let message = label.message.get(language).to_owned();
    Some(lsp::DiagnosticRelatedInformation { location: places.location(&label.place)?, message })
}

/// A related place as a line of the message: `app.json:3: here it is declared`.
fn folded(label: &Label, places: &Places<'_>, language: Language) -> String {
    let line = places.range(&label.place).start.line.saturating_add(1);
    format!("{}:{line}: {}", label.place.file, label.message.get(language))
}

fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

fn diagnostic_tag(tag: Tag) -> lsp::DiagnosticTag {
    match tag {
        Tag::Unnecessary => lsp::DiagnosticTag::UNNECESSARY,
        Tag::Deprecated => lsp::DiagnosticTag::DEPRECATED,
    }
}

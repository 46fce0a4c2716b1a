//! The report for a coding agent: what to mend and how, without excerpts, in few words. Invariant:
//! every error and warning is written in full, errors first; information and hints are counts by
//! rule.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::{Outcome, Sources};
use crate::cli::sanitize::visible;
use crate::finding::{Applicability, Finding, Language, Severity};

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let mut rules = BTreeSet::new();
    for severity in [Severity::Error, Severity::Warning] {
        for part in &outcome.parts {
            let sources = Sources::new(part);
            for finding in part.findings.iter().filter(|finding| finding.severity == severity) {
                let region = sources.region(&finding.place);
                let file = part.names.open(&finding.place.file);
                let place = format!("{}:{}:{}", file, region.line, region.column);
                self::finding(&visible(&place), finding, outcome.language, out)?;
                rules.insert(finding.rule);
            }
        }
    }
    summary(outcome, &rules, out)
}

/// One finding: place and message, the reason, what to do, and the fixes that the command line
/// applies.
fn finding(
    place: &str,
    finding: &Finding,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let severity = severity(finding.severity);
    let message = one_line(finding.message.get(language));
    writeln!(out, "{place}: {severity}[{}] {message}", finding.rule)?;
    for (name, text) in [("why", &finding.why), ("help", &finding.help)] {
        let text = one_line(text.get(language));
        if !text.is_empty() {
            writeln!(out, "  {name}: {text}")?;
        }
    }
    for fix in &finding.fixes {
        let option = match fix.applicability {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--fix-unsafe",
            // Only a person can choose.
            Applicability::Choice => continue,
        };
        writeln!(out, "  fix: {} ({option})", one_line(fix.title.get(language)))?;
    }
    Ok(())
}

/// The counts, the rules that only inform, and where the rules are documented.
fn summary(outcome: &Outcome, rules: &BTreeSet<&str>, out: &mut dyn Write) -> io::Result<()> {
    let mut informing: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, finding) in outcome.findings() {
        if finding.severity < Severity::Warning {
            *informing.entry(finding.rule).or_default() += 1;
        }
    }
    let english = outcome.language == Language::English;
    if let Some(applied) = outcome.applied {
        let word = if english { "fixes applied" } else { "已应用的修复" };
        writeln!(out, "{word}: {applied}")?;
    }
    let (errors, warnings) = (outcome.count(Severity::Error), outcome.count(Severity::Warning));
    if english {
        writeln!(out, "errors: {errors}, warnings: {warnings}")?;
    } else {
        writeln!(out, "错误：{errors}，警告：{warnings}")?;
    }
    if !informing.is_empty() {
        let counts: Vec<String> =
            informing.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        let word = if english {
            "not shown (--format json shows them)"
        } else {
            "未列出（可用 --format json 查看）"
        };
        writeln!(out, "{word}: {}", counts.join(", "))?;
    }
    if !rules.is_empty() {
        let rules: Vec<&str> = rules.iter().copied().collect();
        let word = if english {
            "docs: miniguard explain RULE, for"
        } else {
            "规则文档：miniguard explain 规则，规则有"
        };
        writeln!(out, "{word} {}", rules.join(", "))?;
    }
    Ok(())
}

/// The words stay English: they are keys, as in the other forms for programs.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
        Severity::Hint => "hint",
    }
}

/// A text of a checked program, safe to show, in one line.
fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        Cow::Owned(visible(&lines.join(" ")).into_owned())
    } else {
        visible(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, sample};
    use super::write;
    use crate::finding::{Language, Phrase, Severity};

    fn written(outcome: &Outcome) -> String {
        let mut written = Vec::new();
        write(outcome, &mut written).unwrap();
        String::from_utf8(written).unwrap()
    }

    #[test]
    fn errors_come_whole_and_what_informs_as_a_count() {
        let text = written(&sample::outcome());
        assert!(text.starts_with("pages/index.js:2:19: error[unregistered-domain] "), "{text}");
        assert!(text.contains("\n  why: Requests to other domains fail on phones.\n"), "{text}");
        assert!(text.contains("errors: 1, warnings: 0\n"), "{text}");
        assert!(text.contains("--format json shows them): regulated-interface 1\n"), "{text}");
        assert!(text.contains("explain RULE, for unregistered-domain\n"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn warnings_follow_errors_whatever_their_file() {
        let mut outcome = sample::outcome();
        let mut warning = outcome.parts[0].findings[0].clone();
        (warning.severity, warning.rule) = (Severity::Warning, "insecure-url");
        outcome.parts[0].findings.insert(0, warning);
        let text = written(&outcome);
        let at = |word: &str| text.find(word).unwrap();
        assert!(at("error[unregistered-domain]") < at("warning[insecure-url]"), "{text}");
    }

    #[test]
    fn a_message_stays_one_line_without_control_characters() {
        let mut outcome = sample::outcome();
        outcome.parts[0].findings[0].message = Phrase::new("a\n  b\u{1b}[31m", "甲");
        assert!(written(&outcome).contains("] a b␛[31m\n"));
    }

    #[test]
    fn nothing_found_is_one_line() {
        assert_eq!(written(&sample::clean()), "errors: 0, warnings: 0\n");
    }

    #[test]
    fn sentences_are_chinese_where_it_is_asked_for() {
        let outcome = Outcome { language: Language::Chinese, ..sample::outcome() };
        let text = written(&outcome);
        assert!(text.contains("why: 真机上向其他域名的请求会失败。"), "{text}");
        assert!(text.contains("错误：1，警告：0"), "{text}");
    }
}

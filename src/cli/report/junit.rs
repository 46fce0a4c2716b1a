//! `JUnit` XML: a suite for each file, a case for each finding. Only findings that fail the run are
//! failures; lighter ones are passing cases with their text, so that a test report is red exactly
//! when the run is.

use std::io::{self, Write};

use super::{Outcome, Part, Sources};
use crate::finding::{Finding, Language};

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let total = outcome.findings().count();
    let failing = |finding: &Finding| outcome.fail_on.is_reached_by(finding.severity);
    let failures = outcome.findings().filter(|(_, finding)| failing(finding)).count();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="miniguard" tests="{}" failures="{failures}" errors="0">"#,
        total.max(1)
    )?;
    if total == 0 {
        let nothing = match outcome.language {
            Language::English => "no findings",
            Language::Chinese => "未发现问题",
        };
        writeln!(out, r#"  <testsuite name="miniguard" tests="1" failures="0" errors="0">"#)?;
        writeln!(out, r#"    <testcase name="{nothing}" classname="miniguard"/>"#)?;
        writeln!(out, "  </testsuite>")?;
    }
    for part in &outcome.parts {
        let sources = Sources::new(part);
        for suite in part.findings.chunk_by(|a, b| a.place.file == b.place.file) {
            let Some(first) = suite.first() else { continue };
            let file = attribute(&part.names.in_repository(&first.place.file));
            let failures = suite.iter().filter(|finding| failing(finding)).count();
            writeln!(
                out,
                r#"  <testsuite name="{file}" tests="{}" failures="{failures}" errors="0">"#,
                suite.len()
            )?;
            for finding in suite {
                case(part, &sources, finding, failing(finding), outcome.language, out)?;
            }
            writeln!(out, "  </testsuite>")?;
        }
    }
    writeln!(out, "</testsuites>")
}

fn case(
    part: &Part,
    sources: &Sources<'_>,
    finding: &Finding,
    fails: bool,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let region = sources.region(&finding.place);
    let file = part.names.in_repository(&finding.place.file);
    let message = finding.message.get(language);
    let body = content(&format!(
        "{file}:{}:{}: {}\n{message}\n{}\n{}",
        region.line,
        region.column,
        finding.severity.name(),
        finding.why.get(language),
        finding.help.get(language)
    ));
    writeln!(
        out,
        r#"    <testcase name="{}" classname="{}" file="{}" line="{}">"#,
        attribute(&format!("{} at {}:{}", finding.rule, region.line, region.column)),
        attribute(&file),
        attribute(&file),
        region.line
    )?;
    if fails {
        let (kind, message) = (finding.severity.name(), attribute(message));
        writeln!(out, r#"      <failure type="{kind}" message="{message}">{body}</failure>"#)?;
    } else {
        writeln!(out, "      <system-out>{body}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// Text between tags.
fn content(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // XML 1.0 has no way to write these.
            '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {
                escaped.push('\u{fffd}');
            }
            other => escaped.push(other),
        }
        escaped
    })
}

/// The value of an attribute, between double quotes.
fn attribute(text: &str) -> String {
    content(text)
        .replace('"', "&quot;")
        .replace('\t', "&#9;")
        .replace('\r', "&#13;")
        .replace('\n', "&#10;")
}

#[cfg(test)]
mod tests {
    use super::super::{Outcome, sample};
    use super::{attribute, content, write};
    use crate::cli::args::FailOn;

    fn written(outcome: &Outcome) -> String {
        let mut out = Vec::new();
        write(outcome, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes_what_xml_reserves_and_replaces_what_it_lacks() {
        assert_eq!(content("a<b> & \x1b\"\n"), "a&lt;b&gt; &amp; \u{fffd}\"\n");
        assert_eq!(attribute("\"a\"\n\t<"), "&quot;a&quot;&#10;&#9;&lt;");
    }

    #[test]
    fn only_what_fails_the_run_is_a_failure() {
        let mut outcome = sample::outcome();
        let text = written(&outcome);
        assert!(text.contains(r#"<testsuites name="miniguard" tests="2" failures="1""#), "{text}");
        assert!(
            text.contains(r#"<testsuite name="pages/index.js" tests="2" failures="1""#),
            "{text}"
        );
        outcome.fail_on = FailOn::Never;
        assert!(!written(&outcome).contains("<failure"));
    }

    #[test]
    fn a_clean_run_is_one_passing_case() {
        let text = written(&sample::clean());
        assert!(text.contains(r#"tests="1" failures="0""#), "{text}");
        assert!(text.contains(r#"<testcase name="no findings""#), "{text}");
    }
}

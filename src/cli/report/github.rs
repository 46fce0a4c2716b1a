//! Annotations of GitHub Actions: one workflow command a finding. A command is one line, so line
//! ends and the separators of properties are percent-encoded; columns are given only within one
//! line, as GitHub asks.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Outcome, Sources};
use crate::finding::Severity;

/// Writes the report.
pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let language = outcome.language;
    for part in &outcome.parts {
        let sources = Sources::new(part);
        for finding in &part.findings {
            let region = sources.region(&finding.place);
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Information | Severity::Hint => "notice",
            };
            let file = part.names.in_repository(&finding.place.file);
            write!(out, "::{command} file={},line={}", property(&file), region.line)?;
            if region.line == region.end_line {
                write!(
                    out,
                    ",col={},endLine={},endColumn={}",
                    region.column, region.end_line, region.end_column
                )?;
            } else {
                write!(out, ",endLine={}", region.end_line)?;
            }
            let sentences: Vec<&str> = [&finding.message, &finding.why, &finding.help]
                .into_iter()
                .map(|phrase| phrase.get(language))
                .filter(|sentence| !sentence.is_empty())
                .collect();
            writeln!(out, ",title={}::{}", property(finding.rule), data(&sentences.join("\n")))?;
        }
    }
    Ok(())
}

/// The message of a command.
fn data(text: &str) -> Cow<'_, str> {
    escaped(text, &['%', '\r', '\n'])
}

/// The value of a command's property.
fn property(text: &str) -> Cow<'_, str> {
    escaped(text, &['%', '\r', '\n', ':', ','])
}

fn escaped<'a>(text: &'a str, special: &[char]) -> Cow<'a, str> {
    use std::fmt::Write as _;
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(&character) {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{:02X}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::{data, property, write};

    #[test]
    fn escapes_what_would_end_a_command() {
        assert_eq!(data("100%\r\n::error::x, y"), "100%25%0D%0A::error::x, y");
        assert_eq!(property("a:b,c\n"), "a%3Ab%2Cc%0A");
    }

    #[test]
    fn one_line_a_finding() {
        let mut written = Vec::new();
        write(&sample::outcome(), &mut written).unwrap();
        let text = String::from_utf8(written).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with(
                "::error file=pages/index.js,line=2,col=19,endLine=2,endColumn=44,title=unregistered-domain::"
            ),
            "{text}"
        );
        assert!(
            lines[1].starts_with("::notice file=pages/index.js,line=4,endLine=6,title="),
            "{text}"
        );
        assert_eq!(lines.len(), 2);
    }
}

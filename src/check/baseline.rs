//! The findings that a team knew of when it began: kept in a file, so that only new ones count. A
//! finding is known by its rule, file, subject and the text of its lines, never by a position. So a
//! new finding on an old line shows, and an old one that moved does not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Report, sort};
use crate::finding::{Finding, Phrase, Severity};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

/// What the first line of a baseline file says; the number grows when the format changes.
pub const SCHEMA: &str = "miniguard/baseline/1";

/// How often each known finding occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Key, usize>,
}

/// What findings must share to be one entry. The order of the fields is the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: FilePath,
    rule: String,
    subject: String,
    /// Hash of the text; empty for a finding about the file as a whole.
    hash: String,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    rule: String,
    subject: String,
    hash: String,
    count: usize,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    findings: Vec<Entry>,
}

impl Key {
    fn of(finding: &Finding, files: &Files) -> Self {
        Self {
            file: finding.place.file.clone(),
            rule: finding.rule.to_owned(),
            subject: finding.subject.clone(),
            hash: content(finding, files).map_or_else(String::new, |text| hex(&[&text], 8)),
        }
    }

    /// What stays when code moves to another file.
    fn without_file(&self) -> (&str, &str, &str) {
        (&self.rule, &self.subject, &self.hash)
    }

    /// Whether the finding, gone from its file, may now stand in another. Without any text only a
    /// file that is gone itself can have been renamed; else mending one file would hide the same
    /// fault of the next.
    fn may_have_moved(&self, files: &Files) -> bool {
        !self.hash.is_empty() || !files.contains(&self.file)
    }
}

impl Baseline {
    /// The baseline under which none of `findings` is new.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>, files: &Files) -> Self {
        let mut counts = BTreeMap::new();
        for finding in findings {
            *counts.entry(Key::of(finding, files)).or_default() += 1;
        }
        Self { counts }
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// What is wrong with it, for a person: it is not JSON, not a baseline, or of a newer format.
    pub fn read(text: &str) -> Result<Self, Phrase> {
        let text = text.trim_start_matches('\u{feff}');
        let document: Document = serde_json::from_str(text).map_err(|error| {
            Phrase::new(
                format!(
                    "This is not a baseline file: {error}. Write it again with --write-baseline."
                ),
                format!("这不是基线文件：{error}。请用 --write-baseline 重新生成。"),
            )
        })?;
        if document.schema != SCHEMA {
            let schema = document.schema;
            return Err(Phrase::new(
                format!(
                    "The baseline has the format `{schema}`; this version reads `{SCHEMA}`. Write it again with --write-baseline."
                ),
                format!(
                    "基线文件的格式是 `{schema}`，当前版本只能读取 `{SCHEMA}`。请用 --write-baseline 重新生成。"
                ),
            ));
        }
        let mut counts = BTreeMap::new();
        for Entry { file, rule, subject, hash, count } in document.findings {
            let Some(path) = FilePath::new(&file) else {
                return Err(Phrase::new(
                    format!("The baseline names `{file}`, which lies outside the workspace."),
                    format!("基线文件中的 `{file}` 位于工作区之外。"),
                ));
            };
            *counts.entry(Key { file: path, rule, subject, hash }).or_default() += count;
        }
        Ok(Self { counts })
    }

    /// The baseline file: sorted, one entry a line, so that a change of it reads well.
    pub fn write(&self) -> String {
        let lines: Vec<String> = self
            .counts
            .iter()
            .map(|(key, count)| Entry {
                file: key.file.to_string(),
                rule: key.rule.clone(),
                subject: key.subject.clone(),
                hash: key.hash.clone(),
                count: *count,
            })
            // Strings and a number: always JSON.
            .filter_map(|entry| serde_json::to_string(&entry).ok())
            .map(|line| format!("\n    {line}"))
            .collect();
        let end = if lines.is_empty() { "" } else { "\n  " };
        format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": [{}{end}]\n}}\n", lines.join(","))
    }

    /// Number of known findings, repeated ones included.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The findings that are new and those that are known, each in the order given.
    ///
    /// Of equal findings as many are known as the baseline counts, the first ones. What the
    /// baseline knows and its file no longer shows is then looked for in other files (a file was
    /// renamed, or code moved): the same rule, subject and text there is known, as often as it
    /// vanished here. O(n log n).
    pub fn split(&self, findings: Vec<Finding>, files: &Files) -> (Vec<Finding>, Vec<Finding>) {
        let mut left = self.counts.clone();
        let keys: Vec<Key> = findings.iter().map(|finding| Key::of(finding, files)).collect();
        let mut known: Vec<bool> = keys.iter().map(|key| take(&mut left, key)).collect();
        let mut vanished: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        for (key, count) in left.iter().filter(|(key, _)| key.may_have_moved(files)) {
            *vanished.entry(key.without_file()).or_default() += count;
        }
        for (key, known) in keys.iter().zip(&mut known).filter(|(_, known)| !**known) {
            *known = take(&mut vanished, &key.without_file());
        }
        let (mut new, mut old) = (Vec::new(), Vec::new());
        for (finding, known) in findings.into_iter().zip(known) {
            if known { old.push(finding) } else { new.push(finding) }
        }
        (new, old)
    }

    /// This baseline without what `findings` no longer shows, moved entries under their new file.
    /// Adds nothing.
    #[must_use]
    pub fn prune(&self, findings: Vec<Finding>, files: &Files) -> Self {
        let (_, known) = self.split(findings, files);
        Self::of(&known, files)
    }
}

/// Takes one of what `counts` holds of `key`.
fn take<K: Ord>(counts: &mut BTreeMap<K, usize>, key: &K) -> bool {
    match counts.get_mut(key) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

/// Makes hints of the findings that a baseline of the settings records: an editor shows them, but
/// does not press. A baseline that cannot be read changes nothing.
pub fn soften(report: &mut Report, files: &Files) {
    for path in report.baselines.clone() {
        let Some(baseline) = files.get(&path).and_then(|file| Baseline::read(&file.source).ok())
        else {
            continue;
        };
        let (new, known) = baseline.split(std::mem::take(&mut report.findings), files);
        let known =
            known.into_iter().map(|finding| Finding { severity: Severity::Hint, ..finding });
        report.findings = new.into_iter().chain(known).collect();
    }
    sort(&mut report.findings);
}

/// The identity of a finding across edits, 32 hexadecimal digits: what SARIF calls a partial
/// fingerprint. `file` names its file, the same wherever one runs. Equal findings of one file share
/// it.
pub fn fingerprint(finding: &Finding, file: &str, files: &Files) -> String {
    digest(file, &Key::of(finding, files), 0)
}

/// The identities of all `findings`, each its own: the second of two equal findings differs from
/// the first. What a report needs whose readers merge equal fingerprints (GitLab).
pub fn fingerprints<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    files: &Files,
) -> Vec<String> {
    let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
    findings
        .into_iter()
        .map(|finding| {
            let key = Key::of(finding, files);
            let nth = seen.entry(key.clone()).or_default();
            *nth += 1;
            digest(key.file.as_str(), &key, *nth - 1)
        })
        .collect()
}

fn digest(file: &str, key: &Key, nth: usize) -> String {
    let nth = if nth == 0 { String::new() } else { nth.to_string() };
    hex(&[file, &key.rule, &key.subject, &key.hash, &nth], 16)
}

/// The first `bytes` bytes of the SHA-256 of `parts`, in hexadecimal. No part runs into the next.
fn hex(parts: &[&str], bytes: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(bytes).fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The text of the lines that a finding stands on, each run of white space folded to a blank;
/// `None` for a finding about the file as a whole (an empty place at its very beginning).
fn content(finding: &Finding, files: &Files) -> Option<String> {
    let span = finding.place.span;
    if span == Span::at(0) {
        return None;
    }
    let source = &files.get(&finding.place.file)?.source;
    let is_end = |character| matches!(character, '\n' | '\r');
    let before = Span::new(0, span.start()).of(source);
    let start = before.rfind(is_end).map_or(0, |at| at + 1);
    // The last byte of the finding decides: one that ends with its line does not reach the next.
    let last = span.end().saturating_sub(usize::from(!span.is_empty()));
    let after = source.as_bytes().get(last..).unwrap_or_default();
    let end =
        last + after.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(after.len());
    let words: Vec<&str> = Span::new(start, end).of(source).split_whitespace().collect();
    Some(words.join(" "))
}

#[cfg(test)]
mod tests;

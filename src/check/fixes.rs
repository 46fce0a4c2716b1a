//! Which fixes go together, and what the files are after them. A fix is applied whole or not at
//! all; one that meets an earlier one is left for the next round, when the findings are computed
//! afresh from the new texts.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

/// The first fix of each finding that `allowed` lets through, without those that repeat or meet an
/// earlier one.
///
/// [`Applicability::Safe`] lets safe fixes through, [`Applicability::Unsafe`] all but choices. Two
/// fixes meet when an edit of the one touches an edit of the other, even at a single offset: two
/// insertions there are each right alone and wrong together (`["a"` and `["b"`). Appending
/// different things to one JSON list or object is the exception. O(n log n).
pub fn select<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    allowed: Applicability,
) -> Vec<&'a Fix> {
    let mut chosen = Chosen::default();
    findings
        .into_iter()
        .filter_map(|finding| {
            finding.fixes.iter().find(|fix| match fix.applicability {
                Applicability::Safe => true,
                Applicability::Unsafe => allowed == Applicability::Unsafe,
                Applicability::Choice => false,
            })
        })
        .filter(|fix| chosen.admit(fix))
        .collect()
}

/// The texts of the files that the `chosen` fixes change or make.
///
/// A fix is left out whole when one of its edits overlaps an accepted one, lies outside its file or
/// inside a character, changes a file that is absent or in trouble, or makes a file that is there.
/// Insertions at one offset keep the order of `chosen`. O(n²) in the edits of one file, which are
/// few, plus the bytes of the files changed.
pub fn apply(chosen: &[&Fix], files: &Files) -> BTreeMap<FilePath, String> {
    let mut replaced: BTreeMap<&FilePath, Vec<(Span, &str)>> = BTreeMap::new();
    let mut created: BTreeMap<&FilePath, &str> = BTreeMap::new();
    for fix in chosen {
        let mut trial: Vec<(&FilePath, Span, &str)> = Vec::new();
        let mut made: BTreeMap<&FilePath, &str> = BTreeMap::new();
        let fits = fix.edits.iter().all(|edit| match edit {
            Edit::Replace { place, text } => {
                let free = can_replace(files, &place.file, place.span)
                    && !trial
                        .iter()
                        .any(|(file, span, _)| *file == &place.file && overlap(*span, place.span))
                    && replaced.get(&place.file).is_none_or(|edits| {
                        !edits.iter().any(|(span, _)| overlap(*span, place.span))
                    });
                trial.push((&place.file, place.span, text));
                free
            }
            Edit::Create { file, text } => {
                !files.contains(file)
                    && !created.contains_key(file)
                    && made.insert(file, text).is_none()
            }
        });
        if fits {
            for (file, span, text) in trial {
                replaced.entry(file).or_default().push((span, text));
            }
            created.append(&mut made);
        }
    }
    let mut texts: BTreeMap<FilePath, String> =
        created.into_iter().map(|(file, text)| (file.clone(), text.to_owned())).collect();
    for (path, mut edits) in replaced {
        if let Some(file) = files.get(path) {
            // Stable: insertions at one offset keep their order, and stand before what replaces
            // from there on.
            edits.sort_by_key(|(span, _)| (span.start(), span.end()));
            texts.insert(path.clone(), rewrite(&file.source, &edits));
        }
    }
    texts
}

/// `source` with `edits` made, which are sorted, disjoint and within it.
fn rewrite(source: &str, edits: &[(Span, &str)]) -> String {
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for (span, text) in edits {
        out.push_str(Span::new(at, span.start()).of(source));
        out.push_str(text);
        at = span.end();
    }
    out.push_str(Span::new(at, source.len()).of(source));
    out
}

/// Whether `span` is whole characters of a file that may be edited.
fn can_replace(files: &Files, path: &FilePath, span: Span) -> bool {
    files.get(path).is_some_and(|file| {
        file.read_error.is_none() && file.source.get(span.start()..span.end()).is_some()
    })
}

/// Whether the two share a byte, or one is an insertion within the other. Insertions at one offset
/// do not overlap.
fn overlap(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// The edits of the fixes selected so far. Between two fixes no spans touch, so within a file the
/// order by start is the order by end, and only the neighbours of a new span need a look.
#[derive(Default)]
struct Chosen<'a> {
    spans: BTreeMap<(&'a FilePath, Span), Vec<&'a str>>,
    created: BTreeSet<&'a FilePath>,
}

impl<'a> Chosen<'a> {
    /// Takes `fix` in unless it changes nothing, repeats an earlier fix or meets one.
    fn admit(&mut self, fix: &'a Fix) -> bool {
        let free = !fix.edits.is_empty() && fix.edits.iter().all(|edit| self.is_free(edit));
        if free {
            for edit in &fix.edits {
                match edit {
                    Edit::Replace { place, text } => {
                        self.spans.entry((&place.file, place.span)).or_default().push(text);
                    }
                    Edit::Create { file, .. } => {
                        self.created.insert(file);
                    }
                }
            }
        }
        free
    }

    fn is_free(&self, edit: &'a Edit) -> bool {
        match edit {
            Edit::Create { file, .. } => !self.created.contains(file),
            Edit::Replace { place, text } => {
                let last = (&place.file, Span::new(place.span.end(), usize::MAX));
                self.spans
                    .range(..=last)
                    .rev()
                    .take_while(|((file, span), _)| {
                        *file == &place.file && span.end() >= place.span.start()
                    })
                    .all(|((_, span), texts)| {
                        *span == place.span
                            && span.is_empty()
                            && texts.iter().all(|earlier| append_together(earlier, text))
                    })
            }
        }
    }
}

/// Whether two insertions at one offset each append something to a JSON list or object, and
/// something different.
fn append_together(a: &str, b: &str) -> bool {
    match (appended(a), appended(b)) {
        (Some(a), Some(b)) => a.is_disjoint(&b),
        _ => false,
    }
}

/// What an insertion that begins with a comma appends: the elements of a list, or the keys of an
/// object.
fn appended(text: &str) -> Option<BTreeSet<String>> {
    if !text.trim_start().starts_with(',') {
        return None;
    }
    if let Ok(elements) = serde_json::from_str::<Vec<serde_json::Value>>(&format!("[0{text}]")) {
        return Some(elements.iter().skip(1).map(ToString::to_string).collect());
    }
    let members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&format!("{{\"\":0{text}}}")).ok()?;
    Some(members.keys().skip(1).cloned().collect())
}

#[cfg(test)]
mod tests;

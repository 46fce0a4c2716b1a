//! Findings that a person chose not to see: by a comment in the file, or by an entry in
//! `miniguard.json`. A suppression names its rules and its reason; one that hides nothing, or gives
//! no reason, is itself a finding, so that none outlives what it was for.
//!
//! ```text
//! // miniguard-ignore-next-line rule[, rule] -- reason      the next line that is neither blank nor a comment
//! // miniguard-ignore-line rule -- reason                   the line that the comment begins on
//! // miniguard-ignore-file rule -- reason                   the whole file; before its first line of code
//! ```
//!
//! `/* … */` does the same, as does `<!-- … -->` in a template, where a start tag that begins on
//! the next line counts as a whole. `——` and `：` may stand for ` -- `.

mod directive;
mod ignore_line;
mod report;
mod scope;

pub use ignore_line::ignore_line_fix;

use std::collections::BTreeMap;

use memchr::memmem;

use crate::facts::comment::MARK;
use crate::finding::Finding;
use crate::path::FilePath;
use crate::project::{File, Files};
use crate::settings::Ignore;
use directive::{Directive, Reading};
use scope::Scope;

/// The rule about suppressions that hide nothing.
pub const UNUSED_SUPPRESSION: &str = "unused-suppression";

/// The rule about suppressions that give no reason.
pub const SUPPRESSION_WITHOUT_REASON: &str = "suppression-without-reason";

/// Takes out of `findings` what is suppressed, and adds, at the end, what there is to say about the
/// suppressions.
///
/// `known_rules` are the ids that may be named. A suppression of a rule that `is_off` holds for is
/// never called unused, since their rules did not run. The two rules of this module are not suppressed by
/// comments, only by `ignores` and by their level. Reads the facts only of files that contain the
/// mark. O(bytes + findings × suppressions of their file).
pub fn apply(
    findings: Vec<Finding>,
    files: &Files,
    ignores: &[Ignore],
    known_rules: &[&str],
    is_off: impl Fn(&str) -> bool,
) -> Vec<Finding> {
    let finder = memmem::Finder::new(MARK);
    let mut comments: BTreeMap<&FilePath, Vec<Suppression<'_>>> = files
        .iter()
        .filter(|file| finder.find(file.source.as_bytes()).is_some())
        .map(|file| (&file.path, suppressions(file)))
        .collect();
    let mut ignores: Vec<(&Ignore, bool)> = ignores.iter().map(|ignore| (ignore, false)).collect();

    let mut shown: Vec<Finding> = findings
        .into_iter()
        .filter(|finding| {
            let by_comment = comments
                .get_mut(&finding.place.file)
                .is_some_and(|all| any(all, |suppression| suppression.hides(finding)));
            // Both are asked: each must know that it is used.
            let by_settings = any(&mut ignores, |ignore| hides(ignore, finding));
            !by_comment && !by_settings
        })
        .collect();

    let judge = report::Judge { files, known_rules, is_off: &is_off };
    let of_comments: Vec<Finding> =
        comments.values().flatten().flat_map(|it| judge.comment(it)).collect();
    shown.extend(
        of_comments
            .into_iter()
            .filter(|finding| !any(&mut ignores, |ignore| hides(ignore, finding))),
    );
    shown.extend(ignores.into_iter().filter_map(|(ignore, used)| judge.ignore(ignore, used)));
    shown
}

/// A comment that speaks to miniguard, and what it covers.
struct Suppression<'f> {
    file: &'f File,
    reading: Reading,
    scope: Scope,
    /// For each rule that it names, whether it hid a finding.
    used: Vec<bool>,
}

impl Suppression<'_> {
    /// Whether it hides `finding`; notes that it does.
    fn hides(&mut self, finding: &Finding) -> bool {
        let Reading::Directive(Directive { rules, .. }) = &self.reading else { return false };
        if !self.scope.covers(finding.place.span.start()) {
            return false;
        }
        let mut hidden = false;
        for (name, used) in rules.iter().zip(&mut self.used) {
            if name.text == finding.rule {
                *used = true;
                hidden = true;
            }
        }
        hidden
    }
}

/// The suppressions in the comments of `file`, in document order.
fn suppressions(file: &File) -> Vec<Suppression<'_>> {
    let lines = scope::Lines::new(file);
    file.facts()
        .comments()
        .iter()
        .filter_map(|comment| {
            let reading = directive::read(comment, &file.source)?;
            let (scope, rules) = match &reading {
                Reading::Directive(directive) => {
                    (lines.scope(directive.form, comment.span), directive.rules.len())
                }
                Reading::Misspelt(_) => (Scope::default(), 0),
            };
            Some(Suppression { file, reading, scope, used: vec![false; rules] })
        })
        .collect()
}

/// Whether the entry hides `finding`; notes that it does.
fn hides((ignore, used): &mut (&Ignore, bool), finding: &Finding) -> bool {
    let hidden = ignore.rule == finding.rule
        && ignore.subject.as_ref().is_none_or(|subject| *subject == finding.subject)
        && ignore.file.matches(&finding.place.file);
    *used |= hidden;
    hidden
}

/// Whether `test` holds for any item; asks every one.
fn any<T>(items: &mut [T], mut test: impl FnMut(&mut T) -> bool) -> bool {
    let mut found = false;
    for item in items {
        found |= test(item);
    }
    found
}

#[cfg(test)]
mod tests;

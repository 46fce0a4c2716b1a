//! Applying fixes. The rounds (a fix may reveal or remove others) happen in memory and the outcome
//! is written once, so a run that fails changes nothing. Fixes that undo each other are left alone,
//! so a second run changes nothing either.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::failure::Failure;
use crate::check::{Report, fixes};
use crate::finding::{Applicability, Finding, Phrase};
use crate::path::FilePath;
use crate::project::{File, Files};
use crate::workspace::Workspace;

/// Fixes that go on revealing new ones for longer than this are left for the next run.
const ROUNDS: usize = 10;

/// The files after a round, and what is to be said about them.
struct State {
    files: Files,
    report: Report,
    /// New files that say nothing to an analysis: styles.
    others: BTreeMap<FilePath, String>,
    /// Fixes applied so far.
    applied: usize,
}

/// What a round changes.
struct Mended {
    files: Files,
    others: BTreeMap<FilePath, String>,
    count: usize,
}

/// Applies the fixes that `allowed` lets through, of the findings that `wanted` keeps; gives the
/// report of what remains and the number of fixes applied.
///
/// # Errors
/// The files could not be written.
pub(crate) fn apply(
    workspace: &mut Workspace,
    report: Report,
    allowed: Applicability,
    wanted: impl Fn(&Report, &Files) -> Vec<Finding>,
    analyse: impl Fn(&Files) -> Report,
) -> Result<(Report, usize), Failure> {
    let before = workspace.files().clone();
    let start = State { files: before.clone(), report, others: BTreeMap::new(), applied: 0 };
    let end = settle(start, |state| {
        let findings = wanted(&state.report, &state.files);
        let Mended { files, others, count } = mended(&findings, allowed, &state.files)?;
        let report = analyse(&files);
        let others = state.others.clone().into_iter().chain(others).collect();
        Some(State { files, report, others, applied: state.applied + count })
    });
    let changed =
        end.files.iter().filter(|file| !before.get(&file.path).is_some_and(|old| same(old, file)));
    let mut texts: Vec<(FilePath, String)> =
        changed.map(|file| (file.path.clone(), file.source.to_string())).collect();
    texts.extend(end.others);
    if !texts.is_empty() {
        workspace.write(&texts).map_err(|error| {
            Failure::new(
                Phrase::new(
                    format!("The fixes could not be written: {error}"),
                    format!("无法写入修复：{error}"),
                ),
                Phrase::new("No file was changed.", "未修改任何文件。"),
            )
        })?;
        workspace.refresh();
    }
    Ok((end.report, end.applied))
}

/// Goes on from `start` until there is no next state. States that come round again mean fixes that
/// undo each other: then the first of them stays, from wherever one begins.
fn settle(start: State, next: impl Fn(&State) -> Option<State>) -> State {
    let mut earlier: Vec<State> = Vec::new();
    let mut state = start;
    while earlier.len() < ROUNDS
        && let Some(following) = next(&state)
    {
        earlier.push(state);
        if let Some(at) = earlier.iter().position(|one| all_same(&one.files, &following.files)) {
            return earlier.swap_remove(at);
        }
        state = following;
    }
    state
}

/// The files with the fixes applied; `None` when nothing changes.
fn mended(findings: &[Finding], allowed: Applicability, files: &Files) -> Option<Mended> {
    let selected = fixes::select(findings, allowed);
    let mut texts = fixes::apply(&selected, files);
    texts.retain(|path, text| files.get(path).is_none_or(|file| *file.source != **text));
    if texts.is_empty() {
        return None;
    }
    let is_applied = |file: &FilePath| texts.contains_key(file);
    let count =
        selected.iter().filter(|fix| fix.edits.iter().all(|edit| is_applied(edit.file()))).count();
    // What is no kind of file to us is passed over here, and still to be written.
    let changed: Files = texts.clone().into_iter().collect();
    texts.retain(|path, _| !changed.contains(path));
    let mut files = files.clone();
    for file in changed.iter() {
        files.insert(Arc::clone(file));
    }
    Some(Mended { files, others: texts, count })
}

fn all_same(a: &Files, b: &Files) -> bool {
    a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b))
}

fn same(a: &Arc<File>, b: &Arc<File>) -> bool {
    Arc::ptr_eq(a, b) || (a.path == b.path && a.source == b.source)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{State, settle};
    use crate::check::Report;
    use crate::path::FilePath;
    use crate::project::Files;

    fn state(text: &str) -> State {
        let file = (FilePath::new("a.js").unwrap(), text.to_owned());
        State {
            files: [file].into_iter().collect(),
            report: Report::default(),
            others: BTreeMap::new(),
            applied: 0,
        }
    }

    /// Where one ends from `start`, when each text leads to the next of its pair.
    fn end(start: &str, steps: &[(&str, &str)]) -> String {
        let text = |files: &Files| files.iter().next().unwrap().source.to_string();
        let end = settle(state(start), |now| {
            let now = text(&now.files);
            steps.iter().find(|(from, _)| *from == now).map(|(_, to)| state(to))
        });
        text(&end.files)
    }

    #[test]
    fn goes_on_until_nothing_changes() {
        assert_eq!(end("a", &[("a", "b"), ("b", "c")]), "c");
    }

    #[test]
    fn fixes_that_undo_each_other_end_where_they_would_begin_again() {
        let steps = [("a", "b"), ("b", "c"), ("c", "b")];
        assert_eq!(end("a", &steps), "b");
        assert_eq!(end("b", &steps), "b");
    }
}

//! Applying fixes to the files on disk. The one thing to know: after each round everything is analysed afresh, because a fix
//! may reveal or remove others; it ends when nothing is left to apply, so a second run changes nothing.

use std::collections::BTreeSet;

use super::failure::Failure;
use crate::analysis::{Report, fixes};
use crate::finding::{Applicability, Finding, Phrase};
use crate::path::FilePath;
use crate::project::Files;
use crate::workspace::Workspace;

/// Fixes that go on revealing each other for longer than this do not end by themselves.
const ROUNDS: usize = 10;

/// Applies the fixes that `allowed` lets through, of the findings that `wanted` keeps; gives the report of what remains and
/// the number of fixes applied.
///
/// # Errors
/// A file could not be written.
pub(crate) fn apply(
    workspace: &mut Workspace,
    mut report: Report,
    allowed: Applicability,
    wanted: impl Fn(&Report, &Files) -> Vec<Finding>,
    analyse: impl Fn(&Files) -> Report,
) -> Result<(Report, usize), Failure> {
    let mut applied = 0;
    for _ in 0..ROUNDS {
        let files = workspace.files().clone();
        let findings = wanted(&report, &files);
        let selected = fixes::select(&findings, allowed);
        let texts: Vec<(FilePath, String)> = fixes::apply(&selected, &files)
            .into_iter()
            .filter(|(path, text)| files.get(path).is_none_or(|file| *file.source != **text))
            .collect();
        if texts.is_empty() {
            break;
        }
        workspace.write(&texts).map_err(|error| {
            Failure::new(
                Phrase::new(
                    format!("Fixes could not be written: {error}"),
                    format!("无法写入修复：{error}"),
                ),
                Phrase::new("Nothing was changed in this round.", "本轮未修改任何文件。"),
            )
        })?;
        let written: BTreeSet<&FilePath> = texts.iter().map(|(path, _)| path).collect();
        applied += selected
            .iter()
            .filter(|fix| fix.edits.iter().all(|edit| written.contains(edit.file())))
            .count();
        workspace.refresh();
        report = analyse(workspace.files());
    }
    Ok((report, applied))
}

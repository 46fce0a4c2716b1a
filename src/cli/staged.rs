//! The staged content of files: what the next commit takes. Where the working tree has another text,
//! git's is the one that is analysed.

use std::collections::BTreeSet;
use std::path::Path;

use super::changed;
use super::display_paths::Names;
use super::failure::Failure;
use crate::finding::{Finding, Phrase};
use crate::path::FilePath;
use crate::project::Files;
use crate::workspace::Workspace;

/// What git's index holds where it differs from the working tree.
#[derive(Debug, Default)]
pub(crate) struct Staged {
    /// The files with another text in the working tree, with that of the index.
    texts: Vec<(FilePath, Vec<u8>)>,
    /// Scripts and templates that the commit will not hold.
    untracked: Vec<FilePath>,
}

impl Staged {
    /// Reads the index for the files below `folder`.
    ///
    /// # Errors
    /// There is no git, or it fails.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let mut texts = Vec::new();
        for path in changed::paths(&changed::difference(folder, &[])?) {
            if !Workspace::reads(&path) {
                continue;
            }
            let blob = changed::git(folder, &["cat-file", "blob", &format!(":./{path}")])?;
            // A file in conflict is staged in several versions, none of which is the next.
            if blob.succeeded {
                texts.push((path, blob.output));
            }
        }
        let others = changed::listed(folder, &["--others", "--exclude-standard"])?;
        // A manifest that is not tracked may be the settings.
        let others = changed::paths(&others).into_iter();
        let untracked = others.filter(Workspace::is_code).collect();
        Ok(Self { texts, untracked })
    }

    /// Shows the staged content in place of the working tree's.
    pub(crate) fn show_in(&self, workspace: &mut Workspace) {
        for (path, text) in &self.texts {
            workspace.shadow(path, Some(text.clone()));
        }
        for path in &self.untracked {
            workspace.shadow(path, None);
        }
    }

    /// Whether every fix of the finding changes files alone whose working tree is what is staged.
    pub(crate) fn can_mend(&self, finding: &Finding) -> bool {
        let mut edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
        !edits.any(|edit| self.texts.iter().any(|(path, _)| path == edit.file()))
    }

    /// A note about the files that differ, of those `shown`.
    pub(crate) fn note(&self, shown: &BTreeSet<FilePath>, names: &Names) -> Option<Phrase> {
        let differing = self.texts.iter().map(|(path, _)| path).filter(|path| shown.contains(path));
        let differing: Vec<String> = differing.map(|path| names.open(path)).collect();
        (!differing.is_empty()).then(|| {
            Phrase::new(
                format!(
                    "What is staged was checked, not the working tree, which differs in {}.",
                    differing.join(", ")
                ),
                format!(
                    "检查的是已暂存的内容；工作区中以下文件与之不同：{}。",
                    differing.join("、")
                ),
            )
        })
    }
}

/// A note about the files that fixes changed, so that they are staged again; `before` and `after`
/// are the files around the fixes.
pub(crate) fn stage_again(before: &Files, after: &Files, names: &Names) -> Option<Phrase> {
    let is_changed =
        |path: &FilePath, source: &str| before.get(path).is_none_or(|file| *file.source != *source);
    let changed = after.iter().filter(|file| is_changed(&file.path, &file.source));
    let changed: Vec<String> = changed.map(|file| names.open(&file.path)).collect();
    (!changed.is_empty()).then(|| {
        let files = changed.join(" ");
        Phrase::new(
            format!("The fixes are in the working tree only. Stage them: git add {files}"),
            format!("修复只写入了工作区，请重新暂存：git add {files}"),
        )
    })
}

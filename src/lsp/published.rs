//! What the client was last shown for each file of a folder. Only what changed is sent, and a file
//! that became clean, went away or left the workspace is sent an empty list, or its squiggles would
//! stay for ever.

use std::collections::{BTreeMap, BTreeSet};

use tower_lsp::lsp_types::Diagnostic;

use crate::path::FilePath;

/// The diagnostics of each file.
pub(super) type ByFile = BTreeMap<FilePath, Vec<Diagnostic>>;

/// What the client was last shown.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// Never an empty list.
    shown: ByFile,
    /// Files to be sent in any case.
    due: BTreeSet<FilePath>,
}

impl Published {
    /// Sends `path` with the next update even when nothing changed: the client has just opened it.
    pub(super) fn resend(&mut self, path: &FilePath) {
        self.due.insert(path.clone());
    }

    /// Takes `now` as shown; gives what is to be sent for that, by path.
    pub(super) fn update(&mut self, now: ByFile) -> ByFile {
        let due = std::mem::take(&mut self.due);
        let before = std::mem::replace(&mut self.shown, now);
        let paths: BTreeSet<&FilePath> =
            before.keys().chain(self.shown.keys()).chain(due.iter()).collect();
        let changed = paths
            .into_iter()
            .filter(|path| due.contains(*path) || before.get(*path) != self.shown.get(*path));
        changed
            .map(|path| (path.clone(), self.shown.get(path).cloned().unwrap_or_default()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::Diagnostic;

    use super::{ByFile, Published};
    use crate::path::FilePath;

    fn lists(files: &[(&str, &str)]) -> ByFile {
        let list = |message: &str| {
            message
                .split_whitespace()
                .map(|word| Diagnostic { message: word.to_owned(), ..Default::default() })
                .collect()
        };
        files.iter().map(|(path, words)| (FilePath::new(path).unwrap(), list(words))).collect()
    }

    #[test]
    fn sends_what_changed_and_clears_what_went() {
        let mut published = Published::default();
        let first = lists(&[("a.js", "one two"), ("b.js", "one")]);
        assert_eq!(published.update(first.clone()), first);
        assert_eq!(published.update(first.clone()), ByFile::new());
        published.resend(&FilePath::new("c.js").unwrap());
        assert_eq!(
            published.update(lists(&[("a.js", "two")])),
            lists(&[("a.js", "two"), ("b.js", ""), ("c.js", "")])
        );
        assert_eq!(published.update(ByFile::new()), lists(&[("a.js", "")]));
        assert_eq!(published.update(ByFile::new()), ByFile::new());
    }
}

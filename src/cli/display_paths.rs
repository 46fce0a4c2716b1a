//! How a file is called in reports. A person gets a path that opens from the current directory, a
//! machine one that is relative to the checked PATH and therefore the same on every machine.

use std::path::Path;

use crate::path::FilePath;

/// What stands before a workspace path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    open: String,
    relative: String,
    /// The checked folder, where it lies inside the opened one.
    inside: FilePath,
    /// What stands before a path from the root of the repository; `None` outside of one.
    repository: Option<String>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            open: String::new(),
            relative: String::new(),
            inside: FilePath::root(),
            repository: None,
        }
    }
}

impl Names {
    /// Names in the folder `root` (as the user wrote it); `relative` goes before machine paths:
    /// empty for the only PATH.
    pub(crate) fn new(root: &Path, relative: &Path) -> Self {
        Self { open: prefix(root), relative: prefix(relative), ..Self::default() }
    }

    /// The same names, which know the repository around the opened folder `root`, an absolute path.
    pub(crate) fn in_repository_of(self, root: &Path) -> Self {
        // A worktree and a submodule have a file of that name.
        let repository = root.ancestors().find(|folder| folder.join(".git").exists());
        let below = repository.and_then(|repository| root.strip_prefix(repository).ok());
        Self { repository: below.map(prefix), ..self }
    }

    /// The same names, but machine paths begin at `folder`, which alone was asked about.
    pub(crate) fn seen_from(self, folder: &FilePath) -> Self {
        Self { inside: folder.clone(), ..self }
    }

    /// The opened folder, as the user may write it.
    pub(crate) fn folder(&self) -> std::path::PathBuf {
        self.open(&FilePath::root()).into()
    }

    /// The path that opens the file from the current directory.
    pub(crate) fn open(&self, file: &FilePath) -> String {
        join(&self.open, file)
    }

    /// The path from the root of the repository, as code hosts want it; outside of a repository the
    /// path that opens the file.
    pub(crate) fn in_repository(&self, file: &FilePath) -> String {
        self.repository.as_ref().map_or_else(|| self.open(file), |prefix| join(prefix, file))
    }

    /// The path that identifies the file in whatever folder one runs: from the root of the
    /// repository, else of the opened folder.
    pub(crate) fn identity(&self, file: &FilePath) -> String {
        join(self.repository.as_deref().unwrap_or(""), file)
    }

    /// A sentence about the workspace, behind its folder where that is not the current one.
    pub(crate) fn said_of(&self, sentence: &str) -> String {
        match self.open(&FilePath::root()).as_str() {
            "." => sentence.to_owned(),
            folder => format!("{folder}: {sentence}"),
        }
    }

    /// The path relative to what was checked.
    pub(crate) fn relative(&self, file: &FilePath) -> String {
        let mut up = self.inside.clone();
        let mut out = String::new();
        // A file elsewhere in the program (a label, a fix) is named from here too.
        while !file.is_within(&up) {
            up = up.parent();
            out.push_str("../");
        }
        let Some(below) = file.relative_to(&up).and_then(FilePath::new) else {
            return join(&self.relative, file);
        };
        out + &join(&self.relative, &below)
    }
}

/// `folder` with `/` between its segments and behind it, without `.` segments; `..` and a root
/// stay.
fn prefix(folder: &Path) -> String {
    let text = folder.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    let root = if text.starts_with('/') { "/" } else { "" };
    let segments: Vec<&str> =
        text.split('/').filter(|segment| !segment.is_empty() && *segment != ".").collect();
    if segments.is_empty() { root.to_owned() } else { format!("{root}{}/", segments.join("/")) }
}

fn join(prefix: &str, file: &FilePath) -> String {
    let joined = format!("{prefix}{file}");
    match joined.strip_suffix('/') {
        // A folder: the workspace's root.
        Some(folder) if !folder.is_empty() => folder.to_owned(),
        _ if joined.is_empty() => ".".to_owned(),
        _ => joined,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Names;
    use crate::path::FilePath;

    #[test]
    fn joins_the_path_that_was_given() {
        let file = FilePath::new("pages/a.js").unwrap();
        for (given, open) in [
            (".", "pages/a.js"),
            ("./", "pages/a.js"),
            ("", "pages/a.js"),
            ("shop", "shop/pages/a.js"),
            ("./shop/", "shop/pages/a.js"),
            ("../shop", "../shop/pages/a.js"),
            ("/srv/shop", "/srv/shop/pages/a.js"),
            ("/", "/pages/a.js"),
        ] {
            let names = Names::new(Path::new(given), Path::new(""));
            assert_eq!(names.open(&file), open, "{given}");
            assert_eq!(names.relative(&file), "pages/a.js");
        }
    }

    #[test]
    fn names_a_workspace_as_its_folder() {
        for (given, name) in [(".", "."), ("shop/", "shop"), ("/", "/")] {
            assert_eq!(Names::new(Path::new(given), Path::new("")).open(&FilePath::root()), name);
        }
    }
}

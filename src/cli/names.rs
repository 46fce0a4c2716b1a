//! How a file is called in reports. The one thing to know: a person gets a path that opens from the current directory,
//! a machine one that is relative to the checked PATH and therefore the same on every machine.

use std::path::Path;

use crate::path::FilePath;

/// What stands before a workspace path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    open: String,
    relative: String,
}

impl Names {
    /// Names in the folder `root` (as the user wrote it); `relative` goes before machine paths: empty for the only PATH.
    pub(crate) fn new(root: &Path, relative: &Path) -> Self {
        Self { open: prefix(root), relative: prefix(relative) }
    }

    /// The path that opens the file from the current directory.
    pub(crate) fn open(&self, file: &FilePath) -> String {
        join(&self.open, file)
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
        join(&self.relative, file)
    }
}

/// `folder` with `/` between its segments and behind it, without `.` segments; `..` and a root stay.
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

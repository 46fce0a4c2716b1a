//! A file's place in the workspace: relative to its root, `/`-separated, normalised. A path that
//! would leave the root cannot be written, so nothing downstream can ask for it.

use std::fmt;
use std::sync::Arc;

/// A normalised, workspace-relative path. No leading `/`, no `.`, `..` or empty segment; the root
/// itself is `""`.
///
/// Cloning is O(1).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FilePath(Arc<str>);

impl FilePath {
    /// The workspace root.
    pub fn root() -> Self {
        Self(Arc::from(""))
    }

    /// Normalises `text` (both `/` and `\` separate); `None` when it leaves the root.
    pub fn new(text: &str) -> Option<Self> {
        Self::root().join(text)
    }

    /// `self` taken as a folder, and `relative` resolved against it; `None` when that leaves the
    /// root. A leading `/` in `relative` means nothing here: the caller decides which folder is
    /// absolute.
    pub fn join(&self, relative: &str) -> Option<Self> {
        let mut segments: Vec<&str> = self.segments().collect();
        for segment in relative.split(['/', '\\']) {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                name => segments.push(name),
            }
        }
        Some(Self(Arc::from(segments.join("/"))))
    }

    /// The path as text, `/`-separated.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds this file; the root's parent is the root.
    #[must_use]
    pub fn parent(&self) -> Self {
        Self(Arc::from(self.0.rsplit_once('/').map_or("", |(parent, _)| parent)))
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The part of the file name after its last dot, or `""`.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The whole path without its extension: the name that a page's four files share.
    #[must_use]
    pub fn without_extension(&self) -> Self {
        match self.extension() {
            "" => self.clone(),
            extension => Self(Arc::from(&self.0[..self.0.len() - extension.len() - 1])),
        }
    }

    /// This path with `.extension` appended.
    #[must_use]
    pub fn with_extension(&self, extension: &str) -> Self {
        Self(Arc::from(format!("{}.{extension}", self.0)))
    }

    /// Whether this path is `folder` or lies below it.
    pub fn is_within(&self, folder: &Self) -> bool {
        folder.0.is_empty()
            || self
                .0
                .strip_prefix(&*folder.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// This path as seen from `folder`, or `None` when it is not within it.
    pub fn relative_to<'a>(&'a self, folder: &Self) -> Option<&'a str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        let rest = self.0.strip_prefix(&*folder.0)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    /// The segments, outermost first.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::FilePath;

    fn path(text: &str) -> FilePath {
        FilePath::new(text).unwrap()
    }

    #[test]
    fn joins_and_normalises() {
        assert_eq!(path("a/b").join("../c.js"), Some(path("a/c.js")));
        assert_eq!(path("a\\.\\b//c").as_str(), "a/b/c");
        assert_eq!(path("a").join("../../c"), None);
        assert_eq!(FilePath::new(".."), None);
        assert_eq!(FilePath::new("./"), Some(FilePath::root()));
    }

    #[test]
    fn splits() {
        let file = path("pages/a/a.test.js");
        assert_eq!(
            (file.parent(), file.file_name(), file.extension()),
            (path("pages/a"), "a.test.js", "js")
        );
        assert_eq!(file.without_extension(), path("pages/a/a.test"));
        assert_eq!(path("a").parent(), FilePath::root());
    }

    #[test]
    fn a_folder_is_not_a_prefix_of_a_longer_name() {
        assert!(path("src/a.js").is_within(&path("src")));
        assert!(!path("src2/a.js").is_within(&path("src")));
        assert_eq!(path("src2/a.js").relative_to(&path("src")), None);
        assert_eq!(path("src/a.js").relative_to(&path("src")), Some("a.js"));
        assert_eq!(path("src/a.js").relative_to(&FilePath::root()), Some("src/a.js"));
    }
}

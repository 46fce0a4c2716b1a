//! A glob pattern of the settings. It counts from the settings file's folder, and a pattern that
//! names a folder means all that is in it.

use globset::{GlobBuilder, GlobMatcher};

use crate::path::FilePath;

/// A pattern: `*` and `?` stay within a folder, `**` goes through folders, `[ab]` and `{a,b}`
/// choose.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    folder: FilePath,
    matcher: GlobMatcher,
}

impl Pattern {
    /// The pattern `text`, counted from `folder`.
    ///
    /// # Errors
    /// What is wrong with it, in English: it goes into a message as a detail.
    pub fn new(folder: &FilePath, text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("the pattern is empty".to_owned());
        }
        if text.starts_with('!') {
            return Err("a pattern cannot be negated".to_owned());
        }
        if text.split('/').any(|segment| segment == "..") {
            return Err("a pattern cannot leave the folder of the settings file".to_owned());
        }
        // `/dist`, `./dist` and `dist/` mean `dist`, as in .gitignore.
        let plain = text.trim_start_matches("./").trim_matches('/');
        let glob = GlobBuilder::new(plain).literal_separator(true).build();
        match glob {
            Ok(glob) => Ok(Self {
                text: text.to_owned(),
                folder: folder.clone(),
                matcher: glob.compile_matcher(),
            }),
            Err(error) => Err(error.kind().to_string()),
        }
    }

    /// Whether the pattern matches `file` or a folder that holds it.
    pub fn matches(&self, file: &FilePath) -> bool {
        let Some(relative) = file.relative_to(&self.folder) else { return false };
        let ends = relative.match_indices('/').map(|(at, _)| at).chain([relative.len()]);
        ends.filter_map(|end| relative.get(..end)).any(|path| self.matcher.is_match(path))
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.folder == other.folder
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use crate::path::FilePath;

    fn path(text: &str) -> FilePath {
        FilePath::new(text).unwrap()
    }

    #[test]
    fn matches_files_and_whole_folders() {
        for (pattern, file, expected) in [
            ("dist", "app/dist/a.js", true),
            ("dist/", "app/dist/deep/a.js", true),
            ("/dist", "app/dist/a.js", true),
            ("./dist/**", "app/dist/a.js", true),
            ("dist", "app/dist2/a.js", false),
            ("dist", "dist/a.js", false),
            ("dist", "app/src/dist/a.js", false),
            ("**/dist", "app/src/dist/a.js", true),
            ("*.js", "app/a.js", true),
            ("*.js", "app/src/a.js", false),
            ("**/*.{js,ts}", "app/src/a.ts", true),
            ("pages/[ab]/*", "app/pages/b/b.js", true),
        ] {
            let pattern = Pattern::new(&path("app"), pattern).unwrap();
            assert_eq!(pattern.matches(&path(file)), expected, "{pattern:?} {file}");
        }
    }

    #[test]
    fn refuses_what_it_would_misread() {
        for text in ["", " ", "!dist", "../a", "a/../../b", "a[", "{a,b"] {
            assert!(Pattern::new(&FilePath::root(), text).is_err(), "{text}");
        }
    }
}

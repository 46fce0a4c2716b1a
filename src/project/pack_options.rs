//! `packOptions`: which files are not uploaded. `include` wins over `ignore`, every path is
//! relative to the program's root, and all of it without regard to case
//! (devtools/projectconfig.html, `packOptions`).

use globset::{GlobBuilder, GlobMatcher};
use regex::{Regex, RegexBuilder};

use crate::facts::manifest::Json;

/// The compiled form of a pattern may take this many bytes; a larger one matches nothing.
const PATTERN_LIMIT: usize = 1 << 20;

/// The patterns of `packOptions`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackOptions {
    ignore: Vec<Pattern>,
    include: Vec<Pattern>,
}

/// One `{value, type}`; texts in lower case.
#[derive(Clone, Debug)]
enum Pattern {
    Folder(String),
    File(String),
    Suffix(String),
    Prefix(String),
    Regexp(Regex),
    Glob(GlobMatcher),
}

impl PackOptions {
    /// Reads the value of `packOptions`. Entries of no known type, and patterns that do not
    /// compile, match nothing.
    pub fn read(json: &Json) -> Self {
        let patterns = |key| {
            json.get(key)
                .map(Json::elements)
                .unwrap_or_default()
                .iter()
                .filter_map(Pattern::read)
                .collect()
        };
        Self { ignore: patterns("ignore"), include: patterns("include") }
    }

    /// Whether the file at `path`, relative to the program's root, stays out of the package.
    pub fn ignores(&self, path: &str) -> bool {
        if self.ignore.is_empty() {
            return false;
        }
        let path = path.to_lowercase();
        let matches = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(&path));
        matches(&self.ignore) && !matches(&self.include)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Folder(a), Self::Folder(b))
            | (Self::File(a), Self::File(b))
            | (Self::Suffix(a), Self::Suffix(b))
            | (Self::Prefix(a), Self::Prefix(b)) => a == b,
            (Self::Regexp(a), Self::Regexp(b)) => a.as_str() == b.as_str(),
            (Self::Glob(a), Self::Glob(b)) => a.glob() == b.glob(),
            _ => false,
        }
    }
}

impl Pattern {
    fn read(entry: &Json) -> Option<Self> {
        let value = entry.get("value")?.as_str()?;
        // `./a`, `/a` and `a/` all name what `a` names.
        let path = value.strip_prefix("./").unwrap_or(value).trim_matches('/').to_lowercase();
        if value.is_empty() {
            return None;
        }
        match entry.get("type")?.as_str()? {
            "folder" => Some(Self::Folder(path)),
            "file" => Some(Self::File(path)),
            "suffix" => Some(Self::Suffix(value.to_lowercase())),
            "prefix" => Some(Self::Prefix(path)),
            "regexp" => {
                let mut pattern = RegexBuilder::new(value);
                pattern.case_insensitive(true).size_limit(PATTERN_LIMIT);
                pattern.build().ok().map(Self::Regexp)
            }
            "glob" => GlobBuilder::new(&path)
                .literal_separator(true)
                .build()
                .ok()
                .map(|glob| Self::Glob(glob.compile_matcher())),
            _ => None,
        }
    }

    fn matches(&self, path: &str) -> bool {
        match self {
            Self::Folder(folder) => {
                path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
            }
            Self::File(file) => path == file,
            Self::Suffix(suffix) => path.ends_with(suffix.as_str()),
            // The page does not say whether the path or the name begins so: either does.
            Self::Prefix(prefix) => {
                let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
                path.starts_with(prefix.as_str()) || name.starts_with(prefix.as_str())
            }
            Self::Regexp(regex) => regex.is_match(path),
            Self::Glob(glob) => glob.is_match(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PackOptions;
    use crate::project::tests::{at, files};

    fn ignored(options: &str, path: &str) -> bool {
        let files = files(&[("a.json", options)]);
        let json = files.manifest(&at("a.json")).unwrap().root.as_ref().unwrap();
        PackOptions::read(json).ignores(path)
    }

    #[test]
    fn each_type_matches_in_its_own_way() {
        for (kind, value, hit, miss) in [
            ("folder", "/docs/", "docs/a/b.js", "docs2/a.js"),
            ("folder", "a/b", "a/b/c.js", "b/c.js"),
            ("file", "./a.js", "a.js", "b/a.js"),
            ("suffix", ".Test.js", "x/a.tEst.js", "a.test.jsx"),
            ("prefix", "Tmp-", "tmp-1/a.js", "a/b-tmp-.js"),
            ("prefix", "tmp", "a/TMP.js", "a/b.tmp.js"),
            ("regexp", r"\.SPEC\.[jt]s$", "x/a.spec.ts", "a.spec.tsx"),
            ("glob", "x/**/*.js", "x/y/z/a.js", "y/a.js"),
            ("glob", "X/*.js", "x/A.js", "x/y/a.js"),
        ] {
            let value = value.replace('\\', r"\\");
            let options = format!(r#"{{"ignore": [{{"type": "{kind}", "value": "{value}"}}]}}"#);
            assert!(ignored(&options, hit), "{kind} {value}: {hit}");
            assert!(!ignored(&options, miss), "{kind} {value}: {miss}");
        }
    }

    #[test]
    fn include_wins() {
        let options = r#"{"ignore": [{"type": "folder", "value": "a"}], "include": [{"type": "file", "value": "a/b.js"}]}"#;
        assert!(ignored(options, "a/c.js"));
        assert!(!ignored(options, "a/b.js"));
    }

    #[test]
    fn what_is_no_pattern_matches_nothing() {
        for options in [
            "[]",
            r#"{"ignore": "a.js"}"#,
            r#"{"ignore": ["a.js", {"type": "file"}, {"type": "kind", "value": "a.js"}]}"#,
            r#"{"ignore": [{"type": "regexp", "value": "("}, {"type": "glob", "value": "[a"}]}"#,
            r#"{"ignore": [{"type": "prefix", "value": ""}, {"type": "regexp", "value": "(a{1000}){1000}"}]}"#,
        ] {
            assert!(!ignored(options, "a.js"), "{options}");
        }
    }
}

//! Which component a tag means by its name alone: `easycom` of uni-app. Patterns come from the
//! project: they are compiled with a limit and matched in linear time.

use std::sync::Arc;

use regex::{Regex, RegexBuilder};

use crate::facts::manifest::Json;
use crate::path::FilePath;
use crate::project::Files;

/// How much memory one pattern may take.
const PATTERN_LIMIT: usize = 1 << 16;
/// How many patterns count.
const MOST: usize = 64;

/// Rules by which a tag means a component.
#[derive(Clone, Debug, Default)]
pub struct TagRules {
    /// Patterns, each with the path it makes; in order.
    patterns: Arc<[(Regex, Box<str>)]>,
    /// Folders in which the tag `x` is `x/x`.
    folders: Vec<FilePath>,
}

impl PartialEq for TagRules {
    fn eq(&self, other: &Self) -> bool {
        let written = |rules: &Self| -> Vec<(String, Box<str>)> {
            let pairs = rules.patterns.iter();
            pairs.map(|(pattern, path)| (pattern.as_str().to_owned(), path.clone())).collect()
        };
        self.folders == other.folders && written(self) == written(other)
    }
}

impl Eq for TagRules {}

impl TagRules {
    /// Reads `easycom` of the program at `root`: its patterns, and the folders that are looked
    /// through by default.
    pub(super) fn read(files: &Files, root: &FilePath, easycom: Option<&Json>) -> Self {
        let custom = easycom.and_then(|json| json.get("custom")).map(Json::members);
        let compiled = custom.unwrap_or_default().iter().take(MOST).filter_map(|member| {
            let pattern = RegexBuilder::new(&member.key).size_limit(PATTERN_LIMIT).build().ok()?;
            // `$1-x` is the first group and `-x`, here as in JavaScript; `$1x` is not.
            Some((pattern, braced(member.value.as_str()?).into()))
        });
        let scans = easycom.and_then(|json| json.get("autoscan")).and_then(Json::as_bool);
        let folders = if scans == Some(false) { Vec::new() } else { folders(files, root) };
        Self { patterns: compiled.collect(), folders }
    }

    /// The path that the patterns make of `tag`, as a specifier.
    pub(in crate::project) fn by_pattern(&self, tag: &str) -> Option<String> {
        self.patterns.iter().find_map(|(pattern, path)| {
            let captures = pattern.captures(tag)?;
            let mut made = String::new();
            captures.expand(path, &mut made);
            Some(made)
        })
    }

    /// The stems that `tag` may mean by its folder, in order.
    pub(in crate::project) fn by_folder(&self, tag: &str) -> impl Iterator<Item = FilePath> {
        self.folders.iter().filter_map(move |folder| folder.join(&format!("{tag}/{tag}")))
    }
}

/// `components` and those of each package in `uni_modules`.
fn folders(files: &Files, root: &FilePath) -> Vec<FilePath> {
    let mut folders: Vec<FilePath> = root.join("components").into_iter().collect();
    let Some(modules) = root.join("uni_modules") else { return folders };
    for file in files.within(&modules) {
        let name = file.path.relative_to(&modules).and_then(|path| path.split('/').next());
        let folder = name.and_then(|name| modules.join(name)?.join("components"));
        if let Some(folder) = folder.filter(|folder| folders.last() != Some(folder)) {
            folders.push(folder);
        }
    }
    folders
}

/// `path` with braces around the groups that it names: `$1` is `${1}`.
fn braced(path: &str) -> String {
    let mut made = String::with_capacity(path.len() + 4);
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('$') {
        made.push_str(before);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (group, behind) = after.split_at(digits);
        made.push_str(&if group.is_empty() { "$$".to_owned() } else { format!("${{{group}}}") });
        rest = behind;
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::TagRules;
    use crate::facts::Facts;
    use crate::path::FilePath;
    use crate::project::Files;
    use crate::syntax::Kind;

    fn rules(easycom: &str) -> TagRules {
        let texts = [
            "components/a/a.vue",
            "uni_modules/pop/components/pop/pop.vue",
            "uni_modules/pop/package.json",
        ];
        let files: Files =
            texts.iter().map(|path| (FilePath::new(path).unwrap(), String::new())).collect();
        let facts = Facts::read(Kind::Manifest, easycom);
        TagRules::read(&files, &FilePath::root(), facts.as_manifest().unwrap().root.as_ref())
    }

    #[test]
    fn a_tag_means_a_path() {
        let custom = r#"{"custom": {"^u-(.*)": "@/uview-ui/components/u-$1/u-$1.vue", "x(": "broken", "^plain$": "@/p.vue", "^c(.)": "$1x$"}}"#;
        let rules = rules(custom);
        for (tag, expected) in [
            ("u-button", Some("@/uview-ui/components/u-button/u-button.vue")),
            ("plain", Some("@/p.vue")),
            ("cd", Some("dx$")),
            ("view", None),
        ] {
            assert_eq!(rules.by_pattern(tag).as_deref(), expected, "{tag}");
        }
        let stems: Vec<String> = rules.by_folder("pop").map(|stem| stem.to_string()).collect();
        assert_eq!(stems, ["components/pop/pop", "uni_modules/pop/components/pop/pop"]);
    }

    #[test]
    fn folders_are_not_looked_through_when_the_project_says_so() {
        assert_eq!(rules(r#"{"autoscan": false}"#).by_folder("a").count(), 0);
        assert_eq!(rules("{}").by_folder("a").count(), 2);
    }
}

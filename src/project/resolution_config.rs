//! What binds the files of a program to each other, beside the files that speak and the paths of
//! all files. Two moments with the same paths and the same footing bind the same words to the same
//! files, so what was read from files that are still the same still holds.

use std::sync::Arc;

use super::pack_options::PackOptions;
use super::{ComponentUse, File, Files, Program, Sources};
use crate::path::FilePath;

/// The name under which a folder says which of its files stands for it.
const PACKAGE: &str = "package.json";

/// What specifiers, tags and packages go by: roots, aliases, the app's own pages and components,
/// and what folders say of themselves.
#[derive(Clone, Debug)]
pub struct ResolutionConfig {
    root: FilePath,
    base: FilePath,
    plugin_root: Option<FilePath>,
    entries: Vec<FilePath>,
    /// `resolveAlias`, ext.json's first.
    aliases: Vec<(Box<str>, Box<str>)>,
    /// Tags and paths of `usingComponents`.
    components: Vec<(Box<str>, Box<str>)>,
    /// The same of single pages, as the list of pages says them.
    page_components: Vec<(usize, Box<str>, Box<str>)>,
    packages: Vec<Arc<File>>,
    /// What a framework adds: rules for tags, and the scripts that name components for all.
    sources: Option<Sources>,
    scripts: Vec<Arc<File>>,
    /// What is no code of the package: left out of it, the server's, a worker's.
    apart: (PackOptions, Vec<FilePath>, Option<FilePath>),
}

impl PartialEq for ResolutionConfig {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Arc<File>, b: &Arc<File>| Arc::ptr_eq(a, b);
        self.root == other.root
            && self.base == other.base
            && self.plugin_root == other.plugin_root
            && self.entries == other.entries
            && self.aliases == other.aliases
            && self.components == other.components
            && self.page_components == other.page_components
            && self.sources == other.sources
            && self.scripts.len() == other.scripts.len()
            && self.scripts.iter().zip(&other.scripts).all(|(a, b)| same(a, b))
            && self.apart == other.apart
            && self.packages.len() == other.packages.len()
            && self.packages.iter().zip(&other.packages).all(|(a, b)| same(a, b))
    }
}

impl Program {
    /// The footing of the program among `files`. O(files).
    pub fn resolution_config(&self, files: &Files) -> ResolutionConfig {
        let ext = self.ext_manifest.as_ref().map_or(&[][..], |ext| &ext.resolve_alias);
        let component = |entry: &ComponentUse| (entry.tag.clone(), entry.path.clone());
        ResolutionConfig {
            root: self.root.clone(),
            base: self.base.clone(),
            plugin_root: self.plugin.as_ref().map(|plugin| plugin.root.clone()),
            entries: self.entry_stems(),
            aliases: ext.iter().chain(&self.app_manifest.resolve_alias).cloned().collect(),
            components: self.using_components().map(component).collect(),
            page_components: self
                .pages()
                .iter()
                .enumerate()
                .flat_map(|(at, page)| page.components.iter().map(move |one| (at, one)))
                .map(|(at, one)| (at, one.tag.clone(), one.path.clone()))
                .collect(),
            sources: self.sources.clone(),
            scripts: self.entry_scripts().filter_map(|script| files.get(script).cloned()).collect(),
            packages: files
                .iter()
                .filter(|file| file.path.file_name() == PACKAGE)
                .cloned()
                .collect(),
            apart: (self.pack.clone(), self.server_roots.clone(), self.workers().cloned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::project::tests::files;
    use crate::project::{Files, Project};

    /// Whether the first program stands on the same footing after `edit` of one file.
    fn same_after(path: &str, text: &str) -> bool {
        let before: Files = files(&[
            ("project.config.json", r#"{"miniprogramRoot": "m"}"#),
            (
                "m/app.json",
                r#"{"pages": ["p"], "resolveAlias": {"~/*": "/a/*"}, "usingComponents": {"x": "/x"}}"#,
            ),
            ("m/p.js", ""),
            ("m/lib/package.json", r#"{"main": "a"}"#),
        ]);
        let mut after = before.clone();
        for file in files(&[(path, text)]).iter() {
            after.insert(std::sync::Arc::clone(file));
        }
        let resolution_config =
            |files: &Files| Project::resolve(files).programs[0].resolution_config(files);
        resolution_config(&before) == resolution_config(&after)
    }

    #[test]
    fn only_what_binds_files_is_part_of_it() {
        let app = |rest: &str| format!(r#"{{"pages": ["p"], "permission": {{}}, {rest}}}"#);
        let components = r#""usingComponents": {"x": "/x"}"#;
        let alias = r#""resolveAlias": {"~/*": "/a/*"}"#;
        for (path, text, same) in [
            ("m/p.js", "wx.login()".to_owned(), true),
            ("m/app.json", app(&format!("{components},\n{alias}")), true),
            ("m/app.json", app(components), false),
            ("m/app.json", app(&format!(r#""usingComponents": {{"x": "/y"}}, {alias}"#)), false),
            ("m/app.json", format!(r#"{{"pages": ["q"], {components}, {alias}}}"#), false),
            ("m/lib/package.json", r#"{"main": "b"}"#.to_owned(), false),
            ("project.config.json", r#"{"miniprogramRoot": "m", "appid": "wx1"}"#.to_owned(), true),
            (
                "project.config.json",
                r#"{"miniprogramRoot": "m", "pluginRoot": "m"}"#.to_owned(),
                true,
            ),
            (
                "project.config.json",
                r#"{"miniprogramRoot": "m", "packOptions": {"ignore": [{"type": "folder", "value": "lib"}]}}"#
                    .to_owned(),
                false,
            ),
        ] {
            assert_eq!(same_after(path, &text), same, "{path} {text}");
        }
    }
}

//! Which files of a program it can load. What nothing loads is uploaded all the same, unless
//! project.config.json leaves it out, so "not loaded" says what never runs, not what the platform
//! never sees.

use std::collections::{BTreeSet, VecDeque};

use super::import_paths::edges;
use super::{Files, Program};
use crate::path::FilePath;
use crate::syntax::Kind;

impl Program {
    /// The scripts, templates and manifests that the app's script, the pages and what these bring
    /// in lead to; packages and the plugin's code included. `None` when the program names no page:
    /// then nothing is known.
    ///
    /// Reads the facts of every script and template on the way.
    pub fn loaded(&self, files: &Files) -> Option<BTreeSet<FilePath>> {
        let stems = self.entry_stems();
        if stems.is_empty() {
            return None;
        }
        let mut queue: VecDeque<FilePath> = self.entry_scripts().cloned().collect();
        let global = self.global_components(files);
        for stem in stems.iter().chain(global.iter().filter_map(|edge| edge.target.stem())) {
            queue.extend(self.parts_of(files, stem));
        }
        if let Some(plugin) = &self.plugin {
            queue.extend(plugin.main.clone());
        }
        let mut loaded = BTreeSet::new();
        while let Some(path) = queue.pop_front() {
            if !loaded.insert(path.clone()) {
                continue;
            }
            queue.extend(edges(self, files, &path).into_iter().map(|(target, _)| target));
            let Some(file) = files.get(&path) else { continue };
            if file.kind.has_template() {
                queue.extend(self.brought_in(files, &path));
            }
            // What a component leads to in all its parts.
            if matches!(file.kind, Kind::Manifest | Kind::SingleFile(_)) {
                for edge in self.components_of(files, &path.without_extension()) {
                    let stem = edge.target.stem();
                    queue.extend(stem.into_iter().flat_map(|stem| self.parts_of(files, stem)));
                }
            }
        }
        Some(loaded)
    }

    /// Whether the upload leaves out what nothing loads: `setting.ignoreUploadUnusedFiles`, the
    /// private project file's first.
    ///
    /// Source: <https://developers.weixin.qq.com/miniprogram/dev/devtools/projectconfig.html>
    pub fn uploads_only_loaded(&self, files: &Files) -> bool {
        let switch = |file: &FilePath| {
            files
                .manifest(file)?
                .root
                .as_ref()?
                .at(&["setting", "ignoreUploadUnusedFiles"])?
                .as_bool()
        };
        let private = self.private_config.as_ref().and_then(switch);
        private.or_else(|| self.config.as_ref().and_then(switch)).unwrap_or(false)
    }

    /// The files that a template imports, includes or runs.
    fn brought_in(&self, files: &Files, path: &FilePath) -> Vec<FilePath> {
        let Some(template) = files.template(path) else { return Vec::new() };
        template
            .references()
            .filter_map(|reference| self.resolve_template(files, path, reference.path?))
            .filter(|target| files.contains(target))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::path::FilePath;
    use crate::project::Project;
    use crate::project::tests::files;

    #[test]
    fn what_pages_lead_to_is_loaded() {
        let files = files(&[
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p/p"], "usingComponents": {"g": "/c/g"}}"#),
            ("app.js", "require('./u/a')"),
            ("u/a.js", ""),
            ("u/b.js", "require('./a')"),
            ("p/p.js", ""),
            ("p/p.json", r#"{"usingComponents": {"x": "lib/x/index"}}"#),
            ("p/p.wxml", "<import src='/t/t'/><include src='../t/u.wxml'/>"),
            ("t/t.wxml", ""),
            ("t/u.wxml", ""),
            ("t/unused.wxml", ""),
            ("c/g.wxml", ""),
            ("c/unused.json", r#"{"usingComponents": {"y": "lib/y/index"}}"#),
            ("miniprogram_npm/lib/x/index.json", "{}"),
            ("miniprogram_npm/lib/x/index.wxml", ""),
            ("miniprogram_npm/lib/x/index.js", "require('./part')"),
            ("miniprogram_npm/lib/x/part.js", ""),
            ("miniprogram_npm/lib/y/index.js", ""),
        ]);
        let project = Project::resolve(&files);
        let loaded = project.programs[0].loaded(&files).unwrap();
        let names: Vec<&str> = loaded.iter().map(FilePath::as_str).collect();
        assert_eq!(
            names,
            [
                "app.js",
                "c/g.wxml",
                "miniprogram_npm/lib/x/index.js",
                "miniprogram_npm/lib/x/index.json",
                "miniprogram_npm/lib/x/index.wxml",
                "miniprogram_npm/lib/x/part.js",
                "p/p.js",
                "p/p.json",
                "p/p.wxml",
                "t/t.wxml",
                "t/u.wxml",
                "u/a.js",
            ]
        );
    }

    #[test]
    fn without_pages_nothing_is_known() {
        let files = files(&[("project.config.json", "{}"), ("app.json", "{}"), ("a.js", "")]);
        assert_eq!(Project::resolve(&files).programs[0].loaded(&files), None);
    }
}

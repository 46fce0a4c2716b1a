//! Which file a module specifier means. The answer never lies outside the program (or the plugin),
//! and `.ts` wins over `.js` wherever both are there.

use super::config::root_object;
use super::{Files, Program};
use crate::facts::manifest::Json;
use crate::path::FilePath;

impl Program {
    /// The file that `specifier` means in `from`: relative, `/absolute`, an alias, or bare – beside
    /// the file, at the root, or an npm package. `None` for what is no file of this program.
    pub fn resolve_specifier(
        &self,
        from: &FilePath,
        specifier: &str,
        files: &Files,
    ) -> Option<FilePath> {
        let root = self.root_for(from);
        let search = Search { files, root, scripts: scripts_for(from) };
        let folder = from.parent();
        if specifier.is_empty() || specifier.contains("://") {
            return None;
        }
        if is_relative(specifier) {
            return search.module(&folder.join(specifier)?);
        }
        if let Some(absolute) = specifier.strip_prefix('/') {
            return search.module(&root.join(absolute)?);
        }
        if let Some(found) =
            self.resolve_alias(root, specifier).and_then(|path| search.module(&path))
        {
            return Some(found);
        }
        let beside = folder.join(specifier).and_then(|path| search.module(&path));
        beside
            .or_else(|| search.module(&root.join(specifier)?))
            .or_else(|| search.package(&folder, specifier))
    }

    /// The path that `resolveAlias` makes of `specifier`: the longest key counts.
    pub(super) fn resolve_alias(&self, root: &FilePath, specifier: &str) -> Option<FilePath> {
        let ext = self.ext_manifest.as_ref().map_or(&[][..], |ext| &ext.resolve_alias);
        let (_, value, rest) = ext
            .iter()
            .chain(&self.app_manifest.resolve_alias)
            .filter_map(|(key, value)| {
                let prefix = key.strip_suffix('*').filter(|prefix| prefix.ends_with('/'))?;
                Some((prefix.len(), value, specifier.strip_prefix(prefix)?))
            })
            // The first of the longest: ext.json's.
            .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        root.join(value.strip_suffix('*').unwrap_or(value))?.join(rest)
    }
}

/// Whether a specifier is relative to its file.
pub(super) fn is_relative(specifier: &str) -> bool {
    matches!(specifier, "." | "..") || specifier.starts_with("./") || specifier.starts_with("../")
}

/// The extensions that a script may leave out, the winning one first.
fn scripts_for(from: &FilePath) -> &'static [&'static str] {
    match from.extension() {
        "wxs" => &["wxs"],
        _ => &["ts", "js", "vue", "nvue", "mpx"],
    }
}

/// A search among the files below one root.
struct Search<'a> {
    files: &'a Files,
    root: &'a FilePath,
    scripts: &'static [&'static str],
}

impl Search<'_> {
    fn exists(&self, path: &FilePath) -> bool {
        path.is_within(self.root) && self.files.contains(path)
    }

    /// The module at `path`: a file with or without its extension, or a folder with a package.json
    /// or an index.
    fn module(&self, path: &FilePath) -> Option<FilePath> {
        self.file(path).or_else(|| self.folder(path))
    }

    fn file(&self, path: &FilePath) -> Option<FilePath> {
        // `./x.js` in TypeScript means what x.ts compiles to; a `.js` beside a `.ts` never runs.
        if path.extension() == "js" {
            let twin = path.without_extension().with_extension("ts");
            if self.exists(&twin) {
                return Some(twin);
            }
        }
        if !path.extension().is_empty() && self.exists(path) {
            return Some(path.clone());
        }
        self.scripts
            .iter()
            .map(|extension| path.with_extension(extension))
            .find(|path| self.exists(path))
    }

    fn folder(&self, path: &FilePath) -> Option<FilePath> {
        let package = path.join("package.json")?;
        let main = if self.exists(&package) {
            let json = root_object(self.files, &package)?;
            // "Build npm" takes `miniprogram`, a folder, for the root, else `main`.
            ["miniprogram", "main"].iter().find_map(|&key| {
                let target = path.join(json.get(key).and_then(Json::as_str)?)?;
                self.file(&target).or_else(|| self.file(&target.join("index")?))
            })
        } else {
            None
        };
        main.or_else(|| self.file(&path.join("index")?))
    }

    /// The npm package `specifier`, or a file in it: the nearest `miniprogram_npm` up to the root.
    fn package(&self, from: &FilePath, specifier: &str) -> Option<FilePath> {
        npm_candidates(from, self.root, specifier).find_map(|path| self.module(&path))
    }
}

/// Where the npm package path `specifier` may stand, nearest first.
pub(super) fn npm_candidates(
    from: &FilePath,
    root: &FilePath,
    specifier: &str,
) -> impl Iterator<Item = FilePath> {
    let folders = std::iter::successors(Some(from.clone()), move |folder| {
        (folder != root && folder.is_within(root) && *folder != FilePath::root())
            .then(|| folder.parent())
    });
    folders.filter_map(move |folder| {
        folder.join("miniprogram_npm")?.join(specifier).filter(|path| path.is_within(&folder))
    })
}

#[cfg(test)]
mod tests {
    use crate::project::Project;
    use crate::project::tests::{at, files};

    #[test]
    fn a_specifier_means_one_file_of_the_program() {
        let app =
            r#"{"pages": ["p/p"], "resolveAlias": {"~/*": "/lib/*", "~/deep/*": "/other/*"}}"#;
        let files = files(&[
            ("project.config.json", r#"{"miniprogramRoot": "m", "pluginRoot": "plugin"}"#),
            ("outside.js", ""),
            ("plugin/plugin.json", "{}"),
            ("plugin/index.js", ""),
            ("plugin/x.js", ""),
            ("m/app.json", app),
            ("m/config.js", ""),
            ("m/x.js", ""),
            ("m/p/p.js", ""),
            ("m/p/near.js", ""),
            ("m/p/both.js", ""),
            ("m/p/both.ts", ""),
            ("m/p/typed.ts", ""),
            ("m/p/a.b.js", ""),
            ("m/p/data.json", "{}"),
            ("m/p/tool.wxs", ""),
            ("m/lib/index.js", ""),
            ("m/lib/a.js", ""),
            ("m/lib/deep/b.js", ""),
            ("m/other/b.js", ""),
            ("m/dir/package.json", r#"{"main": "src/entry"}"#),
            ("m/dir/src/entry.js", ""),
            ("m/dir/index.js", ""),
            ("m/miniprogram_npm/dayjs/index.js", ""),
            ("m/p/miniprogram_npm/@s/n/index.js", ""),
            ("m/miniprogram_npm/@s/n/index.js", ""),
            ("m/miniprogram_npm/@s/n/sub.js", ""),
        ]);
        let project = Project::resolve(&files);
        let program = &project.programs[0];
        for (from, specifier, expected) in [
            ("m/p/p.js", "./near", Some("m/p/near.js")),
            ("m/p/p.js", "./near.js", Some("m/p/near.js")),
            ("m/p/p.js", "./both.js", Some("m/p/both.ts")),
            ("m/p/p.js", "./both", Some("m/p/both.ts")),
            ("m/p/p.js", "./typed.js", Some("m/p/typed.ts")),
            ("m/p/p.js", "./a.b", Some("m/p/a.b.js")),
            ("m/p/p.js", "./data.json", Some("m/p/data.json")),
            ("m/p/p.js", "./data", None),
            ("m/p/p.js", "./tool", None),
            ("m/p/other.wxs", "./tool", Some("m/p/tool.wxs")),
            ("m/p/p.js", "../lib", Some("m/lib/index.js")),
            ("m/lib/a.js", ".", Some("m/lib/index.js")),
            ("m/p/p.js", "../dir", Some("m/dir/src/entry.js")),
            ("m/p/p.js", "/lib/a", Some("m/lib/a.js")),
            ("m/p/p.js", "~/a", Some("m/lib/a.js")),
            ("m/p/p.js", "~/deep/b", Some("m/other/b.js")),
            ("m/p/p.js", "near", Some("m/p/near.js")),
            ("m/p/p.js", "config.js", Some("m/config.js")),
            ("m/p/p.js", "dayjs", Some("m/miniprogram_npm/dayjs/index.js")),
            ("m/p/p.js", "@s/n", Some("m/p/miniprogram_npm/@s/n/index.js")),
            ("m/p/p.js", "@s/n/sub", Some("m/miniprogram_npm/@s/n/sub.js")),
            ("m/p/p.js", "../../outside", None),
            ("m/p/p.js", "../../../outside", None),
            ("m/p/p.js", "./gone", None),
            ("m/p/p.js", "", None),
            ("m/p/p.js", "plugin://a/b", None),
            ("plugin/index.js", "/x", Some("plugin/x.js")),
            ("plugin/index.js", "../m/x", None),
        ] {
            let found = program.resolve_specifier(&at(from), specifier, &files);
            assert_eq!(found, expected.map(at), "{specifier} in {from}");
        }
    }

    #[test]
    fn a_script_beside_its_typescript_twin_never_runs() {
        let files = files(&[
            ("app.json", r#"{"pages": []}"#),
            ("app.js", ""),
            ("app.ts", ""),
            ("b.js", ""),
        ]);
        let project = Project::resolve(&files);
        let program = &project.programs[0];
        assert!(program.is_shadowed(&files, &at("app.js")));
        assert!(!program.is_shadowed(&files, &at("app.ts")));
        assert!(!program.is_shadowed(&files, &at("b.js")));
        assert_eq!(program.script_of(&files, &at("app")), Some(at("app.ts")));
        assert_eq!(program.script_of(&files, &at("b")), Some(at("b.js")));
        assert_eq!(program.script_of(&files, &at("c")), None);
    }
}

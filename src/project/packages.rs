//! Other people's code inside the program. A folder that holds one of the app's own pages is the
//! app's, whatever its name.

use super::config::root_object;
use super::{Files, Program};
use crate::path::FilePath;

/// A package that was copied into the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its folder; for a library in one file, the file.
    pub folder: FilePath,
}

impl Program {
    /// The package that the file at `path` belongs to: the innermost `miniprogram_npm` package;
    /// else the outermost folder (or the file itself) whose name `known` recognises; else the
    /// nearest folder with a package.json of its own that has a name.
    ///
    /// `known` is asked for single path segments without `.js`, `.min.js` and the like, and gives
    /// the library's name.
    pub fn package_of<'k>(
        &self,
        files: &Files,
        path: &FilePath,
        known: &dyn Fn(&str) -> Option<&'k str>,
    ) -> Option<Package> {
        let root = self.root_for(path);
        path.relative_to(root)?;
        npm_package(path)
            .or_else(|| self.sources.as_ref().and_then(|_| uni_module(path)))
            .or_else(|| self.known_package(root, path, known))
            .or_else(|| self.manifest_package(files, root, path))
    }

    fn known_package<'k>(
        &self,
        root: &FilePath,
        path: &FilePath,
        known: &dyn Fn(&str) -> Option<&'k str>,
    ) -> Option<Package> {
        let mut folder = root.clone();
        for segment in path.relative_to(root)?.split('/') {
            folder = folder.join(segment)?;
            // The last segment is the file: a library in one file is known by its name.
            let name = if folder == *path { segment.split('.').next()? } else { segment };
            if let Some(name) = known(name).filter(|_| !self.holds_entry(&folder)) {
                return Some(Package { name: name.to_owned(), folder });
            }
        }
        None
    }

    fn manifest_package(&self, files: &Files, root: &FilePath, path: &FilePath) -> Option<Package> {
        let mut folder = path.parent();
        while folder != *root && folder.is_within(root) {
            let name = folder
                .join("package.json")
                .and_then(|manifest| root_object(files, &manifest)?.get("name")?.as_str())
                .filter(|name| !name.is_empty());
            if let Some(name) = name
                && !self.base.is_within(&folder)
                && !self.holds_entry(&folder)
            {
                return Some(Package { name: name.to_owned(), folder });
            }
            folder = folder.parent();
        }
        None
    }

    /// Whether one of the app's own pages lies in `folder`, or is it.
    fn holds_entry(&self, folder: &FilePath) -> bool {
        let stem = folder.without_extension();
        self.entry_stems().iter().any(|entry| entry.is_within(folder) || *entry == stem)
    }
}

/// The folder of packages of uni-app's own market.
const UNI_MODULES: &str = "uni_modules";

/// The package of `uni_modules` that holds `path`.
fn uni_module(path: &FilePath) -> Option<Package> {
    let segments: Vec<&str> = path.segments().collect();
    let at = segments.iter().position(|segment| *segment == UNI_MODULES)?;
    Some(Package {
        name: (*segments.get(at + 1)?).to_owned(),
        folder: FilePath::new(&segments.get(..at + 2)?.join("/"))?,
    })
}

/// The innermost `miniprogram_npm` package that holds `path`.
pub(super) fn npm_package(path: &FilePath) -> Option<Package> {
    let segments: Vec<&str> = path.segments().collect();
    let npm = segments.iter().rposition(|segment| *segment == "miniprogram_npm")?;
    let scoped = segments.get(npm + 1)?.starts_with('@');
    let end = (npm + if scoped { 3 } else { 2 }).min(segments.len());
    Some(Package {
        name: segments.get(npm + 1..end)?.join("/"),
        folder: FilePath::new(&segments.get(..end)?.join("/"))?,
    })
}

#[cfg(test)]
mod tests {
    use crate::project::tests::{at, files};
    use crate::project::{Files, ImportPaths, Project};

    fn known(segment: &str) -> Option<&'static str> {
        match segment {
            "vant" => Some("Vant Weapp"),
            "qqmap-wx-jssdk" => Some("QQ map"),
            _ => None,
        }
    }

    #[test]
    fn a_file_belongs_to_the_package_around_it() {
        let files = files(&[
            ("project.config.json", r#"{"miniprogramRoot": "m"}"#),
            ("package.json", r#"{"name": "the-app"}"#),
            ("m/package.json", r#"{"name": "the-app"}"#),
            ("m/app.json", r#"{"pages": ["vant/demo/demo", "pages/p"]}"#),
            ("m/pages/package.json", r#"{"name": "pages"}"#),
            ("m/lib/copied/package.json", r#"{"name": "copied-lib"}"#),
            ("m/lib/unnamed/package.json", "{}"),
        ]);
        let project = Project::resolve(&files);
        for (path, expected) in [
            ("m/miniprogram_npm/dayjs/index.js", Some(("dayjs", "m/miniprogram_npm/dayjs"))),
            ("m/miniprogram_npm/@s/n/a/b.js", Some(("@s/n", "m/miniprogram_npm/@s/n"))),
            (
                "m/miniprogram_npm/a/miniprogram_npm/b/index.js",
                Some(("b", "m/miniprogram_npm/a/miniprogram_npm/b")),
            ),
            ("m/components/vant/button/index.js", Some(("Vant Weapp", "m/components/vant"))),
            ("m/utils/qqmap-wx-jssdk.min.js", Some(("QQ map", "m/utils/qqmap-wx-jssdk.min.js"))),
            ("m/vant/demo/demo.js", None),
            ("m/lib/copied/dist/a.js", Some(("copied-lib", "m/lib/copied"))),
            ("m/lib/unnamed/a.js", None),
            ("m/pages/p.js", None),
            ("m/app.js", None),
            ("elsewhere/vant/a.js", None),
        ] {
            let package = project.programs[0].package_of(&files, &at(path), &known);
            let found = package.as_ref().map(|one| (&*one.name, one.folder.as_str()));
            assert_eq!(found, expected, "{path}");
        }
    }

    fn chain(texts: &[(&str, &str)], folder: &str) -> String {
        let files: Files = files(texts);
        let project = Project::resolve(&files);
        let places =
            ImportPaths::new(&project.programs[0], &files, None, [].iter()).to(&at(folder));
        let step = |place: &crate::finding::Place| {
            format!("{} {}", place.file, place.span.of(&files.get(&place.file).unwrap().source))
        };
        places.iter().map(step).collect::<Vec<_>>().join(" > ")
    }

    #[test]
    fn the_shortest_chain_of_components_leads_to_a_package() {
        let app = ("app.json", r#"{"pages": ["p/p"]}"#);
        let page = ("p/p.json", r#"{"usingComponents": {"a": "/c/a"}}"#);
        let near = ("p/p.json", r#"{"usingComponents": {"a": "/c/a", "v": "/vant/button"}}"#);
        let component = ("c/a.json", r#"{"usingComponents": {"p": "/p/p", "v": "/vant/button"}}"#);
        let config = ("project.config.json", "{}");
        let vant = ("vant/button.json", "{}");
        assert_eq!(
            chain(&[config, app, page, component, vant], "vant"),
            r#"p/p.json "/c/a" > c/a.json "/vant/button""#
        );
        assert_eq!(
            chain(&[config, app, near, component, vant], "vant"),
            r#"p/p.json "/vant/button""#
        );
        let global = ("app.json", r#"{"pages": ["p/p"], "usingComponents": {"v": "vant/button"}}"#);
        assert_eq!(chain(&[config, global, page, vant], "vant"), r#"app.json "vant/button""#);
        assert_eq!(
            chain(&[config, app, component, vant], "vant"),
            r#"c/a.json "/vant/button""#,
            "a component that nothing shows is the last resort"
        );
        assert_eq!(chain(&[config, app, vant], "vant"), "");
    }

    #[test]
    fn a_chain_follows_the_modules_of_scripts() {
        let mut texts = vec![
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p/p"]}"#),
            ("app.js", "require('./utils/a')"),
            ("p/p.js", "import b from '../utils/b'"),
            ("utils/a.js", "const b = require('./b.js')"),
            ("utils/b.js", "import {c} from 'lib'\nrequire('./b')"),
            ("miniprogram_npm/lib/index.js", ""),
        ];
        let shortest = "p/p.js '../utils/b' > utils/b.js 'lib'";
        assert_eq!(chain(&texts, "miniprogram_npm/lib"), shortest);
        texts.push(("utils/b.ts", "import type {c} from 'lib'"));
        assert_eq!(
            chain(&texts, "miniprogram_npm/lib"),
            "utils/b.js 'lib'",
            "the script that runs asks for types only"
        );
    }

    #[test]
    fn another_package_is_gone_through_only_when_it_must_be() {
        let texts = [
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p/p"], "usingComponents": {"t": "tdesign/t"}}"#),
            ("miniprogram_npm/tdesign/t.json", r#"{"usingComponents": {"d": "dep/d"}}"#),
            ("miniprogram_npm/dep/d.json", "{}"),
        ];
        assert_eq!(
            chain(&texts, "miniprogram_npm/dep"),
            r#"app.json "tdesign/t" > miniprogram_npm/tdesign/t.json "dep/d""#
        );
    }
}

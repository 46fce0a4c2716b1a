//! Programs whose sources a framework compiles: where their pages, declarations and components are
//! written. Invariant: what such a program declares is read into the same fields as app.json, with
//! every place in the team's own file.
//!
//! Source: which keys of `manifest.json` and `pages.json` become app.json
//! (dcloudio/uni-app@a3988f12d5, `uni-cli-shared/src/json/mp`).

mod components;
mod environment;
mod tags;
mod uni;

pub use environment::Environment;
pub use tags::TagRules;

use super::Files;
use super::config::{CONFIG, Config, root_object};
use super::framework::Framework;
use super::program::Program;
use crate::facts::manifest::Json;
use crate::path::FilePath;

/// What a framework makes a program from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The framework.
    pub framework: Framework,
    /// Its version, as the project's package.json asks for it.
    pub version: Option<Box<str>>,
    /// The scripts that run before any page, the app's own apart.
    pub scripts: Vec<FilePath>,
    /// Which components tags mean without being named anywhere else.
    pub tags: TagRules,
    /// The files that give a build its environment, by path.
    pub environments: Vec<Environment>,
    /// What the framework made of them, where that is in the tree.
    pub outputs: Vec<FilePath>,
    /// Folders among the sources that are not compiled for WeChat.
    pub apart: Vec<FilePath>,
}

/// Segments of the paths of build outputs. Source: the frameworks' own defaults.
const OUTPUT_FOLDERS: [&str; 6] = ["build", "dist", "mp-weixin", "output", "unpackage", "weapp"];

impl Program {
    /// The program that the project in `folder` is written as in `framework`; `None` where its
    /// pages are not in the tree, or no reader is there for the framework.
    pub(super) fn of_sources(
        files: &Files,
        folder: &FilePath,
        framework: Framework,
    ) -> Option<Self> {
        let config_file = folder.join(CONFIG).filter(|path| files.contains(path));
        let config = config_file.as_ref().map(|path| Config::read(files, path));
        let mut program = match framework {
            Framework::UniApp => uni::read(files, folder)?,
            _ => return None,
        };
        if let Some(config) = config {
            program.config = config_file;
            program.private_config = config.private;
            program.name = config.name.or(program.name);
            program.appid = config.appid.or(program.appid);
            program.lib_version = config.lib_version.or(program.lib_version);
            program.url_check = config.url_check.or(program.url_check);
            program.private_url_check = config.private_url_check;
            program.server_roots.extend(config.server_roots);
            program.server_roots.retain(|server| !program.root.is_within(server));
        }
        Some(program)
    }

    /// Whether `other` is what a framework made of this program's sources.
    pub(super) fn is_source_of(&self, other: &Self) -> bool {
        let Some(sources) = &self.sources else { return false };
        let relative = other.root.relative_to(&self.base).unwrap_or("");
        let in_output = relative.split('/').any(|segment| OUTPUT_FOLDERS.contains(&segment));
        other.built_by == Some(sources.framework) && in_output && other.root != self.root
    }

    /// Whether the file at `path` lies among the sources and is not compiled for WeChat.
    pub(super) fn is_apart(&self, path: &FilePath) -> bool {
        self.sources.as_ref().is_some_and(|sources| {
            sources.apart.iter().chain(&sources.outputs).any(|folder| path.is_within(folder))
        })
    }

    /// Whether the program is written in a framework, so that no file of it is what WeChat gets.
    pub fn is_compiled(&self) -> bool {
        self.sources.is_some()
    }
}

impl Sources {
    /// The framework and its version.
    pub fn name(&self) -> String {
        let name = self.framework.name();
        self.version.as_ref().map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))
    }

    /// Sources of `framework` whose project lies in `folder`.
    fn new(files: &Files, folder: &FilePath, framework: Framework) -> Self {
        Self {
            framework,
            version: framework.version_in(files, folder),
            scripts: Vec::new(),
            tags: TagRules::default(),
            environments: environment::of_project(files, folder),
            outputs: Vec::new(),
            apart: Vec::new(),
        }
    }
}

/// The aliases of a project in `base` whose sources lie in `root`: `@/` for the sources, then what
/// tsconfig.json or jsconfig.json say, as far as it lies among the sources.
fn aliases(files: &Files, base: &FilePath, root: &FilePath) -> Vec<(Box<str>, Box<str>)> {
    let mut aliases: Vec<(Box<str>, Box<str>)> =
        ["@/*", "~@/*"].map(|key| (key.into(), "/*".into())).into();
    for name in ["tsconfig.json", "jsconfig.json"] {
        let options =
            base.join(name).and_then(|file| root_object(files, &file)?.get("compilerOptions"));
        let Some(options) = options else { continue };
        let from = options.get("baseUrl").and_then(Json::as_str).and_then(|url| base.join(url));
        let from = from.unwrap_or_else(|| base.clone());
        for member in options.get("paths").map(Json::members).unwrap_or_default() {
            let target = member.value.strings().next().and_then(|(text, _)| from.join(text));
            let inside = target.as_ref().and_then(|target| target.relative_to(root));
            if let Some(inside) = inside.filter(|_| member.key.ends_with("/*")) {
                aliases.push((member.key.clone(), format!("/{inside}").into()));
            }
        }
    }
    aliases
}

#[cfg(test)]
mod tests;

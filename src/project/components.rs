//! Which component a tag means. A path that cannot be found is unknown, not wrong – npm packages
//! and extended libraries are often not in the tree.

use std::collections::{BTreeSet, VecDeque};

use super::app::component_uses;
use super::config::root_object;
use super::modules::{is_relative, npm_candidates};
use super::packages::npm_package;
use super::{ComponentUse, Files, Program};
use crate::facts::manifest::Json;
use crate::finding::Place;
use crate::path::FilePath;

/// What a tag means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComponentTarget {
    /// A component of the program: the path that its files share.
    Local(FilePath),
    /// A component of an npm package or an extended library.
    Package {
        /// The package.
        name: String,
        /// The path that its files share, when they are in the tree.
        stem: Option<FilePath>,
    },
    /// A plugin's component: its code is not in the tree.
    Plugin,
    /// Not declared, or declared with a path that leads nowhere.
    Unknown,
}

impl ComponentTarget {
    /// The path that the component's files share, when they are in the tree.
    pub fn stem(&self) -> Option<&FilePath> {
        match self {
            Self::Local(stem) | Self::Package { stem: Some(stem), .. } => Some(stem),
            _ => None,
        }
    }
}

/// A component that a manifest brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentEdge {
    /// The tag; for the default of a generic, the generic's name.
    pub tag: Box<str>,
    /// What it means.
    pub target: ComponentTarget,
    /// The path in the manifest, quotes included.
    pub place: Place,
}

impl Program {
    /// What `tag` means in the template of the page or component at `stem`: its own manifest's
    /// entry, else app.json's.
    pub fn component_of(&self, files: &Files, stem: &FilePath, tag: &str) -> ComponentTarget {
        let manifest = self.manifest_of(files, stem);
        let own = root_object(files, &manifest)
            .and_then(|json| json.at(&["usingComponents", tag])?.as_str());
        if let Some(path) = own {
            return self.resolve_component(files, &manifest, path);
        }
        if self.is_compiled()
            && let Some(target) = self.component_of_sources(files, stem, tag)
        {
            return target;
        }
        if self.root_for(stem) != &self.root {
            return ComponentTarget::Unknown; // A plugin does not know its host's components.
        }
        let named = self.using_components().find(|entry| &*entry.tag == tag);
        named.map_or_else(
            || self.component_by_tag(files, tag).unwrap_or(ComponentTarget::Unknown),
            |entry| self.resolve_use(files, entry),
        )
    }

    /// What `path` in the `usingComponents` of `manifest` means.
    pub fn resolve_component(
        &self,
        files: &Files,
        manifest: &FilePath,
        path: &str,
    ) -> ComponentTarget {
        if path.starts_with("plugin://") || path.starts_with("plugin-private://") {
            return ComponentTarget::Plugin;
        }
        if path.is_empty() || path.contains("://") {
            return ComponentTarget::Unknown;
        }
        let root = self.root_for(manifest);
        let folder = manifest.parent();
        let local = |target: Option<FilePath>| component_at(files, root, &target?);
        let found = if is_relative(path) {
            local(folder.join(path))
        } else if path.starts_with('/') {
            local(root.join(path))
        } else {
            local(self.resolve_alias(root, path))
                .or_else(|| local(folder.join(path)))
                .or_else(|| npm_candidates(&folder, root, path).find_map(|at| local(Some(at))))
        };
        match found {
            Some(stem) => match npm_package(&stem) {
                Some(package) => ComponentTarget::Package { name: package.name, stem: Some(stem) },
                None => ComponentTarget::Local(stem),
            },
            None if is_relative(path) || path.starts_with('/') => ComponentTarget::Unknown,
            None => ComponentTarget::Package { name: package_name(path).to_owned(), stem: None },
        }
    }

    /// The components that the manifest of the page or component at `stem` brings in, in order;
    /// defaults of generics included.
    pub fn components_of(&self, files: &Files, stem: &FilePath) -> Vec<ComponentEdge> {
        let mut edges = self.components_of_template(files, stem);
        let manifest = self.manifest_of(files, stem);
        let Some(json) = root_object(files, &manifest) else { return edges };
        let mut uses = component_uses(&manifest, json);
        let generics = json.get("componentGenerics").map(Json::members).unwrap_or_default();
        for member in generics {
            if let Some(path) = member.value.get("default")
                && let Some(text) = path.as_str()
            {
                let place = Place::new(&manifest, path.span);
                uses.push(ComponentUse { tag: member.key.clone(), path: text.into(), place });
            }
        }
        edges.extend(uses.iter().map(|entry| self.edge(files, entry)));
        edges
    }

    /// The components that app.json brings in for all.
    pub fn global_components(&self, files: &Files) -> Vec<ComponentEdge> {
        self.using_components().map(|entry| self.edge(files, entry)).collect()
    }

    /// Every page and component that the program can show, by stem: pages, the custom tab bar, the
    /// plugin's pages and public components, and whatever these bring in. Circular use is fine.
    pub fn reachable_stems(&self, files: &Files) -> BTreeSet<FilePath> {
        let mut queue: VecDeque<FilePath> = self.entry_stems().into();
        let global = self.global_components(files);
        queue.extend(global.iter().filter_map(|edge| edge.target.stem().cloned()));
        let mut reached = BTreeSet::new();
        while let Some(stem) = queue.pop_front() {
            if reached.insert(stem.clone()) {
                let edges = self.components_of(files, &stem);
                queue.extend(edges.iter().filter_map(|edge| edge.target.stem().cloned()));
            }
        }
        reached
    }

    /// The stems that the program shows by itself, in the order they are declared.
    pub fn entry_stems(&self) -> Vec<FilePath> {
        let mut stems: Vec<FilePath> = self.pages().iter().map(|page| page.stem.clone()).collect();
        if self.app_manifest.custom_tab_bar {
            stems.extend(self.root.join("custom-tab-bar/index"));
        }
        if let Some(plugin) = &self.plugin {
            let entries = plugin.pages.iter().chain(&plugin.public_components);
            stems.extend(entries.map(|entry| entry.stem.clone()));
        }
        stems
    }

    fn edge(&self, files: &Files, entry: &ComponentUse) -> ComponentEdge {
        ComponentEdge {
            tag: entry.tag.clone(),
            target: self.resolve_use(files, entry),
            place: entry.place.clone(),
        }
    }

    pub(super) fn resolve_use(&self, files: &Files, entry: &ComponentUse) -> ComponentTarget {
        self.resolve_component(files, &entry.place.file, &entry.path)
    }
}

/// Extensions of the files by which a component is told.
const COMPONENT_FILES: [&str; 7] = ["json", "wxml", "js", "ts", "vue", "nvue", "mpx"];

/// The component at `path`, or at its index, when one of its files is there.
fn component_at(files: &Files, root: &FilePath, path: &FilePath) -> Option<FilePath> {
    let is_component = |stem: &FilePath| {
        stem.is_within(root)
            && COMPONENT_FILES
                .iter()
                .any(|extension| files.contains(&stem.with_extension(extension)))
    };
    [Some(path.clone()), path.join("index")].into_iter().flatten().find(is_component)
}

/// The package of a bare path: its first segment, or the first two of `@scope/name`.
fn package_name(path: &str) -> &str {
    let slashes = if path.starts_with('@') { 2 } else { 1 };
    path.match_indices('/').nth(slashes - 1).map_or(path, |(at, _)| &path[..at])
}

#[cfg(test)]
mod tests {
    use super::ComponentTarget;
    use crate::project::tests::{at, files};
    use crate::project::{Files, Project};

    fn example() -> Files {
        files(&[
            ("project.config.json", "{}"),
            (
                "app.json",
                r#"{
                "pages": ["p/p"], "resolveAlias": {"~/*": "/c/*"}, "tabBar": {"custom": true},
                "usingComponents": {"x-global": "c/a", "x-own": "/c/b"}
            }"#,
            ),
            (
                "p/p.json",
                r#"{
                "usingComponents": {
                    "x-own": "/c/a", "x-rel": "../c/b", "x-bare": "near/near", "x-dir": "/c/dir", "x-alias": "~/a",
                    "x-npm": "tdesign/button/button", "x-name": "@s/n", "x-gone": "weui-miniprogram/cell/cell",
                    "x-plugin": "plugin://live/room", "x-lost": "./lost", "x-out": "../../out", "x-number": 7
                },
                "componentPlaceholder": {"x-holder": "view"},
                "componentGenerics": {"g": {"default": "../c/loop"}, "h": true}
            }"#,
            ),
            ("p/near/near.wxml", ""),
            ("c/a.js", ""),
            ("c/b.json", r#"{"component": true, "usingComponents": {"x": "./loop"}}"#),
            (
                "c/loop.json",
                r#"{"component": true, "usingComponents": {"x": "./b", "self": "./loop"}}"#,
            ),
            ("c/dir/index.ts", ""),
            ("miniprogram_npm/tdesign/button/button.json", "{}"),
            ("miniprogram_npm/@s/n/index.json", "{}"),
        ])
    }

    #[test]
    fn a_tag_means_one_component() {
        let files = example();
        let project = Project::resolve(&files);
        let local = |stem| ComponentTarget::Local(at(stem));
        let package = |name: &str, stem: Option<&str>| ComponentTarget::Package {
            name: name.to_owned(),
            stem: stem.map(at),
        };
        for (tag, expected) in [
            ("x-own", local("c/a")),
            ("x-global", local("c/a")),
            ("x-rel", local("c/b")),
            ("x-bare", local("p/near/near")),
            ("x-dir", local("c/dir/index")),
            ("x-alias", local("c/a")),
            ("x-npm", package("tdesign", Some("miniprogram_npm/tdesign/button/button"))),
            ("x-name", package("@s/n", Some("miniprogram_npm/@s/n/index"))),
            ("x-gone", package("weui-miniprogram", None)),
            ("x-plugin", ComponentTarget::Plugin),
            ("x-lost", ComponentTarget::Unknown),
            ("x-out", ComponentTarget::Unknown),
            ("x-number", ComponentTarget::Unknown),
            ("x-holder", ComponentTarget::Unknown),
            ("view", ComponentTarget::Unknown),
        ] {
            let target = project.programs[0].component_of(&files, &at("p/p"), tag);
            assert_eq!(target, expected, "{tag}");
        }
    }

    #[test]
    fn components_that_use_each_other_are_reached_once() {
        let files = example();
        let project = Project::resolve(&files);
        let reached = project.programs[0].reachable_stems(&files);
        let names: Vec<&str> = reached.iter().map(crate::path::FilePath::as_str).collect();
        assert_eq!(
            names,
            [
                "c/a",
                "c/b",
                "c/dir/index",
                "c/loop",
                "custom-tab-bar/index",
                "miniprogram_npm/@s/n/index",
                "miniprogram_npm/tdesign/button/button",
                "p/near/near",
                "p/p",
            ]
        );
    }
}

//! Other people's code inside the program. The one thing to know: a folder that holds one of the app's own pages is the app's,
//! whatever its name.

use std::collections::{BTreeSet, VecDeque};

use super::config::root_object;
use super::{ComponentEdge, Files, Program};
use crate::finding::Place;
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
    /// The package that the file at `path` belongs to: the innermost `miniprogram_npm` package; else the outermost folder (or the
    /// file itself) whose name `known` recognises; else the nearest folder with a package.json of its own that has a name.
    ///
    /// `known` is asked for single path segments without `.js`, `.min.js` and the like, and gives the library's name.
    pub fn package_of<'k>(
        &self,
        files: &Files,
        path: &FilePath,
        known: &dyn Fn(&str) -> Option<&'k str>,
    ) -> Option<Package> {
        let root = self.root_for(path);
        path.relative_to(root)?;
        npm_package(path)
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

    /// How the package in `folder` comes into the program: the shortest chain of `usingComponents` entries and module specifiers
    /// from app.json, the app's script or a page; failing that, from any of the program's own files. Empty when nothing asks for it.
    ///
    /// Reads the facts of scripts on the way, of packages only when the program's own files do not lead there.
    pub fn chain_to_package(&self, files: &Files, folder: &FilePath) -> Vec<Place> {
        let mut search = Search { program: self, files, folder, seen: BTreeSet::new() };
        let own: Vec<FilePath> = files
            .within(&self.root)
            .map(|file| file.path.clone())
            .filter(|path| !path.is_within(folder) && npm_package(path).is_none())
            .collect();
        search
            .run(self.starts(files), false)
            .or_else(|| search.run(self.starts(files), true))
            .or_else(|| search.run(own.into_iter().map(|path| (path, Vec::new())).collect(), false))
            .unwrap_or_default()
    }

    /// What runs by itself: the app's script, what app.json brings in, and the pages.
    fn starts(&self, files: &Files) -> VecDeque<(FilePath, Vec<Place>)> {
        let mut starts: VecDeque<_> =
            self.app_script.iter().map(|script| (script.clone(), Vec::new())).collect();
        for stem in self.entry_stems() {
            starts.extend(parts(files, &stem).map(|part| (part, Vec::new())));
        }
        for edge in self.global_components(files) {
            starts
                .extend(component_parts(files, &edge).map(|part| (part, vec![edge.place.clone()])));
        }
        starts
    }
}

/// A search, breadth first, over files: a script leads to its modules, a manifest to its components.
struct Search<'a> {
    program: &'a Program,
    files: &'a Files,
    folder: &'a FilePath,
    seen: BTreeSet<FilePath>,
}

impl Search<'_> {
    fn run(
        &mut self,
        mut queue: VecDeque<(FilePath, Vec<Place>)>,
        through_packages: bool,
    ) -> Option<Vec<Place>> {
        self.seen.clear();
        // Starts with a step behind them come after those without, so the queue is in order of length.
        queue.make_contiguous().sort_by_key(|(_, chain)| chain.len());
        while let Some((path, chain)) = queue.pop_front() {
            if path.is_within(self.folder) {
                return Some(chain);
            }
            if !self.seen.insert(path.clone())
                || (!through_packages && npm_package(&path).is_some())
            {
                continue;
            }
            for (next, place) in self.edges(&path) {
                if !self.seen.contains(&next) {
                    let mut chain = chain.clone();
                    chain.push(place);
                    queue.push_back((next, chain));
                }
            }
        }
        None
    }

    fn edges(&self, path: &FilePath) -> Vec<(FilePath, Place)> {
        if path.extension() == "json" {
            let stem = path.without_extension();
            let edges = self.program.components_of(self.files, &stem);
            return edges
                .iter()
                .flat_map(|edge| {
                    component_parts(self.files, edge).map(|part| (part, edge.place.clone()))
                })
                .collect();
        }
        let imports = self.files.script(path).map(|facts| facts.imports.as_slice());
        imports
            .unwrap_or_default()
            .iter()
            .filter(|import| !import.type_only)
            .filter_map(|import| {
                let target = self.program.resolve_specifier(path, &import.specifier, self.files)?;
                Some((target, Place::new(path, import.span)))
            })
            .collect()
    }
}

/// The files of a page or component that lead on: its manifest, then its script.
fn parts<'a>(files: &'a Files, stem: &'a FilePath) -> impl Iterator<Item = FilePath> {
    let script = ["ts", "js"]
        .into_iter()
        .map(|extension| stem.with_extension(extension))
        .find(|path| files.contains(path));
    let manifest = Some(stem.with_extension("json")).filter(|path| files.contains(path));
    manifest.into_iter().chain(script)
}

fn component_parts<'a>(
    files: &'a Files,
    edge: &'a ComponentEdge,
) -> impl Iterator<Item = FilePath> {
    edge.target.stem().into_iter().flat_map(|stem| parts(files, stem))
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

//! The pages that a manifest declares. A page is a stem – the path that its template, script, style
//! and manifest share – and may be declared without any of them being there.

use super::app::{ComponentUse, TITLE, component_uses};
use super::config::Named;
use crate::facts::manifest::Json;
use crate::finding::Place;
use crate::path::FilePath;

/// A declared page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The path that the page's files share.
    pub stem: FilePath,
    /// Where it is declared: the entry with its quotes.
    pub declared: Place,
    /// The index of its subpackage; `None` for the main package.
    pub subpackage: Option<usize>,
    /// Its title, where the list of pages says it.
    pub title: Option<Named>,
    /// The components that the list of pages gives it.
    pub components: Vec<ComponentUse>,
}

/// A declared subpackage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subpackage {
    /// Its folder.
    pub root: FilePath,
    /// Whether it runs without the main package, so that app.js may not have run.
    pub independent: bool,
    /// Where it is declared: the value of `root`.
    pub declared: Place,
}

/// Reads `pages` and both spellings of `subpackages` of the program at `root`. An entry that leaves
/// `root` is left out.
pub(super) fn read_pages(
    file: &FilePath,
    json: &Json,
    root: &FilePath,
) -> (Vec<Page>, Vec<Subpackage>) {
    let mut pages = Vec::new();
    let mut subpackages = Vec::new();
    add_pages(&mut pages, file, json, root, root, None);
    for key in ["subpackages", "subPackages"] {
        for entry in json.get(key).map(Json::elements).unwrap_or_default() {
            let Some(declared) = entry.get("root") else { continue };
            let Some(folder) = declared.as_str().and_then(|text| root.join(text)) else { continue };
            add_pages(&mut pages, file, entry, root, &folder, Some(subpackages.len()));
            subpackages.push(Subpackage {
                root: folder,
                independent: entry.get("independent").and_then(Json::as_bool).unwrap_or(false),
                declared: Place::new(file, declared.span),
            });
        }
    }
    (pages, subpackages)
}

fn add_pages(
    pages: &mut Vec<Page>,
    file: &FilePath,
    json: &Json,
    root: &FilePath,
    folder: &FilePath,
    subpackage: Option<usize>,
) {
    let Some(list) = json.get("pages") else { return };
    for entry in list.elements() {
        // A framework's list may have objects in which the path stands.
        let path = if entry.is_object() { entry.get("path") } else { Some(entry) };
        let Some(path) = path else { continue };
        let Some(text) = path.as_str().filter(|text| !text.is_empty()) else { continue };
        if let Some(stem) = folder.join(text).filter(|stem| stem.is_within(root)) {
            let declared = Place::new(file, path.span);
            let style = entry.get("style");
            let title = style.and_then(|style| Named::at(file, style, TITLE));
            let components = style.map(|style| component_uses(file, style)).unwrap_or_default();
            pages.push(Page { stem, declared, subpackage, title, components });
        }
    }
}

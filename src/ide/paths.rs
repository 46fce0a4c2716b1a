//! The paths that a file writes and the files they lead to: pages, components, templates, wxs
//! modules. A path without a target file is not among them; whether that is a mistake is a
//! rule's business.

use crate::facts::manifest::Json;
use crate::path::FilePath;
use crate::project::{File, Files, Program, Project};
use crate::text::Span;

/// A path that is written in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPath {
    /// The path without its quotes.
    pub span: Span,
    /// The files that it leads to, the one to open first; never empty.
    pub targets: Vec<FilePath>,
}

/// The paths in `path`, in document order.
pub fn paths(files: &Files, path: &FilePath) -> Vec<WrittenPath> {
    let project = Project::resolve(files);
    match (files.get(path), project.program_of(path)) {
        (Some(file), Some(program)) => in_file(files, program, file),
        _ => Vec::new(),
    }
}

/// The paths in `file` of `program`, in document order.
pub(crate) fn in_file(files: &Files, program: &Program, file: &File) -> Vec<WrittenPath> {
    let mut search = Search { files, program, file, found: Vec::new() };
    if let Some(facts) = file.facts().as_template() {
        for reference in facts.references() {
            let target =
                reference.path.and_then(|text| program.resolve_template(files, &file.path, text));
            search.add(reference.value.span, target.into_iter().collect());
        }
        for element in facts.elements.iter().filter(|element| &*element.tag == "navigator") {
            let url = element.attribute("url").and_then(|attribute| attribute.value.as_ref());
            if let Some((value, text)) = url.and_then(|value| Some((value, value.literal()?))) {
                search.url(value.span, text);
            }
        }
    }
    if let Some(root) = file.facts().as_manifest().and_then(|facts| facts.root.as_ref()) {
        search.manifest(root);
    }
    search.found.sort_by_key(|path| path.span);
    search.found.dedup();
    search.found
}

/// The files of the page or component at `stem`: script, template, manifest.
pub(crate) fn parts(files: &Files, program: &Program, stem: &FilePath) -> Vec<FilePath> {
    let mut parts = program.parts_of(files, stem);
    parts.reverse();
    parts
}

/// Fields of app.json whose value is a page.
const PAGE_FIELDS: [&[&str]; 2] =
    [&["entryPagePath"], &["entranceDeclare", "locationMessage", "path"]];

struct Search<'a> {
    files: &'a Files,
    program: &'a Program,
    file: &'a File,
    found: Vec<WrittenPath>,
}

impl Search<'_> {
    fn add(&mut self, span: Span, mut targets: Vec<FilePath>) {
        targets.retain(|target| self.files.contains(target));
        if !targets.is_empty() {
            self.found.push(WrittenPath { span, targets });
        }
    }

    fn stem(&mut self, span: Span, stem: &FilePath) {
        self.add(span, parts(self.files, self.program, stem));
    }

    /// A page by its path from the root, as app.json writes it.
    fn page(&mut self, value: Option<&Json>, folder: &FilePath) {
        if let Some((value, text)) = value.and_then(|value| Some((value, value.as_str()?)))
            && !text.is_empty()
            && let Some(stem) = folder.join(text.split('?').next().unwrap_or(text))
        {
            self.stem(within_quotes(value.span), &stem);
        }
    }

    /// A page by its URL, as navigation takes it.
    fn url(&mut self, span: Span, text: &str) {
        let path = text.split('?').next().unwrap_or(text);
        let root = self.program.root_for(&self.file.path);
        let stem = if path.starts_with('/') {
            root.join(path)
        } else {
            self.file.path.parent().join(path)
        };
        if let Some(stem) = stem.filter(|_| !path.is_empty()) {
            self.stem(Span::new(span.start(), span.start() + path.len()), &stem);
        }
    }

    fn manifest(&mut self, json: &Json) {
        let path = &self.file.path;
        for key in ["usingComponents", "publicComponents"] {
            for member in json.get(key).map(Json::members).unwrap_or_default() {
                self.component(&member.value);
            }
        }
        for member in json.get("componentGenerics").map(Json::members).unwrap_or_default() {
            member.value.get("default").into_iter().for_each(|value| self.component(value));
        }
        let is = |file: Option<&FilePath>| file == Some(path);
        let program = self.program;
        let ext = self.program.ext_manifest.as_ref().map(|ext| &ext.file);
        if is(program.app.as_ref()) || is(ext) {
            self.app(json, &program.root);
        }
        if let Some(plugin) = program.plugin.as_ref().filter(|plugin| is(Some(&plugin.file))) {
            for member in json.get("pages").map(Json::members).unwrap_or_default() {
                self.page(Some(&member.value), &plugin.root);
            }
            if let Some((value, main)) = json.get("main").zip(plugin.main.clone()) {
                self.add(within_quotes(value.span), vec![main]);
            }
        }
    }

    fn component(&mut self, value: &Json) {
        if let Some(text) = value.as_str()
            && let target = self.program.resolve_component(self.files, &self.file.path, text)
            && let Some(stem) = target.stem()
        {
            self.stem(within_quotes(value.span), stem);
        }
    }

    fn app(&mut self, json: &Json, root: &FilePath) {
        let pages =
            |json: &Json| json.get("pages").map(Json::elements).unwrap_or_default().to_vec();
        for page in pages(json) {
            self.page(Some(&page), root);
        }
        for key in ["subpackages", "subPackages"] {
            for entry in json.get(key).map(Json::elements).unwrap_or_default() {
                let folder =
                    entry.get("root").and_then(Json::as_str).and_then(|text| root.join(text));
                let Some(folder) = folder else { continue };
                for page in pages(entry) {
                    self.page(Some(&page), &folder);
                }
            }
        }
        let tabs = json.at(&["tabBar", "list"]).map(Json::elements).unwrap_or_default();
        for tab in tabs {
            self.page(tab.get("pagePath"), root);
        }
        for field in PAGE_FIELDS {
            self.page(json.at(field), root);
        }
        for member in json.get("preloadRule").map(Json::members).unwrap_or_default() {
            if let Some(stem) = root.join(&member.key) {
                self.stem(within_quotes(member.key_span), &stem);
            }
        }
        for key in ["sitemapLocation", "themeLocation"] {
            let Some(value) = json.get(key) else { continue };
            let target = value.as_str().and_then(|text| root.join(text));
            self.add(within_quotes(value.span), target.into_iter().collect());
        }
    }
}

/// A string's span without its quotes.
pub(crate) fn within_quotes(span: Span) -> Span {
    Span::new(span.start() + 1, span.end().saturating_sub(1))
}

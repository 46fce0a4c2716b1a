//! A uni-app program: `manifest.json` declares, `pages.json` lists the pages, `App.vue` and `main`
//! run first.

use super::{Sources, TagRules, aliases};
use crate::facts::manifest::Json;
use crate::finding::Place;
use crate::path::FilePath;
use crate::project::Files;
use crate::project::app::{AppManifest, component_uses};
use crate::project::config::{Config, Named, Switch, root_object};
use crate::project::framework::Framework;
use crate::project::program::{Program, ProgramProblem, ProgramProblemKind};

/// Where manifest.json says what WeChat gets.
const WITHIN: &[&str] = &["mp-weixin"];
/// Folders that are not compiled for WeChat: outputs, pages of web views, packages.
const APART: [&str; 5] = ["dist", "hybrid", "nativeplugins", "node_modules", "unpackage"];
/// What the folders of cloud functions begin with.
const CLOUD: &str = "uniCloud";

/// Where the sources of the project in `folder` lie: beside manifest.json and pages.json.
pub(in crate::project) fn root(files: &Files, folder: &FilePath) -> Option<FilePath> {
    ["", "src"].iter().filter_map(|name| folder.join(name)).find(|root| {
        let has = |name: &str| root.join(name).is_some_and(|path| files.contains(&path));
        has("pages.json") && has("manifest.json")
    })
}

/// Reads the program in `folder`.
pub(super) fn read(files: &Files, folder: &FilePath) -> Option<Program> {
    let root = root(files, folder)?;
    let manifest_file = root.join("manifest.json")?;
    let pages_file = root.join("pages.json")?;
    let existing = |names: &[&str]| {
        names.iter().filter_map(|name| root.join(name)).find(|path| files.contains(path))
    };
    let manifest = root_object(files, &manifest_file);
    let pages = root_object(files, &pages_file);
    let ours = manifest.and_then(|json| json.at(WITHIN));

    let mut app = AppManifest::empty(&manifest_file);
    app.within = WITHIN;
    if let Some(json) = pages {
        app.read_pages(&pages_file, json, "globalStyle", &root);
        let usual = json.get("globalStyle");
        app.using_components = usual.map(|it| component_uses(&pages_file, it)).unwrap_or_default();
    }
    app.pages_file = Some(pages_file.clone());
    if let Some(json) = ours {
        app.read_declarations(&manifest_file, json, &root);
    }
    app.resolve_alias = aliases(files, folder, &root);

    let mut problems = Vec::new();
    let mut problem = |file: &FilePath, kind| {
        problems.push(ProgramProblem { place: Place::start_of(file), kind });
    };
    if manifest.is_none() {
        problem(&manifest_file, ProgramProblemKind::AppUnreadable);
    }
    if pages.is_none() {
        problem(&pages_file, ProgramProblemKind::AppUnreadable);
    } else if app.pages.is_empty() {
        problem(&pages_file, ProgramProblemKind::NoPages);
    }

    let mut sources = Sources::new(files, folder, Framework::UniApp);
    // A project of the vendor's own editor names no package, only the language's version.
    let language = manifest.and_then(|json| json.get("vueVersion")).and_then(Json::as_str);
    sources.version = sources.version.or_else(|| language.map(|one| format!("(Vue {one})").into()));
    sources.scripts = existing(&["main.ts", "main.js"]).into_iter().collect();
    sources.tags = TagRules::read(files, &root, pages.and_then(|json| json.get("easycom")));
    sources.apart = APART.iter().filter_map(|name| root.join(name)).collect();
    let at = |key: &str| ours.and_then(|json| Named::at(&manifest_file, json, key));
    let appid = at("appid").filter(|appid| !appid.name.is_empty());
    let url_check = ours.and_then(|json| json.at(&["setting", "urlCheck"])).and_then(|value| {
        Some(Switch { on: value.as_bool()?, place: Place::new(&manifest_file, value.span) })
    });
    let config = Config {
        name: manifest.and_then(|json| Named::at(&manifest_file, json, "name")),
        appid,
        lib_version: at("libVersion"),
        url_check,
        server_roots: server_roots(files, &root, ours),
        ..Config::default()
    };
    let script = existing(&["App.vue", "App.nvue"]);
    Some(Program::assemble(files, config, folder, &root, app, script, problems, sources))
}

/// Folders of cloud functions.
fn server_roots(files: &Files, root: &FilePath, ours: Option<&Json>) -> Vec<FilePath> {
    let named = ours.and_then(|json| json.get("cloudfunctionRoot")).and_then(Json::as_str);
    let mut roots: Vec<FilePath> = named
        .filter(|name| !name.is_empty())
        .and_then(|name| root.join(name))
        .into_iter()
        .collect();
    for file in files.within(root) {
        let first = file.path.relative_to(root).and_then(|path| path.split('/').next());
        let folder = first.filter(|name| name.starts_with(CLOUD)).and_then(|name| root.join(name));
        if let Some(folder) = folder.filter(|folder| !roots.contains(folder)) {
            roots.push(folder);
        }
    }
    roots
}

//! What `project.config.json` says, and its private twin beside it. The private file wins for the
//! keys that may be private (`appid`, `setting.urlCheck`; devtools/projectconfig.html), and is
//! usually not committed, so both values of the switch are kept.

use super::Files;
use super::pack_options::PackOptions;
use crate::facts::manifest::Json;
use crate::finding::Place;
use crate::path::FilePath;

/// The name of the project file.
pub const CONFIG: &str = "project.config.json";
/// The name of its private twin.
pub const PRIVATE_CONFIG: &str = "project.private.config.json";

/// The keys that name folders of server code (Node): no client rule applies there.
const SERVER_ROOTS: [&str; 5] = [
    "cloudbaseRoot",
    "cloudcontainerRoot",
    "cloudfunctionRoot",
    "cloudfunctionTemplateRoot",
    "qcloudRoot",
];

/// A truth value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The value.
    pub on: bool,
    /// The value's place.
    pub place: Place,
}

/// A text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The text, escapes resolved.
    pub name: Box<str>,
    /// The text with its quotes.
    pub place: Place,
}

impl Named {
    /// The string at `key` of `json`.
    pub(super) fn at(file: &FilePath, json: &Json, key: &str) -> Option<Self> {
        let value = json.get(key)?;
        Some(Self { name: value.as_str()?.into(), place: Place::new(file, value.span) })
    }
}

/// What a project file says, as far as it matters here. All of it is optional.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    pub(super) miniprogram_root: Option<FilePath>,
    pub(super) source_root: Option<FilePath>,
    /// `miniprogramRoot` is given, even where it leaves the workspace.
    pub(super) names_root: bool,
    pub(super) plugin_root: Option<FilePath>,
    pub(super) compile_type: Option<Box<str>>,
    pub(super) name: Option<Named>,
    pub(super) appid: Option<Named>,
    pub(super) plugin_appid: Option<Named>,
    pub(super) lib_version: Option<Named>,
    pub(super) url_check: Option<Switch>,
    pub(super) private_url_check: Option<Switch>,
    pub(super) server_roots: Vec<FilePath>,
    pub(super) pack: PackOptions,
    pub(super) private: Option<FilePath>,
    /// The project file is no JSON object.
    pub(super) broken: bool,
}

impl Config {
    /// Reads the project file at `path`, and its private twin.
    pub(super) fn read(files: &Files, path: &FilePath) -> Self {
        let base = path.parent();
        let private = base.join(PRIVATE_CONFIG).filter(|private| files.contains(private));
        let private_url_check = private.as_ref().and_then(|private| url_check(files, private));
        let Some(root) = root_object(files, path) else {
            return Self { private, private_url_check, broken: true, ..Self::default() };
        };
        // An empty value means "not set", as in DevTools.
        let text = |key| root.get(key).and_then(Json::as_str).filter(|text| !text.is_empty());
        let folder = |key| text(key).and_then(|value| base.join(value));
        Self {
            miniprogram_root: folder("miniprogramRoot"),
            source_root: folder("srcMiniprogramRoot"),
            names_root: text("miniprogramRoot").is_some(),
            plugin_root: folder("pluginRoot"),
            compile_type: text("compileType").map(Box::from),
            name: Named::at(path, root, "projectname"),
            appid: private
                .as_ref()
                .and_then(|private| appid(files, private, "appid"))
                .or_else(|| appid(files, path, "appid")),
            plugin_appid: appid(files, path, "pluginAppid"),
            lib_version: Named::at(path, root, "libVersion"),
            url_check: url_check(files, path),
            private_url_check,
            server_roots: SERVER_ROOTS.into_iter().filter_map(folder).collect(),
            pack: root.get("packOptions").map(PackOptions::read).unwrap_or_default(),
            private,
            broken: false,
        }
    }
}

/// The file's value when it is an object.
pub(super) fn root_object<'a>(files: &'a Files, path: &FilePath) -> Option<&'a Json> {
    files.manifest(path)?.root.as_ref().filter(|root| root.is_object())
}

fn appid(files: &Files, path: &FilePath, key: &str) -> Option<Named> {
    Named::at(path, root_object(files, path)?, key).filter(|appid| !appid.name.is_empty())
}

fn url_check(files: &Files, path: &FilePath) -> Option<Switch> {
    let value = root_object(files, path)?.at(&["setting", "urlCheck"])?;
    Some(Switch { on: value.as_bool()?, place: Place::new(path, value.span) })
}

//! One mini-program: where it stands and what it declares. It is read from manifests alone, so
//! rebuilding it after every edit costs next to nothing; scripts and templates are asked only by
//! the methods that say so.

use super::Files;
use super::app::{AppManifest, ComponentUse, Field, Permission, PluginUse};
use super::config::{Config, Named, Switch, root_object};
use super::discover::NPM_FOLDERS;
use super::framework::Framework;
use super::pack_options::PackOptions;
use super::pages::{Page, Subpackage};
use super::plugin::Plugin;
use super::sources::Sources;
use crate::facts::manifest::Json;
use crate::finding::Place;
use crate::path::FilePath;

/// A mini-program, or a plugin with its demo host.
#[derive(Clone, Debug)]
pub struct Program {
    /// The folder that is uploaded: `miniprogramRoot`.
    pub root: FilePath,
    /// The folder of project.config.json; the root when there is none.
    pub base: FilePath,
    /// What kind of program it is.
    pub kind: ProgramKind,
    /// project.config.json.
    pub config: Option<FilePath>,
    /// The name that the project file gives it.
    pub name: Option<Named>,
    /// project.private.config.json.
    pub private_config: Option<FilePath>,
    /// app.json.
    pub app: Option<FilePath>,
    /// app.ts or app.js.
    pub app_script: Option<FilePath>,
    /// What app.json declares; empty where there is none.
    pub app_manifest: AppManifest,
    /// What ext.json declares; only when its `extEnable` is true.
    pub ext_manifest: Option<AppManifest>,
    /// The plugin, when the project has one.
    pub plugin: Option<Plugin>,
    /// What a framework makes the program from; `None` for a program that is written for WeChat
    /// itself.
    pub sources: Option<Sources>,
    /// The framework whose output this is.
    pub built_by: Option<Framework>,
    /// `appid`: the private project file's, else the committed one's.
    pub appid: Option<Named>,
    /// `libVersion`: of the developer tools, not of the users.
    pub lib_version: Option<Named>,
    /// `setting.urlCheck` of the committed project file.
    pub url_check: Option<Switch>,
    /// `setting.urlCheck` of the private project file, which wins.
    pub private_url_check: Option<Switch>,
    /// Folders of server code.
    pub server_roots: Vec<FilePath>,
    /// What is wrong with the manifests, in the order they are read.
    pub problems: Vec<ProgramProblem>,
    /// `packOptions`.
    pub pack: PackOptions,
    /// The territories of other programs inside this one.
    pub(super) nested: Vec<FilePath>,
}

/// What kind of program it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramKind {
    /// A mini-program.
    MiniProgram,
    /// `compileType: "plugin"`: the plugin is the product, the mini-program its demo host.
    Plugin,
}

/// Something wrong with a program's manifests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramProblem {
    /// Where: the beginning of the file, or the value of the wrong kind.
    pub place: Place,
    /// What.
    pub kind: ProgramProblemKind,
}

/// The kinds of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramProblemKind {
    /// There is no app.json; the place is where it should be.
    AppMissing,
    /// app.json is empty, broken or no object.
    AppUnreadable,
    /// app.json names no page.
    NoPages,
    /// project.config.json is empty, broken or no object.
    ConfigUnreadable,
    /// ext.json is empty, broken or no object.
    ExtUnreadable,
    /// plugin.json is empty, broken or no object.
    PluginUnreadable,
}

/// Whose a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The program's own code, as uploaded.
    Client,
    /// The plugin's code: it has its own lists and limits.
    Plugin,
    /// A worker's code: it has no `wx` interface at all.
    Worker,
    /// Server code: no client rule applies.
    Server,
    /// Left out of the upload by `packOptions`.
    Ignored,
    /// Not this program's.
    Foreign,
}

impl Program {
    /// Reads the program at `root` from its manifests.
    pub(super) fn read(
        files: &Files,
        config_file: Option<&FilePath>,
        config: Config,
        base: &FilePath,
        root: &FilePath,
    ) -> Self {
        let existing =
            |folder: &FilePath, name: &str| folder.join(name).filter(|path| files.contains(path));
        let mut problems = Vec::new();
        let mut problem = |file: &FilePath, kind| {
            problems.push(ProgramProblem { place: Place::start_of(file), kind });
        };
        if let Some(file) = config_file.filter(|_| config.broken) {
            problem(file, ProgramProblemKind::ConfigUnreadable);
        }
        let is_plugin = config.compile_type.as_deref() == Some("plugin");
        let plugin = config.plugin_root.as_ref().and_then(|plugin_root| {
            let file = existing(plugin_root, "plugin.json")?;
            if root_object(files, &file).is_none() {
                problem(&file, ProgramProblemKind::PluginUnreadable);
            }
            let appid =
                config.plugin_appid.clone().or_else(|| config.appid.clone().filter(|_| is_plugin));
            Some(Plugin::read(files, &file, appid))
        });
        let app = existing(root, "app.json");
        let app_path =
            app.clone().or_else(|| root.join("app.json")).unwrap_or_else(|| root.clone());
        let app_manifest = AppManifest::read(files, &app_path, root);
        if app.is_none() {
            if plugin.is_none() {
                problem(&app_path, ProgramProblemKind::AppMissing);
            }
        } else if root_object(files, &app_path).is_none() {
            problem(&app_path, ProgramProblemKind::AppUnreadable);
        } else if app_manifest.pages.is_empty() {
            problem(&app_path, ProgramProblemKind::NoPages);
        }
        let ext_manifest = existing(root, "ext.json").and_then(|file| {
            let Some(json) = root_object(files, &file) else {
                problem(&file, ProgramProblemKind::ExtUnreadable);
                return None;
            };
            json.get("extEnable")
                .and_then(Json::as_bool)?
                .then(|| AppManifest::read(files, &file, root))
        });
        Self {
            root: root.clone(),
            base: base.clone(),
            kind: if is_plugin { ProgramKind::Plugin } else { ProgramKind::MiniProgram },
            config: config_file.cloned(),
            name: config.name,
            private_config: config.private,
            app_script: existing(root, "app.ts").or_else(|| existing(root, "app.js")),
            app,
            app_manifest,
            ext_manifest,
            // A root that holds the program would leave nothing to look at.
            server_roots: config
                .server_roots
                .into_iter()
                .chain(cloud_functions(files, base))
                .filter(|server| !root.is_within(server))
                .collect(),
            plugin,
            sources: None,
            built_by: None,
            appid: config.appid,
            lib_version: config.lib_version,
            url_check: config.url_check,
            private_url_check: config.private_url_check,
            problems,
            pack: config.pack,
            nested: Vec::new(),
        }
    }

    /// The program at `root` of the project in `base` whose manifests are read already.
    #[allow(clippy::too_many_arguments)] // It is what reading gives, not a choice of the caller.
    pub(super) fn assemble(
        files: &Files,
        config: Config,
        base: &FilePath,
        root: &FilePath,
        app_manifest: AppManifest,
        app_script: Option<FilePath>,
        problems: Vec<ProgramProblem>,
        sources: Sources,
    ) -> Self {
        let servers = config.server_roots.into_iter().chain(cloud_functions(files, root));
        Self {
            root: root.clone(),
            base: base.clone(),
            kind: ProgramKind::MiniProgram,
            config: None,
            name: config.name,
            private_config: None,
            app_script,
            app: Some(app_manifest.file.clone()),
            app_manifest,
            ext_manifest: None,
            server_roots: servers.filter(|server| !root.is_within(server)).collect(),
            plugin: None,
            sources: Some(sources),
            built_by: None,
            appid: config.appid,
            lib_version: config.lib_version,
            url_check: config.url_check,
            private_url_check: None,
            problems,
            pack: config.pack,
            nested: Vec::new(),
        }
    }

    /// The pages, main package first. ext.json can only choose among them, so app.json's count.
    pub fn pages(&self) -> &[Page] {
        match &self.ext_manifest {
            Some(ext) if self.app_manifest.pages.is_empty() => &ext.pages,
            _ => &self.app_manifest.pages,
        }
    }

    /// The scripts that run before any page: the app's own first.
    pub fn entry_scripts(&self) -> impl Iterator<Item = &FilePath> {
        let others = self.sources.as_ref().map_or(&[][..], |sources| &sources.scripts);
        self.app_script.iter().chain(others)
    }

    /// The subpackages; [`Page::subpackage`] is an index of these.
    pub fn subpackages(&self) -> &[Subpackage] {
        match &self.ext_manifest {
            Some(ext) if self.app_manifest.pages.is_empty() => &ext.subpackages,
            _ => &self.app_manifest.subpackages,
        }
    }

    /// The subpackage that a file lies in: the one with the deepest root.
    pub fn subpackage_of(&self, path: &FilePath) -> Option<&Subpackage> {
        self.subpackages()
            .iter()
            .filter(|subpackage| path.is_within(&subpackage.root))
            .max_by_key(|subpackage| subpackage.root.as_str().len())
    }

    /// The components that every page and component knows: app.json's, and those that ext.json adds
    /// or replaces.
    pub fn using_components(&self) -> impl Iterator<Item = &ComponentUse> {
        let ext = self.ext_manifest.as_ref().map_or(&[][..], |ext| &ext.using_components);
        let kept = self
            .app_manifest
            .using_components
            .iter()
            .filter(move |entry| ext.iter().all(|over| over.tag != entry.tag));
        ext.iter().chain(kept)
    }

    /// The plugins that the program uses.
    pub fn plugins(&self) -> &[PluginUse] {
        &self.app_manifest.plugins
    }

    /// The manifest that counts for `field`: ext.json when it repeats the field, else app.json.
    /// A release through a third-party platform replaces ext.json by what is sent along.
    pub fn effective(&self, field: Field) -> &AppManifest {
        self.ext_manifest.as_ref().filter(|ext| ext.declares(field)).unwrap_or(&self.app_manifest)
    }

    /// `requiredPrivateInfos` of the manifest that counts.
    pub fn required_private_infos(&self) -> &[Named] {
        let field = Field::RequiredPrivateInfos;
        self.effective(field).required_private_infos.as_deref().unwrap_or_default()
    }

    /// `permission` of the manifest that counts.
    pub fn permission(&self) -> &[Permission] {
        self.effective(Field::Permission).permission.as_deref().unwrap_or_default()
    }

    /// `requiredBackgroundModes` of the manifest that counts.
    pub fn required_background_modes(&self) -> &[Named] {
        let field = Field::RequiredBackgroundModes;
        self.effective(field).required_background_modes.as_deref().unwrap_or_default()
    }

    /// `componentFramework`: `exparser` unless the app says otherwise.
    pub fn component_framework(&self) -> &str {
        let of = |manifest: &AppManifest| manifest.component_framework.is_some();
        let manifest =
            self.ext_manifest.as_ref().filter(|ext| of(ext)).unwrap_or(&self.app_manifest);
        manifest.component_framework.as_deref().unwrap_or("exparser")
    }

    /// The folder of the workers.
    pub fn workers(&self) -> Option<&FilePath> {
        self.app_manifest.workers.as_ref()
    }

    /// The value of `setting.urlCheck` that the developer tools go by: the private one, else the
    /// committed one.
    pub fn effective_url_check(&self) -> Option<&Switch> {
        self.private_url_check.as_ref().or(self.url_check.as_ref())
    }

    /// Whether `packOptions` leaves the file out of the upload.
    pub fn pack_ignored(&self, path: &FilePath) -> bool {
        path.relative_to(&self.root).is_some_and(|relative| self.pack.ignores(relative))
    }

    /// Whose the file at `path` is, as this program sees it.
    pub fn owns(&self, path: &FilePath) -> Ownership {
        let within = |folders: &[FilePath]| folders.iter().any(|folder| path.is_within(folder));
        if within(&self.nested) {
            return Ownership::Foreign;
        }
        if self.is_apart(path) {
            return Ownership::Foreign;
        }
        if within(&self.server_roots) {
            return Ownership::Server;
        }
        let in_plugin = self.plugin.as_ref().is_some_and(|plugin| path.is_within(&plugin.root));
        if !in_plugin && !path.is_within(&self.root) {
            return Ownership::Foreign;
        }
        // `node_modules` is never compiled; what is built from it lies in `miniprogram_npm`.
        if path.segments().any(|segment| segment == NPM_FOLDERS[1]) {
            return Ownership::Foreign;
        }
        if in_plugin {
            return Ownership::Plugin;
        }
        if self.pack_ignored(path) {
            return Ownership::Ignored;
        }
        if self.workers().is_some_and(|workers| path.is_within(workers)) {
            return Ownership::Worker;
        }
        Ownership::Client
    }

    /// The folder that `/…` means in `file`: the plugin's root for its files, else the program's.
    pub fn root_for(&self, file: &FilePath) -> &FilePath {
        match &self.plugin {
            Some(plugin) if file.is_within(&plugin.root) => &plugin.root,
            _ => &self.root,
        }
    }

    /// Whether a script never runs because its TypeScript twin is compiled in its place.
    pub fn is_shadowed(&self, files: &Files, path: &FilePath) -> bool {
        path.extension() == "js" && files.contains(&path.without_extension().with_extension("ts"))
    }
}

/// The package that server code of cloud functions asks for, and client code cannot.
const SERVER_SDK: &str = "wx-server-sdk";

/// Folders below `base` whose package.json asks for the server's SDK: server code, also where no
/// project file says so.
fn cloud_functions<'a>(
    files: &'a Files,
    base: &'a FilePath,
) -> impl Iterator<Item = FilePath> + 'a {
    files.within(base).filter(|file| file.path.file_name() == "package.json").filter_map(|file| {
        let root = root_object(files, &file.path)?;
        root.at(&["dependencies", SERVER_SDK]).map(|_| file.path.parent())
    })
}

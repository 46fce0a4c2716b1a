//! What `app.json` declares; `ext.json` too, since any field of the one may be repeated in the
//! other. A field that is absent and a field that is empty are told apart (`None`, empty), because
//! for `ext.json` the difference decides which file counts.

use super::Files;
use super::config::{Named, root_object};
use super::pages::{Page, Subpackage, read_pages};
use crate::facts::manifest::{Json, Member};
use crate::finding::Place;
use crate::path::FilePath;

/// A member of `usingComponents`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentUse {
    /// The tag.
    pub tag: Box<str>,
    /// The path as written.
    pub path: Box<str>,
    /// The path's place, quotes included.
    pub place: Place,
}

/// A member of `permission`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The scope, e.g. `scope.userLocation`.
    pub scope: Box<str>,
    /// What `desc` says; `None` when it is absent or no string.
    pub desc: Option<Named>,
    /// The scope's place, quotes included.
    pub place: Place,
}

/// A member of `plugins`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginUse {
    /// The name that the program gives the plugin.
    pub alias: Box<str>,
    /// The plugin's appid.
    pub provider: Option<Box<str>>,
    /// The version asked for.
    pub version: Option<Box<str>>,
    /// The alias' place, quotes included.
    pub place: Place,
}

/// What one manifest of the app declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppManifest {
    /// The file that declares what the platform gates.
    pub file: FilePath,
    /// The keys that lead to the object of that file which declares it; none for the whole file.
    pub within: &'static [&'static str],
    /// The file that lists the pages, where it is another one.
    pub pages_file: Option<FilePath>,
    /// The title that pages have by default.
    pub title: Option<Named>,
    /// The texts of the tab bar.
    pub tabs: Vec<Named>,
    /// Pages of the main package and of all subpackages, in order.
    pub pages: Vec<Page>,
    /// `subpackages`, or `subPackages`.
    pub subpackages: Vec<Subpackage>,
    /// `usingComponents`: known to every page and component.
    pub using_components: Vec<ComponentUse>,
    /// `resolveAlias`: key and value as written.
    pub resolve_alias: Vec<(Box<str>, Box<str>)>,
    /// `plugins`, those of subpackages included.
    pub plugins: Vec<PluginUse>,
    /// `useExtendedLib`: names of the libraries that need no files.
    pub extended_libraries: Vec<Box<str>>,
    /// `requiredPrivateInfos`; `None` when the field is absent.
    pub required_private_infos: Option<Vec<Named>>,
    /// `permission`; `None` when the field is absent.
    pub permission: Option<Vec<Permission>>,
    /// `requiredBackgroundModes`; `None` when the field is absent.
    pub required_background_modes: Option<Vec<Named>>,
    /// `workers`: the folder.
    pub workers: Option<FilePath>,
    /// `componentFramework`.
    pub component_framework: Option<Box<str>>,
    /// `tabBar.custom`.
    pub custom_tab_bar: bool,
}

/// A field of the app's manifest that `ext.json` may take over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `requiredPrivateInfos`
    RequiredPrivateInfos,
    /// `permission`
    Permission,
    /// `requiredBackgroundModes`
    RequiredBackgroundModes,
}

impl Field {
    /// The field of this key.
    pub fn of_key(key: &str) -> Option<Self> {
        let all = [Self::RequiredPrivateInfos, Self::Permission, Self::RequiredBackgroundModes];
        all.into_iter().find(|field| field.key() == key)
    }

    /// The key in the manifest.
    pub fn key(self) -> &'static str {
        match self {
            Self::RequiredPrivateInfos => "requiredPrivateInfos",
            Self::Permission => "permission",
            Self::RequiredBackgroundModes => "requiredBackgroundModes",
        }
    }
}

/// The key of a page's title.
pub(super) const TITLE: &str = "navigationBarTitleText";

impl AppManifest {
    /// Reads the manifest at `file` of the program at `root`. What is not there, or not of its
    /// kind, is left out.
    pub(super) fn read(files: &Files, file: &FilePath, root: &FilePath) -> Self {
        let mut manifest = Self::empty(file);
        if let Some(json) = root_object(files, file) {
            manifest.read_pages(file, json, "window", root);
            manifest.using_components = component_uses(file, json);
            manifest.read_declarations(file, json, root);
        }
        manifest
    }

    /// Reads what `json` of `file` says of pages. `usual` is the key of what all pages have in
    /// common.
    pub(super) fn read_pages(
        &mut self,
        file: &FilePath,
        json: &Json,
        usual: &str,
        root: &FilePath,
    ) {
        (self.pages, self.subpackages) = read_pages(file, json, root);
        self.title = json.get(usual).and_then(|it| Named::at(file, it, TITLE));
        let tabs = json.at(&["tabBar", "list"]).map(Json::elements).unwrap_or_default();
        self.tabs = tabs.iter().filter_map(|tab| Named::at(file, tab, "text")).collect();
        self.custom_tab_bar =
            json.at(&["tabBar", "custom"]).and_then(Json::as_bool).unwrap_or(false);
    }

    /// Reads what the object `json` of `file` declares.
    pub(super) fn read_declarations(&mut self, file: &FilePath, json: &Json, root: &FilePath) {
        let manifest = self;
        manifest.resolve_alias = json
            .get("resolveAlias")
            .map(Json::members)
            .unwrap_or_default()
            .iter()
            .filter_map(|member| Some((member.key.clone(), member.value.as_str()?.into())))
            .collect();
        manifest.plugins = plugins(file, json);
        for key in ["subpackages", "subPackages"] {
            for subpackage in json.get(key).map(Json::elements).unwrap_or_default() {
                manifest.plugins.extend(plugins(file, subpackage));
            }
        }
        manifest.extended_libraries = json
            .get("useExtendedLib")
            .map(Json::members)
            .unwrap_or_default()
            .iter()
            .filter(|member| member.value.as_bool() != Some(false))
            .map(|member| member.key.clone())
            .collect();
        manifest.required_private_infos = names(file, json, Field::RequiredPrivateInfos.key());
        manifest.required_background_modes =
            names(file, json, Field::RequiredBackgroundModes.key());
        manifest.permission = json
            .get(Field::Permission.key())
            .map(|value| value.members().iter().map(|member| permission(file, member)).collect());
        manifest.workers = json
            .get("workers")
            .and_then(|value| value.as_str().or_else(|| value.get("path")?.as_str()))
            .filter(|folder| !folder.is_empty())
            .and_then(|folder| root.join(folder));
        manifest.component_framework =
            json.get("componentFramework").and_then(Json::as_str).map(Box::from);
    }

    pub(super) fn empty(file: &FilePath) -> Self {
        Self {
            file: file.clone(),
            within: &[],
            pages_file: None,
            title: None,
            tabs: Vec::new(),
            pages: Vec::new(),
            subpackages: Vec::new(),
            using_components: Vec::new(),
            resolve_alias: Vec::new(),
            plugins: Vec::new(),
            extended_libraries: Vec::new(),
            required_private_infos: None,
            permission: None,
            required_background_modes: None,
            workers: None,
            component_framework: None,
            custom_tab_bar: false,
        }
    }

    /// The object that declares what the platform gates.
    pub fn declarations<'f>(&self, files: &'f Files) -> Option<&'f Json> {
        files.manifest(&self.file)?.root.as_ref()?.at(self.within)
    }

    /// The keys that lead to `field` in the file.
    pub fn keys_of(&self, field: Field) -> Vec<&'static str> {
        self.within.iter().copied().chain([field.key()]).collect()
    }

    /// Whether this manifest has `field`, empty or not.
    pub fn declares(&self, field: Field) -> bool {
        match field {
            Field::RequiredPrivateInfos => self.required_private_infos.is_some(),
            Field::Permission => self.permission.is_some(),
            Field::RequiredBackgroundModes => self.required_background_modes.is_some(),
        }
    }
}

/// The `usingComponents` of a manifest of any level, in order.
pub(super) fn component_uses(file: &FilePath, json: &Json) -> Vec<ComponentUse> {
    json.get("usingComponents")
        .map(Json::members)
        .unwrap_or_default()
        .iter()
        .filter_map(|member| {
            Some(ComponentUse {
                tag: member.key.clone(),
                path: member.value.as_str()?.into(),
                place: Place::new(file, member.value.span),
            })
        })
        .collect()
}

fn names(file: &FilePath, json: &Json, key: &str) -> Option<Vec<Named>> {
    let value = json.get(key)?;
    Some(
        value
            .strings()
            .map(|(name, span)| Named { name: name.into(), place: Place::new(file, span) })
            .collect(),
    )
}

fn permission(file: &FilePath, member: &Member) -> Permission {
    Permission {
        scope: member.key.clone(),
        desc: Named::at(file, &member.value, "desc"),
        place: Place::new(file, member.key_span),
    }
}

fn plugins(file: &FilePath, json: &Json) -> Vec<PluginUse> {
    let text = |member: &Member, key| member.value.get(key).and_then(Json::as_str).map(Box::from);
    json.get("plugins")
        .map(Json::members)
        .unwrap_or_default()
        .iter()
        .map(|member| PluginUse {
            alias: member.key.clone(),
            provider: text(member, "provider"),
            version: text(member, "version"),
            place: Place::new(file, member.key_span),
        })
        .collect()
}

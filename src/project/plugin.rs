//! A plugin: what plugin.json declares. Only what it declares public can be reached from outside.

use super::Files;
use super::config::{Named, root_object};
use crate::facts::manifest::{Json, Member};
use crate::finding::Place;
use crate::path::FilePath;

/// A plugin's manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    /// The folder: `pluginRoot`.
    pub root: FilePath,
    /// plugin.json.
    pub file: FilePath,
    /// The plugin's own appid, by which its domains are registered.
    pub appid: Option<Named>,
    /// `publicComponents`.
    pub public_components: Vec<PluginEntry>,
    /// `pages`.
    pub pages: Vec<PluginEntry>,
    /// `main`: the script that the plugin exports.
    pub main: Option<FilePath>,
}

/// Something that a plugin gives to its hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginEntry {
    /// The name it is given under.
    pub name: Box<str>,
    /// The path that its files share.
    pub stem: FilePath,
    /// The path's place, quotes included.
    pub place: Place,
}

impl Plugin {
    /// Reads the plugin whose manifest is `file`.
    pub(super) fn read(files: &Files, file: &FilePath, appid: Option<Named>) -> Self {
        let root = file.parent();
        let json = root_object(files, file);
        let entries = |key| {
            let members = json.and_then(|json| json.get(key)).map(Json::members);
            let entry = |member: &Member| {
                let path = member.value.as_str()?;
                Some(PluginEntry {
                    name: member.key.clone(),
                    stem: root.join(path).filter(|stem| stem.is_within(&root))?,
                    place: Place::new(file, member.value.span),
                })
            };
            members.unwrap_or_default().iter().filter_map(entry).collect()
        };
        Self {
            public_components: entries("publicComponents"),
            pages: entries("pages"),
            main: json
                .and_then(|json| json.get("main")?.as_str())
                .and_then(|main| root.join(main))
                .filter(|main| main.is_within(&root)),
            root,
            file: file.clone(),
            appid,
        }
    }
}

//! Frameworks that generate the mini-program. Their sources (`.vue`, `.tsx`, `.mpx`) are not what
//! the platform runs, so they are named, not analysed; a build output in the tree is.

use super::Files;
use super::config::root_object;
use super::discover::is_vendored;
use crate::facts::manifest::Json;
use crate::path::FilePath;

/// A framework whose sources become a mini-program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Framework {
    /// Chameleon.
    Chameleon,
    /// kbone.
    Kbone,
    /// mpvue.
    Mpvue,
    /// Mpx.
    Mpx,
    /// Remax.
    Remax,
    /// Taro.
    Taro,
    /// uni-app.
    UniApp,
    /// `WePY`.
    Wepy,
}

/// The npm package that only an app written in the framework depends on. Sorted by package.
/// Source: the packages' own descriptions on npm.
const MARKS: &[(&str, Framework)] = &[
    ("@dcloudio/uni-app", Framework::UniApp),
    ("@dcloudio/uni-mp-weixin", Framework::UniApp),
    ("@mpxjs/core", Framework::Mpx),
    ("@tarojs/taro", Framework::Taro),
    ("@wepy/core", Framework::Wepy),
    ("chameleon-runtime", Framework::Chameleon),
    ("mp-webpack-plugin", Framework::Kbone),
    ("mpvue", Framework::Mpvue),
    ("remax", Framework::Remax),
    ("wepy", Framework::Wepy),
];

impl Framework {
    /// The name as its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chameleon => "Chameleon",
            Self::Kbone => "kbone",
            Self::Mpvue => "mpvue",
            Self::Mpx => "Mpx",
            Self::Remax => "Remax",
            Self::Taro => "Taro",
            Self::UniApp => "uni-app",
            Self::Wepy => "WePY",
        }
    }

    /// The version that package.json in `folder` asks for.
    pub(super) fn version_in(self, files: &Files, folder: &FilePath) -> Option<Box<str>> {
        let json = root_object(files, &folder.join("package.json")?)?;
        let own = MARKS.iter().filter(|(_, framework)| *framework == self);
        own.flat_map(|(name, _)| ["dependencies", "devDependencies"].map(|key| [key, *name]))
            .find_map(|keys| json.at(&keys)?.as_str())
            .map(Box::from)
    }

    /// The framework that the project in `folder` itself is written in: by its package.json, or by
    /// the two manifests of uni-app.
    pub(super) fn of_folder(files: &Files, folder: &FilePath) -> Option<Self> {
        let by_package = folder.join("package.json").and_then(|package| {
            let json = root_object(files, &package)?;
            MARKS.iter().find_map(|&(name, framework)| {
                ["dependencies", "devDependencies"]
                    .iter()
                    .any(|&key| json.at(&[key, name]).is_some())
                    .then_some(framework)
            })
        });
        by_package.or_else(|| {
            ["", "src"].iter().find_map(|source| {
                let manifest = root_object(files, &folder.join(source)?.join("manifest.json")?)?;
                let pages = root_object(files, &folder.join(source)?.join("pages.json")?)?;
                let is_uni = pages.get("pages").is_some_and(Json::is_array)
                    && ["mp-weixin", "vueVersion", "uni-app", "appid"]
                        .iter()
                        .any(|&key| manifest.get(key).is_some());
                is_uni.then_some(Self::UniApp)
            })
        })
    }

    /// The framework that the project around `folder` is written in: the nearest folder that says
    /// so, `folder` itself first, up to the first package.json that names none.
    pub(super) fn around(files: &Files, folder: &FilePath) -> Option<(FilePath, Self)> {
        let mut folder = folder.clone();
        loop {
            if let Some(framework) = Self::of_folder(files, &folder) {
                return Some((folder, framework));
            }
            let ends = folder.join("package.json").is_some_and(|package| files.contains(&package));
            if ends || folder == FilePath::root() {
                return None;
            }
            folder = folder.parent();
        }
    }

    /// Every folder whose project is written in a framework, by path.
    pub(super) fn folders(files: &Files) -> Vec<(FilePath, Self)> {
        let mut folders: Vec<FilePath> = files
            .iter()
            .filter(|file| !is_vendored(&file.path))
            .filter_map(|file| match file.path.file_name() {
                "pages.json" if file.path.parent().file_name() == "src" => {
                    Some(file.path.parent().parent())
                }
                "package.json" | "pages.json" => Some(file.path.parent()),
                _ => None,
            })
            .collect();
        folders.sort();
        folders.dedup();
        folders
            .into_iter()
            .filter_map(|folder| Some((folder.clone(), Self::of_folder(files, &folder)?)))
            .collect()
    }
}

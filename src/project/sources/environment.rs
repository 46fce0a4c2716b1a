//! The files that give a build its environment: `.env`, `.env.production`, `.env.local`.
//!
//! Source: Vite's and Vue CLI's documentation of modes and environment variables; of Taro the same.

use crate::path::FilePath;
use crate::project::Files;
use crate::syntax::Kind;

/// A file that gives a build its environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The file.
    pub file: FilePath,
    /// The mode that it is for; `None` for all of them.
    pub mode: Option<Box<str>>,
    /// Whether it is of one machine only, and goes before what is of all.
    local: bool,
}

/// Modes that a release is built in.
const RELEASE: [&str; 3] = ["prod", "production", "release"];
/// The folder that some templates keep them in.
const FOLDER: &str = "env";

impl Environment {
    /// Whether a release takes its names from here.
    pub fn is_of_release(&self) -> bool {
        self.mode.as_ref().is_none_or(|mode| RELEASE.contains(&&**mode))
    }

    /// How near it is to a build: what is nearer goes first.
    pub fn rank(&self) -> u8 {
        match (&self.mode, self.local) {
            (Some(_), true) => 0,
            (Some(_), false) => 1,
            (None, true) => 2,
            (None, false) => 3,
        }
    }
}

/// The files of the project in `folder`, the nearest first.
pub(super) fn of_project(files: &Files, folder: &FilePath) -> Vec<Environment> {
    let folders = [Some(folder.clone()), folder.join(FOLDER), folder.join("src")];
    let mut found: Vec<Environment> = files
        .within(folder)
        .filter(|file| file.kind == Kind::Environment)
        .filter(|file| folders.contains(&Some(file.path.parent())))
        .map(|file| {
            let words: Vec<&str> = file.path.file_name().split('.').skip(2).collect();
            let local = words.last() == Some(&"local");
            let mode = words.first().filter(|word| **word != "local").map(|word| (*word).into());
            Environment { file: file.path.clone(), mode, local }
        })
        .collect();
    found.sort_by(|a, b| (a.rank(), &a.file).cmp(&(b.rank(), &b.file)));
    found
}

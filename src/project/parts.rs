//! The files of a page or component: template, script, settings – each in a file of its own, or
//! several in one.

use super::app::TITLE;
use super::config::{Named, root_object};
use super::{Files, Page, Program};
use crate::path::FilePath;

/// Extensions of files that hold a component whole.
const SINGLE_FILES: [&str; 3] = ["vue", "nvue", "mpx"];
/// Extensions of files that hold the script of a component, the winning one first.
const SCRIPTS: [&str; 5] = ["vue", "nvue", "mpx", "ts", "js"];

/// The first file of `stem` that is there.
fn first_of(files: &Files, stem: &FilePath, extensions: &[&str]) -> Option<FilePath> {
    let all = extensions.iter().map(|extension| stem.with_extension(extension));
    all.into_iter().find(|path| files.contains(path))
}

impl Program {
    /// The script of a page or component: one with its template in the same file comes first, and
    /// `.ts` wins over `.js`.
    pub fn script_of(&self, files: &Files, stem: &FilePath) -> Option<FilePath> {
        first_of(files, stem, &SCRIPTS)
    }

    /// The template of a page or component, which may not be there.
    pub fn template_of(&self, files: &Files, stem: &FilePath) -> FilePath {
        first_of(files, stem, &SINGLE_FILES).unwrap_or_else(|| stem.with_extension("wxml"))
    }

    /// The settings of a page or component, which may not be there.
    pub fn manifest_of(&self, files: &Files, stem: &FilePath) -> FilePath {
        let with_settings =
            first_of(files, stem, &SINGLE_FILES).filter(|file| files.manifest(file).is_some());
        with_settings.unwrap_or_else(|| stem.with_extension("json"))
    }

    /// The files of a page or component that are there: settings, template, script; one that holds
    /// several of them once.
    pub fn parts_of(&self, files: &Files, stem: &FilePath) -> Vec<FilePath> {
        let mut parts: Vec<FilePath> = Vec::new();
        let settings = self.manifest_of(files, stem);
        let all = [settings, self.template_of(files, stem)].into_iter();
        for part in all.chain(self.script_of(files, stem)) {
            if !parts.contains(&part) && files.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }

    /// The title of a page: its own settings', else that of the list of pages.
    pub fn title_of(&self, files: &Files, page: &Page) -> Option<Named> {
        let file = self.manifest_of(files, &page.stem);
        let own = root_object(files, &file).and_then(|json| Named::at(&file, json, TITLE));
        own.or_else(|| page.title.clone())
    }
}

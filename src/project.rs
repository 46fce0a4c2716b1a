//! What the workspace is: its files, and the mini-programs in them. Everything here follows from
//! the files at hand, without a disk; asking again gives the same answer.

pub mod app;
pub mod components;
pub mod config;
pub mod date;
mod discover;
pub mod domains;
pub mod files;
pub mod framework;
pub mod guide;
pub mod import_paths;
mod loaded;
mod modules;
pub mod notice;
pub mod pack_options;
pub mod packages;
pub mod pages;
mod parts;
pub mod plugin;
pub mod program;
pub mod resolution_config;
mod sources;
mod templates;

pub use app::{AppManifest, ComponentUse, Field, Permission, PluginUse};
pub use components::{ComponentEdge, ComponentTarget};
pub use config::{Named, Switch};
pub use date::Day;
pub use domains::{DomainList, RegisteredDomains};
pub use files::{Encoding, File, Files, ReadError};
pub use framework::Framework;
pub use guide::PrivacyGuide;
pub use import_paths::{DependencyEdges, ImportPath, ImportPaths};
pub use notice::{Notice, NoticeKind};
pub use packages::Package;
pub use pages::{Page, Subpackage};
pub use plugin::{Plugin, PluginEntry};
pub use program::{Ownership, Program, ProgramKind, ProgramProblem, ProgramProblemKind};
pub use resolution_config::ResolutionConfig;
pub use sources::{Environment, Sources, TagRules};

use crate::path::FilePath;

/// The mini-programs of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The programs, by root.
    pub programs: Vec<Program>,
    /// What is to be said about the workspace as a whole, by folder.
    pub notices: Vec<Notice>,
}

impl Project {
    /// Finds the programs and reads their manifests; no script or template is parsed. O(files).
    pub fn resolve(files: &Files) -> Self {
        let (mut programs, notices) = discover::discover(files);
        let territories: Vec<(FilePath, FilePath)> =
            programs.iter().map(|program| (program.base.clone(), program.root.clone())).collect();
        for program in &mut programs {
            let mine = (program.base.clone(), program.root.clone());
            program.nested = territories
                .iter()
                .filter(|other| **other != mine)
                .flat_map(|(base, root)| [base, root])
                // Deeper than both of mine: what holds my own files is not inside me.
                .filter(|folder| !mine.0.is_within(folder) && !mine.1.is_within(folder))
                .filter(|folder| folder.is_within(&mine.0) || folder.is_within(&mine.1))
                .cloned()
                .collect();
        }
        Self { programs, notices }
    }

    /// Whether the file at `path` belongs to `program`, and to no deeper one.
    pub fn is_of(&self, program: &Program, path: &FilePath) -> bool {
        self.program_of(path)
            .is_some_and(|owner| owner.root == program.root && owner.base == program.base)
    }

    /// Whose the file at `path` is, as `program` sees it; `None` when it is no file of it, or one
    /// of a deeper program.
    pub fn ownership_in(&self, program: &Program, path: &FilePath) -> Option<Ownership> {
        let ownership = program.owns(path);
        let alone = self.programs.len() == 1;
        (ownership != Ownership::Foreign && (alone || self.is_of(program, path)))
            .then_some(ownership)
    }

    /// The program that the file at `path` belongs to, server code and ignored files included: the
    /// deepest one.
    pub fn program_of(&self, path: &FilePath) -> Option<&Program> {
        self.programs
            .iter()
            .filter(|program| program.owns(path) != Ownership::Foreign)
            .max_by_key(|program| program.root.as_str().len())
    }
}

#[cfg(test)]
mod tests;

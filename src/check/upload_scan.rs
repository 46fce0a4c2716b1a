//! What the platform will say about an upload: the kinds of information that its scan demands, and
//! those that it misses. This looks at every script of the upload, so a check makes it only where
//! there is a guide to compare with.

mod body;

pub use crate::content::declarations::{Provenance, RequiredDeclaration, Source};
pub use body::Difference;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::memo::Revision;
use super::project_files::{load_guide, load_settings};
use super::source_set::{SourceFile, SourceSet, packages};
use super::{Cancel, Cancelled, program, uses};
use crate::content::declarations::{self, PackagedReference, UploadScope};
use crate::path::FilePath;
use crate::project::{Files, ImportPaths, Ownership, Program, Project};
use crate::rules::LoadedGuide;
use crate::semantic::api_references::references_of_file;
use crate::semantic::api_use::ApiUse;
use crate::semantic::module_graph::ModuleGraph;

/// One program, as the platform will see it.
pub struct PlatformView {
    /// The folder of project.config.json, where its privacy guide stands.
    pub base: FilePath,
    /// What it has to declare, by privacy key.
    pub required_declarations: Vec<RequiredDeclaration>,
    /// Its privacy guide, when it is in the tree.
    pub guide: Option<LoadedGuide>,
    /// The file that a guide would be, or is.
    pub guide_file: Option<FilePath>,
    /// Privacy keys of everything that is used or typed, also where the official table does not ask
    /// for a declaration.
    pub used: BTreeSet<&'static str>,
}

/// How each program of a workspace will look to the platform, in the order of the programs.
///
/// # Errors
/// [`Cancelled`] when `cancel` asked to stop; nothing else can fail.
pub fn views(files: &Files, cancel: &Cancel) -> Result<Vec<PlatformView>, Cancelled> {
    let project = Project::resolve(files);
    let nothing = Revision::default();
    let view = |program: &Program| {
        let (settings, ..) = load_settings(files, program);
        let revision = nothing.program(&program.resolution_config(files));
        let packages = packages(files, program);
        let source_set = SourceSet::of(files, &project, program, &settings, &packages);
        let read = source_set.read();
        let modules = ModuleGraph::of(files, program);
        let mut import_paths = ImportPaths::new(program, files, None, [].iter());
        let prefilters = program::prefilters(&source_set, &revision);
        let uses =
            uses::collect_uses(&read, &modules, &mut import_paths, &prefilters, &revision, cancel)?
                .all;
        let fields = program::fields(&program::own(&read), &revision, cancel)?;
        let guide_file = settings
            .privacy_guide
            .clone()
            .or_else(|| program.base.join(crate::project::guide::DEFAULT_FILE));
        Ok(PlatformView {
            base: program.base.clone(),
            required_declarations: required_declarations(
                files,
                program,
                &read,
                &modules,
                &mut import_paths,
                &uses,
                cancel,
            )?,
            guide: load_guide(files, program, &settings),
            guide_file,
            used: uses
                .iter()
                .flat_map(|used| used.interface.information.iter().copied())
                .chain(
                    fields
                        .values()
                        .flat_map(|fields| fields.iter())
                        .filter_map(|field| field.kind.information),
                )
                .collect(),
        })
    };
    project.programs.iter().map(view).collect()
}

/// What `program` has to declare. O(text of the scripts).
pub(crate) fn required_declarations(
    files: &Files,
    program: &Program,
    read: &[&SourceFile<'_>],
    modules: &ModuleGraph<'_>,
    import_paths: &mut ImportPaths<'_>,
    uses: &[ApiUse],
    cancel: &Cancel,
) -> Result<Vec<RequiredDeclaration>, Cancelled> {
    let found: Result<Vec<_>, Cancelled> = read
        .par_iter()
        .filter(|member| member.ownership == Ownership::Client)
        .map(|member| {
            cancel.check()?;
            let built = program.built_by.is_some() || member.package.is_some();
            Ok((*member, references_of_file(modules, member.file, built)))
        })
        .collect();
    let mut referenced = Vec::new();
    for (member, references) in found?.into_iter().filter(|(_, references)| !references.is_empty())
    {
        let (package, chain) = uses::package_and_way(import_paths, member);
        referenced.extend(references.into_iter().map(|reference| PackagedReference {
            reference,
            package: package.clone(),
            chain: chain.to_vec(),
        }));
    }
    let standing = UploadScope {
        loaded: program.loaded(files),
        only_loaded: program.uploads_only_loaded(files),
    };
    Ok(declarations::required_declarations(uses, &referenced, &standing))
}

/// What to do about something that brings a kind of information in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// The program uses it: declare it, with its purpose.
    Declare,
    /// The platform's scan passes over it, so WeChat will not ask for it: declare it, with its
    /// purpose.
    DeclareUnasked,
    /// A package that the program loads brings it: declare it, name the package as a third party,
    /// or ask its makers.
    DeclareOrAsk,
    /// A part of a package that nothing loads: leave it out of the upload.
    DropFromPackage,
    /// A file of the program's own that nothing loads: delete it, or leave it out of the upload.
    DropFile,
}

impl Advice {
    /// What to do about `source`.
    pub fn of(source: &Source) -> Self {
        match (source.how, source.package.is_some()) {
            (Provenance::Unloaded, true) => Self::DropFromPackage,
            (Provenance::Unloaded, false) => Self::DropFile,
            (_, true) => Self::DeclareOrAsk,
            (_, false) if source.interface.scan_misses => Self::DeclareUnasked,
            (_, false) => Self::Declare,
        }
    }
}

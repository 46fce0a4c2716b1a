//! What one analysis leaves for the next. An answer is kept beside the very files it was read from
//! and counts only while all of them are still files of the workspace, so none can be stale;
//! whatever else an answer needs – the paths of all files, the footing of the program – is compared
//! as a whole, and a difference forgets everything.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::consent_pass::ConsentResults;
use super::prefilter::Prefilter;
use super::source_set::Packages;
use super::uses::{FileUses, ImporterSearch};
use crate::content::forms::FormField;
use crate::content::topics::FileSignals;
use crate::path::FilePath;
use crate::project::{DependencyEdges, File, Files, ResolutionConfig};
use crate::rules::Noted;
use crate::semantic::module_graph::{GlobalDeps, ModuleCache};

/// What an analysis of a workspace learnt. To be handed to the next one, which gives the same
/// report without it, later.
#[derive(Debug, Default)]
pub struct Memo {
    pub(crate) files: Files,
    pub(crate) programs: Vec<ProgramCache>,
}

impl Memo {
    /// A memory of nothing yet, for an analysis of `files`.
    pub(crate) fn of(files: &Files) -> Self {
        Self { files: files.clone(), programs: Vec::new() }
    }
}

/// What it learnt of one program.
#[derive(Debug)]
pub(crate) struct ProgramCache {
    pub(crate) resolution_config: ResolutionConfig,
    pub(crate) packages: Arc<Packages>,
    pub(crate) module_cache: ModuleCache,
    pub(crate) steps: DependencyEdges,
    pub(crate) prefilters: MemoizedMap<Prefilter>,
    pub(crate) uses: MemoizedMap<Arc<FileUses>>,
    pub(crate) waves: Vec<ImporterSearch>,
    pub(crate) consent_results: ConsentResults,
    pub(crate) noted: Arc<Noted>,
    pub(crate) fields: MemoizedMap<Arc<[FormField]>>,
    pub(crate) said: MemoizedMap<FileSignals>,
}

/// What of a memory still holds.
#[derive(Debug, Default)]
pub(crate) struct Revision<'m> {
    programs: &'m [ProgramCache],
    /// The files that were replaced since.
    edited: Vec<&'m Arc<File>>,
    /// Their addresses. They live in the memory, so that no newer file can have the address of one.
    gone: HashSet<usize>,
}

/// The part of a recall that is about one program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProgramMemo<'m> {
    /// What was learnt, answers about files included that no longer hold: these are asked for
    /// through the methods.
    pub(crate) before: Option<&'m ProgramCache>,
    revision: &'m Revision<'m>,
    /// Program-wide state that the edits changed.
    pub(crate) changed_globals: GlobalDeps,
}

impl<'m> Revision<'m> {
    /// What of `memo` holds for `files`.
    pub(crate) fn of(memo: Option<&'m Memo>, files: &Files) -> Self {
        let Some(memo) = memo else { return Self::default() };
        // Where a file came or went, any specifier may mean another file than before.
        let Some(edited) = files.edited_since(&memo.files) else { return Self::default() };
        let gone = edited.iter().map(|file| address(file)).collect();
        Self { programs: &memo.programs, edited, gone }
    }

    /// What holds of the program that stands on `resolution_config`.
    pub(crate) fn program<'r>(&'r self, resolution_config: &ResolutionConfig) -> ProgramMemo<'r> {
        let before =
            self.programs.iter().find(|program| program.resolution_config == *resolution_config);
        ProgramMemo { before, revision: self, changed_globals: GlobalDeps::default() }
    }
}

impl ProgramMemo<'_> {
    /// The answer of `answers` about `path`, if all that it was read from is still there.
    pub(crate) fn get_valid<T: Clone>(
        &self,
        answers: Option<&MemoizedMap<T>>,
        path: &FilePath,
    ) -> Option<Memoized<T>> {
        let answer = answers?.by_file.get(path)?;
        let holds = !answer.common.intersects(self.changed_globals)
            && answer.from.iter().all(|file| !self.revision.gone.contains(&address(file)));
        holds.then(|| answer.clone())
    }

    /// The files that were replaced since, as they were.
    pub(crate) fn edited(&self) -> impl Iterator<Item = &Arc<File>> {
        self.revision.edited.iter().copied()
    }

    /// An answer that `file` alone gives: that of `answers`, or else what is read now.
    pub(crate) fn of_file<T: Clone>(
        &self,
        answers: Option<&MemoizedMap<T>>,
        file: &Arc<File>,
        read: impl FnOnce() -> T,
    ) -> Memoized<T> {
        let known = self.get_valid(answers, &file.path);
        known.unwrap_or_else(|| Memoized::new(read(), vec![Arc::clone(file)]))
    }
}

/// Answers about single files.
#[derive(Debug)]
pub(crate) struct MemoizedMap<T> {
    by_file: HashMap<FilePath, Memoized<T>>,
}

/// An answer, and the files that it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Memoized<T> {
    pub(crate) value: T,
    from: Arc<[Arc<File>]>,
    /// What it was read from of what many scripts may say.
    common: GlobalDeps,
}

impl<T> MemoizedMap<T> {
    /// What was found out about each file, in no order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.by_file.values().map(|answer| &answer.value)
    }

    /// What was found out about each file, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&FilePath, &T)> {
        self.by_file.iter().map(|(path, answer)| (path, &answer.value))
    }

    /// What was found out about `path`.
    pub(crate) fn get(&self, path: &FilePath) -> Option<&T> {
        self.by_file.get(path).map(|answer| &answer.value)
    }
}

impl<T> Memoized<T> {
    /// An answer that was read from `from`, all of them.
    pub(crate) fn new(value: T, from: Vec<Arc<File>>) -> Self {
        Self { value, from: from.into(), common: GlobalDeps::default() }
    }

    /// The same answer, which was read from `common`, too.
    pub(crate) fn also(self, common: GlobalDeps) -> Self {
        Self { common, ..self }
    }
}

impl<T> Default for MemoizedMap<T> {
    fn default() -> Self {
        Self { by_file: HashMap::new() }
    }
}

impl<T> FromIterator<(FilePath, Memoized<T>)> for MemoizedMap<T> {
    fn from_iter<I: IntoIterator<Item = (FilePath, Memoized<T>)>>(answers: I) -> Self {
        Self { by_file: answers.into_iter().collect() }
    }
}

impl<T: Send> FromParallelIterator<(FilePath, Memoized<T>)> for MemoizedMap<T> {
    fn from_par_iter<I: IntoParallelIterator<Item = (FilePath, Memoized<T>)>>(answers: I) -> Self {
        Self { by_file: answers.into_par_iter().collect() }
    }
}

fn address(file: &Arc<File>) -> usize {
    Arc::as_ptr(file).addr()
}

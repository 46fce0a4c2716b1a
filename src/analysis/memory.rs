//! What one analysis leaves for the next. The one thing to know: an answer is kept beside the very files it was read from and
//! counts only while all of them are still files of the workspace, so none can be stale; whatever else an answer needs – the
//! paths of all files, the footing of the program – is compared as a whole, and a difference forgets everything.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::relevance::Glance;
use super::standing::Judgements;
use super::territory::Packages;
use super::uses::{FileUses, Wave};
use crate::flow::forms::FormField;
use crate::flow::modules::{Common, Lessons};
use crate::flow::topics::Said;
use crate::path::FilePath;
use crate::project::{File, Files, Footing, Steps};
use crate::rules::Noted;

/// What an analysis of a workspace learnt. To be handed to the next one, which gives the same report without it, later.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) files: Files,
    pub(super) programs: Vec<OfProgram>,
}

impl Memory {
    /// A memory of nothing yet, for an analysis of `files`.
    pub(super) fn of(files: &Files) -> Self {
        Self { files: files.clone(), programs: Vec::new() }
    }
}

/// What it learnt of one program.
#[derive(Debug)]
pub(super) struct OfProgram {
    pub(super) footing: Footing,
    pub(super) packages: Arc<Packages>,
    pub(super) lessons: Lessons,
    pub(super) steps: Steps,
    pub(super) glances: Answers<Glance>,
    pub(super) uses: Answers<Arc<FileUses>>,
    pub(super) waves: Vec<Wave>,
    pub(super) judgements: Judgements,
    pub(super) noted: Arc<Noted>,
    pub(super) fields: Answers<Arc<[FormField]>>,
    pub(super) said: Answers<Said>,
}

/// What of a memory still holds.
#[derive(Debug, Default)]
pub(super) struct Recall<'m> {
    programs: &'m [OfProgram],
    /// The files that were replaced since.
    edited: Vec<&'m Arc<File>>,
    /// Their addresses. They live in the memory, so that no newer file can have the address of one.
    gone: HashSet<usize>,
}

/// The part of a recall that is about one program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recollection<'m> {
    /// What was learnt, answers about files included that no longer hold: these are asked for through the methods.
    pub(super) before: Option<&'m OfProgram>,
    recall: &'m Recall<'m>,
    /// What scripts say anew of what many of them may say.
    pub(super) says_another: Common,
}

impl<'m> Recall<'m> {
    /// What of `memory` holds for `files`.
    pub(super) fn of(memory: Option<&'m Memory>, files: &Files) -> Self {
        let Some(memory) = memory else { return Self::default() };
        // Where a file came or went, any specifier may mean another file than before.
        let Some(edited) = files.edited_since(&memory.files) else { return Self::default() };
        let gone = edited.iter().map(|file| address(file)).collect();
        Self { programs: &memory.programs, edited, gone }
    }

    /// What holds of the program that stands on `footing`.
    pub(super) fn program<'r>(&'r self, footing: &Footing) -> Recollection<'r> {
        let before = self.programs.iter().find(|program| program.footing == *footing);
        Recollection { before, recall: self, says_another: Common::default() }
    }
}

impl Recollection<'_> {
    /// The answer of `answers` about `path`, if all that it was read from is still there.
    pub(super) fn still<T: Clone>(
        &self,
        answers: Option<&Answers<T>>,
        path: &FilePath,
    ) -> Option<Answer<T>> {
        let answer = answers?.by_file.get(path)?;
        let holds = !answer.common.meets(self.says_another)
            && answer.from.iter().all(|file| !self.recall.gone.contains(&address(file)));
        holds.then(|| answer.clone())
    }

    /// The files that were replaced since, as they were.
    pub(super) fn edited(&self) -> impl Iterator<Item = &Arc<File>> {
        self.recall.edited.iter().copied()
    }

    /// An answer that `file` alone gives: that of `answers`, or else what is read now.
    pub(super) fn of_file<T: Clone>(
        &self,
        answers: Option<&Answers<T>>,
        file: &Arc<File>,
        read: impl FnOnce() -> T,
    ) -> Answer<T> {
        let known = self.still(answers, &file.path);
        known.unwrap_or_else(|| Answer::new(read(), vec![Arc::clone(file)]))
    }
}

/// Answers about single files.
#[derive(Debug)]
pub(super) struct Answers<T> {
    by_file: HashMap<FilePath, Answer<T>>,
}

/// An answer, and the files that it was read from.
#[derive(Clone, Debug)]
pub(super) struct Answer<T> {
    pub(super) value: T,
    from: Arc<[Arc<File>]>,
    /// What it was read from of what many scripts may say.
    common: Common,
}

impl<T> Answers<T> {
    /// What was found out about each file, in no order.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.by_file.values().map(|answer| &answer.value)
    }

    /// What was found out about `path`.
    pub(super) fn get(&self, path: &FilePath) -> Option<&T> {
        self.by_file.get(path).map(|answer| &answer.value)
    }
}

impl<T> Answer<T> {
    /// An answer that was read from `from`, all of them.
    pub(super) fn new(value: T, from: Vec<Arc<File>>) -> Self {
        Self { value, from: from.into(), common: Common::default() }
    }

    /// The same answer, which was read from `common`, too.
    pub(super) fn also(self, common: Common) -> Self {
        Self { common, ..self }
    }
}

impl<T> Default for Answers<T> {
    fn default() -> Self {
        Self { by_file: HashMap::new() }
    }
}

impl<T> FromIterator<(FilePath, Answer<T>)> for Answers<T> {
    fn from_iter<I: IntoIterator<Item = (FilePath, Answer<T>)>>(answers: I) -> Self {
        Self { by_file: answers.into_iter().collect() }
    }
}

impl<T: Send> FromParallelIterator<(FilePath, Answer<T>)> for Answers<T> {
    fn from_par_iter<I: IntoParallelIterator<Item = (FilePath, Answer<T>)>>(answers: I) -> Self {
        Self { by_file: answers.into_par_iter().collect() }
    }
}

fn address(file: &Arc<File>) -> usize {
    Arc::as_ptr(file).addr()
}

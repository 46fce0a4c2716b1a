//! What consent stands before each use of a program. The ways to the uses of one file are followed
//! apart from those of all others, in parallel, and remembered beside the files that lie on them.

use std::sync::Arc;

use rayon::prelude::*;

use super::memo::{Memoized, MemoizedMap, ProgramMemo};
use super::source_set::SourceFile;
use super::uses::FileUses;
use super::{Cancel, Cancelled};
use crate::cancel::Failure;
use crate::consent::{
    self, Consent, ConsentAnalyzer, ConsentState, ConsentStates, ExitOnDenial, Prompt,
};
use crate::path::FilePath;
use crate::project::File;
use crate::semantic::api_use::ApiUse;
use crate::semantic::call_graph::{CallGraph, Deps, SearchScope};
use crate::semantic::module_graph::ModuleGraph;

/// How many edited scripts may be compared with all that is remembered; where more have changed, it
/// is quicker to forget.
const MANY: usize = 32;

/// What was found out about the ways to uses.
#[derive(Debug, Default)]
pub(crate) struct ConsentResults {
    /// Whether the program uses the gate at all.
    gated: bool,
    /// The scripts and templates among which ways were looked for.
    read: Vec<FilePath>,
    by_file: MemoizedMap<Arc<FileConsent>>,
    /// The answers that scripts give to the privacy event.
    answers: MemoizedMap<Arc<[consent::Answer]>>,
}

/// What stands on the ways to the uses of one file.
#[derive(Debug)]
struct FileConsent {
    /// The uses.
    uses: Arc<FileUses>,
    /// One for each of them.
    standings: Vec<Option<ConsentState>>,
    /// The questions that they ask a person.
    prompts: Vec<Prompt>,
    /// Where a refusal of one of them ends the program.
    exits: Vec<ExitOnDenial>,
    /// What was looked at besides modules.
    deps: Deps,
    /// Why nothing of this is known.
    failure: Option<Failure>,
}

impl ConsentResults {
    /// The files of which nothing is known, and why.
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&FilePath, &Failure)> {
        self.by_file.iter().filter_map(|(path, judged)| Some((path, judged.failure.as_ref()?)))
    }
}

/// Finds how the program asks for consent, and puts on each of `all` its uses what consent stands
/// before it. `by_file` are the same uses by their files.
pub(crate) fn run(
    scope: &SearchScope<'_>,
    read: &[&SourceFile<'_>],
    by_file: &MemoizedMap<Arc<FileUses>>,
    all: &[ApiUse],
    revision: &ProgramMemo<'_>,
    cancel: &Cancel,
) -> Result<(Consent, ConsentResults), Cancelled> {
    let (files, modules) = (scope.files(), scope.modules());
    let texts: Vec<&Arc<File>> = read.iter().map(|member| member.file).collect();
    let mut now = ConsentResults {
        gated: consent::is_gated(all),
        read: texts.iter().map(|file| file.path.clone()).collect(),
        ..ConsentResults::default()
    };
    let before = revision.before.map(|before| &before.consent_results);
    let edited: Vec<&Arc<File>> =
        revision.edited().filter_map(|file| files.get(&file.path)).collect();
    let comparable = before.filter(|before| {
        before.gated == now.gated && before.read == now.read && edited.len() <= MANY
    });
    let get_valid = |file: &File, uses: &Arc<FileUses>| {
        let known = revision.get_valid(comparable.map(|before| &before.by_file), &file.path)?;
        let judged = &known.value;
        let holds = Arc::ptr_eq(&judged.uses, uses)
            && !edited.iter().any(|file| judged.deps.is_invalidated_by(modules, file));
        holds.then_some(known)
    };
    let judged: Result<Vec<_>, Cancelled> = read
        .par_iter()
        .filter(|member| member.is_own())
        .filter_map(|member| Some((member.file, by_file.get(&member.file.path)?)))
        .filter(|(_, uses)| !uses.uses.is_empty())
        .map(|(file, uses)| {
            cancel.check()?;
            let known = get_valid(file, uses);
            let judged = match known {
                Some(known) => known,
                None => attempt_file(scope, file, uses, now.gated, cancel)?,
            };
            Ok((file.path.clone(), judged))
        })
        .collect();
    now.by_file = judged?.into_iter().collect();

    let answers = || {
        let before = before.map(|before| &before.answers);
        let known = |file: &Arc<File>| revision.get_valid(before, &file.path);
        now.answers = texts
            .par_iter()
            .map(|file| (file.path.clone(), known(file).unwrap_or_else(|| answers(modules, file))))
            .collect();
        let of_file = |file: &&Arc<File>| now.answers.get(&file.path).cloned();
        texts.iter().filter_map(of_file).flat_map(|answers| answers.to_vec()).collect()
    };
    let exits = now.by_file.values().flat_map(|judged| judged.exits.iter().cloned()).collect();
    let prompts = now.by_file.values().flat_map(|judged| judged.prompts.iter().cloned()).collect();
    let mut consent = Consent::of(files, scope.program(), modules, &texts, all, answers)
        .with_prompts(modules, prompts)
        .with_ends(scope, &texts, exits);
    let mut states = ConsentStates::default();
    for uses in all.chunk_by(|one, other| one.place.file == other.place.file) {
        let judged = uses.first().and_then(|first| now.by_file.get(&first.place.file));
        let standings = judged.into_iter().flat_map(|judged| &judged.standings);
        for (used, state) in uses.iter().zip(standings) {
            if let Some(state) = state.clone() {
                states.insert(used, consent.with_app_handler(scope.program(), used, state));
            }
        }
    }
    consent.states = states;
    Ok((consent, now))
}

/// What is on the ways to the uses of `file`; nothing, and why, where that cannot be found out.
fn attempt_file(
    scope: &SearchScope<'_>,
    file: &Arc<File>,
    uses: &Arc<FileUses>,
    gated: bool,
    cancel: &Cancel,
) -> Result<Memoized<Arc<FileConsent>>, Cancelled> {
    let judged = cancel.attempt(|| of_file(scope, file, uses, gated))?;
    Ok(judged.unwrap_or_else(|failure| {
        let nothing = FileConsent {
            uses: Arc::clone(uses),
            standings: vec![None; uses.uses.len()],
            prompts: Vec::new(),
            exits: Vec::new(),
            deps: Deps::default(),
            failure: Some(failure),
        };
        Memoized::new(Arc::new(nothing), vec![Arc::clone(file)])
    }))
}

fn of_file(
    scope: &SearchScope<'_>,
    file: &Arc<File>,
    uses: &Arc<FileUses>,
    gated: bool,
) -> Memoized<Arc<FileConsent>> {
    let modules = scope.modules().tracked(file.source.len());
    let mut graph = CallGraph::new(scope, &modules);
    let mut standings = ConsentAnalyzer::new(&mut graph, gated);
    let standings: Vec<Option<ConsentState>> =
        uses.uses.iter().map(|used| standings.of(used)).collect();
    let prompts = consent::prompts(&mut graph, &uses.uses, &standings);
    let exits = consent::exits(&graph, &uses.uses);
    let deps = graph.into_deps();
    let mut from = modules.dependencies();
    from.extend(deps.files.iter().cloned());
    from.push(Arc::clone(file));
    Memoized::new(
        Arc::new(FileConsent {
            uses: Arc::clone(uses),
            standings,
            prompts,
            exits,
            deps,
            failure: None,
        }),
        from,
    )
    .also(modules.global_dependencies())
}

fn answers(modules: &ModuleGraph<'_>, file: &Arc<File>) -> Memoized<Arc<[consent::Answer]>> {
    let modules = modules.tracked(file.source.len());
    let answers = consent::answers_of_file(&modules, file).into();
    let mut from = modules.dependencies();
    from.push(Arc::clone(file));
    Memoized::new(answers, from).also(modules.global_dependencies())
}

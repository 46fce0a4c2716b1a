//! Every use of one program. What one file uses is asked file by file, in parallel, and remembered
//! beside the files that the answer was read from; where a file stands in the program is put on it
//! afterwards.

use std::sync::Arc;

use rayon::prelude::*;

use super::memo::{Memoized, MemoizedMap, ProgramMemo};
use super::prefilter::{Prefilter, import_word};
use super::source_set::SourceFile;
use super::{Cancel, Cancelled};
use crate::cancel::{Failure, Watch};
use crate::path::FilePath;
use crate::project::{File, ImportPath, ImportPaths, Ownership, Package};
use crate::semantic;
use crate::semantic::api_use::ApiUse;
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::request_wrappers::{self, RequestWrapperCall};

/// What one file does with the platform.
#[derive(Debug)]
pub(crate) struct FileUses {
    /// Its uses, in document order.
    pub uses: Vec<ApiUse>,
    /// Its calls of request wrappers, in document order.
    calls: Vec<RequestWrapperCall>,
    /// Why nothing of this is known.
    pub failure: Option<Failure>,
    /// Whether it gives a part of the platform, or functions that reach the network, to those that
    /// import it.
    gives: bool,
}

/// A search for the importers of those that give a part of the platform.
#[derive(Debug)]
pub(crate) struct ImporterSearch {
    /// The words that were searched for.
    words: Vec<Box<[u8]>>,
    /// Which files have one of them.
    found: MemoizedMap<bool>,
}

/// What is found about the uses of a program.
pub(crate) struct Found {
    /// Every use, by file and place.
    pub all: Vec<ApiUse>,
    /// Every call of a request wrapper, by file and place.
    pub calls: Vec<RequestWrapperCall>,
    /// The uses of each file that was looked at.
    pub by_file: MemoizedMap<Arc<FileUses>>,
    /// The searches for more files, in order.
    pub waves: Vec<ImporterSearch>,
}

/// Every use in the files `read`.
pub(crate) fn collect_uses(
    read: &[&SourceFile<'_>],
    modules: &ModuleGraph<'_>,
    import_paths: &mut ImportPaths<'_>,
    prefilters: &MemoizedMap<Prefilter>,
    revision: &ProgramMemo<'_>,
    cancel: &Cancel,
) -> Result<Found, Cancelled> {
    let (mut wanted, mut rest): (Vec<&SourceFile<'_>>, Vec<&SourceFile<'_>>) =
        read.iter().copied().partition(|member| {
            prefilters.get(&member.file.path).is_some_and(|prefilter| prefilter.uses)
        });
    rest.retain(|member| member.file.kind.has_script());
    let mut found: Vec<(&SourceFile<'_>, Memoized<Arc<FileUses>>)> = Vec::new();
    let mut waves = Vec::new();
    while !wanted.is_empty() {
        let looked_at: Result<Vec<_>, Cancelled> = wanted
            .par_iter()
            .map(|member| {
                cancel.check()?;
                let known = revision
                    .get_valid(revision.before.map(|before| &before.uses), &member.file.path);
                let answer = match known {
                    Some(known) => known,
                    None => attempt_file(modules, member.file, cancel)?,
                };
                Ok((*member, answer))
            })
            .collect();
        let looked_at = looked_at?;
        // Who imports `wx` under another name, or a wrapper of it, need not say `wx`.
        let givers = looked_at.iter().filter(|(_, answer)| answer.value.gives);
        let words: Vec<_> = givers.map(|(member, _)| import_word(&member.file.path)).collect();
        found.extend(looked_at);
        if words.is_empty() {
            break;
        }
        let needles: Vec<Box<[u8]>> = words.iter().map(|word| word.needle().into()).collect();
        let before = revision.before.and_then(|before| before.waves.get(waves.len()));
        let before = before.filter(|before| before.words == needles);
        let says = |file: &Arc<File>| {
            let read = || words.iter().any(|word| word.find(file.source.as_bytes()).is_some());
            revision.of_file(before.map(|before| &before.found), file, read)
        };
        let answers: Vec<(&SourceFile<'_>, Memoized<bool>)> =
            rest.par_iter().map(|member| (*member, says(member.file))).collect();
        let (more, others): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, answer)| answer.value);
        wanted = more.into_iter().map(|(member, _)| *member).collect();
        rest = others.into_iter().map(|(member, _)| *member).collect();
        let answers = answers.into_iter();
        let found = answers.map(|(member, answer)| (member.file.path.clone(), answer)).collect();
        waves.push(ImporterSearch { words: needles, found });
    }
    found.sort_by(|(a, _), (b, _)| a.file.path.cmp(&b.file.path));

    // One after another: each search continues where the previous one stopped.
    let mut all = Vec::new();
    let mut calls = Vec::new();
    for (member, answer) in &found {
        if answer.value.uses.is_empty() && answer.value.calls.is_empty() {
            continue;
        }
        cancel.check()?;
        let (name, chain) = package_and_way(import_paths, member);
        all.extend(answer.value.uses.iter().map(|used| ApiUse {
            package: name.clone(),
            chain: Arc::clone(&chain),
            in_plugin: member.ownership == Ownership::Plugin,
            ..used.clone()
        }));
        calls.extend(
            answer
                .value
                .calls
                .iter()
                .map(|call| RequestWrapperCall { package: name.clone(), ..call.clone() }),
        );
    }
    request_wrappers::propagate_callers(&mut all, &mut calls);
    let by_file = found.into_iter().map(|(member, answer)| (member.file.path.clone(), answer));
    Ok(Found { all, calls, by_file: by_file.collect(), waves })
}

/// What `file` does with the platform; nothing, and why, where that cannot be found out.
fn attempt_file(
    modules: &ModuleGraph<'_>,
    file: &Arc<File>,
    cancel: &Cancel,
) -> Result<Memoized<Arc<FileUses>>, Cancelled> {
    let answer = cancel.attempt(|| of_file(modules, file))?;
    Ok(answer.unwrap_or_else(|failure| {
        let (uses, calls) = (Vec::new(), Vec::new());
        let nothing = FileUses { uses, calls, failure: Some(failure), gives: false };
        Memoized::new(Arc::new(nothing), vec![Arc::clone(file)])
    }))
}

fn of_file(modules: &ModuleGraph<'_>, file: &Arc<File>) -> Memoized<Arc<FileUses>> {
    // Two questions that share nothing: side by side, an editor waits for the longer one only.
    let bytes = file.source.len();
    let (on_uses, on_calls) = (modules.tracked(bytes), modules.tracked(bytes));
    let watch = Watch::current();
    let calls = || semantic::wrapper_calls_of_file(&on_calls, file);
    let (uses, calls) = rayon::join(
        || semantic::uses_of_file(&on_uses, file),
        || match watch {
            Some(watch) => watch.around(calls),
            None => calls(),
        },
    );
    let reaches = uses.iter().any(|used| used.reach.is_some()) || !calls.is_empty();
    let exports = || file.facts().as_script().is_some_and(|facts| !facts.exports.is_empty());
    let gives = (reaches && exports()) || semantic::exports_platform(&on_uses, file);
    let mut from = on_uses.dependencies();
    from.extend(on_calls.dependencies());
    // A template is no module.
    from.push(Arc::clone(file));
    Memoized::new(Arc::new(FileUses { uses, calls, failure: None, gives }), from)
        .also(on_uses.global_dependencies().union(on_calls.global_dependencies()))
}

/// The package that a file belongs to, and the way from the program's own files to it.
pub(crate) fn package_and_way(
    import_paths: &mut ImportPaths<'_>,
    member: &SourceFile<'_>,
) -> (Option<Arc<str>>, ImportPath) {
    let Some(package) = member.package else { return (None, ImportPath::default()) };
    (Some(Arc::from(&*package.name)), way_to(import_paths, &member.file.path, package))
}

/// The way to the folder of the file, which may be one component of many; failing that, to the
/// package.
fn way_to(import_paths: &mut ImportPaths<'_>, file: &FilePath, package: &Package) -> ImportPath {
    let folder = file.parent();
    if folder.is_within(&package.folder) && folder != package.folder {
        let way = import_paths.to(&folder);
        if !way.is_empty() {
            return way;
        }
    }
    import_paths.to(&package.folder)
}

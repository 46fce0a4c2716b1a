//! Whether a handler is ever registered. "never" is said only where it is certain: the file is one
//! that nothing loads, or the function around the registration has a name that stands nowhere else
//! in the program.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use memchr::memmem::Finder;

use crate::facts::script::FunctionId;
use crate::finding::Place;
use crate::path::FilePath;
use crate::project::File;
use crate::semantic::call_graph::{CallEdge, CallGraph, CodePos, SearchScope};
use crate::semantic::module_graph::ModuleId;

/// How many functions one question may pass.
const STEPS: usize = 100;

/// Why code never runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeadReason {
    /// Nothing loads its file.
    NotLoaded,
    /// Nothing calls the function of this name.
    NotCalled(Box<str>),
}

/// Why the code at `place` never runs; `None` where it may. `read` are the scripts and templates of
/// the program.
pub(super) fn dead_registration(
    scope: &SearchScope<'_>,
    read: &[&Arc<File>],
    loaded: &impl Deref<Target = Option<BTreeSet<FilePath>>>,
    place: &Place,
) -> Option<DeadReason> {
    let modules = scope.modules();
    let module = modules.id(&place.file)?;
    if !is_loaded_at_once(scope, module, &place.file)
        && loaded.as_ref().is_some_and(|loaded| !loaded.contains(&place.file))
    {
        return Some(DeadReason::NotLoaded);
    }
    let mut graph = CallGraph::new(scope, modules);
    let mut passed: BTreeSet<(ModuleId, FunctionId)> = BTreeSet::new();
    let mut queue = vec![CodePos { module, offset: place.span.start() }];
    let mut dead = None;
    while let Some(at) = queue.pop() {
        let facts = modules.facts(at.module)?;
        // What stands outside all functions runs when its file is loaded.
        let function = facts.function_at(at.offset)?;
        if !passed.insert((at.module, function)) {
            continue;
        }
        if passed.len() > STEPS {
            return None;
        }
        let callers = graph.callers(at.module, function);
        if callers.is_empty() {
            let name = facts.function(function)?.name.clone()?;
            if name.is_empty() || !is_named_once(&name, read) {
                return None;
            }
            dead.get_or_insert(DeadReason::NotCalled(name));
        }
        for caller in callers.iter() {
            match caller {
                CallEdge::Call(at) => queue.push(*at),
                CallEdge::Platform(_) => return None,
                CallEdge::PassedAsCallback { module, call, .. } => {
                    let offset = modules.facts(*module)?.span(*call).start();
                    queue.push(CodePos { module: *module, offset });
                }
            }
        }
    }
    dead
}

/// Whether a script is the app's, a page's, or asked for by the app's: the usual places, told
/// without a look at anything else.
fn is_loaded_at_once(scope: &SearchScope<'_>, module: ModuleId, file: &FilePath) -> bool {
    let (program, modules) = (scope.program(), scope.modules());
    let stem = file.without_extension();
    let app = modules.app();
    app == Some(module)
        || app.is_some_and(|app| modules.asks_for(app, module))
        || program.pages().iter().any(|page| page.stem == stem)
}

/// Whether a name stands only once in all scripts and templates, longer names included.
fn is_named_once(name: &str, read: &[&Arc<File>]) -> bool {
    let finder = Finder::new(name);
    let texts = read.iter().filter(|file| file.kind.is_module() || file.kind.has_template());
    texts.flat_map(|file| finder.find_iter(file.source.as_bytes())).take(2).count() < 2
}

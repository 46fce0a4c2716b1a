//! The module graph of a program: its scripts and the imports between them. The facts of a module
//! are read by the first query that needs them; a [tracked](ModuleGraph::tracked) view records the
//! dependencies of a result. Files outside the program are not modules.

mod dependency_set;
mod program_index;
mod step_budget;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use dependency_set::DependencySet;
use program_index::ProgramIndex;
use step_budget::StepBudget;

use super::call_graph::UseSites;
use super::component;
use super::index::Index;
use super::resolve::{ParamOwners, ValueRef};
use crate::facts::ScriptFacts;
use crate::facts::manifest::Json;
use crate::path::FilePath;
use crate::project::{Environment, File, Files, Program};

/// A module of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(u32);

/// The modules of one program, by path.
pub struct ModuleGraph<'a> {
    shared: Arc<Shared<'a>>,
    /// What this view read; `None` when dependencies are not tracked.
    tracked: Option<DependencySet>,
    /// The steps that its queries share; `None` when they have only their own bounds.
    steps: Option<StepBudget>,
}

/// Kinds of program-wide state that a result depends on, or that an edit changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GlobalDeps {
    /// Stores to objects that every script sees (the app, `wx`), and which scripts contain a word.
    global_writes: bool,
    /// Writes to members of imported objects.
    import_writes: bool,
}

impl GlobalDeps {
    /// Returns whether both contain the same kind.
    pub fn intersects(self, other: Self) -> bool {
        (self.global_writes && other.global_writes) || (self.import_writes && other.import_writes)
    }

    /// Returns the kinds that one of the two contains.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            global_writes: self.global_writes || other.global_writes,
            import_writes: self.import_writes || other.import_writes,
        }
    }
}

/// What all views of the modules have in common.
struct Shared<'a> {
    files: &'a Files,
    program: &'a Program,
    all: Vec<Module<'a>>,
    ids: BTreeMap<&'a FilePath, ModuleId>,
    everywhere: ProgramIndex,
}

/// A module and what was learnt of it.
struct Module<'a> {
    file: &'a Arc<File>,
    cache_entry: Arc<ModuleCacheEntry>,
}

/// What was learnt of a module from its own facts and the program's footing; whoever asks first
/// learns for all.
#[derive(Debug, Default)]
struct ModuleCacheEntry {
    index: OnceLock<Index>,
    sites: OnceLock<UseSites>,
    /// Whether its text may put something under a name of what it imports.
    may_write_imports: OnceLock<bool>,
    /// What each specifier of its imports means.
    imports: OnceLock<HashMap<Box<str>, Option<ModuleId>>>,
    /// The functions whose parameters determine its expressions.
    param_owners: OnceLock<ParamOwners>,
}

/// What was learnt of the modules of a program, each beside its file: for the next look at the same
/// program.
#[derive(Debug, Default)]
pub struct ModuleCache {
    all: Vec<(Arc<File>, Arc<ModuleCacheEntry>)>,
    ext: Option<Arc<File>>,
    /// Words whose containing scripts were queried.
    words: BTreeSet<Box<str>>,
}

impl<'a> ModuleGraph<'a> {
    /// All scripts that `program` may load.
    pub fn of(files: &'a Files, program: &'a Program) -> Self {
        Self::with_cache(files, program, None)
    }

    /// As [`ModuleGraph::of`], with what was learnt of the files that are still the same. `cache`
    /// are those of a program with the same footing, among files of the same paths.
    pub fn with_cache(files: &'a Files, program: &'a Program, cache: Option<&ModuleCache>) -> Self {
        let scripts = files.iter().filter(|file| file.kind.is_module());
        let all: Vec<Module<'a>> = scripts
            .enumerate()
            .map(|(index, file)| {
                let known = cache.and_then(|cache| cache.all.get(index));
                let known = known.filter(|(known, _)| Arc::ptr_eq(known, file));
                Module {
                    file,
                    cache_entry: known.map(|(_, one)| Arc::clone(one)).unwrap_or_default(),
                }
            })
            .collect();
        let ids =
            all.iter().zip(0..).map(|(module, id)| (&module.file.path, ModuleId(id))).collect();
        let everywhere = ProgramIndex::asked_for(cache.map(|cache| &cache.words));
        Self {
            shared: Arc::new(Shared { files, program, all, ids, everywhere }),
            tracked: None,
            steps: None,
        }
    }

    /// What was learnt so far.
    pub fn cache(&self) -> ModuleCache {
        let all = self.shared.all.iter();
        ModuleCache {
            all: all.map(|one| (Arc::clone(one.file), Arc::clone(&one.cache_entry))).collect(),
            ext: self.shared.ext().cloned(),
            words: self.shared.everywhere.words(),
        }
    }

    /// Returns a view of the same modules that records what it reads and whose queries share one
    /// budget of steps, that of a file of `bytes`. O(modules / 4096).
    #[must_use]
    pub fn tracked(&self, bytes: usize) -> Self {
        let tracked = Some(DependencySet::new(self.shared.all.len()));
        Self { shared: Arc::clone(&self.shared), tracked, steps: Some(StepBudget::new(bytes)) }
    }

    /// Returns the files that this view read, by path. All its results depend on these, on the
    /// paths of all files and on the resolution configuration of the program, and on nothing else.
    /// Empty for a view that is not [tracked](Self::tracked).
    pub fn dependencies(&self) -> Vec<Arc<File>> {
        let modules = self.tracked.iter().flat_map(DependencySet::modules);
        modules
            .filter_map(|index| self.shared.all.get(index))
            .map(|module| Arc::clone(module.file))
            .collect()
    }

    /// Returns the program-wide state that this view read. Its results hold until
    /// [an edit changes it](Self::changed_globals).
    pub fn global_dependencies(&self) -> GlobalDeps {
        let (global_writes, import_writes) =
            self.tracked.as_ref().map_or((false, false), DependencySet::globals);
        GlobalDeps { global_writes, import_writes }
    }

    /// Returns the program-wide state that differs from that of `cache`, whose files have the same
    /// paths.
    pub fn changed_globals(&self, cache: &ModuleCache) -> GlobalDeps {
        let same_ext = match (self.shared.ext(), &cache.ext) {
            (Some(now), Some(before)) => Arc::ptr_eq(now, before),
            (now, before) => now.is_none() && before.is_none(),
        };
        let mut changed = GlobalDeps { global_writes: !same_ext, import_writes: false };
        for (now, (file, cache_entry)) in self.shared.all.iter().zip(&cache.all) {
            if !Arc::ptr_eq(now.file, file) {
                let before = Module { file, cache_entry: Arc::clone(cache_entry) };
                changed.global_writes = changed.global_writes
                    || !ProgramIndex::same_global_writes(&before, now, &cache.words);
                changed.import_writes =
                    changed.import_writes || !ProgramIndex::same_import_writes(&before, now);
            }
        }
        changed
    }

    /// The module at `path`.
    pub fn id(&self, path: &FilePath) -> Option<ModuleId> {
        self.shared.ids.get(path).copied()
    }

    /// The path of a module.
    pub fn path(&self, module: ModuleId) -> Option<&'a FilePath> {
        Some(&self.shared.all.get(module.0 as usize)?.file.path)
    }

    /// The facts of a module.
    pub fn facts(&self, module: ModuleId) -> Option<&'a ScriptFacts> {
        self.module(module)?.file.facts().as_script()
    }

    /// The text of a module.
    pub fn source(&self, module: ModuleId) -> Option<&'a str> {
        self.module(module).map(|module| &*module.file.source)
    }

    /// What is looked up by name in a module.
    pub(super) fn index(&self, module: ModuleId) -> Option<&Index> {
        self.module(module)?.index()
    }

    /// The script of the page or component that the template at `path` belongs to.
    pub fn of_template(&self, path: &FilePath) -> Option<ModuleId> {
        let Shared { files, program, .. } = &*self.shared;
        self.id(&program.script_of(files, &path.without_extension())?)
    }

    /// The script of the app.
    pub fn app(&self) -> Option<ModuleId> {
        self.id(self.shared.app()?)
    }

    /// `ext.json`, when it is in force, and its value.
    pub fn ext(&self) -> Option<(&'a FilePath, &'a Json)> {
        self.everywhere();
        let file = self.shared.ext()?;
        Some((&file.path, file.facts().as_manifest()?.root.as_ref()?))
    }

    /// What any script hangs on `wx` under `name`.
    pub(super) fn wx_writes(&self, name: &str) -> &[ValueRef] {
        self.everywhere().wx_writes(&self.shared, name)
    }

    /// The files that give a build its environment, the nearest first.
    pub(super) fn environments(&self) -> &'a [Environment] {
        self.shared.program.sources.as_ref().map_or(&[], |sources| &sources.environments)
    }

    /// Whether a framework lies between the program and the platform, with interceptors of its own.
    pub(super) fn may_intercept(&self) -> bool {
        let program = self.shared.program;
        program.is_compiled() || program.built_by.is_some()
    }

    /// What any script gives to all components under `name`.
    pub(super) fn component_stores(&self, name: &str) -> &[ValueRef] {
        self.wx_writes(&component::key_of_all(name))
    }

    /// What any script assigns to the member `path` of the app.
    pub(super) fn field_stores_on_app(&self, path: &str) -> &[ValueRef] {
        self.everywhere().field_stores_on_app(&self.shared, path)
    }

    /// Whether any script says that it assigns to a member `name` of something.
    pub(super) fn is_assigned(&self, name: &str) -> bool {
        self.everywhere().is_assigned(&self.shared, name)
    }

    /// The scripts that hold the word `name`, in a stable order.
    pub(super) fn scripts_with_word(&self, name: &str) -> Arc<[ModuleId]> {
        self.everywhere().scripts_with_word(&self.shared, name)
    }

    /// What other scripts put under `name` of an object that they import: the object as they name
    /// it, and the value.
    pub(super) fn import_writes(&self, name: &str) -> &[(ValueRef, ValueRef)] {
        if let Some(tracked) = &self.tracked {
            tracked.read_import_writes();
        }
        self.shared.everywhere.import_writes(&self.shared, name)
    }

    /// What any script may say, noted as asked for.
    fn everywhere(&self) -> &ProgramIndex {
        if let Some(tracked) = &self.tracked {
            tracked.read_global_writes();
        }
        &self.shared.everywhere
    }

    /// Where values are handed on in a module, and where names stand.
    pub(super) fn sites(&self, module: ModuleId) -> Option<&UseSites> {
        let facts = self.facts(module)?;
        Some(self.module(module)?.cache_entry.sites.get_or_init(|| UseSites::of(facts)))
    }

    /// The functions whose parameters determine the expressions of a module.
    pub(super) fn param_owners(&self, module: ModuleId) -> Option<&ParamOwners> {
        let facts = self.facts(module)?;
        Some(self.module(module)?.cache_entry.param_owners.get_or_init(|| ParamOwners::new(facts)))
    }

    /// Takes `steps` from what the queries of this view share.
    pub(super) fn spend(&self, steps: u32) {
        if let Some(budget) = &self.steps {
            budget.spend(steps);
        }
    }

    /// Returns the steps that the queries of this view may still take.
    pub(super) fn steps_left(&self) -> u32 {
        self.steps.as_ref().map_or(u32::MAX, StepBudget::left)
    }

    /// The module that the `import`-th import of `module` asks for.
    pub fn import(&self, module: ModuleId, import: u32) -> Option<ModuleId> {
        let import = self.facts(module)?.imports.get(import as usize)?;
        self.specifier(module, &import.specifier)
    }

    /// The module that `specifier` means inside `module`. O(1) for one of its imports once they
    /// were asked for.
    pub fn specifier(&self, module: ModuleId, specifier: &str) -> Option<ModuleId> {
        match self.imports(module)?.get(specifier) {
            Some(module) => *module,
            None => self.resolve(module, specifier),
        }
    }

    /// Whether `module` asks for `other`. Costs no parse where the text of `module` tells its
    /// imports.
    pub fn asks_for(&self, module: ModuleId, other: ModuleId) -> bool {
        self.imports(module).is_some_and(|all| all.values().any(|&one| one == Some(other)))
    }

    /// What each specifier of the imports of `module` means.
    fn imports(&self, module: ModuleId) -> Option<&HashMap<Box<str>, Option<ModuleId>>> {
        let Module { file, cache_entry } = self.module(module)?;
        Some(cache_entry.imports.get_or_init(|| {
            let resolved = |specifier: &str| self.resolve(module, specifier);
            let imports = file.imports().into_iter();
            imports.map(|one| (one.specifier.clone(), resolved(&one.specifier))).collect()
        }))
    }

    fn resolve(&self, module: ModuleId, specifier: &str) -> Option<ModuleId> {
        let Shared { files, program, .. } = &*self.shared;
        self.id(&program.resolve_specifier(self.path(module)?, specifier, files)?)
    }

    /// A module, noted as asked for.
    fn module(&self, module: ModuleId) -> Option<&Module<'a>> {
        let index = module.0 as usize;
        if let Some(tracked) = &self.tracked {
            tracked.insert(index);
        }
        self.shared.all.get(index)
    }
}

impl Module<'_> {
    /// What is looked up by name in it, if its text may put something under a name of what it
    /// imports.
    fn import_write_index(&self) -> Option<&Index> {
        let may_write_imports = || program_index::may_write_to_imports(self.file.source.as_bytes());
        self.cache_entry.may_write_imports.get_or_init(may_write_imports).then(|| self.index())?
    }

    /// What is looked up by name in it.
    fn index(&self) -> Option<&Index> {
        let facts = self.file.facts().as_script()?;
        Some(self.cache_entry.index.get_or_init(|| Index::of(facts)))
    }
}

impl<'a> Shared<'a> {
    /// `ext.json`, when it is in force.
    fn ext(&self) -> Option<&'a Arc<File>> {
        self.files.get(&self.program.ext_manifest.as_ref()?.file)
    }

    /// The path of the script of the app.
    fn app(&self) -> Option<&FilePath> {
        self.program.app_script.as_ref()
    }
}

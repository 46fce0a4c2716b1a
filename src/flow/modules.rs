//! The scripts of a program as modules that ask for each other.
//! The one thing to know: facts of a module are read when an answer first needs them; a module outside the program is none.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::index::Index;
use crate::facts::ScriptFacts;
use crate::path::FilePath;
use crate::project::{File, Files, Program};
use crate::syntax::Kind;

/// A module of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(u32);

/// The modules of one program, by path.
pub struct Modules<'a> {
    files: &'a Files,
    program: &'a Program,
    all: Vec<Module<'a>>,
    ids: BTreeMap<&'a FilePath, ModuleId>,
}

/// A module and what was learnt of it; whoever asks first learns for all.
struct Module<'a> {
    file: &'a Arc<File>,
    index: OnceLock<Index>,
    /// What each specifier of its imports means.
    imports: OnceLock<HashMap<Box<str>, Option<ModuleId>>>,
}

impl<'a> Modules<'a> {
    /// All scripts that `program` may load.
    pub fn of(files: &'a Files, program: &'a Program) -> Self {
        let modules: Vec<Module<'a>> = files
            .iter()
            .filter(|file| matches!(file.kind, Kind::Script(_)))
            .map(|file| Module { file, index: OnceLock::new(), imports: OnceLock::new() })
            .collect();
        let ids =
            modules.iter().zip(0..).map(|(module, id)| (&module.file.path, ModuleId(id))).collect();
        Self { files, program, all: modules, ids }
    }

    /// The module at `path`.
    pub fn id(&self, path: &FilePath) -> Option<ModuleId> {
        self.ids.get(path).copied()
    }

    /// The path of a module.
    pub fn path(&self, module: ModuleId) -> Option<&'a FilePath> {
        self.module(module).map(|module| &module.file.path)
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
        let facts = self.facts(module)?;
        Some(self.module(module)?.index.get_or_init(|| Index::of(facts)))
    }

    /// The module that the `import`-th import of `module` asks for.
    pub fn import(&self, module: ModuleId, import: u32) -> Option<ModuleId> {
        let import = self.facts(module)?.imports.get(import as usize)?;
        self.specifier(module, &import.specifier)
    }

    /// The module that `specifier` means inside `module`. O(1) for one of its imports once they were asked for.
    pub fn specifier(&self, module: ModuleId, specifier: &str) -> Option<ModuleId> {
        let facts = self.facts(module)?;
        let imports = self.module(module)?.imports.get_or_init(|| {
            let resolved = |specifier: &str| self.resolve(module, specifier);
            let imports = facts.imports.iter().map(|import| &import.specifier);
            imports.map(|specifier| (specifier.clone(), resolved(specifier))).collect()
        });
        match imports.get(specifier) {
            Some(module) => *module,
            None => self.resolve(module, specifier),
        }
    }

    fn resolve(&self, module: ModuleId, specifier: &str) -> Option<ModuleId> {
        self.id(&self.program.resolve_specifier(self.path(module)?, specifier, self.files)?)
    }

    fn module(&self, module: ModuleId) -> Option<&Module<'a>> {
        self.all.get(module.0 as usize)
    }
}

//! The scripts of a program as modules that ask for each other.
//! The one thing to know: facts of a module are read when an answer first needs them; a module outside the program is none.

use std::collections::BTreeMap;

use crate::facts::ScriptFacts;
use crate::path::FilePath;
use crate::project::{Files, Program};
use crate::syntax::Kind;

/// A module of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(u32);

/// The modules of one program, by path.
pub struct Modules<'a> {
    files: &'a Files,
    program: &'a Program,
    paths: Vec<&'a FilePath>,
    ids: BTreeMap<&'a FilePath, ModuleId>,
}

impl<'a> Modules<'a> {
    /// All scripts that `program` may load.
    pub fn of(files: &'a Files, program: &'a Program) -> Self {
        let paths: Vec<&FilePath> = files
            .iter()
            .filter(|file| matches!(file.kind, Kind::Script(_)))
            .map(|file| &file.path)
            .collect();
        let ids = paths.iter().zip(0..).map(|(&path, id)| (path, ModuleId(id))).collect();
        Self { files, program, paths, ids }
    }

    /// The module at `path`.
    pub fn id(&self, path: &FilePath) -> Option<ModuleId> {
        self.ids.get(path).copied()
    }

    /// The path of a module.
    pub fn path(&self, module: ModuleId) -> Option<&'a FilePath> {
        self.paths.get(module.0 as usize).copied()
    }

    /// The facts of a module.
    pub fn facts(&self, module: ModuleId) -> Option<&'a ScriptFacts> {
        self.files.script(self.path(module)?)
    }

    /// The text of a module.
    pub fn source(&self, module: ModuleId) -> Option<&'a str> {
        self.files.get(self.path(module)?).map(|file| &*file.source)
    }

    /// The module that the `import`-th import of `module` asks for.
    pub fn import(&self, module: ModuleId, import: u32) -> Option<ModuleId> {
        let import = self.facts(module)?.imports.get(import as usize)?;
        self.specifier(module, &import.specifier)
    }

    /// The module that `specifier` means inside `module`.
    pub fn specifier(&self, module: ModuleId, specifier: &str) -> Option<ModuleId> {
        self.id(&self.program.resolve_specifier(self.path(module)?, specifier, self.files)?)
    }
}

//! Where ways are looked for: the scripts and templates of a program, and what is looked up among
//! all of them. What is asked of all files at once is noted by name ([`Deps`]), so that a
//! remembered way can be told from one that an edited file has changed.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use memchr::memmem::Finder;

use crate::path::FilePath;
use crate::project::{File, Files, Program};
use crate::semantic::module_graph::{ModuleGraph, ModuleId};

/// A program, to look for ways in. Can be shared by many who look.
pub struct SearchScope<'a> {
    pub(super) files: &'a Files,
    pub(super) program: &'a Program,
    modules: &'a ModuleGraph<'a>,
    scripts: Vec<&'a Arc<File>>,
    importers: Mutex<HashMap<ModuleId, Arc<[ModuleId]>>>,
}

impl<'a> SearchScope<'a> {
    /// The ground of `read`, the scripts and templates of `program`. Nothing is read yet.
    pub fn new(
        files: &'a Files,
        program: &'a Program,
        modules: &'a ModuleGraph<'a>,
        read: &[&'a Arc<File>],
    ) -> Self {
        let is_script = |file: &&&Arc<File>| file.kind.has_script();
        let scripts = read.iter().filter(is_script).copied().collect();
        Self { files, program, modules, scripts, importers: Mutex::default() }
    }

    /// The modules.
    pub fn modules(&self) -> &'a ModuleGraph<'a> {
        self.modules
    }

    /// The program.
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The files.
    pub fn files(&self) -> &'a Files {
        self.files
    }

    /// The modules that ask for `module`, by path. Reads the scripts that have its name in them.
    pub(super) fn importers(&self, module: ModuleId) -> Arc<[ModuleId]> {
        let known = || self.importers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(&module) {
            return Arc::clone(known);
        }
        let found: Arc<[ModuleId]> = self.modules.path(module).map_or_else(
            || Arc::from([]),
            |path| {
                let word = specifier_end(path);
                let asks = |file: &&&Arc<File>| word.find(file.source.as_bytes()).is_some();
                let ids = self.scripts.iter().filter(asks);
                ids.filter_map(|file| self.modules.id(&file.path))
                    .filter(|&other| other != module && self.modules.asks_for(other, module))
                    .collect()
            },
        );
        known().insert(module, Arc::clone(&found));
        found
    }

    /// The scripts that may call the method `name` of the app.
    pub(super) fn files_mentioning_app_method(
        &self,
        name: &str,
    ) -> impl Iterator<Item = &'a Arc<File>> {
        let finder = Finder::new(name).into_owned();
        self.scripts.iter().copied().filter(move |file| mentions_app_method(file, &finder))
    }
}

fn mentions_app_method(file: &File, name: &Finder<'_>) -> bool {
    static GET_APP: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("getApp"));
    let source = file.source.as_bytes();
    GET_APP.find(source).is_some() && name.find(source).is_some()
}

/// What was looked at to find ways, besides the modules themselves.
#[derive(Clone, Debug, Default)]
pub struct Deps {
    /// Templates and manifests, each once or more often.
    pub files: Vec<Arc<File>>,
    /// Modules whose importers were asked for.
    pub(super) importers: BTreeSet<ModuleId>,
    /// Methods of the app whose callers were asked for.
    pub(super) of_app: BTreeSet<Box<str>>,
}

impl Deps {
    /// Whether the script `file`, which was not looked at, leads to something new now that it reads
    /// otherwise than before.
    pub fn is_invalidated_by(&self, modules: &ModuleGraph<'_>, file: &File) -> bool {
        let Some(module) = modules.id(&file.path) else { return false };
        self.importers.iter().any(|&other| modules.asks_for(module, other))
            || self.of_app.iter().any(|name| mentions_app_method(file, &Finder::new(&**name)))
    }
}

/// What every specifier of the module at `path` ends in, but for its extension.
fn specifier_end(path: &FilePath) -> Finder<'static> {
    let stem = path.without_extension();
    let folder = path.parent();
    let word = if stem.file_name() == "index" { folder.file_name() } else { stem.file_name() };
    Finder::new(word).into_owned()
}

//! What any script may say of objects that all of them see: the app, `wx`, and the members of
//! modules. It is read once for all who ask, from every script that can say such a thing; an answer
//! that asked for it holds as long as no script says another thing
//! ([`ProgramIndex::same_global_writes`]).

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use memchr::memmem::Finder;

use super::{Module, ModuleId, Shared};
use crate::catalogue;
use crate::project::{File, Ownership};
use crate::semantic::index::Index;
use crate::semantic::resolve::ValueRef;

/// Objects as those name them who import them, and what these put there.
type ImportWrites = Vec<(ValueRef, ValueRef)>;

/// Scripts, in a stable order.
type Scripts = Arc<[ModuleId]>;

/// Lazily built maps over all scripts.
#[derive(Debug, Default)]
pub(super) struct ProgramIndex {
    wx_writes: OnceLock<HashMap<Box<str>, Vec<ValueRef>>>,
    app: OnceLock<HashMap<Box<str>, Vec<ValueRef>>>,
    assigned: OnceLock<HashSet<Box<[u8]>>>,
    import_writes: OnceLock<HashMap<Box<str>, ImportWrites>>,
    /// The scripts that hold a word; of one that was asked for in an earlier look, nothing yet.
    scripts_with_word: Mutex<BTreeMap<Box<str>, Option<Scripts>>>,
}

impl ProgramIndex {
    /// An empty index that keeps `words`: results of the last revision depend on who holds
    /// these.
    pub(super) fn asked_for(words: Option<&BTreeSet<Box<str>>>) -> Self {
        let words = words.into_iter().flatten().map(|word| (word.clone(), None)).collect();
        Self { scripts_with_word: Mutex::new(words), ..Self::default() }
    }

    /// The words that [`Self::scripts_with_word`] was asked for, now or in an earlier look.
    pub(super) fn words(&self) -> BTreeSet<Box<str>> {
        let known = self.scripts_with_word.lock().unwrap_or_else(PoisonError::into_inner);
        known.keys().cloned().collect()
    }

    /// The scripts that hold the word `word`, in a stable order. Searches the text of all scripts,
    /// once for each word.
    pub(super) fn scripts_with_word(&self, shared: &Shared<'_>, word: &str) -> Scripts {
        let mut known = self.scripts_with_word.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = known.entry(word.into()).or_default();
        let found = entry.get_or_insert_with(|| {
            let holding = shared.modules().filter(|(_, one)| mentions(&one.file.source, word));
            holding.map(|(id, _)| id).collect()
        });
        Arc::clone(found)
    }

    /// What any script hangs on `wx` under `name`. Reads the scripts that assign to something of
    /// `wx`, once.
    pub(super) fn wx_writes(&self, shared: &Shared<'_>, name: &str) -> &[ValueRef] {
        let wx_writes = self.wx_writes.get_or_init(|| {
            let mut wx_writes: HashMap<Box<str>, Vec<ValueRef>> = HashMap::new();
            for (id, index) in shared.saying(assigns_to_platform) {
                for (name, value) in index.wx_writes() {
                    wx_writes.entry(name.into()).or_default().push(ValueRef::new(id, value));
                }
            }
            wx_writes
        });
        wx_writes.get(name).map_or(&[], Vec::as_slice)
    }

    /// What any script assigns to the member `path` of the app. Reads the scripts that ask for the
    /// app, once.
    pub(super) fn field_stores_on_app(&self, shared: &Shared<'_>, path: &str) -> &[ValueRef] {
        let app = self.app.get_or_init(|| {
            let mut app: HashMap<Box<str>, Vec<ValueRef>> = HashMap::new();
            let own = shared.app();
            let asks =
                |module: &Module<'_>| own == Some(&module.file.path) || reads_app(module.file);
            for (id, module) in shared.modules().filter(|(_, module)| asks(module)) {
                let Some(index) = module.index() else { continue };
                let own = (own == Some(&module.file.path)).then(|| index.paths_on_this());
                for (path, value) in index.field_stores_on_app().chain(own.into_iter().flatten()) {
                    app.entry(path.into()).or_default().push(ValueRef::new(id, value));
                }
            }
            app
        });
        app.get(path).map_or(&[], Vec::as_slice)
    }

    /// What any script puts under `name` of an object that it imports: the object as it names it,
    /// and the value. Reads the scripts whose text may do so, once.
    pub(super) fn import_writes(&self, shared: &Shared<'_>, name: &str) -> &[(ValueRef, ValueRef)] {
        let import_writes = self.import_writes.get_or_init(|| {
            let mut import_writes: HashMap<Box<str>, ImportWrites> = HashMap::new();
            for (id, module) in shared.modules() {
                for write in module.import_write_index().into_iter().flat_map(Index::import_writes)
                {
                    let of_name = import_writes.entry(write.name.clone()).or_default();
                    of_name.push((ValueRef::new(id, write.object), ValueRef::new(id, write.value)));
                }
            }
            import_writes
        });
        import_writes.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether `now` puts something under the same names of the same imports as `before`, the same
    /// script.
    pub(super) fn same_import_writes(before: &Module<'_>, now: &Module<'_>) -> bool {
        fn import_writes<'m>(module: &'m Module<'_>) -> Vec<(&'m str, &'m str)> {
            let import_writes =
                module.import_write_index().into_iter().flat_map(Index::import_writes);
            import_writes.map(|write| (&*write.path, &*write.name)).collect()
        }
        import_writes(before) == import_writes(now)
    }

    /// Whether any script says that it assigns to a member `name` of something. Reads the text of
    /// all scripts, once.
    pub(super) fn is_assigned(&self, shared: &Shared<'_>, name: &str) -> bool {
        let assigned = self.assigned.get_or_init(|| {
            let mut assigned = HashSet::new();
            for (_, module) in shared.modules() {
                for name in assigned_in(module.file.source.as_bytes()) {
                    if !assigned.contains(name) {
                        assigned.insert(Box::from(name));
                    }
                }
            }
            assigned
        });
        assigned.contains(name.as_bytes())
    }

    /// Whether `now` says what `before`, the same script, said: assigns to members of the same
    /// names, and to the same ones of the app and of `wx`, and holds the same of `words`.
    pub(super) fn same_global_writes(
        before: &Module<'_>,
        now: &Module<'_>,
        words: &BTreeSet<Box<str>>,
    ) -> bool {
        fn names<'m>(module: &'m Module<'_>) -> HashSet<&'m [u8]> {
            assigned_in(module.file.source.as_bytes()).collect()
        }
        fn paths<'m>(module: &'m Module<'_>) -> Vec<&'m str> {
            let paths = module.index().into_iter().flat_map(|index| {
                index.field_stores_on_app().chain(index.wx_writes()).chain(index.paths_on_this())
            });
            paths.map(|(path, _)| path).collect()
        }
        let mut words = words.iter();
        names(before) == names(now)
            && paths(before) == paths(now)
            && words
                .all(|word| mentions(&before.file.source, word) == mentions(&now.file.source, word))
    }
}

impl<'a> Shared<'a> {
    /// The modules of the package: a test that puts something in the place of an interface says
    /// nothing of the program.
    fn modules(&self) -> impl Iterator<Item = (ModuleId, &Module<'a>)> {
        let packed = |module: &Module<'_>| {
            let owner = self.program.owns(&module.file.path);
            matches!(owner, Ownership::Client | Ownership::Plugin)
        };
        (0..).map(ModuleId).zip(&self.all).filter(move |(_, module)| packed(module))
    }

    /// What is looked up in the modules whose text `says` it.
    fn saying(&self, says: fn(&[u8]) -> bool) -> impl Iterator<Item = (ModuleId, &Index)> {
        let saying = self.modules().filter(move |(_, one)| says(one.file.source.as_bytes()));
        saying.filter_map(|(id, module)| Some((id, module.index()?)))
    }
}

fn reads_app(file: &File) -> bool {
    Finder::new("getApp").find(file.source.as_bytes()).is_some()
}

/// The names of the members that a script says it assigns to: `.name =`, `['name']`.
fn assigned_in(source: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memchr2_iter(b'.', b'[', source).filter_map(|at| {
        let rest = source.get(at + 1..)?;
        let quoted = source.get(at) == Some(&b'[');
        let rest =
            if quoted { rest.strip_prefix(b"'").or(rest.strip_prefix(b"\""))? } else { rest };
        let (name, rest) = name_at(rest);
        (quoted || is_assignment(rest)).then_some(name)
    })
}

/// Whether a script assigns to something of `wx`, or gives something to all components.
fn assigns_to_platform(source: &[u8]) -> bool {
    catalogue::platform_globals().any(|global| {
        Finder::new(global).find_iter(source).any(|at| {
            let after = source.get(at + global.len()..).unwrap_or_default();
            after.strip_prefix(b".").is_some_and(|member| is_assignment(name_at(member).1))
        })
    }) || ["prototype.", "globalProperties."].iter().any(|word| {
        Finder::new(word).find_iter(source).any(|at| {
            let member = source.get(at + word.len()..).unwrap_or_default();
            is_assignment(name_at(member).1)
        })
    })
}

/// Whether a script may put something under a name of what it imports: it assigns to a member of a
/// name, and the text somewhere says `name = require(`, `import name` or `as name`.
pub(super) fn may_write_to_imports(source: &[u8]) -> bool {
    let mut known: HashMap<&[u8], bool> = HashMap::new();
    memchr::memchr_iter(b'.', source).any(|at| {
        let (_, rest) = name_at(source.get(at + 1..).unwrap_or_default());
        if !is_assignment(rest) {
            return false;
        }
        let chain = source.get(..at).unwrap_or_default();
        let part = |byte: &&u8| is_part(**byte) || **byte == b'.';
        let chain = chain.get(at - chain.iter().rev().take_while(part).count()..);
        let (root, _) = name_at(chain.unwrap_or_default());
        if root.is_empty() {
            // `require('./config').host = …`
            let before = source.get(at.saturating_sub(STATEMENT)..at).unwrap_or_default();
            return before.ends_with(b")") && Finder::new("require").find(before).is_some();
        }
        if matches!(root, b"this" | b"that" | b"self" | b"exports" | b"module") {
            return false;
        }
        *known.entry(root).or_insert_with(|| is_imported(source, root))
    })
}

/// Whether the text says somewhere that the name `root` is imported.
fn is_imported(source: &[u8], root: &[u8]) -> bool {
    Finder::new(root).find_iter(source).any(|at| {
        let (before, after) = source.split_at(at);
        let after = after.get(root.len()..).unwrap_or_default();
        if before.last().copied().is_some_and(is_part)
            || after.first().copied().is_some_and(is_part)
        {
            return false;
        }
        // `const { config } = require(…)`, `import config, { a } from …`: all in one statement.
        let after = after.get(..after.len().min(STATEMENT)).unwrap_or_default();
        let before = before.get(before.len().saturating_sub(STATEMENT)..).unwrap_or_default();
        let required = after.split(|&byte| byte == b';').next().is_some_and(|statement| {
            Finder::new("require").find(statement).is_some() && statement.contains(&b'=')
        });
        required || Finder::new("import").find(before).is_some()
    })
}

/// How many bytes an import may be long.
const STATEMENT: usize = 400;

/// Whether a script holds the word `word`.
fn mentions(source: &str, word: &str) -> bool {
    let source = source.as_bytes();
    Finder::new(word).find_iter(source).any(|at| {
        let before = at.checked_sub(1).and_then(|before| source.get(before));
        let after = source.get(at + word.len());
        !before.copied().is_some_and(is_part) && !after.copied().is_some_and(is_part)
    })
}

/// Whether a byte can stand in a name.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_$".contains(&byte) || !byte.is_ascii()
}

/// The name that a text begins with, and the rest.
fn name_at(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|&&byte| is_part(byte)).count())
}

/// Whether text goes on with `=`, and not with a comparison.
fn is_assignment(rest: &[u8]) -> bool {
    let mut rest = rest.iter().skip_while(|byte| byte.is_ascii_whitespace());
    rest.next() == Some(&b'=') && !matches!(rest.next(), Some(b'=' | b'>'))
}

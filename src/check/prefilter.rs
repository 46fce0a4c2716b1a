//! Which files can hold a use at all: a search for the few words that matter, before anything is
//! parsed. A parse costs fifty times a search, so this decides the speed of a cold run; a word too
//! many costs time, a word too few would cost a finding, hence the words come from the catalogue.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::catalogue::{self, Form};
use crate::facts::comment::MARK;
use crate::path::FilePath;
use crate::project::File;
use crate::syntax::{Dialect, Kind};

/// A script that never says one of these uses nothing of the platform.
static PLATFORM: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    let packages = catalogue::dialects().iter().flat_map(|row| row.packages.iter().copied());
    catalogue::platform_globals().chain(packages).map(Finder::new).collect()
});
static SUPPRESSION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));

/// Words of which a template must hold one to use anything.
static TEMPLATE_WORDS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    let mut words: Vec<String> = vec!["openType".to_owned()];
    for row in catalogue::interfaces() {
        match row.form {
            Form::Component => words.extend(row.tag.map(|tag| format!("<{tag}"))),
            Form::OpenType => words.extend(row.attribute.map(str::to_owned)),
            Form::Attribute => words.extend(row.value.or(row.attribute).map(str::to_owned)),
            Form::Interface | Form::Method | Form::Scope => {}
        }
    }
    words.sort();
    words.dedup();
    words.iter().map(|word| Finder::new(word).into_owned()).collect()
});

/// What a search for words tells of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefilter {
    /// It may hold a use.
    pub uses: bool,
    /// It may hold a suppression.
    pub suppressions: bool,
}

impl Prefilter {
    /// Looks at a file. O(n), without a parse.
    pub(crate) fn at(file: &File) -> Self {
        Self {
            uses: may_hold_use(file.kind, &file.source),
            suppressions: SUPPRESSION.find(file.source.as_bytes()).is_some(),
        }
    }
}

/// Whether a file may hold a use. O(n), without a parse.
fn may_hold_use(kind: Kind, source: &str) -> bool {
    let bytes = source.as_bytes();
    match kind {
        Kind::Script(Dialect::Wxs) | Kind::Manifest | Kind::Environment => false,
        Kind::Script(_) => names_platform(bytes),
        Kind::Template => names_component(bytes),
        Kind::SingleFile(_) => names_platform(bytes) || names_component(bytes),
    }
}

/// Whether a word stands in a template without which it uses nothing.
fn names_component(bytes: &[u8]) -> bool {
    TEMPLATE_WORDS.iter().any(|word| word.find(bytes).is_some())
}

/// Whether a name of the platform stands in a script as a name of its own, not as a part of a
/// longer one. A byte beyond ASCII counts as an end, though it may belong to the name: better a
/// file too many.
fn names_platform(bytes: &[u8]) -> bool {
    let part_of_name = |byte: Option<&u8>| {
        byte.is_some_and(|&byte| byte.is_ascii_alphanumeric() || b"_$".contains(&byte))
    };
    PLATFORM.iter().any(|word| {
        word.find_iter(bytes).any(|at| {
            !part_of_name(at.checked_sub(1).and_then(|before| bytes.get(before)))
                && !part_of_name(bytes.get(at + word.needle().len()))
        })
    })
}

/// The word that every specifier of the module at `path` ends in, but for its extension: its name,
/// or for an index its folder's.
pub(crate) fn import_word(path: &FilePath) -> Finder<'static> {
    let stem = path.without_extension();
    let folder = path.parent();
    let word = if stem.file_name() == "index" { folder.file_name() } else { stem.file_name() };
    Finder::new(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_is_a_name_of_its_own() {
        let may = |source| may_hold_use(Kind::Script(Dialect::JavaScript), source);
        for source in ["wx", "wx.login()", "a=wx", "globalThis['wx']", "中wx", "awx;wx", "`${wx}`"]
        {
            assert!(may(source), "{source}");
        }
        for source in ["", "w x", "wxs", "awx", "$wx", "wx_", "wx1", "_wx.a"] {
            assert!(!may(source), "{source}");
        }
    }

    #[test]
    fn an_index_is_imported_by_the_name_of_its_folder() {
        for (path, word) in [("a/platform.js", "platform"), ("a/platform/index.ts", "platform")] {
            let finder = import_word(&FilePath::new(path).unwrap());
            assert_eq!(finder.needle(), word.as_bytes(), "{path}");
        }
    }
}

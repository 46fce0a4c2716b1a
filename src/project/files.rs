//! The files of a workspace at one moment. A file's facts are read when they are first asked for
//! and then shared, so a file that is not needed is never parsed, on any number of threads with
//! the same result.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::Day;
use crate::facts::script::Import;
use crate::facts::{self, Facts, ManifestFacts, ScriptFacts, TemplateFacts};
use crate::path::FilePath;
use crate::syntax::{self, Dialect, Kind};

/// One file's text, and its facts once asked for.
#[derive(Debug)]
pub struct File {
    /// Where it stands.
    pub path: FilePath,
    /// What it is.
    pub kind: Kind,
    /// Its text; empty when `read_error` kept it from being read.
    pub source: Arc<str>,
    /// What kept it from being read as it stands.
    pub read_error: Option<ReadError>,
    facts: OnceLock<Facts>,
}

/// What is wrong with a file as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Longer than the limit: not read. Bytes.
    TooLarge {
        /// Its length in bytes.
        bytes: u64,
    },
    /// In another encoding than UTF-8, which is certain: decoded; never edited.
    Decoded(Encoding),
    /// Not UTF-8, and of no certain encoding: read with replacement characters; never edited.
    NotUtf8,
    /// A script that nests too deep to be parsed: its text is there, and nothing is known of it.
    TooDeep,
    /// The system refused to read it.
    Unreadable,
}

fn too_deep(kind: Kind, source: &str) -> Option<ReadError> {
    let is_too_deep = kind.has_script() && syntax::is_too_deep(Dialect::JavaScript, source);
    is_too_deep.then_some(ReadError::TooDeep)
}

/// An encoding that files are decoded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16 with a byte order mark, of either order.
    Utf16,
    /// GBK: Chinese text of Windows editors.
    Gbk,
}

impl Encoding {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16",
            Self::Gbk => "GBK",
        }
    }
}

impl ReadError {
    /// Whether there is a text all the same.
    pub fn has_text(self) -> bool {
        matches!(self, Self::Decoded(_) | Self::NotUtf8)
    }
}

impl File {
    /// A file whose facts are not read yet.
    pub fn new(
        path: FilePath,
        kind: Kind,
        source: Arc<str>,
        read_error: Option<ReadError>,
    ) -> Self {
        // A text that was decoded is parsed as any other, so it may nest too deep.
        let read_error = match read_error {
            Some(error) if !error.has_text() => Some(error),
            other => too_deep(kind, &source).or(other),
        };
        Self { path, kind, source, read_error, facts: OnceLock::new() }
    }

    /// A file whose facts are at hand (an open document's).
    pub fn with_facts(path: FilePath, kind: Kind, source: Arc<str>, facts: Facts) -> Self {
        let read_error = too_deep(kind, &source);
        Self { path, kind, source, read_error, facts: OnceLock::from(facts) }
    }

    /// The facts; parses on the first call. O(n) once.
    pub fn facts(&self) -> &Facts {
        self.facts.get_or_init(|| Facts::read(self.kind, &self.source))
    }

    /// The modules that a script asks for, in document order, without its facts where its text
    /// tells. O(n) each time. The same whether the facts were read already or not.
    pub fn imports(&self) -> Vec<Import> {
        let Some((dialect, text)) = facts::script_text(self.kind, &self.source) else {
            return Vec::new();
        };
        facts::imports(dialect, &text).unwrap_or_else(|| {
            let facts = self.facts().as_script();
            let mut imports = facts.map(|facts| facts.imports.clone()).unwrap_or_default();
            imports.sort_by_key(|import| import.span.start());
            imports
        })
    }

    /// Whether the facts were read already.
    pub fn is_parsed(&self) -> bool {
        self.facts.get().is_some()
    }
}

/// All files of a workspace, by path. Cloning is cheap: 2,000 files in a tenth of a millisecond.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: BTreeMap<FilePath, Arc<File>>,
    today: Option<Day>,
}

impl Files {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file in, over any other of its path.
    pub fn insert(&mut self, file: Arc<File>) {
        self.files.insert(file.path.clone(), file);
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &FilePath) -> Option<Arc<File>> {
        self.files.remove(path)
    }

    /// The file at `path`.
    pub fn get(&self, path: &FilePath) -> Option<&Arc<File>> {
        self.files.get(path)
    }

    /// Whether there is a file at `path`.
    pub fn contains(&self, path: &FilePath) -> bool {
        self.files.contains_key(path)
    }

    /// The day on which they were read; `None` when unknown.
    pub fn today(&self) -> Option<Day> {
        self.today
    }

    /// Says on which day they were read.
    pub fn set_today(&mut self, today: Option<Day>) {
        self.today = today;
    }

    /// All files, by path.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<File>> {
        self.files.values()
    }

    /// The files within `folder`, by path.
    pub fn within<'a>(&'a self, folder: &'a FilePath) -> impl Iterator<Item = &'a Arc<File>> {
        // Names such as `src-2/a` sort between `src` and `src/a`: passed over, not a reason to
        // stop.
        self.files
            .range(folder.clone()..)
            .take_while(|(path, _)| path.as_str().starts_with(folder.as_str()))
            .filter(|(path, _)| path.is_within(folder))
            .map(|(_, file)| file)
    }

    /// The files of `before` that are not the same any more; `None` when files have come or gone.
    /// O(files).
    pub fn edited_since<'b>(&self, before: &'b Self) -> Option<Vec<&'b Arc<File>>> {
        if self.len() != before.len() {
            return None;
        }
        let mut edited = Vec::new();
        for (now, old) in self.iter().zip(before.iter()) {
            if Arc::ptr_eq(now, old) {
                continue;
            }
            if now.path != old.path {
                return None;
            }
            edited.push(old);
        }
        Some(edited)
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The script facts of `path`, when it is a script.
    pub fn script(&self, path: &FilePath) -> Option<&ScriptFacts> {
        self.get(path)?.facts().as_script()
    }

    /// The template facts of `path`, when it is a template.
    pub fn template(&self, path: &FilePath) -> Option<&TemplateFacts> {
        self.get(path)?.facts().as_template()
    }

    /// The manifest facts of `path`, when it is a manifest.
    pub fn manifest(&self, path: &FilePath) -> Option<&ManifestFacts> {
        self.get(path)?.facts().as_manifest()
    }
}

impl FromIterator<(FilePath, String)> for Files {
    /// Files from their texts; names that are no kind of file are passed over.
    fn from_iter<I: IntoIterator<Item = (FilePath, String)>>(texts: I) -> Self {
        let mut files = Self::new();
        for (path, text) in texts {
            if let Some(kind) = Kind::of(&path) {
                files.insert(Arc::new(File::new(path, kind, Arc::from(text), None)));
            }
        }
        files
    }
}

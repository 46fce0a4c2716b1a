//! The three kinds of file. The one thing to know: the kind follows from the name alone, so a file never changes kind while it is typed.

use crate::path::FilePath;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// WXML.
    Template,
    /// JavaScript, TypeScript or WXS.
    Script(Dialect),
    /// JSON.
    Manifest,
}

/// The dialect of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `.js`
    JavaScript,
    /// `.ts`
    TypeScript,
    /// `.wxs`: cannot call the platform.
    Wxs,
}

impl Kind {
    /// The kind of `path`; `None` for a file that says nothing to us. Type declarations (`.d.ts`) are gone at run time.
    pub fn of(path: &FilePath) -> Option<Self> {
        match path.extension() {
            "wxml" => Some(Self::Template),
            "js" => Some(Self::Script(Dialect::JavaScript)),
            "ts" if path.file_name().ends_with(".d.ts") => None,
            "ts" => Some(Self::Script(Dialect::TypeScript)),
            "wxs" => Some(Self::Script(Dialect::Wxs)),
            "json" => Some(Self::Manifest),
            _ => None,
        }
    }
}

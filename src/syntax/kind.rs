//! The kinds of file. The kind follows from the name alone, so a file never changes kind while it
//! is typed.

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
    /// `.env` and its like: what a build puts in the place of names.
    Environment,
    /// A component whose template, script and settings are blocks of one file.
    SingleFile(SingleFile),
}

/// The form of a single file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SingleFile {
    /// `.mpx`: the template is WXML, the settings are a block.
    Mpx,
    /// `.vue`, `.nvue`: the template is HTML with directives.
    Vue,
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
    /// The kind of `path`; `None` for a file that says nothing to us. Type declarations (`.d.ts`)
    /// are gone at run time.
    pub fn of(path: &FilePath) -> Option<Self> {
        if is_environment(path.file_name()) {
            return Some(Self::Environment);
        }
        match path.extension() {
            "wxml" => Some(Self::Template),
            "js" => Some(Self::Script(Dialect::JavaScript)),
            "ts" if path.file_name().ends_with(".d.ts") => None,
            "ts" => Some(Self::Script(Dialect::TypeScript)),
            "wxs" => Some(Self::Script(Dialect::Wxs)),
            "json" => Some(Self::Manifest),
            "mpx" => Some(Self::SingleFile(SingleFile::Mpx)),
            "nvue" | "vue" => Some(Self::SingleFile(SingleFile::Vue)),
            _ => None,
        }
    }

    /// Whether a file of this kind is code or markup, not settings.
    pub fn is_code(self) -> bool {
        !matches!(self, Self::Manifest | Self::Environment)
    }

    /// Whether a file of this kind is a module that others may import.
    pub fn is_module(self) -> bool {
        matches!(self, Self::Script(_) | Self::SingleFile(_) | Self::Environment)
    }

    /// Whether a file of this kind may hold a script that runs in the app: all but WXS.
    pub fn has_script(self) -> bool {
        match self {
            Self::Script(dialect) => dialect != Dialect::Wxs,
            Self::SingleFile(_) => true,
            Self::Template | Self::Manifest | Self::Environment => false,
        }
    }

    /// Whether a file of this kind may hold a template.
    pub fn has_template(self) -> bool {
        matches!(self, Self::Template | Self::SingleFile(_))
    }
}

/// Endings of files that only show what an environment file may say.
const EXAMPLES: [&str; 5] = ["default", "dist", "example", "sample", "template"];

/// Whether a file of this name gives a build its environment: `.env`, `.env.production`, `.env.test.local`.
pub fn is_environment(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(".env") else { return false };
    rest.is_empty()
        || rest.strip_prefix('.').is_some_and(|mode| {
            let is_word = |word: &str| {
                !word.is_empty()
                    && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
            };
            mode.split('.').all(is_word) && !mode.split('.').any(|word| EXAMPLES.contains(&word))
        })
}

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

    /// Whether a file of this kind is a module that others may import.
    pub fn is_module(self) -> bool {
        matches!(self, Self::Script(_) | Self::SingleFile(_))
    }

    /// Whether a file of this kind may hold a script that runs in the app: all but WXS.
    pub fn has_script(self) -> bool {
        match self {
            Self::Script(dialect) => dialect != Dialect::Wxs,
            Self::SingleFile(_) => true,
            Self::Template | Self::Manifest => false,
        }
    }

    /// Whether a file of this kind may hold a template.
    pub fn has_template(self) -> bool {
        matches!(self, Self::Template | Self::SingleFile(_))
    }
}

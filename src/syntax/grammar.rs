//! The grammars. The two `unsafe` lines of the project stand here, to link our own C parser.
#![allow(unsafe_code, reason = "linking the C parser that build.rs compiles from grammars/wxml")]

use tree_sitter::Language;
use tree_sitter_language::LanguageFn;

use super::{Dialect, Kind};

unsafe extern "C" {
    fn tree_sitter_wxml() -> *const ();
}

const WXML: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_wxml) };

/// A grammar that a text, or a part of one, is parsed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grammar {
    /// Markup with the syntax of HTML.
    Html,
    /// JSON.
    Json,
    /// JavaScript or TypeScript.
    Script(Dialect),
    /// WXML.
    Wxml,
}

impl From<Dialect> for Grammar {
    fn from(dialect: Dialect) -> Self {
        Self::Script(dialect)
    }
}

impl From<Kind> for Grammar {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Template => Self::Wxml,
            Kind::Script(dialect) => Self::Script(dialect),
            // An environment file is read without a tree: any grammar does.
            Kind::Manifest | Kind::Environment => Self::Json,
            // As a whole; its blocks have grammars of their own.
            Kind::SingleFile(_) => Self::Html,
        }
    }
}

/// The language of a grammar.
pub(super) fn language(grammar: Grammar) -> Language {
    match grammar {
        Grammar::Html => tree_sitter_html::LANGUAGE.into(),
        Grammar::Json => tree_sitter_json::LANGUAGE.into(),
        Grammar::Script(Dialect::JavaScript | Dialect::Wxs) => {
            tree_sitter_javascript::LANGUAGE.into()
        }
        Grammar::Script(Dialect::TypeScript) => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        Grammar::Wxml => WXML.into(),
    }
}

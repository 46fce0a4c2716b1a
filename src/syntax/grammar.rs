//! The grammars. The one thing to know: the two `unsafe` lines of the project stand here, to link our own C parser.
#![allow(unsafe_code, reason = "linking the C parser that build.rs compiles from grammars/wxml")]

use tree_sitter::Language;
use tree_sitter_language::LanguageFn;

use super::{Dialect, Kind};

unsafe extern "C" {
    fn tree_sitter_wxml() -> *const ();
}

const WXML: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_wxml) };

/// The grammar of a kind of file.
pub(super) fn language(kind: Kind) -> Language {
    match kind {
        Kind::Template => WXML.into(),
        Kind::Script(Dialect::JavaScript | Dialect::Wxs) => tree_sitter_javascript::LANGUAGE.into(),
        Kind::Script(Dialect::TypeScript) => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        Kind::Manifest => tree_sitter_json::LANGUAGE.into(),
    }
}

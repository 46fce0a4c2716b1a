//! placeholder
use super::ScriptFacts;
use crate::syntax::Tree;

/// placeholder
pub fn read(_: &Tree, _: &str) -> ScriptFacts {
    ScriptFacts::default()
}

//! placeholder
use super::TemplateFacts;
use crate::syntax::Tree;

/// placeholder
pub fn read(_: &Tree, _: &str) -> TemplateFacts {
    TemplateFacts::default()
}

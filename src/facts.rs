//! What ONE file says, read once from its tree, which is then dropped.
//! The one thing to know: facts name no platform interface and judge nothing; they are the same for the same bytes,
//! and a rule never needs the tree again.

pub mod comment;
mod imports;
pub mod manifest;
pub mod script;
pub mod template;

pub use comment::Comment;
pub use imports::imports;
pub use manifest::ManifestFacts;
pub use script::{NodeBuffer, ScriptFacts};
pub use template::TemplateFacts;

use crate::syntax::Kind;
use crate::syntax::Tree;
use crate::text::Span;

/// The facts of a file of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Facts {
    /// WXML.
    Template(TemplateFacts),
    /// JavaScript, TypeScript or WXS.
    Script(Box<ScriptFacts>),
    /// JSON.
    Manifest(ManifestFacts),
}

impl Facts {
    /// Reads the facts of `source`, parsing it afresh. O(n).
    pub fn read(kind: Kind, source: &str) -> Self {
        match kind {
            // The reader of manifests works on the text: a tree would be made for nothing.
            Kind::Manifest => Self::Manifest(manifest::read(source)),
            _ => Self::of_tree(&Tree::parse(kind, source), source),
        }
    }

    /// Reads the facts of `source` from a tree of it that is at hand. O(n).
    pub fn of_tree(tree: &Tree, source: &str) -> Self {
        match tree.kind() {
            Kind::Template => Self::Template(template::read(tree, source)),
            Kind::Script(_) => Self::Script(Box::new(script::read(tree, source))),
            Kind::Manifest => Self::Manifest(manifest::read(source)),
        }
    }

    /// As [`Self::of_tree`], with the same facts, sooner, for one version of a document after another: `flat` is what the facts of
    /// the version before left, and is replaced by what these leave. O(n), of which an edit costs the most.
    pub fn update_facts(tree: &Tree, source: &str, flat: &mut Option<NodeBuffer>) -> Self {
        match tree.kind() {
            Kind::Script(_) => Self::Script(Box::new(script::reread(tree, source, flat))),
            Kind::Template | Kind::Manifest => Self::of_tree(tree, source),
        }
    }

    /// The comments, in document order.
    pub fn comments(&self) -> &[Comment] {
        match self {
            Self::Template(facts) => &facts.comments,
            Self::Script(facts) => &facts.comments,
            Self::Manifest(facts) => &facts.comments,
        }
    }

    /// These facts as a template's.
    pub fn as_template(&self) -> Option<&TemplateFacts> {
        if let Self::Template(facts) = self { Some(facts) } else { None }
    }

    /// These facts as a script's.
    pub fn as_script(&self) -> Option<&ScriptFacts> {
        if let Self::Script(facts) = self { Some(facts) } else { None }
    }

    /// These facts as a manifest's.
    pub fn as_manifest(&self) -> Option<&ManifestFacts> {
        if let Self::Manifest(facts) = self { Some(facts) } else { None }
    }
}

/// A place where the parser had to skip or invent something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// Where.
    pub span: Span,
    /// Whether something is missing (as opposed to being one too many).
    pub missing: bool,
}

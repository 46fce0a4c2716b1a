//! What ONE file says, read once from its tree, which is then dropped. Facts name no platform
//! interface and judge nothing; they are the same for the same bytes, and a rule never needs the
//! tree again.

pub mod comment;
mod conditional;
mod environment;
mod imports;
pub mod manifest;
pub mod script;
pub mod single_file;
pub mod template;

pub use comment::Comment;
pub use imports::imports;
pub use manifest::ManifestFacts;
pub use script::{NodeBuffer, ScriptFacts};
pub use single_file::{CombinedFacts, PartTrees};
pub use template::TemplateFacts;

use std::borrow::Cow;

use conditional::blank_inactive;

use crate::syntax::{Dialect, Grammar, Kind, Tree};
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
    /// A file with several parts.
    Combined(Box<CombinedFacts>),
}

/// What a part of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Settings.
    Manifest,
    /// A script.
    Script,
    /// A template.
    Template,
}

impl Facts {
    /// Reads the facts of `source`, parsing it afresh. O(n).
    pub fn read(kind: Kind, source: &str) -> Self {
        match kind {
            // The reader of manifests works on the text: a tree would be made for nothing.
            Kind::Manifest => Self::Manifest(manifest::read(&blank_inactive(source))),
            Kind::SingleFile(form) => Self::Combined(Box::new(single_file::read(form, source))),
            Kind::Script(_) => {
                let text = blank_inactive(source);
                Self::of_tree(&Tree::parse(kind, &text), &text)
            }
            Kind::Environment => Self::Script(Box::new(environment::read(source))),
            Kind::Template => Self::of_tree(&Tree::parse(kind, source), source),
        }
    }

    /// Reads the facts of `source` from a tree of it that is at hand. O(n).
    pub fn of_tree(tree: &Tree, source: &str) -> Self {
        match tree.grammar() {
            Grammar::Wxml | Grammar::Html => Self::Template(template::read(tree, source)),
            Grammar::Script(_) => Self::Script(Box::new(script::read(tree, source))),
            Grammar::Json => Self::Manifest(manifest::read(&blank_inactive(source))),
        }
    }

    /// As [`Self::of_tree`], with the same facts, sooner, for one version of a document after
    /// another: `flat` is what the facts of the version before left, and is replaced by what these
    /// leave. O(n), of which an edit costs the most.
    pub fn update_facts(tree: &Tree, source: &str, flat: &mut Option<NodeBuffer>) -> Self {
        match tree.grammar() {
            Grammar::Script(_) => Self::Script(Box::new(script::reread(tree, source, flat))),
            _ => Self::of_tree(tree, source),
        }
    }

    /// The facts of a text of `kind` that is not read from one tree of it, for one version of a
    /// document after another; `None` for any other. `parts` are the trees that the version before
    /// left, and are replaced by those of this one.
    pub fn update_parts(kind: Kind, source: &str, parts: &mut PartTrees) -> Option<Self> {
        match kind {
            Kind::SingleFile(form) => {
                Some(Self::Combined(Box::new(single_file::update(form, source, parts))))
            }
            Kind::Script(_) => {
                let Cow::Owned(text) = blank_inactive(source) else { return None };
                let tree = parts.only(kind, &text);
                Some(Self::of_tree(&tree, &text))
            }
            Kind::Environment => Some(Self::read(kind, source)),
            Kind::Template | Kind::Manifest => None,
        }
    }

    /// The comments, in document order.
    pub fn comments(&self) -> &[Comment] {
        match self {
            Self::Template(facts) => &facts.comments,
            Self::Script(facts) => &facts.comments,
            Self::Manifest(facts) => &facts.comments,
            Self::Combined(facts) => &facts.comments,
        }
    }

    /// The part of the file that byte `offset` stands in; `None` between the parts of a file that
    /// has several.
    pub fn part_at(&self, offset: usize) -> Option<Part> {
        match self {
            Self::Template(_) => Some(Part::Template),
            Self::Script(_) => Some(Part::Script),
            Self::Manifest(_) => Some(Part::Manifest),
            Self::Combined(facts) => {
                let holds = |span: &Span| span.start() <= offset && offset <= span.end();
                facts.parts.iter().find(|(span, _)| holds(span)).map(|part| part.1)
            }
        }
    }

    /// These facts as a template's.
    pub fn as_template(&self) -> Option<&TemplateFacts> {
        match self {
            Self::Template(facts) => Some(facts),
            Self::Combined(facts) => facts.template.as_ref(),
            Self::Script(_) | Self::Manifest(_) => None,
        }
    }

    /// These facts as a script's.
    pub fn as_script(&self) -> Option<&ScriptFacts> {
        match self {
            Self::Script(facts) => Some(facts),
            Self::Combined(facts) => Some(&facts.script),
            Self::Template(_) | Self::Manifest(_) => None,
        }
    }

    /// These facts as a manifest's.
    pub fn as_manifest(&self) -> Option<&ManifestFacts> {
        match self {
            Self::Manifest(facts) => Some(facts),
            Self::Combined(facts) => facts.manifest.as_ref(),
            Self::Template(_) | Self::Script(_) => None,
        }
    }
}

/// The script of `source`, a file of `kind`, as it is parsed: all else is blank in it. `None` where
/// the kind has no script. O(n).
pub fn script_text(kind: Kind, source: &str) -> Option<(Dialect, Cow<'_, str>)> {
    match kind {
        Kind::Script(dialect) => Some((dialect, blank_inactive(source))),
        Kind::SingleFile(form) => {
            let (dialect, text) = single_file::script_text(form, source);
            Some((dialect, Cow::Owned(text)))
        }
        Kind::Template | Kind::Manifest | Kind::Environment => None,
    }
}

/// The template of `source`, a file of `kind`, as it is parsed: all else is blank in it. `None`
/// where there is none. O(n).
pub fn template_text(kind: Kind, source: &str) -> Option<Cow<'_, str>> {
    match kind {
        Kind::Template => Some(Cow::Borrowed(source)),
        Kind::SingleFile(form) => single_file::template_text(form, source).map(Cow::Owned),
        Kind::Script(_) | Kind::Manifest | Kind::Environment => None,
    }
}

/// `name` with hyphens in place of capitals: `UniPopup` and `uniPopup` are `uni-popup`.
pub fn hyphenated(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for (at, c) in name.char_indices() {
        if c.is_ascii_uppercase() {
            if at > 0 && !text.ends_with('-') {
                text.push('-');
            }
            text.push(c.to_ascii_lowercase());
        } else {
            text.push(c);
        }
    }
    text
}

/// A place where the parser had to skip or invent something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxProblem {
    /// Where.
    pub span: Span,
    /// Whether something is missing (as opposed to being one too many).
    pub missing: bool,
}

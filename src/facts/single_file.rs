//! Files that hold the template, the script and the settings of a component in blocks (`.vue`,
//! `.mpx`). Each part is read by its own grammar from a text in which everything else is blank.
//! Invariant: every place is one of the whole file, and a part that is broken leaves the others as
//! they are.

mod blocks;
mod mpx;
mod parses;
mod vue;

pub use parses::PartTrees;

use super::conditional::{blank_inactive, push_blank};
use super::script::{Component, Export, ExportName, Expr, ExprId, Import, ImportedName};
use super::{Comment, ManifestFacts, Part, ScriptFacts, TemplateFacts, manifest, script, template};
use crate::syntax::{Dialect, Grammar, SingleFile};
use crate::text::Span;
use blocks::{Block, blocks};
use parses::Parses;

/// The facts of a file with several parts.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CombinedFacts {
    /// The template, where there is one that can be read.
    pub template: Option<TemplateFacts>,
    /// All scripts of the component as one module, as its compiler sees them.
    pub script: ScriptFacts,
    /// The settings, where they are a block.
    pub manifest: Option<ManifestFacts>,
    /// Comments of all parts that speak to miniguard, in document order.
    pub comments: Vec<Comment>,
    /// Blocks that are written in a language that is not read.
    pub unread: Vec<UnreadBlock>,
    /// Where each part stands, in document order.
    pub parts: Vec<(Span, Part)>,
}

/// A block in a language that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadBlock {
    /// Its start tag.
    pub span: Span,
    /// The tag and the language: `template lang="pug"`.
    pub written: Box<str>,
}

/// Reads the facts of a single file. O(n).
pub fn read(form: SingleFile, source: &str) -> CombinedFacts {
    read_parts(form, source, &mut Parses::new(None))
}

/// As [`read`], with the same facts, sooner, for one version of a document after another: `trees`
/// are those that the version before left, and are replaced by those of this one.
pub fn update(form: SingleFile, source: &str, trees: &mut PartTrees) -> CombinedFacts {
    let mut parses = Parses::new(Some(trees));
    let facts = read_parts(form, source, &mut parses);
    *trees = parses.into_trees();
    facts
}

/// The scripts of a single file as one text, in which everything else is blank.
pub(super) fn script_text(form: SingleFile, source: &str) -> (Dialect, String) {
    let text = blank_inactive(source);
    let blocks = Blocks::of_file(form, &text);
    let scripts = blocks.scripts.iter().map(|block| block.content);
    (blocks.dialect, only(&text, scripts))
}

/// The template of a single file, in a text in which everything else is blank.
pub(super) fn template_text(form: SingleFile, source: &str) -> Option<String> {
    let text = blank_inactive(source);
    Some(only(&text, [Blocks::of_file(form, &text).template?.content]))
}

fn read_parts(form: SingleFile, source: &str, parses: &mut Parses<'_>) -> CombinedFacts {
    let text = blank_inactive(source);
    let blocks = Blocks::of_file(form, &text);
    let mut facts = CombinedFacts { unread: blocks.unread, ..CombinedFacts::default() };
    let view = only(&text, blocks.scripts.iter().map(|block| block.content));
    let tree = parses.parse(Grammar::Script(blocks.dialect), view.clone());
    facts.script = script::read(&tree, &view);
    facts.parts.extend(blocks.scripts.iter().map(|block| (block.content, Part::Script)));
    let setup = blocks.scripts.iter().find(|block| block.attribute("setup").is_some());
    facts.script.component = Some(Component { setup: setup.map(|block| block.content) });
    for block in &blocks.scripts {
        if let Some((specifier, span)) = block.attribute("src").and_then(|src| src.value.clone()) {
            stand_for(&mut facts.script, specifier, span);
        }
    }
    if let Some(block) = blocks.template {
        facts.parts.push((block.content, Part::Template));
        facts.template = Some(match form {
            SingleFile::Vue => vue::read(&text, block.content, blocks.dialect, parses),
            SingleFile::Mpx => {
                let view = only(&text, [block.content]);
                let tree = parses.parse(Grammar::Wxml, view.clone());
                mpx::finish(template::read(&tree, &view))
            }
        });
    }
    if let Some(block) = blocks.settings {
        facts.parts.push((block.content, Part::Manifest));
        facts.manifest = Some(manifest::read(&only(&text, [block.content])));
    }
    let of_template = facts.template.iter().flat_map(|part| &part.comments);
    let of_manifest = facts.manifest.iter().flat_map(|part| &part.comments);
    let of_parts = facts.script.comments.iter().chain(of_template).chain(of_manifest).cloned();
    let between = blocks.comments.iter().filter_map(|span| Comment::read(*span, &text));
    facts.comments = of_parts.chain(between).collect();
    facts.comments.sort_by_key(|comment| comment.span);
    facts.parts.sort_by_key(|part| part.0);
    facts
}

/// `source` with everything blank but `parts`, which are in order.
fn only(source: &str, parts: impl IntoIterator<Item = Span>) -> String {
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for part in parts {
        push_blank(&mut text, source.get(at..part.start()).unwrap_or(""));
        text.push_str(part.of(source));
        at = part.end();
    }
    push_blank(&mut text, source.get(at..).unwrap_or(""));
    text
}

/// The blocks of a file by what they are.
struct Blocks {
    template: Option<Block>,
    scripts: Vec<Block>,
    settings: Option<Block>,
    dialect: Dialect,
    unread: Vec<UnreadBlock>,
    /// Comments between blocks.
    comments: Vec<Span>,
}

impl Blocks {
    fn of_file(form: SingleFile, text: &str) -> Self {
        let mut found = Self {
            template: None,
            scripts: Vec::new(),
            settings: None,
            dialect: Dialect::JavaScript,
            unread: Vec::new(),
            comments: Vec::new(),
        };
        let (all, comments) = blocks(text);
        found.comments = comments;
        for block in all.into_iter().filter(|block| mpx::is_for_wechat(form, block)) {
            let lang = block.value("lang").unwrap_or("").to_ascii_lowercase();
            match (&*block.tag, &*lang) {
                ("template", "" | "html" | "wxml") if block.attribute("src").is_none() => {
                    found.template.get_or_insert(block);
                }
                ("script", _) if is_settings(&block) => {
                    found.settings.get_or_insert(block);
                }
                // A filter, which calls nothing of the platform.
                ("script", _) if block.attribute("module").is_some() => {}
                ("script", "wxs" | "sjs" | "renderjs" | "json") => {}
                ("script", "" | "js" | "javascript" | "ts" | "typescript" | "jsx" | "tsx") => {
                    if lang.starts_with('t') {
                        found.dialect = Dialect::TypeScript;
                    }
                    found.scripts.push(block);
                }
                ("template" | "script", _) => {
                    let name = if lang.is_empty() { "src" } else { "lang" };
                    let value = block.value(name).unwrap_or("");
                    let written = format!("{} {name}=\"{value}\"", block.tag).into();
                    found.unread.push(UnreadBlock { span: block.start_tag, written });
                }
                _ => {}
            }
        }
        found
    }
}

/// `<script type="application/json">`
fn is_settings(block: &Block) -> bool {
    block.value("type").is_some_and(|value| value.eq_ignore_ascii_case("application/json"))
}

/// Makes the script one that gives all that the module `specifier` gives: `<script src="…">`.
fn stand_for(facts: &mut ScriptFacts, specifier: Box<str>, span: Span) {
    let import = u32::try_from(facts.imports.len()).unwrap_or(u32::MAX);
    facts.imports.push(Import { specifier, span, type_only: false });
    let value = ExprId(u32::try_from(facts.exprs.len()).unwrap_or(u32::MAX));
    facts.exprs.push(Expr::Import { import, name: ImportedName::Default });
    facts.spans.push(span);
    facts.exports.push(Export { name: ExportName::Default, value: Some(value), from: None });
    facts.exports.push(Export { name: ExportName::All, value: None, from: Some(import) });
}

#[cfg(test)]
mod tests;

//! Components of a framework's sources: those that a script imports or registers for all, those
//! that pages.json names, and those that a tag means by its name alone. A tag is compared in its
//! hyphenated form.

use super::super::packages::npm_package;
use crate::facts::script::{Argument, BindingKind, Expr, ExprId, Key};
use crate::facts::{ScriptFacts, hyphenated};
use crate::finding::Place;
use crate::path::FilePath;
use crate::project::{ComponentEdge, ComponentTarget, Files, Program};
use crate::syntax::Kind;

/// What registers a component for all: `Vue.component('name', Component)`.
const REGISTERS: &str = "component";

impl Program {
    /// What `tag` means in the single file at `stem`: what its script imports, what pages.json
    /// gives the page, or what a script that runs first has registered. `None` where nothing says
    /// so.
    pub(in crate::project) fn component_of_sources(
        &self,
        files: &Files,
        stem: &FilePath,
        tag: &str,
    ) -> Option<ComponentTarget> {
        let script = self.script_of(files, stem)?;
        if let Some(facts) = files.script(&script)
            && let Some(target) = self.imported(files, &script, facts, tag)
        {
            return Some(target);
        }
        let page = self.pages().iter().find(|page| page.stem == *stem);
        let given = page.and_then(|page| page.components.iter().find(|one| &*one.tag == tag));
        if let Some(given) = given {
            return Some(self.resolve_use(files, given));
        }
        self.entry_scripts().find_map(|script| {
            let facts = files.script(script)?;
            let value = registered(facts, tag)?;
            self.target_of(files, script, facts, value)
        })
    }

    /// What `tag` means by its name alone.
    pub(in crate::project) fn component_by_tag(
        &self,
        files: &Files,
        tag: &str,
    ) -> Option<ComponentTarget> {
        let tags = &self.sources.as_ref()?.tags;
        let found = |stem: FilePath| match npm_package(&stem) {
            Some(package) => ComponentTarget::Package { name: package.name, stem: Some(stem) },
            None => ComponentTarget::Local(stem),
        };
        if let Some(path) = tags.by_pattern(tag) {
            let from = self.root.join("pages.json")?;
            let target = self.resolve_specifier(&from, &path, files);
            return Some(match target {
                Some(target) => found(target.without_extension()),
                None => ComponentTarget::Package { name: path, stem: None },
            });
        }
        tags.by_folder(tag).find(|stem| self.script_of(files, stem).is_some()).map(found)
    }

    /// The components whose tags stand in the template of the single file at `stem`, each once, at
    /// its first tag.
    pub(in crate::project) fn components_of_template(
        &self,
        files: &Files,
        stem: &FilePath,
    ) -> Vec<ComponentEdge> {
        let path = self.template_of(files, stem);
        let is_single =
            files.get(&path).is_some_and(|file| matches!(file.kind, Kind::SingleFile(_)));
        if !self.is_compiled() || !is_single {
            return Vec::new();
        }
        let Some(facts) = files.template(&path) else { return Vec::new() };
        let mut edges: Vec<ComponentEdge> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for element in &facts.elements {
            if seen.contains(&&*element.tag) {
                continue;
            }
            seen.push(&element.tag);
            let target = self.component_of(files, stem, &element.tag);
            if target != ComponentTarget::Unknown {
                let place = Place::new(&path, element.tag_span);
                edges.push(ComponentEdge { tag: element.tag.clone(), target, place });
            }
        }
        edges
    }

    /// What the script `path` imports under the name `tag`, or registers under it.
    fn imported(
        &self,
        files: &Files,
        path: &FilePath,
        facts: &ScriptFacts,
        tag: &str,
    ) -> Option<ComponentTarget> {
        let of_name = facts
            .bindings
            .iter()
            .filter(|one| one.kind == BindingKind::Import && hyphenated(&one.name) == tag)
            .find_map(|one| self.target_of(files, path, facts, *one.values.first()?));
        of_name.or_else(|| {
            // `components: { 'name': Component }`
            let objects = facts.exprs.iter().filter_map(|expr| match expr {
                Expr::Object(entries) => Some(entries.iter()),
                _ => None,
            });
            let is_it = |key: &Key| matches!(key, Key::Name(name) if hyphenated(name) == tag);
            objects.flatten().filter(|entry| is_it(&entry.key)).find_map(|entry| {
                let Expr::Name(binding) = facts.expr(entry.value) else { return None };
                let binding = facts.binding(*binding)?;
                let value = *binding.values.first()?;
                (binding.kind == BindingKind::Import)
                    .then(|| self.target_of(files, path, facts, value))?
            })
        })
    }

    /// The component that the expression `value` of the script `path` imports.
    fn target_of(
        &self,
        files: &Files,
        path: &FilePath,
        facts: &ScriptFacts,
        value: ExprId,
    ) -> Option<ComponentTarget> {
        let value = match facts.expr(value) {
            Expr::Name(binding) => *facts.binding(*binding)?.values.first()?,
            _ => value,
        };
        let Expr::Import { import, .. } = facts.expr(value) else { return None };
        let specifier = &facts.imports.get(*import as usize)?.specifier;
        match self.resolve_specifier(path, specifier, files) {
            Some(target) => {
                let is_single =
                    files.get(&target).is_some_and(|file| matches!(file.kind, Kind::SingleFile(_)));
                is_single.then(|| ComponentTarget::Local(target.without_extension()))
            }
            None => None,
        }
    }
}

/// What the script registers for all under `tag`.
fn registered(facts: &ScriptFacts, tag: &str) -> Option<ExprId> {
    facts.calls.iter().find_map(|&call| {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
        let Expr::Member { name, .. } = facts.expr(*callee) else { return None };
        let [Argument { value: named, .. }, Argument { value, .. }, ..] = &**arguments else {
            return None;
        };
        let is_it = &**name == REGISTERS
            && matches!(facts.expr(*named), Expr::String(text) if hyphenated(text) == tag);
        is_it.then_some(*value)
    })
}

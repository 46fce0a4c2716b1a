//! Where a handler's method is bound and called, and where a component's tag stands. Of a method,
//! the places are those that its own page, component or behaviour gives it – the templates' events
//! and `this.name` in the scripts – not every word that reads alike.

use crate::finding::Place;
use crate::ide::definition::{tag_at, tag_spans};
use crate::ide::handlers::{Handlers, unquoted};
use crate::ide::paths::within_quotes;
use crate::path::FilePath;
use crate::project::{Files, Program, Project};
use crate::text::Span;

/// The places that speak of what stands at byte `offset` of `path`, by file and place; with
/// `declaration` also where it is declared. `None` when nothing there can be referred to.
pub fn references(
    files: &Files,
    path: &FilePath,
    offset: usize,
    declaration: bool,
) -> Option<Vec<Place>> {
    let project = Project::resolve(files);
    let program = project.program_of(path)?;
    let handlers = Handlers::new(files, program);
    let mut places = Vec::new();
    if let Some(named) = handlers.at(path, offset) {
        for method in &named.methods {
            let owners = handlers.owners_of(method);
            places.extend(handlers.bindings(&owners, &named.name));
            places.extend(handlers.own_uses(&owners, &named.name));
            if declaration && let Some(file) = files.get(&method.key.file) {
                let span = unquoted(&file.source, method.key.span);
                places.push(Place::new(&method.key.file, span));
            }
        }
    } else {
        places = of_tag(files, program, path, Span::at(offset), declaration)?;
    }
    places.sort();
    places.dedup();
    Some(places)
}

/// The elements of a component that the manifest of the template's owner names.
fn of_tag(
    files: &Files,
    program: &Program,
    path: &FilePath,
    at: Span,
    declaration: bool,
) -> Option<Vec<Place>> {
    let (tag, owners) = if let Some(facts) = files.template(path) {
        let (tag, _) = tag_at(facts, at)?;
        (Box::from(tag), program.owners_of_template(files, path))
    } else {
        let uses = files.manifest(path)?.root.as_ref()?.get("usingComponents")?.members();
        let member = uses.iter().find(|member| member.key_span.contains(at))?;
        let owners = if program.app.as_ref() == Some(path) {
            program.reachable_stems(files).into_iter().collect()
        } else {
            vec![path.without_extension()]
        };
        (member.key.clone(), owners)
    };
    let mut places = Vec::new();
    let mut known = false;
    for owner in &owners {
        let manifests = [Some(program.manifest_of(files, owner)), program.app.clone()];
        let declared = manifests.into_iter().flatten().find_map(|manifest| {
            let root = files.manifest(&manifest)?.root.as_ref()?;
            let member = root.get("usingComponents")?.member(&tag)?;
            Some(Place::new(&manifest, within_quotes(member.key_span)))
        });
        // A page's own entry goes before app.json's.
        let Some(declared) = declared else { continue };
        if files.manifest(path).is_some() && &declared.file != path {
            continue;
        }
        known = true;
        for template in program.templates_of(files, owner) {
            let Some(facts) = files.template(&template) else { continue };
            let elements = facts.elements.iter().filter(|element| element.tag == tag);
            places.extend(elements.flat_map(tag_spans).map(|span| Place::new(&template, span)));
        }
        places.extend(declaration.then_some(declared));
    }
    known.then_some(places)
}

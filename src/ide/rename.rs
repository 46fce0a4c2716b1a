//! A handler under another name, in its script and in every template that binds it. It is done only
//! where every reference to the method is known; else it says what stands in the way, since half
//! a rename is a broken page.

mod obstacles;

use crate::finding::{Edit, Phrase, Place};
use crate::ide::handlers::{Handlers, Named, unquoted};
use crate::path::FilePath;
use crate::project::{Files, Project};
use crate::semantic::call_graph::is_lifecycle;
use crate::text::Span;

/// What can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The name under the cursor.
    pub span: Span,
    /// The name.
    pub name: String,
}

/// What can be renamed at byte `offset` of `path`; `None` where no handler stands.
///
/// # Errors
/// What stands in the way of renaming the handler that stands there.
pub fn renaming(files: &Files, path: &FilePath, offset: usize) -> Result<Option<Renaming>, Phrase> {
    let project = Project::resolve(files);
    let Some(program) = project.program_of(path) else { return Ok(None) };
    let handlers = Handlers::new(files, program);
    let Some(named) = handlers.at(path, offset) else { return Ok(None) };
    let found = Found::of(files, &handlers, named)?;
    Ok(found.map(|found| Renaming { span: found.named.span, name: found.named.name.into() }))
}

/// The edits by which the handler at byte `offset` of `path` is called `new`; `None` where no
/// handler stands.
///
/// # Errors
/// What stands in the way.
pub fn rename(
    files: &Files,
    path: &FilePath,
    offset: usize,
    new: &str,
) -> Result<Option<Vec<Edit>>, Phrase> {
    let project = Project::resolve(files);
    let Some(program) = project.program_of(path) else { return Ok(None) };
    let handlers = Handlers::new(files, program);
    let Some(named) = handlers.at(path, offset) else { return Ok(None) };
    let Some(found) = Found::of(files, &handlers, named)? else { return Ok(None) };
    if !is_identifier(new) {
        return Err(Phrase::new(
            format!("`{new}` is no name for a method"),
            format!("`{new}` 不能作为方法名"),
        ));
    }
    let taken = |owner: &FilePath| handlers.methods_of(owner).iter().any(|one| *one.name == *new);
    if is_lifecycle(new) || found.owners.iter().any(taken) {
        return Err(Phrase::new(format!("there is a `{new}` already"), format!("已存在 `{new}`")));
    }
    Ok(Some(found.edits(new)))
}

/// A handler with all that speaks of it.
struct Found {
    named: Named,
    owners: Vec<FilePath>,
    /// Where the name itself can be written over.
    places: Vec<Place>,
    /// The key of the method; in `Page({ onTap })` it is the value's name, too.
    key: Place,
    shorthand: bool,
}

impl Found {
    fn of(files: &Files, handlers: &Handlers<'_>, named: Named) -> Result<Option<Self>, Phrase> {
        let method = match named.methods.as_slice() {
            [] => return Err(obstacles::no_method(&named.name)),
            [method] => method.clone(),
            several => return Err(obstacles::several_methods(&named.name, several)),
        };
        let owners = handlers.owners_of(&method);
        let places = handlers.bindings(&owners, &named.name);
        // What no template binds is the business of the script's own tools.
        if places.is_empty() {
            return Ok(None);
        }
        obstacles::check(files, handlers, &method, &owners, &places)?;
        let mut places = places;
        places.extend(handlers.own_uses(&owners, &named.name));
        let source = files.get(&method.key.file).map_or("", |file| &*file.source);
        let key = Place::new(&method.key.file, unquoted(source, method.key.span));
        let shorthand = method.whole == method.key.span;
        Ok(Some(Self { named, owners, places, key, shorthand }))
    }

    fn edits(&self, new: &str) -> Vec<Edit> {
        let of_key =
            if self.shorthand { format!("{new}: {}", self.named.name) } else { new.to_owned() };
        let mut edits = vec![Edit::Replace { place: self.key.clone(), text: of_key }];
        let written = |place: &Place| Edit::Replace { place: place.clone(), text: new.to_owned() };
        edits.extend(self.places.iter().map(written));
        edits
    }
}

/// Whether a key of that name needs no quotes.
fn is_identifier(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    name.starts_with(|c: char| is_part(c) && !c.is_numeric()) && name.chars().all(is_part)
}

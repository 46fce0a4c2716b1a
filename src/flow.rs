//! Where values go: which interface an expression is, which text it may be, which host a call reaches.
//! The one thing to know: answers are computed when asked, per file, from facts alone; asking about one file never depends on
//! what was asked about another.

mod chain;
pub mod consent;
pub mod demand;
pub mod endpoint;
pub mod events;
pub mod filing;
pub mod forms;
mod index;
pub mod methods;
pub mod modules;
pub mod platform;
pub mod references;
pub mod resolve;
pub mod sent;
pub mod texts;
pub mod topics;
pub mod uses;
pub mod wrappers;

use crate::facts::Facts;
use crate::project::File;

use modules::Modules;
use resolve::Resolver;
use uses::Use;
use wrappers::WrapperCall;

/// Whether the script `file` gives a part of the platform to those that import it.
pub fn gives_platform(modules: &Modules<'_>, file: &File) -> bool {
    let module = modules.id(&file.path);
    module.is_some_and(|module| platform::is_given_by(&mut Resolver::new(modules), module))
}

/// Every call in the script `file` that leads a network call elsewhere by what it is given, in document order.
pub fn wrapper_calls_of_file(modules: &Modules<'_>, file: &File) -> Vec<WrapperCall> {
    match file.facts() {
        Facts::Script(_) => modules.id(&file.path).map_or_else(Vec::new, |module| {
            wrappers::calls_of_script(&mut Resolver::new(modules), module)
        }),
        Facts::Template(_) | Facts::Manifest(_) => Vec::new(),
    }
}

/// Every use in `file`, in document order.
pub fn uses_of_file(modules: &Modules<'_>, file: &File) -> Vec<Use> {
    match file.facts() {
        Facts::Script(_) => modules.id(&file.path).map_or_else(Vec::new, |module| {
            uses::uses_of_script(&mut Resolver::new(modules), module, &file.path)
        }),
        Facts::Template(facts) => uses::uses_of_template(modules, facts, &file.path),
        Facts::Manifest(_) => Vec::new(),
    }
}

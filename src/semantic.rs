//! Where values go: which interface an expression is, which text it may be, which host a call
//! reaches. Answers are computed when asked, per file, from facts alone; asking about one file
//! never depends on what was asked about another.

mod access_path;
pub mod api_references;
pub mod api_use;
pub mod call_graph;
pub mod endpoint;
mod index;
pub mod methods;
pub mod module_graph;
pub mod platform;
pub mod request_wrappers;
pub mod resolve;
pub mod string_value;
mod use_sites;

use crate::project::File;

use api_use::ApiUse;
use module_graph::ModuleGraph;
use request_wrappers::RequestWrapperCall;
use resolve::Resolver;

/// Whether the script `file` gives a part of the platform to those that import it.
pub fn exports_platform(modules: &ModuleGraph<'_>, file: &File) -> bool {
    let module = modules.id(&file.path);
    module.is_some_and(|module| platform::exports_platform(&mut Resolver::new(modules), module))
}

/// Every call in the script `file` that leads a network call elsewhere by what it is given, in
/// document order.
pub fn wrapper_calls_of_file(modules: &ModuleGraph<'_>, file: &File) -> Vec<RequestWrapperCall> {
    modules.id(&file.path).map_or_else(Vec::new, |module| {
        request_wrappers::calls_of_script(&mut Resolver::new(modules), module)
    })
}

/// Every use in `file`, in document order.
pub fn uses_of_file(modules: &ModuleGraph<'_>, file: &File) -> Vec<ApiUse> {
    let mut uses = modules.id(&file.path).map_or_else(Vec::new, |module| {
        api_use::uses_of_script(&mut Resolver::new(modules), module, &file.path)
    });
    if let Some(facts) = file.facts().as_template() {
        let first = uses.is_empty();
        uses.extend(api_use::uses_of_template(modules, facts, &file.path));
        if !first {
            uses.sort_by_key(|used| used.place.span);
        }
    }
    uses
}

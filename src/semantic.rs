//! Program analysis of scripts and templates: the module graph, the call graph, and the values of
//! expressions across them. Every query is demand-driven: it reads the facts of the files that it
//! needs and nothing else.
//!
//! Glossary, in the terms of the literature:
//!
//! - **module graph** ([`module_graph`]): scripts, and the imports between them.
//! - **program index** (`module_graph/program_index`): stores of any script to objects that all
//!   scripts see (the app, `wx`, imported objects).
//! - **call graph** ([`call_graph`]): functions, and **call edges** between them: direct calls,
//!   callbacks in an argument slot, calls by the platform.
//! - **entry point**: a function that the platform calls: a lifecycle hook, an event handler that a
//!   template binds, the top level of a loaded file.
//! - **value**: an expression that is not reducible further (a literal, an object, a call of
//!   unknown code). A [`resolve::ValueRef`] names one; the answer of [`resolve`] is a set of them,
//!   a *points-to set*.
//! - **call context** (`resolve/call_context`): the call through which a function is entered. A
//!   parameter has the values of that call's arguments (context sensitivity by call site).
//! - **access path**: a root and the members read from it, `this.config.host`.
//! - **field store**: an assignment to a member, `x.name = value`.
//! - **mutation**: a field store by another function or module to an object that it receives.
//! - **string value** ([`string_value`]): the text that an expression may have; its unknown parts
//!   carry an *unknown reason*.
//! - **API use** ([`api_use`]): a call, a reference or markup of an interface of the catalogue.
//! - **sink**: a use that sends data: a network call. A **source** gives data to the program.
//! - **request wrapper** ([`request_wrappers`]): a function whose parameters determine the
//!   destination of a sink inside it; the **summary** of such a function is its list of sinks.
//! - **revision** and **memo** (`check::memo`): the files of one analysis, and the results that the
//!   next one may reuse.
//!
//! Invariant: the result of a query about one file depends neither on other queries nor on their
//! order.

mod access_path;
pub mod api_references;
pub mod api_use;
pub mod call_graph;
mod component;
pub mod endpoint;
mod ids;
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

//! Every use of an interface that the catalogue knows, in one file. A use is what the program does,
//! not what it mentions: a question whether an interface exists, a comment, a string, or a method
//! of the same name is none.

mod interceptors;
mod network;
mod page_data;
mod script;
mod template;
#[cfg(test)]
mod tests;

pub use network::{Destinations, destinations_of};
pub use script::uses_of_script;
pub use template::uses_of_template;

use std::sync::Arc;

use crate::catalogue::Interface;
use crate::facts::script::ExprId;
use crate::finding::Place;
use crate::project::ImportPath;

/// A use of an interface.
#[derive(Clone, Debug)]
pub struct ApiUse {
    /// The callee, the attribute's name or the tag's name.
    pub place: Place,
    /// The row of the catalogue.
    pub interface: &'static Interface,
    /// The name that reports print: the row's, but for a scope the interface that asks for it.
    pub api: &'static str,
    /// How it is used.
    pub form: UseKind,
    /// Where the data goes, for network sinks.
    pub reach: Option<Destinations>,
    /// The vendored package that the file belongs to.
    pub package: Option<Arc<str>>,
    /// For a package: the way from the program's own files to it, own files first.
    pub chain: ImportPath,
    /// Whether the file is code of the plugin in the same tree, which has lists of its own.
    pub in_plugin: bool,
}

impl ApiUse {
    /// A use in the program's own code.
    pub fn new(
        place: Place,
        interface: &'static Interface,
        api: &'static str,
        form: UseKind,
    ) -> Self {
        Self {
            place,
            interface,
            api,
            form,
            reach: None,
            package: None,
            chain: ImportPath::default(),
            in_plugin: false,
        }
    }
}

/// How an interface is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseKind {
    /// Called; the call.
    Called(ExprId),
    /// Handed on as a value (`promisify(wx.x)`).
    Passed,
    /// Written in a template.
    Template,
}

//! miniguard.
#![warn(missing_docs)]
pub mod analysis;
pub mod cli;
pub mod facts;
pub mod finding;
pub mod flow;
pub mod lsp;
pub mod path;
pub mod project;
pub mod rules;
pub mod settings;
pub mod syntax;
pub mod text;
pub mod workspace;

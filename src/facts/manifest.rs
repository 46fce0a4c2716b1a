//! What a JSON file says: its value with the place of every part, comments and trailing commas
//! allowed. The value is a copy; editing works on places ([`edit`]), so a file keeps its formatting
//! and comments.

pub mod cursor;
pub mod edit;
mod json;
mod lexer;
mod literal;
mod read;

pub use json::{Json, JsonKind, Member};
pub use read::read;

use super::{Comment, SyntaxProblem};

/// The facts of a manifest.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ManifestFacts {
    /// The file's value; `None` when there is none (an empty or hopelessly broken file).
    pub root: Option<Json>,
    /// Where the file is not JSON (comments, a BOM and trailing commas are not problems).
    pub problems: Vec<SyntaxProblem>,
    /// Comments that speak to miniguard.
    pub comments: Vec<Comment>,
    /// How the file is laid out, for edits.
    pub style: edit::Style,
}

//! What an editor asks of one place or file: hovers, definitions, completions, outlines.
//!
//! Each request is a pure function of the files and a byte offset that returns plain data.

mod completion;
mod definition;
mod folding;
mod handlers;
mod hints;
mod hover;
mod hover_card;
mod lens;
mod outline;
mod paths;
mod references;
mod rename;
mod request_path;
mod settings_hover;
mod string_literal;
mod tokens;

pub use completion::{Completion, Suggestion, SuggestionKind, completion, document};
pub use definition::{Definition, Target, definition};
pub use folding::{Fold, FoldKind, folds, selections};
pub use hints::{Hint, hints};
pub use hover::hover;
pub use hover_card::{Card, of_information as information_card};
pub use lens::{Lens, lenses, lenses_agree};
pub use outline::{Entry, EntryKind, outline};
pub use paths::{WrittenPath, paths};
pub use references::references;
pub use rename::{Renaming, rename, renaming};
pub use tokens::{Token, TokenKind, tokens};

//! Where a program shows the number of its filing. Templates, scripts and app.json are searched as
//! text, since the number is written in any of them; comments count too, because a visible number
//! of the team is at hand.

use crate::catalogue::{self, FilingForm};
use crate::finding::Place;
use crate::project::{File, Files, Program};
use crate::text::Span;

/// A filing number in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownNumber {
    /// Where.
    pub place: Place,
    /// The number as written.
    pub number: String,
    /// What it is of.
    pub form: FilingForm,
}

/// The filing numbers in one file, in its order. O(length), without a parse.
pub fn numbers_of_file(file: &File) -> Vec<ShownNumber> {
    // What no number is without: the search for a whole one costs more.
    if !["ICP备", "B2", "b2"]
        .iter()
        .any(|sign| memchr::memmem::find(file.source.as_bytes(), sign.as_bytes()).is_some())
    {
        return Vec::new();
    }
    catalogue::filing_numbers(&file.source)
        .map(|(range, form)| ShownNumber {
            place: Place::new(&file.path, Span::new(range.start, range.end)),
            number: file.source.get(range).unwrap_or_default().to_owned(),
            form,
        })
        .collect()
}

/// Those in app.json.
pub fn of_app(files: &Files, program: &Program) -> Vec<ShownNumber> {
    let app = program.app.as_ref().and_then(|app| files.get(app));
    app.map(|app| numbers_of_file(app)).unwrap_or_default()
}

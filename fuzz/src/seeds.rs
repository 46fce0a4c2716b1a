//! The fixtures of the product: what fuzzing begins with, and the pieces that programs are spliced
//! from.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use miniguard::project::Files;
use miniguard::workspace::Workspace;

use super::choices::Choices;

/// Where the fixtures are: below this package, or below the one that it belongs to.
fn folder() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = package.join("fixtures");
    if own.is_dir() { own } else { package.join("../fixtures") }
}

/// Every fixture as the files that the product reads of it.
pub(crate) fn programs() -> &'static [Files] {
    static PROGRAMS: OnceLock<Vec<Files>> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let entries = std::fs::read_dir(folder()).expect("the fixtures are there");
        let mut folders: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        folders.retain(|folder| folder.is_dir());
        folders.sort();
        folders.iter().map(|folder| Workspace::open(folder).files().clone()).collect()
    })
}

/// The texts of all fixtures' files with this extension.
pub fn texts(extension: &str) -> Vec<String> {
    let files = programs().iter().flat_map(Files::iter);
    files
        .filter(|file| file.path.extension() == extension)
        .map(|file| file.source.to_string())
        .collect()
}

/// `text` with some of its lines replaced by lines of `donor`.
pub(crate) fn spliced(text: &str, donor: &str, choices: &mut Choices<'_>) -> String {
    let (own, other): (Vec<_>, Vec<_>) =
        (text.split_inclusive('\n').collect(), donor.split_inclusive('\n').collect());
    let start = choices.below(own.len() + 1);
    let end = start + choices.below(own.len() - start + 1).min(usize::from(choices.byte() % 16));
    let from = choices.below(other.len() + 1);
    let to = from + choices.below(other.len() - from + 1).min(usize::from(choices.byte() % 32));
    [&own[..start], &other[from..to], &own[end..]].concat().concat()
}

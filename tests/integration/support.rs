//! What several integration tests need: the checkout, files from texts, comparing with a committed file.

use std::fs;
use std::path::{Path, PathBuf};

use miniguard::analysis::{self, Cancel, Report};
use miniguard::path::FilePath;
use miniguard::project::Files;

/// The root of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder`, sorted; hidden folders, `target` and `node_modules` are passed over.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() && !name.starts_with('.') && name != "target" && name != "node_modules"
            {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// Files from `(path, text)`.
pub(crate) fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned())).collect()
}

/// The report of `files`.
pub(crate) fn report(files: &Files) -> Report {
    analysis::analyse(files, &Cancel::never()).unwrap()
}

/// Compares `actual` with the committed file, or writes it when `UPDATE_EXPECT` is set.
pub(crate) fn expect_file(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} is not up to date (UPDATE_EXPECT=1 cargo test writes it)\n--- committed\n{expected}\n--- actual\n{actual}",
        path.display()
    );
}

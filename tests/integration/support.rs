//! What several integration tests need: the checkout, files from texts, comparing with a committed
//! file.

use std::fs;
use std::path::{Path, PathBuf};

use miniguard::check;
use miniguard::check::{Cancel, Report};
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
    check::analyse(files, &Cancel::never()).unwrap()
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

/// Runs the binary in `folder`: what it printed, and its exit code.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> (String, i32) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_miniguard"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (text.replace('\\', "/"), output.status.code().unwrap())
}

/// A copy of a fixture that a test may write to.
pub(crate) fn scratch(fixture: &str) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let from = root().join("fixtures").join(fixture);
    for path in files_below(&from) {
        let target = scratch.path().join(path.strip_prefix(&from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, target).unwrap();
    }
    scratch
}

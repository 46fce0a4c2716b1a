//! A program in a folder that its user may read and not write. For root every folder can be written
//! to, so root runs the command as somebody else.

#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A user who owns nothing.
const NOBODY: u32 = 65534;

const APP: &str = "{\n  \"pages\": [\"a\"]\n}\n";

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Runs `miniguard` in `folder` as a user who is not root.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut program = Path::new(env!("CARGO_BIN_EXE_miniguard")).to_owned();
    // Where the executable lies, others may not be let in.
    let place = TempDir::new().unwrap();
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if is_root {
        let copy = place.path().join("miniguard");
        fs::copy(&program, &copy).unwrap();
        allow(place.path(), 0o755);
        program = copy;
    }
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).args(["--lang", "en"]);
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.output().unwrap()
}

#[test]
fn a_folder_that_cannot_be_written_to_is_checked_and_a_fix_says_so() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    for (path, text) in [
        ("project.config.json", "{}"),
        ("app.json", APP),
        ("app.js", "App({})\n"),
        ("a.wxml", "<view/>\n"),
        ("a.js", "Page({ onTap() { wx.chooseAddress({}) } })\n"),
    ] {
        fs::write(root.join(path), text).unwrap();
        allow(&root.join(path), 0o444);
    }
    allow(root, 0o555);
    let checked = run(root, &["check"]);
    let printed = String::from_utf8(checked.stdout).unwrap();
    assert_eq!(checked.status.code(), Some(1), "{printed}");
    assert!(printed.contains("undeclared-private-interface"), "{printed}");

    let mended = run(root, &["check", "--fix"]);
    let said = String::from_utf8(mended.stderr).unwrap();
    assert_eq!(mended.status.code(), Some(2), "{said}");
    assert!(
        said.contains("could not be written") && said.contains("No file was changed"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(root.join("app.json")).unwrap(), APP);
    allow(root, 0o755);
    assert_eq!(fs::read_dir(root).unwrap().count(), 5, "nothing is left beside them");
}

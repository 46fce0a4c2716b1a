//! The fixtures: whole mini-programs, each with the report that the command line prints for it. The
//! same programs serve the README, so what a reader sees there is what the binary prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{expect_file, files_below, root};

fn fixtures() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root().join("fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Runs the binary in `folder`: what it printed, what it complained of, and its exit code.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_miniguard"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace('\\', "/");
    let code = output.status.code().unwrap();
    (text(output.stdout), text(output.stderr), code)
}

fn copy(from: &Path, to: &Path) {
    for path in files_below(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, target).unwrap();
    }
}

#[test]
fn every_fixture_reports_what_it_is_known_for() {
    assert!(fixtures().len() >= 6);
    for folder in fixtures() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let (report, complaint, code) =
            run(root(), &["check", &format!("fixtures/{name}"), "--lang", "en"]);
        let seen = format!("{report}{complaint}exit {code}\n");
        expect_file(&folder.join("expected.txt"), &seen);
    }
}

#[test]
fn a_report_does_not_depend_on_the_number_of_threads() {
    for folder in fixtures() {
        let path = folder.to_string_lossy().into_owned();
        let report = |threads: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_miniguard"))
                .args(["check", &path, "--format", "json"])
                .env("RAYON_NUM_THREADS", threads)
                .output()
                .unwrap();
            output.stdout
        };
        assert_eq!(report("1"), report("7"), "{path}");
    }
}

#[test]
fn safe_fixes_leave_nothing_to_fix_and_twice_equals_once() {
    for folder in fixtures() {
        let scratch = tempfile::tempdir().unwrap();
        copy(&folder, scratch.path());
        run(scratch.path(), &["check", ".", "--fix", "--fail-on", "never"]);
        let once: Vec<Vec<u8>> =
            files_below(scratch.path()).iter().map(|path| fs::read(path).unwrap()).collect();
        let (json, _, _) = run(scratch.path(), &["check", ".", "--format", "json"]);
        let left: Vec<String> = serde_json::from_str::<serde_json::Value>(&json)
            .unwrap_or_default()["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|finding| {
                finding["fixes"].as_array().unwrap().iter().any(|fix| fix["safe"] == true)
            })
            .map(ToString::to_string)
            .collect();
        assert!(left.is_empty(), "{}: still fixable\n{}", folder.display(), left.join("\n"));
        run(scratch.path(), &["check", ".", "--fix", "--fail-on", "never"]);
        let twice: Vec<Vec<u8>> =
            files_below(scratch.path()).iter().map(|path| fs::read(path).unwrap()).collect();
        assert!(once == twice, "{}: fixing twice differs from once", folder.display());
    }
}

#[test]
fn readmes_show_what_the_binary_prints() {
    for name in ["README.md", "README.zh-CN.md"] {
        let path = root().join(name);
        let text = fs::read_to_string(&path).unwrap();
        let mut parts = text.split("<!-- output: ");
        let mut written = parts.next().unwrap().to_owned();
        let mut shown = 0;
        for part in parts {
            let (command, rest) = part.split_once(" -->").unwrap();
            let (before, rest) = rest.split_once("```").unwrap();
            let (info, rest) = rest.split_once('\n').unwrap();
            let (_, after) = rest.split_once("```").unwrap();
            let arguments: Vec<&str> = command.split_whitespace().collect();
            let printed = run(root(), &arguments).0;
            written.push_str(&format!(
                "<!-- output: {command} -->{before}```{info}\n{}\n```{after}",
                printed.trim_end()
            ));
            shown += 1;
        }
        assert!(shown > 0, "{name} opens with a real report");
        expect_file(&path, &written);
    }
}

//! A check gives the same answer from any folder, of what git has staged, and of files in any
//! encoding: nothing that was not looked at counts as free of findings.
#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests")]

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{LOCATE, QUIET, found, git, json, program, put, run};

/// `rule:line` of every finding, and the exit status.
fn answer(folder: &std::path::Path, path: &str) -> (Vec<String>, i32) {
    let run = run(folder, &["check", "--format", "json", path]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let lines = findings.map(|finding| {
        format!("{}:{}", finding["rule"].as_str().unwrap(), finding["range"]["start"]["line"])
    });
    (lines.collect(), run.status)
}

#[test]
fn a_path_means_the_same_from_every_folder() {
    let folder = program(QUIET, LOCATE);
    let elsewhere = TempDir::new().unwrap();
    let root = folder.path();
    let absolute = root.join("pages/map/map.js");
    let expected = answer(root, "pages/map/map.js");
    assert!(expected.1 == 1 && expected.0.len() > 2, "{expected:?}");
    for (from, path) in [
        (root.to_owned(), absolute.to_str().unwrap()),
        (root.join("pages"), "map/map.js"),
        (root.join("pages/map"), "map.js"),
        (root.join("pages/map"), "./map.js"),
        (root.join("pages/cart"), "../map/map.js"),
        (root.join("pages/cart"), "../../pages/map/map.js"),
        (elsewhere.path().to_owned(), absolute.to_str().unwrap()),
    ] {
        assert_eq!(answer(&from, path), expected, "{path} from {}", from.display());
    }
    assert_eq!(answer(&root.join("pages"), "map"), answer(root, "pages/map"));
    assert_eq!(answer(&root.join("pages/map"), "."), answer(root, "pages/map"));
}

#[test]
fn other_commands_find_the_program_too() {
    let folder = program(QUIET, LOCATE);
    let inside = folder.path().join("pages/map");
    let uses = run(&inside, &["inventory", "map.js"]);
    assert!(uses.status == 0 && uses.out.contains("wx.getLocation"), "{}", uses.out);
    assert_eq!(run(&inside, &["privacy-guide", "."]).status, 0);
    assert_eq!(run(&inside, &["report", ".", "--format", "json"]).status, 0);
    assert_eq!(run(&inside, &["domains", "."]).status, 0);
}

#[test]
fn a_file_without_its_program_is_no_clean_one() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), &[("a.js", QUIET), ("b.wxml", "<view/>")]);
    let path = folder.path();
    for (arguments, status) in [
        (&["check", "a.js"][..], 2),
        (&["check", "--lang", "zh", "b.wxml"], 2),
        (&["check", "--alone", "a.js"], 0),
        (&["inventory", "a.js"], 2),
        (&["inventory", "--alone", "a.js"], 0),
        (&["domains", "a.js"], 2),
        (&["report", "a.js"], 2),
    ] {
        let run = run(path, arguments);
        assert_eq!(run.status, status, "{arguments:?}: {}", run.err);
        assert_eq!(run.err.is_empty(), status == 0, "{arguments:?}: {}", run.err);
    }
}

#[test]
fn code_hosts_get_paths_from_the_root_of_the_repository() {
    let repository = TempDir::new().unwrap();
    let path = repository.path();
    git(path, &["init", "-q"]);
    let made = program(QUIET, LOCATE);
    fs::create_dir(path.join("apps")).unwrap();
    fs::rename(made.path(), path.join("apps/mini")).unwrap();
    fs::create_dir(made.path()).unwrap();
    for (format, wanted) in [
        ("github", "file=apps/mini/pages/map/map.js,"),
        ("gitlab", "\"path\": \"apps/mini/pages/map/map.js\""),
        ("sarif", "\"uri\": \"apps/mini/pages/map/map.js\""),
        ("junit", "apps/mini/pages/map/map.js"),
    ] {
        let written: Vec<String> = ["", "apps", "apps/mini", "apps/mini/pages/map"]
            .into_iter()
            .map(|from| {
                let target = match from {
                    "apps/mini/pages/map" => "map.js",
                    "apps/mini" => "pages/map/map.js",
                    "apps" => "mini/pages/map/map.js",
                    _ => "apps/mini/pages/map/map.js",
                };
                run(&path.join(from), &["check", "--format", format, target]).out
            })
            .collect();
        assert!(written[0].contains(wanted), "{}", written[0]);
        // Fingerprints included.
        assert!(written.iter().all(|other| *other == written[0]), "{format}");
    }
}

#[test]
fn what_is_staged_is_judged() {
    let bad = "Page({ onLoad() { wx.request({ url: 'http://a.example.com/x' }) } })\n";
    let good = "Page({ onLoad() { wx.request({ url: 'https://a.example.com/x' }) } })\n";
    for (staged, working, expected) in [
        (bad, good, vec!["pages/cart/cart.js insecure-url"]),
        (good, bad, Vec::new()),
        (bad, bad, vec!["pages/cart/cart.js insecure-url"]),
        (good, good, Vec::new()),
        (good, "", Vec::new()),
    ] {
        let folder = program(staged, QUIET);
        let path = folder.path();
        git(path, &["init", "-q"]);
        git(path, &["add", "."]);
        put(path, &[("pages/cart/cart.js", working)]);
        assert_eq!(found(&json(path, &["--staged"])), expected, "{staged} {working}");
        let run = run(path, &["check", "--staged"]);
        let differs = run.err.contains("differs in pages/cart/cart.js");
        assert_eq!(differs, staged != working, "{}", run.err);
    }
}

#[test]
fn an_untracked_script_is_no_part_of_the_commit() {
    let folder = program(QUIET, QUIET);
    let path = folder.path();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    put(path, &[("pages/map/map.js", LOCATE)]);
    git(path, &["add", "pages/map/map.js"]);
    git(path, &["rm", "-q", "--cached", "pages/map/map.js"]);
    assert_eq!(found(&json(path, &["--staged"])), Vec::<String>::new());
}

#[test]
fn fixes_of_what_is_staged_are_to_be_staged_again() {
    let folder = program(QUIET, LOCATE);
    let path = folder.path();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    let fixed = run(path, &["check", "--staged", "--fix"]);
    assert!(fixed.err.contains("git add app.json"), "{}", fixed.err);
    git(path, &["add", "."]);
    // Where the working tree has another text, nothing is written.
    let folder = program(QUIET, LOCATE);
    let path = folder.path();
    git(path, &["init", "-q"]);
    git(path, &["add", "."]);
    let other = "{\n  \"pages\": [\"pages/map/map\"]\n}\n";
    put(path, &[("app.json", other)]);
    let run = run(path, &["check", "--staged", "--fix"]);
    assert!(!run.err.contains("git add"), "{}", run.err);
    assert_eq!(fs::read_to_string(path.join("app.json")).unwrap(), other);
}

#[test]
fn other_encodings_are_read_or_named_and_never_edited() {
    let utf_16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    // "// 获取位置" in GBK.
    let gbk = [&b"// \xbb\xf1\xc8\xa1\xce\xbb\xd6\xc3\n"[..], LOCATE.as_bytes()].concat();
    let latin = [&b"// caf\xe9\n"[..], LOCATE.as_bytes()].concat();
    for (bytes, said) in [(utf_16(LOCATE), "UTF-16"), (gbk, "GBK"), (latin, "UTF-8")] {
        let folder = program(QUIET, QUIET);
        let path = folder.path();
        fs::write(path.join("pages/map/map.js"), &bytes).unwrap();
        let run = run(path, &["check", "--fix-unsafe"]);
        assert!(run.err.contains(said) || run.out.contains(said), "{said}: {}{}", run.out, run.err);
        assert!(run.out.contains("wx.getLocation"), "{said}: {}", run.out);
        assert_eq!(fs::read(path.join("pages/map/map.js")).unwrap(), bytes, "{said}");
    }
}

#[test]
fn a_manifest_in_another_encoding_is_read_or_broken() {
    let manifest = "{ \"pages\": [\"pages/map/map\"], \"x\": \"caf\u{e9}\" }";
    let folder = program(QUIET, LOCATE);
    let path = folder.path();
    let utf_16: Vec<u8> =
        std::iter::once(0xFEFF).chain(manifest.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    fs::write(path.join("app.json"), &utf_16).unwrap();
    assert!(found(&json(path, &[])).iter().any(|line| line.contains("private-interface")));
    assert!(run(path, &["check"]).err.is_empty());
    let latin: Vec<u8> = manifest.chars().map(|character| character as u8).collect();
    fs::write(path.join("app.json"), latin).unwrap();
    let broken = found(&json(path, &[]));
    assert!(broken.contains(&"app.json broken-manifest".to_owned()), "{broken:?}");
}

#[test]
fn the_baseline_of_the_settings_is_pruned() {
    let folder = program(QUIET, LOCATE);
    let path = folder.path();
    put(path, &[("miniguard.json", "{ \"baseline\": \"known.json\" }")]);
    assert_eq!(run(path, &["check", "--write-baseline", "known.json"]).status, 0);
    put(path, &[("pages/map/map.js", QUIET)]);
    let pruned = run(path, &["check", "--prune-baseline"]);
    assert!(pruned.status == 0 && pruned.err.contains("known.json"), "{}", pruned.err);
    assert!(!fs::read_to_string(path.join("known.json")).unwrap().contains("map.js"));
}

//! The invariants of ARCHITECTURE.md that a test can tell. A failure here is a question about the
//! design, not about style: move the code, or change the picture with a reason.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{files_below, root};

/// What each module may use, as in the picture of `src/lib.rs`.
const LAYERS: &[(&str, &str)] = &[
    ("path", ""),
    ("cancel", ""),
    ("text", ""),
    ("finding", "path text"),
    ("catalogue", "finding"),
    ("syntax", "path text cancel"),
    ("facts", "text syntax"),
    ("settings", "path text finding catalogue facts"),
    ("project", "path text finding syntax facts settings"),
    ("semantic", "cancel path text finding catalogue syntax facts project"),
    ("consent", "cancel path text finding catalogue syntax facts project semantic"),
    ("content", "cancel path text finding catalogue syntax facts project semantic"),
    (
        "rules",
        "cancel path text finding catalogue syntax facts settings project semantic consent content",
    ),
    (
        "check",
        "cancel path text finding catalogue syntax facts settings project semantic consent content rules",
    ),
    (
        "ide",
        "cancel path text finding catalogue syntax facts settings project semantic consent content rules check",
    ),
    (
        "compliance",
        "path text finding catalogue syntax facts settings project semantic consent content rules check",
    ),
    ("workspace", "path text finding syntax facts settings project"),
    ("lsp", "cancel path text finding rules project check ide compliance workspace"),
    (
        "cli",
        "path text finding catalogue rules settings project check ide compliance workspace lsp",
    ),
];

/// Files over 400 lines, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// The Rust sources of the product: path from the root, and the text before its tests.
fn sources() -> Vec<(String, String)> {
    files_below(&root().join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            (name, product)
        })
        .filter(|(name, _)| !name.ends_with("/tests.rs"))
        .collect()
}

/// The text without its comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).fold(
        String::new(),
        |mut code, line| {
            let _ = writeln!(code, "{line}");
            code
        },
    )
}

fn module_of(name: &str) -> &str {
    let inner = name.strip_prefix("src/").unwrap();
    inner.split(['/', '.']).next().unwrap()
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        let module = module_of(&name);
        if matches!(module, "lib" | "main") {
            continue;
        }
        let (_, allowed) = LAYERS
            .iter()
            .find(|(layer, _)| *layer == module)
            .unwrap_or_else(|| panic!("{name}: module {module} is not in the picture"));
        for part in code(&text).split("crate::").skip(1) {
            let used: String =
                part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if used != module
                && LAYERS.iter().any(|(layer, _)| *layer == used)
                && !allowed.split(' ').any(|layer| layer == used)
            {
                wrong.push(format!("{name}: {module} may not use {used}"));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asserts that only files whose path begins with one of `allowed` say `word`.
fn only_in(word: &str, allowed: &[&str]) {
    for (name, text) in sources() {
        if !allowed.iter().any(|prefix| name.starts_with(prefix)) {
            assert!(!code(&text).contains(word), "{name} says `{word}`; only {allowed:?} may");
        }
    }
}

#[test]
fn each_power_has_one_home() {
    only_in("tower_lsp", &["src/lsp"]);
    only_in("tree_sitter", &["src/syntax"]);
    only_in("ropey", &["src/text"]);
    only_in("unsafe {", &["src/syntax/grammar.rs"]);
    only_in("unsafe extern", &["src/syntax/grammar.rs"]);
    only_in("std::fs", &["src/workspace", "src/cli"]);
    only_in("std::env", &["src/cli", "src/workspace", "src/main.rs", "src/lsp"]);
    only_in("std::process", &["src/cli", "src/lsp", "src/main.rs", "src/workspace"]);
    only_in("std::time", &["src/cli", "src/lsp", "src/workspace"]);
    only_in("println!", &["src/cli"]);
    only_in("clap", &["src/cli", "src/main.rs"]);
}

#[test]
fn only_the_catalogue_names_an_interface_of_the_platform() {
    for (name, text) in sources() {
        // The terminal shows commands that write programs, the report has a sample of one.
        if !matches!(module_of(&name), "catalogue" | "cli") && !name.contains("/tests") {
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            // `format!("wx.{name}")` names none.
            let code = code(text).replace("\"wx.{", "");
            assert!(
                !code.contains("\"wx."),
                "{name} names an interface; that is the catalogue's business"
            );
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    let own = ["src", "tests", "benches"].map(|folder| root().join(folder));
    for path in own
        .iter()
        .flat_map(|folder| files_below(folder))
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
    {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{} does not open with //!", path.display());
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        for name in ["mod", "utils", "util", "helpers", "helper", "common", "manager", "misc"] {
            assert_ne!(stem, name, "{}: name the concept", path.display());
        }
    }
}

#[test]
fn files_stay_short() {
    for (name, text) in sources() {
        let lines = text.lines().count();
        let excused = LONG.iter().any(|(long, _)| *long == name);
        assert!(lines <= 400 || excused, "{name} has {lines} lines before its tests");
        assert!(lines > 400 || !excused, "{name} needs no excuse any more");
    }
}

/// What people wrote: not what building the extension, or a session in an editor, leaves behind and
/// nobody commits.
fn written_below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    const MADE: [&str; 3] = ["editors/vscode/out", "editors/vscode/server", "tests/editors/out"];
    let made = |path: &PathBuf| MADE.iter().any(|folder| path.starts_with(root().join(folder)));
    files_below(folder).into_iter().filter(move |path| !made(path))
}

#[test]
fn nothing_is_left_half_done() {
    for folder in ["src", "tests", "benches", "editors", "packages"] {
        for path in written_below(&root().join(folder)) {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for word in [
                concat!("TO", "DO"),
                concat!("FIX", "ME"),
                concat!("XX", "X:"),
                concat!("dbg", "!("),
            ] {
                assert!(!text.contains(word), "{} says {word}", path.display());
            }
        }
    }
}

#[test]
fn the_parser_is_what_the_grammar_says() {
    let folder = root().join("grammars/wxml/src");
    let grammar = fs::read_to_string(folder.join("grammar.json")).unwrap();
    let committed = fs::read_to_string(folder.join("parser.c")).unwrap();
    let generated = tree_sitter_generate::generate_parser_for_grammar(
        &grammar,
        Some(version(&root().join("grammars/wxml/tree-sitter.json"))),
        tree_sitter_generate::OptLevel::default(),
        &mut Vec::new(),
    );
    let (_, generated) = generated.unwrap();
    assert!(generated == committed, "run `tree-sitter generate` in grammars/wxml");
}

fn version(path: &Path) -> (u8, u8, u8) {
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let text = json["metadata"]["version"].as_str().unwrap();
    let mut numbers = text.split('.').map(|part| part.parse::<u8>().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap(), numbers.next().unwrap())
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    for folder in ["src", "tests", "benches", "editors", "grammars", "fixtures", "docs", "packages"]
    {
        let folder = root().join(folder);
        if !folder.is_dir() {
            continue;
        }
        for path in written_below(&folder) {
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for word in [concat!("/wo", "rk/"), concat!("/ro", "ot/")] {
                assert!(!text.contains(word), "{} holds {word}", path.display());
            }
        }
    }
}

#[test]
fn lock_files_name_no_registry() {
    let locks: Vec<PathBuf> = ["editors", "tests", "packages", "grammars"]
        .iter()
        .flat_map(|folder| written_below(&root().join(folder)).collect::<Vec<_>>())
        .filter(|path| path.ends_with("package-lock.json"))
        .collect();
    assert!(locks.len() >= 2, "{locks:?}");
    for path in locks {
        let text = fs::read_to_string(&path).unwrap();
        let resolved = text.lines().find(|line| line.contains("\"resolved\""));
        assert_eq!(resolved, None, "{}", path.display());
    }
}

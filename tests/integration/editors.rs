//! The clients in `editors/`, as far as no editor is needed. The one thing to know: real editors are driven by `tests/editors`;
//! here copies are held to their originals, and what the documentation shows to what those tests run.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{files_below, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The contents of the fenced blocks of a page, of one language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    page.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_queries_of_neovim_are_those_of_the_grammar() {
    let names = |folder: &str| -> BTreeSet<String> {
        files_below(&root().join(folder))
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect()
    };
    let copies = names("editors/neovim/queries/wxml");
    // Neovim has no use for tags: it asks the server for symbols.
    assert_eq!(
        copies,
        ["folds.scm", "highlights.scm", "indents.scm", "injections.scm"].map(str::to_owned).into()
    );
    for name in copies {
        let original = format!("grammars/wxml/queries/{name}");
        let copy = format!("editors/neovim/queries/wxml/{name}");
        assert!(read(&copy) == read(&original), "{copy} is not {original}: copy it anew");
    }
}

#[test]
fn the_parser_is_compiled_as_the_pages_say() {
    // The scripts compile with these words; the pages give the same, with the places of a user.
    let sources = "-I grammars/wxml/src grammars/wxml/src/parser.c grammars/wxml/src/scanner.c";
    let compile = format!("cc -shared -fPIC -O2 {sources}");
    for page in ["editors/neovim/README.md", "editors/helix/README.md"] {
        assert!(read(page).contains(&compile), "{page} does not say {compile}");
    }
    for script in ["tests/editors/neovim.sh", "tests/editors/helix.sh"] {
        let script = read(script).replace("$root/", "").replace("$src", "grammars/wxml/src");
        assert!(script.replace('"', "").contains(&compile), "the compiling in {script} differs");
    }
}

#[test]
fn the_configuration_of_helix_in_the_readmes_is_the_tested_one() {
    let tested = read("editors/helix/languages.toml");
    for readme in ["README.md", "README.zh-CN.md"] {
        let shown = blocks(&read(readme), "toml");
        let [shown] = shown.as_slice() else {
            panic!("{readme} shows {} configurations", shown.len())
        };
        for line in shown.lines() {
            assert!(tested.lines().any(|tested| tested == line), "{readme}: {line} is not tested");
        }
    }
}

#[test]
fn the_configuration_of_neovim_in_the_readmes_is_that_of_its_page() {
    let page = blocks(&read("editors/neovim/README.md"), "lua");
    for readme in ["README.md", "README.zh-CN.md"] {
        assert_eq!(blocks(&read(readme), "lua"), [page[0].clone()], "{readme}");
    }
}

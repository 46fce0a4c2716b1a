//! The clients in `editors/`, as far as no editor is needed. Real editors are driven by
//! `tests/editors`; here copies are held to their originals, and what the documentation shows to
//! what those tests run.

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
fn the_sessions_do_what_the_pages_say() {
    let compile = "cc -shared -fPIC -O2 -I grammars/wxml/src grammars/wxml/src/parser.c grammars/wxml/src/scanner.c";
    for editor in ["neovim", "helix"] {
        let page = format!("editors/{editor}/README.md");
        let commands = blocks(&read(&page), "sh").concat();
        assert!(commands.contains(compile), "{page} does not say {compile}");
        // The session runs the commands of the page, so it needs none of its own.
        let script = read(&format!("tests/editors/{editor}.sh"));
        assert!(script.contains("README.md") && !script.contains("-shared"), "{editor}");
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

/// The schemas that the VS Code extension brings are held to the catalogue.
mod schemas {
    use miniguard::catalogue;
    use serde_json::Value;

    use super::read;

    fn schema(name: &str) -> Value {
        serde_json::from_str(&read(&format!("editors/vscode/schemas/{name}.schema.json"))).unwrap()
    }

    /// Each value of an enumeration, with its description.
    fn completed(place: &Value) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let list = |key: &str| place["anyOf"][0][key].as_array().unwrap().iter().map(text);
        list("enum").zip(list("enumDescriptions")).collect()
    }

    fn both(label: catalogue::Phrase) -> String {
        format!("{}\n\n{}", label.en, label.zh)
    }

    #[test]
    fn app_json_names_the_interfaces_and_permissions_of_the_catalogue() {
        let schema = schema("app");
        let app = &schema["then"]["properties"];
        let mut declared: Vec<(String, String)> = catalogue::interfaces()
            .iter()
            .filter_map(|row| Some((row.required_private_info?.to_owned(), both(row.label))))
            .collect();
        declared.sort();
        assert_eq!(completed(&app["requiredPrivateInfos"]["items"]), declared);

        let scopes = catalogue::scopes().iter().filter(|scope| scope.permission_desc_required);
        let described = app["permission"]["properties"].as_object().unwrap();
        assert!(described.keys().eq(scopes.map(|scope| scope.scope)));
    }

    #[test]
    fn the_list_of_domains_has_the_lists_of_the_catalogue() {
        let schema = schema("server-domains");
        for list in catalogue::domain_lists() {
            for name in std::iter::once(list.field).chain(list.aliases.iter().copied()) {
                let target = format!("#/definitions/{}", list.field);
                assert_eq!(schema["properties"][name]["$ref"], target, "{name}");
            }
            let description = &schema["definitions"][list.field]["markdownDescription"];
            assert_eq!(description, &format!("{}\n\n{}", list.label.en, list.console));
        }
    }

    #[test]
    fn the_privacy_guide_has_the_kinds_of_the_catalogue() {
        let kinds = catalogue::information_kinds().iter();
        let kinds: Vec<_> = kinds.map(|kind| (kind.key.to_owned(), both(kind.label))).collect();
        let schema = schema("privacy-guide");
        let key = &schema["definitions"]["declared"]["properties"]["privacy_key"];
        assert_eq!(completed(key), kinds);
    }
}

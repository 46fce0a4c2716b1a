//! Real mini-programs, when a folder of them is at hand. They are other people's, so they are named
//! by `MINIGUARD_CORPORA` (one folder a program) and never committed; without it the tests are
//! reported as ignored (build.rs).
//!
//! A folder `labels` beside the programs may hold `<program>.json` with what a person found in it
//! by hand (`findings`, `negatives`: file, line, api; `wrapper_calls`: file, line); the inventory
//! must then hold every finding and no negative, and every labelled request must reach the labelled
//! hosts.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use miniguard::check::Cancel;
use miniguard::check::inventory::{Network, Resolution};
use miniguard::facts::Facts;
use miniguard::facts::template::Handler;
use miniguard::finding::Place;
use miniguard::project::Files;
use miniguard::syntax::Kind;
use miniguard::text::{Text, Units};
use miniguard::workspace::Workspace;
use miniguard::{check, ide};

use crate::robustness::tells_imports;

fn programs() -> Vec<PathBuf> {
    let folder = std::env::var_os("MINIGUARD_CORPORA").expect("the tests are ignored without it");
    let mut programs: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && path.file_name().is_some_and(|name| name != "labels"))
        .collect();
    programs.sort();
    programs
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn real_programs_are_read_without_a_panic() {
    for program in programs() {
        let workspace = Workspace::open(&program);
        let report = check::analyse(workspace.files(), &Cancel::never()).unwrap();
        assert!(report.programs > 0 || !report.notices.is_empty(), "{}", program.display());
    }
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn real_templates_parse_without_an_error() {
    for program in programs() {
        for file in Workspace::open(&program).files().iter() {
            if let Facts::Template(facts) = file.facts() {
                assert!(
                    facts.problems.is_empty(),
                    "{} {}: {:?}",
                    program.display(),
                    file.path,
                    facts.problems
                );
            }
        }
    }
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn real_scripts_tell_their_imports_without_a_parse() {
    let (mut told, mut scripts) = (0, 0);
    for program in programs() {
        for file in Workspace::open(&program).files().iter() {
            let Kind::Script(dialect) = file.kind else { continue };
            scripts += 1;
            told += usize::from(tells_imports(dialect, &file.source));
        }
    }
    assert!(told * 10 >= scripts * 9, "{told} of {scripts} scripts are plain enough");
}

/// The labelled programs: name, labels, files.
pub(crate) fn labelled() -> impl Iterator<Item = (String, serde_json::Value, Workspace)> {
    programs().into_iter().filter_map(|program| {
        let name = program.file_name().unwrap().to_string_lossy().into_owned();
        let labels = program.parent().unwrap().join("labels").join(format!("{name}.json"));
        let labels = serde_json::from_str(&fs::read_to_string(labels).ok()?).unwrap();
        Some((name, labels, Workspace::open(&program)))
    })
}

/// The line of a place, 1-based.
pub(crate) fn line_of(files: &Files, place: &Place) -> u64 {
    let text = Text::new(&files.get(&place.file).unwrap().source);
    text.position(place.span.start(), Units::Utf16).line as u64 + 1
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn labelled_sites_are_in_the_inventory() {
    for (name, labels, workspace) in labelled() {
        let found = sites(workspace.files());
        let mut wrong = Vec::new();
        for label in labels["findings"].as_array().unwrap() {
            let site = (text(label, "file"), label["line"].as_u64().unwrap(), text(label, "api"));
            if !found.contains(&site) {
                wrong.push(format!("missing {site:?} column {}", label["col"]));
            }
        }
        for label in labels["negatives"].as_array().unwrap() {
            let (file, line) = (text(label, "file"), label["line"].as_u64().unwrap());
            if let Some(site) = found.iter().find(|(at, number, _)| *at == file && *number == line)
            {
                wrong.push(format!("invented {site:?}: {}", label["why"]));
            }
        }
        assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
    }
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn questions_about_real_programs_are_answered() {
    for program in programs() {
        let workspace = Workspace::open(&program);
        let files = workspace.files();
        let (mut handlers, mut defined) = (0, 0);
        for file in files.iter() {
            let Some(template) = files.template(&file.path) else { continue };
            let length = file.source.len();
            for span in ide::tokens(files, &file.path).unwrap().iter().map(|token| token.span) {
                assert!(span.end() <= length && !span.of(&file.source).is_empty());
            }
            for fold in ide::folds(files, &file.path).unwrap() {
                assert!(fold.span.end() <= length);
            }
            within(&ide::outline(files, &file.path).unwrap(), length);
            // Each of these looks through the program: a few of every template are enough.
            for event in template.events().take(3) {
                let Handler::Method(name, span) = event.handler else { continue };
                let around = ide::selections(files, &file.path, span.start()).unwrap();
                assert!(around.windows(2).all(|pair| pair[0].contains(pair[1])));
                handlers += 1;
                let found = ide::definition(files, &file.path, span.end());
                for target in found.iter().flat_map(|found| &found.targets) {
                    let source = &files.get(&target.whole.file).unwrap().source;
                    assert_eq!(target.name.of(source).trim_matches(['\'', '"']), name.trim());
                    defined += 1;
                }
            }
        }
        let name = program.file_name().unwrap().to_string_lossy();
        eprintln!("{name}: {defined} definitions of {handlers} handlers");
    }
}

/// Asserts that each entry lies in its parent, and its name in it.
fn within(entries: &[ide::Entry], length: usize) {
    for entry in entries {
        assert!(entry.whole.end() <= length && !entry.name.is_empty(), "{entry:?}");
        assert!(entry.whole.contains(entry.selection), "{entry:?}");
        within(&entry.children, entry.whole.end());
    }
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn labelled_requests_reach_the_labelled_hosts() {
    for (name, labels, workspace) in labelled() {
        let files = workspace.files();
        let inventory = check::analyse(files, &Cancel::never()).unwrap().inventory;
        let line = |place: &Place| line_of(files, place);
        let mut wrong = Vec::new();
        for label in labels["findings"].as_array().unwrap() {
            if label["kind"] != "network" {
                continue;
            }
            let (file, at, api) =
                (text(label, "file"), label["line"].as_u64().unwrap(), text(label, "api"));
            let mut found = inventory.uses.iter().filter(|used| {
                used.api == api && used.place.file.to_string() == file && line(&used.place) == at
            });
            if !found.any(|used| used.network.as_ref().is_some_and(|one| agrees(label, one))) {
                wrong.push(format!("{file}:{at} {api}: not {}", label["hosts"]));
            }
        }
        for label in labels["wrapper_calls"].as_array().unwrap() {
            let (file, at) = (text(label, "file"), label["line"].as_u64().unwrap());
            let mut found = inventory
                .wrappers
                .iter()
                .filter(|call| call.place.file.to_string() == file && line(&call.place) == at);
            if !found.any(|call| agrees(label, &call.network)) {
                wrong.push(format!("{file}:{at} {}: not {}", label["callee"], label["hosts"]));
            }
        }
        assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
    }
}

/// Whether exactly the labelled hosts are found, and are said to be all just where a person could
/// tell.
fn agrees(label: &serde_json::Value, network: &Network) -> bool {
    let hosts: BTreeSet<&str> =
        label["hosts"].as_array().unwrap().iter().map(|host| host.as_str().unwrap()).collect();
    let resolved = network.resolution == Resolution::Resolved;
    network.hosts.iter().map(String::as_str).collect::<BTreeSet<_>>() == hosts
        && label["resolved"] == resolved
}

fn text(label: &serde_json::Value, key: &str) -> String {
    label[key].as_str().unwrap().to_owned()
}

/// File, line (1-based) and name of every use.
fn sites(files: &Files) -> BTreeSet<(String, u64, String)> {
    let report = check::analyse(files, &Cancel::never()).unwrap();
    let uses = report.inventory.uses.iter();
    uses.map(|used| {
        let line = line_of(files, &used.place);
        (used.place.file.to_string(), line, used.api.to_owned())
    })
    .collect()
}

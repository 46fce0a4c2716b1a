//! The SARIF log against the schema, and what the schema cannot tell. The schema is not ours: it is
//! read from the package of the development dependency that carries it.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::super::{Outcome, sample};
use super::{encoded, write};
use crate::finding::{Language, Phrase, Severity};

fn log(outcome: &Outcome) -> Value {
    let mut written = Vec::new();
    write(outcome, &mut written).unwrap();
    serde_json::from_slice(&written).unwrap()
}

/// The triple of this machine, as `rustc` names it.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(output.stdout).unwrap();
    version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The folder of a package that this one is built with. Only this machine's packages are asked for:
/// those of other systems were never downloaded.
fn package_folder(name: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--filter-platform", &host()])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == name).unwrap();
    PathBuf::from(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

#[test]
fn conforms_to_the_schema() {
    let path = package_folder("serde-sarif").join("src/schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut chinese = sample::outcome();
    chinese.language = Language::Chinese;
    for outcome in [sample::outcome(), sample::clean(), chinese] {
        let log = log(&outcome);
        let problems: Vec<String> = validator
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path))
            .collect();
        assert_eq!(problems, Vec::<String>::new());
    }
    let mut broken = log(&sample::outcome());
    broken["runs"][0]["results"][0]["level"] = Value::from("fatal");
    assert!(!validator.is_valid(&broken), "the schema rejects what is wrong");
}

#[test]
fn a_result_holds_places_fixes_and_identity() {
    let log = log(&sample::outcome());
    let results = log["runs"][0]["results"].as_array().unwrap();
    let first = &results[0];
    let region = &first["locations"][0]["physicalLocation"]["region"];
    assert_eq!([&region["startLine"], &region["startColumn"], &region["endColumn"]], [2, 19, 44]);
    assert_eq!(
        first["relatedLocations"][1]["physicalLocation"]["artifactLocation"]["uri"],
        "app.json"
    );
    assert_eq!(first["fixes"][0]["artifactChanges"].as_array().unwrap().len(), 2);
    assert_eq!(
        first["fixes"][1]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        ""
    );
    assert_eq!(first["baselineState"], "new");
    assert_eq!(results[2]["baselineState"], "unchanged");
    assert_eq!(first["partialFingerprints"]["miniguard/v1"].as_str().map(str::len), Some(32));
    assert_ne!(first["partialFingerprints"], results[1]["partialFingerprints"]);
}

#[test]
fn hints_and_information_are_notes_of_different_rank() {
    let mut outcome = sample::outcome();
    let mut hint = outcome.parts[0].findings[1].clone();
    hint.severity = Severity::Hint;
    hint.message = Phrase::new("a", "b");
    outcome.parts[0].findings.push(hint);
    let log = log(&outcome);
    let results = &log["runs"][0]["results"];
    assert_eq!(
        (&results[1]["level"], &results[2]["level"]),
        (&Value::from("note"), &Value::from("note"))
    );
    assert!(results[1]["rank"].as_f64() > results[2]["rank"].as_f64());
    assert_eq!(results[2]["properties"]["severity"], "hint");
}

#[test]
fn paths_become_uri_references() {
    assert_eq!(encoded("pages/a b/é%#.js"), "pages/a%20b/%C3%A9%25%23.js");
    assert_eq!(encoded("../a:b.js"), "../a%3Ab.js");
}

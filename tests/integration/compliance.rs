//! The compliance report by example. `fixtures/<program>/report.md` is the report of it without a
//! day, in both languages; the page is the same document, and is looked at in a browser by people.

use std::fs;
use std::process::Command;

use miniguard::check::Cancel;
use miniguard::finding::Language;
use miniguard::workspace::Workspace;
use miniguard::{check, compliance};

use crate::support::{expect_file, root};

fn document(fixture: &str) -> compliance::Document {
    let mut files = Workspace::open(&root().join(fixture)).files().clone();
    // The day would make each run another.
    files.set_today(None);
    let report = check::analyse(&files, &Cancel::never()).unwrap();
    let mut documents = compliance::documents(&files, &report, &Cancel::never()).unwrap();
    assert_eq!(documents.len(), 1, "{fixture}");
    documents.remove(0)
}

#[test]
fn reports_say_what_their_programs_do() {
    for name in ["teashop", "foreign-shop", "privacy-guide", "clean-shop"] {
        let fixture = format!("fixtures/{name}");
        let document = document(&fixture);
        let seen =
            document.markdown(Language::English) + "\n" + &document.markdown(Language::Chinese);
        expect_file(&root().join(fixture).join("report.md"), &seen);
    }
}

#[test]
fn the_page_holds_every_row_in_both_languages() {
    let document = document("fixtures/teashop");
    let rows: usize = document.sections.iter().map(|section| section.rows.len()).sum();
    for language in [Language::English, Language::Chinese] {
        let page = document.html(language);
        // Each table has a row of titles, too.
        let tables = page.matches("<table>").count();
        assert_eq!(page.matches("<tr>").count(), rows + tables);
        assert!(
            !page.contains("<script")
                && !page.contains("src=")
                && !page.contains("http-equiv=\"refresh")
        );
    }
}

#[test]
fn the_command_writes_the_form_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.html");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_miniguard"))
            .args(["report", "--lang", "en"])
            .args(arguments)
            .current_dir(root())
            .output()
            .unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (text, output.status.code().unwrap())
    };
    let (said, code) = run(&["fixtures/teashop", "-o", file.to_str().unwrap()]);
    assert!(code == 0 && said.starts_with("Wrote "), "{said}");
    assert!(fs::read_to_string(&file).unwrap().starts_with("<!DOCTYPE html>"));
    let (json, _) = run(&["fixtures/teashop", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "miniguard/report/1");
    assert_eq!(json["figures"]["information"]["number"], 8);
    let (guide, code) = run(&["fixtures/privacy-guide", "--privacy-guide"]);
    assert!(code == 0 && guide.contains("\"setting_list\""), "{guide}");
    let (said, code) = run(&["fixtures/privacy-guide", "--privacy-guide", "--diff"]);
    assert!(code == 1 && said.contains("+ "), "{said}");
    let (said, code) = run(&["fixtures/several-programs"]);
    assert!(code == 2 && said.contains("exactly one"), "{said}");
}

//! docs/obligations.md against the product. The one thing to know: the page names every obligation of the fact base by its number, and
//! every rule, licence, setting and fixture on it exists – and shows what the page says that it shows.

use std::collections::BTreeMap;
use std::fs;

use miniguard::analysis::{self, Cancel};
use miniguard::catalogue;
use miniguard::path::FilePath;
use miniguard::project::Files;
use miniguard::rules;
use miniguard::settings;
use miniguard::workspace::Workspace;

use crate::support::{report, root};

/// The numbers of the obligations, by section.
const SECTIONS: [(char, usize); 5] = [('A', 18), ('B', 21), ('C', 8), ('D', 9), ('E', 7)];

/// The rows of the table: number, what answers it, what shows it.
fn rows() -> Vec<(String, String, String)> {
    let page = fs::read_to_string(root().join("docs/obligations.md")).unwrap();
    page.lines()
        .filter(|line| {
            line.starts_with("| ") && !line.starts_with("| #") && !line.starts_with("| -")
        })
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            (cells[0].to_owned(), cells[3].to_owned(), cells[4].to_owned())
        })
        .collect()
}

/// The words in backquotes that follow `kind` in a cell.
fn named<'a>(cell: &'a str, kind: &str) -> Vec<&'a str> {
    cell.split(kind).skip(1).filter_map(|rest| rest.strip_prefix(" `")?.split('`').next()).collect()
}

#[test]
fn every_obligation_is_answered_by_something_that_exists() {
    let expected: Vec<String> = SECTIONS
        .iter()
        .flat_map(|(section, count)| (1..=*count).map(move |at| format!("{section}{at}")))
        .collect();
    let rows = rows();
    let numbers: Vec<&str> = rows.iter().map(|(number, ..)| number.as_str()).collect();
    assert_eq!(numbers, expected);
    let page = fs::read_to_string(root().join("docs/obligations.md")).unwrap();
    for (number, answer, _) in &rows {
        for rule in named(answer, "rule") {
            assert!(rules::rule(rule).is_some(), "{number}: no rule {rule}");
        }
        for id in named(answer, "licence") {
            assert!(catalogue::licence(id).is_some(), "{number}: no licence {id}");
        }
        for key in named(answer, "hover") {
            assert!(settings::summary_of(key).is_some(), "{number}: no setting {key}");
        }
        for (kind, heading) in [("checklist ", "## Checklist"), ("note ", "## Notes")] {
            for item in answer.split(kind).skip(1) {
                let item: String = item.chars().take_while(char::is_ascii_digit).collect();
                let section = page.split(heading).nth(1).unwrap().split("\n## ").next().unwrap();
                assert!(section.contains(&format!("\n{item}. ")), "{number}: {kind}{item}");
            }
        }
        let answered = [
            "rule `",
            "licence `",
            "hover `",
            "checklist ",
            "note ",
            "inventory",
            "list of obligations",
            "each message",
        ];
        assert!(answered.iter().any(|sign| answer.contains(sign)), "{number}: {answer}");
    }
}

#[test]
fn fixtures_show_what_the_page_says() {
    let mut reports: BTreeMap<String, String> = BTreeMap::new();
    for (number, answer, shown) in rows() {
        let rules = named(&answer, "rule");
        let fixtures: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        let found = fixtures.iter().any(|fixture| {
            let report = reports.entry((*fixture).to_owned()).or_insert_with(|| {
                let expected = root().join("fixtures").join(fixture).join("expected.txt");
                fs::read_to_string(&expected)
                    .unwrap_or_else(|_| panic!("{number}: no fixture {fixture}"))
            });
            rules.is_empty() || rules.iter().any(|rule| report.contains(&format!("[{rule}]")))
        });
        assert!(fixtures.is_empty() || found, "{number}: {fixtures:?} show none of {rules:?}");
    }
}

/// The list of obligations of a fixture: `id sureness status enforcement`.
fn listed(fixture: &str) -> Vec<String> {
    let workspace = Workspace::open(&root().join("fixtures").join(fixture));
    let report = analysis::analyse(workspace.files(), &Cancel::never()).unwrap();
    let one = |it: &analysis::Obligation| {
        let licence = it.licence;
        format!(
            "{} {} {} {}",
            licence.id,
            it.sureness.name(),
            it.status.name(),
            licence.enforcement.name()
        )
    };
    report.obligations.iter().map(one).collect()
}

#[test]
fn the_list_tells_held_from_missing_from_not_declared() {
    let expected: [(&str, &[&str]); 3] = [
        (
            "clinic",
            &[
                "filing.miniprogram certain not-declared platform",
                "location.precise certain not-declared platform",
                "medical likely not-declared platform",
            ],
        ),
        (
            "marketplace",
            &[
                "filing.domain certain held platform",
                "filing.miniprogram certain held platform",
                "payment.wechat certain held platform",
                "telecom.edi certain missing platform",
            ],
        ),
        (
            "licensed/marketplace",
            &[
                "filing.domain certain held platform",
                "filing.miniprogram certain held platform",
                "payment.wechat certain held platform",
                "telecom.edi certain held platform",
            ],
        ),
    ];
    for (fixture, list) in expected {
        assert_eq!(listed(fixture), list, "{fixture}");
    }
}

#[test]
fn a_program_for_minors_says_so_itself() {
    let files: Files = [
        ("app.json", r#"{"pages": ["p/p"]}"#),
        ("app.js", "App({})"),
        ("miniguard.json", r#"{"audience": "minors"}"#),
    ]
    .into_iter()
    .map(|(path, text)| (FilePath::new(path).unwrap(), text.to_owned()))
    .collect();
    let found = report(&files).obligations;
    let ids: Vec<(&str, &str)> =
        found.iter().map(|it| (it.licence.id, it.evidence[0].place.file.as_str())).collect();
    assert_eq!(ids, [("minors", "miniguard.json")]);
}

//! docs/obligations.md against the product. The page names every obligation of the fact base by its
//! number, and every rule, licence, setting and fixture on it exists – and shows what the page says
//! that it shows.

use std::collections::BTreeMap;
use std::fs;

use miniguard::catalogue;
use miniguard::check::Cancel;
use miniguard::path::FilePath;
use miniguard::project::Files;
use miniguard::rules;
use miniguard::settings;
use miniguard::workspace::Workspace;
use miniguard::{check, compliance};

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
        let answered =
            ["rule `", "licence `", "hover `", "checklist ", "note ", "report `", "each message"];
        assert!(answered.iter().any(|sign| answer.contains(sign)), "{number}: {answer}");
    }
}

/// What one fixture shows.
struct Shows {
    /// What `check` finds.
    expected: String,
    /// The parts of the report that have rows.
    sections: Vec<&'static str>,
    /// The licences that the report lists.
    licences: Vec<&'static str>,
    /// miniguard.json.
    settings: String,
}

impl Shows {
    fn of(fixture: &str) -> Self {
        let folder = root().join("fixtures").join(fixture);
        assert!(folder.is_dir(), "no fixture {fixture}");
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let workspace = Workspace::open(&folder);
        let report = check::analyse(workspace.files(), &Cancel::never()).unwrap();
        let documents =
            compliance::documents(workspace.files(), &report, &Cancel::never()).unwrap();
        let sections = documents.iter().flat_map(|document| &document.sections);
        let held = |section: &compliance::Section| {
            let lines = section.rows.iter().flatten().flat_map(|cell| &cell.lines);
            !section.rows.is_empty()
                && lines.clone().all(|line| line.en.is_empty() == line.zh.is_empty())
        };
        Self {
            expected: read("expected.txt"),
            sections: sections.filter(|one| held(one)).map(|one| one.id).collect(),
            licences: report.obligations.iter().map(|one| one.licence.id).collect(),
            settings: read("miniguard.json"),
        }
    }
}

#[test]
fn fixtures_show_what_the_page_says() {
    let mut known: BTreeMap<String, Shows> = BTreeMap::new();
    for (number, answer, shown) in rows() {
        let fixtures: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        let (rules, reports) = (named(&answer, "rule"), named(&answer, "report"));
        let (licences, hovers) = (named(&answer, "licence"), named(&answer, "hover"));
        if fixtures.is_empty() {
            // Only what asks nothing of a program.
            assert_eq!(shown, "this page", "{number}");
            assert!(rules.is_empty() && reports.is_empty() && hovers.is_empty(), "{number}");
            continue;
        }
        for fixture in &fixtures {
            known.entry((*fixture).to_owned()).or_insert_with(|| Shows::of(fixture));
        }
        let any = |shows: &dyn Fn(&Shows) -> bool| fixtures.iter().any(|one| shows(&known[*one]));
        if !rules.is_empty() {
            let found =
                any(&|it| rules.iter().any(|rule| it.expected.contains(&format!("[{rule}]"))));
            assert!(found, "{number}: {fixtures:?} show none of {rules:?}");
        }
        for section in reports {
            assert!(
                any(&|it| it.sections.contains(&section)),
                "{number}: no {section} in {fixtures:?}"
            );
        }
        if rules.is_empty() && !licences.is_empty() {
            let found = any(&|it| licences.iter().any(|id| it.licences.contains(id)));
            assert!(found, "{number}: {fixtures:?} list none of {licences:?}");
        }
        if rules.is_empty() {
            for key in hovers {
                let found = any(&|it| it.settings.contains(&format!("\"{key}\"")));
                assert!(found, "{number}: no {key} to hover over in {fixtures:?}");
            }
        }
    }
}

/// The list of obligations of a fixture: `id sureness status enforcement`.
fn listed(fixture: &str) -> Vec<String> {
    let workspace = Workspace::open(&root().join("fixtures").join(fixture));
    let report = check::analyse(workspace.files(), &Cancel::never()).unwrap();
    let one = |it: &check::Obligation| {
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

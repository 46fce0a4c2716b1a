//! The consent facts that a person wrote down of real programs (`project_facts` and `consent` of
//! the labels; see `corpora.rs`). The labels are prose where a checker has classes, so each
//! sentence is read for what it claims.

use std::collections::BTreeSet;

use miniguard::check::{Cancel, Report};
use miniguard::path::FilePath;
use miniguard::project::Files;
use miniguard::text::{Position, Text, Units};
use miniguard::{check, ide};

use crate::corpora::{labelled, line_of};

/// Evidence of consent that the program asks for by itself.
const OWN: [&str; 5] = ["gate", "button", "query", "coupled", "app"];

fn words<'v>(facts: &'v serde_json::Value, key: &str) -> Vec<&'v str> {
    let list = facts[key].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|one| one.as_str()).collect()
}

#[test]
#[cfg_attr(not(corpora), ignore = "MINIGUARD_CORPORA is not set")]
fn labelled_consent_facts_come_out() {
    for (name, labels, workspace) in labelled() {
        let files = workspace.files();
        let report = check::analyse(files, &Cancel::never()).unwrap();
        let facts = &labels["project_facts"];
        let mut wrong = declarations(&report, facts);
        wrong.extend(places(files, &labels["consent"]));
        wrong.extend(handling(files, &report, facts));
        for gap in words(facts, "consent_gaps") {
            if !has_gap(&report, gap) {
                wrong.push(format!("the gap does not come out: {gap}"));
            }
        }
        if words(facts, "consent_gaps").is_empty() {
            let open = report.inventory.uses.iter().filter(|used| {
                used.consent.as_ref().is_some_and(|one| !OWN.contains(&one.class.name()))
            });
            wrong.extend(open.map(|used| {
                format!("{} in {} is said to lack consent", used.api, used.place.file)
            }));
        }
        assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
    }
}

/// What app.json lacks and what it has for nothing.
fn declarations(report: &Report, facts: &serde_json::Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (rule, key) in
        [("undeclared-private-interface", "missing"), ("unused-private-interface", "surplus")]
    {
        let found: BTreeSet<&str> = report
            .findings
            .iter()
            .filter(|finding| finding.rule == rule)
            .map(|finding| &*finding.subject)
            .collect();
        let wanted: BTreeSet<&str> = words(facts, key).into_iter().collect();
        if found != wanted {
            wrong.push(format!("{rule}: {found:?}, not {wanted:?}"));
        }
    }
    wrong
}

/// Every call of the privacy group that a person saw is known at its place; a question whether the
/// platform has an interface is no use of it, and what was authorised tells nothing of a person.
fn places(files: &Files, labels: &serde_json::Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let calls = labels
        .as_array()
        .unwrap()
        .iter()
        .filter(|label| label["form"] == "call" && label["api"] != "wx.getSetting");
    for label in calls {
        let (path, api) = (label["file"].as_str().unwrap(), label["api"].as_str().unwrap());
        let file = files.get(&FilePath::new(path).unwrap()).unwrap();
        let number = |key: &str| u32::try_from(label[key].as_u64().unwrap()).unwrap() - 1;
        // The last character of the callee is its name, wherever the callee begins.
        let start = Position { line: number("line") as usize, column: number("col") as usize };
        let text = Text::new(&file.source);
        let offset = text.offset(start, Units::Utf16);
        let callee: usize = file.source[offset..]
            .find(|c: char| !c.is_ascii_alphanumeric() && !"_.$-".contains(c))
            .unwrap_or(1);
        let known = ide::hover(files, &file.path, offset + callee - 1);
        let last = api.rsplit(['.', '=']).next().unwrap();
        if !known.is_some_and(|card| card.markdown.en.contains(last)) {
            wrong.push(format!("{path}:{} is not known as {api}", label["line"]));
        }
    }
    wrong
}

/// Whether the program asks for consent, and where its one handler is.
fn handling(files: &Files, report: &Report, facts: &serde_json::Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let standings: Vec<_> =
        report.inventory.uses.iter().filter_map(|used| used.consent.as_ref()).collect();
    let handled = standings.iter().any(|standing| OWN.contains(&standing.class.name()));
    if facts["consent_handling"] != handled {
        wrong.push(format!("consent handling: {handled}"));
    }
    let seats: BTreeSet<String> = standings
        .iter()
        .flat_map(|standing| standing.place.iter().chain(&standing.unhandled_event))
        .map(|place| format!("{}:{}", place.file, line_of(files, place)))
        .collect();
    for handler in words(facts, "consent_where") {
        if let Some(seat) = handler.split(' ').rfind(|word| word.contains(".js:"))
            && handler.contains("onNeedPrivacyAuthorization")
            && !seats.contains(seat)
        {
            wrong.push(format!("the handler at {seat} is no evidence for any use: {seats:?}"));
        }
    }
    wrong
}

/// Whether some use shows what a person missed.
fn has_gap(report: &Report, gap: &str) -> bool {
    let mut uses = report.inventory.uses.iter();
    if gap.contains("in the wxml") {
        // The pop-up is written page by page.
        return uses
            .any(|used| used.consent.as_ref().is_some_and(|one| one.unhandled_event.is_some()));
    }
    let api = gap.split(' ').next().unwrap();
    uses.any(|used| {
        used.api.ends_with(api)
            && used.consent.as_ref().is_some_and(|one| !OWN.contains(&one.class.name()))
    })
}

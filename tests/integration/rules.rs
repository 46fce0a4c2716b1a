//! Executes the Markdown of every rule: each example is a program, and what it expects is what the
//! rule finds. Only findings of the rule that a page documents are compared, so pages do not depend
//! on each other.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use miniguard::check::fixes;
use miniguard::finding::{Applicability, Finding};
use miniguard::path::FilePath;
use miniguard::project::{Day, Files};
use miniguard::rules::{RULES, Rule};
use miniguard::text::{Text, Units};

use crate::support::{report, root};

/// One `##` section that holds a program.
#[derive(Default)]
struct Section {
    title: String,
    files: Vec<(String, String)>,
    expect: Option<String>,
    fixed: Vec<(String, String)>,
}

fn sections(markdown: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut fence: Option<(String, String)> = None;
    for line in markdown.lines() {
        match (&mut fence, line.strip_prefix("```")) {
            (Some((info, text)), Some("")) => {
                let section = sections.last_mut().expect("a fenced block stands in a section");
                let name = info.split_whitespace().nth(1).unwrap_or("").to_owned();
                match name.strip_prefix("fixed:") {
                    Some(file) => section.fixed.push((file.to_owned(), text.clone())),
                    None if name == "expect" => section.expect = Some(text.clone()),
                    None if name.contains('.') => section.files.push((name, text.clone())),
                    None => {}
                }
                fence = None;
            }
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some(info)) => {
                if sections.is_empty() {
                    sections.push(Section::default());
                }
                fence = Some((info.to_owned(), String::new()));
            }
            (None, None) => {
                if let Some(title) = line.strip_prefix("## ") {
                    sections.push(Section { title: title.to_owned(), ..Section::default() });
                }
            }
        }
    }
    sections.retain(|section| !section.files.is_empty());
    sections
}

fn line_of(finding: &Finding, files: &Files) -> String {
    let file = files.get(&finding.place.file).unwrap();
    let position = Text::new(&file.source).position(finding.place.span.start(), Units::Utf16);
    format!(
        "{}:{}:{} {} {} {}",
        finding.place.file,
        position.line + 1,
        position.column + 1,
        finding.severity.name(),
        finding.rule,
        finding.subject
    )
}

/// Applies the fixes of the rule, of the kind that its page says.
fn apply_fixes(mut files: Files, rule: &Rule) -> Files {
    let is_unsafe = rule.docs.contains("**Fix** unsafe");
    let allowed = if is_unsafe { Applicability::Unsafe } else { Applicability::Safe };
    for _ in 0..10 {
        let findings: Vec<Finding> =
            report(&files).findings.into_iter().filter(|finding| finding.rule == rule.id).collect();
        let chosen = fixes::select(&findings, allowed);
        let texts = fixes::apply(&chosen, &files);
        if texts.is_empty() {
            break;
        }
        let mut all: BTreeMap<FilePath, String> =
            files.iter().map(|file| (file.path.clone(), file.source.to_string())).collect();
        all.extend(texts);
        files = all.into_iter().collect();
    }
    files
}

#[test]
fn every_example_finds_what_its_page_says() {
    let mut wrong = String::new();
    let mut examples = 0;
    for rule in RULES {
        let sections = sections(rule.docs);
        assert!(sections.len() >= 2, "{}: an example and a correct program are the least", rule.id);
        assert!(
            sections.iter().any(|section| section
                .expect
                .as_deref()
                .is_some_and(|text| text.trim().is_empty())),
            "{}: no correct program",
            rule.id
        );
        for section in sections {
            examples += 1;
            let texts = section
                .files
                .iter()
                .map(|(path, text)| (FilePath::new(path).unwrap(), text.clone()));
            let mut files: Files = texts.collect();
            // The day on which the pages are checked, for what grows old.
            files.set_today(Day::read("2026-07-01"));
            let actual: Vec<String> = report(&files)
                .findings
                .iter()
                .filter(|finding| finding.rule == rule.id)
                .map(|finding| line_of(finding, &files))
                .collect();
            let expected: Vec<&str> = section
                .expect
                .as_deref()
                .unwrap_or("")
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect();
            if section.expect.is_none() || actual != expected {
                let _ = writeln!(
                    wrong,
                    "{} – {}\n  expected\n    {}\n  actual\n    {}",
                    rule.id,
                    section.title,
                    expected.join("\n    "),
                    actual.join("\n    ")
                );
            }
            if !section.fixed.is_empty() {
                let fixed = apply_fixes(files, rule);
                for (path, text) in &section.fixed {
                    let actual =
                        fixed.get(&FilePath::new(path).unwrap()).map_or("", |file| &*file.source);
                    if actual != text {
                        let _ = writeln!(
                            wrong,
                            "{} – {}: {path} after safe fixes\n{actual}",
                            rule.id, section.title
                        );
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{examples} examples\n{wrong}");
}

#[test]
fn every_message_is_said_in_both_languages() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for section in sections(rule.docs) {
            let files: Files = section
                .files
                .iter()
                .map(|(path, text)| (FilePath::new(path).unwrap(), text.clone()))
                .collect();
            for finding in report(&files).findings {
                let sentences = [&finding.message, &finding.why, &finding.help];
                for sentence in
                    sentences.into_iter().chain(finding.fixes.iter().map(|fix| &fix.title))
                {
                    let chinese =
                        sentence.zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
                    let english = !sentence.en.is_empty()
                        && !sentence.en.chars().any(|c| ('\u{3000}'..='\u{303f}').contains(&c));
                    if !(chinese && english) {
                        wrong.push(format!("{}: {sentence:?}", finding.rule));
                    }
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_and_the_files_agree() {
    let folder = root().join("src/rules");
    let mut pages: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            entry
                .unwrap()
                .file_name()
                .into_string()
                .ok()?
                .strip_suffix(".md")
                .map(|name| name.replace('_', "-"))
        })
        .collect();
    pages.sort();
    let rules: Vec<String> = RULES.iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(rules, pages, "RULES is sorted, and every rule has its page");
    for rule in RULES {
        assert!(
            rule.docs.starts_with(&format!("# {}\n", rule.id)),
            "{}: the page's title is the id",
            rule.id
        );
        assert!(
            rule.docs.contains(&format!("**Severity** {}", rule.severity.name())),
            "{}: the page names the severity",
            rule.id
        );
    }
}

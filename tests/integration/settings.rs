//! The generated files of the settings: what an editor completes `miniguard.json` with.

use std::fmt::Write as _;

use miniguard::facts::Facts;
use miniguard::path::FilePath;
use miniguard::rules::RULES;
use miniguard::settings::{self, Settings};
use miniguard::syntax::Kind;

use crate::support::{expect_file, root};

#[test]
fn the_schema_is_up_to_date() {
    let rules: Vec<(&str, [&str; 2])> = RULES.iter().map(|rule| (rule.id, rule.summary)).collect();
    let mut text = String::new();
    writeln!(text, "{:#}", settings::schema(&rules)).unwrap();
    expect_file(&root().join("editors/miniguard.schema.json"), &text);
}

#[test]
fn what_init_writes_is_understood() {
    let known: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let file = FilePath::new(settings::FILE_NAME).unwrap();
    // Every example uncommented: the rules that they name exist.
    let text = settings::template().replace("  // \"", "  \"");
    let facts = Facts::read(Kind::Manifest, &text);
    let (settings, problems) = Settings::read(&file, facts.as_manifest().unwrap(), &known);
    assert_eq!(problems, [], "{text}");
    assert!(!settings.rules.is_empty() && !settings.ignore.is_empty());
}

#[test]
fn the_reference_is_up_to_date() {
    let text = format!(
        "# miniguard.json\n\nEvery setting, generated from the table in `src/settings/table.rs`. All are optional.\n\n\
         全部设置项，由 `src/settings/table.rs` 中的表生成，均可省略。\n\n{}",
        settings::reference()
    );
    expect_file(&root().join("docs/settings.md"), &text);
}

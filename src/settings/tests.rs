//! Examples of settings files: what applies, and what is said about the rest.

use serde_json::json;

use super::table::SETTINGS;
use super::{
    Level, Problem, SCHEMA_URL, Settings, domain_list_template, reference, schema, template,
};
use crate::facts::ManifestFacts;
use crate::facts::manifest;
use crate::finding::{Edit, Language, Severity};
use crate::path::FilePath;

const RULES: [&str; 3] = ["regulated-interface", "unregistered-domain", "domain-check-disabled"];

fn path(text: &str) -> FilePath {
    FilePath::new(text).unwrap()
}

fn facts(source: &str) -> ManifestFacts {
    manifest::read(source)
}

fn read(source: &str) -> (Settings, Vec<Problem>) {
    Settings::read(&path("app/miniguard.json"), &facts(source), &RULES)
}

/// Each problem as `text in the file: message help`.
fn problems(source: &str) -> Vec<String> {
    let (_, problems) = read(source);
    for problem in &problems {
        assert!(!problem.message.zh.is_empty() && !problem.help.zh.is_empty(), "{problem:?}");
        assert_eq!(problem.place.file, path("app/miniguard.json"));
    }
    problems
        .iter()
        .map(|it| format!("{}: {} {}", it.place.span.of(source), it.message.en, it.help.en))
        .collect()
}

#[test]
fn reads_every_setting() {
    let source = r#"{
        // comments and trailing commas are fine
        "$schema": "x",
        "language": "zh",
        "rules": { "regulated-interface": "off", "unregistered-domain": "warning" },
        "exclude": ["vendor", "**/*.min.js",],
        "domains": "../server-domains.json",
        "baseline": "./baseline.json",
        "ignore": [
            { "rule": "domain-check-disabled", "file": "project.config.json", "reason": "mock" },
            { "rule": "unregistered-domain", "file": "**/*.json", "subject": "a.example", "reason": "" },
        ],
    }"#;
    let (settings, problems) = read(source);
    assert_eq!(problems, []);
    assert_eq!(settings.language, Some(Language::Chinese));
    assert_eq!(settings.level("regulated-interface"), Some(Level::Off));
    assert_eq!(settings.level("unregistered-domain"), Some(Level::At(Severity::Warning)));
    assert_eq!(settings.level("domain-check-disabled"), None);
    assert!(settings.excludes(&path("app/vendor/a.js")));
    assert!(
        !settings.excludes(&path("vendor/a.js")),
        "patterns count from the settings file's folder"
    );
    assert_eq!(settings.domains, Some(path("server-domains.json")));
    assert_eq!(settings.baseline, Some(path("app/baseline.json")));
    let [first, second] = settings.ignore.as_slice() else { panic!("{:?}", settings.ignore) };
    assert_eq!((first.rule.as_str(), first.reason.as_str()), ("domain-check-disabled", "mock"));
    assert!(first.file.matches(&path("app/project.config.json")));
    assert!(first.place.span.of(source).starts_with("{ \"rule\": \"domain-check-disabled\""));
    assert_eq!(
        (second.subject.as_deref(), second.reason.as_str(), second.index),
        (Some("a.example"), "", 1)
    );
}

#[test]
fn says_what_is_wrong_and_applies_the_rest() {
    for (wrong, expected) in [
        (
            r#""exlude": []"#,
            r#""exlude": There is no setting `exlude`, so it does nothing. Did you mean `exclude`?"#,
        ),
        (
            r#""permits": []"#,
            "\"permits\": There is no setting `permits`, so it does nothing. The settings here are `$schema`, `language`, \
             `rules`, `exclude`, `domains`, `domainsMaxAge`, `privacyGuide`, `entity`, `filing`, `categories`, `licences`, `commerce`, `hosting`, `volume`, `audience`, `baseline`, `ignore`.",
        ),
        (
            r#""exclude": "vendor""#,
            "\"vendor\": `exclude` has a string here, so it does not apply. \
             It must be a list, each element a glob pattern, relative to this file.",
        ),
        (
            r#""exclude": [["vendor"]]"#,
            "[\"vendor\"]: `exclude` has a list here, so it does not apply. It must be a glob pattern, relative to this file.",
        ),
        (
            r#""exclude": ["a["]"#,
            "\"a[\": `exclude` holds no glob pattern that could be used: unclosed character class; missing ']'. \
             `*` stands for any name, `**` for any folders, `{a,b}` for either: `pages/**/*.js`.",
        ),
        (
            r#""rules": { "unregisterd-domain": "off" }"#,
            "\"unregisterd-domain\": There is no rule `unregisterd-domain`, so this does not apply. Did you mean `unregistered-domain`?",
        ),
        (
            r#""rules": { "x": "off" }"#,
            "\"x\": There is no rule `x`, so this does not apply. `miniguard rules` lists them all.",
        ),
        (
            r#""rules": { "unregistered-domain": "warn" }"#,
            "\"warn\": `unregistered-domain` cannot be \"warn\", so it does not apply. \
             It must be \"off\" or \"hint\" or \"information\" or \"warning\" or \"error\".",
        ),
        (
            r#""rules": { "unregistered-domain": 2 }"#,
            "2: `unregistered-domain` has a number here, so it does not apply. \
             It must be \"off\" or \"hint\" or \"information\" or \"warning\" or \"error\".",
        ),
        (
            r#""domains": "../../list.json""#,
            "\"../../list.json\": `domains` names no file of the workspace, so it does not apply. \
             Nothing outside the workspace is read: give a path relative to this file.",
        ),
        (
            r#""ignore": [{ "rule": "unregistered-domain", "file": "a.json" }]"#,
            "{ \"rule\": \"unregistered-domain\", \"file\": \"a.json\" }: This entry lacks `reason`, so it does not apply. \
             Add `reason`: why it is right that nothing is shown.",
        ),
        (
            r#""ignore": [{ "rule": "x", "file": "a.json", "reason": "y" }]"#,
            "\"x\": There is no rule `x`, so this does not apply. `miniguard rules` lists them all.",
        ),
        (
            r#""baseline": "a.json", "baseline": "b.json""#,
            "\"baseline\": `baseline` is set again below; only the last one counts. Join the two.",
        ),
    ] {
        let source = format!("{{ {wrong}, \"language\": \"en\" }}");
        assert_eq!(problems(&source), [expected], "{source}");
        assert_eq!(read(&source).0.language, Some(Language::English), "{source}");
    }
}

#[test]
fn absolute_paths_leave_the_workspace() {
    for text in ["/etc/passwd", "C:\\\\a.json", "\\\\\\\\host\\\\a", "~/a.json", "", "."] {
        let source = format!(r#"{{ "domains": "{text}" }}"#);
        let (settings, problems) = read(&source);
        assert_eq!((settings.domains, problems.len()), (None, 1), "{text}");
    }
}

#[test]
fn what_is_no_settings_file_says_so_once() {
    for source in [
        "",
        "[]",
        "null",
        "\"x\"",
        "{",
        "{ \"language\": \"en\" ",
        "{ \"language\" }",
        "<<<<<<< HEAD\n{}\n",
    ] {
        assert_eq!(problems(source).len(), 1, "{source}");
    }
    let (settings, _) = read("{ \"language\": \"zh\", \"rules\": {");
    assert_eq!(settings.language, Some(Language::Chinese), "half-typed: the whole parts apply");
    assert_eq!(problems("{}"), [""; 0]);
    assert_eq!(problems("\u{feff}{}"), [""; 0]);
}

#[test]
fn a_likely_slip_has_a_fix_that_is_not_safe() {
    let source = r#"{ "langage": "en" }"#;
    let (_, problems) = read(source);
    let fix = problems[0].fix.clone().unwrap();
    assert_eq!(fix.title.en, "Write `language`");
    let [Edit::Replace { place, text }] = fix.edits.as_slice() else { panic!("{fix:?}") };
    assert_eq!((place.span.of(source), text.as_str()), ("\"langage\"", "\"language\""));
}

#[test]
fn problems_stand_in_the_order_of_the_file() {
    let source = r#"{ "ignore": [{}], "zzzzzz": 1, "language": 2 }"#;
    let starts: Vec<usize> =
        read(source).1.iter().map(|problem| problem.place.span.start()).collect();
    assert!(starts.is_sorted() && starts.len() == 5, "{starts:?}");
}

fn schema_of_rules() -> serde_json::Value {
    schema(&RULES.map(|rule| (rule, ["Summary", "摘要"])))
}

#[test]
fn the_schema_agrees_with_the_reader() {
    let schema = schema_of_rules();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft7::new(&schema).unwrap();
    for (source, valid) in [
        (r"{}", true),
        (
            r#"{ "$schema": "x", "language": "zh", "rules": { "regulated-interface": "off" } }"#,
            true,
        ),
        (
            r#"{ "exclude": ["a"], "domains": "a.json", "ignore": [{ "rule": "regulated-interface", "file": "*", "reason": "x" }] }"#,
            true,
        ),
        (r"[]", false),
        (r#"{ "languag": "zh" }"#, false),
        (r#"{ "language": "fr" }"#, false),
        (r#"{ "rules": { "x": "off" } }"#, false),
        (r#"{ "rules": { "regulated-interface": "warn" } }"#, false),
        (r#"{ "exclude": "a" }"#, false),
        (r#"{ "exclude": [""] }"#, false),
        (r#"{ "ignore": [{ "rule": "regulated-interface", "file": "*" }] }"#, false),
        (r#"{ "ignore": [{ "rule": "x", "file": "*", "reason": "x" }] }"#, false),
    ] {
        assert_eq!(validator.is_valid(&serde_json::from_str(source).unwrap()), valid, "{source}");
        assert_eq!(problems(source).is_empty(), valid, "{source}");
    }
}

#[test]
fn the_schema_documents_every_key_in_both_languages() {
    let schema = schema_of_rules();
    for setting in SETTINGS {
        let property = &schema["properties"][setting.key.name];
        assert_eq!(property["description"], setting.key.summary[0]);
        let both = property["markdownDescription"].as_str().unwrap();
        assert!(both.contains(setting.key.summary[1]), "{both}");
    }
    let level = &schema["properties"]["rules"]["properties"]["regulated-interface"];
    assert_eq!(level["description"], "Summary");
    assert!(jsonschema::meta::is_valid(&super::schema(&[])), "valid before there is a rule");
}

#[test]
fn the_template_sets_nothing_and_its_examples_all_apply() {
    let template = template();
    assert_eq!(read(&template), (Settings::default(), Vec::new()));
    let uncommented: String = template
        .lines()
        .map(|line| {
            line.strip_prefix("  // \"")
                .map_or_else(|| format!("{line}\n"), |key| format!("\"{key}\n"))
        })
        .collect();
    let (settings, problems) = read(&uncommented);
    assert_eq!(problems, [], "{uncommented}");
    assert_eq!((settings.rules.len(), settings.exclude.len(), settings.ignore.len()), (1, 2, 1));
    assert!(settings.language.is_some() && settings.baseline.is_some());
    assert!(settings.domains.is_some());
    // An editor would fetch it, or warn that it cannot.
    assert!(!template.contains(SCHEMA_URL) && !template.contains("https:"));
}

#[test]
fn the_empty_domain_list_knows_no_list() {
    let text = domain_list_template();
    let facts = facts(&text);
    assert_eq!(facts.problems, []);
    assert_eq!(facts.root.unwrap().members(), []);
    let uncommented = text.replace("  // \"", "\"");
    let root = self::facts(&uncommented).root.unwrap();
    assert_eq!(root.get("requestdomain").unwrap().strings().count(), 1);
    assert_eq!(root.members().len(), 6);
}

#[test]
fn the_reference_names_every_setting() {
    let reference = reference();
    for setting in SETTINGS {
        assert!(reference.contains(&format!("### `{}`\n", setting.key.name)), "{reference}");
    }
    assert!(reference.contains(
        "- `reason` (a string, required / 必填): Why it is right that nothing is shown."
    ));
}

mod shapes {
    //! Shapes that rows to come need, on keys of the test's own.

    use super::super::read::Reader;
    use super::super::shape::{Choice, Key, Shape, Value};
    use super::{facts, json, path};

    const VOLUME: Shape = Shape::Object(&[
        Key { name: "people", required: true, shape: Shape::Count, summary: ["People", "人数"] },
        Key {
            name: "verified",
            required: false,
            shape: Shape::Flag,
            summary: ["Verified", "已认证"],
        },
        Key {
            name: "kind",
            required: false,
            shape: Shape::Choice(&[Choice { word: "company", summary: ["A company", "企业"] }]),
            summary: ["Kind", "类型"],
        },
    ]);

    fn value(source: &str) -> (Option<Value>, Vec<String>) {
        let file = path("miniguard.json");
        let mut reader =
            Reader { file: &file, folder: file.parent(), known_rules: &[], problems: Vec::new() };
        let value = reader.value(&VOLUME, "volume", &facts(source).root.unwrap());
        (value, reader.problems.into_iter().map(|problem| problem.message.en).collect())
    }

    #[test]
    fn reads_objects_numbers_flags_and_choices() {
        let (read, problems) = value(r#"{ "people": 50000, "verified": true, "kind": "company" }"#);
        let fields = [
            ("people", Value::Count(50_000)),
            ("verified", Value::Flag(true)),
            ("kind", Value::Word("company")),
        ];
        assert_eq!((read, problems), (Some(Value::Object(fields.into())), Vec::new()));
    }

    #[test]
    fn a_required_part_that_is_wrong_voids_the_whole() {
        for (source, message) in [
            (r#"{ "people": -1 }"#, "`people` has a number here, so it does not apply."),
            (r#"{ "people": "many" }"#, "`people` has a string here, so it does not apply."),
            (r#"{ "verified": true }"#, "This entry lacks `people`, so it does not apply."),
        ] {
            assert_eq!(value(source), (None, vec![message.to_owned()]), "{source}");
        }
        let (read, problems) = value(r#"{ "people": 1, "kind": "compny" }"#);
        assert_eq!(read, Some(Value::Object([("people", Value::Count(1))].into())));
        assert_eq!(problems, ["`kind` cannot be \"compny\", so it does not apply."]);
    }

    #[test]
    fn the_schema_knows_them() {
        let schema = super::super::schema::value(&VOLUME, &[]);
        assert_eq!(schema["required"], json!(["people"]));
        assert_eq!(schema["properties"]["people"]["minimum"], 0);
        assert_eq!(schema["properties"]["verified"]["type"], "boolean");
        assert_eq!(schema["properties"]["kind"]["enum"], json!(["company"]));
    }
}

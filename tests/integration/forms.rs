//! Forms and consents from input to what mends them. A fix is judged by analysing its result again.

use std::collections::{BTreeMap, BTreeSet};

use miniguard::check::fixes;
use miniguard::finding::Applicability;
use miniguard::path::FilePath;
use miniguard::project::Files;

use crate::support::{files, report};

/// The identities of the findings: rule and subject.
fn found(files: &Files) -> BTreeSet<(String, String)> {
    let findings = report(files).findings;
    findings.into_iter().map(|one| (one.rule.to_owned(), one.subject)).collect()
}

/// The files after the fixes of `rule`, unsafe ones included.
fn mended(files: &Files, rule: &str) -> Files {
    let findings: Vec<_> =
        report(files).findings.into_iter().filter(|finding| finding.rule == rule).collect();
    let chosen = fixes::select(&findings, Applicability::Unsafe);
    let mut texts: BTreeMap<FilePath, String> =
        files.iter().map(|file| (file.path.clone(), file.source.to_string())).collect();
    texts.extend(fixes::apply(&chosen, files));
    texts.into_iter().collect()
}

#[test]
fn a_box_that_was_ticked_is_not_and_nothing_else_changes() {
    let before = files(&[
        ("project.config.json", "{}"),
        ("app.json", r#"{"pages": ["a", "b"]}"#),
        (
            "a.wxml",
            "<label>\r\n  <checkbox value=\"1\"\r\n    checked /> 我已阅读并同意\r\n</label>\r\n",
        ),
        ("b.wxml", "<view><checkbox checked='{{ok}}' /> I agree to the terms</view>"),
        ("b.js", "Page({ data: { ok: true, other: true } })"),
    ]);
    let after = mended(&before, "preticked-consent");
    let text = |path: &str| after.get(&FilePath::new(path).unwrap()).unwrap().source.to_string();
    assert_eq!(
        text("a.wxml"),
        "<label>\r\n  <checkbox value=\"1\" /> 我已阅读并同意\r\n</label>\r\n"
    );
    assert_eq!(text("b.js"), "Page({ data: { ok: false, other: true } })");
    let mut expected = found(&before);
    expected.retain(|(rule, _)| rule != "preticked-consent");
    assert_eq!(found(&after), expected);
}

#[test]
fn what_is_typed_counts_as_collected_for_the_guide() {
    let with = |template: &str| {
        files(&[
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["a"]}"#),
            ("a.wxml", template),
            (
                "privacy-guide.json",
                r#"{"setting_list": [{"privacy_key": "PhoneNumber", "privacy_text": "联系收货人"}]}"#,
            ),
        ])
    };
    let surplus = ("undeclared-information".to_owned(), "PhoneNumber".to_owned());
    assert!(found(&with("<view/>")).contains(&surplus));
    let form = with("<view>手机号</view><input name='phone'/>");
    assert!(!found(&form).contains(&surplus));
    let report = report(&form);
    assert!(report.inventory.uses.is_empty(), "a field is no use of an interface");
    assert_eq!(report.inventory.forms[0].kind.id, "phone");
    assert_eq!(report.inventory.forms[0].signs, ["label", "name"]);
}

//! Asking for consent, from input to what mends it. The one thing to know: a fix is judged by analysing its result again.

use std::collections::{BTreeMap, BTreeSet};

use miniguard::analysis::fixes;
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

/// Checks that the fixes of `rule` turn `file` into `expected`, that the rule is silent then, and that nothing new came.
fn check_fix(rule: &str, texts: &[(&str, &str)], file: &str, expected: &str) {
    let before = files(texts);
    assert!(found(&before).iter().any(|(found, _)| found == rule), "{rule} finds nothing");
    let after = mended(&before, rule);
    assert_eq!(&*after.get(&FilePath::new(file).unwrap()).unwrap().source, expected);
    let left = found(&after);
    assert!(left.iter().all(|(found, _)| found != rule), "{left:?}");
    assert!(left.is_subset(&found(&before)), "{left:?}");
}

const CONFIG: (&str, &str) = ("project.config.json", "{}");
const APP: (&str, &str) = ("app.json", r#"{"pages": ["p"]}"#);

#[test]
fn a_call_that_is_awaited_becomes_a_promise() {
    for (call, expected) in [
        (
            "await wx.requirePrivacyAuthorize()",
            "await new Promise((resolve, reject) => wx.requirePrivacyAuthorize({ success: resolve, fail: reject }))",
        ),
        (
            "await wx.getPrivacySetting( {} )",
            "await new Promise((resolve, reject) => wx.getPrivacySetting( { success: resolve, fail: reject } ))",
        ),
        (
            "await wx.getPrivacySetting({ a: 1 })",
            "await new Promise((resolve, reject) => wx.getPrivacySetting({ success: resolve, fail: reject, a: 1 }))",
        ),
        (
            "wx.requirePrivacyAuthorize().then(f)",
            "new Promise((resolve, reject) => wx.requirePrivacyAuthorize({ success: resolve, fail: reject })).then(f)",
        ),
    ] {
        let around = |call: &str| format!("Page({{ async f() {{ {call} }} }})");
        check_fix(
            "awaited-privacy-call",
            &[CONFIG, APP, ("p.js", &around(call))],
            "p.js",
            &around(expected),
        );
    }
}

const KEEPER: (&str, &str) = (
    "app.js",
    "App({ onLaunch() { wx.onNeedPrivacyAuthorization(resolve => { this.resolve = resolve }) } })",
);

#[test]
fn an_answer_names_the_button_that_there_is() {
    check_fix(
        "privacy-agree-button-mismatch",
        &[
            CONFIG,
            APP,
            KEEPER,
            ("p.js", "Page({ yes() { getApp().resolve({ event: 'agree' }) } })"),
            (
                "p.wxml",
                "<button id='ok' open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/>",
            ),
        ],
        "p.js",
        "Page({ yes() { getApp().resolve({ buttonId: 'ok', event: 'agree' }) } })",
    );
}

#[test]
fn a_button_gets_the_id_that_the_answer_names() {
    check_fix(
        "privacy-agree-button-mismatch",
        &[
            CONFIG,
            APP,
            KEEPER,
            ("p.js", "Page({ yes() { getApp().resolve({ event: 'agree', buttonId: 'ok' }) } })"),
            (
                "p.wxml",
                "<button open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/>",
            ),
        ],
        "p.wxml",
        "<button id=\"ok\" open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/>",
    );
}

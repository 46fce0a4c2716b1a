//! `template-syntax` against the recorded verdicts of both official compilers. Every case is
//! checked for both frameworks; an exception stands in a list with its reason, and an exception
//! that is none any more fails too.

use std::fmt::Write as _;

use miniguard::finding::{Finding, Severity};

use crate::support::{files, report, root};

/// Cases where the rule says something else than the compiler: `(case, framework, reason)`. Sorted.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "wxs-selfclose",
    "exparser",
    "the recorded rejection is of the missing file ./a.wxs; the form itself is common",
)];

/// What the rule says to a template of a program of `framework`.
fn findings(source: &str, framework: &str) -> Vec<Finding> {
    let app = format!(r#"{{"pages": ["p/p"], "componentFramework": "{framework}"}}"#);
    let program =
        files(&[("app.json", &app), ("app.js", ""), ("p/p.json", "{}"), ("p/p.wxml", source)]);
    let findings = report(&program).findings;
    findings.into_iter().filter(|finding| finding.rule == "template-syntax").collect()
}

#[test]
fn every_case_is_said_to_the_framework_that_it_concerns() {
    let text = std::fs::read_to_string(root().join("grammars/wxml/test/cases.json")).unwrap();
    let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
    let cases = cases.as_array().unwrap();
    assert!(cases.len() >= 150, "{}", cases.len());
    let mut wrong = String::new();
    for case in cases {
        let of = |key: &str| case[key].as_str().unwrap();
        for (framework, verdict) in
            [("exparser", of("classic")), ("glass-easel", of("glass_easel"))]
        {
            let found = findings(of("source"), framework);
            let heaviest = found.iter().map(|finding| finding.severity).max();
            let right = match verdict {
                "accepted" => heaviest != Some(Severity::Error),
                "warned" => heaviest.is_some_and(|severity| severity < Severity::Error),
                _ => heaviest == Some(Severity::Error),
            };
            let excepted =
                EXCEPTIONS.iter().any(|(id, except, _)| *id == of("id") && *except == framework);
            if right == excepted {
                let said: Vec<&str> =
                    found.iter().map(|finding| finding.message.en.as_str()).collect();
                let _ = writeln!(
                    wrong,
                    "{} for {framework}: {verdict}, found {heaviest:?} {said:?}\n    {}",
                    of("id"),
                    of("source")
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_both_compilers_accept_is_not_spoken_of() {
    for source in [
        "",
        "<!-- a -->\n<view wx:if=\"{{a}}\">b</view>\n<!-- c -->\n<view wx:else>d</view>",
        "<view wx:if=\"{{a}}\"/><template name=\"t\"/><view wx:elif=\"{{b}}\"/><view wx:else/>",
        "<block wx:for=\"{{list}}\" wx:key=\"*this\"><text>{{item > 1 && '<'}}</text></block>",
        "<template is=\"t\" data=\"{{a: 1, ...b}}\"/><template is=\"t\" data=\"{{...b}}\"/>",
        "<image src='a'/><input value=\"it's\" bindinput='go'></input>",
        "<wxs module=\"m\">var a = 1 < 2;</wxs><wxs module=\"n\" src=\"./n.wxs\"></wxs>",
        "<view wx:for=\"{{3}}\">{{index}}</view>",
    ] {
        for framework in ["exparser", "glass-easel"] {
            let found = findings(source, framework);
            assert!(found.is_empty(), "{framework}: {source}\n{found:#?}");
        }
    }
}

#[test]
fn one_damaged_place_is_one_finding() {
    let mut wrong = String::new();
    for (source, expected) in [
        ("<view><text class=\"a b</view>", "22 class"),
        ("<view><text bindtap=\"go\" </view>", "24 text"),
        ("<view>{{a.}}</view>", "10 "),
        ("<view><b></view></b>", "7 b"),
        ("<view a=\"{{b ? \"x\" : \"y\"}}\"/>", "9 a"),
        ("<view a= b={{c??d}}/>", "6 a, 11 b"),
        ("<view></text></view>", "6 </text>"),
        ("<view a=\"1\" a=\"2\" a=\"3\"/>", "12 a, 18 a"),
        ("<view wx:else><image></view>", "15 image"),
    ] {
        let found = findings(source, "exparser");
        let shown: Vec<String> = found
            .iter()
            .map(|finding| format!("{} {}", finding.place.span.start(), finding.subject))
            .collect();
        let shown = shown.join(", ");
        if shown != expected {
            let _ = writeln!(wrong, "{source}: {shown}, not {expected}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_page_may_have_a_framework_of_its_own() {
    let app = r#"{"pages": ["p/p", "q/q"], "componentFramework": "glass-easel"}"#;
    let source = "<view a={{b}}/>";
    let program = files(&[
        ("app.json", app),
        ("app.js", ""),
        ("p/p.json", r#"{"componentFramework": "exparser"}"#),
        ("p/p.wxml", source),
        ("q/q.json", "{}"),
        ("q/q.wxml", source),
        ("miniprogram_npm/x/x.wxml", "<view>"),
    ]);
    let found = report(&program).findings;
    let places: Vec<&str> = found
        .iter()
        .filter(|finding| finding.rule == "template-syntax")
        .map(|finding| finding.place.file.as_str())
        .collect();
    assert_eq!(places, ["p/p.wxml"]);
}

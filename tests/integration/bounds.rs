//! Programs of great size in one direction: each is analysed in a bounded number of steps, and what
//! a bound leaves out is unknown, never wrong.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use miniguard::ide;
use miniguard::path::FilePath;
use miniguard::project::Files;

use crate::support::{files, report};

/// Far more than any of these takes, in a build without optimisation on a machine with other work;
/// without a bound they take minutes.
const LIMIT: Duration = Duration::from_secs(60);

const APP: (&str, &str) = ("app.json", r#"{"pages": ["a/a"], "__usePrivacyCheck__": true}"#);

/// Analyses a page of this script and template: the findings of `rule`.
fn page(script: &str, template: &str, rule: &str) -> usize {
    let files = files(&[
        APP,
        ("app.js", "App({})"),
        ("a/a.json", "{}"),
        ("a/a.js", script),
        ("a/a.wxml", template),
    ]);
    count(&files, rule)
}

fn count(files: &Files, rule: &str) -> usize {
    let start = Instant::now();
    let report = report(files);
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    report.findings.iter().filter(|finding| finding.rule == rule).count()
}

/// `count` lines made of their numbers.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, index| {
        let _ = writeln!(text, "{}", line(index));
        text
    })
}

#[test]
fn curried_and_bound_calls_times_elements() {
    let template = "<input bindinput=\"{{f}}\" model:value=\"{{a.b}}\"/>".repeat(8);
    for call in ["()", ".bind(this)", ".call(this)()", "(b)(b)", ".then(b)"] {
        page(&format!("Page({{}})\nb{}", call.repeat(200)), &template, "");
    }
}

#[test]
fn rules_of_a_generated_parser() {
    for (head, part) in [
        ("function f(p) { var s, t;", "s = g(s, t, p); t = h(t, s);"),
        ("function f(p) { var s;", "s = s + p + s;"),
        ("function f(p) { var s = {};", "s = { a: s, b: p, c: [s, p] };"),
        ("function f(p) { var s, t;", "s = p ? s : t; t = s || t || p;"),
        ("function f(p) { var s, t;", "s = [s, t, s.x]; t = s[t];"),
    ] {
        page(&format!("{head} {} wx.request({{ url: s }}) }} f(1)", part.repeat(60)), "", "");
    }
}

#[test]
fn a_chain_of_functions_leads_to_a_request() {
    let chain = lines(1_500, |index| format!("function f{index}(u) {{ f{}(u) }}", index + 1));
    let last = "function f1500(u) { wx.request({ url: u }) } f0('https://a.example.com')";
    page(&format!("{chain}{last}"), "", "");
    // A short chain is followed as ever.
    let short = "function f(u) { g(u) } function g(u) { wx.request({ url: u }) }";
    let program = files(&[
        APP,
        ("app.js", "App({})"),
        ("a/a.json", "{}"),
        ("a/a.wxml", ""),
        ("a/a.js", &format!("{short} f('http://a.example.com')")),
    ]);
    assert_eq!(count(&program, "insecure-url"), 1, "{:?}", report(&program).findings);
}

#[test]
fn handlers_of_the_privacy_event_show_few_others() {
    let one = "wx.onNeedPrivacyAuthorization((resolve) => { this.r = resolve });";
    let files = files(&[
        APP,
        ("app.js", "App({})"),
        ("a/a.json", "{}"),
        ("a/a.wxml", ""),
        ("a/a.js", &lines(60, |_| one.to_owned())),
    ]);
    let report = report(&files);
    let found = report.findings.iter().filter(|one| one.rule == "competing-privacy-handlers");
    let labels: Vec<usize> = found.map(|finding| finding.labels.len()).collect();
    assert_eq!(labels.len(), 59);
    assert_eq!(labels[..5], [1, 2, 3, 4, 4]);
    assert_eq!(labels.iter().max(), Some(&4));
    let last = report.findings.iter().rfind(|one| one.rule == "competing-privacy-handlers");
    let last = last.and_then(|finding| finding.labels.last()).unwrap();
    assert_eq!(last.message.en, "registered here, too, and in 55 more places");
}

#[test]
fn prompts_and_guards_of_one_function() {
    let scopes = ["userLocation", "camera", "record", "writePhotosAlbum"];
    let prompts = lines(150, |index| {
        let scope = scopes[index % scopes.len()];
        format!("wx.authorize({{ scope: 'scope.{scope}', fail() {{ wx.openSetting() }} }});")
    });
    page(&format!("Page({{ onLoad() {{ {prompts} }} }})"), "", "");
    let guards =
        lines(300, |index| format!("if (!this.data.a{index}) return; wx.getLocation({{}});"));
    page(&format!("Page({{ tap() {{ {guards} }} }})"), "", "");
}

#[test]
fn barrels_that_export_each_other() {
    let names: Vec<String> = (0..60).map(|index| format!("m/{index}.js")).collect();
    let modules: Vec<String> = (0..60)
        .map(|index| {
            format!(
                "export * from './all'; export const h{index} = 'https://h{index}.example.com';\
                 wx.request({{ url: h{index} }})"
            )
        })
        .collect();
    let all = lines(60, |index| format!("export * from './{index}'"));
    let mut texts = vec![APP, ("app.js", "import './m/all'; App({})"), ("m/all.js", &*all)];
    texts.extend(names.iter().map(|name| &**name).zip(modules.iter().map(|text| &**text)));
    texts.extend([("a/a.js", "Page({})"), ("a/a.json", "{}"), ("a/a.wxml", "")]);
    count(&files(&texts), "");
}

#[test]
fn a_definition_asks_about_the_member_at_the_offset() {
    for line in ["s = s.replace('x', 'y');", "s = s.go();", "s = that.go(s);"] {
        let script = format!(
            "Page({{ tap() {{ this.go() }}, go() {{}} }})\nfunction f(s) {{ const that = s;\n{} }}",
            lines(120, |_| line.to_owned())
        );
        let files = files(&[
            APP,
            ("app.js", "App({})"),
            ("a/a.json", "{}"),
            ("a/a.wxml", ""),
            ("a/a.js", &script),
        ]);
        let path = FilePath::new("a/a.js").unwrap();
        let start = Instant::now();
        let member = script.rfind('.').unwrap() + 1;
        ide::definition(&files, &path, member);
        let found = ide::definition(&files, &path, script.find("this.go").unwrap() + 6).unwrap();
        assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
        assert_eq!(found.targets.len(), 1, "{line}");
    }
}

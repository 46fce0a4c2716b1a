//! `domains` and `domains --import`, as the command line prints them.
//! `fixtures/<program>/domains.txt` is what `domains` prints for it, in both languages, and then
//! what the console takes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{expect_file, files, report, root, run, scratch};

#[test]
fn hosts_are_listed_for_people_and_for_the_console() {
    for name in ["teashop", "request-shapes", "subpackages-and-plugin", "several-programs"] {
        let fixture = format!("fixtures/{name}");
        let mut seen = String::new();
        for more in [&["--lang", "en"][..], &["--lang", "zh"], &["--format", "console"]] {
            let (printed, code) = run(root(), &[&["domains", &fixture], more].concat());
            assert_eq!(code, 0, "{name}");
            seen += &printed;
            seen.push('\n');
        }
        expect_file(&root().join(fixture).join("domains.txt"), &seen);
    }
}

#[test]
fn the_document_for_programs_keeps_its_fields() {
    let (text, _) = run(root(), &["domains", "fixtures/teashop", "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], "miniguard/domains/1");
    let program = &document["programs"][0];
    assert_eq!(program["listFile"], "server-domains.json");
    let lists = program["lists"].as_array().unwrap();
    let of = |field: &str| lists.iter().find(|list| list["field"] == field).unwrap();
    assert_eq!(
        (&of("tcpdomain")["known"], &of("requestdomain")["known"]),
        (&false.into(), &true.into())
    );
    let hosts = of("requestdomain")["hosts"].as_array().unwrap();
    let host = |origin: &str| hosts.iter().find(|host| host["origin"] == origin).unwrap();
    let api = host("https://api.teashop.example.com");
    assert_eq!(api["state"], "registered");
    assert_eq!(api["callers"][0]["name"], "get");
    assert_eq!(api["callers"][0]["line"], 17);
    assert_eq!(host("http://localhost:3000")["state"], "refused");
    let upload = &of("uploaddomain")["hosts"][0];
    assert_eq!(upload["package"], "@teaware/uploader");
    assert_eq!(program["open"][0]["reasons"][0], "not-followed");
}

/// The entries of a list in a file.
fn entries(folder: &Path, list: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join("server-domains.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let list = file[list].as_array().unwrap_or_else(|| panic!("{list} in {text}"));
    list.iter().map(|entry| entry.as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_answer_of_the_platform_is_taken_in() {
    for (format, list, first) in [
        ("get-domain-info", "requestdomain", "https://known.example.com"),
        ("modify-domain", "requestdomain", "https://known.example.com"),
        ("effective-domain", "requestdomain", "https://known.example.com"),
        ("effective-webview-domain", "bizdomain", "https://other.example.com"),
        ("webview-domain", "bizdomain", "https://known.example.com"),
        ("third-party-platform", "wsrequestdomain", "wss://known.example.com"),
        ("without-scheme", "requestdomain", "https://known.example.com"),
        ("by-appid", "requestdomain", "https://known.example.com"),
    ] {
        let program = scratch("no-domain-list");
        // The lists of one program among several are kept by its appid.
        let project = root().join(format!("fixtures/domain-list-formats/{format}"));
        fs::copy(project.join("project.config.json"), program.path().join("project.config.json"))
            .unwrap();
        let answer = project.join("server-domains.json");
        let answer = answer.to_str().unwrap();
        let (said, code) = run(program.path(), &["domains", "--import", answer, "--lang", "en"]);
        assert_eq!(code, 0, "{format}: {said}");
        assert!(said.starts_with("Wrote server-domains.json."), "{format}: {said}");
        assert!(said.contains(&format!("    + {first}\n")), "{format}: {said}");
        assert!(entries(program.path(), list).contains(&first.to_owned()), "{format}");
        let before = fs::read(program.path().join("server-domains.json")).unwrap();
        let (said, _) = run(program.path(), &["domains", "--import", answer, "--lang", "en"]);
        assert!(!said.contains(" + ") && !said.contains(" - "), "{format}: {said}");
        assert_eq!(fs::read(program.path().join("server-domains.json")).unwrap(), before);
        let (report, _) = run(program.path(), &["check", "--lang", "en"]);
        assert!(!report.contains("domain-list-missing"), "{format}: {report}");
    }
}

#[test]
fn an_answer_without_lists_changes_nothing() {
    let program = scratch("clean-shop");
    let file = program.path().join("server-domains.json");
    let before = fs::read(&file).unwrap();
    let answer = program.path().join("answer.txt");
    for (text, expected) in [
        ("{\"errcode\": 40001, \"errmsg\": \"invalid credential\"}", "reports a failure"),
        ("{\"errcode\": 0}", "holds no list"),
        ("[\"https://a.example.com\"]", "holds no list"),
        ("<html>", "is not JSON"),
        ("{\"requestdomain\": [", "is not JSON"),
        ("{\"appid\": \"wxffffffffffffffff\", \"requestdomain\": []}", "another appid"),
    ] {
        fs::write(&answer, text).unwrap();
        let (said, code) =
            run(program.path(), &["domains", "--import", "answer.txt", "--lang", "en"]);
        assert_eq!(code, 2, "{text}: {said}");
        assert!(said.contains(expected), "{text}: {said}");
    }
    let (said, code) = run(program.path(), &["domains", "--import", "absent.json", "--lang", "en"]);
    assert!(code == 2 && said.contains("absent.json"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), before);
    let (said, code) = run(root(), &["domains", "fixtures/several-programs", "--import", "x"]);
    assert_eq!(code, 2, "{said}");
}

/// The labels of the one finding of `rule` in the program of `texts`: `file:line message`.
fn way(texts: &[(&str, &str)], rule: &str) -> Vec<String> {
    let files = files(texts);
    let report = report(&files);
    let findings: Vec<_> = report.findings.iter().filter(|one| one.rule == rule).collect();
    let [finding] = findings[..] else { panic!("{} findings of {rule}", findings.len()) };
    let said = |label: &miniguard::finding::Label| {
        let text = miniguard::text::Text::new(&files.get(&label.place.file).unwrap().source);
        let line = text.position(label.place.span.start(), miniguard::text::Units::Utf16).line + 1;
        format!("{}:{line} {}", label.place.file, label.message.en)
    };
    finding.labels.iter().map(said).collect()
}

#[test]
fn a_finding_shows_the_way_from_the_literal_to_the_call() {
    let mut texts = vec![
        ("app.json", r#"{"pages": ["p/p", "q/q"]}"#),
        ("app.js", "App({})"),
        ("server-domains.json", r#"{"requestdomain": ["https://a.example.com"]}"#),
        ("config.js", "exports.host = 'https://b.example.com'"),
        (
            "request.js",
            "const { host } = require('./config')\nmodule.exports = (path) => new Promise((success) => {\n  wx.request({ url: host + path, success })\n})",
        ),
        (
            "api.js",
            "const request = require('./request')\nconst get = (path) => request('/v1' + path)\nexports.list = () => get('/list')\nexports.one = (id) => get('/one/' + id)",
        ),
        ("p/p.js", "const api = require('../api')\nPage({ onLoad() { api.one(1) } })"),
        ("p/p.wxml", ""),
        ("q/q.js", "const request = require('../request')\nPage({ onLoad() { request('/q') } })"),
        ("q/q.wxml", ""),
    ];
    // What a caller gives is a path; the host is known without it.
    assert_eq!(
        way(&texts, "unregistered-domain"),
        [
            "api.js:3 get leads to https://b.example.com",
            "api.js:2 get goes through here",
            "request.js:3 wx.request reaches https://b.example.com here",
            "api.js:4 get leads to https://b.example.com",
            "q/q.js:2 request leads to https://b.example.com",
        ]
    );
    // Many callers: the first ones, and how many more.
    let calls: Vec<String> = (0..40).map(|at| format!("request('/{at}')\n")).collect();
    let q = format!("const request = require('../request')\n{}", calls.concat());
    texts[8].1 = &q;
    let labels = way(&texts, "unregistered-domain");
    assert_eq!(labels.len(), 3 + 12);
    assert_eq!(
        labels.last().unwrap(),
        "q/q.js:12 request leads to https://b.example.com (and 29 more like this)"
    );
}

#[test]
fn a_host_that_no_list_opens_is_one_finding_whatever_the_scheme_and_the_list() {
    let page = "const url = 'https://api.weixin.qq.com/cgi-bin/token'\nPage({\n  onLoad() { wx.request({ url }) },\n\n\n\n  \
                a() { wx.request({ url: 'http://api.weixin.qq.com/x' }) },\n\n\n\n  \
                b(path) { wx.downloadFile({ url: `https://api.weixin.qq.com${path}` }) }\n})";
    let texts = [
        ("app.json", r#"{"pages": ["p/p"]}"#),
        ("app.js", "App({})"),
        ("p/p.js", page),
        ("p/p.wxml", ""),
    ];
    assert_eq!(
        way(&texts, "forbidden-host"),
        [
            "p/p.js:7 https://api.weixin.qq.com is written here, too",
            "p/p.js:11 https://api.weixin.qq.com is written here, too",
            "p/p.js:3 wx.request reaches https://api.weixin.qq.com here",
            "p/p.js:7 wx.request reaches https://api.weixin.qq.com here",
            "p/p.js:11 wx.downloadFile reaches https://api.weixin.qq.com here",
        ]
    );
}

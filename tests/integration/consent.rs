//! Asking for consent, from input to what mends it. A fix is judged by analysing its result again.

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

/// Checks that the fixes of `rule` turn `file` into `expected`, that the rule is silent then, and
/// that nothing new came.
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

/// `api class file` of every use that consent is asked for, by file and place.
fn standings(texts: &[(&str, &str)]) -> Vec<String> {
    let mut all = vec![CONFIG];
    if texts.iter().all(|(path, _)| *path != "app.json") {
        all.push(APP);
    }
    all.extend(texts);
    let uses = report(&files(&all)).inventory.uses;
    uses.iter()
        .filter_map(|one| {
            let standing = one.consent.as_ref()?;
            let place = standing.place.as_ref().map(|place| format!(" {}", place.file));
            Some(format!("{} {}{}", one.api, standing.class.name(), place.unwrap_or_default()))
        })
        .collect()
}

/// Checks the standing of the one use of a page's script.
fn check_page(script: &str, expected: &str) {
    assert_eq!(standings(&[("p.js", script)]), [format!("wx.chooseMedia {expected}")], "{script}");
}

#[test]
fn evidence_stands_on_every_way_to_a_use() {
    for (script, expected) in [
        // The gate.
        (
            "Page({ go() { wx.requirePrivacyAuthorize({ success: () => wx.chooseMedia() }) } })",
            "gate p.js",
        ),
        (
            "Page({ go() { wx.requirePrivacyAuthorize({ success: this.pick }) }, pick() { wx.chooseMedia() } })",
            "gate p.js",
        ),
        ("Page({ go() { wx.requirePrivacyAuthorize({ fail: () => wx.chooseMedia() }) } })", "none"),
        ("Page({ go() { wx.requirePrivacyAuthorize({}); wx.chooseMedia() } })", "none"),
        (
            "Page({ go() { wx.requirePrivacyAuthorize({ success: this.pick }) }, onShow() { this.pick() }, pick() { wx.chooseMedia() } })",
            "none",
        ),
        (
            "const ok = () => new Promise((r, j) => wx.requirePrivacyAuthorize({ success: r, fail: j }))\nPage({ async go() { await ok(); wx.chooseMedia() } })",
            "gate p.js",
        ),
        (
            "const ok = () => new Promise((r, j) => wx.requirePrivacyAuthorize({ success: r, fail: j }))\nPage({ go() { ok().then(() => wx.chooseMedia()) } })",
            "gate p.js",
        ),
        (
            "const ok = () => new Promise((r, j) => wx.requirePrivacyAuthorize({ success: r, fail: j }))\nPage({ async go() { if (this.x) { await ok() } wx.chooseMedia() } })",
            "none",
        ),
        (
            "const ok = () => new Promise((r, j) => wx.requirePrivacyAuthorize({ success: r, fail: j }))\nPage({ go() { ok(); wx.chooseMedia() } })",
            "none",
        ),
        (
            "const ok = promisify(wx.requirePrivacyAuthorize)\nPage({ async go() { await ok(); wx.chooseMedia() } })",
            "gate p.js",
        ),
        (
            "function after(run) { if (!wx.requirePrivacyAuthorize) return run(); wx.requirePrivacyAuthorize({ success: () => run() }) }\nPage({ go() { after(() => wx.chooseMedia()) } })",
            "gate p.js",
        ),
        (
            "function after(run) { wx.requirePrivacyAuthorize({}); run() }\nPage({ go() { after(() => wx.chooseMedia()) } })",
            "none",
        ),
        (
            "Page({ async go() { await new Promise((r, j) => wx.requirePrivacyAuthorize({ success: r, fail: j })); wx.chooseMedia() } })",
            "gate p.js",
        ),
        (
            "Page({ go() { new Promise((r, j) => wx.requirePrivacyAuthorize({ success: r, fail: j })).then(() => wx.chooseMedia()) } })",
            "gate p.js",
        ),
        (
            "Page({ async go() { await new Promise((r) => wx.login({ success: r })); wx.chooseMedia() } })",
            "none",
        ),
        // The question.
        (
            "Page({ onLoad() { wx.getPrivacySetting({ success: r => { if (!r.needAuthorization) wx.chooseMedia() } }) } })",
            "query p.js",
        ),
        (
            "Page({ onLoad() { wx.getPrivacySetting({ success: ({ needAuthorization }) => { if (needAuthorization) return; wx.chooseMedia() } }) } })",
            "query p.js",
        ),
        (
            "Page({ onLoad() { wx.getPrivacySetting({ success: r => { if (r.needAuthorization) wx.chooseMedia() } }) } })",
            "none",
        ),
        // The program's own question.
        ("Page({ go() { if (!this.data.agreed) return; wx.chooseMedia() } })", "own p.js"),
        ("Page({ go() { if (this.data.agreed) return; wx.chooseMedia() } })", "none"),
        // The refusal.
        ("Page({ go() { wx.chooseMedia({ success: f, fail: g }) } })", "fail p.js"),
        ("Page({ go() { wx.chooseMedia({ count: 1 }).then(f).catch(g) } })", "fail p.js"),
        (
            "Page({ async go() { try { await wx.chooseMedia({}) } catch (e) { g(e) } } })",
            "fail p.js",
        ),
        ("Page({ async go() { try { wx.chooseMedia({}) } catch (e) { g(e) } } })", "none"),
        ("Page({ go() { wx.chooseMedia({ success: f }) } })", "none"),
    ] {
        check_page(script, expected);
    }
}

#[test]
fn a_scope_carries_the_consent_of_its_own_interfaces() {
    for (script, expected) in [
        (
            "Page({ go() { wx.authorize({ scope: 'scope.userLocation', success: () => wx.getLocation() }) } })",
            "scope p.js",
        ),
        (
            "Page({ go() { wx.getSetting({ success: r => { if (r.authSetting['scope.userLocation']) wx.getLocation() } }) } })",
            "scope p.js",
        ),
        (
            "Page({ go() { wx.getSetting({ success: r => { if (r.authSetting['scope.record']) wx.getLocation() } }) } })",
            "none",
        ),
        (
            "Page({ go() { wx.authorize({ scope: 'scope.record', success: () => wx.getLocation() }) } })",
            "none",
        ),
    ] {
        let found = standings(&[("p.js", script)]);
        assert!(found.contains(&format!("wx.getLocation {expected}")), "{script}: {found:?}");
    }
}

#[test]
fn the_agree_button_leads_to_a_use() {
    let page = |method: &str| {
        format!(
            "Page({{ agreed() {{ this.start() }}, other() {{ {method} }}, start() {{ wx.chooseMedia() }} }})"
        )
    };
    let button = "<button id='ok' open-type='agreePrivacyAuthorization' bind:agreeprivacyauthorization='agreed'/><view bindtap='other'/>";
    let found = |script: &str| standings(&[("p.js", script), ("p.wxml", button)]);
    assert_eq!(found(&page("")), ["wx.chooseMedia button p.js"]);
    assert_eq!(found(&page("this.start()")), ["wx.chooseMedia none"]);
}

#[test]
fn a_component_passes_the_agreement_on_by_its_event() {
    let found = standings(&[
        ("p.json", r#"{"usingComponents": {"ask": "/ask"}}"#),
        ("p.wxml", "<ask bind:done='start'/>"),
        ("p.js", "Page({ start() { wx.chooseMedia() } })"),
        ("ask.json", r#"{"component": true}"#),
        (
            "ask.wxml",
            "<button id='ok' open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/>",
        ),
        ("ask.js", "Component({ methods: { yes() { this.triggerEvent('done') } } })"),
    ]);
    assert_eq!(found, ["wx.chooseMedia button ask.js"]);
}

#[test]
fn a_module_is_as_good_as_whoever_asks_for_it() {
    let helper = ("pick.js", "export const pick = () => wx.chooseMedia()");
    let page = |body: &str| {
        format!("import {{ pick as choose }} from './pick'\nPage({{ go() {{ {body} }} }})")
    };
    let gated = page("wx.requirePrivacyAuthorize({ success: () => choose() })");
    let found = |script: &str| standings(&[helper, ("p.js", script)]);
    assert_eq!(found(&gated), ["wx.chooseMedia gate p.js"]);
    assert_eq!(found(&page("choose()")), ["wx.chooseMedia none"]);
    let app = ("app.js", "App({ pick() { wx.chooseMedia() } })");
    let through = "const app = getApp()\nPage({ go() { wx.requirePrivacyAuthorize({ success: () => app.pick() }) } })";
    assert_eq!(standings(&[app, ("p.js", through)]), ["wx.chooseMedia gate p.js"]);
    // Circular calls end.
    let circle = "Page({ a() { this.b() }, b() { this.a(); wx.chooseMedia() } })";
    assert_eq!(standings(&[("p.js", circle)]), ["wx.chooseMedia none"]);
}

const ANSWERS: &str = "Page({ yes() { getApp().resolve({ event: 'agree', buttonId: 'ok' }) }, no() { getApp().resolve({ event: 'disagree' }) } })";
const AGREE: &str = "<button id='ok' open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/><button bindtap='no'/>";

#[test]
fn one_handler_covers_the_app_but_not_an_island() {
    let found = standings(&[
        (
            "app.json",
            r#"{"pages": ["p"], "subpackages": [{"root": "i", "pages": ["q"], "independent": true}]}"#,
        ),
        KEEPER,
        ("i/q.js", "Page({ go() { wx.chooseMedia() } })"),
        ("p.js", ANSWERS),
        ("p.wxml", &format!("{AGREE}<camera/><input type='nickname'/>")),
    ]);
    assert_eq!(
        found,
        ["wx.chooseMedia none", "component camera app app.js", "input type=nickname none"]
    );
}

#[test]
fn a_coupled_button_is_its_own_evidence() {
    let button = "<button open-type='getPhoneNumber|agreePrivacyAuthorization'/><button open-type='getPhoneNumber'/>";
    assert_eq!(
        standings(&[("p.wxml", button), ("p.js", "Page({})")]),
        ["open-type=getPhoneNumber coupled p.wxml", "open-type=getPhoneNumber none"]
    );
}

#[test]
fn a_field_without_a_pop_up_stands_by_what_its_page_asks() {
    let found =
        |script: &str| standings(&[("p.wxml", "<input type='nickname'/>"), ("p.js", script)]);
    assert_eq!(
        found("Page({ onLoad() { wx.requirePrivacyAuthorize({ success: f }) } })"),
        ["input type=nickname gate p.js"]
    );
    assert_eq!(found("Page({ onLoad() {} })"), ["input type=nickname none"]);
}

#[test]
fn a_use_waits_for_the_gate() {
    check_fix(
        "consent-before-use",
        &[
            CONFIG,
            APP,
            (
                "p.js",
                "Page({\n  onLoad() {\n    wx.getClipboardData({ success: this.use });\n  }\n})",
            ),
        ],
        "p.js",
        "Page({\n  onLoad() {\n    wx.requirePrivacyAuthorize({ success: () => { wx.getClipboardData({ success: this.use }) }, fail: (error) => console.warn(error) });\n  }\n})",
    );
}

#[test]
fn a_use_on_a_line_of_its_own_waits_for_the_gate() {
    check_fix(
        "consent-before-use",
        &[
            CONFIG,
            APP,
            (
                "p.js",
                "Page({\n  onLoad() {\n    this.load()\n    // 粘贴\n    wx.getClipboardData({\n      success: this.use\n    })\n  }\n})",
            ),
        ],
        "p.js",
        "Page({\n  onLoad() {\n    this.load()\n    // 粘贴\n    wx.requirePrivacyAuthorize({ success: () => { wx.getClipboardData({\n      success: this.use\n    }) }, fail: (error) => console.warn(error) })\n  }\n})",
    );
}

#[test]
fn a_use_whose_value_is_taken_is_left_to_a_person() {
    for script in [
        "Page({ async onLoad() { await wx.getClipboardData() } })",
        "Page({ onLoad() { return wx.getClipboardData() } })",
        "Page({ onLoad() { const x = wx.getClipboardData({}) } })",
        "Page({ onLoad() { wx.getClipboardData({})\n.then(f) } })",
    ] {
        let findings = report(&files(&[CONFIG, APP, ("p.js", script)])).findings;
        let found: Vec<_> =
            findings.iter().filter(|one| one.rule == "consent-before-use").collect();
        assert_eq!(found.len(), 1, "{script}");
        assert!(found[0].fixes.is_empty(), "{script}");
    }
}

#[test]
fn an_answer_that_fits_no_button_is_no_evidence() {
    let page = ("q.js", "Page({ go() { wx.chooseMedia() } })");
    let found = |answers: &str| {
        standings(&[
            ("app.json", r#"{"pages": ["p", "q"]}"#),
            KEEPER,
            ("p.js", answers),
            ("p.wxml", AGREE),
            page,
        ])
    };
    assert_eq!(found(ANSWERS), ["wx.chooseMedia app app.js"]);
    assert_eq!(found(&ANSWERS.replace("'ok'", "'no'")), ["wx.chooseMedia none"]);
    assert_eq!(found(&ANSWERS.replace(", buttonId: 'ok'", "")), ["wx.chooseMedia none"]);
    // Left to the button.
    assert_eq!(found("Page({ yes() {}, no() {} })"), ["wx.chooseMedia app app.js"]);
}

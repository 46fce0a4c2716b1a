//! What mends the asking for consent. A fix is judged by analysing its result again: the finding is
//! gone, and nothing new came.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use miniguard::check::fixes;
use miniguard::finding::{Edit, Fix};
use miniguard::path::FilePath;
use miniguard::project::Files;

use crate::support::{files, report, run};

/// The identities of the findings: rule, file and subject.
fn found(files: &Files) -> BTreeSet<(String, String, String)> {
    let findings = report(files).findings;
    let identity = |one: miniguard::finding::Finding| {
        (one.rule.to_owned(), one.place.file.to_string(), one.subject)
    };
    findings.into_iter().map(identity).collect()
}

/// The fixes of the findings of `rule` whose title holds `title`, in order.
fn fixes_of(files: &Files, rule: &str, title: &str) -> Vec<Fix> {
    let findings = report(files).findings.into_iter().filter(|finding| finding.rule == rule);
    findings.flat_map(|finding| finding.fixes).filter(|fix| fix.title.en.contains(title)).collect()
}

/// All files after one fix.
fn mended(files: &Files, fix: &Fix) -> Files {
    let mut texts: BTreeMap<FilePath, String> =
        files.iter().map(|file| (file.path.clone(), file.source.to_string())).collect();
    let changed = fixes::apply(&[fix], files);
    assert!(!changed.is_empty(), "{fix:?} cannot be made");
    texts.extend(changed);
    texts.into_iter().collect()
}

fn text(files: &Files, path: &str) -> String {
    files.get(&FilePath::new(path).unwrap()).unwrap().source.to_string()
}

/// Applies the one fix of `rule` whose title holds `title`, expects `changed` of the files, and
/// checks that the rule is silent then and that nothing new came.
fn check(rule: &str, title: &str, texts: &[(&str, &str)], changed: &[(&str, &str)]) {
    let before = files(texts);
    let [fix] = &*fixes_of(&before, rule, title) else {
        panic!("{rule}: one fix is wanted: {:?}", fixes_of(&before, rule, ""))
    };
    let after = mended(&before, fix);
    for (path, expected) in changed {
        assert_eq!(text(&after, path), *expected);
    }
    let left = found(&after);
    assert!(left.iter().all(|(found, ..)| found != rule), "{left:?}");
    assert!(left.is_subset(&found(&before)), "{:?}", left.difference(&found(&before)));
}

const CONFIG: (&str, &str) = ("project.config.json", "{}");
const APP: (&str, &str) = ("app.json", r#"{"pages": ["p"]}"#);
const PHONE: &str =
    "<button open-type=\"getPhoneNumber\" bindgetphonenumber=\"signIn\">登录</button>\n";

#[test]
fn a_button_is_joined_with_the_agreement() {
    for (script, expected) in [
        (
            "Page({\n  data: { a: 1 },\n\n  signIn(e) {\n    send(e.detail.code)\n  }\n})\n",
            "Page({\n  data: { a: 1 },\n\n  onAgreePrivacy() {\n    // 用户已同意《用户隐私保护指引》\n  },\n\n  signIn(e) {\n    send(e.detail.code)\n  }\n})\n",
        ),
        (
            "Page({\n\tsignIn: send\n})\n",
            "Page({\n\tonAgreePrivacy() {\n\t\t// 用户已同意《用户隐私保护指引》\n\t},\n\n\tsignIn: send\n})\n",
        ),
        (
            "Page({ signIn: send })",
            "Page({\n  onAgreePrivacy() {\n    // 用户已同意《用户隐私保护指引》\n  },\n  signIn: send })",
        ),
        // Another button got one already.
        (
            "Page({ onAgreePrivacy() { go() }, signIn: send })",
            "Page({ onAgreePrivacy() { go() }, signIn: send })",
        ),
        (
            "Page({})",
            "Page({\n  onAgreePrivacy() {\n    // 用户已同意《用户隐私保护指引》\n  }\n})",
        ),
        (
            "Component({\r\n    methods: {\r\n        signIn() { go() }\r\n    }\r\n})",
            "Component({\r\n    methods: {\r\n        onAgreePrivacy() {\r\n            // 用户已同意《用户隐私保护指引》\r\n        },\r\n\r\n        signIn() { go() }\r\n    }\r\n})",
        ),
        (
            "const options = {\n  properties: {}\n}\nComponent(options)",
            "const options = {\n  methods: {\n    onAgreePrivacy() {\n      // 用户已同意《用户隐私保护指引》\n    }\n  },\n\n  properties: {}\n}\nComponent(options)",
        ),
    ] {
        check(
            "consent-before-use",
            "Join it with",
            &[CONFIG, APP, ("p.js", script), ("p.wxml", PHONE)],
            &[
                ("p.js", expected),
                (
                    "p.wxml",
                    "<button open-type=\"getPhoneNumber|agreePrivacyAuthorization\" bindagreeprivacyauthorization=\"onAgreePrivacy\" bindgetphonenumber=\"signIn\">登录</button>\n",
                ),
            ],
        );
    }
}

#[test]
fn a_button_is_joined_only_where_it_is_certain() {
    for (template, script) in [
        // What cannot be joined.
        ("<button open-type='chooseAvatar'/>", "Page({})"),
        ("<button open-type='getPhoneNumber|agreePrivacyAuthorization'/>", "Page({})"),
        // What passes it on.
        ("<van-button open-type='getPhoneNumber'/>", "Page({})"),
        // What the data decide.
        ("<button open-type=\"{{a ? 'getPhoneNumber' : 'share'}}\"/>", "Page({})"),
        // Whose options nobody sees.
        ("<button open-type='getPhoneNumber'/>", "createPage(options)"),
        ("<button open-type='getPhoneNumber'/>", "Page(options)"),
        ("<button open-type='getPhoneNumber'/>", "Page({"),
        ("<button open-type='getPhoneNumber' bindagreeprivacyauthorization='f'/>", "Page({})"),
    ] {
        let program = files(&[CONFIG, APP, ("p.js", script), ("p.wxml", template)]);
        let fixes = fixes_of(&program, "consent-before-use", "Join");
        assert!(fixes.is_empty(), "{template} {script}: {fixes:?}");
    }
}

const KEEPER: (&str, &str) = (
    "app.js",
    "App({ onLaunch() { wx.onNeedPrivacyAuthorization(resolve => { this.resolve = resolve }) } })",
);

#[test]
fn an_agree_button_gets_its_event() {
    let answer = "getApp().resolve({ event: 'agree', buttonId: 'ok' })";
    let button = |bound: &str| {
        format!("<button{bound} id='ok' open-type='agreePrivacyAuthorization'>同意</button>")
    };
    for (script, template, expected) in [
        // A tap comes before the event: its handler moves.
        (
            format!("Page({{ yes() {{ {answer} }} }})"),
            "<button id='ok' open-type='agreePrivacyAuthorization' bindtap=\"yes\">同意</button>".to_owned(),
            "<button id='ok' open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization=\"yes\">同意</button>".to_owned(),
        ),
        // The one method that answers.
        (
            format!("Component({{ methods: {{ no() {{}}, yes: () => {answer} }} }})"),
            button(""),
            button(" bindagreeprivacyauthorization=\"yes\""),
        ),
        (
            format!("Page({{ yes() {{ {answer} }}, close() {{}} }})"),
            button(" catch:tap='close'"),
            button(" bindagreeprivacyauthorization=\"yes\" catch:tap='close'"),
        ),
        // What was left empty is filled.
        (
            format!("Page({{ yes() {{ {answer} }} }})"),
            button(" bind:agreeprivacyauthorization=''"),
            button(" bindagreeprivacyauthorization=\"yes\""),
        ),
    ] {
        check(
            "privacy-agree-button-mismatch",
            "Bind agreeprivacyauthorization",
            &[CONFIG, APP, KEEPER, ("p.js", &script), ("p.wxml", &template)],
            &[("p.wxml", &expected), ("p.js", &script)],
        );
    }
}

#[test]
fn an_agree_button_gets_its_handler() {
    check(
        "privacy-agree-button-mismatch",
        "Bind agreeprivacyauthorization",
        &[
            CONFIG,
            ("app.json", r#"{"pages": ["p", "q"]}"#),
            KEEPER,
            ("p.js", "Page({ yes() { getApp().resolve({ event: 'agree', buttonId: 'ok' }) } })"),
            (
                "p.wxml",
                "<button id='ok' open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/>",
            ),
            ("q.js", "Page({\n  data: {},\n  load() {}\n})\n"),
            ("q.wxml", "<button id='fine' open-type='agreePrivacyAuthorization'/>"),
        ],
        &[
            (
                "q.js",
                "Page({\n  data: {},\n\n  onAgreePrivacy() {\n    getApp().resolve({ event: 'agree', buttonId: 'fine' })\n  },\n  load() {}\n})\n",
            ),
            (
                "q.wxml",
                "<button bindagreeprivacyauthorization=\"onAgreePrivacy\" id='fine' open-type='agreePrivacyAuthorization'/>",
            ),
        ],
    );
}

#[test]
fn an_answer_takes_the_id_that_the_button_has() {
    check(
        "privacy-agree-button-mismatch",
        "Name the button by its id",
        &[
            CONFIG,
            APP,
            KEEPER,
            ("p.js", "Page({ yes() { getApp().resolve({ event: 'agree', buttonId: \"no\" }) } })"),
            (
                "p.wxml",
                "<button id='ok' open-type='agreePrivacyAuthorization' bindagreeprivacyauthorization='yes'/>",
            ),
        ],
        &[("p.js", "Page({ yes() { getApp().resolve({ event: 'agree', buttonId: 'ok' }) } })")],
    );
}

/// A shop that asks for the position when a page opens, and takes the value, so that no gate can be
/// put around the call.
fn asking(app: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        CONFIG,
        (
            "app.json",
            "{\n  \"pages\": [\"pages/near/near\", \"pages/me/me\"],\n  \"subpackages\": [{ \"root\": \"i\", \"pages\": [\"alone\"], \"independent\": true }],\n  \"permission\": { \"scope.userLocation\": { \"desc\": \"用于显示附近门店\" } },\n  \"requiredPrivateInfos\": [\"getLocation\"]\n}\n",
        ),
        ("app.js", app),
        (
            "pages/near/near.js",
            "Page({\n  async onLoad() {\n    const place = await wx.getLocation({})\n    this.setData({ place })\n  }\n})\n",
        ),
        ("pages/near/near.wxml", "<map longitude=\"{{place.longitude}}\" />"),
        ("pages/me/me.js", "Page({})\n"),
        ("pages/me/me.wxml", "<view>我的</view>\n"),
        ("i/alone.js", "Page({})\n"),
        ("i/alone.wxml", "<view>活动</view>\n"),
    ]
}

const POP_UP: &str = "Add a consent pop-up";

#[test]
fn a_program_without_a_pop_up_gets_one() {
    for (app, expected) in [
        ("App({})\n", "require('./components/privacy-popup/consent');\nApp({})\n"),
        (
            "import x from './x'\nApp({})\n",
            "import './components/privacy-popup/consent';\nimport x from './x'\nApp({})\n",
        ),
        (
            "'use strict';\r\nApp({})\r\n",
            "'use strict';\r\nrequire('./components/privacy-popup/consent');\r\nApp({})\r\n",
        ),
    ] {
        check(
            "consent-before-use",
            POP_UP,
            &asking(app),
            &[
                ("app.js", expected),
                (
                    "app.json",
                    "{\n  \"pages\": [\"pages/near/near\", \"pages/me/me\"],\n  \"subpackages\": [{ \"root\": \"i\", \"pages\": [\"alone\"], \"independent\": true }],\n  \"permission\": { \"scope.userLocation\": { \"desc\": \"用于显示附近门店\" } },\n  \"requiredPrivateInfos\": [\"getLocation\"],\n  \"usingComponents\": {\n    \"privacy-popup\": \"/components/privacy-popup/privacy-popup\"\n  }\n}\n",
                ),
                (
                    "pages/near/near.wxml",
                    "<map longitude=\"{{place.longitude}}\" />\n<privacy-popup />\n",
                ),
                ("pages/me/me.wxml", "<view>我的</view>\n<privacy-popup />\n"),
                ("i/alone.wxml", "<view>活动</view>\n"),
            ],
        );
    }
    let before = files(&asking("App({})"));
    let fixes = fixes_of(&before, "consent-before-use", POP_UP);
    let made: Vec<String> = fixes[0]
        .edits
        .iter()
        .filter(|edit| matches!(edit, Edit::Create { .. }))
        .map(|edit| edit.file().to_string())
        .collect();
    assert_eq!(
        made,
        [
            "consent.js",
            "privacy-popup.js",
            "privacy-popup.json",
            "privacy-popup.wxml",
            "privacy-popup.wxss"
        ]
        .map(|name| format!("components/privacy-popup/{name}"))
    );
    // The whole app is covered by the one handler.
    let uses = report(&mended(&before, &fixes[0])).inventory.uses;
    let standing = uses.iter().find_map(|used| used.consent.as_ref()).unwrap();
    assert_eq!(standing.class.name(), "app");
}

#[test]
fn no_pop_up_is_added_to_what_has_one() {
    for extra in [
        // A handler; a button; a component of the name; files where it would go.
        ("x.js", "wx.onNeedPrivacyAuthorization(resolve => keep(resolve))"),
        ("pages/me/me.wxml", "<button open-type='agreePrivacyAuthorization'/>"),
        ("components/privacy-popup/index.js", "Component({})"),
        ("components/privacy-popup/readme.json", "{}"),
    ] {
        let mut texts = asking("require('./x'); App({})");
        texts.retain(|(path, _)| *path != extra.0);
        texts.push(extra);
        let program = files(&texts);
        let fixes = fixes_of(&program, "consent-before-use", POP_UP);
        assert!(fixes.is_empty(), "{extra:?}");
    }
    let mut taken = asking("App({})");
    taken[1].1 = r#"{"pages": ["pages/near/near"], "usingComponents": {"privacy-popup": "/x"}}"#;
    assert!(fixes_of(&files(&taken), "consent-before-use", POP_UP).is_empty());
}

#[test]
fn a_pop_up_is_not_offered_where_it_would_not_help() {
    // Before the first page; in a subpackage that runs alone; for a field that raises no event.
    for (path, text) in [
        ("app.js", "App({ async onLaunch() { const a = await wx.getClipboardData() } })"),
        ("i/alone.js", "Page({ async onLoad() { const a = await wx.getClipboardData() } })"),
        ("pages/me/me.wxml", "<input type='nickname'/>"),
    ] {
        let mut texts = asking("App({})");
        texts.retain(|(other, _)| *other != path && *other != "pages/near/near.js");
        texts.push((path, text));
        let program = files(&texts);
        assert!(found(&program).iter().any(|(rule, ..)| rule == "consent-before-use"), "{path}");
        assert!(fixes_of(&program, "consent-before-use", POP_UP).is_empty(), "{path}");
    }
}

#[test]
fn the_command_line_writes_the_pop_up() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in asking("App({})\n") {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    run(folder.path(), &["check", "--fix", "."]);
    assert!(!folder.path().join("components").exists(), "it waits for a person");
    let (printed, _) = run(folder.path(), &["check", "--fix-unsafe", "."]);
    assert!(printed.contains("no error, no warning") || !printed.contains("warning["), "{printed}");
    let pop_up = folder.path().join("components/privacy-popup");
    for name in [
        "consent.js",
        "privacy-popup.js",
        "privacy-popup.json",
        "privacy-popup.wxml",
        "privacy-popup.wxss",
    ] {
        assert!(!fs::read_to_string(pop_up.join(name)).unwrap().is_empty(), "{name}");
    }
    let (again, _) = run(folder.path(), &["check", "--fix-unsafe", "."]);
    assert!(!again.contains("consent-before-use"), "{again}");
}

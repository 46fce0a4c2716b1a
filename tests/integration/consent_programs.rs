//! Whole programs that ask for consent as the platform wants it, and each way in which they go
//! wrong. A program that is right gives no warning of any rule; each change of one line gives what
//! a careful reader would say.

use std::collections::BTreeSet;

use miniguard::finding::Severity;
use miniguard::project::Files;

use crate::support::{files, report};

type Texts = &'static [(&'static str, &'static str)];

/// The rules about consent that these programs are about.
const RULES: &[&str] = &[
    "awaited-privacy-call",
    "cancelled-scope",
    "competing-privacy-handlers",
    "consent-before-use",
    "privacy-agree-button-mismatch",
    "privacy-handler-never-resolves",
    "setting-page-without-tap",
];

/// P1: asks on the first page.
const PROACTIVE: Texts = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["pages/index/index"]}"#),
    ("app.js", "App({})"),
    ("privacy-guide.json", r#"{"setting_list": [{"privacy_key": "Album", "privacy_text": "上传商品照片"}]}"#),
    (
        "pages/index/index.wxml",
        r#"<view wx:if="{{askPrivacy}}">
  <button bindtap="readGuide">查看《用户隐私保护指引》</button>
  <button id="ok" open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="agreed">同意</button>
</view>"#,
    ),
    (
        "pages/index/index.js",
        "Page({
  data: { askPrivacy: false },
  onLoad() {
    wx.getPrivacySetting({ success: r => r.needAuthorization ? this.setData({ askPrivacy: true }) : this.start() })
  },
  readGuide() { wx.openPrivacyContract({}) },
  agreed() { this.setData({ askPrivacy: false }); this.start() },
  start() { wx.chooseMedia({ count: 1, success: (r) => this.setData({ files: r.tempFiles }), fail: (e) => this.setData({ refused: e.errno }) }) }
})",
    ),
];

/// P2: one handler for the app, with a pop-up on its pages.
const REACTIVE: Texts = &[
    ("project.config.json", "{}"),
    (
        "app.json",
        r#"{"pages": ["pages/index/index"], "usingComponents": {"ask": "/ask/ask"}, "subpackages": [{"root": "alone", "pages": ["page"], "independent": true}]}"#,
    ),
    (
        "app.js",
        "App({ onLaunch() {
  wx.onNeedPrivacyAuthorization((resolve, info) => { this.pending = resolve; this.showPopup && this.showPopup(info.referrer) })
} })",
    ),
    ("privacy-guide.json", r#"{"setting_list": [{"privacy_key": "Clipboard", "privacy_text": "填入收货信息"}]}"#),
    ("ask/ask.json", r#"{"component": true}"#),
    (
        "ask/ask.js",
        "Component({
  attached() { getApp().showPopup = () => this.setData({ shown: true }) },
  methods: {
    yes() { getApp().pending({ event: 'agree', buttonId: 'agree-btn' }) },
    no() { getApp().pending({ event: 'disagree' }) }
  }
})",
    ),
    (
        "ask/ask.wxml",
        r#"<view wx:if="{{shown}}">
  <button id="agree-btn" open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="yes">同意</button>
  <button bindtap="no">拒绝</button>
</view>"#,
    ),
    (
        "pages/index/index.js",
        "Page({ paste() { wx.getClipboardData({ success: (r) => this.setData({ text: r.data }), fail: (e) => this.setData({ refused: e.errno }) }) } })",
    ),
    ("pages/index/index.wxml", "<button bindtap=\"paste\">粘贴</button>\n<ask />"),
    ("alone/page.js", "Page({})"),
    ("alone/page.wxml", "<button bindtap=\"paste\">粘贴</button>"),
];

/// P3: the gate before the call.
const GATE: Texts = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["pages/index/index"]}"#),
    ("app.js", "App({})"),
    ("privacy-guide.json", r#"{"setting_list": [{"privacy_key": "Clipboard", "privacy_text": "填入收货信息"}]}"#),
    (
        "pages/index/index.js",
        "Page({
  onLoad() {
    wx.requirePrivacyAuthorize({
      success: () => wx.getClipboardData({ success: (r) => this.use(r.data), fail: () => this.degrade() }),
      fail: () => this.degrade()
    })
  },
  use(text) { this.setData({ text }) },
  degrade() { this.setData({ manual: true }) }
})",
    ),
    ("pages/index/index.wxml", "<view>{{text}}</view>"),
];

/// P4: one tap for the consent and the number.
const COUPLED: Texts = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["pages/index/index"]}"#),
    ("app.js", "App({})"),
    ("privacy-guide.json", r#"{"setting_list": [{"privacy_key": "PhoneNumber", "privacy_text": "登录与联系"}]}"#),
    (
        "pages/index/index.js",
        "Page({
  onPhone(e) { if (e.detail.code) { this.setData({ code: e.detail.code }) } else { this.setData({ refused: true }) } },
  onAgree() { this.setData({ agreed: true }) }
})",
    ),
    (
        "pages/index/index.wxml",
        r#"<view>手机号用于登录</view>
<button open-type="getPhoneNumber|agreePrivacyAuthorization" bindgetphonenumber="onPhone" bindagreeprivacyauthorization="onAgree">登录</button>"#,
    ),
];

/// P5: WeChat's own pop-up, with the refusal handled.
const OFFICIAL: Texts = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["pages/index/index"]}"#),
    ("app.js", "App({})"),
    ("privacy-guide.json", r#"{"setting_list": [{"privacy_key": "Clipboard", "privacy_text": "填入收货信息"}]}"#),
    (
        "pages/index/index.js",
        "Page({
  onLoad() {},
  paste() {
    wx.getClipboardData({ success: (r) => this.setData({ text: r.data }), fail: e => { if (e.errno === 104 || e.errno === 103) this.tellWhy() } })
  },
  tellWhy() { this.setData({ why: true }) }
})",
    ),
    ("pages/index/index.wxml", "<button bindtap=\"paste\">粘贴</button>"),
];

/// P6: the authorisation of a scope.
const SCOPE: Texts = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["pages/index/index"]}"#),
    ("app.js", "App({})"),
    ("privacy-guide.json", r#"{"setting_list": [{"privacy_key": "Record", "privacy_text": "语音留言"}]}"#),
    (
        "pages/index/index.js",
        "const recorder = wx.getRecorderManager()
Page({
  onLoad() { recorder.onError(() => this.setData({ failed: true })) },
  onShow() {},
  speak() {
    wx.getSetting({ success: s => {
      if (s.authSetting['scope.record'] === false) return this.setData({ needSettings: true })
      wx.authorize({ scope: 'scope.record', success: () => recorder.start({}), fail: () => this.setData({ needSettings: true }) })
    }})
  },
  openIt() { wx.openSetting({ success: s => s.authSetting['scope.record'] && recorder.start({}) }) }
})",
    ),
    (
        "pages/index/index.wxml",
        "<button bindtap=\"speak\">留言</button>\n<button wx:if=\"{{needSettings}}\" bindtap=\"openIt\">去设置</button>",
    ),
];

/// The program with one text changed; an empty `from` adds to the end.
fn changed(program: Texts, (path, from, to): (&str, &str, &str)) -> Files {
    let mut texts: Vec<(&str, String)> =
        program.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    match texts.iter_mut().find(|(other, _)| *other == path) {
        Some((_, text)) if from.is_empty() => text.push_str(to),
        Some((_, text)) => {
            assert!(text.contains(from), "{path} does not hold {from}");
            *text = text.replace(from, to);
        }
        None => texts.push((path, to.to_owned())),
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, &**text)).collect();
    files(&texts)
}

/// `api class` of every use that consent is asked for, each once.
fn classes(files: &Files) -> BTreeSet<String> {
    let uses = report(files).inventory.uses;
    let standing = uses.iter().filter_map(|one| Some((one, one.consent.as_ref()?)));
    standing.map(|(one, standing)| format!("{} {}", one.api, standing.class.name())).collect()
}

#[test]
fn correct_programs_give_no_warning() {
    for (name, program, expected) in [
        ("P1", PROACTIVE, &["wx.chooseMedia query"][..]),
        ("P2", REACTIVE, &["wx.getClipboardData app"]),
        ("P3", GATE, &["wx.getClipboardData gate"]),
        ("P4", COUPLED, &["open-type=getPhoneNumber coupled"]),
        ("P5", OFFICIAL, &["wx.getClipboardData fail"]),
        ("P6", SCOPE, &["RecorderManager.start scope"]),
    ] {
        let program = files(program);
        let findings = report(&program).findings;
        let loud: Vec<_> =
            findings.iter().filter(|one| one.severity >= Severity::Warning).collect();
        assert!(loud.is_empty(), "{name}: {loud:#?}");
        let classes = classes(&program);
        for one in expected {
            assert!(classes.contains(*one), "{name}: {classes:?}");
        }
    }
}

/// Checks what the rules about consent say of the changed program, `severity rule file subject`
/// each, and what stands before the use.
fn check(program: Texts, change: (&str, &str, &str), expected: &[&str], class: &str) {
    let changed = changed(program, change);
    let findings = report(&changed).findings;
    let found: Vec<String> = findings
        .iter()
        .filter(|one| RULES.contains(&one.rule))
        .map(|one| {
            format!("{} {} {} {}", one.severity.name(), one.rule, one.place.file, one.subject)
        })
        .collect();
    assert_eq!(found, expected, "{change:?}");
    let classes = classes(&changed);
    assert!(classes.contains(class), "{change:?}: {classes:?}");
}

const PAGE: &str = "pages/index/index.js";
const TEMPLATE: &str = "pages/index/index.wxml";

#[test]
fn a_proactive_question_goes_wrong() {
    for (change, expected, class) in [
        // The branches are the wrong way round: it runs for who has not agreed.
        (
            (PAGE, "this.setData({ askPrivacy: true }) : this.start()", "this.start() : 0"),
            &[][..],
            "wx.chooseMedia fail",
        ),
        // Nothing is asked, and the refusal is not handled.
        (
            (
                PAGE,
                "wx.getPrivacySetting({ success: r => r.needAuthorization ? this.setData({ askPrivacy: true }) : this.start() })",
                "wx.chooseMedia({ count: 1 })",
            ),
            &["warning consent-before-use pages/index/index.js wx.chooseMedia"],
            "wx.chooseMedia none",
        ),
        // It runs beside the question.
        (
            (PAGE, "  onLoad() {\n", "  onLoad() {\n    wx.chooseMedia({ count: 1 })\n"),
            &["warning consent-before-use pages/index/index.js wx.chooseMedia"],
            "wx.chooseMedia none",
        ),
        // A tap comes before the event.
        ((TEMPLATE, "bindagreeprivacyauthorization", "bindtap"), &[], "wx.chooseMedia fail"),
        // The state is asked for as if it were a promise.
        (
            (PAGE, "  onLoad() {\n", "  async onLoad() {\n    await wx.getPrivacySetting()\n"),
            &["warning awaited-privacy-call pages/index/index.js wx.getPrivacySetting"],
            "wx.chooseMedia query",
        ),
        // What the app does before any page can ask.
        (
            (
                "app.js",
                "App({})",
                "App({ onLaunch() { wx.getClipboardData({ success: console.log }) } })",
            ),
            &["warning consent-before-use app.js wx.getClipboardData"],
            "wx.getClipboardData none",
        ),
        // A field that raises no event, on a page that asks nothing: most people were asked on the
        // first page.
        (
            ("pages/index/name.wxml", "", "<input type=\"nickname\" />"),
            &["information consent-before-use pages/index/name.wxml input type=nickname"],
            "wx.chooseMedia query",
        ),
    ] {
        check(PROACTIVE, change, expected, class);
    }
}

#[test]
fn a_handler_goes_wrong() {
    for (change, expected, class) in [
        // It never answers: the parameter is unused, missing, or forgotten.
        (
            ("app.js", "this.pending = resolve; ", ""),
            &["error privacy-handler-never-resolves app.js resolve"][..],
            "wx.getClipboardData fail",
        ),
        (
            (
                "app.js",
                "(resolve, info) => { this.pending = resolve; this.showPopup && this.showPopup(info.referrer) }",
                "() => this.showPopup()",
            ),
            &["error privacy-handler-never-resolves app.js resolve"],
            "wx.getClipboardData fail",
        ),
        (
            ("app.js", "this.pending = resolve", "this.forgotten = resolve"),
            &["error privacy-handler-never-resolves app.js resolve"],
            "wx.getClipboardData fail",
        ),
        // It never answers for a refusal.
        (
            (
                "ask/ask.js",
                "getApp().pending({ event: 'disagree' })",
                "this.setData({ shown: false })",
            ),
            &["warning privacy-handler-never-resolves app.js disagree"],
            "wx.getClipboardData app",
        ),
        // The answer fits no button.
        (
            ("ask/ask.js", ", buttonId: 'agree-btn'", ""),
            &["error privacy-agree-button-mismatch ask/ask.js buttonId"],
            "wx.getClipboardData fail",
        ),
        (
            ("ask/ask.js", "buttonId: 'agree-btn'", "buttonId: 'agree'"),
            &["error privacy-agree-button-mismatch ask/ask.js agree"],
            "wx.getClipboardData fail",
        ),
        (
            ("ask/ask.wxml", " id=\"agree-btn\"", ""),
            &["error privacy-agree-button-mismatch ask/ask.js agree-btn"],
            "wx.getClipboardData fail",
        ),
        // The answer comes with the tap, before the event.
        (
            ("ask/ask.wxml", "bindagreeprivacyauthorization", "bindtap"),
            &["warning privacy-agree-button-mismatch ask/ask.wxml agreeprivacyauthorization"],
            "wx.getClipboardData app",
        ),
        // No button at all.
        (
            ("ask/ask.wxml", "open-type=\"agreePrivacyAuthorization\" ", ""),
            &["error privacy-agree-button-mismatch ask/ask.js agree-btn"],
            "wx.getClipboardData fail",
        ),
        // Another handler takes its place.
        (
            (
                PAGE,
                "Page({",
                "Page({ onLoad() { wx.onNeedPrivacyAuthorization((resolve) => { getApp().pending = resolve }) },",
            ),
            &["warning competing-privacy-handlers pages/index/index.js handler"],
            "wx.getClipboardData app",
        ),
        // The page has no pop-up: nobody can answer, and no official one comes.
        (
            (TEMPLATE, "<ask />", ""),
            &["warning consent-before-use pages/index/index.js wx.getClipboardData"],
            "wx.getClipboardData none",
        ),
        // A subpackage that runs without the app.
        (
            (
                "alone/page.js",
                "Page({})",
                "Page({ paste() { wx.getClipboardData({ success: console.log }) } })",
            ),
            &[],
            "wx.getClipboardData none",
        ),
        (
            (
                "alone/page.js",
                "Page({})",
                "Page({ onLoad() { wx.getClipboardData({ success: console.log }) } })",
            ),
            &["warning consent-before-use alone/page.js wx.getClipboardData"],
            "wx.getClipboardData none",
        ),
        // A field that raises no event is no business of the handler.
        (
            (TEMPLATE, "<ask />", "<ask /><input type=\"nickname\" />"),
            &["warning consent-before-use pages/index/index.wxml input type=nickname"],
            "input type=nickname none",
        ),
    ] {
        check(REACTIVE, change, expected, class);
    }
}

#[test]
fn a_handler_that_is_taken_back_leaves_no_page_waiting() {
    let mut texts: Vec<(&str, &str)> = REACTIVE.to_vec();
    texts.retain(|(path, _)| *path != TEMPLATE);
    texts.push((TEMPLATE, "<button bindtap=\"paste\">粘贴</button>"));
    assert!(classes(&files(&texts)).contains("wx.getClipboardData none"));
    texts.push((
        "leave.js",
        "export const leave = (handler) => wx.offNeedPrivacyAuthorization(handler)",
    ));
    assert!(classes(&files(&texts)).contains("wx.getClipboardData app"));
}

#[test]
fn a_pop_up_is_looked_for_where_it_may_be() {
    for change in [
        // In a component around the page; in a template that it brings in; on a page of its own,
        // which the handler opens.
        ("app.json", "\"ask\": \"/ask/ask\"", "\"frame\": \"/frame\", \"ask\": \"/ask/ask\""),
        (TEMPLATE, "<ask />", "<include src=\"/part.wxml\" />"),
        ("ask/ask.js", "Component(", "Component("),
    ] {
        let mut texts: Vec<(&str, String)> =
            REACTIVE.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
        for (path, text) in &mut texts {
            if *path == change.0 {
                *text = text.replace(change.1, change.2);
            }
            if change.0 == "app.json" && *path == TEMPLATE {
                *text = text.replace("<ask />", "<frame></frame>");
            }
            if change.0 == "ask/ask.js" && *path == "app.json" {
                *text = text.replace("\"pages/index/index\"", "\"pages/index/index\", \"ask/ask\"");
            }
            if change.0 == "ask/ask.js" && *path == TEMPLATE {
                *text = text.replace("<ask />", "");
            }
        }
        texts.push(("frame.json", r#"{"component": true}"#.to_owned()));
        texts.push(("frame.js", "Component({})".to_owned()));
        texts.push(("frame.wxml", "<slot/><ask/>".to_owned()));
        texts.push(("part.wxml", "<ask/>".to_owned()));
        let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, &**text)).collect();
        let classes = classes(&files(&texts));
        assert!(classes.contains("wx.getClipboardData app"), "{change:?}: {classes:?}");
    }
}

#[test]
fn a_gate_goes_wrong() {
    let call =
        "wx.getClipboardData({ success: (r) => this.use(r.data), fail: () => this.degrade() })";
    for (change, expected, class) in [
        // It is not waited for.
        (
            (
                PAGE,
                "      success: () => wx.getClipboardData({ success: (r) => this.use(r.data), fail: () => this.degrade() }),\n      fail: () => this.degrade()\n    })",
                "    })\n    wx.getClipboardData({ success: (r) => this.use(r.data) })",
            ),
            &["warning consent-before-use pages/index/index.js wx.getClipboardData"][..],
            "wx.getClipboardData none",
        ),
        // It is waited for as if it were a promise.
        (
            (PAGE, "  onLoad() {\n", "  async early() {\n    await wx.requirePrivacyAuthorize()\n"),
            &["warning awaited-privacy-call pages/index/index.js wx.requirePrivacyAuthorize"],
            "wx.getClipboardData gate",
        ),
        // The call stands where the user refused, or where it does not matter what was said.
        ((PAGE, "success: () => wx.", "fail: () => wx."), &[], "wx.getClipboardData fail"),
        ((PAGE, "success: () => wx.", "complete: () => wx."), &[], "wx.getClipboardData fail"),
        // Another way leads around it.
        (
            (
                PAGE,
                "use(text) {",
                "onShow() { this.read() }, read() { wx.getClipboardData({ success: (r) => this.use(r.data) }) }, use(text) {",
            ),
            &["warning consent-before-use pages/index/index.js wx.getClipboardData"],
            "wx.getClipboardData none",
        ),
        // A module's top level runs before anybody can be asked.
        (
            (PAGE, "Page({", "wx.getClipboardData({ success: console.log })\nPage({"),
            &["warning consent-before-use pages/index/index.js wx.getClipboardData"],
            "wx.getClipboardData none",
        ),
    ] {
        assert!(GATE.iter().any(|(_, text)| text.contains(call)));
        check(GATE, change, expected, class);
    }
}

#[test]
fn what_is_left_out_of_the_package_says_nothing() {
    let mut texts: Vec<(&str, &str)> = GATE.to_vec();
    texts.push((
        "tests/gate.test.js",
        "wx.requirePrivacyAuthorize = jest.fn((options) => options.success())",
    ));
    let ignore = r#"{"packOptions": {"ignore": [{"type": "folder", "value": "tests"}]}}"#;
    texts.retain(|(path, _)| *path != "project.config.json");
    texts.push(("project.config.json", ignore));
    assert!(classes(&files(&texts)).contains("wx.getClipboardData gate"));
}

#[test]
fn a_coupled_button_goes_wrong() {
    for (change, expected, class) in [
        (
            (
                TEMPLATE,
                "|agreePrivacyAuthorization\" bindgetphonenumber=\"onPhone\" bindagreeprivacyauthorization=\"onAgree\"",
                "\" bindgetphonenumber=\"onPhone\"",
            ),
            &["hint consent-before-use pages/index/index.wxml open-type=getPhoneNumber"][..],
            "open-type=getPhoneNumber none",
        ),
        // The order does not matter.
        (
            (
                TEMPLATE,
                "getPhoneNumber|agreePrivacyAuthorization",
                "agreePrivacyAuthorization|getPhoneNumber",
            ),
            &[],
            "open-type=getPhoneNumber coupled",
        ),
        // Another button's agreement is its own.
        (
            (
                TEMPLATE,
                "",
                "<button open-type=\"getRealtimePhoneNumber\" bindgetrealtimephonenumber=\"onPhone\"/>",
            ),
            &["hint consent-before-use pages/index/index.wxml open-type=getRealtimePhoneNumber"],
            "open-type=getRealtimePhoneNumber none",
        ),
    ] {
        check(COUPLED, change, expected, class);
    }
}

#[test]
fn the_official_pop_up_is_left_alone() {
    let fail = ", fail: e => { if (e.errno === 104 || e.errno === 103) this.tellWhy() }";
    for (change, expected, class) in [
        // Without a word after a refusal: what a person asked for is no warning, what opens is.
        ((PAGE, fail, ""), &[][..], "wx.getClipboardData none"),
        (
            (
                PAGE,
                "  onLoad() {},",
                "  onLoad() { wx.getClipboardData({ success: (r) => this.setData({ text: r.data }) }) },",
            ),
            &["warning consent-before-use pages/index/index.js wx.getClipboardData"],
            "wx.getClipboardData none",
        ),
        // Sensitive information, from a tap.
        (
            (
                PAGE,
                "wx.getClipboardData({ success: (r) => this.setData({ text: r.data }), fail: e => { if (e.errno === 104 || e.errno === 103) this.tellWhy() } })",
                "wx.getLocation({ success: (r) => this.setData({ at: r }) })",
            ),
            &["warning consent-before-use pages/index/index.js wx.getLocation"],
            "wx.getLocation none",
        ),
        // What is old and still works is asked for as well.
        (
            (
                PAGE,
                "  onLoad() {},",
                "  onLoad() { wx.chooseImage({ success: (r) => this.setData({ files: r.tempFiles }) }) },",
            ),
            &["warning consent-before-use pages/index/index.js wx.chooseImage"],
            "wx.chooseImage none",
        ),
        // What gives nothing any more is another rule's business.
        (
            (
                PAGE,
                "  onLoad() {},",
                "  onLoad() { wx.getUserInfo({ success: (r) => this.setData({ me: r.userInfo }) }) },",
            ),
            &[],
            "wx.getUserInfo none",
        ),
    ] {
        check(OFFICIAL, change, expected, class);
    }
}

#[test]
fn a_scope_goes_wrong() {
    for (change, expected, class) in [
        // Another scope was asked for.
        (
            (PAGE, "wx.authorize({ scope: 'scope.record'", "wx.authorize({ scope: 'scope.camera'"),
            &[][..],
            "RecorderManager.start none",
        ),
        // It runs whatever was answered.
        (
            (
                PAGE,
                "success: () => recorder.start({}), fail:",
                "complete: () => recorder.start({}), fail:",
            ),
            &[],
            "RecorderManager.start none",
        ),
        // The settings page without a tap.
        (
            (PAGE, "  onShow() {},", "  onShow() { wx.openSetting({}) },"),
            &["warning setting-page-without-tap pages/index/index.js wx.openSetting"],
            "RecorderManager.start scope",
        ),
        // A scope that is gone.
        (
            (PAGE, "  onShow() {},", "  onShow() { wx.authorize({ scope: 'scope.address' }) },"),
            &["warning cancelled-scope pages/index/index.js scope.address"],
            "RecorderManager.start scope",
        ),
    ] {
        check(SCOPE, change, expected, class);
    }
}

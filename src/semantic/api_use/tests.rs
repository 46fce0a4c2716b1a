//! Uses by example: a script or template in, `line:column api [origins resolution]` out.

use crate::path::FilePath;
use crate::project::{Files, Project};
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::uses_of_file;
use crate::text::{Text, Units};

use super::UseKind;

/// The uses in `file` of a small program made of `texts`: those of the inventory and all that may
/// reach a host.
fn uses_in(file: &str, texts: &[(&str, &str)]) -> Vec<String> {
    let mut all = vec![("app.json", "{\"pages\": [\"p/p\"]}"), ("app.js", "")];
    all.retain(|(name, _)| texts.iter().all(|(other, _)| other != name));
    all.extend(texts);
    let files: Files = all
        .into_iter()
        .map(|(path, text)| (FilePath::new(path).unwrap(), text.to_owned()))
        .collect();
    let project = Project::resolve(&files);
    let path = FilePath::new(file).unwrap();
    let text = Text::new(&files.get(&path).unwrap().source);
    let modules = ModuleGraph::of(&files, &project.programs[0]);
    uses_of_file(&modules, files.get(&path).unwrap())
        .into_iter()
        .filter(|used| used.interface.in_inventory() || used.reach.is_some())
        .map(|used| {
            let place = text.position(used.place.span.start(), Units::Utf16);
            let passed = if used.form == UseKind::Passed { " passed" } else { "" };
            let reach = used.reach.map_or_else(String::new, |reach| {
                let rest = if reach.complete { "" } else { "?" };
                format!(" [{}{rest}]", reach.origins().join(" "))
            });
            format!("{}:{} {}{passed}{reach}", place.line + 1, place.column + 1, used.api)
        })
        .collect()
}

#[track_caller]
fn script(source: &str, expected: &[&str]) {
    assert_eq!(uses_in("p/p.js", &[("p/p.js", source)]), expected, "{source}");
    assert_eq!(uses_in("p/p.ts", &[("p/p.ts", source)]), expected, "as TypeScript: {source}");
}

#[track_caller]
fn template(source: &str, expected: &[&str]) {
    assert_eq!(uses_in("p/p.wxml", &[("p/p.wxml", source)]), expected, "{source}");
}

#[test]
fn every_way_to_call_is_a_use() {
    script("wx.getLocation({})", &["1:1 wx.getLocation"]);
    script("wx['getLocation']({})", &["1:1 wx.getLocation"]);
    script("wx?.getLocation?.()", &["1:1 wx.getLocation"]);
    script("(0, wx.getLocation)()", &["1:5 wx.getLocation"]);
    script("wx.getLocation.call(wx, {})", &["1:1 wx.getLocation"]);
    script("async () => await wx.getLocation()", &["1:19 wx.getLocation"]);
    script("const w = wx; w.getLocation()", &["1:15 wx.getLocation"]);
    script("const { getLocation } = wx; getLocation()", &["1:29 wx.getLocation"]);
    script("const { getLocation: locate } = wx; locate()", &["1:37 wx.getLocation"]);
    script("const locate = wx.getLocation; locate()", &["1:32 wx.getLocation"]);
    script("let locate; locate = wx.getLocation; locate()", &["1:38 wx.getLocation"]);
    script(
        "const api = { locate: wx.getLocation }; api.locate()",
        &["1:23 wx.getLocation passed", "1:41 wx.getLocation"],
    );
    script("globalThis.wx.getLocation()", &["1:1 wx.getLocation"]);
    script("(function (w) { w.getLocation() })(wx)", &["1:17 wx.getLocation"]);
    script("wx[true ? 'getLocation' : 'x']()", &["1:1 wx.getLocation"]);
    script("wx.canIUse('getLocation') && wx.getLocation()", &["1:30 wx.getLocation"]);
}

#[test]
fn an_object_that_carries_the_interfaces_is_followed() {
    script("const api = { ...wx }; api.getLocation()", &["1:24 wx.getLocation"]);
    script(
        "const api = { own: 1, ...wx }; api.request({ url: 'https://a.example.com/' })",
        &["1:32 wx.request [https://a.example.com]"],
    );
    script("const api = Object.assign({}, wx); api.getLocation()", &["1:36 wx.getLocation"]);
    script("const api = Object.create(wx); api.getLocation()", &["1:32 wx.getLocation"]);
    script("const api = new Proxy(wx, {}); api.getLocation()", &["1:32 wx.getLocation"]);
    script(
        "const api = {}; Object.keys(wx).forEach((k) => { api[k] = promised(wx[k]) }); api.getLocation()",
        &["1:79 wx.getLocation"],
    );
    script(
        "function all(from) { const to = {}; for (const k in from) { to[k] = (o) => new Promise((y) => from[k]({ ...o, success: y })) }; return to }\n\
         const api = all(wx); api.getLocation()",
        &["2:22 wx.getLocation"],
    );
    script(
        "import { promisifyAll } from 'elsewhere'\nconst api = {}\npromisifyAll(wx, api)\napi.getLocation()",
        &["4:1 wx.getLocation"],
    );
    script("const api = { ...wx, getLocation() {} }; api.getLocation()", &[]);
    script("const api = { ...own }; api.getLocation()", &[]);
    script("const api = {}; api[k] = own[k]; api.getLocation()", &[]);
    assert_eq!(
        uses_in(
            "p/p.js",
            &[
                ("api.js", "module.exports = { ...wx }"),
                ("p/p.js", "const api = require('../api'); api.getLocation()"),
            ],
        ),
        ["1:32 wx.getLocation"]
    );
}

#[test]
fn what_is_handed_on_is_a_use() {
    script("promisify(wx.getLocation)", &["1:11 wx.getLocation passed"]);
    script("const locate = promisify(wx.getLocation); locate()", &["1:26 wx.getLocation passed"]);
    script("export const locate = wx.getLocation", &["1:23 wx.getLocation passed"]);
    script("module.exports = { locate: wx.getLocation }", &["1:28 wx.getLocation passed"]);
    script("const locate = wx.getLocation.bind(wx)", &["1:16 wx.getLocation passed"]);
    script(
        "const locate = wx.getLocation || wx.getFuzzyLocation; locate()",
        &[
            "1:16 wx.getLocation passed",
            "1:34 wx.getFuzzyLocation passed",
            "1:55 wx.getFuzzyLocation",
            "1:55 wx.getLocation",
        ],
    );
}

#[test]
fn what_is_only_mentioned_is_none() {
    for source in [
        "if (wx.getLocation) {}",
        "if (a && !wx.getLocation) {}",
        "typeof wx.getLocation === 'function'",
        "wx.getLocation ? 1 : 2",
        "const has = !!wx.getLocation",
        "wx.canIUse('getLocation')",
        "// wx.getLocation()",
        "/* wx.getLocation() */",
        "const s = 'wx.getLocation()'",
        "const s = `wx.getLocation()`",
        "const wx = require('elsewhere'); wx.getLocation()",
        "function f(wx) { wx.getLocation() }",
        "import wx from './own'; wx.getLocation()",
        "const getLocation = () => 1; getLocation()",
        "Page({ getLocation() {}, go() { this.getLocation() } })",
        "api.getLocation()",
        "wx.own.getLocation()",
        "wx.getLocation = own",
        "delete wx.getLocation",
        "const recorder = { start() {} }; recorder.start()",
        "this.data.getLocation",
        "wx[name]()",
        "wx.getLocationOfShop()",
        "({ getLocation: 1 })",
    ] {
        script(source, &[]);
    }
}

#[test]
fn ambient_declarations_declare_nothing() {
    let source = "declare const wx: any; wx.getLocation()";
    assert_eq!(uses_in("p/p.ts", &[("p/p.ts", source)]), ["1:24 wx.getLocation"]);
}

#[test]
fn objects_that_the_platform_gives_are_followed() {
    script(
        "const r = wx.getRecorderManager(); r.start({})",
        &["1:11 wx.getRecorderManager", "1:36 RecorderManager.start"],
    );
    script("wx.createMapContext('m').moveToLocation()", &["1:1 MapContext.moveToLocation"]);
    script(
        "Page({ onLoad() { this.m = wx.createMapContext('m') }, go() { this.m.moveToLocation() } })",
        &["1:63 MapContext.moveToLocation"],
    );
    script(
        "const that = this; that.m = wx.createMapContext('m'); that.m.moveToLocation()",
        &["1:55 MapContext.moveToLocation"],
    );
    script(
        "class A { m = wx.createMapContext('m'); go() { this.m.moveToLocation() } }",
        &["1:48 MapContext.moveToLocation"],
    );
    script(
        "const make = () => wx.createMapContext('m'); make().moveToLocation()",
        &["1:46 MapContext.moveToLocation"],
    );
    script(
        "let r; function get() { r = r || wx.getRecorderManager(); return r } get().start()",
        &["1:34 wx.getRecorderManager", "1:70 RecorderManager.start"],
    );
    script(
        "const t = wx.createTCPSocket(); t.connect({ address: 'gps.example.com', port: 7001 })",
        &["1:11 wx.createTCPSocket", "1:33 TCPSocket.connect [tcp://gps.example.com:7001]"],
    );
}

#[test]
fn a_scope_is_what_is_asked_for() {
    script("wx.authorize({ scope: 'scope.record' })", &["1:1 wx.authorize"]);
    script("const s = 'scope.record'; wx.authorize({ scope: s })", &["1:27 wx.authorize"]);
    script("wx.authorize({ scope: unknown })", &[]);
    script("wx.openSetting()", &[]);
}

#[test]
fn hosts_are_what_the_texts_make_them() {
    for (source, reach) in [
        ("wx.request({ url: 'https://a.example.com/x' })", "[https://a.example.com]"),
        ("wx.request({ url: `https://a.example.com/${id}` })", "[https://a.example.com]"),
        ("wx.request({ url: 'https://a.example.com' + path })", "[https://a.example.com]"),
        ("wx.request({ url: 'https://' + host + '/x' })", "[?]"),
        ("wx.request({ url })", "[?]"),
        (
            "wx.request({ url: a ? 'https://a.example.com/' : 'https://b.example.com/' })",
            "[https://a.example.com https://b.example.com]",
        ),
        ("wx.request({ url: a ? 'https://a.example.com/' : b })", "[https://a.example.com?]"),
        ("wx.request({ url: own || 'https://a.example.com/' })", "[https://a.example.com?]"),
        ("wx.request(options)", "[?]"),
        ("wx.request({ ...options, url: 'https://a.example.com/' })", "[https://a.example.com]"),
        ("wx.request({ url: 'https://a.example.com/', ...options })", "[https://a.example.com?]"),
        (
            "wx.request(Object.assign({ url: 'https://a.example.com/' }, {}))",
            "[https://a.example.com]",
        ),
        ("wx.request({ url: '/relative' })", "[?]"),
        ("wx.request({ url: 'https://a.example.com:8443/x' })", "[https://a.example.com:8443]"),
    ] {
        script(source, &[&format!("1:1 wx.request {reach}")]);
    }
    for (before, url, reach) in [
        ("const base = 'https://a.example.com';", "base + '/x'", "[https://a.example.com]"),
        (
            "const c = { base: { api: 'https://a.example.com/' } };",
            "c.base.api + id",
            "[https://a.example.com]",
        ),
        ("const { base } = { base: 'https://a.example.com/' };", "base", "[https://a.example.com]"),
        ("let u = 'https://a.example.com/'; u += id;", "u", "[https://a.example.com]"),
        ("let u = 'https://a.example.com/'; u = u + id;", "u", "[https://a.example.com]"),
        ("const f = p => 'https://a.example.com/' + p;", "f('x')", "[https://a.example.com]"),
        ("const hosts = ['https://a.example.com/'];", "hosts[0]", "[https://a.example.com]"),
        ("var a = b; var b = a;", "a", "[?]"),
        ("let u;", "u", "[?]"),
    ] {
        let source = format!("{before}\nwx.request({{ url: {url} }})");
        script(&source, &[&format!("2:1 wx.request {reach}")]);
    }
}

#[test]
fn constants_come_from_other_modules() {
    let expected = ["1:1 wx.request [https://a.example.com]"];
    for (page, config) in [
        (
            "wx.request({ url: require('../c').base + '/x' })",
            "module.exports = { base: 'https://a.example.com' }",
        ),
        ("wx.request({ url: require('../c').base })", "exports.base = 'https://a.example.com'"),
        (
            "wx.request({ url: base }); import { base } from '../c'",
            "export const base = 'https://a.example.com'",
        ),
        (
            "wx.request({ url: c.base }); import c from '../c'",
            "export default { base: 'https://a.example.com' }",
        ),
        (
            "wx.request({ url: c.base }); import * as c from '../c'",
            "export const base = 'https://a.example.com'",
        ),
        (
            "wx.request({ url: base() }); import { base } from '../c'",
            "export function base() { return 'https://a.example.com' }",
        ),
    ] {
        assert_eq!(
            uses_in("p/p.js", &[("p/p.js", page), ("c.js", config)]),
            expected,
            "{page} / {config}"
        );
    }
    let missing = "wx.request({ url: require('../c').absent + '/x' })";
    assert_eq!(
        uses_in(
            "p/p.js",
            &[("p/p.js", missing), ("c.js", "exports.base = 'https://a.example.com'")]
        ),
        ["1:1 wx.request [?]"]
    );
}

#[test]
fn pictures_of_the_package_go_nowhere() {
    script(
        "wx.getImageInfo({ src: 'https://img.example.com/a.png' })",
        &["1:1 wx.getImageInfo [https://img.example.com]"],
    );
    script("wx.getImageInfo({ src: '/images/a.png' })", &[]);
    script(
        "wx.getImageInfo({ src: wx.env.USER_DATA_PATH + '/a.png' })",
        &["1:1 wx.getImageInfo [?]"],
    );
}

#[test]
fn templates_use_components_open_types_and_attributes() {
    template(
        "<camera></camera><live-pusher url=\"{{u}}\"/>",
        &["1:2 component camera", "1:19 component live-pusher"],
    );
    template("<button open-type=\"chooseAvatar\"/>", &["1:9 open-type=chooseAvatar"]);
    template(
        "<button open-type='getPhoneNumber|agreePrivacyAuthorization'/>",
        &["1:9 open-type=getPhoneNumber"],
    );
    template("<van-button open-type=\"getPhoneNumber\"/>", &["1:13 open-type=getPhoneNumber"]);
    template("<my-button openType=\"getPhoneNumber\"/>", &["1:12 open-type=getPhoneNumber"]);
    template("<button openType=\"getPhoneNumber\"/>", &[]);
    template(
        "<button open-type=\"{{a ? 'getPhoneNumber' : 'share'}}\"/>",
        &["1:9 open-type=getPhoneNumber"],
    );
    template(
        "<button open-type=\"{{kind}}\" bindgetphonenumber=\"f\"/>",
        &["1:9 open-type=getPhoneNumber"],
    );
    template("<button open-type=\"{{kind}}\" bindtap=\"f\"/>", &[]);
    template("<button open-type=\"share\"/>", &[]);
    template("<input type=\"nickname\"/>", &["1:8 input type=nickname"]);
    template("<input type=\"text\"/>", &[]);
    template("<map show-location/>", &["1:6 map show-location"]);
    template("<map show-location=\"{{true}}\"/>", &["1:6 map show-location"]);
    template("<map show-location=\"false\"/>", &[]);
    template("<map/>", &[]);
    template("<!-- <camera/> --><text>camera</text>", &[]);
    template("<view bindtap=\"getPhoneNumber\" data-x=\"chooseAvatar\"/>", &[]);
    template(
        "<web-view src=\"https://m.example.com/a?b={{c}}\"/>",
        &["1:2 component web-view [https://m.example.com]"],
    );
    template("<web-view src=\"{{url}}\"/>", &["1:2 component web-view [?]"]);
}

#[test]
fn what_one_object_is_given_is_no_others() {
    // Two reporters and a transport that is made elsewhere: their addresses have nothing to do with
    // each other.
    let reporters = "class One { constructor() { this.url = 'https://one.example.com/report' } }\n\
        function Two() { this.url = 'https://two.example.com/report' }\n";
    script(
        &format!(
            "{reporters}const transport = {{ flush() {{ wx.request({{ url: this.url }}) }} }}\nmodule.exports = {{ One, Two, transport }}"
        ),
        &["3:31 wx.request [?]"],
    );
    // Within one class, one page and one component it is the same `this`.
    script(
        &format!(
            "{reporters}class Three {{\n  open() {{ this.url = 'https://three.example.com' }}\n  send() {{ wx.request({{ url: this.url }}) }}\n}}\nnew Three()"
        ),
        &["5:12 wx.request [https://three.example.com?]"],
    );
    script(
        &format!(
            "{reporters}Component({{\n  lifetimes: {{ attached() {{ this.url = 'https://four.example.com' }} }},\n  methods: {{ send() {{ wx.request({{ url: this.url }}) }} }}\n}})"
        ),
        &["5:23 wx.request [https://four.example.com?]"],
    );
}

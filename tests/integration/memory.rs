//! What one analysis leaves for the next. A report made with a memory is byte for byte the report
//! made without one, whatever was edited since, and however old the memory is.

use std::path::Path;
use std::sync::Arc;

use miniguard::check;
use miniguard::check::{Cancel, Memo, Report};
use miniguard::path::FilePath;
use miniguard::project::{File, Files};
use miniguard::syntax::Kind;
use miniguard::workspace::Workspace;

use crate::support::{files, root};

/// How many random edits each program goes through.
const EDITS: usize = 40;
/// How old a memory may be: one in three analyses is given one from before the edit before the
/// last.
const OLD: usize = 3;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // Knuth's MMIX generator; the high bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// A program that is edited and analysed again and again.
struct Session {
    files: Files,
    memories: Vec<Memo>,
}

impl Session {
    fn begin(files: Files) -> Self {
        let mut session = Self { files, memories: Vec::new() };
        session.check("at first", 0);
        session
    }

    /// Analyses the files with the memory of `age` analyses ago, and without.
    fn check(&mut self, edit: &str, age: usize) {
        let known = self.memories.len().checked_sub(age + 1).map(|index| &self.memories[index]);
        let (report, memory) =
            check::analyse_incremental(&self.files, known, &Cancel::never()).unwrap();
        let fresh = check::analyse(&self.files, &Cancel::never()).unwrap();
        assert_same(&report, &fresh, edit);
        self.memories.push(memory);
        if self.memories.len() > OLD {
            self.memories.remove(0);
        }
    }

    fn write(&mut self, path: &FilePath, text: String) {
        let kind = Kind::of(path).unwrap();
        self.files.insert(Arc::new(File::new(path.clone(), kind, Arc::from(text), None)));
    }

    fn remove(&mut self, path: &FilePath) {
        self.files.remove(path);
    }
}

/// Compares item by item, so that a failure shows what differs.
fn assert_same(report: &Report, fresh: &Report, edit: &str) {
    for (with, without) in report.findings.iter().zip(&fresh.findings) {
        assert_eq!(format!("{with:#?}"), format!("{without:#?}"), "{edit}");
    }
    assert_eq!(report.findings.len(), fresh.findings.len(), "{edit}");
    for (with, without) in report.inventory.uses.iter().zip(&fresh.inventory.uses) {
        assert_eq!(format!("{with:#?}"), format!("{without:#?}"), "{edit}");
    }
    assert!(format!("{report:?}") == format!("{fresh:?}"), "{edit}: the reports differ elsewhere");
}

fn fixtures() -> Vec<(String, Files)> {
    let mut fixtures: Vec<(String, Files)> = std::fs::read_dir(root().join("fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (name_of(&path), Workspace::open(&path).files().clone()))
        .collect();
    fixtures.sort_by(|(a, _), (b, _)| a.cmp(b));
    fixtures
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// What stands in the files of each kind of all fixtures, line by line.
fn lines(fixtures: &[(String, Files)], extension: &str) -> Vec<String> {
    let all = fixtures.iter().flat_map(|(_, files)| files.iter());
    let of_kind = all.filter(|file| file.path.extension() == extension);
    of_kind.flat_map(|file| file.source.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// `text` with one line put in, left out, exchanged or written over.
fn edited(text: &str, pool: &[String], dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = dice.roll(lines.len() + 1);
    let other = pool.get(dice.roll(pool.len())).map_or(String::new(), |line| format!("{line}\n"));
    match dice.roll(4) {
        0 => lines.insert(at, &other),
        1 if at < lines.len() => drop(lines.remove(at)),
        2 if at < lines.len() => {
            let with = dice.roll(lines.len());
            lines.swap(at, with);
        }
        3 if at < lines.len() => lines[at] = &other,
        _ => lines.push("\n"),
    }
    lines.concat()
}

#[test]
fn every_file_of_every_fixture_may_be_touched() {
    for (name, files) in fixtures() {
        let mut session = Session::begin(files.clone());
        for file in files.iter().filter(|file| file.read_error.is_none()) {
            let text = &file.source;
            session.write(&file.path, format!("\n{text}"));
            session.check(&format!("{name}: a line before {}", file.path), 0);
            session.write(&file.path, String::new());
            session.check(&format!("{name}: {} emptied", file.path), 0);
            session.remove(&file.path);
            session.check(&format!("{name}: {} removed", file.path), 0);
            session.write(&file.path, text.to_string());
            session.check(&format!("{name}: {} back", file.path), 1);
        }
    }
}

#[test]
fn whatever_is_edited_the_report_is_that_of_a_fresh_analysis() {
    let fixtures = fixtures();
    for (seed, (name, files)) in (1..).zip(&fixtures) {
        let mut dice = Dice(seed);
        let mut session = Session::begin(files.clone());
        for number in 0..EDITS {
            let paths: Vec<FilePath> = session.files.iter().map(|file| file.path.clone()).collect();
            let path = &paths[dice.roll(paths.len())];
            let text = session.files.get(path).unwrap().source.to_string();
            let pool = lines(&fixtures, path.extension());
            let what = match dice.roll(20) {
                0 => {
                    session.remove(path);
                    "removed".to_owned()
                }
                1 => {
                    let copy = format!("copy-{number}.{}", path.extension());
                    session.write(&FilePath::new(&copy).unwrap(), text);
                    format!("copied to {copy}")
                }
                // Several files at once, as when a branch is changed.
                2 => {
                    for other in &paths {
                        let text = session.files.get(other).unwrap().source.to_string();
                        let pool = lines(&fixtures, other.extension());
                        session.write(other, edited(&text, &pool, &mut dice));
                    }
                    "and all others edited".to_owned()
                }
                _ => {
                    session.write(path, edited(&text, &pool, &mut dice));
                    "edited".to_owned()
                }
            };
            let age = if dice.roll(3) == 0 { 1 + dice.roll(OLD - 1) } else { 0 };
            session.check(&format!("{name}, edit {number}: {path} {what}"), age);
        }
    }
}

/// Two pages that ask for the same things through other modules.
const SHOP: &[(&str, &str)] = &[
    ("project.config.json", "{}"),
    ("app.json", r#"{"pages": ["a/a", "b/b"], "usingComponents": {"x-box": "/box/box"}}"#),
    (
        "app.js",
        "App({ onLaunch() { this.agree() }, agree() { wx.requirePrivacyAuthorize({}) }, look() { wx.chooseAddress({}) } })",
    ),
    ("u/where.js", "exports.find = () => { wx.getFuzzyLocation({}) };"),
    (
        "a/a.js",
        "const { api } = require('../u/api');\nconst { host } = require('../u/host');\nPage({ onLoad() { this.go() }, go() { api.locate({}); api.send({ url: host + '/x' }) } })",
    ),
    ("a/a.wxml", "<view bindtap=\"go\"><x-box bind:done=\"go\"/></view>"),
    ("a/a.json", "{}"),
    ("b/b.js", "import w from '../u/w';\nPage({ tap() { w.chooseMedia({}); getApp().agree() } })"),
    ("b/b.wxml", "<button bindtap=\"tap\">b</button>"),
    ("box/box.js", "Component({ methods: { send() { this.triggerEvent('done') } } })"),
    ("box/box.json", r#"{"component": true}"#),
    ("u/api.js", "exports.api = { locate: wx.getLocation, send: wx.request };"),
    ("u/host.js", "exports.host = 'https://a.example.com';"),
    ("u/w.js", "export default wx;"),
    ("u/other.js", "export default {};"),
    (
        "miniprogram_npm/lib/index.js",
        "exports.host = 'https://lib.example.com'; wx.getSystemInfoSync();",
    ),
    ("miniprogram_npm/lib/package.json", r#"{"main": "index.js"}"#),
    ("miniprogram_npm/lib/other.js", "exports.host = 'https://other.example.com';"),
    (
        "u/far.js",
        "wx.request({ url: getApp().globalData.host });\nwx.request({ url: wx.root.host });\n\
         wx.request({ url: wx.getExtConfigSync().host });\n\
         wx.request({ url: require('./host').absent + '/x' });",
    ),
    // Each asks for nothing else that many may say.
    ("u/near.js", "wx.request({ url: require('./conf').base + '/x' });"),
    ("u/conf.js", "module.exports = { base: '' };"),
    (
        "u/set.js",
        "let root = '';\nexports.setRoot = (value) => { root = value };\nexports.ask = () => wx.request({ url: root + '/x' });",
    ),
    ("u/puts.js", "const conf = {};\nconf.base = 'http://i.example.com';"),
    ("ext.json", "{\"extEnable\": true, \"ext\": {\"host\": \"http://e.example.com\"}}"),
];

#[test]
fn an_edit_far_away_is_seen() {
    for (path, text) in [
        // What another module gives.
        ("u/host.js", "exports.host = 'http://b.example.com';"),
        ("u/api.js", "exports.api = { locate: wx.chooseLocation, send: wx.uploadFile };"),
        ("u/w.js", "export default my;"),
        ("u/other.js", "export default wx;"),
        // What all modules see.
        ("u/other.js", "getApp().globalData.host = 'http://c.example.com';"),
        ("u/other.js", "wx.root = { host: 'http://d.example.com' };"),
        ("u/other.js", "require('./host').absent = 'http://f.example.com';"),
        // The same names are assigned to before and after, of another object.
        ("u/puts.js", "const conf = require('./conf');\nconf.base = 'http://i.example.com';"),
        ("u/puts.js", "require('./conf').base = 'http://j.example.com';\nconst conf = {};"),
        ("u/other.js", "import { setRoot } from './set';\nsetRoot('http://k.example.com');"),
        ("ext.json", r#"{"extEnable": true, "ext": {"host": "http://g.example.com"}}"#),
        (
            "u/w.js",
            "exports.post = (url) => wx.request({ url }); exports.post('http://h.example.com');",
        ),
        // Whom a module asks.
        (
            "a/a.js",
            "const { host } = require('lib');\nPage({ go() { wx.request({ url: host }) } })",
        ),
        ("b/b.js", "import w from '../u/other';\nPage({ tap() { w.chooseMedia({}) } })"),
        // What a specifier means.
        ("miniprogram_npm/lib/package.json", r#"{"main": "other.js"}"#),
        ("app.json", r#"{"pages": ["a/a", "b/b"], "resolveAlias": {"../u/*": "/u/*"}}"#),
        ("app.json", r#"{"pages": ["b/b"]}"#),
        // Who calls, and what makes them.
        ("a/a.wxml", "<view><x-box/></view>"),
        ("a/a.json", r#"{"usingComponents": {"x-box": "/none"}}"#),
        ("box/box.js", "Component({ lifetimes: { attached() { this.triggerEvent('done') } } })"),
        ("app.js", "App({ onLaunch() {}, agree() { wx.requirePrivacyAuthorize({}) } })"),
        ("app.js", "App({ onLaunch() { wx.getLocation({}) }, agree() {} })"),
        ("u/other.js", "require('./where').find();"),
        ("u/other.js", "Page({ onLoad() { require('./where').find() } })"),
        ("u/other.js", "getApp().look();"),
        (
            "project.config.json",
            r#"{"packOptions": {"ignore": [{"type": "folder", "value": "u"}]}}"#,
        ),
        ("project.config.json", r#"{"miniprogramRoot": "a"}"#),
    ] {
        let mut session = Session::begin(files(SHOP));
        let path = FilePath::new(path).unwrap();
        let before = session.files.get(&path).unwrap().source.to_string();
        session.write(&path, text.to_owned());
        session.check(&format!("{path}: {text}"), 0);
        session.write(&path, before);
        session.check(&format!("{path} as before"), 1);
    }
}

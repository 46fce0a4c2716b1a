//! Manifests and settings → facts, settings, the whole analysis and its safe fixes.

use std::collections::BTreeMap;
use std::sync::Arc;

use miniguard::check::{Cancel, analyse, fixes};
use miniguard::facts::Facts;
use miniguard::facts::manifest::Json;
use miniguard::finding::{Applicability, Finding};
use miniguard::path::FilePath;
use miniguard::project::{File, Files};
use miniguard::syntax::Kind;

use super::program::assert_sound;
use super::{assert_fits, text};

/// The names that a text can have.
const NAMES: [&str; 6] =
    ["app.json", "miniguard.json", "project.config.json", "a/a.json", "ext.json", "sitemap.json"];

/// Fixes that meet wait for the next round; so many are always enough.
const ROUNDS: usize = 6;

/// Reads `input` as a manifest of each name in a small program. Safe fixes, once applied, leave
/// none to apply.
pub fn manifest(input: &[u8]) {
    let source = text(input);
    let facts = Facts::read(Kind::Manifest, &source);
    let facts = facts.as_manifest().expect("a manifest's facts");
    facts.problems.iter().for_each(|problem| assert_fits(problem.span, &source));
    facts.root.iter().for_each(|root| assert_values_fit(root, &source));
    for name in NAMES {
        let mut files = program();
        write(&mut files, name, &source);
        let report = analyse(&files, &Cancel::never()).expect("nothing cancels it");
        assert_sound(&report, &files);
        let mut left = safe(&report.findings, &files);
        for _ in 0..ROUNDS {
            for (path, text) in &left {
                write(&mut files, path.as_str(), text);
            }
            let report = analyse(&files, &Cancel::never()).expect("nothing cancels it");
            left = safe(&report.findings, &files);
        }
        assert!(left.is_empty(), "{name}: {source:?} is fixed for ever: {left:?}");
    }
}

/// The texts that the safe fixes of `findings` change.
fn safe(findings: &[Finding], files: &Files) -> BTreeMap<FilePath, String> {
    fixes::apply(&fixes::select(findings, Applicability::Safe), files)
}

fn assert_values_fit(value: &Json, source: &str) {
    assert_fits(value.span, source);
    value.elements().iter().for_each(|element| assert_values_fit(element, source));
    for member in value.members() {
        assert_fits(member.key_span, source);
        assert_values_fit(&member.value, source);
    }
}

fn program() -> Files {
    let texts = [
        ("project.config.json", r#"{"miniprogramRoot": "./", "appid": "wx0123456789abcdef"}"#),
        ("app.json", r#"{"pages": ["a/a"]}"#),
        ("app.js", "App({})"),
        (
            "a/a.js",
            "Page({ go() { wx.getLocation({}); wx.request({ url: 'https://a.example.com' }) } })",
        ),
        ("a/a.wxml", "<button open-type=\"getPhoneNumber\" bindtap=\"go\"/>"),
    ];
    let mut files = Files::new();
    for (path, text) in texts {
        write(&mut files, path, text);
    }
    files
}

fn write(files: &mut Files, path: &str, text: &str) {
    let path = FilePath::new(path).expect("inside");
    let kind = Kind::of(&path).expect("a kind");
    files.insert(Arc::new(File::new(path, kind, Arc::from(text), None)));
}

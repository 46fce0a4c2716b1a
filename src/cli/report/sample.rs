//! An outcome made by hand, for the writers' tests.

use std::path::Path;

use super::{Outcome, Part};
use crate::cli::args::FailOn;
use crate::cli::display_paths::Names;
use crate::finding::{Applicability, Edit, Finding, Fix, Label, Language, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

const SCRIPT: &str = "const 主机 = 'https://api.example.com'\nwx.request({\turl: 'https://api.example.com' })\n\nwx.login({\n  success() {}\n})\n";
const MANIFEST: &str = "{\n  \"pages\": [\"pages/index\"]\n}\n";

/// A path of the sample.
pub(super) fn path(text: &str) -> FilePath {
    FilePath::new(text).unwrap()
}

fn files() -> Files {
    [("app.json", MANIFEST), ("pages/index.js", SCRIPT)]
        .into_iter()
        .map(|(file, text)| (path(file), text.to_owned()))
        .collect()
}

/// The place of the `nth` occurrence of `text`.
pub(super) fn place(files: &Files, file: &str, text: &str, nth: usize) -> Place {
    let file = files.get(&path(file)).unwrap();
    let (start, _) = file.source.match_indices(text).nth(nth).unwrap();
    Place::new(&file.path, Span::new(start, start + text.len()))
}

/// A finding with nothing but its place and message.
pub(super) fn finding(
    place: Place,
    rule: &'static str,
    severity: Severity,
    message: Phrase,
) -> Finding {
    Finding {
        rule,
        severity,
        place,
        message,
        why: Phrase::default(),
        help: Phrase::default(),
        subject: String::new(),
        labels: Vec::new(),
        fixes: Vec::new(),
        tag: None,
    }
}

/// An outcome of these files and findings.
pub(super) fn of(files: Files, findings: Vec<Finding>) -> Outcome {
    let part = Part {
        checked: files.len(),
        files,
        names: Names::new(Path::new("."), Path::new("")),
        findings,
        ..Part::default()
    };
    Outcome {
        parts: vec![part],
        language: Language::English,
        fail_on: FailOn::Error,
        has_baseline: false,
        applied: None,
        elapsed: None,
    }
}

/// Nothing found.
pub(super) fn clean() -> Outcome {
    of(files(), Vec::new())
}

/// An error with two labels and two fixes, and an information over several lines; one more is in
/// the baseline.
pub(super) fn outcome() -> Outcome {
    let files = files();
    let url = place(&files, "pages/index.js", "https://api.example.com", 1);
    let quoted = Place::new(&url.file, Span::new(url.span.start() - 1, url.span.end() + 1));
    let label = |place, en: &str, zh: &str| Label { place, message: Phrase::new(en, zh) };
    let error = Finding {
        why: Phrase::new(
            "Requests to other domains fail on phones.",
            "真机上向其他域名的请求会失败。",
        ),
        help: Phrase::new("Register the domain.", "登记该域名。"),
        subject: "api.example.com".to_owned(),
        labels: vec![
            label(place(&files, "pages/index.js", "wx.request", 0), "requested here", "在此请求"),
            label(place(&files, "app.json", "pages/index", 0), "the page", "所在页面"),
        ],
        fixes: vec![
            Fix {
                title: Phrase::new("Record the domain", "记录该域名"),
                applicability: Applicability::Safe,
                edits: vec![
                    Edit::Create { file: path("server-domains.json"), text: "{}\n".to_owned() },
                    Edit::Replace { place: quoted.clone(), text: "host".to_owned() },
                ],
            },
            Fix {
                title: Phrase::new("Remove the request", "删除该请求"),
                applicability: Applicability::Unsafe,
                edits: vec![Edit::Replace { place: quoted.clone(), text: String::new() }],
            },
        ],
        ..finding(
            quoted,
            "unregistered-domain",
            Severity::Error,
            Phrase::new("api.example.com is not registered", "api.example.com 未登记"),
        )
    };
    let login = place(&files, "pages/index.js", "wx.login({\n  success() {}\n})", 0);
    let information = finding(
        login,
        "regulated-interface",
        Severity::Information,
        Phrase::new("wx.login handles an account", "wx.login 涉及账号"),
    );
    let mut known = information.clone();
    known.place = place(&files, "app.json", "pages", 0);
    let mut outcome = of(files, vec![error, information]);
    outcome.has_baseline = true;
    outcome.parts[0].baselined = vec![known];
    outcome
}

//! What an editor asks between keystrokes, on the program of 2,000 files. The files were analysed
//! before, as they are in an editor; the goal is 20 ms for each.

use std::fmt;
use std::time::Duration;

use miniguard::check::{Cancel, Report};
use miniguard::path::FilePath;
use miniguard::project::Files;
use miniguard::workspace::Workspace;
use miniguard::{check, ide};

use crate::median;
use crate::written::{LONG_SCRIPT, written};

/// A request: its name, and the file and text that it is about, with a mark where the cursor
/// stands.
pub(crate) struct Request {
    name: &'static str,
    file: &'static str,
    needle: &'static str,
    answer: fn(&Files, &Report, &FilePath, usize) -> usize,
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

const TEMPLATE: &str = "pages/page-7/index.wxml";

const ALL: &[Request] = &[
    Request {
        name: "definition of a handler",
        file: TEMPLATE,
        needle: "bindtap=\"|",
        answer: |files, _, path, offset| {
            ide::definition(files, path, offset).map_or(0, |found| found.targets.len())
        },
    },
    Request {
        name: "definition of a page",
        file: "app.json",
        needle: "\"pages/page-90/|",
        answer: |files, _, path, offset| {
            ide::definition(files, path, offset).map_or(0, |found| found.targets.len())
        },
    },
    Request {
        name: "references of a method",
        file: LONG_SCRIPT,
        needle: "|(event) {",
        answer: |files, _, path, offset| {
            ide::references(files, path, offset, true).map_or(0, |found| found.len())
        },
    },
    Request {
        name: "renaming of a method",
        file: LONG_SCRIPT,
        needle: "|(event) {",
        answer: |files, _, path, offset| {
            ide::rename(files, path, offset, "renamed")
                .map_or(0, |edits| edits.map_or(0, |edits| edits.len()))
        },
    },
    Request {
        name: "completion of a handler",
        file: TEMPLATE,
        needle: "bindtap=\"|",
        answer: |files, _, path, offset| {
            ide::completion(files, path, offset).map_or(0, |found| found.suggestions.len())
        },
    },
    Request {
        name: "completion of a tag",
        file: TEMPLATE,
        needle: "<|view",
        answer: |files, _, path, offset| {
            ide::completion(files, path, offset).map_or(0, |found| found.suggestions.len())
        },
    },
    Request {
        name: "hover over an interface",
        file: LONG_SCRIPT,
        needle: "wx.|",
        answer: |files, _, path, offset| {
            ide::hover(files, path, offset).map_or(0, |card| card.markdown.en.len())
        },
    },
    Request {
        name: "links",
        file: "app.json",
        needle: "|{",
        answer: |files, _, path, _| ide::paths(files, path).len(),
    },
    Request {
        name: "outline",
        file: TEMPLATE,
        needle: "|<",
        answer: |files, _, path, _| ide::outline(files, path).map_or(0, |entries| entries.len()),
    },
    Request {
        name: "tokens",
        file: TEMPLATE,
        needle: "|<",
        answer: |files, _, path, _| ide::tokens(files, path).map_or(0, |tokens| tokens.len()),
    },
    Request {
        name: "folds",
        file: TEMPLATE,
        needle: "|<",
        answer: |files, _, path, _| ide::folds(files, path).map_or(0, |folds| folds.len()),
    },
    Request {
        name: "selection",
        file: TEMPLATE,
        needle: "bindtap=\"|",
        answer: |files, _, path, offset| {
            ide::selections(files, path, offset).map_or(0, |spans| spans.len())
        },
    },
    Request {
        name: "lens of a page",
        file: LONG_SCRIPT,
        needle: "|(event) {",
        answer: |files, report, path, _| ide::lenses(files, report, path).len(),
    },
    Request {
        name: "lens of the app",
        file: "app.json",
        needle: "|{",
        answer: |files, report, path, _| ide::lenses(files, report, path).len(),
    },
    Request {
        name: "hosts beside calls",
        file: LONG_SCRIPT,
        needle: "|(event) {",
        answer: |files, report, path, _| ide::hints(files, report, path).len(),
    },
];

/// All requests.
pub(crate) fn all() -> impl Iterator<Item = &'static Request> {
    ALL.iter()
}

/// A request to an analysed program.
pub(crate) struct Question {
    workspace: Workspace,
    report: Report,
    path: FilePath,
    offset: usize,
    answer: fn(&Files, &Report, &FilePath, usize) -> usize,
}

impl Question {
    pub(crate) fn of(request: &Request) -> Self {
        let workspace = Workspace::open(written());
        let report = check::analyse(workspace.files(), &Cancel::never()).expect("never cancelled");
        let path = FilePath::new(request.file).expect("a path inside the program");
        let source = &workspace.files().get(&path).expect("a file of the program").source;
        let (before, after) = request.needle.split_once('|').expect("a cursor");
        let found = source.find(&format!("{before}{after}")).expect("what is asked about");
        let offset = found + before.len();
        Self { workspace, report, path, offset, answer: request.answer }
    }

    pub(crate) fn answer(&self) -> usize {
        (self.answer)(self.workspace.files(), &self.report, &self.path, self.offset)
    }
}

/// The request that takes longest, by the median, and its name.
pub(crate) fn slowest() -> (Duration, &'static str) {
    let times = ALL.iter().map(|request| {
        let question = Question::of(request);
        (median(31, || question.answer()), request.name)
    });
    times.max_by_key(|(time, _)| *time).unwrap_or_default()
}

//! An analysis made for testing the server: it complains about words. What it says depends on all
//! files at once, as the real one does, and it can be held, counted and made to panic.
//!
//! | word in a script | what is found |
//! | --- | --- |
//! | `bad` | a warning with one safe fix: `good` |
//! | `risky` | an error with one unsafe fix: `calm` |
//! | `double` | a hint, unnecessary, with two safe fixes |
//! | `wants_x` | an information unless app.json holds `x`, with app.json as related place and an unsafe fix there |
//! | `boom` | the analysis panics |
//! | `bang` | the hover panics |
//! | `spin` | the hover never ends by itself |

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use miniguard::check::{Cancel, Cancelled, Memo, Notice, Report};
use miniguard::finding::{
    Applicability, Edit, Finding, Fix, Label, Language, Phrase, Place, Severity, Tag,
};
use miniguard::ide::Card;
use miniguard::lsp::Analyzer;
use miniguard::path::FilePath;
use miniguard::project::{File, Files};
use miniguard::text::Span;
use miniguard::workspace::Workspace;

/// The analysis.
#[derive(Default)]
pub(super) struct Words {
    /// Held while folders must not finish loading.
    pub(super) loading: Gate,
    /// Held while analyses must not finish.
    pub(super) analysing: Gate,
    /// Number of analyses begun.
    pub(super) begun: AtomicUsize,
    /// Number of analyses that were told to stop.
    pub(super) cancelled: AtomicUsize,
}

/// Stops whoever passes while it is closed.
#[derive(Default)]
pub(super) struct Gate {
    closed: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    pub(super) fn close(&self) {
        *self.closed.lock().unwrap() = true;
    }

    pub(super) fn open(&self) {
        *self.closed.lock().unwrap() = false;
        self.opened.notify_all();
    }

    fn pass(&self) {
        let closed = self.closed.lock().unwrap();
        drop(self.opened.wait_while(closed, |closed| *closed).unwrap());
    }
}

impl Words {
    pub(super) fn new() -> Arc<Self> {
        Arc::default()
    }
}

impl Analyzer for Words {
    fn load(&self, root: &Path) -> Workspace {
        self.loading.pass();
        Workspace::open(root)
    }

    fn analyse(
        &self,
        files: &Files,
        _: Option<&Memo>,
        cancel: &Cancel,
    ) -> Result<(Report, Memo), Cancelled> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        self.analysing.pass();
        if cancel.check().is_err() {
            self.cancelled.fetch_add(1, Ordering::SeqCst);
            return Err(Cancelled);
        }
        let app = FilePath::new("app.json").unwrap();
        let settings = files.get(&FilePath::new("miniguard.json").unwrap());
        let mut report = Report {
            language: settings.map(|file| {
                if file.source.contains("zh") { Language::Chinese } else { Language::English }
            }),
            ..Report::default()
        };
        for file in files.iter().filter(|file| file.path.extension() != "json") {
            assert!(!file.source.contains("boom"), "boom in {}", file.path);
            report
                .findings
                .extend(words(file).filter_map(|span| complain(files, file, span, &app)));
        }
        if !files.contains(&app) {
            let message = Phrase::new("there is no app.json here", "这里没有 app.json");
            report.notices.push(Notice { folder: FilePath::root(), message });
        }
        Ok((report, Memo::default()))
    }

    fn hover(&self, files: &Files, path: &FilePath, offset: usize) -> Option<Card> {
        let file = files.get(path)?;
        assert!(!file.source.contains("bang"), "bang in {path}");
        while file.source.contains("spin") {
            miniguard::cancel::checkpoint();
            std::thread::yield_now();
        }
        let span = words(file).find(|span| span.contains(Span::at(offset)))?;
        Some(Card { span, markdown: Phrase::new(&*file.source, format!("中 {}", file.source)) })
    }

    fn ignore(&self, _: &Files, finding: &Finding, _: Language) -> Option<Fix> {
        let place = Place::start_of(&finding.place.file);
        Some(fix(
            "Ignore this",
            place,
            &format!("// ignore {}\n", finding.rule),
            Applicability::Unsafe,
        ))
    }
}

/// The words of a file: ASCII letters and `_`.
fn words(file: &File) -> impl Iterator<Item = Span> {
    let source = &file.source;
    let is_word = |character: char| character.is_ascii_alphabetic() || character == '_';
    let mut spans = Vec::new();
    let mut start = None;
    for (at, character) in source.char_indices().chain([(source.len(), ' ')]) {
        match (start, is_word(character)) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                spans.push(Span::new(begin, at));
                start = None;
            }
            _ => {}
        }
    }
    spans.into_iter()
}

fn complain(all: &Files, file: &File, span: Span, app: &FilePath) -> Option<Finding> {
    let word = span.of(&file.source);
    let place = Place::new(&file.path, span);
    let replace = |with: &str, how| fix(&format!("Write {with}"), place.clone(), with, how);
    let (rule, severity, fixes, labels, tag) = match word {
        "bad" => {
            let fixes = vec![replace("good", Applicability::Safe)];
            ("bad-word", Severity::Warning, fixes, vec![], Some(Tag::Deprecated))
        }
        "risky" => (
            "risky-word",
            Severity::Error,
            vec![replace("calm", Applicability::Unsafe)],
            vec![],
            None,
        ),
        "double" => {
            let fixes =
                vec![replace("one", Applicability::Safe), replace("two", Applicability::Safe)];
            ("double-word", Severity::Hint, fixes, vec![], Some(Tag::Unnecessary))
        }
        _ => {
            let wanted = word.strip_prefix("wants_")?;
            let declared = all.get(app).map(|file| file.source.clone());
            if declared.as_ref().is_some_and(|source| source.contains(wanted)) {
                return None;
            }
            let (fix, label) = if let Some(source) = declared {
                let end = Place::new(app, Span::at(source.len()));
                (fix("Declare it", end.clone(), wanted, Applicability::Unsafe), end)
            } else {
                let title = Phrase::new("Make app.json", "创建 app.json");
                let edits = vec![Edit::Create { file: app.clone(), text: wanted.to_owned() }];
                let applicability = Applicability::Unsafe;
                (Fix { title, applicability, edits }, Place::start_of(app))
            };
            let message = Phrase::new("would stand here", "应写在这里");
            let labels = vec![Label { place: label, message }];
            ("wanted-word", Severity::Information, vec![fix], labels, None)
        }
    };
    Some(Finding {
        rule,
        severity,
        place,
        message: Phrase::new(format!("{word} here"), format!("这里有 {word}")),
        why: Phrase::new("It matters.", "这很重要。"),
        help: Phrase::new("Do something.", "请处理。"),
        subject: word.to_owned(),
        labels,
        fixes,
        tag,
    })
}

fn fix(title: &str, place: Place, text: &str, applicability: Applicability) -> Fix {
    let edits = vec![Edit::Replace { place, text: text.to_owned() }];
    Fix { title: Phrase::new(title, format!("中 {title}")), applicability, edits }
}

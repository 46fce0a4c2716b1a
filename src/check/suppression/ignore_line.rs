//! "Ignore this line": the edit that hides one finding. A comment goes only where no compiler and
//! no reader of the page notices it; elsewhere, and for manifests, `miniguard.json` gets an entry.

use crate::facts::manifest::edit::{self, Value};
use crate::facts::{self, Part};
use crate::finding::{Applicability, Edit, Finding, Fix, Language, Phrase, Place};
use crate::path::FilePath;
use crate::project::{File, Files};
use crate::settings::FILE_NAME;
use crate::syntax::{Kind, Tree};
use crate::text::{Span, Text};

use super::directive::Form;
use super::report::in_text_element;

/// The fix that hides `finding`, with a reason left to be written in `language`; `None` where
/// neither its file nor the settings can be edited. Never safe. Parses a script once: O(n).
///
/// In a script the comment stands above the line, in a template above the element whose start tag
/// the finding is in (a comment inside a tag stops the compilers). A finding about a whole file is
/// hidden by a comment at its top. Inside a template string, an expression, `<text>` or `<wxs>` a
/// comment would be content: an entry of the settings file nearest above, or of a new one at the
/// workspace root, does it instead.
pub fn ignore_line_fix(finding: &Finding, files: &Files, language: Language) -> Option<Fix> {
    let file = files.get(&finding.place.file)?;
    if file.path.file_name() == FILE_NAME {
        return None;
    }
    in_file(finding, file, language).or_else(|| in_settings(finding, files, language))
}

fn in_file(finding: &Finding, file: &File, language: Language) -> Option<Fix> {
    if file.read_error.is_some() {
        return None;
    }
    let whole_file = finding.place.span == Span::at(0);
    let text = Text::new(&file.source);
    let start = finding.place.span.start();
    // What is said of a whole file of several parts is said before the first of them.
    let part = match file.kind {
        Kind::SingleFile(_) if whole_file => Part::Template,
        _ => file.facts().part_at(start)?,
    };
    let (anchor, (open, close)) = match part {
        Part::Manifest => return None,
        Part::Script => (start, ("//", "")),
        Part::Template => (start_tag_around(file, start).unwrap_or(start), ("<!--", " -->")),
    };
    let line_start = text.line_start(text.line_of(anchor));
    // A byte order mark stays first.
    let at = if line_start == 0 && file.source.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        line_start
    };
    let hidden = match part {
        Part::Template => is_between_tags(file, at),
        _ => is_between_tokens(file, at),
    };
    if !hidden {
        return None;
    }
    let (form, title) = if whole_file {
        (
            Form::File,
            Phrase::new(
                format!("Ignore `{}` in this file", finding.rule),
                format!("在此文件中忽略 `{}`", finding.rule),
            ),
        )
    } else {
        (
            Form::NextLine,
            Phrase::new(
                format!("Ignore `{}` on this line", finding.rule),
                format!("忽略此行的 `{}`", finding.rule),
            ),
        )
    };
    let rest = Span::new(at, file.source.len()).of(&file.source);
    let indent = rest.split(|c| c != ' ' && c != '\t').next().unwrap_or("");
    let text = format!(
        "{indent}{open} {} {} -- {}{close}{}",
        form.word(),
        finding.rule,
        placeholder(language),
        line_end(&file.source, at)
    );
    let edits = vec![Edit::Replace { place: Place::new(&file.path, Span::at(at)), text }];
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

/// Where the start tag begins that byte `offset` stands in.
fn start_tag_around(file: &File, offset: usize) -> Option<usize> {
    let elements = &file.facts().as_template()?.elements;
    elements
        .iter()
        .map(|element| element.start_tag)
        .find(|tag| tag.start() <= offset && offset < tag.end())
        .map(Span::start)
}

/// Whether a line may be added to the template before byte `at` without a trace in the page.
fn is_between_tags(file: &File, at: usize) -> bool {
    let Some(facts) = file.facts().as_template() else { return false };
    let inside = |span: Span| span.start() < at && at < span.end();
    let mut tag_end = 0;
    for element in &facts.elements {
        if inside(element.start_tag) || (&*element.tag == "wxs" && inside(element.span)) {
            return false;
        }
        if element.start_tag.end() <= at {
            tag_end = tag_end.max(element.start_tag.end());
        }
    }
    // Since the last start tag there is text, with closing tags, comments and expressions: none of
    // them may be open.
    let since = Span::new(tag_end, at).of(&file.source);
    let open = |open: &str, close: &str| since.rfind(open) > since.rfind(close);
    !in_text_element(file, Span::at(at))
        && !open("<!--", "-->")
        && !open("</", ">")
        && !open("{{", "}}")
}

/// Whether a line may be added to the script before byte `at`: not inside a string or a comment.
fn is_between_tokens(file: &File, at: usize) -> bool {
    let Some((dialect, text)) = facts::script_text(file.kind, &file.source) else { return true };
    let tree = Tree::parse(Kind::Script(dialect), &text);
    let mut node = tree.root().and_then(|root| root.descendant_for_byte_range(at, at));
    while let Some(inner) = node {
        let inside = inner.start_byte() < at && at < inner.end_byte();
        match inner.kind() {
            "template_substitution" => return true,
            "template_string" | "string" | "comment" | "regex" if inside => return false,
            _ => node = inner.parent(),
        }
    }
    true
}

/// An entry of `ignore` in the settings file that governs the finding's file.
fn in_settings(finding: &Finding, files: &Files, language: Language) -> Option<Fix> {
    let settings = settings_file(files, &finding.place.file);
    let folder = settings.parent();
    let relative = finding.place.file.relative_to(&folder)?;
    let file_pattern = globset::escape(relative);
    let mut members = vec![("rule", finding.rule), ("file", &file_pattern)];
    if !finding.subject.is_empty() {
        members.push(("subject", &finding.subject));
    }
    members.push(("reason", placeholder(language)));
    let entry = Value::Object(
        members.into_iter().map(|(key, text)| (key.to_owned(), text.into())).collect(),
    );
    let edits = match files.get(&settings) {
        Some(file) if file.read_error.is_some() => return None,
        Some(file) => {
            let facts = file.facts().as_manifest()?;
            let edits = edit::append(facts, &file.source, &["ignore"], entry)?;
            let replace = |(span, text)| Edit::Replace { place: Place::new(&settings, span), text };
            edits.into_iter().map(replace).collect()
        }
        None => {
            let ignore = ("ignore".to_owned(), Value::Array(vec![entry]));
            vec![Edit::Create {
                file: settings,
                text: edit::document(&Value::Object(vec![ignore])),
            }]
        }
    };
    let title = Phrase::new(
        format!("Ignore `{}` for this file in {FILE_NAME}", finding.rule),
        format!("在 {FILE_NAME} 中为此文件忽略 `{}`", finding.rule),
    );
    Some(Fix { title, applicability: Applicability::Unsafe, edits })
}

/// The settings file in the nearest folder above `file`; where there is none, the one to make at
/// the root.
fn settings_file(files: &Files, file: &FilePath) -> FilePath {
    let mut folder = file.parent();
    loop {
        let candidate = folder.join(FILE_NAME).unwrap_or_else(FilePath::root);
        if files.contains(&candidate) || folder == FilePath::root() {
            return candidate;
        }
        folder = folder.parent();
    }
}

/// The reason to be replaced; while it stands, the suppression counts as one without reason.
fn placeholder(language: Language) -> &'static str {
    match language {
        Language::English => "reason",
        Language::Chinese => "原因",
    }
}

/// How the line at byte `at` ends; when it is the last, how the file's first one does.
fn line_end(source: &str, at: usize) -> &'static str {
    let first = |text: &str| {
        let end = text.split_once(['\n', '\r'])?.0.len();
        Some(match text.as_bytes().get(end..) {
            Some([b'\r', b'\n', ..]) => "\r\n",
            Some([b'\r', ..]) => "\r",
            _ => "\n",
        })
    };
    source.get(at..).and_then(first).or_else(|| first(source)).unwrap_or("\n")
}

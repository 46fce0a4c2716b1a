//! Which bytes a suppression covers. A finding is covered when its first byte is.

use super::directive::Form;
use crate::project::File;
use crate::syntax::Kind;
use crate::text::{Span, Text};

/// The bytes that a suppression covers; the ends do not belong to them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Scope(Vec<Span>);

impl Scope {
    /// Whether a finding that begins at byte `start` is covered.
    pub(super) fn covers(&self, start: usize) -> bool {
        self.0.iter().any(|span| span.start() <= start && start < span.end())
    }

    /// Whether nothing is.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A file by its lines.
pub(super) struct Lines<'f> {
    file: &'f File,
    text: Text,
}

impl<'f> Lines<'f> {
    /// O(n).
    pub(super) fn new(file: &'f File) -> Self {
        Self { file, text: Text::new(&file.source) }
    }

    /// What a suppression of `form` covers whose comment stands at `comment`; nothing where there
    /// is no such line, or where a file's suppression stands below its first code.
    pub(super) fn scope(&self, form: Form, comment: Span) -> Scope {
        match form {
            Form::File => {
                let first = self.code_from(0);
                let whole = Span::new(0, self.text.len() + 1);
                Scope(if comment.start() < first { vec![whole] } else { Vec::new() })
            }
            Form::Line => Scope(vec![self.line(self.text.line_of(comment.start()))]),
            Form::NextLine => {
                let below = self.text.line_of(comment.end()) + 1;
                let next = self.code_from(self.text.line_start(below));
                if next >= self.text.len() {
                    return Scope::default();
                }
                let line = self.line(self.text.line_of(next));
                let tags =
                    self.file.facts().as_template().into_iter().flat_map(|facts| &facts.elements);
                let begun = tags
                    .map(|element| element.start_tag)
                    .filter(|tag| line.start() <= tag.start() && tag.start() < line.end());
                Scope(std::iter::once(line).chain(begun).collect())
            }
        }
    }

    /// Line `line` with its line end; the end of the text belongs to the last one.
    fn line(&self, line: usize) -> Span {
        let last = line + 1 >= self.text.line_count();
        let end = if last { self.text.len() + 1 } else { self.text.line_start(line + 1) };
        Span::new(self.text.line_start(line), end)
    }

    /// The first byte from `offset` on that is neither white space nor a comment; the length of the
    /// text when there is none.
    fn code_from(&self, offset: usize) -> usize {
        let marks: &[(&str, &str)] = match self.file.kind {
            Kind::Template => &[("<!--", "-->")],
            Kind::Script(_) | Kind::Manifest => &[("//", "\n"), ("/*", "*/")],
            Kind::Environment => &[("#", "\n")],
            Kind::SingleFile(_) => &[("<!--", "-->"), ("//", "\n"), ("/*", "*/")],
        };
        let source = &*self.file.source;
        let mut rest = source.get(offset..).unwrap_or("");
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let inside =
                marks.iter().find_map(|(open, close)| Some((rest.strip_prefix(open)?, *close)));
            let Some((inside, close)) = inside else { break };
            // A lone carriage return ends a line comment, too; an open comment runs to the end.
            let end = match close {
                "\n" => inside.find(['\n', '\r']),
                _ => inside.find(close).map(|at| at + close.len()),
            };
            rest = end.and_then(|end| inside.get(end..)).unwrap_or("");
        }
        source.len() - rest.len()
    }
}

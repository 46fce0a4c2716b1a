//! How a manifest is laid out. It is read from the file itself, by majority where the file
//! disagrees with itself; a file that says nothing has two spaces and `\n`.

use super::lines;
use crate::facts::manifest::{Json, JsonKind};

/// The layout of a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// What one level of nesting is indented by: `"  "`, `"\t"` …
    pub indent: Box<str>,
    /// What ends a line: `"\n"` or `"\r\n"`.
    pub newline: &'static str,
    /// Whether the whole value stands on one line (and is not empty).
    pub one_line: bool,
    /// Whether `:` and `,` have no space behind them.
    pub compact: bool,
    /// Whether arrays of plain values stand on one line.
    pub inline_arrays: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            indent: "  ".into(),
            newline: "\n",
            one_line: false,
            compact: false,
            inline_arrays: false,
        }
    }
}

impl Style {
    /// The style of `source`, whose value is `root`. O(n).
    pub(crate) fn of(root: Option<&Json>, source: &str) -> Self {
        let mut style = Self::default();
        if let Some(end) = source.find(['\n', '\r'])
            && source.get(end..).is_some_and(|rest| rest.starts_with("\r\n"))
        {
            style.newline = "\r\n";
        }
        let Some(root) = root else { return style };
        let empty = root.elements().is_empty() && root.members().is_empty();
        style.one_line = !empty && !lines::breaks(source, root.span.start(), root.span.end());
        let mut survey = Survey::default();
        survey.visit(root, source);
        if let Some(unit) = survey.unit {
            style.indent = unit.into();
        }
        style.compact = survey.colons < 0;
        style.inline_arrays = survey.arrays > 0;
        style
    }

    /// What stands between a key and its value.
    pub(super) fn colon(&self) -> &'static str {
        if self.compact { ":" } else { ": " }
    }

    /// What stands between items on one line.
    pub(super) fn comma(&self) -> &'static str {
        if self.compact { "," } else { ", " }
    }
}

/// What the containers of a file say about its layout.
#[derive(Default)]
struct Survey<'s> {
    /// The first indentation found.
    unit: Option<&'s str>,
    /// Colons with white space behind them, less those without.
    colons: i32,
    /// Arrays of plain values on one line, less the others.
    arrays: i32,
}

impl<'s> Survey<'s> {
    fn visit(&mut self, value: &Json, source: &'s str) {
        let start = value.span.start();
        match &value.kind {
            JsonKind::Array(elements) => {
                if let Some(first) = elements.first() {
                    self.indentation(source, start, first.span.start());
                    if elements.iter().all(|element| !element.is_array() && !element.is_object()) {
                        self.arrays +=
                            if lines::breaks(source, start, value.span.end()) { -1 } else { 1 };
                    }
                }
                for element in elements {
                    self.visit(element, source);
                }
            }
            JsonKind::Object(members) => {
                if let Some(first) = members.first() {
                    self.indentation(source, start, first.key_span.start());
                }
                for member in members {
                    let before = member.value.span.start().saturating_sub(1);
                    let spaced = source.as_bytes().get(before).is_some_and(u8::is_ascii_whitespace);
                    self.colons += if spaced { 1 } else { -1 };
                    self.visit(&member.value, source);
                }
            }
            _ => {}
        }
    }

    /// Notes by what the first item of a container is indented against the container's line.
    fn indentation(&mut self, source: &'s str, container: usize, item: usize) {
        if self.unit.is_none() && lines::begins_line(source, item) {
            let outer = lines::indentation(source, container);
            self.unit = lines::indentation(source, item)
                .strip_prefix(outer)
                .filter(|unit| !unit.is_empty());
        }
    }
}

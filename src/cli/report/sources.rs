//! Texts and positions for the writers. This is where bytes become lines and columns, 1-based, in
//! UTF-16 units, for every form alike.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Part;
use crate::finding::{Finding, Place};
use crate::path::FilePath;
use crate::text::{Text, Units};

/// The texts of one part; each is read into lines once.
pub(crate) struct Sources<'a> {
    part: &'a Part,
    texts: RefCell<BTreeMap<FilePath, Text>>,
}

/// A range as reports name it: 1-based, columns in UTF-16 units, the end behind the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Region {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

impl<'a> Sources<'a> {
    /// The texts of `part`.
    pub(crate) fn new(part: &'a Part) -> Self {
        Self { part, texts: RefCell::default() }
    }

    /// The text of `file`; empty for a file that is not there.
    pub(crate) fn text(&self, file: &FilePath) -> Text {
        let mut texts = self.texts.borrow_mut();
        let text = texts.entry(file.clone()).or_insert_with(|| {
            self.part.files.get(file).map(|file| Text::new(&file.source)).unwrap_or_default()
        });
        // A rope: the copy shares its content.
        text.clone()
    }

    /// The lines and columns of `place`.
    pub(crate) fn region(&self, place: &Place) -> Region {
        let text = self.text(&place.file);
        let start = text.position(place.span.start(), Units::Utf16);
        let end = text.position(place.span.end(), Units::Utf16);
        Region {
            line: start.line + 1,
            column: start.column + 1,
            end_line: end.line + 1,
            end_column: end.column + 1,
        }
    }

    /// What tells the finding from others, across edits that move it.
    pub(crate) fn fingerprint(&self, finding: &Finding) -> String {
        let file = self.part.names.identity(&finding.place.file);
        crate::check::baseline::fingerprint(finding, &file, &self.part.files)
    }
}

//! A fix's edits in the protocol's form. Versioned edits where the client takes them, so that a fix
//! for a text that has since changed is refused by the editor instead of landing in the wrong
//! place.

use std::collections::HashMap;

use tower_lsp::lsp_types as lsp;

use super::capabilities::Features;
use super::snapshot::Places;
use crate::finding::Edit;
use crate::path::FilePath;

/// The edits as one change of the workspace; `None` when this client cannot make one of them.
pub(super) fn of_edits<'a>(
    edits: impl IntoIterator<Item = &'a Edit>,
    places: &Places<'_>,
    features: &Features,
) -> Option<lsp::WorkspaceEdit> {
    // In the order in which files first appear; within a file in the order given, which matters for
    // insertions.
    let mut files: Vec<FileEdit> = Vec::new();
    for edit in edits {
        let (creates, text_edit) = match edit {
            Edit::Replace { place, text } => {
                (false, lsp::TextEdit::new(places.range(place), text.clone()))
            }
            Edit::Create { text, .. } => {
                (true, lsp::TextEdit::new(lsp::Range::default(), text.clone()))
            }
        };
        if creates && !features.create_files {
            return None;
        }
        let path = edit.file();
        match files.iter_mut().find(|file| &file.path == path) {
            Some(file) => file.edits.push(text_edit),
            None => files.push(FileEdit {
                uri: places.snapshot.uri(path)?,
                version: places.snapshot.version(path),
                path: path.clone(),
                creates,
                edits: vec![text_edit],
            }),
        }
    }
    let creates = files.iter().any(|file| file.creates);
    Some(if features.document_changes || creates {
        let operations = files.into_iter().flat_map(FileEdit::operations).collect();
        lsp::WorkspaceEdit {
            document_changes: Some(lsp::DocumentChanges::Operations(operations)),
            ..Default::default()
        }
    } else {
        let changes: HashMap<_, _> = files.into_iter().map(|file| (file.uri, file.edits)).collect();
        lsp::WorkspaceEdit::new(changes)
    })
}

/// What happens to one file.
struct FileEdit {
    path: FilePath,
    uri: lsp::Url,
    version: Option<i32>,
    creates: bool,
    edits: Vec<lsp::TextEdit>,
}

impl FileEdit {
    fn operations(self) -> Vec<lsp::DocumentChangeOperation> {
        let mut operations = Vec::new();
        if self.creates {
            let create = lsp::CreateFile {
                uri: self.uri.clone(),
                options: Some(lsp::CreateFileOptions {
                    overwrite: Some(false),
                    ignore_if_exists: Some(false),
                }),
                annotation_id: None,
            };
            operations.push(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)));
        }
        operations.push(lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier {
                uri: self.uri,
                version: self.version,
            },
            edits: self.edits.into_iter().map(lsp::OneOf::Left).collect(),
        }));
        operations
    }
}

//! Waiting for the gate: a call put into its `success`. The one thing to know: only a statement of its own is moved, because
//! nothing gives its value from within a callback.

use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::flow::uses::{Use, UseForm};
use crate::rules::Context;

/// Puts the call into the gate's `success`, where nobody takes its value.
pub(super) fn fix(context: &Context<'_>, used: &Use, gate: &str) -> Option<Fix> {
    let UseForm::Called(call) = used.form else { return None };
    let file = &used.place.file;
    let source = &context.editable(file)?.source;
    let span = context.files.script(file)?.span(call);
    let (before, after) = (source.get(..span.start())?, source.get(span.end()..)?);
    // A statement of its own: nothing on either side that could take the value.
    let starts = before.trim_end().ends_with(['{', '}', ';']) || before.trim_end().is_empty();
    let ends = match after.trim_start_matches([' ', '\t']).chars().next() {
        None | Some(';' | '}') => true,
        Some('\n' | '\r') => !after.trim_start().starts_with(['.', '(', '[', '?', ',']),
        _ => false,
    };
    if !starts || !ends {
        return None;
    }
    let insert =
        |at: usize, text: String| Edit::Replace { place: Place::new(file, (at..at).into()), text };
    Some(Fix {
        title: Phrase::new(format!("Wait for {gate} first"), format!("先等待 {gate} 通过")),
        applicability: Applicability::Unsafe,
        edits: vec![
            insert(span.start(), format!("{gate}({{ success: () => {{ ")),
            insert(span.end(), " }, fail: (error) => console.warn(error) })".to_owned()),
        ],
    })
}

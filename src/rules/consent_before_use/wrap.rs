//! Waiting for the gate: a call put into its `success`. Only a statement of its own is moved,
//! because nothing gives its value from within a callback.

use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::rules::Context;
use crate::semantic::api_use::{ApiUse, UseKind};

/// Puts the call into the gate's `success`, where its value is unused.
pub(super) fn fix(context: &Context<'_>, used: &ApiUse, gate: &str) -> Option<Fix> {
    let UseKind::Called(call) = used.form else { return None };
    let file = &used.place.file;
    let source = &context.editable(file)?.source;
    let span = context.files.script(file)?.span(call);
    let (before, after) = (source.get(..span.start())?, source.get(span.end()..)?);
    // A statement of its own: nothing on either side that could take the value.
    let starts = begins_a_statement(before);
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

/// Words behind which a line goes on.
const GO_ON: [&str; 14] = [
    "await",
    "case",
    "default",
    "delete",
    "extends",
    "in",
    "instanceof",
    "new",
    "of",
    "return",
    "throw",
    "typeof",
    "void",
    "yield",
];

/// Whether what follows `before` is a statement of its own: behind a brace or semicolon, or on a
/// line of its own behind an end.
fn begins_a_statement(before: &str) -> bool {
    let mut code = before.trim_end();
    // A line that is a comment says nothing.
    while let Some(start) = code.rfind('\n').map(|at| at + 1)
        && code.get(start..).is_some_and(|line| line.trim_start().starts_with("//"))
    {
        code = code.get(..start).unwrap_or_default().trim_end();
    }
    if code.is_empty() || code.ends_with(['{', '}', ';']) {
        return true;
    }
    let broken = before.get(code.len()..).is_some_and(|reason| reason.contains('\n'));
    let line = code.rsplit('\n').next().unwrap_or_default();
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let rest = code.trim_end_matches(part_of_word);
    let word = code.get(rest.len()..).unwrap_or_default();
    let ended = if word.is_empty() {
        code.ends_with([')', ']', '\'', '"', '`'])
    } else {
        rest.ends_with('.') || !GO_ON.contains(&word)
    };
    broken && ended && !line.contains("//") && !line.contains("*/")
}

#[cfg(test)]
mod tests {
    use super::begins_a_statement;

    #[test]
    fn a_statement_begins_where_the_one_before_has_ended() {
        for (before, expected) in [
            ("", true),
            ("f();", true),
            ("f() {\n  ", true),
            ("if (x) {}\n", true),
            ("f()\n  ", true),
            ("f()\n  // says why\n  ", true),
            ("const a = b\n", true),
            ("'use strict'\n", true),
            ("this.return\n", true),
            ("else\n  ", true),
            ("f() ", false),
            ("return ", false),
            ("await\n", false),
            ("throw\n", false),
            ("const a =\n", false),
            ("() =>\n", false),
            ("f(\n", false),
            ("a,\n", false),
            ("a &&\n", false),
            ("a ?\n", false),
            ("x = // why\n", false),
            ("x = 1 // why\n", false),
            ("a +\n// why\n", false),
        ] {
            assert_eq!(begins_a_statement(before), expected, "{before:?}");
        }
    }
}

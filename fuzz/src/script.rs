//! Script text → facts.

use miniguard::facts::{Facts, imports};
use miniguard::syntax::{Dialect, Kind};

use super::{assert_fits, text};

/// Reads the facts of a script, and its imports without a parse: both say the same where the text
/// is sound.
pub fn script(input: &[u8]) {
    let source = text(input);
    for dialect in [Dialect::JavaScript, Dialect::TypeScript, Dialect::Wxs] {
        let facts = Facts::read(Kind::Script(dialect), &source);
        let facts = facts.as_script().expect("a script's facts");
        facts.imports.iter().for_each(|import| assert_fits(import.span, &source));
        facts.problems.iter().for_each(|problem| assert_fits(problem.span, &source));
        if let Some(told) = imports(dialect, &source)
            && facts.problems.is_empty()
        {
            let mut parsed = facts.imports.clone();
            parsed.sort_by_key(|import| import.span.start());
            assert_eq!(told, parsed, "{dialect:?} {source:?}");
        }
    }
}

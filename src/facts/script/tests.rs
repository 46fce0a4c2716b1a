//! Examples of scripts and what is read from them. Facts are compared as text, written by `dump`.

mod branches;
mod contexts;
mod declarations;
mod dump;
mod expressions;
mod limits;
mod modules;

use super::{ScriptFacts, read};
use crate::syntax::{Dialect, Kind, Tree};

fn facts(dialect: Dialect, source: &str) -> ScriptFacts {
    read(&Tree::parse(Kind::Script(dialect), source), source)
}

/// Checks that `write` says of each source what stands under it, in both grammars.
fn check(write: fn(&ScriptFacts) -> Vec<String>, examples: &[(&str, &[&str])]) {
    for dialect in [Dialect::JavaScript, Dialect::TypeScript] {
        check_in(dialect, write, examples);
    }
}

/// Checks that `write` says of each source what stands under it.
fn check_in(
    dialect: Dialect,
    write: fn(&ScriptFacts) -> Vec<String>,
    examples: &[(&str, &[&str])],
) {
    for (source, expected) in examples {
        let facts = facts(dialect, source);
        assert_eq!(write(&facts), *expected, "{dialect:?}: {source}");
        assert_eq!(facts.problems, [], "{dialect:?}: {source}");
    }
}

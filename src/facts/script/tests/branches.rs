//! Code that runs only sometimes.

use super::super::{ScriptFacts, When};
use super::facts;
use crate::syntax::Dialect;

/// The branches of a source: the code, and what decides it.
fn branches(source: &str) -> Vec<String> {
    let facts: ScriptFacts = facts(Dialect::JavaScript, source);
    let test = |test, holds: bool| {
        let (test, same) = facts.tested(test);
        format!("{}{}", if same == holds { "" } else { "!" }, facts.span(test).of(source))
    };
    facts
        .branches
        .iter()
        .map(|branch| {
            let when = match branch.when {
                When::True(expr) => test(expr, true),
                When::False(expr) => test(expr, false),
                When::Equal(subject, value) => {
                    format!("{}={}", facts.span(subject).of(source), facts.span(value).of(source))
                }
                When::Otherwise(subject) => format!("other {}", facts.span(subject).of(source)),
                When::Thrown => "thrown".to_owned(),
                When::Tried => "tried".to_owned(),
                When::Sometimes => "sometimes".to_owned(),
            };
            format!("{when}: {}", branch.span.of(source).trim())
        })
        .collect()
}

#[test]
fn a_branch_knows_what_decides_it() {
    for (source, expected) in [
        ("if (a) b(); else c()", &["a: b();", "!a: else c()"][..]),
        ("if (!a) { b() }", &["!a: { b() }"]),
        ("if (a.b === false) c()", &["!a.b: c()"]),
        ("if (a !== true) c()", &["!a: c()"]),
        ("a ? b() : c()", &["a: b()", "!a: c()"]),
        ("a && b()", &["a: b()"]),
        ("!a || b()", &["a: b()"]),
        ("a ?? b()", &[]),
        ("while (a) b()", &["a: b()"]),
        ("do { b() } while (a)", &[]),
        ("for (const x of y) b()", &["sometimes: b()"]),
        ("switch (x) { case 1: b() }", &["x=1: case 1: b()"]),
        (
            "switch (x) { case 1: a(); break; case 2: b(); default: c() }",
            &["x=1: case 1: a(); break;", "x=2: case 2: b();", "sometimes: default: c()"],
        ),
        (
            "switch (x) { case 1: { return } default: c() }",
            &["x=1: case 1: { return }", "other x: default: c()"],
        ),
        ("try { a() } catch (e) { b() }", &["tried: { a() }", "thrown: { b() }"]),
        ("try { a() } finally { b() }", &[]),
        ("function f() { if (a) return; b() }", &["a: return;", "!a: b() }"]),
        ("() => { if (!a) { c(); throw e } b() }", &["!a: { c(); throw e }", "a: b() }"]),
        (
            "function f() { if (a) { b() } else return; c() }",
            &["a: { b() }", "!a: else return;", "a: c() }"],
        ),
        (
            "function f() { if (a) { if (b) return } c() }",
            &["a: { if (b) return }", "b: return", "!b: }"],
        ),
    ] {
        assert_eq!(branches(source), expected, "{source}");
    }
}

#[test]
fn the_function_around_a_place_is_the_innermost() {
    let source = "a; function f() { b; () => c; d } e";
    let facts = facts(Dialect::JavaScript, source);
    let around = |needle: &str| facts.function_at(source.find(needle).unwrap()).map(|id| id.0);
    assert_eq!(
        ["a;", "b;", "c;", "d ", "} e"].map(around),
        [None, Some(0), Some(1), Some(0), Some(0)]
    );
    assert_eq!(facts.function_at(source.len() - 1), None);
}

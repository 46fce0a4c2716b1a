//! An environment file (`.env`) as a module that exports its names: `API=https://a.example` is `export const API = '…'`.
//! A value that is made of other names is unknown.

use super::ScriptFacts;
use super::script::{Export, ExportName, Expr, ExprId};
use crate::text::Span;

/// Reads an environment file. O(n).
pub(super) fn read(source: &str) -> ScriptFacts {
    let mut facts = ScriptFacts::default();
    let mut start = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let at = start;
        start += line.len();
        let Some((name, value)) = entry(line) else { continue };
        let span = Span::new(at + value.start(), at + value.end());
        let written = span.of(source);
        let text = unquoted(written);
        let literal = written.starts_with('\'') || !text.contains('$');
        let expr = if literal { Expr::String(text.into()) } else { Expr::Unknown };
        let id = ExprId(u32::try_from(facts.exprs.len()).unwrap_or(u32::MAX));
        facts.exprs.push(expr);
        facts.spans.push(span);
        let name = ExportName::Named(name.into());
        // Of a name that is given twice, the last value counts.
        facts.exports.retain(|export| export.name != name);
        facts.exports.push(Export { name, value: Some(id), from: None });
    }
    facts
}

/// The name that a line gives a value, and the place of the value in the line, with its quotes.
fn entry(line: &str) -> Option<(&str, Span)> {
    let (left, right) = line.split_once('=')?;
    let left = left.trim();
    let name = left.strip_prefix("export ").unwrap_or(left).trim();
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
    if !is_name {
        return None;
    }
    let begin = line.len() - right.trim_start().len();
    let value = right.trim();
    let quote = value.chars().next().filter(|c| "'\"`".contains(*c));
    let closed = quote.and_then(|quote| Some(value.get(1..)?.find(quote)? + 2));
    let length = closed.unwrap_or_else(|| {
        // A comment begins behind white space.
        let comment = value.find(" #").or_else(|| value.find("\t#"));
        value.get(..comment.unwrap_or(value.len())).unwrap_or("").trim_end().len()
    });
    Some((name, Span::new(begin, begin + length)))
}

/// A value without its quotes.
fn unquoted(value: &str) -> &str {
    ["'", "\"", "`"]
        .iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::facts::script::{ExportName, Expr};

    #[test]
    fn each_line_gives_a_name_a_value() {
        let shown = |source: &str| {
            let facts = read(source);
            let entries = facts.exports.iter().map(|export| {
                let ExportName::Named(name) = &export.name else { return String::new() };
                match facts.expr(export.value.unwrap()) {
                    Expr::String(text) => {
                        assert!(facts.span(export.value.unwrap()).of(source).contains(&**text));
                        format!("{name}={text}")
                    }
                    _ => format!("{name}?"),
                }
            });
            entries.collect::<Vec<_>>().join(" ")
        };
        for (source, expected) in [
            ("A=https://a.example.com", "A=https://a.example.com"),
            ("# A=1\r\nexport B = 'x # y' # z\n", "B=x # y"),
            ("A=1 # one\nB=\"2\"\nC=`3`", "A=1 B=2 C=3"),
            ("A=${B}/x\nC='${B}'", "A? C=${B}"),
            ("A=1\nA=2", "A=2"),
            ("A=", "A="),
            ("A=\"open\nB=2", "A=\"open B=2"),
            ("no value\n=x\na b=c\n中=d", ""),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }
}

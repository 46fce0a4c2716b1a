//! The modules that a script asks for, read from its text without a parse. Where a text is not
//! plain (a `require` of its own, a slash that may divide or open an expression, a string that
//! never ends) there is no answer, and the caller must parse; where there is one, it is that of the
//! facts.

mod tokens;

use memchr::memmem::Finder;

use super::script::Import;
use crate::syntax::Dialect;
use crate::text::Span;
use tokens::{Token, Tokens, What};

/// The imports of `source`, in document order; `None` where only a parse can tell. O(n), some fifty
/// times as fast as a parse.
pub fn imports(dialect: Dialect, source: &str) -> Option<Vec<Import>> {
    let mentions = |word: &str| Finder::new(word).find(source.as_bytes()).is_some();
    if !["require", "import", "export"].into_iter().any(mentions) {
        return Some(Vec::new());
    }
    let mut scan = Scan {
        dialect,
        source,
        tokens: Tokens::new(source.as_bytes(), dialect),
        found: Vec::new(),
        put_back: None,
    };
    scan.run()?;
    Some(scan.found)
}

struct Scan<'s> {
    dialect: Dialect,
    source: &'s str,
    tokens: Tokens<'s>,
    found: Vec<Import>,
    put_back: Option<Token>,
}

impl<'s> Scan<'s> {
    fn run(&mut self) -> Option<()> {
        let mut after_dot = false;
        while let Some(token) = self.next()? {
            if token.what == What::Word && !after_dot {
                match self.text(token) {
                    "require" => self.require()?,
                    "import" => self.import()?,
                    "export" => self.export()?,
                    _ => {}
                }
            }
            after_dot = token.what == What::Sign(b'.') && !self.spreads(token);
        }
        Some(())
    }

    /// The next token; the outer `None` where the text is not plain, the inner one at its end.
    #[allow(
        clippy::option_option,
        reason = "the two mean different things, and `?` takes the outer one"
    )]
    fn next(&mut self) -> Option<Option<Token>> {
        match self.put_back.take() {
            Some(token) => Some(Some(token)),
            None => self.tokens.next(),
        }
    }

    fn text(&self, token: Token) -> &'s str {
        Span::new(token.start, token.end).of(self.source)
    }

    /// Whether a dot is the last of `...`, after which a name is no member.
    fn spreads(&self, dot: Token) -> bool {
        let before = dot.start.checked_sub(2).and_then(|start| self.source.get(start..dot.start));
        before == Some("..")
    }

    fn add(&mut self, specifier: Token, type_only: bool) -> Option<()> {
        let span = Span::new(specifier.start, specifier.end);
        let text = span.of(self.source);
        let inner = text.get(1..text.len().checked_sub(1)?)?;
        // What an escape stands for is for the facts to say.
        if inner.contains('\\') {
            return None;
        }
        self.found.push(Import { specifier: inner.into(), span, type_only });
        Some(())
    }

    /// What stands in the parentheses that were just opened: a specifier and nothing else but
    /// options.
    fn argument(&mut self) -> Option<()> {
        let specifier = self.next()?.filter(|token| token.what == What::String)?;
        let after = self.next()??;
        if !matches!(after.what, What::Sign(b')' | b',')) {
            return None;
        }
        self.put_back = Some(after);
        self.add(specifier, false)
    }

    /// Behind `require`: `('…')`, `.async('…')`. Anything else may declare it, or hand it on.
    fn require(&mut self) -> Option<()> {
        match self.next()??.what {
            What::Sign(b'(') => self.argument(),
            What::Sign(b'.') => {
                let member = self.next()??;
                if self.text(member) != "async" {
                    return Some(());
                }
                self.next()?.filter(|token| token.what == What::Sign(b'('))?;
                self.argument()
            }
            _ => None,
        }
    }

    /// Behind `import`, as a statement or as a call.
    fn import(&mut self) -> Option<()> {
        let first = self.next()??;
        match first.what {
            What::String => return self.add(first, false),
            What::Sign(b'(') => return self.argument(),
            What::Sign(b'.') => return Some(()),
            _ => {}
        }
        let second = self.next()??;
        let type_only = self.is_type(first, second)?;
        let mut last = first;
        let mut token = second;
        loop {
            let plain = matches!(token.what, What::Word | What::Sign(b'{' | b'}' | b',' | b'*'));
            if token.what == What::String && self.text(last) == "from" {
                return self.add(token, type_only);
            }
            if !plain && token.what != What::String {
                return None;
            }
            last = token;
            token = self.next()??;
        }
    }

    /// Whether `first`, behind `import` or `export`, makes it one of types.
    fn is_type(&self, first: Token, second: Token) -> Option<bool> {
        if self.text(first) == "typeof" {
            return None;
        }
        if self.text(first) != "type" {
            return Some(false);
        }
        // It may be a name, too, and JavaScript has no types.
        let named = matches!(second.what, What::Sign(b',')) || self.text(second) == "from";
        (!named && self.dialect == Dialect::TypeScript).then_some(true)
    }

    /// Behind `export`: `* from '…'`, `{ … } from '…'`. A declaration asks for nothing by itself.
    fn export(&mut self) -> Option<()> {
        let mut first = self.next()??;
        let mut type_only = false;
        if self.text(first) == "type" {
            let second = self.next()??;
            if !matches!(second.what, What::Sign(b'{' | b'*')) {
                self.put_back = Some(second);
                return Some(());
            }
            type_only = self.is_type(first, second)?;
            first = second;
        }
        match first.what {
            What::Sign(b'*') => loop {
                let token = self.next()??;
                match token.what {
                    What::Word if self.text(token) == "from" => {
                        let specifier = self.next()?.filter(|token| token.what == What::String)?;
                        return self.add(specifier, type_only);
                    }
                    What::Word | What::String => {}
                    _ => return None,
                }
            },
            What::Sign(b'{') => {
                loop {
                    match self.next()??.what {
                        What::Sign(b'}') => break,
                        What::Word | What::String | What::Sign(b',') => {}
                        _ => return None,
                    }
                }
                let Some(after) = self.next()? else { return Some(()) };
                if self.text(after) != "from" {
                    self.put_back = Some(after);
                    return Some(());
                }
                let specifier = self.next()?.filter(|token| token.what == What::String)?;
                self.add(specifier, type_only)
            }
            _ => {
                self.put_back = Some(first);
                Some(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::script;
    use crate::syntax::{Kind, Tree};

    fn parsed(dialect: Dialect, source: &str) -> Vec<Import> {
        let facts = script::read(&Tree::parse(Kind::Script(dialect), source), source);
        let mut imports = facts.imports;
        imports.sort_by_key(|import| import.span.start());
        imports
    }

    /// What is found is what the facts say.
    fn same(dialect: Dialect, source: &str, count: usize) {
        let found = imports(dialect, source);
        assert_eq!(found.as_deref(), Some(&*parsed(dialect, source)), "{source}");
        assert_eq!(found.unwrap_or_default().len(), count, "{source}");
    }

    #[test]
    fn every_form_is_found_as_the_facts_say() {
        for (source, count) in [
            ("", 0),
            ("const a = require('./a'), b = require(\"../b\").c;", 2),
            ("require.async('./late').then(go); require.resolve('x')", 1),
            ("import './side'; import a from './a'; import * as b from './b'", 3),
            ("import a, { b as c, default as d } from './a'; import('./later')", 2),
            ("import { 'a b' as c } from './a'; import.meta.url", 1),
            ("export * from './a'; export * as b from './b'; export { c, d as e } from './c'", 3),
            ("const c = 1; export { c }; export default class {}; export const d = 2", 0),
            ("export default require('./a')", 1),
            ("x.require('./a'); x?.require('./b'); [...require('./c')]", 1),
            ("// require('./a')\n/* import './b' */ 'require(\"./c\")'; `import './d'`", 0),
            ("const t = `${require('./a')} ${`${require('./b')}`}` + require('./c')", 3),
            ("if (a) /'/.test(b); c = require('./c')", 1),
            ("x = (a + b) / 2 + '/'; c = require('./c')", 1),
            ("x = a[0] / 2 / \"'\".length; r = /[/'\"]/g; c = require('./c')", 1),
            ("return_ = () => /`/; c = require('./c')", 1),
            ("x = 1.5e3 / 2; y = .5 / 3; c = require('./c')", 1),
            ("#!/usr/bin/env node'\nrequire('./a')", 1),
            ("const 名 = require('./名')", 1),
        ] {
            same(Dialect::JavaScript, source, count);
            same(Dialect::TypeScript, source, count);
        }
        for (source, count) in [
            ("import type { A } from './a'; import { type B, c } from './b'", 2),
            ("export type { A } from './a'; export type B = 'x'; import './c'", 2),
            ("const a = <T,>(x: T) => x as unknown; import b from './b'", 1),
        ] {
            same(Dialect::TypeScript, source, count);
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for source in [
            "(function (require, module) { require('./a') })",
            "function require(x) {} require('./a')",
            "var require = x; require('./a')",
            "typeof require; require('./a')",
            "require(name)",
            "export default { import: 1 }",
            "require('./a' + b)",
            "require(`./a`)",
            "require('./\\u0061')",
            "{ }\n/require('.a')/.test(x)",
            "require('./a'); 'open",
            "require('./a'); /* open",
            "require('./a'); `open ${",
            "i++ / require('./a') / 2",
            "import type { A } from './a'",
        ] {
            assert_eq!(imports(Dialect::JavaScript, source), None, "{source}");
        }
        for source in ["import a = require('./a')", "x = a! / 2; import './b'"] {
            assert_eq!(imports(Dialect::TypeScript, source), None, "{source}");
        }
    }
}

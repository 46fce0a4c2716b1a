//! Conditions on texts that are known in part: `url.startsWith('http')`, `/^http/.test(url)`,
//! `url.indexOf('://') === -1`. One that the known part does not decide for every text that the
//! subject may be leaves both ways open.

use super::const_eval::MOST_DEEP;
use super::{Resolver, ValueRef};
use crate::facts::script::{Argument, Expr};
use crate::semantic::string_value::{JsRegex, TextTest, string_values};

/// Steps that the texts of one condition may take.
const FUEL: u32 = 400;

impl<'a> Resolver<'a> {
    /// The result of a call that tests a text.
    pub(super) fn text_condition(&mut self, at: ValueRef) -> Option<bool> {
        let (object, name, argument) = self.method_call(at)?;
        match name {
            "startsWith" => {
                let test = TextTest::Starts(self.one_text(argument)?);
                self.holds(object, &test)
            }
            "endsWith" => {
                let test = TextTest::Ends(self.one_text(argument)?);
                self.holds(object, &test)
            }
            "includes" => {
                let test = TextTest::Includes(self.one_text(argument)?);
                self.holds(object, &test)
            }
            "test" => {
                let test = TextTest::Matches(self.js_regex(object)?);
                self.holds(argument, &test)
            }
            "match" => {
                let test = TextTest::Matches(self.js_regex(argument)?);
                self.holds(object, &test)
            }
            _ => None,
        }
    }

    /// Whether `text.indexOf(part)` is the number at `index`.
    pub(super) fn index_condition(&mut self, at: ValueRef, index: ValueRef) -> Option<bool> {
        let (object, "indexOf", argument) = self.method_call(at)? else { return None };
        let index = self.written(index)?.replace(' ', "");
        let part = self.one_text(argument)?;
        match index.as_str() {
            "0" => self.holds(object, &TextTest::Starts(part)),
            "-1" => self.holds(object, &TextTest::Includes(part)).map(|holds| !holds),
            _ => None,
        }
    }

    /// The regular expression that `at` is.
    pub fn js_regex(&mut self, at: ValueRef) -> Option<JsRegex> {
        let [one] = *self.resolve(at).as_slice() else { return None };
        if !matches!(self.expr(one), Expr::Unknown) {
            return None;
        }
        JsRegex::parse(self.written(one)?)
    }

    /// The source text of `at`.
    pub fn written(&self, at: ValueRef) -> Option<&str> {
        Some(self.facts(at)?.span(at.expr).of(self.modules.source(at.module)?))
    }

    /// The receiver, the name and the one argument of a call of a method.
    fn method_call(&self, at: ValueRef) -> Option<(ValueRef, &'a str, ValueRef)> {
        let Expr::Call { callee, arguments, new: false } = self.expr(at) else { return None };
        let [Argument { value, spread: false }] = **arguments else { return None };
        let Expr::Member { object, name } = self.expr(at.at(*callee)) else { return None };
        Some((at.at(*object), name, at.at(value)))
    }

    fn one_text(&mut self, at: ValueRef) -> Option<String> {
        let [one] = *self.resolve(at).as_slice() else { return None };
        match self.expr(one) {
            Expr::String(text) if !text.is_empty() => Some(text.to_string()),
            _ => None,
        }
    }

    /// Whether `test` holds for every text that `text` may be.
    fn holds(&mut self, text: ValueRef, test: &TextTest) -> Option<bool> {
        if self.condition_depth >= MOST_DEEP {
            return None;
        }
        let params_read = std::mem::take(&mut self.params_read);
        let all = self.fuel;
        self.fuel = all.min(FUEL);
        let given = self.fuel;
        self.condition_depth += 1;
        let patterns = string_values(self, text);
        self.condition_depth -= 1;
        let ran_out = self.fuel == 0;
        self.fuel = all - (given - self.fuel);
        self.params_read = params_read;
        let mut results = patterns.iter().filter(|one| !one.is_no_text()).map(|one| one.test(test));
        let first = results.next()??;
        (!ran_out && results.all(|one| one == Some(first))).then_some(first)
    }
}

//! The names under which a request sends something along: the keys of its data, the parameters of
//! its query. It follows from the facts of one file, and a constant that is sent is not a person's
//! personal information.

use crate::facts::ScriptFacts;
use crate::facts::script::{Argument, BindingId, Entry, Expr, ExprId, Key};
use crate::text::Span;

/// Something that a call sends along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadField {
    /// The name, as the server reads it.
    pub name: String,
    /// The key, or the text that holds the parameter.
    pub span: Span,
}

/// How deep objects may nest.
const DEPTH: u32 = 4;
/// How many names one call may send.
const MOST: usize = 200;
/// Options of a call that hold what it sends.
const BODIES: [&str; 5] = ["body", "data", "formData", "params", "query"];
/// Options that hold the address.
const ADDRESSES: [&str; 3] = ["path", "uri", "url"];

/// What `call` sends, in document order. `wrapper` tells a call of the program's own request
/// function, which may be given the data itself, from one of the platform, which is given options.
/// O(expressions of the call, and writes of the file).
pub fn sent(facts: &ScriptFacts, call: ExprId, wrapper: bool) -> Vec<PayloadField> {
    let Expr::Call { arguments, .. } = facts.expr(call) else { return Vec::new() };
    let mut reading = Reading { facts, found: Vec::new() };
    for argument in arguments.iter().filter(|argument| !argument.spread) {
        reading.argument(*argument, wrapper);
    }
    reading.found.sort_by(|a, b| (a.span.start(), &a.name).cmp(&(b.span.start(), &b.name)));
    reading.found.dedup();
    reading.found.truncate(MOST);
    reading.found
}

struct Reading<'f> {
    facts: &'f ScriptFacts,
    found: Vec<PayloadField>,
}

impl<'f> Reading<'f> {
    fn argument(&mut self, argument: Argument, wrapper: bool) {
        let objects = self.objects(argument.value, DEPTH);
        if objects.is_empty() {
            return self.address(argument.value, DEPTH);
        }
        for entries in objects {
            let is_named = |names: &[&str]| {
                entries
                    .iter()
                    .any(|entry| matches!(&entry.key, Key::Name(key) if names.contains(&&**key)))
            };
            if wrapper && !is_named(&ADDRESSES) && !is_named(&BODIES) {
                self.data(entries, DEPTH);
                continue;
            }
            for entry in entries {
                match &entry.key {
                    Key::Name(key) if BODIES.contains(&&**key) => self.value(entry.value, DEPTH),
                    Key::Name(key) if ADDRESSES.contains(&&**key) => {
                        self.address(entry.value, DEPTH);
                    }
                    _ => {}
                }
            }
        }
    }

    /// What is sent as data.
    fn value(&mut self, value: ExprId, depth: u32) {
        for entries in self.objects(value, depth) {
            self.data(entries, depth);
        }
        if let Expr::Name(binding) = self.facts.expr(value) {
            self.written(*binding, depth);
        }
    }

    /// `data.phone = …`
    fn written(&mut self, binding: BindingId, depth: u32) {
        let facts = self.facts;
        for write in &facts.writes {
            if let Expr::Member { object, name } = facts.expr(write.target)
                && matches!(facts.expr(*object), Expr::Name(own) if *own == binding)
            {
                self.name(name, facts.span(write.target), write.value, depth);
            }
        }
    }

    fn data(&mut self, entries: &'f [Entry], depth: u32) {
        for entry in entries {
            match &entry.key {
                Key::Name(key) => self.name(key, entry.key_span, entry.value, depth),
                Key::Spread if depth > 0 => self.value(entry.value, depth - 1),
                _ => {}
            }
        }
    }

    fn name(&mut self, name: &str, span: Span, value: ExprId, depth: u32) {
        if depth == 0 || self.found.len() >= MOST || self.is_constant(value) {
            return;
        }
        self.found.push(PayloadField { name: name.to_owned(), span });
        self.value(value, depth - 1);
    }

    /// The parameters of an address: `'/bind?phone=' + phone`.
    fn address(&mut self, value: ExprId, depth: u32) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match self.facts.expr(value) {
            Expr::Concat(pieces) => {
                for pair in pieces.windows(2) {
                    if let [text, value] = *pair
                        && let Expr::String(known) = self.facts.expr(text)
                        && let Some(name) = parameter_at_end(known)
                        && !self.is_constant(value)
                    {
                        let span = self.facts.span(text);
                        self.found.push(PayloadField { name: name.to_owned(), span });
                    }
                }
            }
            Expr::Name(binding) => {
                for &value in self.facts.binding(*binding).map_or(&[][..], |one| &one.values) {
                    self.address(value, depth);
                }
            }
            _ => {}
        }
    }

    /// The object literals that a value may be, as far as the file says.
    fn objects(&self, value: ExprId, depth: u32) -> Vec<&'f [Entry]> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let facts = self.facts;
        let of = |values: &[ExprId]| {
            values.iter().flat_map(|&value| self.objects(value, depth)).collect()
        };
        match facts.expr(value) {
            Expr::Object(entries) => vec![&**entries],
            Expr::Name(binding) => {
                facts.binding(*binding).map_or_else(Vec::new, |one| of(&one.values))
            }
            Expr::Logical { left, right, .. } => of(&[*left, *right]),
            Expr::Conditional { then, otherwise, .. } => of(&[*then, *otherwise]),
            Expr::Assign { value } => of(&[*value]),
            // `JSON.stringify({…})`, `Object.assign({…}, more)`
            Expr::Call { callee, arguments, new: false }
                if matches!(facts.expr(*callee), Expr::Member { name, .. }
                    if matches!(&**name, "stringify" | "assign")) =>
            {
                arguments.iter().flat_map(|argument| self.objects(argument.value, depth)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn is_constant(&self, value: ExprId) -> bool {
        matches!(
            self.facts.expr(value),
            Expr::String(_)
                | Expr::Number(_)
                | Expr::Bool(_)
                | Expr::Null
                | Expr::Undefined
                | Expr::Function(_)
        )
    }
}

/// The parameter that a text ends with: `phone` of `…?id=1&phone=`.
fn parameter_at_end(text: &str) -> Option<&str> {
    let head = text.strip_suffix('=')?;
    let (_, name) = head.rsplit_once(['?', '&'])?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    (!name.is_empty() && name.bytes().all(plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::syntax::{Dialect, Kind};

    #[test]
    fn names_are_those_of_the_data_and_of_the_query() {
        for (script, wrapper, expected) in [
            ("wx.request({ url: '/bind', data: { phone: a, code } })", false, "phone code"),
            ("wx.request({ url: '/x', header: { token }, success: (phone) => phone })", false, ""),
            (
                "const data = { phone }\ndata.idCard = card\nwx.request({ url, data })",
                false,
                "phone idCard",
            ),
            (
                "wx.request({ url, data: { user: { realName: n, tags: [1] } } })",
                false,
                "user realName tags",
            ),
            ("wx.request({ url, data: JSON.stringify({ ...form, phone: p }) })", false, "phone"),
            (
                "wx.request({ url: base + '/bind?id=1&phone=' + phone + '&sex=' + 1 })",
                false,
                "phone",
            ),
            ("wx.uploadFile({ url, formData: { idCard: n } })", false, "idCard"),
            ("post('/bind', { phone: p, sex: 1 })", true, "phone"),
            ("post({ url: '/bind', method: 'POST', data: { phone: p } })", true, "phone"),
            ("post({ phone: p })", false, ""),
            ("wx.request(options)", false, ""),
        ] {
            let facts = Facts::read(Kind::Script(Dialect::JavaScript), script);
            let facts = facts.as_script().unwrap();
            let names: Vec<String> = sent(facts, *facts.calls.first().unwrap(), wrapper)
                .into_iter()
                .map(|one| one.name)
                .collect();
            assert_eq!(names.join(" "), expected, "{script}");
        }
    }
}

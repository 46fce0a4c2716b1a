//! Where a network use goes. The one thing to know: [`Reach::complete`] is a claim – no other host is possible – so every
//! doubt clears it.

use super::UseForm;
use crate::catalogue::Interface;
use crate::facts::script::{Argument, Entry, Expr, Key};
use crate::flow::endpoint::{Endpoint, Lead, lead};
use crate::flow::resolve::{Ref, Resolver};
use crate::flow::texts::{Pattern, texts};

/// Where a network use goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The endpoints, each once, sorted.
    pub endpoints: Vec<Endpoint>,
    /// Whether these are all there can be.
    pub complete: bool,
    /// Whether it is certain that nothing leaves the device.
    pub only_local: bool,
}

impl Reach {
    /// The reach of texts that a URL may be.
    pub fn of_patterns(patterns: &[Pattern]) -> Self {
        let mut reach = Self { complete: true, only_local: true, ..Self::default() };
        for pattern in patterns {
            match lead(pattern) {
                Lead::Host(endpoint) => {
                    reach.only_local = false;
                    reach.endpoints.push(endpoint);
                }
                Lead::Local => {}
                Lead::Unknown => {
                    reach.only_local = false;
                    reach.complete = false;
                }
            }
        }
        reach.only_local &= !patterns.is_empty();
        reach.complete &= !reach.endpoints.is_empty();
        reach.endpoints.sort();
        reach.endpoints.dedup();
        reach
    }

    /// `scheme://host[:port]` of every endpoint, each once, sorted.
    pub fn origins(&self) -> Vec<String> {
        let mut origins: Vec<String> = self.endpoints.iter().map(Endpoint::origin).collect();
        origins.sort();
        origins.dedup();
        origins
    }
}

/// Where the use of `interface` at `at` goes.
pub fn reach_of(
    resolver: &mut Resolver<'_>,
    at: Ref,
    interface: &Interface,
    form: UseForm,
) -> Reach {
    let (Some(argument_name), UseForm::Called(call)) = (interface.url_argument, form) else {
        return Reach::default();
    };
    let call = Ref { module: at.module, expr: call };
    let Expr::Call { callee, arguments, .. } = resolver.expr(call) else { return Reach::default() };
    let Some(argument) = url_object(resolver, Ref { module: at.module, expr: *callee }, arguments)
    else {
        return Reach::default();
    };
    let mut patterns = Vec::new();
    let mut whole = true;
    let objects = resolver.resolve(Ref { module: at.module, expr: argument.value });
    for object in objects {
        match resolver.expr(object) {
            Expr::Object(entries) => {
                whole &= urls_of(resolver, object, entries, argument_name, &mut patterns)
            }
            _ => whole = false,
        }
    }
    let mut reach = Reach::of_patterns(&patterns);
    reach.complete &= whole;
    // Only a literal object says for certain that there is no other URL.
    reach.only_local &= whole && patterns.iter().all(|pattern| pattern.fragments.len() == 1);
    reach
}

/// The argument that carries the URL: the first, or the second of `wx.request.call(wx, …)`.
fn url_object(resolver: &Resolver<'_>, callee: Ref, arguments: &[Argument]) -> Option<Argument> {
    let index = match resolver.expr(callee) {
        Expr::Member { name, .. } if &**name == "call" => 1,
        Expr::Member { name, .. } if &**name == "apply" => return None,
        _ => 0,
    };
    let argument = *arguments.get(index)?;
    arguments[..=index].iter().all(|argument| !argument.spread).then_some(argument)
}

/// Adds the texts of the URL entry; false when another entry (a spread, a computed key) may be the URL too.
fn urls_of(
    resolver: &mut Resolver<'_>,
    object: Ref,
    entries: &[Entry],
    argument_name: &str,
    patterns: &mut Vec<Pattern>,
) -> bool {
    let mut whole = true;
    for entry in entries.iter().rev() {
        let value = Ref { module: object.module, expr: entry.value };
        match &entry.key {
            Key::Name(key) if &**key == argument_name => {
                patterns.extend(texts(resolver, value));
                return whole;
            }
            Key::Name(_) | Key::Setter(_) => {}
            Key::Spread => {
                for source in resolver.resolve(value) {
                    match resolver.expr(source) {
                        Expr::Object(entries) => {
                            let before = patterns.len();
                            whole &= urls_of(resolver, source, entries, argument_name, patterns);
                            if patterns.len() > before {
                                return whole;
                            }
                        }
                        _ => whole = false,
                    }
                }
            }
            Key::Computed(_) | Key::Getter(_) => whole = false,
        }
    }
    whole
}

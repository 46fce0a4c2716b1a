//! Where a network use goes. The one thing to know: [`Reach::complete`] is a claim – no other host is possible – so every
//! doubt clears it.

use super::UseForm;
use crate::catalogue::{self, Interface};
use crate::facts::script::{Argument, Entry, Expr, Key};
use crate::flow::endpoint::{Endpoint, Lead, lead, lead_of_host};
use crate::flow::resolve::{Ref, Resolver};
use crate::flow::texts::{Fragment, Pattern, texts};

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
        Self::of_leads(patterns.iter().map(lead).collect())
    }

    fn of_leads(leads: Vec<Lead>) -> Self {
        let mut reach = Self { complete: true, only_local: !leads.is_empty(), ..Self::default() };
        for lead in leads {
            match lead {
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
    let sink = catalogue::domain_list(interface.list.unwrap_or_default());
    // A socket is named by host and port; everything else by a URL that says its scheme itself.
    let socket =
        sink.and_then(|list| list.schemes.first().copied()).filter(|scheme| !is_of_urls(scheme));
    let mut leads = Vec::new();
    let mut whole = true;
    for object in resolver.resolve(Ref { module: at.module, expr: argument.value }) {
        let Expr::Object(entries) = resolver.expr(object) else {
            whole = false;
            continue;
        };
        let mut patterns = Vec::new();
        whole &= texts_at(resolver, object, entries, argument_name, &mut patterns);
        match socket {
            Some(scheme) => {
                let mut ports = Vec::new();
                texts_at(resolver, object, entries, PORT, &mut ports);
                leads.extend(
                    patterns.iter().map(|host| lead_of_host(host, scheme, known_port(&ports))),
                );
            }
            None => leads.extend(patterns.iter().map(lead)),
        }
    }
    let mut reach = Reach::of_leads(leads);
    reach.complete &= whole;
    // A picture may lie in the package; a request to a path is a request, whoever puts the host before it.
    reach.only_local &= whole && argument_name == PICTURE;
    reach
}

/// The property that holds a socket's port.
const PORT: &str = "port";
/// The property that holds a picture, which may be a local one.
const PICTURE: &str = "src";

fn is_of_urls(scheme: &str) -> bool {
    matches!(scheme, "https" | "wss")
}

fn known_port(ports: &[Pattern]) -> Option<u16> {
    let [Pattern { fragments }] = ports else { return None };
    let [Fragment::Known { text, .. }] = fragments.as_slice() else { return None };
    text.parse().ok()
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

/// Adds the texts of the entry `argument_name`; false when another entry (a spread, a computed key) may be it too.
fn texts_at(
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
                            whole &= texts_at(resolver, source, entries, argument_name, patterns);
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

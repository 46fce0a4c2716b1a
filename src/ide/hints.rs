//! The hosts that a network call reaches, beside the argument that names them. Only what the text
//! does not show is said – `'https://api.example.com/x'` needs no hint, `base + path` does.

use crate::catalogue;
use crate::check::Report;
use crate::check::inventory::{Network, Resolution};
use crate::facts::script::{Expr, Key};
use crate::facts::{ScriptFacts, TemplateFacts};
use crate::finding::{Phrase, Place};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

/// A word that is shown in the text without being in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte before which it stands.
    pub offset: usize,
    /// The hosts.
    pub label: String,
    /// All origins, and whether there may be others.
    pub explanation: Phrase,
}

/// Hosts that are shown before "and more".
const SHOWN: usize = 2;

/// The hints in `path`, of what `report` lists in exactly these files, in document order.
pub fn hints(files: &Files, report: &Report, path: &FilePath) -> Vec<Hint> {
    let Some(file) = files.get(path) else { return Vec::new() };
    let uses = report.inventory.uses.iter();
    let uses = uses.filter_map(|one| Some((&one.place, one.api, one.network.as_ref()?)));
    // A wrapper's own first argument says where its call goes.
    let wrappers = report.inventory.wrappers.iter().map(|one| (&one.place, "", &one.network));
    let reaches = uses.chain(wrappers);
    let mut hints: Vec<Hint> = reaches
        .filter(|(place, _, network)| &place.file == path && !network.hosts.is_empty())
        .filter_map(|(place, api, network)| {
            let argument = match (files.script(path), files.template(path)) {
                (Some(facts), _) => in_script(facts, place, api)?,
                (_, Some(facts)) => in_template(facts, place, api)?,
                _ => return None,
            };
            let written = argument.of(&file.source);
            // What stands in the text needs no hint.
            let shown = network.hosts.iter().all(|origin| written.contains(host_of(origin)));
            (!shown).then(|| hint(argument.end(), network))
        })
        .collect();
    hints.sort_by_key(|hint| hint.offset);
    hints.dedup();
    hints
}

fn hint(offset: usize, network: &Network) -> Hint {
    let hosts: Vec<&str> = network.hosts.iter().map(|origin| host_of(origin)).collect();
    let mut label = hosts.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if hosts.len() > SHOWN || network.resolution != Resolution::Resolved {
        label.push_str(" …");
    }
    let all = network.hosts.join("\n");
    let (en, zh) = if network.resolution == Resolution::Resolved {
        ("Goes to:", "请求地址：")
    } else {
        ("Goes to these, and perhaps to others:", "请求地址（可能还有其他）：")
    };
    let explanation = Phrase::new(format!("{en}\n{all}"), format!("{zh}\n{all}"));
    Hint { offset, label: format!("→ {label}"), explanation }
}

/// An origin without its scheme.
fn host_of(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// What says where the call goes: the entry that holds the URL, else the first argument.
pub(crate) fn in_script(facts: &ScriptFacts, place: &Place, api: &str) -> Option<Span> {
    let call = facts.calls.iter().find_map(|&call| {
        let Expr::Call { callee, arguments, .. } = facts.expr(call) else { return None };
        (facts.span(*callee) == place.span).then_some(arguments)
    })?;
    let first = call.first()?.value;
    let name = catalogue::interface(api).and_then(|row| row.url_argument);
    if let (Expr::Object(entries), Some(name)) = (facts.expr(first), name) {
        let is_it = |key: &Key| matches!(key, Key::Name(key) if &**key == name);
        let entry = entries.iter().rev().find(|entry| is_it(&entry.key))?;
        return Some(facts.span(entry.value));
    }
    Some(facts.span(first))
}

/// The attribute that holds the URL.
pub(crate) fn in_template(facts: &TemplateFacts, place: &Place, api: &str) -> Option<Span> {
    let name = catalogue::interface(api).and_then(|row| row.url_argument);
    let element = facts.elements.iter().find(|element| element.start_tag.contains(place.span))?;
    let attribute = element.attributes.iter().rev().find(|attribute| {
        attribute.name_span == place.span || name.is_some_and(|name| *attribute.name == *name)
    })?;
    attribute.value.as_ref().map(|value| value.span)
}

//! The hosts of pictures, sound and film that templates name. Only what a template writes out is
//! told; what its data holds is not looked for.

use std::collections::BTreeMap;

use memchr::memmem::Finder;
use url::Url;

use super::{Caller, Host, State};
use crate::catalogue;
use crate::finding::Place;
use crate::rules::Context;

/// The hosts, by origin.
pub(super) fn hosts(context: &Context<'_>) -> Vec<Host> {
    let mut callers: BTreeMap<String, Vec<Caller>> = BTreeMap::new();
    let address = Finder::new("://");
    let templates = context
        .own
        .iter()
        .filter(|file| file.kind.has_template() && address.find(file.source.as_bytes()).is_some());
    for file in templates {
        let elements = file.facts().as_template().map(|facts| facts.elements.as_slice());
        for element in elements.unwrap_or_default() {
            for row in catalogue::media().iter().filter(|row| *row.tag == *element.tag) {
                let value = element.attribute(row.attribute).and_then(|it| it.value.as_ref());
                let Some(value) = value else { continue };
                for text in value.candidates().0 {
                    if let Some(origin) = origin(&text) {
                        callers.entry(origin).or_default().push(Caller {
                            place: Place::new(&file.path, value.span),
                            name: format!("<{} {}>", row.tag, row.attribute),
                        });
                    }
                }
            }
        }
    }
    callers
        .into_iter()
        .map(|(origin, callers)| Host {
            origin,
            state: State::Unknown,
            note: None,
            package: None,
            in_plugin: false,
            callers,
        })
        .collect()
}

/// `scheme://host[:port]` of an address that stands by itself.
fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let host = url.host_str()?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{host}{port}", url.scheme()))
}

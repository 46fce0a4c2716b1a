//! One entry of a list. An entry that names no host that could ever be registered is left out of
//! its list; one that is merely written wrongly stays, so that a slip in the file is reported once
//! and not at every call.

use url::Host;

use super::DomainList;
use crate::facts::manifest::{Json, JsonKind};
use crate::finding::Place;
use crate::path::FilePath;
use crate::text::Span;

/// A registered host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The scheme, in lower case, when the entry has one.
    pub scheme: Option<Box<str>>,
    /// The host, in lower case and punycode.
    pub host: Box<str>,
    /// The port, when the entry has one; `:443` is kept, since it is not the same as none.
    pub port: Option<u16>,
    /// The entry's place, quotes included; in a joined text, the host's own bytes where they can be
    /// told.
    pub place: Place,
}

/// What cannot be right in a list file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainProblemKind {
    /// The file's value is no object.
    NotAnObject,
    /// The file is about another appid than the project's.
    OtherAppid,
    /// The platform's answer is a failure (`errcode` is not 0): it holds no list.
    Failure,
    /// The list is neither an array nor a text.
    NotAList,
    /// The entry is no text.
    NotAText,
    /// The entry is no host.
    Malformed,
    /// An IP address cannot be registered.
    IpAddress,
    /// `localhost` cannot be registered.
    Localhost,
    /// `*`: there is no wildcard form.
    Wildcard,
    /// `api.weixin.qq.com` can never be registered.
    ForbiddenHost,
    /// `http` or `ws`: only the encrypted scheme can be registered.
    InsecureScheme,
    /// A scheme that belongs to another list.
    OtherScheme,
    /// An entry has no path, query or fragment.
    Path,
    /// A web-view domain has no port.
    Port,
}

/// The entries of a list, and what is wrong with them.
pub(super) fn read_list(
    file: &FilePath,
    list: DomainList,
    value: &Json,
) -> (Vec<Entry>, Vec<(Span, DomainProblemKind)>) {
    let items: Vec<(Option<&str>, Span)> = match &value.kind {
        JsonKind::Array(elements) => {
            elements.iter().map(|element| (element.as_str(), element.span)).collect()
        }
        JsonKind::String(text) => {
            hosts_of(text, value.span).map(|(host, span)| (Some(host), span)).collect()
        }
        _ => return (Vec::new(), vec![(value.span, DomainProblemKind::NotAList)]),
    };
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for (text, span) in items {
        let (parts, problem) =
            text.map_or((None, Some(DomainProblemKind::NotAText)), |text| parse(list, text));
        problems.extend(problem.map(|problem| (span, problem)));
        entries.extend(parts.map(|(scheme, host, port)| Entry {
            scheme,
            host,
            port,
            place: Place::new(file, span),
        }));
    }
    (entries, problems)
}

/// The hosts of a text that joins them by `;`, each with its own bytes; with escapes in the text,
/// with those of all of it.
fn hosts_of(text: &str, span: Span) -> impl Iterator<Item = (&str, Span)> {
    // Without escapes the text stands in the file as it is, one byte after the quote.
    let plain = span.len() == text.len() + 2;
    text.split(';')
        .scan(span.start() + 1, |at, part| {
            let start = *at + part.len() - part.trim_start().len();
            *at += part.len() + 1;
            Some((part.trim(), start))
        })
        .filter(|(host, _)| !host.is_empty())
        .map(move |(host, start)| {
            (host, if plain { Span::new(start, start + host.len()) } else { span })
        })
}

type Parts = (Option<Box<str>>, Box<str>, Option<u16>);

/// Takes an entry apart: what it registers, if anything, and what is wrong with it.
fn parse(list: DomainList, text: &str) -> (Option<Parts>, Option<DomainProblemKind>) {
    use DomainProblemKind as Problem;
    let text = text.trim();
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
        None => (None, text),
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('*') {
        return (None, Some(Problem::Wildcard));
    }
    let Some((host, port)) = host_and_port(authority) else {
        return (None, Some(Problem::Malformed));
    };
    let host = match Host::parse(host) {
        Ok(Host::Domain(host)) => host,
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return (None, Some(Problem::IpAddress)),
        Err(_) => return (None, Some(Problem::Malformed)),
    };
    match host.as_str() {
        "localhost" => return (None, Some(Problem::Localhost)),
        "api.weixin.qq.com" => return (None, Some(Problem::ForbiddenHost)),
        _ => {}
    }
    let problem = match scheme.as_deref() {
        Some("http" | "ws") => Some(Problem::InsecureScheme),
        Some(scheme) if scheme != list.scheme() => Some(Problem::OtherScheme),
        _ if !matches!(path, "" | "/") => Some(Problem::Path),
        _ if list == DomainList::WebView && port.is_some() => Some(Problem::Port),
        _ => None,
    };
    (Some((scheme.map(String::into_boxed_str), host.into_boxed_str(), port)), problem)
}

/// Splits `host[:port]`; `None` when it is neither.
fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match authority.rsplit_once(':') {
        // The colons of an IPv6 address are no port's.
        Some((host, port)) if !port.contains(']') => (host, Some(port.parse().ok()?)),
        _ => (authority, None),
    };
    (!host.is_empty() && !host.contains('@')).then_some((host, port))
}

//! Where a URL leads: scheme, host and port, as the platform compares them. An endpoint exists only
//! when scheme and authority are known whole. A known head that something unknown follows counts as
//! whole only after `/`, `?` or `#`, or when its last label is a top-level domain that people use.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::finding::Place;

use super::string_value::{Fragment, StringPattern, UnknownReason};

/// Where one text leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlTarget {
    /// To a host.
    Host(Endpoint),
    /// Nowhere on the network: a file of the package, a temporary file, inline data, cloud storage.
    Local,
    /// Only running tells, and why.
    Unknown(UnknownReason),
}

/// A host that a URL names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// The scheme, lower case.
    pub scheme: String,
    /// The host, lower case and in ASCII form; an IPv6 address in brackets.
    pub host: String,
    /// The port as written, also when it is the scheme's own (`:443` is not the same as none, see
    /// the domain lists).
    pub port: Option<u16>,
    /// The literal that the URL begins with.
    pub literal: Place,
    /// The whole text with `…` for what is unknown.
    pub text: String,
    /// Whether a released program can reach it: not where the program itself asks which version
    /// runs, and takes this host only in development or on trial.
    pub released: bool,
}

/// What kind of host it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// A name.
    Name,
    /// This device: never reachable in a release.
    Loopback,
    /// An address of a local network.
    Local,
    /// Any other address.
    Public,
}

/// Top-level domains after which a host is taken to be complete although an unknown path follows.
/// Sorted. Not all there are: a missing one costs a resolved host, a wrong one would invent it.
const TOP_LEVEL: [&str; 64] = [
    "ai", "app", "art", "asia", "au", "biz", "br", "ca", "cc", "ch", "cloud", "club", "cn", "co",
    "com", "de", "dev", "edu", "es", "eu", "fr", "fun", "gov", "group", "hk", "host", "icu", "id",
    "in", "info", "ink", "io", "it", "jp", "kr", "link", "live", "ltd", "me", "mo", "my", "net",
    "nl", "online", "org", "pro", "ru", "se", "sg", "shop", "site", "store", "team", "tech", "th",
    "top", "tv", "tw", "uk", "us", "vip", "vn", "wang", "xyz",
];

/// Schemes of files and data that are on the device already, or in the platform's own storage.
const LOCAL_SCHEMES: [&str; 6] = ["blob", "cloud", "data", "file", "wxblob", "wxfile"];
/// Hosts that the developer tools use for local files (`http://tmp/…`).
const LOCAL_HOSTS: [&str; 3] = ["store", "tmp", "usr"];

/// Where `pattern` leads.
pub fn classify(pattern: &StringPattern) -> UrlTarget {
    if is_two_urls(pattern) {
        return UrlTarget::Local;
    }
    let mut head = String::new();
    let mut literal = None;
    let mut reason = None;
    let mut seams = Vec::new();
    for fragment in &pattern.fragments {
        match fragment {
            Fragment::Known { text, from } => {
                literal = literal.or(Some(from));
                seams.push(head.len());
                head.push_str(text);
            }
            Fragment::Unknown(why) => {
                reason = Some(why.clone());
                break;
            }
        }
    }
    let unknown = || UrlTarget::Unknown(reason.clone().unwrap_or(UnknownReason::Other));
    let open_end = reason.is_some();
    if head.is_empty() && !open_end {
        return UrlTarget::Local;
    }
    let (Some(literal), false) = (literal, head.is_empty()) else { return unknown() };
    let indent = head.len() - head.trim_start().len();
    let head = head.trim_start();
    let Some((scheme, rest)) = head.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        // No scheme: a path of the package, unless the rest of the URL is still to come.
        return if open_end && !head.starts_with(['/', '.']) {
            unknown()
        } else {
            UrlTarget::Local
        };
    };
    let scheme = scheme.to_ascii_lowercase();
    if LOCAL_SCHEMES.contains(&scheme.as_str()) {
        return UrlTarget::Local;
    }
    let Some(rest) = rest.strip_prefix("//") else { return unknown() };
    let end = rest.find(['/', '?', '#', '\\']);
    let authority = &rest[..end.unwrap_or(rest.len())];
    if authority.is_empty() || (end.is_none() && open_end && !is_whole(authority)) {
        return unknown();
    }
    // `https://a.example.com` and then `goods`: a path without its slash, no host of that name.
    let start = indent + scheme.len() + "://".len();
    let is_seam = |seam: usize| {
        let before = seam.checked_sub(start).and_then(|at| authority.split_at_checked(at));
        before.is_some_and(|(host, rest)| {
            !host.contains(':')
                && is_whole(host)
                && rest.starts_with(|next: char| next.is_ascii_alphanumeric())
        })
    };
    if seams.into_iter().any(is_seam) {
        return unknown();
    }
    if LOCAL_HOSTS.contains(&authority) {
        return UrlTarget::Local;
    }
    match host_and_port(&scheme, authority) {
        Some((host, port)) => UrlTarget::Host(Endpoint {
            scheme,
            host,
            port,
            literal: literal.clone(),
            text: pattern.display(),
            released: true,
        }),
        None => unknown(),
    }
}

/// Where a socket that is named by `host`, without a scheme, leads; `scheme` is the sink's own.
pub fn classify_host(host: &StringPattern, scheme: &str, port: Option<u16>) -> UrlTarget {
    let [Fragment::Known { text, from }] = host.fragments.as_slice() else {
        let reason = host.fragments.iter().find_map(|fragment| match fragment {
            Fragment::Unknown(reason) => Some(reason.clone()),
            Fragment::Known { .. } => None,
        });
        return UrlTarget::Unknown(reason.unwrap_or(UnknownReason::Other));
    };
    match host_and_port(scheme, text.trim()) {
        Some((host, None)) => UrlTarget::Host(Endpoint {
            scheme: scheme.to_owned(),
            host,
            port,
            literal: from.clone(),
            text: text.clone(),
            released: true,
        }),
        _ => UrlTarget::Unknown(UnknownReason::Other),
    }
}

/// Whether a whole URL follows another one, and not in its query: a program that joins a base and a
/// path asks before whether the path is a URL already, so this text is never made.
fn is_two_urls(pattern: &StringPattern) -> bool {
    let mut begun = false;
    for fragment in &pattern.fragments {
        let Fragment::Known { text, .. } = fragment else { continue };
        let url = is_url(text) || text.ends_with("://");
        if begun && url {
            return true;
        }
        begun = (begun || url) && !text.contains(['?', '#', '=']);
    }
    false
}

/// Whether a text begins with a scheme and a host of its own.
fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| !rest.is_empty() && is_scheme(scheme))
}

/// RFC 3986: a letter, then letters, digits, `+`, `-`, `.`.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
        && !text.contains('.')
}

/// Whether nothing that follows can change an authority that ends here.
fn is_whole(authority: &str) -> bool {
    let (host, port) =
        authority.rsplit_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    if let Some(port) = port {
        return port.len() >= 2 && port.bytes().all(|byte| byte.is_ascii_digit());
    }
    let last = host.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    host.contains('.')
        && (TOP_LEVEL.binary_search(&last.as_str()).is_ok() || host.parse::<Ipv4Addr>().is_ok())
}

/// The host in its normal form, and the port as written.
fn host_and_port(scheme: &str, authority: &str) -> Option<(String, Option<u16>)> {
    // The URL standard's own reading of hosts (IDNA, forms of IPv4) is tied to schemes it knows as
    // special.
    let special = matches!(scheme, "http" | "https" | "ws" | "wss" | "ftp");
    let url =
        Url::parse(&format!("{}://{authority}/", if special { scheme } else { "https" })).ok()?;
    let host = url.host()?.to_string();
    let after_userinfo = authority.rsplit_once('@').map_or(authority, |(_, rest)| rest);
    let port = match after_userinfo.rsplit_once(':') {
        Some((_, digits)) if !digits.contains(']') && !digits.is_empty() => {
            Some(digits.parse().ok()?)
        }
        _ => None,
    };
    let plausible = match url.host()? {
        // A host of one label is a placeholder or a machine of a private network; `localhost` is
        // named by its rule.
        Host::Domain(name) => {
            let labels = name.strip_suffix('.').unwrap_or(name);
            labels.split('.').all(|label| !label.is_empty())
                && !name.contains(['{', '}', '$', '<', '>', '%', '*'])
        }
        _ => true,
    };
    plausible.then_some((host, port))
}

impl Endpoint {
    /// `scheme://host[:port]`
    pub fn origin(&self) -> String {
        match self.port {
            Some(port) => format!("{}://{}:{port}", self.scheme, self.host),
            None => format!("{}://{}", self.scheme, self.host),
        }
    }

    /// What kind of host it is.
    pub fn host_kind(&self) -> HostKind {
        if self.host == "localhost" || self.host.ends_with(".localhost") {
            return HostKind::Loopback;
        }
        if let Ok(address) = self.host.parse::<Ipv4Addr>() {
            return if address.is_loopback() || address.is_unspecified() {
                HostKind::Loopback
            } else if address.is_private() || address.is_link_local() {
                HostKind::Local
            } else {
                HostKind::Public
            };
        }
        if let Ok(address) = self.host.trim_matches(['[', ']']).parse::<Ipv6Addr>() {
            return if address.is_loopback() || address.is_unspecified() {
                HostKind::Loopback
            } else if address.is_unique_local() || address.is_unicast_link_local() {
                HostKind::Local
            } else {
                HostKind::Public
            };
        }
        HostKind::Name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::FilePath;

    /// `*` in `text` stands for something unknown, `|` for where one literal ends and another
    /// begins.
    fn lead_of(text: &str) -> String {
        let from = Place::start_of(&FilePath::root());
        let mut fragments = Vec::new();
        for (index, part) in text.split('*').enumerate() {
            if index > 0 {
                fragments.push(Fragment::Unknown(UnknownReason::Other));
            }
            for text in part.split('|').filter(|text| !text.is_empty()) {
                fragments.push(Fragment::Known { text: text.to_owned(), from: from.clone() });
            }
        }
        match classify(&StringPattern { fragments }) {
            UrlTarget::Host(endpoint) => {
                format!("{} {:?}", endpoint.origin(), endpoint.host_kind())
            }
            UrlTarget::Local => "Local".to_owned(),
            UrlTarget::Unknown(_) => "Unknown".to_owned(),
        }
    }

    #[test]
    fn a_host_is_known_only_when_it_is_whole() {
        for (text, expected) in [
            ("https://api.example.com/v1/*", "https://api.example.com Name"),
            ("https://api.example.com*", "https://api.example.com Name"),
            ("https://api.example*", "Unknown"),
            ("https://api*.example.com/", "Unknown"),
            ("https://*", "Unknown"),
            ("*https://a.example.com/", "Unknown"),
            ("https://example.com:8443*", "https://example.com:8443 Name"),
            ("https://example.com:*", "Unknown"),
            ("https://a.example.com/?to=|https://b.example.com", "https://a.example.com Name"),
            ("https://a.example.com|goods/list", "Unknown"),
            ("https://a.example.com|goods", "Unknown"),
            ("https://a.example.com|1", "Unknown"),
            ("https://a.example.com|:8080/x", "https://a.example.com:8080 Name"),
            ("https://a.example|.com/x", "https://a.example.com Name"),
            ("https://api.|example.com/x", "https://api.example.com Name"),
            ("https://a.example.com|https://b.example.com", "Local"),
            ("https://a.example.com/api/|https://b.example.com", "Local"),
            ("https://example.com:443/x", "https://example.com:443 Name"),
            ("HTTPS://API.Example.COM?x", "https://api.example.com Name"),
            ("https://例子.cn/", "https://xn--fsqu00a.cn Name"),
            ("http://127.0.0.1:8360/api", "http://127.0.0.1:8360 Loopback"),
            ("http://192.168.1.9*", "http://192.168.1.9 Local"),
            ("ws://8.8.8.8/", "ws://8.8.8.8 Public"),
            ("https://[::1]:80/x", "https://[::1]:80 Loopback"),
            ("http://localhost:3000", "http://localhost:3000 Loopback"),
            ("wxfile://usr/a.png", "Local"),
            ("data:image/png;base64,AA", "Local"),
            ("http://tmp/a.png", "Local"),
            ("/images/a.png", "Local"),
            ("images/*", "Unknown"),
            ("cloud://env.bucket/a", "Local"),
            ("https://${host}/a", "Unknown"),
            ("https://.files..example.com/a", "Unknown"),
            ("https://.example.com", "Unknown"),
            ("https://a..example.com:80/", "Unknown"),
            ("https://./a", "Unknown"),
            ("https://a.example.com../", "Unknown"),
            ("https://a.example.com./", "https://a.example.com. Name"),
            ("", "Local"),
            ("*", "Unknown"),
        ] {
            assert_eq!(lead_of(text), expected, "{text}");
        }
    }

    #[test]
    fn top_level_domains_are_sorted() {
        assert!(TOP_LEVEL.is_sorted());
    }
}

//! The lists of registered domains, and the hosts and ports that no list can open.
//!
//! Server domains match exactly; business domains open their sub-domains too. The two never stand
//! in for each other.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, table};

static LISTS: LazyLock<Vec<DomainList>> =
    LazyLock::new(|| table::parse(include_str!("lists.json")));
static HOSTS: LazyLock<Vec<ForbiddenHost>> =
    LazyLock::new(|| table::parse(include_str!("forbidden_hosts.json")));
static PORTS: LazyLock<Vec<PortRange>> =
    LazyLock::new(|| table::parse(include_str!("tcp_ports.json")));

/// How a port in the URL relates to the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Port {
    /// It must be written the same in both; an entry without a port opens only URLs without one,
    /// not `:443`.
    Exact,
    /// It plays no part.
    Any,
    /// A URL with a port is refused.
    None,
}

/// One list of registered domains.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainList {
    /// The JSON field of the platform's answers: `requestdomain`.
    pub field: &'static str,
    /// The schemes a release may use.
    #[serde(borrow)]
    pub schemes: Vec<&'static str>,
    /// How ports compare.
    pub port: Port,
    /// Whether an entry opens its sub-domains.
    pub subdomains: bool,
    /// Whether today's platform checks it at all.
    pub enforced: bool,
    /// Its name in the console, in Chinese.
    pub console: &'static str,
    /// Its name in a sentence.
    pub label: Phrase,
    /// The platform's own hosts that no program registers: pages there open under conditions of
    /// their own.
    #[serde(default, borrow)]
    pub platform_hosts: Vec<&'static str>,
    /// Other fields that carry the same list.
    #[serde(borrow)]
    pub aliases: Vec<&'static str>,
    /// What else there is to know.
    pub note: Option<Phrase>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// A host that can never be registered.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForbiddenHost {
    /// The host, lower case.
    pub host: &'static str,
    /// Why, and what to do.
    pub reason: Phrase,
    /// Where the fact comes from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// Ports that a TCP connection is always refused on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortRange {
    /// The first port.
    pub first: u16,
    /// The last port, included.
    pub last: u16,
    /// Where the fact comes from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

impl DomainList {
    /// `origin` (`scheme://host[:port]`) as an entry of the list: where ports play no part, an
    /// entry has none and opens all of them.
    pub fn entry(&self, origin: &str) -> String {
        let port = origin.rsplit_once(':').filter(|(before, port)| {
            before.contains("://") && port.bytes().all(|byte| byte.is_ascii_digit())
        });
        match (self.port, port) {
            (Port::Any, Some((without, port)))
                if !port.parse().is_ok_and(|port| self.refuses_port(port)) =>
            {
                without.to_owned()
            }
            _ => origin.to_owned(),
        }
    }

    /// Whether connections that this list opens are always refused on that port. O(log n).
    pub fn refuses_port(&self, port: u16) -> bool {
        self.schemes.contains(&"tcp") && tcp_port_refused(port)
    }
}

/// All lists, sorted by field.
pub fn domain_lists() -> &'static [DomainList] {
    &LISTS
}

/// The list of that field or alias.
pub fn domain_list(field: &str) -> Option<&'static DomainList> {
    table::find(&LISTS, |row| row.field, &[field])
        .or_else(|| LISTS.iter().find(|row| row.aliases.contains(&field)))
}

/// All forbidden hosts, sorted.
pub fn forbidden_hosts() -> &'static [ForbiddenHost] {
    &HOSTS
}

/// The row of a host that can never be registered, in any case of letters.
pub fn forbidden_host(host: &str) -> Option<&'static ForbiddenHost> {
    HOSTS.iter().find(|row| row.host.eq_ignore_ascii_case(host))
}

/// All refused ports, sorted, without overlap.
pub fn refused_tcp_ports() -> &'static [PortRange] {
    &PORTS
}

/// Whether a TCP connection to that port is always refused. O(log n).
pub fn tcp_port_refused(port: u16) -> bool {
    PORTS
        .get(PORTS.partition_point(|range| range.last < port))
        .is_some_and(|range| range.first <= port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_found_by_either_field() {
        assert_eq!(domain_list("webviewdomain").map(|list| list.field), Some("bizdomain"));
        assert_eq!(domain_list("requestdomain").map(|list| list.port), Some(Port::Exact));
        assert_eq!(domain_list("domain"), None);
    }

    #[test]
    fn ports_at_the_edges_of_ranges() {
        for port in [0, 80, 1023, 1099, 8000, 8050, 8100, 27017, 27019] {
            assert!(tcp_port_refused(port), "{port}");
        }
        for port in [1024, 1098, 1100, 7999, 8101, 27016, 27020, 65535] {
            assert!(!tcp_port_refused(port), "{port}");
        }
    }

    #[test]
    fn an_entry_has_a_port_where_ports_play_a_part() {
        for (list, origin, entry) in [
            ("wsrequestdomain", "wss://a.example.com:8084", "wss://a.example.com"),
            ("wsrequestdomain", "wss://a.example.com", "wss://a.example.com"),
            ("wsrequestdomain", "wss://[::1]", "wss://[::1]"),
            ("requestdomain", "https://a.example.com:8443", "https://a.example.com:8443"),
            ("bizdomain", "https://a.example.com:8443", "https://a.example.com:8443"),
        ] {
            assert_eq!(domain_list(list).unwrap().entry(origin), entry, "{list}");
        }
    }

    #[test]
    fn hosts_compare_without_case() {
        assert!(forbidden_host("API.weixin.qq.com").is_some());
        assert!(forbidden_host("weixin.qq.com").is_none());
    }
}

//! What the platform says to an endpoint: the matching rules of the server-domain and
//! business-domain lists. The checks run in the platform's order – what no list can open is named
//! as such before any list is read – so each endpoint gets exactly one verdict and two rules never
//! speak about the same mistake.
//!
//! Source: developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html and
//! …/domain.html.

use crate::catalogue::{self, Port};
use crate::project::domains::{DomainList, Entry, RegisteredDomains};
use crate::semantic::endpoint::{Endpoint, HostKind};

/// What the platform says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DomainStatus {
    /// It is registered.
    Registered,
    /// The list is not known: nothing can be said.
    Unknown,
    /// The host can never be registered, and must not be called from a mini-program.
    Forbidden,
    /// A port that this kind of connection is never allowed to use.
    RefusedPort(u16),
    /// The device itself: always refused.
    Loopback,
    /// An address of the local network: open without a list, when the phone is in it.
    LocalAddress,
    /// Any other address: cannot be registered.
    PublicAddress,
    /// The scheme is refused in a release; the one to use.
    WrongScheme(&'static str),
    /// A host of the platform, which no program registers: an article of a linked official account.
    Platform,
    /// Not in the list.
    Unregistered(NearMiss),
}

/// Why an endpoint that is not in the list nearly is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NearMiss {
    /// It is not near.
    None,
    /// The host is registered with the URL's port left out, or with another one.
    OtherPort(Option<u16>),
    /// A URL with a port is never opened by this list.
    PortNotAllowed,
    /// The host is in another list.
    OtherList(&'static str),
    /// A domain above it is registered.
    Parent(String),
}

/// What the platform says to `endpoint` on a sink that `list` opens.
pub(super) fn verdict(
    endpoint: &Endpoint,
    list: &catalogue::DomainList,
    domains: Option<&RegisteredDomains>,
) -> DomainStatus {
    if catalogue::forbidden_host(&endpoint.host).is_some() {
        return DomainStatus::Forbidden;
    }
    if !list.enforced {
        return DomainStatus::Unknown;
    }
    if let Some(port) = endpoint.port
        && list.refuses_port(port)
    {
        return DomainStatus::RefusedPort(port);
    }
    match endpoint.host_kind() {
        HostKind::Loopback => return DomainStatus::Loopback,
        HostKind::Local => return DomainStatus::LocalAddress,
        HostKind::Public => return DomainStatus::PublicAddress,
        HostKind::Name => {}
    }
    if let Some(&wanted) = list.schemes.first()
        && !list.schemes.contains(&endpoint.scheme.as_str())
    {
        return DomainStatus::WrongScheme(wanted);
    }
    if list.platform_hosts.contains(&endpoint.host.as_str()) {
        return DomainStatus::Platform;
    }
    let Some(domains) = domains else { return DomainStatus::Unknown };
    let Some(entries) = entries_of(domains, list.field) else {
        return DomainStatus::Unknown;
    };
    let same_host = |entry: &&Entry| {
        *entry.host == *endpoint.host || (list.subdomains && is_below(&endpoint.host, &entry.host))
    };
    let mut hosts = entries.iter().filter(same_host).peekable();
    let listed = hosts.peek().is_some();
    let matched = match list.port {
        Port::Any => listed,
        Port::None => listed && endpoint.port.is_none(),
        Port::Exact => hosts.clone().any(|entry| entry.port == endpoint.port),
    };
    if matched {
        return DomainStatus::Registered;
    }
    DomainStatus::Unregistered(match (listed, list.port, hosts.next()) {
        (true, Port::None, _) => NearMiss::PortNotAllowed,
        (true, _, Some(entry)) => NearMiss::OtherPort(entry.port),
        _ => near_miss(endpoint, list, entries, domains),
    })
}

/// The entries of the list whose field is `field`.
fn entries_of<'a>(domains: &'a RegisteredDomains, field: &str) -> Option<&'a [Entry]> {
    domains.list(DomainList::of_key(field)?)
}

fn near_miss(
    endpoint: &Endpoint,
    list: &catalogue::DomainList,
    entries: &[Entry],
    domains: &RegisteredDomains,
) -> NearMiss {
    let elsewhere =
        catalogue::domain_lists().iter().filter(|other| other.field != list.field).find(|other| {
            entries_of(domains, other.field)
                .is_some_and(|entries| entries.iter().any(|entry| *entry.host == *endpoint.host))
        });
    if let Some(other) = elsewhere {
        return NearMiss::OtherList(other.field);
    }
    match entries.iter().find(|entry| is_below(&endpoint.host, &entry.host)) {
        Some(parent) => NearMiss::Parent(parent.host.to_string()),
        None => NearMiss::None,
    }
}

/// Whether `host` is a proper sub-domain of `parent`.
fn is_below(host: &str, parent: &str) -> bool {
    host.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
}

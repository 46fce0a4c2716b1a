//! The hosts of a program by the list that opens them, each with the calls that lead there and
//! whether it is registered. This is for people who fill the console in, so it holds every host,
//! also those of packages, of the versions before a release and of media, which no list opens.

mod media;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::Context;
use super::domain_status::{DomainStatus, NearMiss, verdict};
use crate::catalogue::{self, DomainList};
use crate::finding::{Phrase, Place};
use crate::path::FilePath;
use crate::project::domains::{DEFAULT_FILE, DomainList as List, RegisteredDomains};
use crate::semantic::api_use::Destinations;
use crate::semantic::endpoint::Endpoint;
use crate::semantic::string_value::UnknownReason;

/// The hosts of one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramDomains {
    /// The folder of its project.config.json, where the list file stands.
    pub base: FilePath,
    /// The file of registered domains, when it is in the tree.
    pub file: Option<FilePath>,
    /// Where that file is looked for.
    pub expected: Option<FilePath>,
    /// Its appid.
    pub appid: Option<String>,
    /// Every list that a call of the program needs or that holds an entry, by field.
    pub lists: Vec<ListedHosts>,
    /// Hosts of pictures, sound and film in templates, by origin: no list is named for them.
    pub media: Vec<Host>,
    /// Calls of which not every host is known, by place.
    pub open: Vec<OpenCall>,
}

/// The hosts of one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedHosts {
    /// The list.
    pub list: &'static DomainList,
    /// Whether the list file says what is registered.
    pub known: bool,
    /// The hosts that calls reach, by origin.
    pub hosts: Vec<Host>,
    /// Entries that no call reaches, as `scheme://host[:port]`, in the file's order.
    pub unreached: Vec<String>,
}

/// A host that calls reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// `https://host[:port]`
    pub origin: String,
    /// What the platform says.
    pub state: State,
    /// What is to be added to that.
    pub note: Option<Phrase>,
    /// The package that holds the host; `None` for the program's own code.
    pub package: Option<Arc<str>>,
    /// Whether the plugin calls it: its own list counts.
    pub in_plugin: bool,
    /// The calls, by place: of the platform's interfaces and of request wrappers.
    pub callers: Vec<Caller>,
}

/// A call that leads to a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caller {
    /// The callee, or the attribute's value.
    pub place: Place,
    /// The interface, or the wrapper as written.
    pub name: String,
}

/// A call of which not every host is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCall {
    /// The call.
    pub caller: Caller,
    /// The list that its hosts need.
    pub list: &'static DomainList,
    /// Why, each reason once.
    pub reasons: Vec<UnknownReason>,
    /// Whether some of its hosts are known.
    pub partial: bool,
}

/// What the platform says to a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is in the list.
    Registered,
    /// It is not.
    Unregistered,
    /// What is registered is not known, or no list is enforced.
    Unknown,
    /// No list can open it: an address, a refused port, a scheme that is not encrypted, a host that
    /// must not be called.
    Refused,
    /// A device in the network of the phone: open without a list.
    Local,
    /// A host of the platform: it needs no entry.
    Platform,
    /// Only versions before the release reach it: their checks are off.
    NotReleased,
}

impl State {
    /// The word that JSON has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Unregistered => "unregistered",
            Self::Unknown => "unknown",
            Self::Refused => "refused",
            Self::Local => "local",
            Self::Platform => "platform",
            Self::NotReleased => "not-released",
        }
    }

    /// It, in a table.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Registered => Phrase::new("registered", "已登记"),
            Self::Unregistered => Phrase::new("not registered", "未登记"),
            Self::Unknown => Phrase::new("not known", "未知"),
            Self::Refused => Phrase::new("refused", "平台拒绝"),
            Self::Local => Phrase::new("local network", "局域网"),
            Self::Platform => Phrase::new("needs no entry", "无需登记"),
            Self::NotReleased => Phrase::new("not in a release", "正式版不访问"),
        }
    }
}

/// What makes two calls reach the same host: list, origin, whose code it is.
type Key = (&'static str, String, bool, Option<Arc<str>>);

/// A host while its callers are gathered.
struct Group<'a> {
    endpoint: &'a Endpoint,
    released: bool,
    callers: Vec<Caller>,
}

/// The hosts of the program of `context`. O(uses and calls of wrappers).
pub fn of(context: &Context<'_>) -> ProgramDomains {
    let (groups, open) = gathered(context);
    ProgramDomains {
        base: context.program.base.clone(),
        file: context.domain_list.as_ref().map(|list| list.file.clone()),
        expected: context
            .settings
            .domains
            .clone()
            .or_else(|| context.program.base.join(DEFAULT_FILE)),
        appid: context.program.appid.as_ref().map(|appid| appid.name.to_string()),
        lists: catalogue::domain_lists()
            .iter()
            .filter_map(|list| listed(context, list, &groups))
            .collect(),
        media: media::hosts(context),
        open,
    }
}

/// The calls of which not every host is known, by place.
pub(super) fn open_calls(context: &Context<'_>) -> Vec<OpenCall> {
    gathered(context).1
}

fn gathered<'a>(context: &Context<'a>) -> (BTreeMap<Key, Group<'a>>, Vec<OpenCall>) {
    let mut groups: BTreeMap<Key, Group<'a>> = BTreeMap::new();
    let mut open = Vec::new();
    let plugin = context.program.plugin.as_ref();
    let used = context.uses.iter().filter_map(|used| {
        let (reach, list) = (used.reach.as_ref()?, used.interface.list?);
        Some((list, reach, &used.place, used.api, used.in_plugin, &used.package))
    });
    let called = context.calls.iter().flat_map(|call| {
        let in_plugin = plugin.is_some_and(|plugin| call.place.file.is_within(&plugin.root));
        call.sinks.iter().filter_map(move |sink| {
            let list = sink.interface.list?;
            Some((list, &sink.reach, &call.place, &*call.callee, in_plugin, &call.package))
        })
    });
    for (list, reach, place, name, in_plugin, package) in used.chain(called) {
        let caller = || Caller { place: place.clone(), name: name.to_owned() };
        for endpoint in &reach.endpoints {
            let row = catalogue::domain_list(list);
            let origin = endpoint.origin();
            let origin = row.map_or_else(|| origin.clone(), |row| row.entry(&origin));
            let key = (list, origin, in_plugin, package.clone());
            let group = groups.entry(key).or_insert_with(|| Group {
                endpoint,
                released: false,
                callers: Vec::new(),
            });
            group.released |= endpoint.released;
            group.callers.push(caller());
        }
        open.extend(open_call(list, reach, caller));
    }
    // What callers lead elsewhere is told where they call.
    let led: HashSet<&Place> = context
        .calls
        .iter()
        .flat_map(|call| &call.sinks)
        .flat_map(|sink| sink.path.iter().chain([&sink.sink]))
        .collect();
    open.retain(|call: &OpenCall| !led.contains(&call.caller.place));
    open.sort_by(|a, b| a.caller.cmp(&b.caller));
    open.dedup();
    (groups, open)
}

fn open_call(
    list: &'static str,
    reach: &Destinations,
    caller: impl FnOnce() -> Caller,
) -> Option<OpenCall> {
    if reach.complete {
        return None;
    }
    Some(OpenCall {
        caller: caller(),
        list: catalogue::domain_list(list)?,
        reasons: reach.reasons.iter().cloned().collect(),
        partial: !reach.endpoints.is_empty(),
    })
}

fn listed(
    context: &Context<'_>,
    list: &'static DomainList,
    groups: &BTreeMap<Key, Group<'_>>,
) -> Option<ListedHosts> {
    let hosts: Vec<Host> = groups
        .iter()
        .filter(|((field, ..), _)| *field == list.field)
        .map(|(key, group)| host(context, list, key, group))
        .collect();
    let registered = context.domain_list.as_ref().map(|list| &list.registered);
    let entries = registered.and_then(|domains| domains.list(List::of_key(list.field)?));
    let reached = |host: &str| {
        groups.iter().any(|((field, ..), group)| {
            *field == list.field
                && (group.endpoint.host == host
                    || (list.subdomains && group.endpoint.host.ends_with(&format!(".{host}"))))
        })
    };
    let unreached: Vec<String> = entries
        .unwrap_or_default()
        .iter()
        .filter(|entry| !reached(&entry.host))
        .map(|entry| {
            let scheme = list.schemes.first().copied().unwrap_or_default();
            let port = entry.port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{scheme}://{}{port}", entry.host)
        })
        .collect();
    let needed = !hosts.is_empty() || !unreached.is_empty();
    needed.then_some(ListedHosts { list, known: entries.is_some(), hosts, unreached })
}

fn host(context: &Context<'_>, list: &'static DomainList, key: &Key, group: &Group<'_>) -> Host {
    let (_, origin, in_plugin, package) = key;
    let domains = context.domain_list.as_ref();
    let domains = domains
        .and_then(|list| if *in_plugin { list.plugin.as_ref() } else { Some(&list.registered) });
    let (state, note) = state_of(group.endpoint, group.released, list, domains);
    let mut callers = group.callers.clone();
    callers.sort();
    callers.dedup();
    Host {
        origin: origin.clone(),
        state,
        note,
        package: package.clone(),
        in_plugin: *in_plugin,
        callers,
    }
}

/// What the platform says to `endpoint` on a call that `list` opens, and what is to be added to
/// that.
pub fn state(
    endpoint: &Endpoint,
    list: &DomainList,
    domains: Option<&RegisteredDomains>,
) -> (State, Option<Phrase>) {
    state_of(endpoint, endpoint.released, list, domains)
}

fn state_of(
    endpoint: &Endpoint,
    released: bool,
    list: &DomainList,
    domains: Option<&RegisteredDomains>,
) -> (State, Option<Phrase>) {
    if released { judged(&verdict(endpoint, list, domains)) } else { (State::NotReleased, None) }
}

fn judged(verdict: &DomainStatus) -> (State, Option<Phrase>) {
    let refused = |en: String, zh: String| (State::Refused, Some(Phrase::new(en, zh)));
    match verdict {
        DomainStatus::Registered => (State::Registered, None),
        DomainStatus::Unknown => (State::Unknown, None),
        DomainStatus::Forbidden => {
            refused("must not be called from a mini-program".into(), "小程序不得访问该主机".into())
        }
        DomainStatus::RefusedPort(port) => {
            refused(format!("port {port} is always refused"), format!("端口 {port} 始终被拒绝"))
        }
        DomainStatus::Loopback => refused("the device itself".into(), "指向设备自身".into()),
        DomainStatus::LocalAddress => (State::Local, None),
        DomainStatus::Platform => (
            State::Platform,
            Some(Phrase::new(
                "an article of an official account opens where the account is linked to the program",
                "公众号文章：小程序已关联该公众号时可以打开",
            )),
        ),
        DomainStatus::PublicAddress => {
            refused("an IP address cannot be registered".into(), "IP 地址无法登记".into())
        }
        DomainStatus::WrongScheme(wanted) => {
            refused(format!("only {wanted}:// is allowed"), format!("仅允许 {wanted}://"))
        }
        DomainStatus::Unregistered(near) => (State::Unregistered, nearly(near)),
    }
}

fn nearly(near: &NearMiss) -> Option<Phrase> {
    Some(match near {
        NearMiss::None => return None,
        NearMiss::OtherPort(None) => Phrase::new(
            "the host is registered without a port: drop the port",
            "该主机登记时未带端口：请去掉端口",
        ),
        NearMiss::OtherPort(Some(port)) => Phrase::new(
            format!("the host is registered with port {port}"),
            format!("该主机登记的端口为 {port}"),
        ),
        NearMiss::PortNotAllowed => Phrase::new(
            "the host is registered, but no port is allowed",
            "该主机已登记，但不允许带端口",
        ),
        NearMiss::OtherList(field) => {
            let console = catalogue::domain_list(field).map_or(*field, |list| list.console);
            Phrase::new(
                format!("registered for another list: {console}"),
                format!("登记在其他列表：{console}"),
            )
        }
        NearMiss::Parent(parent) => Phrase::new(
            format!("{parent} is registered, without its sub-domains"),
            format!("已登记 {parent}，但不含子域名"),
        ),
    })
}

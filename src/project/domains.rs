//! The registered domains, as a team checks them in: the platform's own answers, verbatim or under
//! a few keys of ours. A list that is absent is unknown, a list that is empty registers nothing;
//! the two are never mixed up.

mod entry;
mod import;

use crate::facts::manifest::{Json, JsonKind, Member};
use crate::finding::Place;
use crate::path::FilePath;
use crate::text::Span;

pub use entry::{DomainProblemKind, Entry};
pub use import::{Change, Imported, Unusable, import, read_answer};

/// The name of the file unless settings say otherwise; it stands beside project.config.json.
pub const DEFAULT_FILE: &str = "server-domains.json";

/// The lists that the platform keeps (domains.md section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DomainList {
    /// `requestdomain`
    Request,
    /// `wsrequestdomain`
    Socket,
    /// `uploaddomain`
    Upload,
    /// `downloaddomain`
    Download,
    /// `udpdomain`
    Udp,
    /// `tcpdomain`
    Tcp,
    /// `bizdomain`, also called `webviewdomain`
    WebView,
}

impl DomainList {
    /// All lists.
    pub const ALL: [Self; 7] = [
        Self::Request,
        Self::Socket,
        Self::Upload,
        Self::Download,
        Self::Udp,
        Self::Tcp,
        Self::WebView,
    ];

    /// The key in the platform's answers.
    pub fn key(self) -> &'static str {
        match self {
            Self::Request => "requestdomain",
            Self::Socket => "wsrequestdomain",
            Self::Upload => "uploaddomain",
            Self::Download => "downloaddomain",
            Self::Udp => "udpdomain",
            Self::Tcp => "tcpdomain",
            Self::WebView => "bizdomain",
        }
    }

    /// The scheme that an entry is registered with.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Request | Self::Upload | Self::Download | Self::WebView => "https",
            Self::Socket => "wss",
            Self::Udp => "udp",
            Self::Tcp => "tcp",
        }
    }

    /// The list with this key, or with its other name.
    pub fn of_key(key: &str) -> Option<Self> {
        if key == "webviewdomain" {
            return Some(Self::WebView);
        }
        Self::ALL.into_iter().find(|list| list.key() == key)
    }

    /// Where an answer of the platform may hold this list, the one that counts first. A platform's
    /// own host list (`wxa_server_domain`) has no schemes and stands for the four lists of
    /// requests.
    fn sources(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Request => &[
                &["effective_domain", "requestdomain"],
                &["requestdomain"],
                &["wxa_server_domain"],
            ],
            Self::Socket => &[
                &["effective_domain", "wsrequestdomain"],
                &["wsrequestdomain"],
                &["wxa_server_domain"],
            ],
            Self::Upload => {
                &[&["effective_domain", "uploaddomain"], &["uploaddomain"], &["wxa_server_domain"]]
            }
            Self::Download => &[
                &["effective_domain", "downloaddomain"],
                &["downloaddomain"],
                &["wxa_server_domain"],
            ],
            Self::Udp => &[&["effective_domain", "udpdomain"], &["udpdomain"]],
            Self::Tcp => &[&["effective_domain", "tcpdomain"], &["tcpdomain"]],
            Self::WebView => &[
                &["effective_webviewdomain"],
                &["effective_domain", "bizdomain"],
                &["bizdomain"],
                &["webviewdomain"],
                &["wxa_jump_h5_domain"],
            ],
        }
    }
}

/// Whose lists are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner<'a> {
    /// A program's, by its appid where that is known.
    Program(Option<&'a str>),
    /// A plugin's: it has lists of its own, under `plugins` only.
    Plugin(Option<&'a str>),
}

/// The registered domains of one program or plugin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisteredDomains {
    /// The lists that the file holds.
    lists: Vec<List>,
    /// Where a list that the file does not hold would go: keys of the object around it.
    home: Vec<String>,
    /// When the list was fetched, as the file says.
    pub fetched_at: Option<(Box<str>, Span)>,
    /// What cannot be right in the whole file, whoever it is about, in document order.
    pub problems: Vec<(Span, DomainProblemKind)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct List {
    of: DomainList,
    entries: Vec<Entry>,
    target: EditTarget,
}

/// The value to edit when a host is to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditTarget {
    /// The keys that lead to it, outermost first.
    pub path: Vec<String>,
    /// It is one text of hosts without scheme, joined by `;`, and no array.
    pub joined: bool,
    /// Its place; `None` when the file does not hold it yet.
    pub place: Option<Place>,
}

impl RegisteredDomains {
    /// Reads the lists of `owner` from the file at `file`, whose value is `json`.
    pub fn read(file: &FilePath, json: &Json, owner: Owner<'_>) -> Self {
        let mut domains = Self { problems: problems(json, owner), ..Self::default() };
        domains.fetched_at =
            json.get("fetched_at").and_then(|value| Some((value.as_str()?.into(), value.span)));
        let scopes = scopes(json, owner);
        for list in DomainList::ALL {
            let found = scopes.iter().find_map(|(path, scope)| {
                list.sources().iter().find_map(|keys| {
                    let value = scope.at(keys).filter(|value| holds_hosts(value))?;
                    Some((path, keys, value))
                })
            });
            if let Some((path, keys, value)) = found {
                let keys = path.iter().copied().chain(keys.iter().copied());
                domains.lists.push(List {
                    of: list,
                    entries: entry::read_list(file, list, value).0,
                    target: EditTarget {
                        path: keys.map(str::to_owned).collect(),
                        joined: !value.is_array(),
                        place: Some(Place::new(file, value.span)),
                    },
                });
            }
        }
        domains.home = home(json, owner);
        domains
    }

    /// The entries of a list: `None` when the file does not say, empty when nothing is registered.
    pub fn list(&self, list: DomainList) -> Option<&[Entry]> {
        self.lists.iter().find(|one| one.of == list).map(|one| one.entries.as_slice())
    }

    /// Whether the file holds no list of this owner at all.
    pub fn is_unknown(&self) -> bool {
        self.lists.is_empty()
    }

    /// What to edit to register a host in `list`. For a list that the file does not hold yet, the
    /// array to be made.
    pub fn target(&self, list: DomainList) -> EditTarget {
        self.lists.iter().find(|one| one.of == list).map_or_else(
            || {
                let mut path = self.home.clone();
                path.push(list.key().to_owned());
                EditTarget { path, joined: false, place: None }
            },
            |one| one.target.clone(),
        )
    }
}

/// Whether a value can be a list: an array, or the platform's form of hosts joined by `;`.
fn holds_hosts(value: &Json) -> bool {
    value.is_array() || value.as_str().is_some()
}

/// The objects that may hold the owner's lists, the one that counts first, each with the keys that
/// lead to it. An answer that reports a failure holds none.
fn scopes<'a>(json: &'a Json, owner: Owner<'a>) -> Vec<(Vec<&'a str>, &'a Json)> {
    let named = |group: &'static str, appid: Option<&'a str>| {
        appid.and_then(|appid| Some((vec![group, appid], json.at(&[group, appid])?)))
    };
    let scopes = match owner {
        Owner::Program(appid) => {
            named("programs", appid).into_iter().chain([(Vec::new(), json)]).collect()
        }
        Owner::Plugin(appid) => named("plugins", appid).into_iter().collect::<Vec<_>>(),
    };
    scopes.into_iter().filter(|(_, scope)| failure(scope).is_none()).collect()
}

/// Where a list goes that the file does not hold yet: into the owner's own object if there is one,
/// into the effective one if that is there.
fn home(json: &Json, owner: Owner<'_>) -> Vec<String> {
    let (group, appid) = match owner {
        Owner::Program(appid) => {
            ("programs", appid.filter(|id| json.at(&["programs", id]).is_some()))
        }
        Owner::Plugin(appid) => ("plugins", appid),
    };
    let mut path: Vec<&str> = appid.map(|appid| vec![group, appid]).unwrap_or_default();
    if json.at(&path).is_some_and(|scope| scope.get("effective_domain").is_some()) {
        path.push("effective_domain");
    }
    path.into_iter().map(str::to_owned).collect()
}

/// The `errcode` of an answer that is a failure.
fn failure(scope: &Json) -> Option<&Json> {
    scope.get("errcode").filter(|code| match &code.kind {
        JsonKind::Number(text) => &**text != "0",
        _ => true,
    })
}

/// What cannot be right, in the whole file.
fn problems(json: &Json, owner: Owner<'_>) -> Vec<(Span, DomainProblemKind)> {
    let mut problems = Vec::new();
    if !json.is_object() {
        problems.push((json.span, DomainProblemKind::NotAnObject));
        return problems;
    }
    if let Owner::Program(Some(appid)) = owner
        && let Some(value) = json.get("appid")
        && value.as_str() != Some(appid)
    {
        problems.push((value.span, DomainProblemKind::OtherAppid));
    }
    scope_problems(json, &mut problems);
    for group in ["plugins", "programs"] {
        for member in json.get(group).map(Json::members).unwrap_or_default() {
            scope_problems(&member.value, &mut problems);
        }
    }
    problems.sort_by_key(|(span, _)| *span);
    problems
}

fn scope_problems(scope: &Json, problems: &mut Vec<(Span, DomainProblemKind)>) {
    if let Some(code) = failure(scope) {
        problems.push((code.span, DomainProblemKind::Failure));
        return;
    }
    let effective = scope.get("effective_domain").map(Json::members).unwrap_or_default();
    for Member { key, value, .. } in scope.members().iter().chain(effective) {
        let list = match &**key {
            // A web-view host list and a request host list of a platform, by the same rules as the
            // lists they stand for.
            "wxa_server_domain" => Some(DomainList::Request),
            "effective_webviewdomain" | "wxa_jump_h5_domain" => Some(DomainList::WebView),
            key => DomainList::of_key(key),
        };
        if let Some(list) = list {
            // The file plays no part in what is wrong with an entry.
            problems.extend(entry::read_list(&FilePath::root(), list, value).1);
        }
    }
}

#[cfg(test)]
mod tests;

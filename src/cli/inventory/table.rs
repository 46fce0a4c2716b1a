//! The inventory as tables, one for each kind, whatever they are drawn with. Only the columns that
//! say something are there; hosts are a matter of network uses alone.

use super::Listing;
use crate::check::inventory::{InventoryUse, Network, Resolution};
use crate::finding::{Language, Phrase};

/// The kinds, heaviest duty first, with their titles.
const KINDS: [(&str, &str, &str); 4] = [
    ("payment", "Payment", "支付"),
    ("location", "Location", "位置信息"),
    ("user-data", "User data", "用户信息"),
    ("network", "Network", "网络请求"),
];

/// A table of texts.
pub(super) struct Table {
    /// What it lists.
    pub(super) title: String,
    /// Titles of the columns.
    pub(super) head: Vec<&'static str>,
    /// The rows, each as long as the head.
    pub(super) rows: Vec<Vec<String>>,
}

/// One table for each kind that occurs, then one of the form fields.
pub(super) fn tables(listing: &Listing) -> Vec<Table> {
    let mut tables = of_uses(listing);
    tables.extend(of_wrappers(listing));
    tables.extend(of_forms(listing));
    tables
}

fn of_wrappers(listing: &Listing) -> Option<Table> {
    let word = |en, zh| if listing.language == Language::English { en } else { zh };
    let rows: Vec<Vec<String>> = listing
        .wrapper_calls()
        .map(|(one, line, column)| {
            let file = listing.names.open(&one.place.file);
            let hosts = hosts(Some(&one.network), listing.language);
            vec![format!("{file}:{line}:{column}"), one.callee.clone(), hosts]
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        title: format!("{} ({})", word("Calls of request wrappers", "请求封装的调用"), rows.len()),
        head: vec![word("Place", "位置"), word("Function", "函数"), word("Hosts", "域名")],
        rows,
    })
}

fn of_forms(listing: &Listing) -> Option<Table> {
    let word = |en, zh| if listing.language == Language::English { en } else { zh };
    let rows: Vec<Vec<String>> = listing
        .fields()
        .map(|(one, line, column)| {
            let file = listing.names.open(&one.place.file);
            let label = word(one.kind.label.en, one.kind.label.zh);
            let asks = match one.kind.information {
                Some(key) => format!("{label} ({key})"),
                None => label.to_owned(),
            };
            vec![format!("{file}:{line}:{column}"), asks]
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        title: format!("{} ({})", word("Forms", "表单"), rows.len()),
        head: vec![word("Place", "位置"), word("Asks for", "要求填写")],
        rows,
    })
}

fn of_uses(listing: &Listing) -> Vec<Table> {
    let language = listing.language;
    let word = |en, zh| if language == Language::English { en } else { zh };
    let places: Vec<_> = listing.places().collect();
    KINDS
        .iter()
        .filter_map(|(kind, en, zh)| {
            let uses: Vec<_> = places.iter().filter(|(one, ..)| one.kind == *kind).collect();
            if uses.is_empty() {
                return None;
            }
            let networks = uses.iter().any(|(one, ..)| one.network.is_some());
            let consents = uses.iter().any(|(one, ..)| one.consent.is_some());
            let packages = uses.iter().any(|(one, ..)| one.package.is_some());
            let information = uses.iter().any(|(one, ..)| !one.information.is_empty());
            let mut head = vec![word("Place", "位置"), word("Interface", "接口")];
            head.extend(information.then(|| word("Information", "个人信息")));
            head.extend(networks.then(|| word("Hosts", "域名")));
            head.extend(consents.then(|| word("Consent", "授权依据")));
            head.extend(packages.then(|| word("Package", "依赖包")));
            let rows = uses.iter().map(|(one, line, column)| {
                let file = listing.names.open(&one.place.file);
                let mut row = vec![format!("{file}:{line}:{column}"), one.api.to_owned()];
                row.extend(information.then(|| self::information(one, language)));
                row.extend(networks.then(|| hosts(one.network.as_ref(), language)));
                row.extend(consents.then(|| consent(one, language)));
                row.extend(packages.then(|| one.package.clone().unwrap_or_default()));
                row
            });
            let title = format!("{} ({})", word(en, zh), uses.len());
            Some(Table { title, head, rows: rows.collect() })
        })
        .collect()
}

/// The privacy keys, each with what it stands for where the catalogue knows it.
fn information(one: &InventoryUse, language: Language) -> String {
    let named = |key: &&str| {
        let label = crate::catalogue::information(key).map(|kind| match language {
            Language::English => kind.label.en,
            Language::Chinese => kind.label.zh,
        });
        label.map_or_else(|| (*key).to_owned(), |label| format!("{label} ({key})"))
    };
    one.information.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// The kind of evidence, in a few words.
fn consent(one: &InventoryUse, language: Language) -> String {
    let label = one.consent.as_ref().map(|standing| standing.class.label());
    label.map_or_else(String::new, |label| label.get(language).to_owned())
}

fn hosts(network: Option<&Network>, language: Language) -> String {
    let Some(network) = network else { return String::new() };
    let unknown = match network.resolution {
        Resolution::Resolved => None,
        Resolution::Partial => Some(Phrase::new("and others", "另有其他")),
        Resolution::Dynamic => Some(Phrase::new("not known before run time", "运行时才能确定")),
    };
    let mut hosts = network.hosts.join(", ");
    if let Some(unknown) = unknown {
        if !hosts.is_empty() {
            hosts.push(' ');
        }
        let (open, colon, comma, close) = match language {
            Language::English => ("(", ": ", ", ", ")"),
            Language::Chinese => ("（", "：", "、", "）"),
        };
        hosts.push_str(open);
        hosts.push_str(unknown.get(language));
        let why: Vec<String> =
            network.reasons.iter().map(|reason| reason.phrase().get(language).to_owned()).collect();
        if !why.is_empty() {
            hosts.push_str(colon);
            hosts.push_str(&why.join(comma));
        }
        hosts.push_str(close);
    }
    hosts
}

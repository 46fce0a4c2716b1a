//! `interface-needs-category`: an interface is used that WeChat opens to certain service categories
//! only. What is declared is compared interface by interface; where nothing is declared, it is
//! asked once.

use super::obligations::opens;
use super::{Context, Rule, settings_edit};
use crate::catalogue::{self, Interface};
use crate::facts::manifest::edit::Value;
use crate::finding::{Finding, Fix, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "interface-needs-category",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "Interfaces that WeChat opens by category are used in one of those categories.",
        "按类目开放的接口仅在相应服务类目下使用。",
    ],
    docs: include_str!("interface_needs_category.md"),
    check,
};

/// Categories that are named in a message, and offered as fixes.
const SHOWN: usize = 6;
const OFFERED: usize = 4;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let gated = |row: &Interface| !catalogue::gates_of(row.name).is_empty();
    let sites = context.first_sites(|used| gated(used.interface).then_some(used.interface.name));
    let Some(first) = sites.first() else { return Vec::new() };
    if context.settings.categories.is_none() {
        let names: Vec<&str> = sites.iter().map(|site| site.used.interface.name).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = Phrase::new(
            format!(
                "{} {verb} open to certain service categories only, and none is declared",
                names.join(", ")
            ),
            format!("{} 仅对部分服务类目开放，而服务类目未声明", names.join("、")),
        );
        let mut finding = RULE.finding(first.place.clone(), message, "categories");
        finding.severity = Severity::Information;
        finding.labels = first.labels();
        explain(&mut finding, &names);
        finding.fixes = fixes(context, names.first().copied().unwrap_or_default());
        return vec![finding];
    }
    sites
        .iter()
        .filter(|site| {
            let mut gates = catalogue::gates_of(site.used.interface.name).iter();
            !gates.any(|gate| opens(context, gate))
        })
        .map(|site| {
            let row = site.used.interface.name;
            let name = site.name();
            let message = Phrase::new(
                format!("{} is not open to the declared service categories", name.en),
                format!("{} 不对已声明的服务类目开放", name.zh),
            );
            let mut finding = RULE.finding(site.place.clone(), message, row);
            finding.labels = site.labels();
            explain(&mut finding, &[row]);
            finding.fixes = fixes(context, row);
            finding
        })
        .collect()
}

fn explain(finding: &mut Finding, names: &[&str]) {
    finding.why = Phrase::new(
        "WeChat enforces it: the version cannot be submitted, or the component does not work, until the account has a matching category and the interface is opened in the console.",
        "由微信平台执行：账号须具备相应类目并在管理后台开通接口，否则无法提交审核或组件无法使用。",
    );
    let mut categories: Vec<&str> = Vec::new();
    for gate in names.iter().flat_map(|name| catalogue::gates_of(name)) {
        if !categories.contains(&gate.category) {
            categories.push(gate.category);
        }
    }
    let more = if categories.len() > SHOWN { "…" } else { "" };
    categories.truncate(SHOWN);
    let (list_en, list_zh) = (categories.join(", "), categories.join("、"));
    finding.help = Phrase::new(
        format!(
            "Open to {list_en}{more}; each needs a review of the use, too. Declare the categories of the account as `categories` in miniguard.json."
        ),
        format!(
            "开放类目：{list_zh}{more}，且均须审核使用场景。请在 miniguard.json 的 `categories` 中声明账号的服务类目。"
        ),
    );
}

/// Declares one of the categories that open the interface, for a person to choose among.
fn fixes(context: &Context<'_>, interface: &str) -> Vec<Fix> {
    let mut names: Vec<String> = Vec::new();
    let mut gates: Vec<_> = catalogue::gates_of(interface).iter().collect();
    // Whole categories first: they are what most programs are in.
    gates.sort_by_key(|gate| !gate.subcategories.is_empty());
    for gate in gates {
        let fits = catalogue::categories().iter().find(|row| {
            catalogue::first_levels_agree(row.category, gate.category)
                && (gate.subcategories.is_empty() || gate.subcategories.contains(&row.subcategory))
        });
        if let Some(row) = fits.filter(|row| !names.contains(&row.name())) {
            names.push(row.name());
        }
    }
    names.truncate(OFFERED);
    names
        .into_iter()
        .filter_map(|name| {
            let title =
                Phrase::new(format!("Declare the category {name}"), format!("声明服务类目 {name}"));
            settings_edit::append(context, title, "categories", Value::from(&*name))
        })
        .collect()
}

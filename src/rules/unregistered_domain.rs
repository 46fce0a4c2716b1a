//! `unregistered-domain`: a host that the list for its call does not hold. Without a list nothing
//! is said here (`domain-list-missing` says it once), and a field that the list file leaves out is
//! unknown, not empty.

use super::domain_status::{DomainStatus, NearMiss};
use super::hosts::{Reached, reached};
use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::project::domains::DomainList;
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unregistered-domain",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "Every host that is called is in the registered list for that call.",
        "访问的每个域名都已登记在对应的列表中。",
    ],
    docs: include_str!("unregistered_domain.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for reached in reached(context) {
        let DomainStatus::Unregistered(near) = &reached.verdict else { continue };
        let origin = reached.list.entry(&reached.endpoint.origin());
        let list = reached.list.label;
        let mut finding = RULE.finding(
            reached.place.clone(),
            Phrase::new(
                format!(
                    "{origin} is not in the list of {}{}",
                    list.en,
                    if reached.in_plugin { " of the plugin" } else { "" }
                ),
                format!(
                    "{origin} 不在{}“{}”列表中",
                    if reached.in_plugin { "插件的" } else { "" },
                    reached.list.console
                ),
            ),
            format!("{} {origin}", reached.list.field),
        );
        finding.why = if reached.list.subdomains {
            Phrase::new(
                "A release does not open the page; the developer tools may not show it.",
                "正式版不会打开该网页；开发者工具中可能看不出来。",
            )
        } else {
            Phrase::new(
                format!(
                    "{} fails in a release (errno 600002, url not in domain list); the developer tools may not show it.",
                    reached.api
                ),
                format!(
                    "正式版中 {} 会失败（errno 600002，域名不在列表中）；开发者工具中可能看不出来。",
                    reached.api
                ),
            )
        };
        if reached.in_package {
            finding.severity = Severity::Warning;
        }
        finding.help = help(near, reached);
        finding.fixes = fixes(context, near, reached);
        finding.labels = reached.labels(context);
        findings.push(finding);
    }
    findings
}

fn help(near: &NearMiss, reached: &Reached<'_>) -> Phrase {
    let (host, list) = (&reached.endpoint.host, reached.list);
    let register = Phrase::new(
        format!(
            "Register it in the console ({}), then bring the list file up to date.",
            list.console
        ),
        format!("请在管理后台的“{}”中登记，然后更新列表文件。", list.console),
    );
    let near = match near {
        NearMiss::None => return register,
        NearMiss::OtherPort(None) => {
            return Phrase::new(
                format!(
                    "{host} is registered without a port, which opens only URLs without one: drop the port, also :443."
                ),
                format!("{host} 登记时未带端口，只放行不带端口的地址：请去掉端口，包括 :443。"),
            );
        }
        NearMiss::OtherPort(Some(port)) => Phrase::new(
            format!("{host} is registered with port {port}, which opens that port only."),
            format!("{host} 登记的端口是 {port}，只放行该端口。"),
        ),
        NearMiss::PortNotAllowed => {
            return Phrase::new(
                format!(
                    "{host} is registered, but this list opens no URL with a port: drop the port."
                ),
                format!("{host} 已登记，但该列表不放行带端口的地址：请去掉端口。"),
            );
        }
        NearMiss::OtherList(field) => {
            let other = catalogue::domain_list(field).map_or(*field, |list| list.console);
            Phrase::new(
                format!(
                    "It is registered for another kind of call only ({other}); each list opens its own."
                ),
                format!("它只登记在“{other}”中；各列表互不通用。"),
            )
        }
        NearMiss::Parent(parent) => Phrase::new(
            format!("{parent} is registered, but does not cover its sub-domains."),
            format!("{parent} 已登记，但不包含其子域名。"),
        ),
    };
    near.then(&register)
}

fn fixes(context: &Context<'_>, near: &NearMiss, reached: &Reached<'_>) -> Vec<Fix> {
    let mut fixes = Vec::new();
    if matches!(near, NearMiss::OtherPort(None) | NearMiss::PortNotAllowed) {
        fixes.extend(drop_port(context, reached));
    }
    if !matches!(near, NearMiss::PortNotAllowed) {
        fixes.extend(add_to_list(context, reached));
    }
    fixes
}

/// Takes the port out of the literal; safe where it is the scheme's own, since the same server
/// answers.
fn drop_port(context: &Context<'_>, reached: &Reached<'_>) -> Option<Fix> {
    let port = reached.endpoint.port?;
    let written = format!(":{port}");
    let edits: Option<Vec<Edit>> = reached
        .literals
        .iter()
        .map(|literal| {
            let text = literal.span.of(&context.editable(&literal.file)?.source);
            let after_scheme = text.find("://")? + 3;
            let at = after_scheme + text.get(after_scheme..)?.find(&written)?;
            let start = literal.span.start() + at;
            Some(Edit::Replace {
                place: Place::new(&literal.file, Span::new(start, start + written.len())),
                text: String::new(),
            })
        })
        .collect();
    let own = matches!((reached.endpoint.scheme.as_str(), port), ("https", 443));
    Some(Fix {
        title: Phrase::new(format!("Drop {written}"), format!("去掉 {written}")),
        applicability: if own { Applicability::Safe } else { Applicability::Unsafe },
        edits: edits.filter(|edits| !edits.is_empty())?,
    })
}

/// Records the host in the list file; unsafe, for the file only mirrors what the console holds.
fn add_to_list(context: &Context<'_>, reached: &Reached<'_>) -> Option<Fix> {
    let list = context.domain_list.as_ref()?;
    let origin = reached.list.entry(&reached.endpoint.origin());
    let registered = if reached.in_plugin { list.plugin.as_ref()? } else { &list.registered };
    let target = registered.target(DomainList::of_key(reached.list.field)?);
    if target.joined {
        return None;
    }
    let keys: Vec<&str> = target.path.iter().map(String::as_str).collect();
    let edits = context.edit_manifest(&list.file, |facts, source| {
        crate::facts::manifest::edit::add_to_array(facts, source, &keys, &origin)
    })?;
    Some(Fix {
        title: Phrase::new(
            format!("Record {origin} in {} (once it is registered)", list.file.file_name()),
            format!("将 {origin} 记入 {}（须先完成登记）", list.file.file_name()),
        ),
        applicability: Applicability::Unsafe,
        edits,
    })
}

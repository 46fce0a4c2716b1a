//! `unused-registered-domain`: a registered host that nothing in the program names. It speaks only
//! where it cannot be wrong about the code – one call of the kind whose target is not known whole
//! silences the whole list, and a host that occurs anywhere in the text of the program counts as
//! used.

use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Finding, Phrase, Severity, Tag};
use crate::project::RegisteredDomains;
use crate::project::domains::{DomainList, Entry};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unused-registered-domain",
    severity: Severity::Information,
    default_on: true,
    summary: ["Every registered domain is used by the program.", "已登记的域名均有使用。"],
    docs: include_str!("unused_registered_domain.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // What was not read may use anything.
    let Some(list) = context.domain_list.as_ref().filter(|_| !context.unread) else {
        return Vec::new();
    };
    let mut unnamed = unnamed(context, &list.registered, false);
    if let Some(plugin) = &list.plugin {
        unnamed.extend(self::unnamed(context, plugin, true));
    }
    if unnamed.is_empty() {
        return Vec::new();
    }
    let mut files: Vec<_> = context
        .files
        .within(&context.program.base)
        .chain(context.files.within(&context.program.root))
        .chain(context.program.plugin.iter().flat_map(|plugin| context.files.within(&plugin.root)))
        .filter(|file| {
            file.path != list.file
                && Some(&file.path) != context.settings_file.as_ref()
                && Some(&file.path) != context.settings.baseline.as_ref()
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    unnamed.retain(|(_, entry)| !files.iter().any(|file| occurs(&entry.host, &file.source)));
    unnamed.into_iter().map(|(list, entry)| finding(list, entry)).collect()
}

/// The entries of the lists of the program, or of its plugin, that no call reaches, where every
/// call is known.
fn unnamed<'a>(
    context: &Context<'_>,
    registered: &'a RegisteredDomains,
    in_plugin: bool,
) -> Vec<(&'static catalogue::DomainList, &'a Entry)> {
    let mut unnamed = Vec::new();
    for row in catalogue::domain_lists().iter().filter(|row| row.enforced) {
        let Some(list) = DomainList::of_key(row.field) else { continue };
        let entries = registered.list(list).unwrap_or_default();
        let target = registered.target(list);
        // A third-party platform's hosts serve its other programs too.
        let shared = target.joined || target.path.iter().any(|key| key.starts_with("effective_"));
        if entries.is_empty() || shared {
            continue;
        }
        let calls = || {
            context.uses.iter().filter(|used| {
                used.in_plugin == in_plugin && used.interface.list == Some(row.field)
            })
        };
        // A page that is shown may lead to others and hold frames of others.
        let open = calls()
            .any(|used| row.subdomains || used.reach.as_ref().is_none_or(|reach| !reach.complete));
        if open {
            continue;
        }
        let reached = |entry: &Entry| {
            calls()
                .filter_map(|used| used.reach.as_ref())
                .flat_map(|reach| &reach.endpoints)
                .any(|endpoint| *endpoint.host == *entry.host)
        };
        unnamed.extend(entries.iter().filter(|entry| !reached(entry)).map(|entry| (row, entry)));
    }
    unnamed
}

/// Whether `host`, in lower case, occurs in `text` in any case of letters. O(text).
fn occurs(host: &str, text: &str) -> bool {
    let host = host.as_bytes();
    let Some(&first) = host.first() else { return true };
    let (lower, upper) = (first, first.to_ascii_uppercase());
    text.as_bytes().windows(host.len()).any(|window| {
        window.first().is_some_and(|&byte| byte == lower || byte == upper)
            && window.eq_ignore_ascii_case(host)
    })
}

fn finding(list: &'static catalogue::DomainList, entry: &Entry) -> Finding {
    let port = entry.port.map(|port| format!(":{port}")).unwrap_or_default();
    let host = format!("{}{port}", entry.host);
    let mut finding = RULE.finding(
        entry.place.clone(),
        Phrase::new(
            format!(
                "{host} is in the list of {}, but nothing in the program names it",
                list.label.en
            ),
            format!("{host} 已登记在“{}”中，但程序中没有任何地方用到", list.console),
        ),
        format!("{} {host}", list.field),
    );
    finding.why = Phrase::new(
        "An unmonitored registered host stays open to the program when its owner changes.",
        "无人关注的域名一旦易主，程序仍会放行对它的访问。",
    );
    finding.help = Phrase::new(
        "Take it out of the console, then of this file, unless a server redirects to it: redirect targets must be registered, and the source does not show them.",
        "若没有服务器重定向到它（重定向目标也须登记，源码中看不到），请先在管理后台删除，再从本文件移除。",
    );
    finding.tag = Some(Tag::Unnecessary);
    finding
}

#[cfg(test)]
mod tests {
    use super::occurs;

    #[test]
    fn a_host_occurs_in_any_case() {
        assert!(occurs("api.example.com", "url: 'https://API.Example.com/v1'"));
        assert!(occurs("api.example.com", "api.example.com"));
        assert!(!occurs("api.example.com", "api.example.co"));
        assert!(!occurs("api.example.com", ""));
    }
}

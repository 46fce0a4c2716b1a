//! `forbidden-host`: a host that no list can open. It needs no domain list to be certain.

use super::domain_status::DomainStatus;
use super::hosts::{Same, reached_at_all};
use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "forbidden-host",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "No call goes to a host that can never be registered.",
        "不访问无法登记为服务器域名的主机。",
    ],
    docs: include_str!("forbidden_host.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    reached_at_all(context, Same::Host, |one| one.verdict == DomainStatus::Forbidden)
        .into_iter()
        .filter_map(|reached| {
            let row = catalogue::forbidden_host(&reached.endpoint.host)?;
            let mut finding = RULE.finding(
                reached.place.clone(),
                Phrase::new(
                    format!("{} calls {}, which can never be registered", reached.api, row.host),
                    format!("{} 访问 {}，该主机不能登记为服务器域名", reached.api, row.host),
                ),
                row.host,
            );
            finding.why = row.reason.into();
            finding.help = Phrase::new(
                "Call it from your own server, and let the mini-program call the server.",
                "改由自己的服务器调用，小程序只访问自己的服务器。",
            );
            if reached.in_package {
                finding.severity = Severity::Warning;
            }
            finding.labels = reached.labels(context);
            Some(finding)
        })
        .collect()
}

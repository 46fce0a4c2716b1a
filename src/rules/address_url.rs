//! `address-url`: a URL that names an address instead of a host. An address of the local network is
//! legal (base library 2.4.0 and newer), so it is only information.

use super::domain_status::DomainStatus;
use super::hosts::{Reached, Same, reached_at_all};
use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "address-url",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "Calls name a registered host, not an IP address or this device.",
        "网络请求使用已登记的域名，而不是 IP 地址或本机。",
    ],
    docs: include_str!("address_url.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let wanted = |one: &Reached<'_>| {
        matches!(
            one.verdict,
            DomainStatus::Loopback | DomainStatus::PublicAddress | DomainStatus::LocalAddress
        )
    };
    for reached in reached_at_all(context, Same::Origin, wanted) {
        let host = &reached.endpoint.host;
        let (severity, message, why, help) = match reached.verdict {
            DomainStatus::Loopback => (
                Severity::Error,
                Phrase::new(
                    format!("{} calls this device itself ({host})", reached.api),
                    format!("{} 访问的是设备自身（{host}）", reached.api),
                ),
                Phrase::new(
                    "On a phone this is the phone: a release always refuses it, and it cannot be registered.",
                    "在手机上它指手机自身：正式版一律拒绝，且无法登记。",
                ),
                Phrase::new(
                    "Call the server by its registered https domain.",
                    "请使用已登记的 https 域名访问服务器。",
                ),
            ),
            DomainStatus::PublicAddress => (
                Severity::Error,
                Phrase::new(
                    format!("{} calls the IP address {host}", reached.api),
                    format!("{} 访问的是 IP 地址 {host}", reached.api),
                ),
                Phrase::new(
                    "An IP address cannot be registered, so a release refuses the call.",
                    "IP 地址无法登记为服务器域名，正式版会拒绝该请求。",
                ),
                Phrase::new(
                    "Give the server a domain with an ICP filing and a certificate, and register it.",
                    "请为服务器配置已完成 ICP 备案并有证书的域名，再登记为服务器域名。",
                ),
            ),
            DomainStatus::LocalAddress => (
                Severity::Information,
                Phrase::new(
                    format!("{} calls {host}, an address of the local network", reached.api),
                    format!("{} 访问的是局域网地址 {host}", reached.api),
                ),
                Phrase::new(
                    "It works without registration only while the phone is in the same network (base library 2.4.0 and newer).",
                    "仅当手机处于同一局域网时可用，无需登记（基础库 2.4.0 及以上）。",
                ),
                Phrase::new(
                    "Fine for a device at home or in a shop; if it is a development server, replace it before release.",
                    "用于访问本地设备没有问题；若是开发服务器，请在发布前替换。",
                ),
            ),
            _ => continue,
        };
        let mut finding = RULE.finding(reached.place.clone(), message, reached.endpoint.origin());
        (finding.severity, finding.why, finding.help, finding.labels) =
            (severity, why, help, reached.labels(context));
        if reached.in_package && finding.severity == Severity::Error {
            // Whether the package's code is reached at all is not certain.
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
    findings
}

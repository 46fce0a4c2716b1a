//! `refused-port`: a TCP connection to a port that the platform never opens. It needs no domain
//! list to be certain, and an address of the local network is refused the same.

use super::domain_status::DomainStatus;
use super::hosts::{Same, reached_at_all};
use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "refused-port",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "No connection uses a port that the platform always refuses.",
        "不连接平台始终拒绝的端口。",
    ],
    docs: include_str!("refused_port.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for reached in reached_at_all(context, Same::Origin, |one| {
        matches!(one.verdict, DomainStatus::RefusedPort(_))
    }) {
        let DomainStatus::RefusedPort(port) = reached.verdict else { continue };
        let host = &reached.endpoint.host;
        let mut finding = RULE.finding(
            reached.place.clone(),
            Phrase::new(
                format!("{} to {host} uses port {port}, which is always refused", reached.api),
                format!("{} 连接 {host} 的端口 {port}，该端口始终被拒绝", reached.api),
            ),
            reached.endpoint.origin(),
        );
        finding.why = Phrase::new(
            "The platform opens no connection to this port, whatever is registered: it belongs to another service, or lies below 1024.",
            "无论登记了什么，平台都不会连接该端口：它小于 1024，或属于其他常见服务。",
        );
        finding.help = Phrase::new(
            "Let the server listen on a port that is open to mini-programs; the page of TCPSocket.connect lists those that are not.",
            "请让服务器监听小程序可以连接的端口；TCPSocket.connect 的文档列出了被拒绝的端口。",
        );
        if reached.in_package {
            finding.severity = Severity::Warning;
        }
        finding.labels = reached.labels(context);
        findings.push(finding);
    }
    findings
}

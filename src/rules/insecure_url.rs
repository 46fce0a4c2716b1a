//! `insecure-url`: a scheme that a release refuses. The fix changes the literal's scheme only where
//! the literal itself begins with it.

use super::domain_status::DomainStatus;
use super::hosts::{Reached, Same, reached_at_all};
use super::{Context, Rule};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "insecure-url",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "Calls use the encrypted scheme that the platform demands (https, wss).",
        "网络请求使用平台要求的加密协议（https、wss）。",
    ],
    docs: include_str!("insecure_url.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let wanted = |one: &Reached<'_>| matches!(one.verdict, DomainStatus::WrongScheme(_));
    for reached in reached_at_all(context, Same::Literal, wanted) {
        let DomainStatus::WrongScheme(wanted) = reached.verdict else { continue };
        let scheme = &reached.endpoint.scheme;
        let mut finding = RULE.finding(
            reached.place.clone(),
            Phrase::new(
                format!("{} uses {scheme}://, but only {wanted}:// is allowed", reached.api),
                format!("{} 使用了 {scheme}://，平台只允许 {wanted}://", reached.api),
            ),
            reached.endpoint.origin(),
        );
        finding.why = Phrase::new(
            "A release refuses the call whatever is registered; what it carries could be read on the way (PIPL Art. 9, 51).",
            "无论是否登记，正式版都会拒绝该请求；明文传输的数据也可能被截获（《个人信息保护法》第九条、第五十一条）。",
        );
        finding.help = Phrase::new(
            format!(
                "Use {wanted}://{} and make sure that the server offers TLS 1.2 or newer.",
                reached.endpoint.host
            ),
            format!(
                "改用 {wanted}://{}，并确认服务器支持 TLS 1.2 及以上版本。",
                reached.endpoint.host
            ),
        );
        if reached.in_package {
            finding.severity = Severity::Warning;
        }
        finding.fixes = fix(context, &reached, wanted).into_iter().collect();
        finding.labels = reached.labels(context);
        findings.push(finding);
    }
    findings
}

fn fix(context: &Context<'_>, reached: &Reached<'_>, wanted: &str) -> Option<Fix> {
    let secure =
        matches!((reached.endpoint.scheme.as_str(), wanted), ("http", "https") | ("ws", "wss"));
    if reached.in_package || !secure {
        return None;
    }
    let scheme = &reached.endpoint.scheme;
    let edits: Option<Vec<Edit>> =
        reached.literals.iter().map(|literal| edit(context, literal, scheme, wanted)).collect();
    Some(Fix {
        title: Phrase::new(format!("Use {wanted}://"), format!("改用 {wanted}://")),
        applicability: Applicability::Unsafe,
        edits: edits.filter(|edits| !edits.is_empty())?,
    })
}

/// Replaces the scheme at the start of `literal`.
fn edit(context: &Context<'_>, literal: &Place, scheme: &str, wanted: &str) -> Option<Edit> {
    let text = literal.span.of(&context.editable(&literal.file)?.source);
    let quote = text.len() - text.trim_start_matches(['"', '\'', '`']).len();
    let start = literal.span.start() + quote;
    let written = text.get(quote..quote + scheme.len())?;
    written.eq_ignore_ascii_case(scheme).then(|| Edit::Replace {
        place: Place::new(&literal.file, Span::new(start, start + written.len())),
        text: wanted.to_owned(),
    })
}

//! `web-view-closed-to-individuals`: the account is an individual's, and the program shows web
//! pages. It speaks only where the team says that the account is an individual's.

use super::{Context, Rule};
use crate::catalogue::{self, EntityKind};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "web-view-closed-to-individuals",
    severity: Severity::Error,
    default_on: true,
    summary: ["Accounts of individuals show no web pages.", "个人主体账号不能内嵌网页。"],
    docs: include_str!("web_view_closed_to_individuals.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let individual = context.settings.entity.is_some_and(|it| it.kind == EntityKind::Individual);
    let Some(licence) = catalogue::licence("webview").filter(|_| individual) else {
        return Vec::new();
    };
    context
        .sites(|used| !used.in_plugin && licence.interfaces.contains(&used.interface.name))
        .into_iter()
        .map(|site| {
            let message = Phrase::new(
                "a web page is shown here, which the account of an individual cannot do",
                "此处内嵌网页，而个人主体账号不支持",
            );
            let mut finding = RULE.finding(site.place.clone(), message, site.used.api);
            finding.labels = site.labels();
            finding.why = licence.enforcement_sentence().then(&licence.issuer_and_basis());
            finding.help = Phrase::new(
                "Build the page as a page of the mini-program, or move the program to the account of an organisation and register the business domain.",
                "请改为小程序原生页面，或改用非个人主体账号并登记业务域名。",
            );
            finding
        })
        .collect()
}

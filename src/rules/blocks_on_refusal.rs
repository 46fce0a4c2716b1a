//! `blocks-on-refusal`: who refuses is shown out. What the person chose in a dialog that could be
//! declined is the person's own doing; a question that comes back is `prompt-loop`'s.

use super::{Context, Rule};
use crate::finding::{Finding, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "blocks-on-refusal",
    severity: Severity::Warning,
    default_on: true,
    summary: ["A refusal does not close the program.", "用户拒绝授权后，小程序不会因此退出。"],
    docs: include_str!("blocks_on_refusal.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let exits = context.consent.exits.iter();
    exits
        .map(|one| {
            let mut finding = RULE.finding(
                one.place.clone(),
                Phrase::new(
                    format!("{} closes the program for a person who refused", one.api),
                    format!("用户拒绝后，{} 直接退出小程序", one.api),
                ),
                one.api,
            );
            finding.why = Phrase::new(
                "Service may not be refused because a person does not consent, unless the information is necessary for it (PIPL Art. 16); WeChat's rules say that refusing an authorisation must not disable the whole service (operation rules, 15.1.3.2).",
                "除提供服务所必需的信息外，不得以个人不同意为由拒绝提供服务（《个人信息保护法》第十六条）；微信运营规范要求，用户拒绝授权不应导致整个服务不可用（15.1.3.2）。",
            );
            finding.help = Phrase::new(
                "Go on without what needs the consent, and offer it again where the person wants to use it.",
                "请在不使用相关信息的情况下继续提供服务，待用户需要该功能时再次提供授权入口。",
            );
            if one.refused != one.place {
                finding.labels = vec![Label {
                    place: one.refused.clone(),
                    message: Phrase::new("refused here", "在此被拒绝"),
                }];
            }
            finding
        })
        .collect()
}

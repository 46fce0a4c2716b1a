//! `business-licence-not-shown`: a shop, and nothing in it names the business licence. The law
//! alone asks for it; an image may show the licence, so this is no more than information.

use super::{Context, Rule, commerce, user_rights};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "business-licence-not-shown",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "A shop shows its business licence on the home page.",
        "电商小程序在首页公示营业执照信息。",
    ],
    docs: include_str!("business_licence_not_shown.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let id = "business-licence";
    if !commerce::is_shop(context) || user_rights::offers(context, id) {
        return Vec::new();
    }
    let message = Phrase::new(
        "the program sells, but nothing in it names the business licence",
        "程序销售商品，但未发现营业执照信息的公示",
    );
    let finding = user_rights::missing(context, &RULE, message, id);
    finding
        .map(|mut finding| {
            finding.why = Phrase::new(
                "WeChat does not check this; the law still applies. E-Commerce Law Art. 15 asks for the business licence and the permits, or a link to them, in a prominent place of the home page (Art. 76: fine up to CNY 10,000). Authority: market regulators.",
                "微信不检查此项，但法律要求仍然适用。《电子商务法》第十五条要求在首页显著位置持续公示营业执照和行政许可信息或其链接（第七十六条：罚款可至一万元）。主管机关：市场监督管理部门。",
            );
            finding.help = Phrase::new(
                "Link a page with the business licence (证照信息) from the home page. If an image or a web page shows it, say so in `ignore` of miniguard.json.",
                "请在首页提供“证照信息”入口。如由图片或网页展示，可在 miniguard.json 的 `ignore` 中说明。",
            );
            finding
        })
        .into_iter()
        .collect()
}

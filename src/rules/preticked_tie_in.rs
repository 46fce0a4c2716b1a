//! `preticked-tie-in`: something to be paid for is ticked before anybody chose it. Three signs are
//! wanted – the tick, words of an additional sale, and a price – and words of agreement are another
//! rule's.

use super::checkboxes::ticked;
use super::preticked_consent::untick;
use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "preticked-tie-in",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "What is sold in addition is chosen by the user, not ticked beforehand.",
        "搭售的商品或服务由用户主动选择，而非默认勾选。",
    ],
    docs: include_str!("preticked_tie_in.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let (Some(tie_in), Some(price)) = (catalogue::wording("tie-in"), catalogue::wording("price"))
    else {
        return Vec::new();
    };
    let said = |words: &[String]| {
        words.iter().any(|words| tie_in.is_said_in(words))
            && words.iter().any(|words| price.is_said_in(words))
    };
    ticked(context, said)
        .into_iter()
        .map(|ticked| {
            let mut finding = RULE.finding(
                ticked.place.clone(),
                Phrase::new(
                    "something to be paid for in addition is ticked beforehand",
                    "另行收费的搭售项被默认勾选",
                ),
                ticked.tag.clone(),
            );
            finding.why = Phrase::new(
                "WeChat does not check this; the law still applies. E-Commerce Law Art. 19: what is sold in addition must be pointed out and must not be the default choice. Authority: market regulators.",
                "微信不检查此项，但法律要求仍然适用。《电子商务法》第十九条：搭售商品或服务应以显著方式提请注意，不得作为默认同意的选项。主管机关：市场监督管理部门。",
            );
            finding.help = Phrase::new(
                "Leave it unticked and let the user choose it.",
                "请保持未勾选，由用户自行选择。",
            );
            untick(&mut finding, ticked);
            finding
        })
        .collect()
}

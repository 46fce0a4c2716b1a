//! `deposit-without-terms`: a deposit is taken, and nothing says how it is returned. Terms anywhere
//! in the program's own files are enough; said once, where the deposit is named.

use super::{Context, Rule, commerce, user_rights};
use crate::catalogue;
use crate::facts::template::Piece;
use crate::finding::{Finding, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "deposit-without-terms",
    severity: Severity::Information,
    default_on: true,
    summary: ["Who takes a deposit says how it is returned.", "收取押金的程序说明退还方式和程序。"],
    docs: include_str!("deposit_without_terms.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(deposit) = catalogue::wording("deposit") else { return Vec::new() };
    if context.unread
        || commerce::payments(context).is_empty()
        || user_rights::offers(context, "deposit-terms")
    {
        return Vec::new();
    }
    let named =
        context.own.iter().filter(|file| deposit.is_held_by(&file.source)).find_map(|file| {
            let texts = file.facts().as_template()?.texts.iter().flat_map(|text| &text.pieces);
            let mut places = texts.filter_map(|piece| match piece {
                Piece::Literal { text, span } if deposit.is_said_in(text) => {
                    Some(Place::new(&file.path, *span))
                }
                _ => None,
            });
            places.next()
        });
    let Some(place) = named else { return Vec::new() };
    let message = Phrase::new(
        "a deposit is named here, and nothing says how and when it is returned",
        "此处提到押金，但未说明退还方式和程序",
    );
    let mut finding = RULE.finding(place, message, "deposit");
    finding.why = Phrase::new(
        "WeChat does not check this; the law still applies. E-Commerce Law Art. 21 asks for the way and the procedure of the return to be stated, without unreasonable conditions, and for a timely return. Authority: market regulators.",
        "微信不检查此项，但法律要求仍然适用。《电子商务法》第二十一条要求明示押金退还的方式、程序，不得设置不合理条件，并应及时退还。主管机关：市场监督管理部门。",
    );
    finding.help = Phrase::new(
        "Say beside the deposit how, when and on which conditions it is returned.",
        "请在押金旁说明退还的方式、时间和条件。",
    );
    vec![finding]
}

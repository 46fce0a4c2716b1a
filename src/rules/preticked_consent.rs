//! `preticked-consent`: a box beside words of agreement that is ticked before anybody agrees. Both
//! signs are wanted – the tick, literal or from the page's data, and words of agreement on the box
//! – so that an ordinary choice with a default is left alone.

use super::checkboxes::{Ticked, ticked};
use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Applicability, Finding, Fix, Label, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "preticked-consent",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "A consent is ticked by the user, not beforehand.",
        "同意选项由用户主动勾选，而非默认勾选。",
    ],
    docs: include_str!("preticked_consent.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(agreement) = catalogue::wording("agreement") else { return Vec::new() };
    let boxes = ticked(context, |words| words.iter().any(|words| agreement.is_said_in(words)));
    boxes.into_iter().map(finding).collect()
}

fn finding(ticked: Ticked) -> Finding {
    let mut finding = RULE.finding(
        ticked.place.clone(),
        Phrase::new(
            "the box beside the words of agreement is ticked beforehand",
            "“同意”选项被默认勾选",
        ),
        ticked.tag.clone(),
    );
    finding.why = Phrase::new(
        "A consent has to be explicit (PIPL Art. 14); the 2019 method for identifying unlawful collection names agreement by default, and review asks for an unticked box.",
        "同意须由个人明确作出（《个人信息保护法》第十四条）；2019 年《违法违规收集使用个人信息行为认定方法》将默认同意列为违规情形，审核也要求不得默认勾选。",
    );
    finding.help = Phrase::new(
        "Leave it unticked, and go on only once the user has ticked it.",
        "请保持未勾选，待用户主动勾选后再继续。",
    );
    untick(&mut finding, ticked);
    finding
}

/// Where the box stands, when its tick stands elsewhere, and the way to leave it unticked.
pub(super) fn untick(finding: &mut Finding, ticked: Ticked) {
    if ticked.place.file != ticked.attribute.file {
        finding.labels.push(Label {
            place: ticked.attribute,
            message: Phrase::new("this box shows it", "此选项以其为初始状态"),
        });
    }
    finding.fixes.extend(ticked.untick.map(|edit| Fix {
        title: Phrase::new("Leave the box unticked", "改为默认不勾选"),
        // What follows from an unticked box is the program's behaviour.
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    }));
}

//! `filed-name-differs`: the program calls itself otherwise than it was filed. The title of the
//! window stands for the name, and one that holds the other is the same.

use super::{Context, Rule, settings_edit};
use crate::finding::{Finding, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "filed-name-differs",
    severity: Severity::Information,
    default_on: true,
    summary: ["The program goes by the name that was filed.", "小程序使用备案时的名称。"],
    docs: include_str!("filed_name_differs.md"),
    check,
};

/// Titles that a new program has before anybody gives it a name.
const BLANK: [&str; 3] = ["wechat", "weixin", "微信"];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let filed = context.settings.filing.as_ref().and_then(|filing| filing.name.as_deref());
    let (Some(filed), Some(app)) = (filed, &context.program.app) else { return Vec::new() };
    let root = context.files.manifest(app).and_then(|facts| facts.root.as_ref());
    let Some(title) = root.and_then(|root| root.at(&["window", "navigationBarTitleText"])) else {
        return Vec::new();
    };
    let Some(shown) = title.as_str() else { return Vec::new() };
    let (one, other) = (plain(filed), plain(shown));
    if one.is_empty()
        || other.is_empty()
        || BLANK.contains(&&*other)
        || one.contains(&other)
        || other.contains(&one)
    {
        return Vec::new();
    }
    let message = Phrase::new(
        format!("the program calls itself “{shown}”, and was filed as “{filed}”"),
        format!("小程序标题为“{shown}”，备案名称为“{filed}”"),
    );
    let mut finding = RULE.finding(Place::new(app, title.span), message, "filing");
    finding.why = Phrase::new(
        "A filing is for one entity and one name: after a change of the name WeChat asks for a change of the filing (WeChat operation rules, 5.35).",
        "备案与主体和名称一一对应：更改名称后，微信要求办理备案变更（微信小程序运营规范第 5.35 条）。",
    );
    finding.help = Phrase::new(
        "If the program was renamed, change the filing; otherwise write the filed name into miniguard.json.",
        "如已更名，请办理备案变更；否则请在 miniguard.json 中更正备案名称。",
    );
    finding.labels.extend(settings_edit::place(context, &["filing", "name"]).map(|place| {
        crate::finding::Label { place, message: Phrase::new("the filed name", "备案名称") }
    }));
    vec![finding]
}

/// Without blanks and case.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

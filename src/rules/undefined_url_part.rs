//! `undefined-url-part`: a URL with a member that no module gives. It is only said of a member of a
//! module of the program whose exports all stand there by name, and that no script assigns to.

use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::finding::{Finding, Label, Phrase, Place, Severity};
use crate::semantic::api_use::ApiUse;
use crate::semantic::string_value::UnknownReason;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "undefined-url-part",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "No URL is put together from a member that does not exist.",
        "不用不存在的成员拼接网址。",
    ],
    docs: include_str!("undefined_url_part.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut missing: BTreeMap<&Place, Vec<&ApiUse>> = BTreeMap::new();
    for used in context.uses {
        for reason in used.reach.iter().flat_map(|reach| &reach.reasons) {
            if let UnknownReason::Undefined(place) = reason {
                missing.entry(place).or_default().push(used);
            }
        }
    }
    missing.into_iter().filter_map(|(place, uses)| finding(context, place, &uses)).collect()
}

fn finding(context: &Context<'_>, place: &Place, uses: &[&ApiUse]) -> Option<Finding> {
    let file = context.own.iter().find(|file| file.path == place.file)?;
    // A value that the program itself leaves undefined may be given later; a member that no code
    // gives may not.
    let member = place.span.of(&file.source);
    if !member.contains('.') || member.contains(char::is_whitespace) {
        return None;
    }
    let api = uses.first()?.api;
    let mut finding = RULE.finding(
        place.clone(),
        Phrase::new(
            format!("{member} does not exist, so {api} asks for `undefined…`"),
            format!("{member} 不存在，{api} 会请求 `undefined…`"),
        ),
        member,
    );
    finding.why = Phrase::new(
        "The module gives nothing of this name: the text `undefined` becomes a part of the URL, and the call fails.",
        "所引用的模块没有导出该名称：网址中会出现文本 `undefined`，请求失败。",
    );
    finding.help = Phrase::new(
        "Export it from the module, or use a name that the module gives.",
        "在模块中导出该名称，或改用模块已导出的名称。",
    );
    finding.labels = uses
        .iter()
        .filter(|used| used.place.file != place.file)
        .map(|used| Label {
            place: used.place.clone(),
            message: Phrase::new(
                format!("{} asks for it here", used.api),
                format!("{} 在此发出请求", used.api),
            ),
        })
        .collect();
    Some(finding)
}

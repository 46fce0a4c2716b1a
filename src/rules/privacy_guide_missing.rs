//! `privacy-guide-missing`: uses of personal information that no privacy guide can be compared
//! with, because none is in the tree. Most teams keep the guide in the console alone, so it speaks
//! only where settings turn it on.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "privacy-guide-missing",
    severity: Severity::Information,
    default_on: false,
    summary: [
        "The privacy guide is at hand, so that uses of personal information can be compared with it.",
        "已提供《用户隐私保护指引》的副本，可与个人信息的使用比对。",
    ],
    docs: include_str!("privacy_guide_missing.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let known = context.privacy_guide.as_ref().is_some_and(|one| one.guide.declared.is_some());
    let mut keys: Vec<&str> = context
        .uses
        .iter()
        .filter(|used| used.interface.table.is_some() && !used.in_plugin)
        .flat_map(|used| used.interface.information.iter().copied())
        .collect();
    keys.sort_unstable();
    keys.dedup();
    let Some(file) = context.program.config.as_ref().or(context.program.app.as_ref()) else {
        return Vec::new();
    };
    if known || keys.is_empty() {
        return Vec::new();
    }
    let mut finding = RULE.finding(
        Place::start_of(file),
        Phrase::new(
            format!(
                "there is no privacy guide to compare with: the program uses {}",
                keys.join(", ")
            ),
            format!("缺少《用户隐私保护指引》的副本可供比对：程序使用了 {}", keys.join("、")),
        ),
        "privacy-guide.json",
    );
    finding.why = Phrase::new(
        "The guide is kept in the console; an interface whose kind of information is not declared there fails with errno 112.",
        "指引保存在管理后台；未在其中声明信息类型的接口，调用会以 errno 112 失败。",
    );
    finding.help = Phrase::new(
        "Save the answer of getprivacysetting as privacy-guide.json beside project.config.json; `miniguard privacy-guide --write` makes one from what the program uses.",
        "将 getprivacysetting 的返回保存为 project.config.json 旁的 privacy-guide.json；也可用 `miniguard privacy-guide --write` 按程序的实际使用生成。",
    );
    vec![finding]
}

//! `filing-not-recorded`: nothing says under which number the mini-program is filed. Whether it is
//! filed stands in no source, so this is a question, not an accusation; it is said once.

use super::obligations::is_published;
use super::{Context, Rule, settings_edit};
use crate::catalogue::{self, EntityKind, FilingForm};
use crate::facts::manifest::edit::Value;
use crate::finding::{Finding, Fix, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "filing-not-recorded",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "The number of the mini-program's ICP filing is recorded.",
        "记录小程序的 ICP 备案号。",
    ],
    docs: include_str!("filing_not_recorded.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    if !is_published(context) {
        return Vec::new();
    }
    match &context.settings.filing {
        Some(filing) if filing.is_recorded() => {
            let other = catalogue::filing_form(&filing.number) != FilingForm::MiniProgram;
            other.then(|| other_form(context, &filing.number)).flatten().into_iter().collect()
        }
        _ if context.filings.iter().any(|it| it.form == FilingForm::MiniProgram) => Vec::new(),
        _ => missing(context).into_iter().collect(),
    }
}

fn missing(context: &Context<'_>) -> Option<Finding> {
    let place = settings_edit::place(context, &["filing", "number"])
        .or_else(|| context.program.app.as_ref().map(Place::start_of))?;
    let licence = catalogue::licence("filing.miniprogram")?;
    let message =
        Phrase::new("no filing number of this mini-program is recorded", "未登记本小程序的备案号");
    let mut finding = RULE.finding(place, message, "filing");
    finding.why = licence.enforcement_sentence().then(&licence.issuer_and_basis());
    finding.help = Phrase::new(
        "If it is filed, write its number as `filing` into miniguard.json; if not, file it in the console before the release. Say there, too, whose account it is (`entity`): what is open to it depends on that.",
        "如已备案，请在 miniguard.json 的 `filing` 中填写备案号；如未备案，请在发布前于管理后台完成备案。并请以 `entity` 声明账号主体，可用的能力随主体而不同。",
    );
    finding.fixes.extend(filing_fix(context));
    if context.settings.entity.is_none() {
        let kinds = [EntityKind::Company, EntityKind::Individual, EntityKind::Overseas];
        finding.fixes.extend(kinds.into_iter().filter_map(|kind| entity_fix(context, kind)));
    }
    Some(finding)
}

/// A number of a website or of an app, where a mini-program's belongs.
fn other_form(context: &Context<'_>, number: &str) -> Option<Finding> {
    let place = settings_edit::place(context, &["filing", "number"])?;
    let message = Phrase::new(
        format!("{number} does not look like the number of a mini-program"),
        format!("{number} 不像小程序的备案号"),
    );
    let mut finding = RULE.finding(place, message, "filing");
    finding.severity = Severity::Hint;
    finding.why = Phrase::new(
        "A mini-program has a number of its own, which ends in X (`…号-1X`); a website's does not count for it.",
        "小程序有单独的备案号，以 X 结尾（如 `…号-1X`）；网站的备案号不能代替。",
    );
    finding.help = Phrase::new(
        "Look the number up in the console or on beian.miit.gov.cn.",
        "请在管理后台或 beian.miit.gov.cn 核对备案号。",
    );
    Some(finding)
}

fn filing_fix(context: &Context<'_>) -> Option<Fix> {
    let title = Phrase::new(
        "Add `filing` to miniguard.json, to be filled in",
        "在 miniguard.json 中添加 `filing`，待填写",
    );
    let value = Value::Object(vec![("number".to_owned(), Value::from("京ICP备00000000号-1X"))]);
    // What a team wrote itself is not replaced by a placeholder.
    context
        .settings
        .filing
        .is_none()
        .then(|| settings_edit::set(context, title, "filing", value))
        .flatten()
}

fn entity_fix(context: &Context<'_>, kind: EntityKind) -> Option<Fix> {
    let who = kind.phrase();
    let title = Phrase::new(
        format!("Declare that the account is that of {}", who.en),
        format!("声明账号为{}", who.zh),
    );
    let value = Value::Object(vec![("kind".to_owned(), Value::from(kind.name()))]);
    settings_edit::set(context, title, "entity", value)
}

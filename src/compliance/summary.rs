//! What a reader in a hurry wants to know: six figures, and what is to be done first. A figure
//! whose answer is not known is open, not good.

use super::information::{collected, sensitivity};
use super::{Figure, ReportInput, Tone, open_obligations, third_parties};
use crate::catalogue::Sensitivity;
use crate::check::domains::State;
use crate::finding::{Phrase, Severity};
use crate::rules::obligations::Status;

/// How many things to do are named.
const FIRST: usize = 6;

pub(super) fn figures(input: &ReportInput<'_>) -> Vec<Figure> {
    let kinds = collected(input);
    let sensitive = kinds
        .iter()
        .filter(|(key, kind)| sensitivity(key, kind) == Some(Sensitivity::Sensitive))
        .count();
    let hosts: Vec<State> = input
        .domains
        .iter()
        .flat_map(|domains| &domains.lists)
        .flat_map(|listed| listed.hosts.iter().map(|host| host.state))
        .collect();
    let wrong =
        hosts.iter().filter(|it| matches!(it, State::Unregistered | State::Refused)).count();
    let unknown = hosts.iter().filter(|it| **it == State::Unknown).count();
    let statuses: Vec<&Status> = input.obligations().map(|one| &one.status).collect();
    let missing = statuses.iter().filter(|it| ***it == Status::Missing).count();
    let undeclared = statuses.iter().filter(|it| ***it == Status::NotDeclared).count();
    let required_declarations = input.view.map_or(0, |view| view.required_declarations.len());
    let guide = input.guide.map(|loaded| &loaded.guide);
    let not_in_guide = guide.map(|guide| {
        let required_declarations = input.view.iter().flat_map(|view| &view.required_declarations);
        required_declarations.filter(|required| !guide.declares(required.key)).count()
    });
    let count = |severity| input.findings().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let parties = third_parties::count(input);
    vec![
        Figure {
            id: "information",
            number: kinds.len(),
            label: Phrase::new(
                format!("{} of personal information", kinds_of(kinds.len())),
                "类个人信息",
            ),
            note: Phrase::new(format!("{sensitive} sensitive"), format!("其中敏感 {sensitive} 类")),
            tone: if sensitive > 0 { Tone::Open } else { Tone::Plain },
        },
        Figure {
            id: "hosts",
            number: hosts.len(),
            label: Phrase::new(
                one_or(hosts.len(), "host by list", "hosts by list"),
                "个域名（按列表计）",
            ),
            note: Phrase::new(
                format!("{wrong} not registered or refused, {unknown} not known"),
                format!("{wrong} 个未登记或被拒绝，{unknown} 个未知"),
            ),
            tone: tone(wrong > 0, unknown > 0),
        },
        Figure {
            id: "thirdParties",
            number: parties,
            label: Phrase::new(one_or(parties, "third party", "third parties"), "个第三方"),
            note: Phrase::new("plugins and packages", "插件与依赖包"),
            tone: Tone::Plain,
        },
        Figure {
            id: "capabilities",
            number: statuses.len(),
            label: Phrase::new(
                format!(
                    "{} of licence, filing or category",
                    one_or(statuses.len(), "duty", "duties")
                ),
                "项许可、备案或类目要求",
            ),
            note: Phrase::new(
                format!("{missing} missing, {undeclared} not declared"),
                format!("缺少 {missing} 项，未声明 {undeclared} 项"),
            ),
            tone: tone(missing > 0, undeclared > 0),
        },
        Figure {
            id: "detected",
            number: required_declarations,
            label: Phrase::new(
                format!("{} that the privacy guide must hold", kinds_of(required_declarations)),
                "类信息须写入隐私保护指引",
            ),
            note: not_in_guide.map_or_else(
                || Phrase::new("no guide in the tree", "源码中没有指引"),
                |count| {
                    Phrase::new(format!("{count} not in the guide"), format!("{count} 类未写入"))
                },
            ),
            tone: match not_in_guide {
                Some(0) => Tone::Good,
                Some(_) => Tone::Bad,
                None if required_declarations > 0 => Tone::Open,
                // Nothing is asked for, and nothing was compared.
                None => Tone::Plain,
            },
        },
        Figure {
            id: "findings",
            number: errors + warnings,
            label: Phrase::new(
                one_or(errors + warnings, "open finding", "open findings"),
                "个待处理的问题",
            ),
            note: Phrase::new(
                format!(
                    "{errors} {}, {warnings} {}",
                    one_or(errors, "error", "errors"),
                    one_or(warnings, "warning", "warnings")
                ),
                format!("错误 {errors}，警告 {warnings}"),
            ),
            tone: tone(errors > 0, warnings > 0),
        },
    ]
}

fn one_or<'t>(number: usize, one: &'t str, many: &'t str) -> &'t str {
    if number == 1 { one } else { many }
}

fn kinds_of(number: usize) -> &'static str {
    one_or(number, "kind", "kinds")
}

fn tone(bad: bool, open: bool) -> Tone {
    match (bad, open) {
        (true, _) => Tone::Bad,
        (false, true) => Tone::Open,
        (false, false) => Tone::Good,
    }
}

/// What is to be done first: the heaviest findings, one for each rule.
pub(super) fn first(input: &ReportInput<'_>) -> Vec<Phrase> {
    let findings = open_obligations::heavy(input);
    let mut rules: Vec<&str> = Vec::new();
    let mut first = Vec::new();
    for one in &findings {
        if rules.contains(&one.rule) || first.len() == FIRST {
            continue;
        }
        rules.push(one.rule);
        let more = findings.iter().filter(|other| other.rule == one.rule).count() - 1;
        let (en, zh) = if more > 0 {
            (format!(" (and {more} more like it)"), format!("（另有 {more} 处同类问题）"))
        } else {
            (String::new(), String::new())
        };
        first.push(Phrase::new(
            format!("{}{en}", one.message.en),
            format!("{}{zh}", one.message.zh),
        ));
    }
    first
}

//! `unresolved-url`: a network call of which not every host is known. It is off unless the settings
//! ask for it, since such a call is no mistake; a team that wants its list of hosts to be complete
//! turns it on.

use super::{Context, Rule, domains};
use crate::finding::{Finding, Phrase, Severity};
use crate::semantic::string_value::UnknownReason;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "unresolved-url",
    severity: Severity::Information,
    default_on: false,
    summary: [
        "Of every network call the source tells every host (off by default).",
        "源码能说明每个网络请求访问的全部域名（默认关闭）。",
    ],
    docs: include_str!("unresolved_url.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let own = |call: &&domains::OpenCall| {
        context.own.iter().any(|file| file.path == call.caller.place.file)
    };
    // What does not exist is the business of `undefined-url-part`.
    let known = |reason: &UnknownReason| !matches!(reason, UnknownReason::Undefined(_));
    domains::open_calls(context)
        .iter()
        .filter(own)
        .filter(|call| call.reasons.is_empty() || call.reasons.iter().any(known))
        .map(|call| finding(call, known))
        .collect()
}

fn finding(call: &domains::OpenCall, known: impl Fn(&UnknownReason) -> bool) -> Finding {
    let (name, console) = (&call.caller.name, call.list.console);
    let message = if call.partial {
        Phrase::new(
            format!("{name} also reaches hosts that the source does not tell"),
            format!("{name} 还会访问源码无法说明的域名"),
        )
    } else {
        Phrase::new(
            format!("{name} reaches a host that the source does not tell"),
            format!("源码无法说明 {name} 访问的域名"),
        )
    };
    let mut finding = RULE.finding(call.caller.place.clone(), message, name.clone());
    let reasons: Vec<Phrase> =
        call.reasons.iter().filter(|reason| known(reason)).map(UnknownReason::phrase).collect();
    let reasons = if reasons.is_empty() { vec![UnknownReason::Other.phrase()] } else { reasons };
    let en: Vec<&str> = reasons.iter().map(|reason| reason.en.as_str()).collect();
    let zh: Vec<&str> = reasons.iter().map(|reason| reason.zh.as_str()).collect();
    finding.why = Phrase::new(
        format!(
            "Part of the URL comes from {}; whether its host is in the list ({console}) only running tells.",
            en.join(", ")
        ),
        format!(
            "网址的一部分来自{}；其域名是否已登记（{console}）只有运行时才知道。",
            zh.join("、")
        ),
    );
    finding.help = Phrase::new(
        "Keep the hosts in constants of the program, or see to it that every host it may be is registered.",
        "请将域名写成程序中的常量，或确保所有可能的域名均已登记。",
    );
    finding
}

//! `overseas-host`: the program calls a host outside mainland China. Only providers whose place is
//! known count, never a top-level domain; it is a warning when the call itself sends personal
//! information along.

use super::hosts::{Reached, reached};
use super::{Context, Rule};
use crate::catalogue::{self, Confidence, FieldKind, HostRegion, NameMatch, Side};
use crate::content::payload::{PayloadField, sent};
use crate::finding::{Finding, Label, Phrase, Place, Severity};
use crate::semantic::api_use::{Destinations, UseKind};
use crate::settings::Hosting;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "overseas-host",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "Hosts outside mainland China are known, and what goes there.",
        "掌握境外主机及发往境外的数据。",
    ],
    docs: include_str!("overseas_host.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for one in reached(context).iter().filter(|one| !one.in_plugin) {
        let Some(row) = catalogue::host_region(&one.endpoint.host) else { continue };
        if row.region != Side::Overseas {
            continue;
        }
        match findings.iter_mut().find(|finding| finding.subject == one.endpoint.host) {
            // By another scheme, port or kind of call: the same host.
            Some(known) => add_labels(known, &one.place, &one.labels(context)),
            None => findings.push(finding(context, one, row)),
        }
    }
    findings
}

/// Adds the places of a host that is spoken of already.
fn add_labels(finding: &mut Finding, place: &Place, labels: &[Label]) {
    let also = Label {
        place: place.clone(),
        message: Phrase::new(
            format!("{} is written here, too", finding.subject),
            format!("此处也写有 {}", finding.subject),
        ),
    };
    for label in std::iter::once(&also).chain(labels) {
        let known = label.place == finding.place
            || finding.labels.iter().any(|other| other.place == label.place);
        if !known {
            finding.labels.push(label.clone());
        }
    }
}

fn finding(context: &Context<'_>, one: &Reached<'_>, row: &HostRegion) -> Finding {
    let host = &one.endpoint.host;
    let kinds = personal(context, host);
    let sure_en = if row.confidence == Confidence::High { "stands" } else { "probably stands" };
    let sure_zh = if row.confidence == Confidence::High { "位于" } else { "可能位于" };
    let mut message = Phrase::new(
        format!("{host} ({}) {sure_en} outside mainland China", row.provider),
        format!("{host}（{}）{sure_zh}中国大陆境外", row.provider),
    );
    if !kinds.is_empty() {
        let en: Vec<&str> = kinds.iter().map(|kind| kind.label.en).collect();
        let zh: Vec<&str> = kinds.iter().map(|kind| kind.label.zh).collect();
        message
            .en
            .push_str(&format!(", and personal information is sent there: {}", en.join(", ")));
        message.zh.push_str(&format!("，并有个人信息发往该处：{}", zh.join("、")));
    }
    let mut finding = RULE.finding(one.place.clone(), message, host.clone());
    if !kinds.is_empty() {
        finding.severity = Severity::Warning;
    }
    finding.labels = one.labels(context);
    finding.why = Phrase::new(
        "WeChat registers hosts with an ICP filing only, which needs hosting in mainland China, so a release cannot call it. If personal information goes there, the law asks for separate consent and one of three paths, unless an exemption applies (PIPL Art. 38, 39; CAC provisions on cross-border data flow of 2024-03-22).",
        "微信仅接受已完成 ICP 备案的域名，备案要求在境内接入，因此正式版无法访问该主机。如向其提供个人信息，除豁免情形外，法律要求取得单独同意并履行三种出境程序之一（《个人信息保护法》第三十八条、第三十九条；2024 年 3 月 22 日《促进和规范数据跨境流动规定》）。",
    )
    .then(&thresholds(context));
    finding.help = help(context, row);
    finding
}

/// The thresholds of the rules on export, or what the declared volume falls under.
fn thresholds(context: &Context<'_>) -> Phrase {
    if let Some(volume) = context.settings.volume {
        let (people, sensitive) = (volume.people.unwrap_or(0), volume.sensitive.unwrap_or(0));
        if let Some(path) = catalogue::export_path(people, sensitive) {
            return Phrase::new(
                format!(
                    "With the declared volume (people: {people}, sensitive: {sensitive}) that is {}.",
                    path.path.en
                ),
                format!(
                    "按声明的数量（{people} 人，其中敏感个人信息 {sensitive} 人），应为：{}。",
                    path.path.zh
                ),
            );
        }
    }
    let one = |path: &catalogue::ExportPath| {
        (
            format!("{}: {}", path.applies.en, path.path.en),
            format!("{}：{}", path.applies.zh, path.path.zh),
        )
    };
    let (en, zh): (Vec<String>, Vec<String>) = catalogue::export_paths().iter().map(one).unzip();
    Phrase::new(
        format!("Thresholds for those who run no critical infrastructure: {}.", en.join("; ")),
        format!("非关键信息基础设施运营者的门槛：{}。", zh.join("；")),
    )
}

fn help(context: &Context<'_>, row: &HostRegion) -> Phrase {
    let instead = row.instead.map(|instead| {
        Phrase::new(
            format!("The provider's counterpart on the mainland is {instead}."),
            format!("该服务商的境内对应为 {instead}。"),
        )
    });
    let help = match context.settings.hosting {
        Some(Hosting::Overseas) => Phrase::new(
            "The team declares overseas hosting: put a filed mainland host in front of it, and settle the path for the export before the release.",
            "已声明境外托管：请以境内已备案域名作为入口，并在发布前完成数据出境程序。",
        ),
        _ => Phrase::new(
            "Call a filed host in mainland China. What your server hands on from there is an export of data all the same, and out of sight here.",
            "请改用境内已备案的域名；服务器再向境外转发同样属于数据出境，此处无法看到。",
        ),
    };
    instead.map_or(help.clone(), |instead| help.then(&instead))
}

/// The kinds of personal information that calls to the host send along, by the names of their data.
fn personal(context: &Context<'_>, host: &str) -> Vec<&'static FieldKind> {
    let mut kinds: Vec<&'static FieldKind> = Vec::new();
    let mut add = |names: Vec<PayloadField>| {
        for one in names {
            let means = |kind: &&FieldKind| kind.named_by(&one.name) == Some(NameMatch::Strong);
            kinds.extend(catalogue::field_kinds().iter().filter(means));
        }
    };
    let goes_there = |reach: &Destinations| reach.endpoints.iter().any(|it| it.host == host);
    for used in context.uses.iter().filter(|used| used.reach.as_ref().is_some_and(goes_there)) {
        if let (UseKind::Called(call), Some(facts)) =
            (used.form, context.files.script(&used.place.file))
        {
            add(sent(facts, call, false));
        }
    }
    for call in context.calls {
        let there = call.sinks.iter().any(|sink| goes_there(&sink.reach));
        if let (true, Some(facts)) = (there, context.files.script(&call.place.file))
            && let Some(expr) = facts.call_of(call.place.span)
        {
            add(sent(facts, expr, true));
        }
    }
    kinds.sort_by_key(|kind| kind.id);
    kinds.dedup_by_key(|kind| kind.id);
    kinds
}

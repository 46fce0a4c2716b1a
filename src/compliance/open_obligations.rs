//! The open findings, heaviest first. Information and hints are counted in the summary and listed
//! by `check`; here stands what must be settled.

use super::{Cell, ReportInput, Section, Tone};
use crate::finding::{Finding, Phrase, Severity};

/// The findings that must be settled, heaviest first, then by place.
pub(super) fn heavy<'a>(input: &'a ReportInput<'_>) -> Vec<&'a Finding> {
    let mut findings: Vec<&Finding> =
        input.findings().filter(|one| one.severity >= Severity::Warning).collect();
    findings.sort_by_key(|one| std::cmp::Reverse(one.severity));
    findings
}

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let rows = heavy(input)
        .into_iter()
        .map(|one| {
            let (severity, tone) = if one.severity == Severity::Error {
                (Phrase::new("error", "错误"), Tone::Bad)
            } else {
                (Phrase::new("warning", "警告"), Tone::Open)
            };
            let mut what = Cell::said(one.message.clone());
            what.lines.push(one.help.clone());
            what.lines.retain(|line| !line.is_empty());
            vec![
                Cell::said(severity).tone(tone),
                what,
                Cell::code([one.rule.to_owned()]),
                Cell::code([input.at(&one.place)]),
            ]
        })
        .collect();
    Section {
        id: "findings",
        title: Phrase::new("Open findings", "待处理的问题"),
        intro: Phrase::new(
            "Errors: the platform rejects it or the call fails. Warnings: a duty without evidence.",
            "错误：平台会拒绝或调用会失败。警告：存在义务但未见依据。",
        ),
        columns: vec![
            ("severity", Phrase::new("Severity", "级别")),
            ("finding", Phrase::new("Finding, and what to do", "问题与处理办法")),
            ("rule", Phrase::new("Rule", "规则")),
            ("place", Phrase::new("Where", "位置")),
        ],
        rows,
        none: Phrase::new("None.", "无。"),
    }
}

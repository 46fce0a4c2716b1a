//! What the program does that asks for a licence, a filing, a category or a kind of entity. What is
//! not declared is said to be not declared, never missing.

use super::{Cell, ReportInput, Section, Tone, truncate_list};
use crate::catalogue::EnforcedBy;
use crate::finding::Phrase;
use crate::rules::obligations::{Status, Sureness};

/// How many places of evidence are shown.
const PLACES: usize = 3;

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let rows = input
        .obligations()
        .map(|one| {
            let licence = one.licence;
            let phrase = |phrase: crate::catalogue::Phrase| Phrase::new(phrase.en, phrase.zh);
            let (tone, number) = match &one.status {
                Status::Held { number } => (Tone::Good, number.clone()),
                Status::Missing => (Tone::Bad, None),
                Status::NotDeclared => (Tone::Open, None),
                Status::InCode => (Tone::Plain, None),
            };
            let mut status = Cell::said(one.status.phrase()).tone(tone);
            status
                .lines
                .extend(number.filter(|it| !it.is_empty()).map(|it| Phrase::new(it.clone(), it)));
            let sure = match one.sureness {
                Sureness::Certain => None,
                Sureness::Likely => {
                    Some(Phrase::new("likely, by the words shown", "据所示文字推断，可能性较大"))
                }
                Sureness::Possible => {
                    Some(Phrase::new("possible, by the words shown", "据所示文字推断，仅为可能"))
                }
            };
            let mut capability = Cell::said(phrase(licence.capability));
            capability.lines.extend(sure);
            let mut needs = Cell::said(phrase(licence.licence));
            needs.lines.push(licence.issuer_and_basis());
            let by = match licence.enforcement {
                EnforcedBy::Platform => Phrase::new("WeChat", "微信平台"),
                EnforcedBy::Partly => Phrase::new(
                    "WeChat in some categories; the law",
                    "部分类目由微信平台执行；法律",
                ),
                EnforcedBy::Law => Phrase::new("the law alone", "仅法律"),
            };
            let mut enforced = Cell::said(by);
            enforced.lines.push(licence.enforcement_sentence());
            let places = one.evidence.iter().map(|evidence| input.at(&evidence.place));
            vec![
                capability,
                needs,
                status,
                enforced,
                Cell { lines: truncate_list(places, PLACES), code: true, ..Cell::default() },
            ]
        })
        .collect();
    Section {
        id: "capabilities",
        title: Phrase::new("Licences, filings and categories", "许可、备案与类目"),
        intro: Phrase::new(
            "What the program does that asks for one, and whether miniguard.json declares it. Whether it applies to your case is for a person to judge.",
            "程序中需要许可、备案或特定类目的功能，以及 miniguard.json 中的声明情况。是否适用须由人判断。",
        ),
        columns: vec![
            ("capability", Phrase::new("Capability", "功能")),
            ("licence", Phrase::new("Asks for", "所需许可或备案")),
            ("status", Phrase::new("Status", "状态")),
            ("enforcement", Phrase::new("Enforced by", "执行方")),
            ("evidence", Phrase::new("Shown by", "依据")),
        ],
        rows,
        none: Phrase::new("Nothing of the kind is seen.", "未见此类功能。"),
    }
}

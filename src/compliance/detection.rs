//! What the platform's scan of an upload will ask to be declared. It is a prediction, by what the
//! code refers to.

use super::{Cell, ReportInput, Section, Tone, truncate_list};
use crate::catalogue;
use crate::content::declarations::Provenance;
use crate::finding::Phrase;

/// How many sources of one kind are shown.
const SOURCES: usize = 4;

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let required_declarations = input.view.iter().flat_map(|view| &view.required_declarations);
    let rows = required_declarations
        .map(|required| {
            let label = catalogue::information(required.key).map_or_else(
                || Phrase::new(required.key, required.key),
                |kind| {
                    Phrase::new(
                        format!("{} ({})", kind.label.en, required.key),
                        format!("{}（{}）", kind.label.zh, required.key),
                    )
                },
            );
            let how = match required.how() {
                Provenance::Used => Phrase::new("used", "已使用"),
                Provenance::Named => Phrase::new("named in code", "代码中引用"),
                Provenance::Unloaded => Phrase::new("uploaded, but not loaded", "已上传但未加载"),
            };
            let detected = if required.is_detected() {
                Phrase::new("yes", "会检出")
            } else {
                Phrase::new("the scan is known to pass over it", "已知检测会遗漏")
            };
            let declared = match input.guide {
                None => Cell::said(Phrase::new("not known", "未知")).tone(Tone::Open),
                Some(loaded) if loaded.guide.declares(required.key) => {
                    Cell::said(Phrase::new("declared", "已声明")).tone(Tone::Good)
                }
                Some(_) => Cell::said(Phrase::new("not declared", "未声明")).tone(Tone::Bad),
            };
            let sources = required.sources.iter().map(|source| {
                let package = source.package.as_deref();
                let package = package.map(|it| format!(" ({it})")).unwrap_or_default();
                format!("{} {}{package}", input.at(&source.place), source.interface.name)
            });
            vec![
                Cell::said(label),
                Cell::said(detected),
                Cell::said(how),
                declared,
                Cell { lines: truncate_list(sources, SOURCES), code: true, ..Cell::default() },
            ]
        })
        .collect();
    Section {
        id: "platform",
        title: Phrase::new("What WeChat will detect", "平台将检测到的内容"),
        intro: Phrase::new(
            "A prediction of the `privacy_list` of an upload: the platform goes by what the bundle refers to, not by what runs.",
            "对上传后 `privacy_list` 的预测：平台依据代码包中的引用判断，而非实际运行。",
        ),
        columns: vec![
            ("information", Phrase::new("Kind", "类型")),
            ("detected", Phrase::new("Detected", "检出")),
            ("how", Phrase::new("How", "来源方式")),
            ("declared", Phrase::new("In the privacy guide", "指引中声明")),
            ("sources", Phrase::new("Brought in by", "来源")),
        ],
        rows,
        none: Phrase::new("Nothing.", "无。"),
    }
}

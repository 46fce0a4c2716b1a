//! Third parties: plugins and packages. What a package's code does counts as the program's own; it
//! is told apart here because a third party can change it, and because the privacy guide must name
//! it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, ReportInput, Section, Tone, truncate_list};
use crate::finding::Phrase;

/// What a package brings.
#[derive(Default)]
struct ThirdParty {
    information: BTreeSet<&'static str>,
    interfaces: BTreeSet<&'static str>,
    hosts: BTreeSet<String>,
}

/// How many names of one kind are shown.
const NAMES: usize = 6;

fn packages(input: &ReportInput<'_>) -> BTreeMap<String, ThirdParty> {
    let mut all: BTreeMap<String, ThirdParty> = BTreeMap::new();
    for used in input.report.inventory.uses.iter().filter(|one| input.holds(&one.place.file)) {
        let Some(package) = &used.package else { continue };
        let brought = all.entry(package.clone()).or_default();
        brought.information.extend(used.information.iter().copied());
        brought.interfaces.insert(used.api);
        brought.hosts.extend(used.network.iter().flat_map(|network| network.hosts.clone()));
    }
    all
}

/// How many there are.
pub(super) fn count(input: &ReportInput<'_>) -> usize {
    packages(input).len() + input.program.plugins().len()
}

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let plugins = input.program.plugins().iter().map(|plugin| {
        let provider = plugin.provider.as_deref().unwrap_or_default();
        let version = plugin.version.as_deref().unwrap_or_default();
        vec![
            Cell::said(Phrase::new(
                format!("plugin {} {version}", plugin.alias).trim_end(),
                format!("插件 {} {version}", plugin.alias).trim_end(),
            )),
            Cell::said(Phrase::new(
                "out of sight: its maker must say",
                "源码不可见，须由提供方说明",
            ))
            .tone(Tone::Open),
            Cell::code([provider.to_owned()]),
            Cell::said(Phrase::new("out of sight", "源码不可见")).tone(Tone::Open),
        ]
    });
    let packages = packages(input);
    let brought = packages.iter().map(|(name, brought)| {
        let names = brought.interfaces.iter().map(|name| (*name).to_owned());
        let keys = brought.information.iter().map(|key| (*key).to_owned());
        vec![
            Cell::text(name.clone()),
            Cell { lines: truncate_list(keys, NAMES), ..Cell::default() },
            Cell { lines: truncate_list(names, NAMES), code: true, ..Cell::default() },
            Cell {
                lines: truncate_list(brought.hosts.iter().cloned(), NAMES),
                code: true,
                ..Cell::default()
            },
        ]
    });
    Section {
        id: "third-parties",
        title: Phrase::new("Third parties", "第三方"),
        intro: Phrase::new(
            "Plugins, and packages whose code uses an interface of the inventory. The privacy guide must name those that collect personal information (PIPL Art. 23).",
            "插件，以及使用了清单中接口的依赖包。其中收集个人信息的，须在隐私保护指引中告知（个保法第二十三条）。",
        ),
        columns: vec![
            ("name", Phrase::new("Who", "名称")),
            ("information", Phrase::new("Information", "个人信息")),
            ("interfaces", Phrase::new("Interfaces or appid", "接口或 appid")),
            ("hosts", Phrase::new("Hosts", "域名")),
        ],
        rows: plugins.chain(brought).collect(),
        none: Phrase::new("None that the source shows.", "源码中未见。"),
    }
}

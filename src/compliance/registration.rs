//! The hosts by list, with what the platform says to each. It is the list of `miniguard domains`,
//! with fewer callers.

use super::{Cell, ReportInput, Section, Tone, truncate_list};
use crate::check::domains::{Host, State};
use crate::finding::Phrase;

/// How many callers of a host are shown.
const CALLERS: usize = 3;

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let lists = input.domains.iter().flat_map(|domains| &domains.lists);
    let mut rows: Vec<Vec<Cell>> = lists
        .flat_map(|listed| {
            listed.hosts.iter().map(|host| {
                let list = Phrase::new(
                    format!("{} ({})", listed.list.label.en, listed.list.console),
                    listed.list.console,
                );
                row(input, Cell::said(list), host)
            })
        })
        .collect();
    let media = input.domains.iter().flat_map(|domains| &domains.media);
    let no_list = Phrase::new(
        "pictures, sound, film (no list is named)",
        "图片与音视频（官方未说明需要登记）",
    );
    rows.extend(media.map(|host| row(input, Cell::said(no_list.clone()), host)));
    let open = input.domains.map_or(0, |domains| domains.open.len());
    Section {
        id: "domains",
        title: Phrase::new("Hosts", "网络域名"),
        intro: Phrase::new(
            format!(
                "What requests reach, by the list that must hold it. Calls of which not every host is known: {open}; `miniguard domains` names them."
            ),
            format!(
                "按所需登记的列表列出请求访问的域名。另有 {open} 处请求的域名未能全部确定，可用 `miniguard domains` 查看。"
            ),
        ),
        columns: vec![
            ("list", Phrase::new("List", "列表")),
            ("host", Phrase::new("Host", "域名")),
            ("state", Phrase::new("State", "登记情况")),
            ("callers", Phrase::new("Called by", "调用位置")),
        ],
        rows,
        none: Phrase::new(
            "No host is reached, as far as the source tells.",
            "就源码所见，未访问任何域名。",
        ),
    }
}

fn row(input: &ReportInput<'_>, list: Cell, host: &Host) -> Vec<Cell> {
    let tone = match host.state {
        State::Registered => Tone::Good,
        State::Unregistered | State::Refused => Tone::Bad,
        State::Unknown => Tone::Open,
        State::Local | State::Platform | State::NotReleased => Tone::Plain,
    };
    let mut state = Cell::said(host.state.phrase()).tone(tone);
    state.lines.extend(host.note.clone());
    state.lines.extend(host.in_plugin.then(|| Phrase::new("called by the plugin", "由插件访问")));
    let package = host
        .package
        .as_ref()
        .map(|package| Phrase::new(format!("in {package}"), format!("位于 {package}")));
    state.lines.extend(package);
    let callers =
        host.callers.iter().map(|caller| format!("{} {}", input.at(&caller.place), caller.name));
    vec![
        list,
        Cell::code([host.origin.clone()]),
        state,
        Cell { lines: truncate_list(callers, CALLERS), code: true, ..Cell::default() },
    ]
}

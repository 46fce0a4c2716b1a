//! The hosts for a terminal. Of many callers only the first few are shown; JSON holds all.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Listing;
use crate::check::domains::{Caller, Host, ProgramDomains, State};
use crate::cli::sanitize::{padded, visible, width};
use crate::finding::Language;

const BOLD: Style = Style::new().bold();
const WRONG: Style = AnsiColor::Red.on_default();
const RIGHT: Style = AnsiColor::Green.on_default();

/// How many callers of one host are shown.
const SHOWN: usize = 5;

/// Writes the lists.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    for (index, program) in listing.programs.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        if listing.programs.len() > 1 {
            writeln!(out, "{BOLD}# {}{BOLD:#}\n", listing.names.open(&program.base))?;
        }
        write_program(listing, program, out)?;
    }
    Ok(())
}

fn write_program(
    listing: &Listing,
    program: &ProgramDomains,
    out: &mut dyn Write,
) -> io::Result<()> {
    for listed in &program.lists {
        let title = match listing.language {
            Language::English => format!("{} ({})", listed.list.label.en, listed.list.console),
            Language::Chinese => listed.list.console.to_owned(),
        };
        let unknown = if listed.known {
            ""
        } else {
            listing.word(": what is registered is not known", "：登记情况未知")
        };
        writeln!(out, "{BOLD}{title}{BOLD:#}{unknown}")?;
        hosts(listing, &listed.hosts, true, out)?;
        for entry in &listed.unreached {
            let said = listing.word("registered, reached by no call", "已登记，但没有请求访问");
            writeln!(out, "  {}  {said}", visible(entry))?;
        }
        writeln!(out)?;
    }
    if !program.media.is_empty() {
        let title = listing.word(
            "Pictures, sound and film (no list is named for them)",
            "图片与音视频（官方未说明需要登记）",
        );
        writeln!(out, "{BOLD}{title}{BOLD:#}")?;
        hosts(listing, &program.media, false, out)?;
        writeln!(out)?;
    }
    if !program.open.is_empty() {
        let title = listing.word("Not every host is known", "未能确定全部域名的请求");
        writeln!(out, "{BOLD}{title}{BOLD:#}")?;
        for call in &program.open {
            let reasons: Vec<String> = call
                .reasons
                .iter()
                .map(|reason| reason.phrase().get(listing.language).to_owned())
                .collect();
            writeln!(
                out,
                "  {}  {}: {}",
                place(listing, &call.caller),
                visible(&call.caller.name),
                reasons.join(listing.word(", ", "、"))
            )?;
        }
        writeln!(out)?;
    }
    summary(listing, program, out)
}

fn hosts(listing: &Listing, hosts: &[Host], judged: bool, out: &mut dyn Write) -> io::Result<()> {
    let widest = hosts.iter().map(|host| width(&host.origin)).max().unwrap_or(0);
    for host in hosts {
        let state = host.state.phrase();
        let mut said = if judged { state.get(listing.language).to_owned() } else { String::new() };
        for more in [
            host.note.as_ref().map(|note| note.get(listing.language).to_owned()),
            host.in_plugin.then(|| listing.word("of the plugin", "插件").to_owned()),
            host.package.as_ref().map(|package| match listing.language {
                Language::English => format!("in {package}"),
                Language::Chinese => format!("位于 {package}"),
            }),
        ]
        .into_iter()
        .flatten()
        {
            if !said.is_empty() {
                said.push_str(listing.word("; ", "；"));
            }
            said.push_str(&more);
        }
        let style = match host.state {
            State::Registered => RIGHT,
            State::Unregistered | State::Refused => WRONG,
            State::Unknown | State::Local | State::Platform | State::NotReleased => Style::new(),
        };
        let line =
            format!("  {}  {style}{}{style:#}", padded(&host.origin, widest), visible(&said));
        writeln!(out, "{}", line.trim_end())?;
        for caller in host.callers.iter().take(SHOWN) {
            writeln!(out, "      {}  {}", place(listing, caller), visible(&caller.name))?;
        }
        let more = host.callers.len().saturating_sub(SHOWN);
        if more > 0 {
            match listing.language {
                Language::English => writeln!(out, "      and {more} more")?,
                Language::Chinese => writeln!(out, "      另有 {more} 处")?,
            }
        }
    }
    Ok(())
}

fn place(listing: &Listing, caller: &Caller) -> String {
    let (line, column) = listing.position(caller);
    let file = listing.names.open(&caller.place.file);
    format!("{}:{line}:{column}", visible(&file))
}

fn summary(listing: &Listing, program: &ProgramDomains, out: &mut dyn Write) -> io::Result<()> {
    let all = || program.lists.iter().flat_map(|listed| &listed.hosts);
    let count = |state| all().filter(|host| host.state == state).count();
    let (hosts, missing, refused) =
        (all().count(), count(State::Unregistered), count(State::Refused));
    let open = program.open.len();
    match listing.language {
        Language::English => writeln!(
            out,
            "{hosts} hosts by list: {missing} not registered, {refused} refused. Calls with hosts that are not known: {open}."
        ),
        Language::Chinese => writeln!(
            out,
            "按列表共 {hosts} 个域名：{missing} 个未登记，{refused} 个会被平台拒绝。{open} 处请求的域名未能全部确定。"
        ),
    }
}

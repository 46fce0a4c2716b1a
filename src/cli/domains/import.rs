//! `domains --import`: an answer of the platform, put into the file of registered domains. The
//! answer's lists replace those of the file, what changed is said, and everything else in the file
//! stays.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use crate::check::domains::ProgramDomains;
use crate::cli::console::Console;
use crate::cli::display_paths::Names;
use crate::cli::failure::Failure;
use crate::cli::sanitize::visible;
use crate::finding::{Language, Phrase};
use crate::project::domains::{Imported, Unusable, import, read_answer};
use crate::workspace::Workspace;

/// Bytes of an answer; the longest list has a thousand hosts.
const MOST: u64 = 1 << 20;

/// Runs the command.
///
/// # Errors
/// There are several programs; the answer cannot be read, reports a failure or holds no list; the
/// file cannot be edited or written.
pub(super) fn run(
    answer: &Path,
    programs: &[ProgramDomains],
    workspace: &mut Workspace,
    names: &Names,
    console: Console,
) -> Result<(), Failure> {
    let [program] = programs else { return Err(several()) };
    let Some(file) = &program.expected else { return Err(several()) };
    let text = read(answer)?;
    let appid = program.appid.as_deref();
    let lists = read_answer(&text, appid).map_err(|why| unusable(answer, why))?;
    let disk = workspace.disk_path(file);
    let exists = disk.symlink_metadata().is_ok();
    let known = workspace.files().get(file).filter(|file| file.read_error.is_none());
    let before = known.map(|file| file.source.to_string());
    let today = workspace.files().today().map(|day| day.to_string());
    let imported = if exists && before.is_none() {
        None
    } else {
        import(file, before.as_deref(), &lists, appid, today.as_deref())
    };
    let name = names.open(file);
    let Some(Imported { text, changes }) = imported else {
        return Err(Failure::new(
            Phrase::new(format!("{name} cannot be edited."), format!("无法编辑 {name}。")),
            Phrase::new(
                "Mend its JSON, or move it away to have a new one written.",
                "请修正其 JSON，或移走该文件以便重新生成。",
            ),
        ));
    };
    workspace.write(&[(file.clone(), text)]).map_err(|error| Failure::file(&disk, &error))?;
    let language = console.language();
    console.write(true, |out| {
        let said = Phrase::new(format!("Wrote {name}."), format!("已写入 {name}。"));
        writeln!(out, "{}", said.get(language))?;
        for change in &changes {
            let count = change.entries;
            match language {
                Language::English => writeln!(out, "  {}: {count} entries", change.list.key())?,
                Language::Chinese => writeln!(out, "  {}：{count} 项", change.list.key())?,
            }
            for (sign, entries) in [("+", &change.added), ("-", &change.removed)] {
                for entry in entries {
                    writeln!(out, "    {sign} {}", visible(entry))?;
                }
            }
        }
        Ok(())
    })
}

fn read(answer: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if answer == Path::new("-") {
        io::stdin().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        fs::File::open(answer).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::file(answer, &error))?;
    let shown = answer.display();
    if bytes.len() as u64 > MOST {
        return Err(Phrase::new(
            format!("{shown} is too long for a list of domains."),
            format!("{shown} 过大，不像是域名列表。"),
        )
        .into());
    }
    String::from_utf8(bytes).map_err(|_| {
        Phrase::new(format!("{shown} is not UTF-8."), format!("{shown} 不是 UTF-8 编码。")).into()
    })
}

/// Why an answer is not taken in, and what to do.
fn unusable(answer: &Path, why: Unusable) -> Failure {
    let shown = answer.display();
    let (message, help) = match why {
        Unusable::NotJson => (
            Phrase::new(format!("{shown} is not JSON."), format!("{shown} 不是有效的 JSON。")),
            Phrase::default(),
        ),
        Unusable::OtherAppid => (
            Phrase::new(
                format!("{shown} is about another appid than project.config.json."),
                format!("{shown} 的 appid 与 project.config.json 不一致。"),
            ),
            Phrase::new("Fetch the lists of this program.", "请获取该小程序自己的列表。"),
        ),
        Unusable::Failure => (
            Phrase::new(
                format!("{shown} is an answer that reports a failure (`errcode` is not 0)."),
                format!("{shown} 是失败的返回（`errcode` 不为 0）。"),
            ),
            Phrase::new("Ask the platform again.", "请重新请求平台接口。"),
        ),
        Unusable::NoList => (
            Phrase::new(
                format!("{shown} holds no list of domains."),
                format!("{shown} 中没有域名列表。"),
            ),
            Phrase::new(
                "Wanted is the answer of getDomainInfo, modify_domain, get_effective_domain, get_effective_webviewdomain, setwebviewdomain or modify_wxa_server_domain.",
                "需要 getDomainInfo、modify_domain、get_effective_domain、get_effective_webviewdomain、setwebviewdomain 或 modify_wxa_server_domain 的返回。",
            ),
        ),
    };
    Failure::new(message, help)
}

fn several() -> Failure {
    Failure::new(
        Phrase::new("There must be exactly one mini-program here.", "此处必须恰好有一个小程序。"),
        Phrase::new(
            "Name the folder that holds its project.config.json.",
            "请指定其 project.config.json 所在的文件夹。",
        ),
    )
}

//! `init`: the settings and the list of registered domains, ready to be filled in. It never
//! overwrites – what is there already is named and left as it is – and it asks only where a person
//! sits at both ends.

mod questions;

use std::io::{self, IsTerminal as _};
use std::path::Path;

use super::console::Console;
use super::display_paths::Names;
use super::failure::Failure;
use crate::check::{self, Cancel};
use crate::finding::{Language, Phrase};
use crate::path::FilePath;
use crate::settings;
use crate::workspace::Workspace;

/// The list's file, beside project.config.json, unless settings name another.
const DOMAIN_LIST: &str = "server-domains.json";

/// The schema of the settings, as npm's package lays it down.
const NPM_SCHEMA: &str = "node_modules/miniguard/schemas/miniguard.schema.json";

/// Runs the command.
///
/// # Errors
/// There is no mini-program in `path`, or several; both files are there already; one cannot be
/// written.
pub(crate) fn run(path: &Path, console: Console) -> Result<(), Failure> {
    if !path.is_dir() {
        let path = path.display();
        return Err(
            Phrase::new(format!("{path} is no folder."), format!("{path} 不是文件夹。")).into()
        );
    }
    let mut workspace = Workspace::open(path);
    let folder = program(path, &workspace)?;
    let texts = [
        (settings::FILE_NAME, settings::template()),
        (DOMAIN_LIST, settings::domain_list_template()),
    ];
    let mut missing: Vec<(FilePath, String)> = Vec::new();
    let names = Names::new(path, path);
    let mut present: Vec<String> = Vec::new();
    for (name, text) in texts {
        let Some(file) = folder.join(name) else { continue };
        // Also a link to nowhere, and a file that settings exclude, is there.
        if workspace.disk_path(&file).symlink_metadata().is_ok() {
            present.push(names.open(&file));
        } else {
            missing.push((file, text));
        }
    }
    if missing.is_empty() {
        return Err(nothing_to_do(&present));
    }
    if let Some((_, text)) =
        missing.iter_mut().find(|(file, _)| file.file_name() == settings::FILE_NAME)
    {
        let mut answers = answers(path, &workspace, console.language())?;
        answers.extend(schema(&folder, &workspace));
        *text = settings::template_with(&answers);
    }
    workspace.write(&missing).map_err(|error| Failure::file(path, &error))?;
    let written: Vec<String> = missing.iter().map(|(file, _)| names.open(file)).collect();
    let language = console.language();
    console.write(false, |out| {
        for file in &present {
            match language {
                Language::English => writeln!(out, "Kept {file}: it is there already.")?,
                Language::Chinese => writeln!(out, "保留 {file}：文件已存在。")?,
            }
        }
        for file in &written {
            match language {
                Language::English => writeln!(out, "Wrote {file}.")?,
                Language::Chinese => writeln!(out, "已写入 {file}。")?,
            }
        }
        writeln!(out, "\n{}", next_steps().get(language))
    })
}

/// Where the schema in npm's package can be found from `folder`, when the package is installed
/// there or above it.
fn schema(folder: &FilePath, workspace: &Workspace) -> Option<(&'static str, String)> {
    let mut up = String::new();
    let mut at = folder.clone();
    loop {
        let file = at.join(NPM_SCHEMA)?;
        if workspace.disk_path(&file).is_file() {
            let prefix = if up.is_empty() { "./" } else { &up };
            return Some(("$schema", format!("\"{prefix}{NPM_SCHEMA}\"")));
        }
        let parent = at.parent();
        if parent == at {
            return None;
        }
        at = parent;
        up.push_str("../");
    }
}

/// What a person at a terminal declares; nothing where there is none.
fn answers(
    path: &Path,
    workspace: &Workspace,
    language: Language,
) -> Result<Vec<(&'static str, String)>, Failure> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Ok(Vec::new());
    }
    let Ok(report) = check::analyse(workspace.files(), &Cancel::never()) else {
        return Ok(Vec::new());
    };
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    questions::ask(&report.obligations, language, &mut input, &mut output)
        .map_err(|error| Failure::file(path, &error))
}

fn next_steps() -> Phrase {
    Phrase::new(
        "Next:\n\
         1. Copy the domains registered at mp.weixin.qq.com into server-domains.json, or put the answer of getDomainInfo there.\n\
         2. Set in miniguard.json what your team wants otherwise; everything in it is optional.\n\
         3. Run `miniguard check`.",
        "接下来：\n\
         1. 将 mp.weixin.qq.com 中已配置的域名抄入 server-domains.json，或直接放入 getDomainInfo 的返回内容。\n\
         2. 按需修改 miniguard.json；其中各项均可省略。\n\
         3. 运行 `miniguard check`。",
    )
}

/// The folder of the program's project.config.json, else of its app.json.
fn program(path: &Path, workspace: &Workspace) -> Result<FilePath, Failure> {
    let folders = |name| -> Vec<FilePath> {
        let files = workspace.files().iter().filter(|file| file.path.file_name() == name);
        let mut folders: Vec<FilePath> = files.map(|file| file.path.parent()).collect();
        // A program below another one belongs to it: a plugin, a demonstration.
        let outer = folders.clone();
        folders
            .retain(|folder| !outer.iter().any(|other| other != folder && folder.is_within(other)));
        folders
    };
    let mut found = folders("project.config.json");
    if found.is_empty() {
        found = folders("app.json");
    }
    let given = path.display();
    match found.as_slice() {
        [folder] => Ok(folder.clone()),
        [] => Err(Failure::new(
            Phrase::new(
                format!("There is no mini-program in {given}."),
                format!("{given} 中没有小程序。"),
            ),
            Phrase::new(
                "Name the folder that holds project.config.json.",
                "请指定 project.config.json 所在的文件夹。",
            ),
        )),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|folder| path.join(folder.as_str()).display().to_string())
                .collect();
            Err(Failure::new(
                Phrase::new(
                    format!("There are several mini-programs in {given}."),
                    format!("{given} 中有多个小程序。"),
                ),
                Phrase::new(
                    format!("Name one of them: {}.", names.join(", ")),
                    format!("请指定其中之一：{}。", names.join("、")),
                ),
            ))
        }
    }
}

fn nothing_to_do(present: &[String]) -> Failure {
    let (en, zh) = (present.join(" and "), present.join(" 和 "));
    Failure::new(
        Phrase::new(
            format!("Nothing was written: {en} are there already."),
            format!("未写入任何文件：{zh} 已存在。"),
        ),
        Phrase::new("Remove one to generate it again.", "如需重新生成，请先删除。"),
    )
}

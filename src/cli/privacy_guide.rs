//! `privacy-guide`: the guide that the program needs, printed, written or compared with the one at
//! hand. It never states a purpose and never takes an entry out; both are the team's to do.

use std::io::{self, Write};
use std::slice;

use super::args::PrivacyGuideArguments;
use super::console::Console;
use super::display_paths::Names;
use super::failure::Failure;
use super::progress::{Progress, Stage};
use super::target::{self, Target};
use crate::check::Cancel;
use crate::check::upload_scan::{self, Difference, PlatformView, Provenance};
use crate::finding::{Language, Phrase};
use crate::workspace::Workspace;

/// Runs the command; with `--diff`, whether the guide is right.
///
/// # Errors
/// There is no mini-program in the path, or several; there is no guide to compare with; a file
/// cannot be written.
pub(crate) fn run(arguments: &PrivacyGuideArguments, console: Console) -> Result<bool, Failure> {
    let progress = Progress::start(console.language());
    let mut targets = target::open(slice::from_ref(&arguments.path), &progress)?;
    let Some(Target { mut workspace, names, .. }) = targets.pop() else { return Ok(true) };
    progress.stage(Stage::Analysing(workspace.files().clone()));
    // It is never cancelled, so the default never stands in for an answer.
    let mut views = upload_scan::views(workspace.files(), &Cancel::never()).unwrap_or_default();
    drop(progress);
    let (Some(view), true) = (views.pop(), views.is_empty()) else {
        return Err(Failure::new(
            Phrase::new(
                "There must be exactly one mini-program here.",
                "此处必须恰好有一个小程序。",
            ),
            Phrase::new(
                "Name the folder that holds its project.config.json.",
                "请指定其 project.config.json 所在的文件夹。",
            ),
        ));
    };
    if arguments.diff {
        let Some(difference) = view.difference() else { return Err(no_guide(&view, &names)) };
        console.write(true, |out| show(&difference, console.language(), out))?;
        return Ok(difference.missing.is_empty() && difference.surplus.is_empty());
    }
    if arguments.write {
        return write(&view, &names, &mut workspace, console);
    }
    let body = view.body();
    console.write(false, |out| out.write_all(body.as_bytes()))?;
    Ok(true)
}

fn show(difference: &Difference<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let word = |en, zh| if language == Language::English { en } else { zh };
    for required in &difference.missing {
        let note = match required.how() {
            Provenance::Used => word("used", "已使用"),
            Provenance::Named => word("named in code", "代码中引用"),
            Provenance::Unloaded => word("uploaded, but not loaded", "已上传但未加载"),
        };
        let apis: Vec<&str> = required.sources.iter().map(|source| source.interface.name).collect();
        let mut unique = apis.clone();
        unique.dedup();
        writeln!(out, "+ {}  {note}: {}", required.key, unique.join(", "))?;
    }
    for key in &difference.surplus {
        writeln!(
            out,
            "- {key}  {}",
            word("declared, but not collected by the program", "已声明，但程序未收集")
        )?;
    }
    if difference.missing.is_empty() && difference.surplus.is_empty() {
        writeln!(out, "{}", word("The guide and the program agree.", "指引与程序一致。"))?;
    }
    Ok(())
}

fn write(
    view: &PlatformView,
    names: &Names,
    workspace: &mut Workspace,
    console: Console,
) -> Result<bool, Failure> {
    let Some(file) = &view.guide_file else { return Err(no_guide(view, names)) };
    let exists = workspace.disk_path(file).symlink_metadata().is_ok();
    let text = if exists {
        view.amended(workspace.files()).map(|(_, text)| text)
    } else {
        Some(view.body())
    };
    let name = names.open(file);
    let Some(text) = text else {
        let said = Phrase::new(
            format!("Kept {name}: it lists what the program needs, or cannot be edited."),
            format!("保留 {name}：其中已列出程序所需的类型，或该文件无法编辑。"),
        );
        console.write(true, |out| writeln!(out, "{}", said.get(console.language())))?;
        return Ok(true);
    };
    let path = workspace.disk_path(file);
    workspace.write(&[(file.clone(), text)]).map_err(|error| Failure::file(&path, &error))?;
    let said = Phrase::new(
        format!(
            "Wrote {name}. Complete the purposes (`privacy_text`): a kind of information without one is not declared."
        ),
        format!("已写入 {name}。请补全用途（`privacy_text`）：未写明用途的信息类型视为未声明。"),
    );
    console.write(true, |out| writeln!(out, "{}", said.get(console.language())))?;
    Ok(true)
}

fn no_guide(view: &PlatformView, names: &Names) -> Failure {
    let name = view.guide_file.as_ref().map_or_else(String::new, |file| names.open(file));
    Failure::new(
        Phrase::new(
            format!(
                "There is no privacy guide to compare with: {name} is missing or holds no `setting_list`."
            ),
            format!("没有可比对的《用户隐私保护指引》：{name} 不存在或不含 `setting_list`。"),
        ),
        Phrase::new(
            "Save the answer of getprivacysetting there, or make one with --write.",
            "请将 getprivacysetting 的返回保存到该文件，或用 --write 生成。",
        ),
    )
}

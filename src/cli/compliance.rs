//! `report`: the compliance report of one program, printed or written to a file. It always has a
//! language of its own (`--lang`, the settings', the locale's), since it is handed to people who do
//! not run the program.

use std::fs;
use std::slice;

use super::args::{PrivacyGuideArguments, ReportArguments, ReportFormat};
use super::console::Console;
use super::failure::Failure;
use super::language;
use super::privacy_guide;
use super::progress::{Progress, Stage};
use super::target::{self, Target};
use crate::check::Cancel;
use crate::finding::Phrase;
use crate::{check, compliance};

/// Runs the command; with `--privacy-guide --diff`, whether the guide is right.
///
/// # Errors
/// There is no mini-program in the path, or several; the file cannot be written.
pub(crate) fn run(arguments: &ReportArguments, console: Console) -> Result<bool, Failure> {
    if arguments.privacy_guide {
        let arguments = PrivacyGuideArguments {
            path: arguments.path.clone(),
            write: false,
            diff: arguments.diff,
        };
        return privacy_guide::run(&arguments, console);
    }
    let progress = Progress::start(console.language());
    let mut targets = target::open(slice::from_ref(&arguments.path), &progress)?;
    let Some(Target { workspace, names, alone, .. }) = targets.pop() else { return Ok(true) };
    let files = workspace.files();
    progress.stage(Stage::Analysing(files.clone()));
    // It is never cancelled, so the defaults never stand in for an answer.
    let never = Cancel::never();
    let report = check::analyse(files, &never).unwrap_or_default();
    let mut documents = compliance::documents(files, &report, &never).unwrap_or_default();
    drop(progress);
    target::needs_whole_program(&report, &names, alone)?;
    let (Some(document), true) = (documents.pop(), documents.is_empty()) else {
        return Err(Failure::new(
            Phrase::new(
                "A report is about exactly one mini-program.",
                "一份报告只针对一个小程序。",
            ),
            Phrase::new(
                "Name the folder that holds its project.config.json.",
                "请指定其 project.config.json 所在的文件夹。",
            ),
        ));
    };
    let language = language::choose(console.asked, report.language);
    let text = match arguments.format {
        ReportFormat::Html => document.html(language),
        ReportFormat::Markdown => document.markdown(language),
        ReportFormat::Json => document.json(language),
    };
    match &arguments.output {
        None => console.write(false, |out| out.write_all(text.as_bytes()))?,
        Some(file) => {
            fs::write(file, text).map_err(|error| Failure::file(file, &error))?;
            let file = file.display();
            let said = Phrase::new(format!("Wrote {file}."), format!("已写入 {file}。"));
            console.write(true, |out| writeln!(out, "{}", said.get(language)))?;
        }
    }
    Ok(true)
}

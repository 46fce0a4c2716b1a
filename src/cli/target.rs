//! What the PATHs of a command mean: which folders to open, and which files in them are asked
//! about. A file is checked in the context of the program around it, so it gets the findings that a
//! check of the whole program gives it; a file that no program holds is checked alone.
//!
//! Invariant: the program of a path depends on the path alone, not on the current directory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::display_paths::Names;
use super::failure::Failure;
use super::progress::Progress;
use crate::check::Report;
use crate::finding::{Language, Phrase};
use crate::path::FilePath;
use crate::workspace::Workspace;

/// The settings, of one program or of several below their folder.
const SETTINGS: &str = "miniguard.json";

/// The manifest of a program that has no project file.
const APP: &str = "app.json";

/// A folder that holds one of these is asked about as a whole.
const OWN: [&str; 2] = [SETTINGS, "project.config.json"];

/// A folder that was opened, or a file that was opened alone.
#[derive(Debug)]
pub(crate) struct Target {
    /// The files.
    pub(crate) workspace: Workspace,
    /// The files asked about; `None` for all.
    pub(crate) only: Option<BTreeSet<FilePath>>,
    /// How its files are called.
    pub(crate) names: Names,
    /// Whether it is a file without the program around it.
    pub(crate) alone: bool,
}

/// Whether the run accepts its files that no program holds.
///
/// # Errors
/// It does not. What depends on the program is not known for such a file, so that nothing was found
/// in it means little.
pub(crate) fn accepts_alone(alone: &[String], accepted: bool) -> Result<(), Failure> {
    if alone.is_empty() || accepted {
        return Ok(());
    }
    let (en, zh) = (alone.join(", "), alone.join("、"));
    Err(Failure::new(
        Phrase::new(
            format!("Checked without a program around it: {en}."),
            format!("以下文件不属于任何小程序，仅单独检查：{zh}。"),
        ),
        Phrase::new(
            "Declarations and domains are not known there. Name a file of a mini-program, or accept it with --alone.",
            "此时无法得知声明与域名。请指定小程序中的文件，或用 --alone 接受单独检查。",
        ),
    ))
}

/// Whether something was analysed, when a folder was to be.
///
/// # Errors
/// There is no mini-program in it, or none that is analysed; with what is to be said about that.
pub(crate) fn needs_program(report: &Report, names: &Names, alone: bool) -> Result<(), Failure> {
    if alone || report.programs > 0 {
        return Ok(());
    }
    Err(no_program(report, names))
}

/// Whether the program is known that a command is about.
///
/// # Errors
/// There is none in the path, or it is a file that no program holds.
pub(crate) fn needs_whole_program(
    report: &Report,
    names: &Names,
    alone: bool,
) -> Result<(), Failure> {
    if alone || report.programs == 0 {
        return Err(no_program(report, names));
    }
    Ok(())
}

fn no_program(report: &Report, names: &Names) -> Failure {
    let help = Phrase::new(
        "Name the folder that holds project.config.json or app.json, or a single file.",
        "请指定 project.config.json 或 app.json 所在的文件夹，或单个文件。",
    );
    let message = |language| {
        let sentences =
            report.notices.iter().map(|notice| names.said_of(notice.message.get(language)));
        sentences.collect::<Vec<_>>().join("\n")
    };
    let mut message = Phrase::new(message(Language::English), message(Language::Chinese));
    if message.is_empty() {
        message = Phrase::new("There is no mini-program around it.", "此处没有小程序。");
    }
    Failure::new(message, help)
}

/// Opens what `paths` mean, seen from the current directory; each file belongs to one target.
///
/// # Errors
/// A path that is not there, or a file of a kind that is not checked.
pub(crate) fn open(paths: &[PathBuf], progress: &Progress) -> Result<Vec<Target>, Failure> {
    let current = Path::new(".");
    let current = current.canonicalize().map_err(|error| Failure::file(current, &error))?;
    let mut given: Vec<(&Path, PathBuf)> = Vec::new();
    for path in paths {
        let canonical = path.canonicalize().map_err(|error| missing(path, &error))?;
        if !given.iter().any(|(_, earlier)| *earlier == canonical) {
            given.push((path, canonical));
        }
    }
    // What lies in another folder that was named is checked there.
    let folders: Vec<PathBuf> =
        given.iter().map(|(_, path)| path.clone()).filter(|path| path.is_dir()).collect();
    given.retain(|(_, path)| {
        !folders.iter().any(|folder| path != folder && path.starts_with(folder))
    });

    let relative = |path| if given.len() > 1 { path } else { Path::new("") };
    let mut targets: Vec<Target> = Vec::new();
    let mut programs: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (path, canonical) in &given {
        if canonical.is_dir()
            && !OWN.iter().any(|name| canonical.join(name).is_file())
            && let Some((folder, inside)) = in_program(canonical)
        {
            let index = program_at(folder, &current, progress, &mut programs, &mut targets);
            if let Some(Target { workspace, only: Some(only), names, .. }) = targets.get_mut(index)
            {
                only.extend(workspace.files().within(&inside).map(|file| file.path.clone()));
                if given.len() == 1 {
                    *names = Names::new(&names.folder(), Path::new("")).seen_from(&inside);
                }
            }
        } else if canonical.is_dir() {
            let workspace = progress.reading(path);
            let names = Names::new(path, relative(path)).in_repository_of(canonical);
            targets.push(Target { workspace, only: None, names, alone: false });
        } else {
            let target = file(path, canonical, &current, progress, &mut programs, &mut targets)?;
            targets.extend(target);
        }
    }
    Ok(targets)
}

/// Adds a file to the target of its program, or gives a target of its own. `programs` are the
/// targets by their folder.
fn file(
    path: &Path,
    canonical: &Path,
    current: &Path,
    progress: &Progress,
    programs: &mut BTreeMap<PathBuf, usize>,
    targets: &mut Vec<Target>,
) -> Result<Option<Target>, Failure> {
    if let Some((folder, inside)) = in_program(canonical) {
        let index = program_at(folder, current, progress, programs, targets);
        if let Some(target) = targets.get_mut(index)
            // What the program leaves out (a settings' exclusion, a dependency's folder) is checked
            // alone.
            && target.workspace.files().contains(&inside)
            && let Some(only) = &mut target.only
        {
            only.insert(inside);
            return Ok(None);
        }
    }
    let workspace = progress.reading(path);
    if workspace.files().is_empty() {
        return Err(unknown_kind(path));
    }
    let only = workspace.files().iter().map(|file| file.path.clone()).collect();
    let folder = path.parent().unwrap_or(Path::new(""));
    let names = Names::new(folder, folder)
        .in_repository_of(canonical.parent().unwrap_or_else(|| Path::new("")));
    Ok(Some(Target { workspace, only: Some(only), names, alone: true }))
}

/// The index of the target of the program in `folder`, opened when it is first asked for.
fn program_at(
    folder: PathBuf,
    current: &Path,
    progress: &Progress,
    programs: &mut BTreeMap<PathBuf, usize>,
    targets: &mut Vec<Target>,
) -> usize {
    *programs.entry(folder).or_insert_with_key(|folder| {
        let shown = seen_from(folder, current);
        targets.push(Target {
            workspace: progress.reading(folder),
            only: Some(BTreeSet::new()),
            names: Names::new(&shown, &shown).in_repository_of(folder),
            alone: false,
        });
        targets.len() - 1
    })
}

/// The folder that the program of `path` is checked from, and the path in it: the nearest folder
/// above with a project's file, else the nearest with an app.json; settings above it, which cover
/// several programs, take its place.
fn in_program(path: &Path) -> Option<(PathBuf, FilePath)> {
    let above = || path.ancestors().skip(1);
    let holds = |folder: &Path, name: &str| folder.join(name).is_file();
    let program = above()
        .find(|folder| OWN.iter().any(|name| holds(folder, name)))
        .or_else(|| above().find(|folder| holds(folder, APP)))?;
    let folder = program.ancestors().find(|folder| holds(folder, SETTINGS)).unwrap_or(program);
    let inside = FilePath::new(&path.strip_prefix(folder).ok()?.to_string_lossy())?;
    Some((folder.to_owned(), inside))
}

/// The folder as one writes it in the directory `current`: below or above it without the way from
/// the root, elsewhere whole.
fn seen_from(folder: &Path, current: &Path) -> PathBuf {
    if let Ok(below) = folder.strip_prefix(current) {
        return below.to_owned();
    }
    match current.strip_prefix(folder) {
        Ok(down) => down.components().map(|_| "..").collect(),
        Err(_) => folder.to_owned(),
    }
}

fn missing(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() != std::io::ErrorKind::NotFound {
        return Failure::file(path, error);
    }
    let path = path.display();
    Failure::new(
        Phrase::new(
            format!("There is no file or folder {path}."),
            format!("文件或文件夹 {path} 不存在。"),
        ),
        Phrase::new("Check the spelling and the current directory.", "请检查拼写和当前目录。"),
    )
}

fn unknown_kind(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(
        Phrase::new(
            format!("{path} is not a kind of file that is checked."),
            format!("不支持检查 {path} 这类文件。"),
        ),
        Phrase::new(
            "Name a folder, or a .wxml, .js, .ts, .wxs or .json file.",
            "请指定文件夹，或 .wxml、.js、.ts、.wxs、.json 文件。",
        ),
    )
}

//! What the PATHs of a command mean: which folders to open, and which files in them are asked
//! about. A file is checked in the context of the program around it, so it gets the findings that a
//! check of the whole program gives it; a file that no program holds is checked alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::display_paths::Names;
use super::failure::Failure;
use super::progress::Progress;
use crate::check::Report;
use crate::finding::{Language, Phrase};
use crate::path::FilePath;
use crate::workspace::Workspace;

/// A folder that holds one of these is where a program, or the settings over several, begin.
const MARKERS: [&str; 3] = ["miniguard.json", "project.config.json", "app.json"];

/// A folder that holds one of these is asked about as a whole.
const OWN: [&str; 2] = ["miniguard.json", "project.config.json"];

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

/// Whether something was analysed, when a folder was to be.
///
/// # Errors
/// There is no mini-program in it, or none that is analysed; with what is to be said about that.
pub(crate) fn needs_program(report: &Report, names: &Names, alone: bool) -> Result<(), Failure> {
    if alone || report.programs > 0 {
        return Ok(());
    }
    let help = Phrase::new(
        "Name the folder that holds project.config.json or app.json, or a single file.",
        "请指定 project.config.json 或 app.json 所在的文件夹，或单个文件。",
    );
    let message = |language| {
        let sentences =
            report.notices.iter().map(|notice| names.said_of(notice.message.get(language)));
        sentences.collect::<Vec<_>>().join("\n")
    };
    let message = Phrase::new(message(Language::English), message(Language::Chinese));
    Err(Failure::new(message, help))
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
            && let Some((folder, inside)) = in_program(canonical, &current)
        {
            let index = program_at(folder, progress, &mut programs, &mut targets);
            if let Some(Target { workspace, only: Some(only), names, .. }) = targets.get_mut(index)
            {
                only.extend(workspace.files().within(&inside).map(|file| file.path.clone()));
                if given.len() == 1 {
                    *names = Names::new(&names.folder(), Path::new("")).seen_from(&inside);
                }
            }
        } else if canonical.is_dir() {
            let workspace = progress.reading(path);
            let names = Names::new(path, relative(path));
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
    if let Some((folder, inside)) = in_program(canonical, current) {
        let index = program_at(folder, progress, programs, targets);
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
    Ok(Some(Target { workspace, only: Some(only), names: Names::new(folder, folder), alone: true }))
}

/// The index of the target of the program in `folder`, opened when it is first asked for.
fn program_at(
    folder: PathBuf,
    progress: &Progress,
    programs: &mut BTreeMap<PathBuf, usize>,
    targets: &mut Vec<Target>,
) -> usize {
    *programs.entry(folder).or_insert_with_key(|folder| {
        targets.push(Target {
            workspace: progress.reading(folder),
            only: Some(BTreeSet::new()),
            names: Names::new(folder, folder),
            alone: false,
        });
        targets.len() - 1
    })
}

/// The folder that the file's program is checked from, and the file's path in it: the outermost
/// folder up to `current` that a program or its settings begin in. A file elsewhere has no such
/// bound, and what lies above a project was not asked for: the nearest folder with a project's file
/// counts then, else the nearest with an app.json.
fn in_program(file: &Path, current: &Path) -> Option<(PathBuf, FilePath)> {
    let has = |folder: &Path, names: &[&str]| names.iter().any(|name| folder.join(name).is_file());
    let Ok(below) = file.strip_prefix(current) else {
        let above = || file.ancestors().skip(1);
        let folder = above()
            .find(|folder| has(folder, &OWN))
            .or_else(|| above().find(|folder| has(folder, &MARKERS)))?;
        let inside = FilePath::new(&file.strip_prefix(folder).ok()?.to_string_lossy())?;
        return Some((folder.to_owned(), inside));
    };
    let folder =
        below.ancestors().skip(1).filter(|folder| has(&current.join(folder), &MARKERS)).last()?;
    let inside = FilePath::new(&below.strip_prefix(folder).ok()?.to_string_lossy())?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    Some((folder.to_owned(), inside))
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

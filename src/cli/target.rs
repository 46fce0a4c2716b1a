//! What the PATHs of a command mean: which folders to open, and which files in them are asked about.
//! The one thing to know: a file below the current directory is checked in its program's context, so it gets the findings
//! that a check of the whole program gives it; any other file is checked alone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::names::Names;
use crate::finding::Phrase;
use crate::path::FilePath;
use crate::project::Files;
use crate::syntax::Kind;
use crate::workspace::Workspace;

/// A folder that holds one of these is where a program, or the settings over several, begin.
const MARKERS: [&str; 3] = ["miniguard.json", "project.config.json", "app.json"];

/// A folder to open, or a file to open alone.
#[derive(Debug)]
pub(crate) struct Target {
    open: PathBuf,
    /// The files asked about; `None` for all.
    pub(crate) only: Option<BTreeSet<FilePath>>,
    /// How its files are called.
    pub(crate) names: Names,
    /// Whether it is a file without the program around it.
    pub(crate) alone: bool,
    /// As the user wrote it.
    given: PathBuf,
}

impl Target {
    /// Reads the files.
    ///
    /// # Errors
    /// A folder in which there is nothing to check.
    pub(crate) fn open(&self) -> Result<Workspace, Failure> {
        let workspace = Workspace::open(&self.open);
        if has_something(workspace.files()) { Ok(workspace) } else { Err(nothing_in(&self.given)) }
    }

    /// Whether findings of `file` are asked for.
    pub(crate) fn wants(&self, file: &FilePath) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(file))
    }
}

/// Programs have an app.json; anything else needs at least a script or a template.
fn has_something(files: &Files) -> bool {
    files.iter().any(|file| match file.kind {
        Kind::Template | Kind::Script(_) => true,
        Kind::Manifest => file.path.file_name() == "app.json",
    })
}

/// The targets that `paths` mean, seen from `current`; each file once.
///
/// # Errors
/// A path that is not there, or a file of a kind that is not checked.
pub(crate) fn resolve(paths: &[PathBuf], current: &Path) -> Result<Vec<Target>, Failure> {
    let current = current.canonicalize().map_err(|error| Failure::file(current, &error))?;
    let mut given: Vec<(PathBuf, PathBuf)> = Vec::new();
    for path in paths {
        let canonical = current.join(path).canonicalize().map_err(|error| missing(path, &error))?;
        if !given.iter().any(|(_, earlier)| *earlier == canonical) {
            given.push((path.clone(), canonical));
        }
    }
    let folders: Vec<PathBuf> = given.iter().map(|(_, canonical)| canonical.clone()).filter(|path| path.is_dir()).collect();
    let mut targets: Vec<Target> = Vec::new();
    for (path, canonical) in &given {
        // What lies in another folder that was named is checked there.
        if folders.iter().any(|folder| canonical != folder && canonical.starts_with(folder)) {
            continue;
        }
        if canonical.is_dir() {
            let relative = if paths.len() > 1 { path.as_path() } else { Path::new("") };
            targets.push(Target {
                open: path.clone(),
                only: None,
                names: Names::new(path, relative),
                alone: false,
                given: path.clone(),
            });
        } else {
            file(path, canonical, &current, &mut targets)?;
        }
    }
    Ok(targets)
}

/// Adds a file to the target of its program, or as one of its own.
fn file(path: &Path, canonical: &Path, current: &Path, targets: &mut Vec<Target>) -> Result<(), Failure> {
    let name = canonical.file_name().and_then(|name| FilePath::new(&name.to_string_lossy()));
    let Some(name) = name.filter(|name| Kind::of(name).is_some()) else {
        return Err(unknown_kind(path));
    };
    if let Some((folder, inside)) = in_program(canonical, current) {
        match targets.iter_mut().find(|target| !target.alone && target.open == folder) {
            Some(Target { only: Some(only), .. }) => {
                only.insert(inside);
            }
            _ => targets.push(Target {
                names: Names::new(&folder, &folder),
                open: folder,
                only: Some(BTreeSet::from([inside])),
                alone: false,
                given: path.to_owned(),
            }),
        }
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    targets.push(Target {
        open: path.to_owned(),
        only: Some(BTreeSet::from([name])),
        names: Names::new(folder, folder),
        alone: true,
        given: path.to_owned(),
    });
    Ok(())
}

/// The folder that the file's program is checked from, relative to `current`, and the file's path in it: the outermost
/// folder up to `current` that a program or its settings begin in, as long as a check of that folder reads the file.
fn in_program(file: &Path, current: &Path) -> Option<(PathBuf, FilePath)> {
    let below = file.strip_prefix(current).ok()?;
    let folder = below
        .ancestors()
        .skip(1)
        .filter(|folder| MARKERS.iter().any(|name| current.join(folder).join(name).is_file()))
        .last()?;
    let inside = FilePath::new(&below.strip_prefix(folder).ok()?.to_string_lossy())?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    Workspace::open(&current.join(folder)).files().contains(&inside).then(|| (folder.to_owned(), inside))
}

fn missing(path: &Path, error: &std::io::Error) -> Failure {
    if error.kind() != std::io::ErrorKind::NotFound {
        return Failure::file(path, error);
    }
    let path = path.display();
    Failure::new(
        Phrase::new(format!("There is no file or folder {path}."), format!("文件或文件夹 {path} 不存在。")),
        Phrase::new("Check the spelling and the current directory.", "请检查拼写和当前目录。"),
    )
}

fn unknown_kind(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(
        Phrase::new(format!("{path} is not a kind of file that is checked."), format!("不支持检查 {path} 这类文件。")),
        Phrase::new(
            "Name a folder, or a .wxml, .js, .ts, .wxs or .json file.",
            "请指定文件夹，或 .wxml、.js、.ts、.wxs、.json 文件。",
        ),
    )
}

fn nothing_in(path: &Path) -> Failure {
    let path = path.display();
    Failure::new(
        Phrase::new(
            format!("There is no mini-program in {path}: no app.json, and no script or template to check."),
            format!("{path} 中没有小程序：没有 app.json，也没有可检查的脚本或模板。"),
        ),
        Phrase::new(
            "Name the folder that holds project.config.json or app.json, or a single file.",
            "请指定 project.config.json 或 app.json 所在的文件夹，或单个文件。",
        ),
    )
}

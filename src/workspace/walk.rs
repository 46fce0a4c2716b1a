//! Which files of the folder are looked at. Version control's ignore files play no part, since the
//! platform uploads what lies in the program's folder; left out are hidden names, `node_modules`,
//! and symbolic links other than to a file inside the root.
//!
//! Folders such as `dist` are not left out: they are often the program itself.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::disk::Stamp;
use super::location;
use crate::path::FilePath;
use crate::syntax::{Kind, is_environment};

/// Files longer than this many bytes are not read.
pub const SIZE_LIMIT: u64 = 2 << 20;

/// The folder of npm packages, never compiled as it stands.
const PACKAGES: &str = "node_modules";

/// How much of the folder is the workspace.
#[derive(Clone, Debug)]
pub(super) enum Scope {
    /// All of it.
    Folder,
    /// One file.
    File(FilePath),
}

impl Scope {
    /// The folder and the scope that a root given by a person means.
    pub(super) fn of(root: &Path) -> (PathBuf, Self) {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        if real.is_file()
            && let Some(folder) = real.parent()
            && let Some(file) = location::path_of(folder, &real)
        {
            return (folder.to_owned(), Self::File(file));
        }
        (real, Self::Folder)
    }

    /// The folder and the scope that stand for the file at `disk` alone, whether it is there or not.
    pub(super) fn of_file(disk: &Path) -> (PathBuf, Self) {
        let real = disk.canonicalize().unwrap_or_else(|_| disk.to_owned());
        let name = real.file_name().and_then(|name| FilePath::new(name.to_str()?));
        let folder = real.parent().unwrap_or(&real).to_owned();
        // A file system's root, or a name that is no Unicode: nothing is found under this one.
        (folder, Self::File(name.unwrap_or_else(FilePath::root)))
    }

    /// Whether a file at `path` would be found by a walk.
    pub(super) fn covers(&self, path: &FilePath) -> bool {
        match self {
            Self::File(file) => path == file,
            Self::Folder => {
                !path.parent().segments().any(is_left_out) && !is_left_out_file(path.file_name())
            }
        }
    }
}

/// Whether a folder of this name is left out.
fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name == PACKAGES
}

/// Whether a file of this name is left out: hidden ones are, but for those that give a build its environment.
fn is_left_out_file(name: &str) -> bool {
    is_left_out(name) && !is_environment(name)
}

/// The files of the workspace with their stamps, by path.
pub(super) fn walk(
    root: &Path,
    scope: &Scope,
    progress: &(dyn Fn(usize, Option<usize>) + Sync),
) -> Vec<(FilePath, Stamp)> {
    if let Scope::File(file) = scope {
        let stamp = Stamp::of(root, file);
        return stamp.map(|stamp| (file.clone(), stamp)).into_iter().collect();
    }
    let found = Mutex::new(Vec::new());
    let count = AtomicUsize::new(0);
    WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(false)
        .follow_links(false)
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            entry.depth() == 0
                || !(if is_folder { is_left_out(&name) } else { is_left_out_file(&name) })
        })
        .build_parallel()
        .run(|| {
            let mut batch = Batch { files: Vec::new(), found: &found };
            let count = &count;
            Box::new(move |entry| {
                // A folder that cannot be read is left out.
                if let Ok(entry) = entry
                    && let Some(file) = look_at(root, &entry)
                {
                    batch.files.push(file);
                    // Relaxed: a count for people, it guards nothing.
                    progress(count.fetch_add(1, Ordering::Relaxed) + 1, None);
                }
                WalkState::Continue
            })
        });
    let mut found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found
}

/// What one thread found; handed over when the thread is done, so that threads do not wait for each
/// other.
struct Batch<'a> {
    files: Vec<(FilePath, Stamp)>,
    found: &'a Mutex<Vec<(FilePath, Stamp)>>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.append(&mut self.files);
    }
}

fn look_at(root: &Path, entry: &DirEntry) -> Option<(FilePath, Stamp)> {
    let kind = entry.file_type()?;
    if kind.is_dir() {
        return None;
    }
    let path = location::inside(root, entry.path())?;
    Kind::of(&path)?;
    let stamp = if kind.is_file() {
        Stamp::of_metadata(&entry.metadata().ok()?)
    } else {
        // A symbolic link, a pipe, a device: only a link to a file inside the root is a file of
        // ours.
        Stamp::of(root, &path)?
    };
    Some((path, stamp))
}

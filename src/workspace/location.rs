//! Between disk paths and workspace paths. A disk path is taken for ours only after its symbolic
//! links are resolved, so no link leads out of the root.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::path::FilePath;

/// The disk path of `path`.
pub(super) fn disk_path(root: &Path, path: &FilePath) -> PathBuf {
    let mut disk = root.to_owned();
    disk.extend(path.segments());
    disk
}

/// The workspace path of a disk path that exists or not, symbolic links resolved; `None` outside
/// the root.
pub(super) fn path_of(root: &Path, disk: &Path) -> Option<FilePath> {
    inside(root, &resolve(&root.join(disk))?)
}

/// The workspace path of a disk path below the root, taken as it stands.
pub(super) fn inside(root: &Path, disk: &Path) -> Option<FilePath> {
    let mut names = Vec::new();
    for component in disk.strip_prefix(root).ok()?.components() {
        let Component::Normal(name) = component else { return None };
        // A name that is not Unicode, or that holds a backslash where that is no separator, cannot
        // be written as a workspace path.
        names.push(name.to_str().filter(|name| !name.contains('\\'))?);
    }
    FilePath::new(&names.join("/"))
}

/// The disk path without symbolic links; what does not exist yet is kept as it stands, without `.`
/// and `..`.
fn resolve(disk: &Path) -> Option<PathBuf> {
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = lexically_normal(disk);
    loop {
        if let Ok(mut real) = existing.canonicalize() {
            real.extend(missing.iter().rev());
            return Some(real);
        }
        // A link that leads nowhere is not a file of ours.
        if existing.is_symlink() {
            return None;
        }
        missing.push(existing.file_name()?.to_owned());
        existing.pop();
    }
}

/// `path` as it stands when it exists (`..` after a link means the link's target), else without `.`
/// and `..`.
fn lexically_normal(path: &Path) -> PathBuf {
    if path.exists() {
        return path.to_owned();
    }
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

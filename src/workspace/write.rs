//! Writing files, all or none. Everything is checked before anything is changed; what is left to
//! fail then is a rename, and a failed one takes the earlier ones back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

use super::document::Document;
use super::location;
use crate::path::FilePath;
use crate::project::Files;

/// One file on its way to the disk.
struct Pending<'a> {
    text: &'a str,
    /// Where it goes, symbolic links resolved.
    target: PathBuf,
    /// What it replaces.
    old: Option<Vec<u8>>,
    /// Where it stands until it is renamed.
    staged: Option<PathBuf>,
}

/// Writes `texts`; see [`super::Workspace::write`].
pub(super) fn write(
    root: &Path,
    files: &Files,
    documents: &BTreeMap<FilePath, Document>,
    texts: &[(FilePath, String)],
) -> Result<()> {
    let mut targets = BTreeSet::new();
    let mut pending = Vec::with_capacity(texts.len());
    for (path, text) in texts {
        if documents.contains_key(path) {
            return Err(refusal(path, ErrorKind::ResourceBusy, "is open in an editor"));
        }
        let change = check(root, files, path, text)?;
        if !targets.insert(change.target.clone()) {
            return Err(refusal(path, ErrorKind::InvalidInput, "is written twice"));
        }
        pending.push(change);
    }
    let outcome = stage(&mut pending).and_then(|()| commit(&pending));
    for change in &pending {
        // Whatever is still there after a failure; after a success nothing is.
        if let Some(staged) = &change.staged {
            let _ = fs::remove_file(staged);
        }
    }
    outcome
}

/// Finds out whether `text` may be written to `path`.
fn check<'a>(root: &Path, files: &Files, path: &FilePath, text: &'a str) -> Result<Pending<'a>> {
    let target = location::path_of(root, &location::disk_path(root, path))
        .filter(|real| !real.as_str().is_empty())
        .map(|real| location::disk_path(root, &real))
        .ok_or_else(|| refusal(path, ErrorKind::PermissionDenied, "leads out of the workspace"))?;
    let changed = || refusal(path, ErrorKind::Other, "changed on disk since it was read");
    let old = match fs::read(&target) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(Error::new(error.kind(), format!("{path}: {error}"))),
    };
    let same = match (files.get(path), &old) {
        (Some(file), Some(_)) if file.read_error.is_some() => {
            return Err(refusal(path, ErrorKind::InvalidData, "cannot be read as it stands"));
        }
        (Some(file), Some(bytes)) => file.source.as_bytes() == bytes.as_slice(),
        (None, None) => true,
        _ => false,
    };
    if same { Ok(Pending { text, target, old, staged: None }) } else { Err(changed()) }
}

/// Writes each text beside its place.
fn stage(pending: &mut [Pending<'_>]) -> Result<()> {
    for change in pending {
        let folder = change.target.parent().ok_or(ErrorKind::InvalidInput)?;
        fs::create_dir_all(folder)?;
        let (mut file, staged) = create_beside(&change.target)?;
        change.staged = Some(staged.clone());
        file.write_all(change.text.as_bytes())?;
        if change.old.is_some() {
            fs::set_permissions(&staged, fs::metadata(&change.target)?.permissions())?;
        }
        file.sync_all()?;
    }
    Ok(())
}

/// Renames each into its place; on a failure, puts back what was there.
fn commit(pending: &[Pending<'_>]) -> Result<()> {
    for (at, change) in pending.iter().enumerate() {
        let Some(staged) = &change.staged else { continue };
        if let Err(error) = fs::rename(staged, &change.target) {
            for done in pending.iter().take(at) {
                // Nothing more can be done when taking back fails too: the first error is the one
                // to tell.
                let _ = match &done.old {
                    Some(bytes) => fs::write(&done.target, bytes),
                    None => fs::remove_file(&done.target),
                };
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Makes a new hidden file in the folder of `target`.
fn create_beside(target: &Path) -> Result<(fs::File, PathBuf)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut attempt = 0_u32;
    loop {
        let staged = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&staged) {
            Ok(file) => return Ok((file, staged)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && attempt < 100 => attempt += 1,
            Err(error) => return Err(error),
        }
    }
}

fn refusal(path: &FilePath, kind: ErrorKind, why: &str) -> Error {
    Error::new(kind, format!("{path} {why}"))
}

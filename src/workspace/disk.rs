//! Reading files. A file is always something – what cannot be read as it stands carries its
//! trouble.

use std::fs::{self, File as DiskFile, Metadata};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::decode::decode;
use super::location;
use super::walk::SIZE_LIMIT;
use crate::path::FilePath;
use crate::project::{File, ReadError};
use crate::syntax::Kind;

/// How long a file must have lain still for its stamp to be believed: longer than the steps in
/// which any file system counts time.
const STILL: Duration = Duration::from_secs(3);

/// What tells a changed file from an unchanged one without reading it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    bytes: u64,
    /// `None` when that says nothing: unknown, or so near to the moment of the look that the file
    /// may change again and keep it.
    modified: Option<SystemTime>,
}

impl Stamp {
    /// The stamp of the file at `path`; `None` when there is none, or only a link that leaves the
    /// root.
    pub(super) fn of(root: &Path, path: &FilePath) -> Option<Self> {
        let disk = location::disk_path(root, path);
        let metadata = fs::metadata(&disk).ok().filter(Metadata::is_file)?;
        location::path_of(root, &disk)?;
        Some(Self::of_metadata(&metadata))
    }

    /// The stamp that `metadata` gives, if it was asked for just now.
    pub(super) fn of_metadata(metadata: &Metadata) -> Self {
        let is_still = |time: &SystemTime| time.elapsed().is_ok_and(|age| age > STILL);
        Self { bytes: metadata.len(), modified: metadata.modified().ok().filter(is_still) }
    }

    /// Whether the file is certainly the one that had the stamp `before`.
    pub(super) fn tells_unchanged(self, before: Self) -> bool {
        self.bytes == before.bytes && self.modified.is_some() && self.modified == before.modified
    }
}

/// Reads the files at `paths`, on all cores; the answer is in the order of `paths`.
pub(super) fn read_all(
    root: &Path,
    paths: Vec<(FilePath, Stamp)>,
    progress: &(dyn Fn(usize, Option<usize>) + Sync),
) -> Vec<(File, Stamp)> {
    let total = paths.len();
    let done = AtomicUsize::new(0);
    paths
        .into_par_iter()
        .filter_map(|(path, stamp)| {
            let file = read_stamped(root, &path, stamp);
            // Relaxed: a count for people, it guards nothing.
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, Some(total));
            Some((file?, stamp))
        })
        .collect()
}

/// Reads the file at `path`; `None` when there is none inside the root.
pub(super) fn read(root: &Path, path: &FilePath) -> Option<(File, Stamp)> {
    let stamp = Stamp::of(root, path)?;
    Some((read_stamped(root, path, stamp)?, stamp))
}

fn read_stamped(root: &Path, path: &FilePath, stamp: Stamp) -> Option<File> {
    let kind = Kind::of(path)?;
    let unread = |error| Some(File::new(path.clone(), kind, Arc::from(""), Some(error)));
    if stamp.bytes > SIZE_LIMIT {
        return unread(ReadError::TooLarge { bytes: stamp.bytes });
    }
    let Ok(bytes) = read_bytes(&location::disk_path(root, path)) else {
        return unread(ReadError::Unreadable);
    };
    // It may have grown since it was looked at.
    Some(of_bytes(path, kind, bytes))
}

/// The file whose content is `bytes`.
pub(super) fn of_bytes(path: &FilePath, kind: Kind, bytes: Vec<u8>) -> File {
    let length = bytes.len() as u64;
    let (source, read_error) = if length > SIZE_LIMIT {
        (String::new(), Some(ReadError::TooLarge { bytes: length }))
    } else {
        decode(bytes)
    };
    File::new(path.clone(), kind, Arc::from(source), read_error)
}

/// The bytes of a file, one more than the limit at most.
fn read_bytes(disk: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    DiskFile::open(disk)?.take(SIZE_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

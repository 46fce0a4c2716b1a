//! What rules found out about single files, for the next check of the same program. Every note lies
//! beside the file that it was read from and counts for that very file only, so it does not matter
//! who wrote it, or when.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use super::template_syntax::Compiler;
use crate::finding::Finding;
use crate::path::FilePath;
use crate::project::File;

/// Notes about the files of one program.
#[derive(Debug, Default)]
pub struct Noted {
    /// Whether a file holds the words of an id.
    pub(super) words: Notes<&'static str, bool>,
    /// What there is to say about a template to the users of a compiler.
    pub(super) templates: Notes<Compiler, Arc<[Finding]>>,
}

/// A file, and a question about it.
type Key<Q> = (FilePath, Q);

/// An answer, and the file that it was read from.
type Note<A> = (Arc<File>, A);

/// Notes of one kind: for each file, and each question of it, the answer.
#[derive(Debug)]
pub(super) struct Notes<Q, A> {
    by_file: Mutex<HashMap<Key<Q>, Note<A>>>,
}

impl<Q, A> Default for Notes<Q, A> {
    fn default() -> Self {
        Self { by_file: Mutex::default() }
    }
}

impl<Q: Copy + Eq + Hash, A: Clone> Notes<Q, A> {
    /// The answer to `question` about `file`, which must follow from its text alone: noted, or else
    /// read and noted.
    pub(super) fn of(&self, file: &Arc<File>, question: Q, read: impl FnOnce() -> A) -> A {
        let notes = || self.by_file.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (file.path.clone(), question);
        if let Some((known, answer)) = notes().get(&key)
            && Arc::ptr_eq(known, file)
        {
            return answer.clone();
        }
        let answer = read();
        notes().insert(key, (Arc::clone(file), answer.clone()));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::Notes;
    use crate::path::FilePath;
    use crate::project::File;
    use crate::syntax::Kind;

    #[test]
    fn a_note_counts_for_the_file_it_was_read_from() {
        let file = |text: &str| {
            let path = FilePath::new("a.wxml").unwrap();
            Arc::new(File::new(path, Kind::Template, Arc::from(text), None))
        };
        let notes = Notes::default();
        let (old, new) = (file("old"), file("new"));
        assert_eq!(notes.of(&old, "length", || 3), 3);
        assert_eq!(notes.of(&old, "length", || unreachable!()), 3);
        assert_eq!(notes.of(&old, "lines", || 1), 1);
        assert_eq!(notes.of(&new, "length", || 4), 4);
        assert_eq!(
            notes.of(&old, "length", || 5),
            5,
            "what was noted of the new one is not said of it"
        );
    }
}

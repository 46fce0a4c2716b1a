//! A series of edits → the analysis that remembers the one before is a fresh one.

use miniguard::check::{Cancel, analyse, analyse_incremental};
use miniguard::path::FilePath;

use super::choices::Choices;
use super::program::{assert_sound, splice};
use super::seeds::programs;

/// The most edits of one series.
const EDITS: usize = 6;

/// Edits, removes and restores files of a program, and analyses it after each.
pub fn edits(input: &[u8]) {
    let mut choices = Choices::new(input);
    let before = choices.of(programs()).clone();
    let mut files = before.clone();
    let (_, mut memo) =
        analyse_incremental(&files, None, &Cancel::never()).expect("nothing cancels it");
    for _ in 0..EDITS {
        if choices.is_empty() {
            break;
        }
        match choices.byte() % 8 {
            0 => {
                let paths: Vec<FilePath> = files.iter().map(|file| file.path.clone()).collect();
                if let Some(path) = paths.get(choices.below(paths.len())) {
                    files.remove(path);
                }
            }
            1 => {
                let all: Vec<_> = before.iter().collect();
                if let Some(file) = all.get(choices.below(all.len())) {
                    files.insert((*file).clone());
                }
            }
            _ => splice(&mut files, &mut choices),
        }
        let (report, next) =
            analyse_incremental(&files, Some(&memo), &Cancel::never()).expect("nothing cancels it");
        let fresh = analyse(&files, &Cancel::never()).expect("nothing cancels it");
        assert_sound(&fresh, &files);
        assert_eq!(format!("{report:#?}"), format!("{fresh:#?}"));
        // Now and then the next analysis gets an older one's results.
        if choices.byte().is_multiple_of(4) {
            continue;
        }
        memo = next;
    }
}

//! Script and template text spliced between programs → the whole analysis.

use std::sync::Arc;

use miniguard::check::{Cancel, Report, analyse};
use miniguard::path::FilePath;
use miniguard::project::{File, Files};
use miniguard::syntax::Kind;

use super::choices::Choices;
use super::seeds::{programs, spliced};
use super::{assert_fits, text};

/// Splices lines of one program into files of another up to four times and analyses it.
pub fn program(input: &[u8]) {
    let mut choices = Choices::new(input);
    let mut files = choices.of(programs()).clone();
    for _ in 0..4 {
        splice(&mut files, &mut choices);
        if choices.is_empty() {
            break;
        }
    }
    assert_sound(&analyse(&files, &Cancel::never()).expect("nothing cancels it"), &files);
}

/// Replaces lines of a file of `files` by lines of a file of its kind, or by bytes of the input.
pub(crate) fn splice(files: &mut Files, choices: &mut Choices<'_>) {
    let paths: Vec<FilePath> = files.iter().map(|file| file.path.clone()).collect();
    if paths.is_empty() {
        return;
    }
    let path = choices.of(&paths);
    let Some(kind) = Kind::of(path) else { return };
    let own = files.get(path).map(|file| file.source.to_string()).unwrap_or_default();
    let others: Vec<_> = choices
        .of(programs())
        .iter()
        .filter(|file| file.path.extension() == path.extension())
        .collect();
    let raw = choices.byte().is_multiple_of(4);
    let donor = if raw || others.is_empty() {
        text(choices.bytes())
    } else {
        choices.of(&others).source.to_string()
    };
    let changed = spliced(&own, &donor, choices);
    files.insert(Arc::new(File::new(path.clone(), kind, Arc::from(changed), None)));
}

/// Asserts that every place of `report` is one of `files`.
pub(crate) fn assert_sound(report: &Report, files: &Files) {
    for finding in &report.findings {
        let labels = finding.labels.iter().map(|label| &label.place);
        for place in labels.chain([&finding.place]) {
            let source = files.get(&place.file).map(|file| &*file.source).unwrap_or_default();
            assert_fits(place.span, source);
        }
    }
}

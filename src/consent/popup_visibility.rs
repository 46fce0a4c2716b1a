//! Where the pop-up of the program's own can appear. A component is where a template writes its
//! tag, so this is told from texts; what might open a page of its own may appear anywhere.

use std::collections::BTreeSet;

use memchr::memmem::Finder;

use super::button::AgreeButton;
use crate::path::FilePath;
use crate::project::{ComponentEdge, Files, Program};

/// The component that every tab page has.
const TAB_BAR: &str = "custom-tab-bar/index";

/// The pages and components, by stem, whose templates hold one of `buttons`, themselves or through
/// components; `None` where the button is a page's, or in a template that others bring in.
/// O(templates) searches for a tag for each level of components; parses none but those that bring
/// others in.
pub(super) fn popup_visible(
    files: &Files,
    program: &Program,
    buttons: &[AgreeButton],
) -> Option<BTreeSet<FilePath>> {
    let mut shown = BTreeSet::new();
    for button in buttons {
        let stem = button.tag.file.without_extension();
        let page = program.pages().iter().any(|page| page.stem == stem);
        if page || program.script_of(files, &stem).is_none() {
            return None;
        }
        shown.insert(stem);
    }
    let global = program.global_components(files);
    let mut open: Vec<(FilePath, Vec<ComponentEdge>)> = program
        .reachable_stems(files)
        .into_iter()
        .map(|stem| (stem.clone(), program.components_of(files, &stem)))
        .collect();
    loop {
        let before = shown.len();
        open.retain(|(stem, own)| {
            let tags = own
                .iter()
                .chain(&global)
                .filter(|edge| edge.target.stem().is_some_and(|target| shown.contains(target)));
            let tags: Vec<Finder<'static>> =
                tags.map(|edge| Finder::new(&format!("<{}", edge.tag)).into_owned()).collect();
            let holds = !tags.is_empty() && writes(files, program, stem, &tags);
            if holds {
                shown.insert(stem.clone());
            }
            !holds
        });
        if shown.len() == before {
            break;
        }
    }
    let everywhere = program.root.join(TAB_BAR).is_some_and(|bar| shown.contains(&bar));
    (!everywhere).then_some(shown)
}

/// Whether the template at `stem`, or one that it brings in, writes one of `tags`.
fn writes(files: &Files, program: &Program, stem: &FilePath, tags: &[Finder<'_>]) -> bool {
    let brings = [Finder::new("<import"), Finder::new("<include")];
    let has = |path: &FilePath, words: &[Finder<'_>]| {
        files.get(path).is_some_and(|file| {
            words.iter().any(|word| {
                word.find_iter(file.source.as_bytes()).any(|at| {
                    let next = file.source.as_bytes().get(at + word.needle().len());
                    next.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))
                })
            })
        })
    };
    let template = program.template_of(files, stem);
    if has(&template, tags) {
        return true;
    }
    has(&template, &brings)
        && program.templates_of(files, stem).iter().any(|template| has(template, tags))
}

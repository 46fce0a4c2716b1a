//! Where in a program the number of its filing belongs, and whether the place to look it up stands
//! with it. A page is its template and its script together.

use super::Context;
use crate::catalogue::{self, FILING_SITE};
use crate::path::FilePath;

/// Whether the page of `file` names the system in which the number can be looked up: in its
/// template or its script.
pub(super) fn has_link(context: &Context<'_>, file: &FilePath) -> bool {
    let stem = file.without_extension();
    context
        .own
        .iter()
        .any(|other| other.path.without_extension() == stem && other.source.contains(FILING_SITE))
}

/// The template of a page about the program or of its settings: where a number belongs.
pub(super) fn page_for_it(context: &Context<'_>) -> Option<FilePath> {
    let words = catalogue::wording("about-page")?;
    let pages = context.program.pages().iter();
    let named = |name: &&str| {
        pages.clone().find(|page| {
            let relative = page.stem.relative_to(&context.program.root);
            relative.is_some_and(|path| {
                path.split(['/', '-', '_']).any(|part| part.eq_ignore_ascii_case(name))
            })
        })
    };
    // In the order of the table: a page about the program before the page of the user.
    let page = words.en.iter().find_map(named)?;
    let template = context.program.template_of(context.files, &page.stem);
    let own = context.own.iter().any(|file| file.path == template && file.kind.has_template());
    own.then_some(template)
}

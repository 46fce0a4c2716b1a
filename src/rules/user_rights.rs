//! Whether a program offers a way out: withdrawal of a consent, deletion of an account. That it
//! does is told by words anywhere in its own files, so a way out that is there is found, and one
//! that a web page or plugin offers is out of sight.

use std::sync::Arc;

use super::{Context, Rule};
use crate::catalogue::{self, Kind};
use crate::finding::{Finding, Phrase, Place};
use crate::project::File;
use crate::semantic::api_use::ApiUse;

/// Whether the program collects personal information at all.
pub(super) fn collects(context: &Context<'_>) -> bool {
    let personal = |kind| matches!(kind, Some(Kind::Location | Kind::UserData));
    !context.forms.is_empty()
        || context.uses.iter().any(|used| {
            used.interface.in_inventory()
                && personal(used.interface.kind)
                && used.package.is_none()
                && !used.in_plugin
        })
}

/// Whether the program's own code does what the duty of that id is about, at a use that counts.
pub(super) fn has_duty(context: &Context<'_>, id: &str, counts: impl Fn(&ApiUse) -> bool) -> bool {
    context.uses.iter().any(|used| {
        used.package.is_none()
            && !used.in_plugin
            && catalogue::duties_of(used.interface).any(|duty| duty.id == id)
            && counts(used)
    })
}

/// Whether any of the program's own files, or the path of one of its pages, says the words of that
/// id.
pub(super) fn offers(context: &Context<'_>, id: &str) -> bool {
    let Some(words) = catalogue::wording(id) else { return true };
    let pages = context.program.pages().iter();
    let held = |file: &Arc<File>| {
        context.noted.words.of(file, words.id, || words.is_held_by(&file.source))
    };
    context.own.iter().filter_map(|file| context.files.get(&file.path)).any(held)
        || pages.into_iter().any(|page| words.is_held_by(page.stem.as_str()))
}

/// The one finding of such a rule: on app.json.
pub(super) fn missing(
    context: &Context<'_>,
    rule: &Rule,
    message: Phrase,
    subject: &str,
) -> Option<Finding> {
    // What could not be read may hold it.
    let app = context.program.app.as_ref().filter(|_| !context.unread)?;
    let mut finding = rule.finding(Place::start_of(app), message, subject);
    finding.help = Phrase::new(
        "Add it to the page of the account or of the settings. If a web page, a plugin or the customer service offers it, say so in `ignore` of miniguard.json.",
        "请在“我的”或设置页面中提供。如由网页、插件或客服提供，可在 miniguard.json 的 `ignore` 中说明。",
    );
    Some(finding)
}

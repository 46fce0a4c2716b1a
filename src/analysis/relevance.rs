//! Which files can hold a use at all: a search for the few words that matter, before anything is parsed.
//! The one thing to know: a parse costs fifty times a search, so this decides the speed of a cold run; a word too many costs time,
//! a word too few would cost a finding, hence the words come from the catalogue.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::catalogue::{self, Form};
use crate::facts::comment::MARK;
use crate::syntax::{Dialect, Kind};

/// A script that never says this uses nothing of the platform.
static PLATFORM: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("wx"));
static SUPPRESSION: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));

/// Words of which a template must hold one to use anything.
static TEMPLATE_WORDS: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| {
    let mut words: Vec<String> = vec!["openType".to_owned()];
    for row in catalogue::interfaces() {
        match row.form {
            Form::Component => words.extend(row.tag.map(|tag| format!("<{tag}"))),
            Form::OpenType => words.extend(row.attribute.map(str::to_owned)),
            Form::Attribute => words.extend(row.value.or(row.attribute).map(str::to_owned)),
            Form::Interface | Form::Method | Form::Scope => {}
        }
    }
    words.sort();
    words.dedup();
    words.iter().map(|word| Finder::new(word).into_owned()).collect()
});

/// Whether a file may hold a use. O(n), without a parse.
pub(super) fn may_hold_use(kind: Kind, source: &str) -> bool {
    let bytes = source.as_bytes();
    match kind {
        Kind::Script(Dialect::Wxs) | Kind::Manifest => false,
        Kind::Script(_) => PLATFORM.find(bytes).is_some(),
        Kind::Template => TEMPLATE_WORDS.iter().any(|word| word.find(bytes).is_some()),
    }
}

/// Whether a file may hold a suppression. O(n), without a parse.
pub(super) fn may_hold_suppression(source: &str) -> bool {
    SUPPRESSION.find(source.as_bytes()).is_some()
}

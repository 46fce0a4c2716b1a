//! `miniguard.json`: what a team sets and declares. A broken file never stops anything; each broken
//! part is a [`Problem`] with its place, and the rest applies.

mod answer;
mod declared;
mod nearest;
mod pattern;
mod read;
mod reference;
mod schema;
mod shape;
mod suggest;
mod table;
mod template;

pub use answer::words_of;
pub use declared::{Audience, Commerce, Declared, Entity, Filing, HeldLicence, Hosting, Volume};
pub use nearest::nearest;
pub use pattern::Pattern;
pub use reference::reference;
pub use schema::{SCHEMA_URL, schema};
pub use suggest::{Suggestion, suggest};
pub use template::{domain_list_template, template, template_with};

use std::collections::BTreeMap;

use crate::facts::ManifestFacts;
use crate::finding::{Fix, Language, Phrase, Place, Severity};
use crate::path::FilePath;

/// The name of the settings file.
pub const FILE_NAME: &str = "miniguard.json";

/// What a settings file says. Paths are the workspace's; what is absent is `None` or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// The language of reports.
    pub language: Option<Language>,
    /// What rules weigh that do not weigh what they do by themselves, by id.
    pub rules: BTreeMap<String, Level>,
    /// What is not checked: files, and folders with all in them.
    pub exclude: Vec<Pattern>,
    /// The list of registered domains.
    pub domains: Option<FilePath>,
    /// How many days the list of registered domains may be old.
    pub domains_max_age: Option<u64>,
    /// The checked-in privacy guide.
    pub privacy_guide: Option<FilePath>,
    /// Whose account it is.
    pub entity: Option<Entity>,
    /// The ICP filing of the mini-program.
    pub filing: Option<Filing>,
    /// The service categories; `None` where nothing is said.
    pub categories: Option<Vec<Declared>>,
    /// The licences that the entity holds; `None` where nothing is said.
    pub licences: Option<Vec<HeldLicence>>,
    /// How the program sells.
    pub commerce: Option<Commerce>,
    /// Where the servers stand.
    pub hosting: Option<Hosting>,
    /// How many people's information leaves the mainland in a year.
    pub volume: Option<Volume>,
    /// Whom the program is for.
    pub audience: Option<Audience>,
    /// The baseline of known findings.
    pub baseline: Option<FilePath>,
    /// Findings that are not shown, mostly of manifests, which have no comments on the platform.
    pub ignore: Vec<Ignore>,
}

/// What a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It does not speak.
    Off,
    /// It speaks with this severity.
    At(Severity),
}

/// Findings that are not shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Ignore {
    /// The rule.
    pub rule: String,
    /// The files.
    pub file: Pattern,
    /// What the findings are about; `None` for anything.
    pub subject: Option<String>,
    /// Why, as written; it may be blank or still the placeholder.
    pub reason: String,
    /// The entry in the settings file.
    pub place: Place,
    /// Its index in the list `ignore`, left-out entries counted.
    pub index: usize,
}

/// A part of a settings file that does not apply, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: Phrase,
    /// What to do.
    pub help: Phrase,
    /// How to mend it, where there is a good guess. Never safe: it is a guess.
    pub fix: Option<Fix>,
}

/// What the setting `key` sets, `[en, zh]`, without a full stop.
pub fn summary_of(key: &str) -> Option<[&'static str; 2]> {
    let setting = table::SETTINGS.iter().find(|setting| setting.key.name == key)?;
    Some(setting.key.summary)
}

impl Settings {
    /// Reads the settings file `file`. `known_rules` are the ids that `rules` and `ignore` may
    /// name.
    ///
    /// Every part that is wrong is left out and is a problem, in document order; all others apply.
    pub fn read(
        file: &FilePath,
        facts: &ManifestFacts,
        known_rules: &[&str],
    ) -> (Self, Vec<Problem>) {
        read::read(file, facts, known_rules)
    }

    /// What the settings say about `rule`.
    pub fn level(&self, rule: &str) -> Option<Level> {
        self.rules.get(rule).copied()
    }

    /// The licence of that id, when the team declares that it holds it.
    pub fn holds(&self, licence: &str) -> Option<&HeldLicence> {
        self.licences.iter().flatten().find(|held| held.id == licence)
    }

    /// Whether `file`, or a folder that holds it, is excluded.
    pub fn excludes(&self, file: &FilePath) -> bool {
        self.exclude.iter().any(|pattern| pattern.matches(file))
    }
}

impl Level {
    /// All levels, quietest first.
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::At(Severity::Hint),
        Self::At(Severity::Information),
        Self::At(Severity::Warning),
        Self::At(Severity::Error),
    ];

    /// The word in the settings file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::At(severity) => severity.name(),
        }
    }

    /// The level that `name` means.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

#[cfg(test)]
mod tests;

//! The rules. The one thing to know: a rule is one `.rs`, one `.md` and one line in [`RULES`]; the `.md` is its documentation,
//! its hover, `explain` and an executed test.

use crate::finding::{Phrase, Severity};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, e.g. `unregistered-domain`; reads well after "ignore".
    pub id: &'static str,
    /// The severity unless settings say otherwise.
    pub severity: Severity,
    /// Whether it speaks unless settings turn it on.
    pub default_on: bool,
    /// One sentence, in both languages: `[en, zh]`.
    pub summary: [&'static str; 2],
    /// The documentation, Markdown, both languages in one file.
    pub docs: &'static str,
}

impl Rule {
    /// The summary as a phrase.
    pub fn summary(&self) -> Phrase {
        Phrase::new(self.summary[0], self.summary[1])
    }

    /// The address of the rule's documentation page.
    pub fn url(&self) -> String {
        format!(
            "https://github.com/miniguard/miniguard/blob/main/src/rules/{}.md",
            self.id.replace('-', "_")
        )
    }
}

/// Every rule, by id.
pub const RULES: &[Rule] = &[];

/// The rule `id`.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

//! Words by which a program offers or asks for something: a way out of an account, a notice beside
//! a form, a search box.
//!
//! They tell that something is there; that it is not there, they only make likely.

use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::Deserialize;

use super::field::end_of_phrase;
use super::table;

static ROWS: LazyLock<Vec<Wording>> = LazyLock::new(|| table::parse(include_str!("wordings.json")));

/// For each row, a search for any of its words.
static FINDERS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let words = |row: &Wording| {
        row.zh.iter().chain(&row.en).map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
    };
    wordings().iter().map(|row| Regex::new(&format!("(?i-u:{})", words(row))).ok()).collect()
});

/// The words for one thing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// What they are for.
    pub id: &'static str,
    /// Chinese phrases.
    #[serde(borrow)]
    pub zh: Vec<&'static str>,
    /// English phrases and identifiers, in lower case.
    #[serde(borrow)]
    pub en: Vec<&'static str>,
    /// Where they come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

impl Wording {
    /// Whether a text that people read says it.
    pub fn is_said_in(&self, text: &str) -> bool {
        self.zh.iter().any(|phrase| text.contains(phrase)) || {
            let text = text.to_lowercase();
            self.en.iter().any(|phrase| end_of_phrase(&text, phrase).is_some())
        }
    }

    /// Whether a source holds it anywhere, in names as in texts, in any case of letters. O(length).
    pub fn is_held_by(&self, source: &str) -> bool {
        let finder = wordings().iter().position(|row| row.id == self.id);
        finder
            .and_then(|at| FINDERS.get(at))
            .and_then(Option::as_ref)
            .is_some_and(|finder| finder.is_match(source.as_bytes()))
    }

    /// Whether `name` is one of its words, in any case of letters.
    pub fn is_name(&self, name: &str) -> bool {
        self.en.iter().any(|word| word.eq_ignore_ascii_case(name))
    }
}

/// All rows, sorted by id.
pub fn wordings() -> &'static [Wording] {
    &ROWS
}

/// The words of that id. O(log n).
pub fn wording(id: &str) -> Option<&'static Wording> {
    table::find(&ROWS, |row| row.id, &[id])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_words_and_found_as_text() {
        let agreement = wording("agreement").unwrap();
        assert!(agreement.is_said_in("我已阅读并同意") && agreement.is_said_in("I Agree to"));
        assert!(!agreement.is_said_in("disagreeable"));
        let deletion = wording("account-deletion").unwrap();
        assert!(deletion.is_held_by("url: '/pages/deleteAccount/index'"));
        assert!(deletion.is_held_by("<view>账号注销</view>") && !deletion.is_held_by("退出登录"));
        assert!(FINDERS.iter().all(Option::is_some));
        assert!(wording("precise-use").unwrap().is_name("openLocation"));
        assert_eq!(wording("nothing"), None);
    }
}

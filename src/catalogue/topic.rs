//! What a program is about, by the words that it shows: for each licence, words that speak for it.
//!
//! No word alone says anything: `content::topics` weighs them by where they stand. Chinese words
//! are found as text – the longest one that stands there counts, so that a phrase of another
//! meaning hides the word in it – and names as whole words of a page's path.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::bytes::Regex;
use serde::Deserialize;

use super::{Licence, PreApproval, field, licence, pre_approvals, table};

static ROWS: LazyLock<Vec<Topic>> = LazyLock::new(|| table::parse(include_str!("topics.json")));

/// All words with the topics that they speak for; none for phrases of another meaning.
static WORDS: LazyLock<BTreeMap<&'static str, Vec<TopicWord>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&'static str, Vec<TopicWord>> = BTreeMap::new();
    for topic in topics() {
        for (list, strong) in [(&topic.strong, true), (&topic.weak, false)] {
            for &word in list {
                words.entry(word).or_default().push(TopicWord { topic, word, strong });
            }
        }
        for &word in &topic.other {
            words.entry(word).or_default();
        }
    }
    words
});

/// A search for any of the words, the longest first.
static FINDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut words: Vec<&str> = WORDS.keys().copied().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: Vec<String> = words.into_iter().map(regex::escape).collect();
    Regex::new(&format!("(?-u:{})", words.join("|"))).ok()
});

/// What a program may be about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// The licence that it asks for: a row of `licences.json`.
    pub licence: &'static str,
    /// Chinese words that hardly mean anything else.
    #[serde(borrow)]
    pub strong: Vec<&'static str>,
    /// Chinese words that often do.
    #[serde(borrow)]
    pub weak: Vec<&'static str>,
    /// English words of page paths, in lower case.
    #[serde(borrow)]
    pub names: Vec<&'static str>,
    /// Phrases that hold one of the words and mean something else.
    #[serde(default, borrow)]
    pub other: Vec<&'static str>,
    /// Whether it only counts in a program that takes payments.
    #[serde(default)]
    pub pays: bool,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// A word that speaks for a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicWord {
    /// The topic.
    pub topic: &'static Topic,
    /// The word.
    pub word: &'static str,
    /// Whether it hardly means anything else.
    pub strong: bool,
}

impl Topic {
    /// The row of its licence.
    pub fn licence(&self) -> Option<&'static Licence> {
        licence(self.licence)
    }

    /// The item of the filing's pre-approval that it belongs to.
    pub fn pre_approval(&self) -> Option<&'static PreApproval> {
        pre_approvals().iter().find(|item| item.licences.contains(&self.licence))
    }
}

/// All topics, sorted by licence.
pub fn topics() -> &'static [Topic] {
    &ROWS
}

/// The words of topics in a text, with the byte at which each stands; O(length).
pub fn topic_words(text: &str) -> impl Iterator<Item = (usize, TopicWord)> {
    let found =
        FINDER.as_ref().into_iter().flat_map(move |finder| finder.find_iter(text.as_bytes()));
    found.flat_map(move |found| {
        let word = text.get(found.range()).unwrap_or_default();
        let latin = word.is_ascii();
        let part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = text.as_bytes();
        let inside = latin
            && (part(found.start().checked_sub(1).and_then(|at| bytes.get(at)))
                || part(bytes.get(found.end())));
        let words = WORDS.get(word).filter(|_| !inside);
        words.into_iter().flatten().map(move |word| (found.start(), *word))
    })
}

/// The topics that the words of a page's path speak for.
pub fn topics_of_path(path: &str) -> impl Iterator<Item = TopicWord> {
    let words = field::words(path);
    topics().iter().flat_map(move |topic| {
        let said: Vec<&'static str> = topic
            .names
            .iter()
            .copied()
            .filter(|name| words.iter().any(|word| word == name))
            .collect();
        said.into_iter().map(move |word| TopicWord { topic, word, strong: false })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, &'static str)> {
        topic_words(text).map(|(_, found)| (found.topic.licence, found.word)).collect()
    }

    #[test]
    fn the_longest_word_counts_and_other_meanings_hide_it() {
        assert_eq!(found("在线问诊"), [("medical", "问诊")]);
        assert_eq!(found("加入购物车"), [("ecommerce.self", "加入购物车")]);
        assert_eq!(found("某某基金会"), [], "no fund");
        assert_eq!(found("会员价"), []);
        assert_eq!(found("FM 电台"), [("film_tv_radio", "FM"), ("film_tv_radio", "电台")]);
        assert_eq!(found("CONFMT"), [], "a part of a longer name");
        assert!(FINDER.is_some());
    }

    #[test]
    fn paths_are_read_by_their_words() {
        let of = |path: &str| -> Vec<&str> {
            topics_of_path(path).map(|found| found.topic.licence).collect()
        };
        assert_eq!(of("pages/courseDetail/index"), ["education"]);
        assert_eq!(of("pages/my-novel/chapter"), ["payment.virtual", "publishing", "publishing"]);
        assert_eq!(of("pages/coursework/index"), Vec::<&str>::new());
    }

    #[test]
    fn topics_belong_to_licences() {
        for topic in topics() {
            assert!(topic.licence().is_some(), "{}", topic.licence);
            for word in &topic.other {
                let holds = |it: &&&str| word.contains(**it);
                assert!(
                    topic.strong.iter().chain(&topic.weak).any(|it| holds(&it)),
                    "{word} hides nothing"
                );
            }
        }
        for item in pre_approvals() {
            assert!(
                item.licences.iter().all(|id| topics().iter().any(|it| it.licence == *id)),
                "{}",
                item.id
            );
        }
    }
}

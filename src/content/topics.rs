//! What a program is about: news, medicine, courses, a shop … No word alone says anything – a word
//! counts by where it stands (the name weighs most, text least), and only several words from
//! several kinds of place make a topic.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::catalogue::{self, Topic, TopicWord};
use crate::content::filing::ShownNumber;
use crate::finding::{Phrase, Place};
use crate::path::FilePath;
use crate::project::{Files, Named, Program};
use crate::text::Span;

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignalSource {
    /// The name of the program: its project, or the title of its window.
    Name,
    /// A tab.
    Tab,
    /// The title of a page.
    Title,
    /// The path of a page.
    Path,
    /// What a template shows.
    Text,
}

/// A word that speaks for a topic, where it weighs most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The word.
    pub word: &'static str,
    /// Whether it hardly means anything else.
    pub strong: bool,
    /// Where it stands …
    pub origin: SignalSource,
    /// … exactly.
    pub place: Place,
}

/// How sure a topic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Some signs.
    Possible,
    /// Many, from many places.
    Likely,
}

/// A topic that the program shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetectedTopic {
    /// The row of the catalogue.
    pub topic: &'static Topic,
    /// How sure it is.
    pub certainty: Certainty,
    /// What speaks for it, the weightiest first.
    pub signals: Vec<Signal>,
}

impl SignalSource {
    fn weight(self) -> u32 {
        match self {
            Self::Name => 4,
            Self::Tab | Self::Title => 2,
            Self::Path | Self::Text => 1,
        }
    }

    /// What it is called.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Name => Phrase::new("name", "名称"),
            Self::Tab => Phrase::new("tab", "标签页"),
            Self::Title => Phrase::new("page title", "页面标题"),
            Self::Path => Phrase::new("page path", "页面路径"),
            Self::Text => Phrase::new("text", "界面文字"),
        }
    }
}

impl DetectedTopic {
    /// The words, the weightiest first, each once.
    pub fn words(&self) -> Vec<&'static str> {
        self.signals.iter().map(|signal| signal.word).collect()
    }

    /// Where a person may begin to look.
    pub fn place(&self) -> Option<&Place> {
        self.signals.first().map(|signal| &signal.place)
    }
}

/// What must come together: the weight, the words, the kinds of place, the words that hardly mean
/// anything else.
struct Threshold {
    weight: u32,
    words: usize,
    origins: usize,
    strong: usize,
    /// Whether the name must be among the kinds of place.
    name: bool,
}

const POSSIBLE: Threshold = Threshold { weight: 5, words: 3, origins: 2, strong: 1, name: false };
/// Words that each may mean something else: many of them, everywhere, and in the name.
const BROAD: Threshold = Threshold { weight: 10, words: 5, origins: 3, strong: 0, name: true };
/// Kinds of place in which a topic must be spoken of when the platform screens names for the word
/// in the program's name.
const NAMED: usize = 4;
const LIKELY: Threshold = Threshold { weight: 9, words: 4, origins: 2, strong: 2, name: false };

/// What one file says: the words of topics that a template shows, and the filing numbers in it.
#[derive(Clone, Debug)]
pub struct FileSignals {
    /// The words, with the byte at which each stands.
    pub words: Arc<[(usize, TopicWord)]>,
    /// The numbers.
    pub numbers: Arc<[ShownNumber]>,
}

/// The topics that the program shows, by licence. `texts` are the words of its own templates, by
/// path.
pub fn topics<'a>(
    files: &Files,
    program: &Program,
    texts: impl Iterator<Item = (&'a FilePath, &'a [(usize, TopicWord)])>,
) -> Vec<DetectedTopic> {
    let mut found = Found::default();
    found.names(program);
    found.pages(files, program);
    for (file, words) in texts {
        for &(at, word) in words {
            let span = Span::new(at, at + word.word.len());
            found.add(word, SignalSource::Text, || Place::new(file, span));
        }
    }
    found.shown()
}

/// The words of topics in a template. Without a parse: what stands outside comments is text, an
/// attribute or a string, and each may be shown. O(length).
pub fn words_of_template(source: &str) -> Vec<(usize, TopicWord)> {
    let mut words = Vec::new();
    let mut from = 0;
    while let Some(rest) = source.get(from..) {
        let open = rest.find("<!--");
        let text = rest.get(..open.unwrap_or(rest.len())).unwrap_or_default();
        words.extend(catalogue::topic_words(text).map(|(at, word)| (from + at, word)));
        let Some(open) = open else { break };
        let close = rest.get(open..).and_then(|comment| comment.find("-->"));
        let Some(close) = close else { break };
        from += open + close + 3;
    }
    words
}

/// A name as a person reads it: older developer tools wrote that of a project with percent signs
/// (`%E6%96%B0`).
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (Some(byte), Some(rest)) = (byte, piece.get(2..)) else { return Cow::Borrowed(text) };
        bytes.push(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The best signal of each word, by licence.
#[derive(Default)]
struct Found {
    topics: BTreeMap<&'static str, Mentions>,
}

/// What speaks for one topic.
struct Mentions {
    topic: &'static Topic,
    /// The best signal of each word.
    words: BTreeMap<&'static str, Signal>,
    /// Every kind of place in which any of them stands.
    origins: BTreeSet<SignalSource>,
}

impl Found {
    fn add(&mut self, word: TopicWord, origin: SignalSource, place: impl FnOnce() -> Place) {
        let entry = self.topics.entry(word.topic.licence).or_insert_with(|| Mentions {
            topic: word.topic,
            words: BTreeMap::new(),
            origins: BTreeSet::new(),
        });
        entry.origins.insert(origin);
        let known = entry.words.get(word.word);
        if known.is_none_or(|known| known.origin.weight() < origin.weight()) {
            let place = place();
            let signal = Signal { word: word.word, strong: word.strong, origin, place };
            entry.words.insert(word.word, signal);
        }
    }

    fn text(&mut self, text: &Named, origin: SignalSource) {
        for (_, word) in catalogue::topic_words(&plain(&text.name)) {
            self.add(word, origin, || text.place.clone());
        }
    }

    fn names(&mut self, program: &Program) {
        let names = program.name.iter().chain(&program.app_manifest.title);
        for name in names {
            self.text(name, SignalSource::Name);
        }
    }

    fn pages(&mut self, files: &Files, program: &Program) {
        for text in &program.app_manifest.tabs {
            self.text(text, SignalSource::Tab);
        }
        for page in program.pages() {
            let relative =
                page.stem.relative_to(&program.root).unwrap_or_else(|| page.stem.as_str());
            for word in catalogue::topics_of_path(relative) {
                self.add(word, SignalSource::Path, || page.declared.clone());
            }
            if let Some(title) = program.title_of(files, page) {
                self.text(&title, SignalSource::Title);
            }
        }
    }

    fn shown(self) -> Vec<DetectedTopic> {
        let mut all = Vec::new();
        for Mentions { topic, words, origins } in self.topics.into_values() {
            let mut signals: Vec<Signal> = words.into_values().collect();
            signals.sort_by(|a, b| {
                (b.weight(), a.origin, a.word).cmp(&(a.weight(), b.origin, b.word))
            });
            let certainty = if LIKELY.is_met(&signals) {
                Some(Certainty::Likely)
            } else {
                let possible = POSSIBLE.is_met(&signals)
                    || BROAD.is_met(&signals)
                    || is_named(topic, &signals, &origins);
                possible.then_some(Certainty::Possible)
            };
            if let Some(certainty) = certainty {
                all.push(DetectedTopic { topic, certainty, signals });
            }
        }
        all
    }
}

impl Signal {
    fn weight(&self) -> u32 {
        self.origin.weight() * if self.strong { 2 } else { 1 }
    }
}

impl Threshold {
    fn is_met(&self, signals: &[Signal]) -> bool {
        let mut origins: Vec<SignalSource> = signals.iter().map(|signal| signal.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        signals.iter().map(Signal::weight).sum::<u32>() >= self.weight
            && signals.len() >= self.words
            && origins.len() >= self.origins
            && signals.iter().filter(|signal| signal.strong).count() >= self.strong
            && (!self.name || origins.contains(&SignalSource::Name))
    }
}

/// Whether the name has a word for which the platform screens names at the filing, and the rest of
/// the program bears it out: several words, in nearly every kind of place.
fn is_named(topic: &Topic, signals: &[Signal], origins: &BTreeSet<SignalSource>) -> bool {
    let Some(item) = topic.pre_approval() else { return false };
    let screened =
        |one: &Signal| one.origin == SignalSource::Name && item.keywords.contains(&one.word);
    signals.len() > 1 && origins.len() >= NAMED && signals.iter().any(screened)
}

#[cfg(test)]
mod tests;

//! Tests and replacements of texts that are known in part: `url.startsWith('http')`,
//! `base.replace(/\/+$/, '')`. Invariant: an answer holds for every text that the unknown parts
//! allow; else there is none.

use regex::{Regex, RegexBuilder};

use super::{Fragment, StringPattern, UnknownReason};

/// A test of a text.
#[derive(Debug)]
pub enum TextTest {
    /// `startsWith`
    Starts(String),
    /// `endsWith`
    Ends(String),
    /// `includes`
    Includes(String),
    /// `/…/.test(text)`
    Matches(JsRegex),
}

/// A regular expression of the language, as far as ours means the same by it.
#[derive(Debug)]
pub struct JsRegex {
    regex: Regex,
    /// Between the slashes.
    source: String,
    global: bool,
    ignores_case: bool,
}

/// How long a regular expression may be, and how much memory a compiled one may take.
const LONGEST: usize = 120;
const MOST_MEMORY: usize = 1 << 18;
/// How many beginnings of a match are told apart.
const MOST_PREFIXES: usize = 16;
/// What only one of the two languages knows, or what means something else in the other.
const FOREIGN: [&str; 9] = ["(?=", "(?!", "(?<", "\\<", "\\>", "\\k", "&&", "--", "~~"];

impl JsRegex {
    /// Reads `/source/flags`.
    pub fn parse(literal: &str) -> Option<Self> {
        let (source, flags) = literal.strip_prefix('/')?.rsplit_once('/')?;
        let refers_back = source
            .as_bytes()
            .windows(2)
            .any(|pair| matches!(pair, [b'\\', digit] if digit.is_ascii_digit()));
        if source.len() > LONGEST
            || refers_back
            || FOREIGN.iter().any(|one| source.contains(one))
            || !flags.chars().all(|flag| matches!(flag, 'g' | 'i'))
        {
            return None;
        }
        let ignores_case = flags.contains('i');
        let regex = RegexBuilder::new(source)
            .case_insensitive(ignores_case)
            .size_limit(MOST_MEMORY)
            .dfa_size_limit(MOST_MEMORY)
            .build()
            .ok()?;
        Some(Self { regex, source: source.to_owned(), global: flags.contains('g'), ignores_case })
    }

    /// Whether a match can only begin at the start of the text: no choice outside of a group.
    fn is_at_start(&self) -> bool {
        let mut depth = 0_i32;
        let chooses = self.source.chars().any(|character| {
            match character {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            character == '|' && depth == 0
        });
        self.source.starts_with('^') && !chooses
    }

    /// Whether no text that begins with `head` can have a match at its start.
    fn excludes_head(&self, head: &str) -> bool {
        let Some(prefixes) = self.source.strip_prefix('^').and_then(prefixes) else {
            return false;
        };
        let fold =
            |text: &str| if self.ignores_case { text.to_lowercase() } else { text.to_owned() };
        let head = fold(head);
        prefixes
            .iter()
            .all(|prefix| fold(prefix).chars().zip(head.chars()).any(|(one, other)| one != other))
    }

    /// The one character, perhaps repeated, that it matches at the end: `\/+$`.
    fn cut_off_end(&self) -> Option<char> {
        let body = self.source.strip_suffix('$')?;
        let body = body.strip_suffix(['+', '*', '?']).unwrap_or(body);
        let mut characters = body.strip_prefix('\\').unwrap_or(body).chars();
        let character = characters.next()?;
        (characters.next().is_none() && character.is_ascii_punctuation() && character != '.')
            .then_some(character)
    }
}

/// Texts, one of which every match of `source` begins with; `None` when they are too many.
fn prefixes(source: &str) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    let mut rest = source.chars().peekable();
    while let Some(character) = rest.next() {
        let choices: Vec<String> = match character {
            '\\' => match rest.next()? {
                escaped if escaped.is_ascii_punctuation() => vec![escaped.to_string()],
                _ => break,
            },
            '(' => {
                let group: String = rest.by_ref().take_while(|&one| one != ')').collect();
                let group = group.strip_prefix("?:").unwrap_or(&group);
                if group.chars().any(|one| !one.is_ascii_alphanumeric() && one != '|') {
                    break;
                }
                group.split('|').map(str::to_owned).collect()
            }
            '.' | '[' | '*' | '+' | '?' | '{' | '^' | '$' | ')' | '|' => break,
            plain => vec![plain.to_string()],
        };
        let choices = match rest.peek() {
            Some('?') => {
                rest.next();
                choices.into_iter().chain([String::new()]).collect()
            }
            Some('*' | '{') => break,
            _ => choices,
        };
        all = all
            .iter()
            .flat_map(|head| choices.iter().map(move |tail| format!("{head}{tail}")))
            .collect();
        if all.len() > MOST_PREFIXES {
            return None;
        }
        if rest.peek() == Some(&'+') {
            break;
        }
    }
    Some(all)
}

impl StringPattern {
    fn head(&self) -> Option<String> {
        let known = self.fragments.iter().map_while(|fragment| match fragment {
            Fragment::Known { text, .. } => Some(text.as_str()),
            Fragment::Unknown(_) => None,
        });
        let head: String = known.collect();
        (!head.is_empty()).then_some(head)
    }

    fn tail(&self) -> Option<&str> {
        match self.fragments.last() {
            Some(Fragment::Known { text, .. }) => Some(text),
            _ => None,
        }
    }

    /// Whether it is no text at all.
    pub fn is_no_text(&self) -> bool {
        matches!(self.fragments.as_slice(), [Fragment::Unknown(UnknownReason::Absent)])
    }

    /// The result of `test` for every text that the unknown parts allow; else `None`.
    pub fn test(&self, test: &TextTest) -> Option<bool> {
        if let Some(whole) = self.whole() {
            return Some(match test {
                TextTest::Starts(text) => whole.starts_with(text.as_str()),
                TextTest::Ends(text) => whole.ends_with(text.as_str()),
                TextTest::Includes(text) => whole.contains(text.as_str()),
                TextTest::Matches(regex) => regex.regex.is_match(&whole),
            });
        }
        match test {
            TextTest::Starts(text) => {
                let head = self.head()?;
                let holds = head.starts_with(text.as_str());
                (holds || !text.starts_with(head.as_str())).then_some(holds)
            }
            TextTest::Ends(text) => {
                let tail = self.tail()?;
                let holds = tail.ends_with(text.as_str());
                (holds || !text.ends_with(tail)).then_some(holds)
            }
            TextTest::Includes(part) => {
                let holds = |fragment: &Fragment| matches!(fragment, Fragment::Known { text, .. } if text.contains(part.as_str()));
                self.fragments.iter().any(holds).then_some(true)
            }
            TextTest::Matches(regex) => {
                let head = self.head()?;
                if !regex.is_at_start() || regex.source.contains(['$', 'b', 'B']) {
                    return None;
                }
                if regex.excludes_head(&head) {
                    return Some(false);
                }
                regex.regex.is_match(&head).then_some(true)
            }
        }
    }

    /// This text with what `regex` matches replaced by `with`, where that is certain.
    pub fn replace(&self, regex: &JsRegex, with: &str, all: bool) -> Option<Self> {
        if with.contains('$') {
            return None;
        }
        let limit = usize::from(!(all || regex.global));
        let change = |text: &str| regex.regex.replacen(text, limit, with).into_owned();
        if let (Some(whole), Some(Fragment::Known { from, .. })) =
            (self.whole(), self.fragments.first())
        {
            return Some(super::known(&change(&whole), from.clone()));
        }
        let mut changed = self.clone();
        if let Some(cut) = regex.cut_off_end() {
            // An unknown end stays unknown; all before it stays.
            if let Some(Fragment::Known { text, .. }) = changed.fragments.last_mut() {
                if text.trim_end_matches(cut).is_empty() {
                    return None;
                }
                *text = change(text);
            }
            return Some(changed);
        }
        let Some(Fragment::Known { text, .. }) = changed.fragments.first_mut() else { return None };
        if !regex.is_at_start() || regex.source.contains(['$', 'b', 'B']) {
            return None;
        }
        match regex.regex.find(text) {
            Some(found) if found.end() < text.len() => {
                *text = change(text);
                Some(changed)
            }
            None if regex.excludes_head(text) => Some(changed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::path::FilePath;

    /// `*` in `text` stands for something unknown.
    fn pattern(text: &str) -> StringPattern {
        let from = Place::start_of(&FilePath::root());
        let mut fragments = Vec::new();
        for (index, part) in text.split('*').enumerate() {
            if index > 0 {
                fragments.push(Fragment::Unknown(UnknownReason::Other));
            }
            if !part.is_empty() {
                fragments.push(Fragment::Known { text: part.to_owned(), from: from.clone() });
            }
        }
        StringPattern { fragments }
    }

    #[test]
    fn only_what_is_known_decides_a_test() {
        use TextTest::{Ends, Includes, Matches, Starts};
        let decided = |text: &str, test: TextTest| pattern(text).test(&test);
        for (text, with, expected) in [
            ("/api/*", "http", Some(false)),
            ("https://a.cn/*", "http", Some(true)),
            ("*", "http", None),
            ("ht*", "http", None),
            ("h/*", "http", Some(false)),
            ("https", "https:", Some(false)),
        ] {
            assert_eq!(decided(text, Starts(with.into())), expected, "{text} {with}");
        }
        for (text, expected) in [("*/", Some(true)), ("*a", Some(false)), ("a/*", None)] {
            assert_eq!(decided(text, Ends("/".into())), expected, "{text}");
        }
        assert_eq!(decided("*/a", Ends("b/a".into())), None);
        for (text, expected) in
            [("a://*", Some(true)), ("a*", None), ("a", Some(false)), ("*://", Some(true))]
        {
            assert_eq!(decided(text, Includes("://".into())), expected, "{text}");
        }
        for (text, regex, expected) in [
            ("/api/*", "/^http/", Some(false)),
            ("/api/*", r"/^https?:\/\//i", Some(false)),
            ("HTTPS://*", r"/^https?:\/\//i", Some(true)),
            ("http*", r"/^https?:\/\//", None),
            ("/x*", r"/^(https?|wss):/", None),
            ("wss://*", r"/^(http|wss):/", Some(true)),
            ("/x*", r"/^(?:http|wss):/", Some(false)),
            ("/x*", "/http/", None),
            ("/x*", "/^http|x$/", None),
            ("//*", r"/^\/+$/", None),
            ("http", r"/^http$/", Some(true)),
        ] {
            let test = Matches(JsRegex::parse(regex).unwrap());
            assert_eq!(decided(text, test), expected, "{text} {regex}");
        }
    }

    #[test]
    fn what_is_replaced_leaves_the_rest() {
        for (text, regex, with, expected) in [
            ("https://a.cn//", r"/\/+$/", "", "https://a.cn"),
            ("https://a.cn", r"/\/*$/", "", "https://a.cn"),
            ("*/x/", r"/\/$/", "", "…/x"),
            ("https://a.cn/*", r"/\/+$/", "", "https://a.cn/…"),
            ("/api/*", r"/^\//", "", "api/…"),
            ("//api/*", r"/^\/+/", "/", "/api/…"),
            ("api/*", r"/^\/+/", "", "api/…"),
            ("http://a.cn/*", "/^http:/", "https:", "https://a.cn/…"),
            ("https://a.cn/*", "/^http:/", "https:", "https://a.cn/…"),
            ("http://HOST/HOST", "/HOST/g", "a.cn", "http://a.cn/a.cn"),
        ] {
            let regex = JsRegex::parse(regex).unwrap();
            let replaced = pattern(text).replace(&regex, with, false);
            assert_eq!(replaced.map(|one| one.display()).as_deref(), Some(expected), "{text}");
        }
        for (text, regex, with) in [
            ("*x", r"/^\//", ""),
            ("/*", r"/^\/+/", ""),
            ("a*", "/a/g", ""),
            ("*/", r"/\/+$/", ""),
            ("abc", "/a/", "$&"),
        ] {
            let regex = JsRegex::parse(regex).unwrap();
            assert_eq!(pattern(text).replace(&regex, with, false), None, "{text}");
        }
    }

    #[test]
    fn what_we_read_otherwise_is_not_read() {
        for literal in [r"/a(?=b)/", r"/(a)\1/", "/a/m", "/a/u", r"/\<a/", "/(?<n>a)/", "/[/", "a"]
        {
            assert!(JsRegex::parse(literal).is_none(), "{literal}");
        }
    }
}

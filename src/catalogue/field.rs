//! Personal information that people type into forms: by which words a field gives it away.
//!
//! No word alone says anything: a rule wants two signs of different origin. Words are compared
//! whole – labels as phrases, names without case and separators – so that `typeface` is no face and
//! `shopPhone` is not a person's phone.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Phrase, Sensitivity, table};

static ROWS: LazyLock<Vec<FieldKind>> = LazyLock::new(|| table::parse(include_str!("fields.json")));

/// One kind of information that a form may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldKind {
    /// Its name in reports for programs.
    pub id: &'static str,
    /// A short noun phrase.
    pub label: Phrase,
    /// The privacy key, where the guide knows the kind.
    pub information: Option<&'static str>,
    /// Sensitivity under PIPL Art. 28: a judgement.
    pub sensitivity: Sensitivity,
    /// Phrases of labels and placeholders, English ones in lower case.
    #[serde(borrow)]
    pub labels: Vec<&'static str>,
    /// Identifiers that mean it, without case and separators.
    #[serde(borrow)]
    pub names: Vec<&'static str>,
    /// Identifiers that mean it only beside a label that does.
    #[serde(default, borrow)]
    pub weak_names: Vec<&'static str>,
    /// Attributes of an element that mean it: `type=idcard`, several parted by a blank.
    #[serde(default, borrow)]
    pub types: Vec<&'static str>,
    /// Identifiers that look like it and mean something else.
    #[serde(default, borrow)]
    pub other_names: Vec<&'static str>,
    /// Phrases by which a label means something else.
    #[serde(default, borrow)]
    pub other_labels: Vec<&'static str>,
    /// Where the facts come from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// All kinds, sorted by id.
pub fn field_kinds() -> &'static [FieldKind] {
    &ROWS
}

/// The kind that a label or a placeholder asks for: of the phrases in it the one that ends last,
/// for the head of a Chinese noun stands there (联系人电话 is a phone number); of those the longest.
/// O(phrases × length).
pub fn field_of_label(text: &str) -> Option<&'static FieldKind> {
    let text = text.to_lowercase();
    let mut best: Option<(usize, usize, &'static FieldKind)> = None;
    for row in field_kinds() {
        if row.other_labels.iter().any(|phrase| text.contains(phrase)) {
            continue;
        }
        for phrase in &row.labels {
            let Some(end) = end_of_phrase(&text, phrase) else { continue };
            let found = (end, phrase.len(), row);
            if best.is_none_or(|best| (best.0, best.1) < (found.0, found.1)) {
                best = Some(found);
            }
        }
    }
    best.map(|(_, _, row)| row)
}

/// How surely an identifier names the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMatch {
    /// By itself.
    Strong,
    /// Beside a label only.
    Weak,
}

impl FieldKind {
    /// Whether the identifier, as written, names this kind: as a whole, or with its last words
    /// (`userPhone`).
    pub fn named_by(&self, identifier: &str) -> Option<NameMatch> {
        let words = words(identifier);
        let whole = words.concat();
        if self.other_names.contains(&&*whole) {
            return None;
        }
        let tails = (0..words.len()).filter_map(|first| words.get(first..)).map(<[_]>::concat);
        for (at, tail) in tails.enumerate() {
            // Short last words (`tel`) say too little.
            if self.names.contains(&&*tail) && (at == 0 || tail.len() > 4) {
                return Some(NameMatch::Strong);
            }
        }
        self.weak_names.contains(&&*whole).then_some(NameMatch::Weak)
    }
}

/// The words of an identifier, in lower case: parted by case, `_`, `-`, `.` and the like.
pub(super) fn words(identifier: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut fresh = true;
    let mut upper = false;
    for character in identifier.chars() {
        if !character.is_ascii_alphanumeric() {
            fresh = true;
            continue;
        }
        let begins = fresh || (character.is_ascii_uppercase() && !upper);
        upper = character.is_ascii_uppercase();
        fresh = false;
        let letter = character.to_ascii_lowercase();
        match words.last_mut() {
            Some(word) if !begins => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}

/// Where the last occurrence of the phrase ends; of an English one only where it stands as words of
/// its own.
pub(super) fn end_of_phrase(text: &str, phrase: &str) -> Option<usize> {
    let is_letter = |character: Option<char>| character.is_some_and(|c| c.is_ascii_alphanumeric());
    let latin = phrase.is_ascii();
    text.match_indices(phrase)
        .filter(|(at, _)| {
            let before = text.get(..*at).and_then(|head| head.chars().next_back());
            let after = text.get(at + phrase.len()..).and_then(|tail| tail.chars().next());
            !latin || (!is_letter(before) && !is_letter(after))
        })
        .last()
        .map(|(at, _)| at + phrase.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_means_what_it_ends_in() {
        for (text, expected) in [
            ("请输入手机号", Some("phone")),
            ("联系人电话", Some("phone")),
            ("联系人", Some("name")),
            ("收货人手机号码", Some("phone")),
            ("Your Full Name", Some("name")),
            ("Gender", Some("gender")),
            ("客服电话", None),
            ("店铺地址", None),
            ("邮箱地址", Some("contact-account")),
            ("请输入验证码", None),
            ("personable", None),
            ("用户名", None),
            ("身份证正面", None),
            ("", None),
        ] {
            assert_eq!(field_of_label(text).map(|row| row.id), expected, "{text}");
        }
    }

    #[test]
    fn an_identifier_is_compared_by_its_words() {
        use NameMatch::{Strong, Weak};

        let of = |name: &str| -> Vec<(&str, NameMatch)> {
            field_kinds().iter().filter_map(|row| Some((row.id, row.named_by(name)?))).collect()
        };
        for (name, expected) in [
            ("phone", vec![("phone", Strong)]),
            ("userPhone", vec![("phone", Strong)]),
            ("form.receiver_phone", vec![("phone", Strong)]),
            ("shopPhone", vec![]),
            ("headphone", vec![]),
            ("hotel", vec![]),
            ("myTel", vec![]),
            ("idCard", vec![("id-number", Strong)]),
            ("ID_CARD_NO", vec![]),
            ("name", vec![("name", Weak)]),
            ("goodsName", vec![]),
            ("lineHeight", vec![]),
            ("height", vec![("health", Weak)]),
            ("", vec![]),
        ] {
            assert_eq!(of(name), expected, "{name}");
        }
    }
}

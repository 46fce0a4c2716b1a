//! What a person may answer when asked for a declaration. The words are the table's own, so a
//! question offers exactly what a settings file may say.

use super::shape::{Key, Shape};
use super::table::SETTINGS;

/// The words that the setting `key` may be, or the member `member` of it; none for a free value.
pub fn words_of(key: &str, member: Option<&str>) -> Vec<&'static str> {
    let setting = SETTINGS.iter().find(|setting| setting.key.name == key);
    let shape = match (setting.map(|setting| &setting.key.shape), member) {
        (Some(Shape::Object(keys)), Some(member)) => member_of(keys, member),
        (shape, None) => shape,
        _ => None,
    };
    match shape {
        Some(Shape::Choice(choices)) => choices.iter().map(|choice| choice.word).collect(),
        _ => Vec::new(),
    }
}

fn member_of(keys: &'static [Key], member: &str) -> Option<&'static Shape> {
    keys.iter().find(|key| key.name == member).map(|key| &key.shape)
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn the_words_are_the_tables() {
        assert_eq!(words_of("hosting", None), ["mainland", "overseas"]);
        assert_eq!(words_of("entity", Some("kind")).len(), 5);
        assert_eq!(words_of("entity", None), Vec::<&str>::new());
        assert_eq!(words_of("filing", Some("number")), Vec::<&str>::new());
    }
}

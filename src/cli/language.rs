//! Which language a run speaks. `--lang`, then the settings, then the locale, then English.

use crate::finding::Language;

/// The language: what was asked for, what the settings say, what the environment says.
pub(crate) fn choose(asked: Option<Language>, settings: Option<Language>) -> Language {
    asked.or(settings).unwrap_or_else(|| of_environment(|name| std::env::var(name).ok()))
}

/// The locale's language, by the variables that POSIX names, in its order: the first that is set
/// and not empty decides.
fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .map_or(Language::English, |locale| Language::of_locale(&locale))
}

#[cfg(test)]
mod tests {
    use super::{choose, of_environment};
    use crate::finding::Language::{Chinese, English};

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let environment = |pairs: &'static [(&'static str, &'static str)]| {
            of_environment(|name| {
                pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(environment(&[]), English);
        assert_eq!(environment(&[("LANG", "zh_CN.UTF-8")]), Chinese);
        assert_eq!(environment(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]), English);
        assert_eq!(environment(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_CN")]), Chinese);
    }

    #[test]
    fn what_is_asked_for_goes_before_settings() {
        assert_eq!(choose(Some(English), Some(Chinese)), English);
        assert_eq!(choose(None, Some(Chinese)), Chinese);
    }
}

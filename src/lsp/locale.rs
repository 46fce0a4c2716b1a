//! Which language the client is spoken to in. What a person set on purpose comes first – the
//! editor's setting for this server, then the editor's own language, then the project's settings
//! file, then English.

use serde_json::Value;

use crate::finding::Language;

/// The wishes that are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Locale {
    /// `initialize.locale`: the language of the editor.
    pub editor: Option<Language>,
    /// `locale` in the initialization options or the configuration.
    pub setting: Option<Language>,
}

impl Locale {
    /// The language to use where the project's settings ask for `project`.
    pub(super) fn choose(self, project: Option<Language>) -> Language {
        self.setting.or(self.editor).or(project).unwrap_or_default()
    }
}

/// The `locale` in `settings`, which may stand under our name or be ours alone; `None` when they do
/// not speak of it.
pub(super) fn in_settings(settings: &Value) -> Option<&str> {
    settings.get("miniguard").unwrap_or(settings).get("locale")?.as_str()
}

/// The language of a setting; `None` when it leaves the choice to the editor (`""`).
pub(super) fn of_setting(locale: &str) -> Option<Language> {
    (!locale.is_empty()).then(|| Language::of_locale(locale))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Locale, in_settings, of_setting};
    use crate::finding::Language::{Chinese, English};

    #[test]
    fn the_most_deliberate_wish_wins() {
        let locale = Locale { editor: Some(English), setting: Some(Chinese) };
        assert_eq!(locale.choose(Some(English)), Chinese);
        let locale = Locale { editor: Some(English), setting: None };
        assert_eq!(locale.choose(Some(Chinese)), English);
        assert_eq!(Locale::default().choose(Some(Chinese)), Chinese);
        assert_eq!(Locale::default().choose(None), English);
    }

    #[test]
    fn settings_come_bare_or_under_our_name() {
        assert_eq!(in_settings(&json!({"locale": "zh-CN"})), Some("zh-CN"));
        assert_eq!(in_settings(&json!({"miniguard": {"locale": "en"}})), Some("en"));
        assert_eq!(in_settings(&json!({"miniguard": {}, "locale": "en"})), None);
        assert_eq!(in_settings(&json!(null)), None);
        assert_eq!((of_setting("zh-CN"), of_setting("")), (Some(Chinese), None));
    }
}

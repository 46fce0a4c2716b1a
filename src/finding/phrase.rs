//! A sentence in both languages. Text is chosen once, at the edge, never inside.

/// The language of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The language that a locale tag asks for (`zh-CN`, `zh_CN.UTF-8`, `en`): Chinese for any
    /// `zh`, else English.
    pub fn of_locale(locale: &str) -> Self {
        let primary = locale.split(['-', '_', '.', '@']).next().unwrap_or("");
        if primary.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }
}

/// A sentence in English and Simplified Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Phrase {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Phrase {
    /// A sentence from its two forms.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The form for `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }

    /// This sentence, then `other`: a blank between English sentences, none between Chinese ones.
    #[must_use]
    pub fn then(mut self, other: &Self) -> Self {
        if !self.en.is_empty() && !other.en.is_empty() {
            self.en.push(' ');
        }
        self.en.push_str(&other.en);
        self.zh.push_str(&other.zh);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn reads_locales() {
        for locale in ["zh-CN", "zh_CN.UTF-8", "zh", "ZH-hans"] {
            assert_eq!(Language::of_locale(locale), Language::Chinese, "{locale}");
        }
        for locale in ["en-US", "C", "", "zhx", "de"] {
            assert_eq!(Language::of_locale(locale), Language::English, "{locale}");
        }
    }
}

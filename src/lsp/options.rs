//! What a person asks of this server in the editor, language apart. Options stand in the
//! initialization options or in the editor's configuration, ours alone or under our name; what is
//! not said stays as it was.

use serde_json::Value;

/// The options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// `inlayHints`: show the hosts that calls reach; off unless asked for.
    pub inlay_hints: bool,
    /// `semanticTokens`: colour templates by meaning; read once, when the server starts.
    pub semantic_tokens: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { inlay_hints: false, semantic_tokens: true }
    }
}

impl Options {
    /// These options with what `settings` say.
    #[must_use]
    pub(super) fn with(self, settings: &Value) -> Self {
        let ours = settings.get("miniguard").unwrap_or(settings);
        let flag = |name: &str, default| ours.get(name).and_then(Value::as_bool).unwrap_or(default);
        Self {
            inlay_hints: flag("inlayHints", self.inlay_hints),
            semantic_tokens: flag("semanticTokens", self.semantic_tokens),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Options;

    #[test]
    fn what_is_not_said_stays() {
        let on = Options { inlay_hints: true, ..Options::default() };
        for (settings, expected) in [
            (json!({"inlayHints": true}), on),
            (json!({"miniguard": {"inlayHints": true}}), on),
            (json!({"inlayHints": "yes"}), Options::default()),
            (json!(null), Options::default()),
        ] {
            assert_eq!(Options::default().with(&settings), expected, "{settings}");
        }
        assert_eq!(on.with(&json!({"locale": "en"})), on);
    }
}

//! The privacy guide that a program needs, as `setprivacysetting` takes it, and how the one at hand
//! differs from it. Purposes, contacts and the makers of third parties are the team's to state, so
//! they stay blank; what nothing loads is not put in, because the better answer is to leave it out
//! of the upload.
//!
//! Source:
//! <https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/miniprogram-management/privacy-management/setPrivacySetting.html>

use super::PlatformView;
use crate::content::declarations::{Provenance, RequiredDeclaration};
use crate::facts::Facts;
use crate::facts::manifest::edit::{self, Value};
use crate::path::FilePath;
use crate::project::Files;
use crate::project::guide::{PRIVACY_KEY, PRIVACY_TEXT, SETTING_LIST};
use crate::syntax::Kind;

/// How a guide differs from what the program needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a> {
    /// What the program brings in and the guide does not declare, by key.
    pub missing: Vec<&'a RequiredDeclaration>,
    /// The keys of interfaces that the guide declares and nothing brings in, in its order.
    pub surplus: Vec<&'a str>,
}

impl PlatformView {
    /// The whole body, with blank purposes.
    pub fn body(&self) -> String {
        let wanted = self.wanted().map(|required| entry(required.key)).collect();
        let mut members = vec![
            ("owner_setting".to_owned(), text_object(&["contact_email", "notice_method"])),
            (SETTING_LIST.to_owned(), Value::Array(wanted)),
        ];
        let third_parties = self.third_parties();
        if !third_parties.is_empty() {
            members.push(("sdk_privacy_info_list".to_owned(), Value::Array(third_parties)));
        }
        edit::document(&Value::Object(members))
    }

    /// The text of the guide at hand with the entries that it lacks, its formatting kept; `None`
    /// where the file is not there, is broken, or lacks nothing.
    pub fn amended(&self, files: &Files) -> Option<(FilePath, String)> {
        let loaded = self.guide.as_ref()?;
        let file = files.get(&loaded.file).filter(|file| file.read_error.is_none())?;
        let listed = |key: &str| loaded.guide.declared.iter().flatten().any(|one| &*one.key == key);
        let mut text = file.source.to_string();
        for required in self.wanted().filter(|required| !listed(required.key)) {
            let facts = Facts::read(Kind::Manifest, &text);
            let edits =
                edit::append(facts.as_manifest()?, &text, &[SETTING_LIST], entry(required.key))?;
            for (span, new) in edits.into_iter().rev() {
                text.replace_range(span.start()..span.end(), &new);
            }
        }
        (text != *file.source).then(|| (loaded.file.clone(), text))
    }

    /// How the guide at hand differs; `None` where there is none, or where it holds no list.
    pub fn difference(&self) -> Option<Difference<'_>> {
        let guide = &self.guide.as_ref()?.guide;
        let declared = guide.declared.as_ref()?;
        let of_interface =
            |key: &str| crate::catalogue::information(key).is_some_and(|kind| kind.has_interface);
        let referenced =
            |key: &str| self.required_declarations.iter().any(|required| required.key == key);
        Some(Difference {
            missing: self
                .required_declarations
                .iter()
                .filter(|required| !guide.declares(required.key))
                .collect(),
            surplus: declared
                .iter()
                .map(|one| &*one.key)
                .filter(|key| of_interface(key) && !referenced(key) && !self.used.contains(key))
                .collect(),
        })
    }

    fn wanted(&self) -> impl Iterator<Item = &RequiredDeclaration> {
        self.required_declarations.iter().filter(|required| required.how() != Provenance::Unloaded)
    }

    /// The packages that the program loads and that bring something in, by name, each with its
    /// keys.
    fn third_parties(&self) -> Vec<Value> {
        let mut pairs: Vec<(&str, &str)> = self
            .required_declarations
            .iter()
            .flat_map(|required| required.sources.iter().map(move |source| (required.key, source)))
            .filter(|(_, source)| source.how != Provenance::Unloaded)
            .filter_map(|(key, source)| Some((source.package.as_deref()?, key)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let third_party = |pairs: &[(&str, &str)]| {
            let name = pairs.first().map_or("", |(name, _)| name);
            Value::Object(vec![
                ("sdk_name".to_owned(), Value::from(name)),
                ("sdk_biz_name".to_owned(), Value::from("")),
                (
                    "sdk_list".to_owned(),
                    Value::Array(pairs.iter().map(|(_, key)| entry(key)).collect()),
                ),
            ])
        };
        pairs.chunk_by(|a, b| a.0 == b.0).map(third_party).collect()
    }
}

fn entry(key: &str) -> Value {
    Value::Object(vec![
        (PRIVACY_KEY.to_owned(), Value::from(key)),
        (PRIVACY_TEXT.to_owned(), Value::from("")),
    ])
}

fn text_object(keys: &[&str]) -> Value {
    Value::Object(keys.iter().map(|key| ((*key).to_owned(), Value::from(""))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Cancel, upload_scan};

    fn view(guide: Option<&str>) -> (Files, PlatformView) {
        let mut texts = vec![
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p"], "usingComponents": {"u": "lib/u"}}"#),
            ("p.js", "Page({ a() { wx.getLocation(); wx.setClipboardData({}) } })"),
            ("p.wxml", "<button open-type='chooseAvatar'/>"),
            ("miniprogram_npm/lib/u.js", "wx.chooseImage({})"),
            ("unused.js", "wx.getWeRunData()"),
        ];
        texts.extend(guide.map(|guide| ("privacy-guide.json", guide)));
        let files: Files = texts
            .into_iter()
            .map(|(path, text)| (FilePath::new(path).unwrap(), text.to_owned()))
            .collect();
        let view = upload_scan::views(&files, &Cancel::never()).unwrap().remove(0);
        (files, view)
    }

    #[test]
    fn the_body_holds_what_is_loaded() {
        let (_, view) = view(None);
        let body: serde_json::Value = serde_json::from_str(&view.body()).unwrap();
        let keys: Vec<&str> = body["setting_list"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["privacy_key"].as_str().unwrap())
            .collect();
        assert_eq!(keys, ["Album", "Clipboard", "Location", "UserInfo"]);
        assert_eq!(body["sdk_privacy_info_list"][0]["sdk_name"], "lib");
        assert_eq!(body["sdk_privacy_info_list"][0]["sdk_list"][0]["privacy_key"], "Album");
        assert_eq!(view.difference(), None);
    }

    #[test]
    fn a_guide_at_hand_keeps_its_formatting() {
        let guide = "{\n    \"setting_list\": [\n        {\"privacy_key\": \"Album\", \"privacy_text\": \"晒单\"},\n        {\"privacy_key\": \"Camera\", \"privacy_text\": \"扫码\"}\n    ]\n}\n";
        let (files, view) = view(Some(guide));
        let difference = view.difference().unwrap();
        let missing: Vec<&str> = difference.missing.iter().map(|required| required.key).collect();
        assert_eq!(missing, ["Clipboard", "Location", "RunData", "UserInfo"]);
        assert_eq!(difference.surplus, ["Camera"]);
        let (file, text) = view.amended(&files).unwrap();
        assert_eq!(file.as_str(), "privacy-guide.json");
        assert!(text.starts_with(guide.split("扫码").next().unwrap()), "{text}");
        let parsed: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(parsed["setting_list"].as_array().unwrap().len(), 5, "{text}");
    }
}

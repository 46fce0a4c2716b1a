//! The privacy guide as a team checks it in: the platform's own answer to `getprivacysetting`,
//! which has the shape of what `setprivacysetting` takes. An entry without a purpose declares
//! nothing, and a file without `setting_list` says nothing; neither is the same as a guide that
//! declares no kind of information.
//!
//! Source:
//! <https://developers.weixin.qq.com/doc/oplatform/openApi/OpenApiDoc/miniprogram-management/privacy-management/setPrivacySetting.html>

use crate::facts::manifest::{Json, JsonKind};
use crate::finding::Place;
use crate::path::FilePath;
use crate::text::Span;

/// The name of the file unless settings say otherwise; it stands beside project.config.json.
pub const DEFAULT_FILE: &str = "privacy-guide.json";
/// The list of what the program itself declares.
pub const SETTING_LIST: &str = "setting_list";
/// The key of an entry: which kind of information.
pub const PRIVACY_KEY: &str = "privacy_key";
/// The key of an entry: what it is used for. The platform shows it behind "为了".
pub const PRIVACY_TEXT: &str = "privacy_text";
/// What the platform's scan found in the uploaded code.
pub const PRIVACY_LIST: &str = "privacy_list";
/// The guide's third parties.
pub const SDK_LIST: &str = "sdk_privacy_info_list";

/// What a guide file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrivacyGuide {
    /// The entries of `setting_list`, in document order; `None` when the file does not hold the
    /// list.
    pub declared: Option<Vec<Declared>>,
    /// The keys of `privacy_list`: what the platform found in the version that was uploaded last.
    pub detected: Vec<(Box<str>, Place)>,
    /// The third parties that are named, in document order.
    pub sdks: Vec<Sdk>,
    /// What cannot be right, in document order.
    pub problems: Vec<(Span, GuideProblem)>,
}

/// One kind of information that a guide lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The `privacy_key`, as written.
    pub key: Box<str>,
    /// The key's place, quotes included.
    pub place: Place,
    /// Its index in the list.
    pub index: usize,
    /// The blank `privacy_text` that makes it declare nothing. A file written by hand may leave the
    /// text out; then the team is believed.
    pub blank: Option<Span>,
}

/// A third party that a guide names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sdk {
    /// `sdk_name`.
    pub name: Box<str>,
    /// The keys of `sdk_list`.
    pub keys: Vec<Box<str>>,
}

/// What cannot be right in a guide file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuideProblem {
    /// The file's value is no object.
    NotAnObject,
    /// The platform's answer is a failure (`errcode` is not 0): it holds no guide.
    Failure,
    /// A list is no array.
    NotAList,
    /// An entry is no object, or of `privacy_list` no text.
    WrongEntry,
    /// An entry has no `privacy_key`, or one that is no text.
    NoKey,
    /// `privacy_text` is there, but blank: the platform counts the kind as undeclared.
    NoPurpose,
    /// An earlier entry has the same key.
    Repeated,
}

impl PrivacyGuide {
    /// Reads the guide file at `file`, whose value is `json`.
    pub fn read(file: &FilePath, json: &Json) -> Self {
        let mut guide = Self::default();
        if !json.is_object() {
            guide.problems.push((json.span, GuideProblem::NotAnObject));
            return guide;
        }
        if let Some(code) = failure(json) {
            guide.problems.push((code.span, GuideProblem::Failure));
            return guide;
        }
        if let Some(list) = json.get(SETTING_LIST) {
            guide.declared = guide.read_settings(file, list);
        }
        for element in guide.elements(json.get(PRIVACY_LIST)) {
            match element.as_str() {
                Some(key) => guide.detected.push((key.into(), Place::new(file, element.span))),
                None => guide.problems.push((element.span, GuideProblem::WrongEntry)),
            }
        }
        for element in guide.elements(json.get(SDK_LIST)) {
            let name = element.get("sdk_name").and_then(Json::as_str).unwrap_or_default().into();
            let keys = guide.elements(element.get("sdk_list"));
            let keys = keys.iter().filter_map(|one| one.get(PRIVACY_KEY)?.as_str().map(Box::from));
            guide.sdks.push(Sdk { name, keys: keys.collect() });
        }
        guide.problems.sort_by_key(|(span, _)| *span);
        guide
    }

    /// Whether the guide declares `key` with its purpose.
    pub fn declares(&self, key: &str) -> bool {
        self.declared.iter().flatten().any(|one| &*one.key == key && one.blank.is_none())
    }

    fn read_settings(&mut self, file: &FilePath, list: &Json) -> Option<Vec<Declared>> {
        let JsonKind::Array(elements) = &list.kind else {
            self.problems.push((list.span, GuideProblem::NotAList));
            return None;
        };
        let mut declared: Vec<Declared> = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            if !element.is_object() {
                self.problems.push((element.span, GuideProblem::WrongEntry));
                continue;
            }
            let key = element.get(PRIVACY_KEY);
            let Some((key, text)) = key.and_then(|key| Some((key, key.as_str()?))) else {
                let span = key.map_or(element.span, |key| key.span);
                self.problems.push((span, GuideProblem::NoKey));
                continue;
            };
            if declared.iter().any(|earlier| *earlier.key == *text) {
                self.problems.push((key.span, GuideProblem::Repeated));
            }
            let purpose = element.get(PRIVACY_TEXT);
            let stated = |value: &Json| value.as_str().is_some_and(|text| !text.trim().is_empty());
            let blank = purpose.filter(|value| !stated(value)).map(|value| value.span);
            self.problems.extend(blank.map(|span| (span, GuideProblem::NoPurpose)));
            declared.push(Declared {
                key: text.into(),
                place: Place::new(file, key.span),
                index,
                blank,
            });
        }
        Some(declared)
    }

    /// The elements of a list that may be absent.
    fn elements<'j>(&mut self, list: Option<&'j Json>) -> &'j [Json] {
        match list {
            Some(list) if !list.is_array() => {
                self.problems.push((list.span, GuideProblem::NotAList));
                &[]
            }
            Some(list) => list.elements(),
            None => &[],
        }
    }
}

/// The `errcode` of an answer that is a failure.
fn failure(json: &Json) -> Option<&Json> {
    json.get("errcode").filter(|code| match &code.kind {
        JsonKind::Number(text) => &**text != "0",
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::{GuideProblem, PrivacyGuide};
    use crate::path::FilePath;
    use crate::project::tests::{at, files};

    fn read(text: &str) -> (PrivacyGuide, Vec<(String, GuideProblem)>) {
        let files = files(&[("privacy-guide.json", text)]);
        let file: FilePath = at("privacy-guide.json");
        let guide =
            PrivacyGuide::read(&file, files.manifest(&file).unwrap().root.as_ref().unwrap());
        let problems =
            guide.problems.iter().map(|(span, problem)| (span.of(text).to_owned(), *problem));
        let problems = problems.collect();
        (guide, problems)
    }

    #[test]
    fn an_answer_of_the_platform_is_read_as_it_is() {
        let (guide, problems) = read(
            r#"{
            "errcode": 0, "errmsg": "ok", "code_exist": 1,
            "privacy_list": ["Location", "Album"],
            "setting_list": [
                {"privacy_key": "Location", "privacy_text": "推荐门店", "privacy_label": "位置信息"},
                {"privacy_key": "Album"}
            ],
            "owner_setting": {"contact_email": "a@example.com", "notice_method": "弹窗"},
            "sdk_privacy_info_list": [
                {"sdk_name": "Map", "sdk_biz_name": "Maps Ltd", "sdk_list": [{"privacy_key": "Location"}]}
            ]
        }"#,
        );
        assert_eq!(problems, []);
        let keys: Vec<&str> = guide.declared.iter().flatten().map(|one| &*one.key).collect();
        assert_eq!(keys, ["Location", "Album"]);
        assert!(guide.declares("Location") && guide.declares("Album") && !guide.declares("Camera"));
        assert_eq!(guide.detected.len(), 2);
        assert_eq!((&*guide.sdks[0].name, &*guide.sdks[0].keys[0]), ("Map", "Location"));
    }

    #[test]
    fn what_cannot_be_right_has_its_place() {
        use GuideProblem as Problem;
        for (text, expected) in [
            ("[]", vec![("[]", Problem::NotAnObject)]),
            (r#"{"errcode": 61007, "setting_list": 1}"#, vec![("61007", Problem::Failure)]),
            (r#"{"setting_list": {}}"#, vec![("{}", Problem::NotAList)]),
            (
                r#"{"privacy_list": [1], "sdk_privacy_info_list": 2}"#,
                vec![("1", Problem::WrongEntry), ("2", Problem::NotAList)],
            ),
            (
                r#"{"setting_list": ["Album", {}, {"privacy_key": 3}]}"#,
                vec![
                    (r#""Album""#, Problem::WrongEntry),
                    ("{}", Problem::NoKey),
                    ("3", Problem::NoKey),
                ],
            ),
            (
                r#"{"setting_list": [{"privacy_key": "A", "privacy_text": " "}, {"privacy_key": "A"}]}"#,
                vec![(r#"" ""#, Problem::NoPurpose), (r#""A""#, Problem::Repeated)],
            ),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(at, problem)| (at.to_owned(), problem)).collect();
            assert_eq!(read(text).1, expected, "{text}");
        }
    }

    #[test]
    fn a_blank_purpose_declares_nothing() {
        let (guide, _) =
            read(r#"{"setting_list": [{"privacy_key": "Album", "privacy_text": ""}]}"#);
        assert!(!guide.declares("Album"));
        assert_eq!(read("{}").0.declared, None);
    }
}

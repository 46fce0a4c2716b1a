//! `mistyped-manifest-value`: a field of app.json or ext.json whose value is not of the documented
//! type. Such a value declares nothing, so the rules that look for the declaration keep silent
//! until it is mended; `null` is taken for an absent field.

use super::{Context, Rule};
use crate::catalogue::{self, FieldType};
use crate::facts::manifest::{Json, JsonKind};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::project::Field;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "mistyped-manifest-value",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "The fields of app.json and ext.json have values of the documented type.",
        "app.json 与 ext.json 各字段的值符合文档规定的类型。",
    ],
    docs: include_str!("mistyped_manifest_value.md"),
    check,
};

/// Whether `value` is a value of that type, as far as the outermost container tells.
pub(super) fn fits(value: &Json, wanted: FieldType) -> bool {
    matches!(
        (&value.kind, wanted),
        (JsonKind::Null, _)
            | (JsonKind::Object(_), FieldType::Object)
            | (JsonKind::Array(_), FieldType::Objects | FieldType::Strings)
    )
}

fn check(context: &Context<'_>) -> Vec<Finding> {
    let program = context.program;
    let ext = program.ext_manifest.as_ref().map(|manifest| &manifest.file);
    program.app.iter().chain(ext).flat_map(|manifest| in_manifest(context, manifest)).collect()
}

fn in_manifest(context: &Context<'_>, manifest: &FilePath) -> Vec<Finding> {
    let root = context.declarations(manifest);
    let mut findings = Vec::new();
    for row in catalogue::app_fields() {
        // In a framework's manifest some keys are the framework's own.
        if context.program.is_compiled() && Field::of_key(row.field).is_none() {
            continue;
        }
        let Some(value) = root.and_then(|root| root.get(row.field)) else { continue };
        if fits(value, row.kind) {
            let stray = value.elements().iter().filter(|element| !is_element(element, row.kind));
            for element in stray {
                findings.push(finding(manifest, row.field, element, element_of(row.kind)));
            }
        } else {
            let mut found = finding(manifest, row.field, value, row.kind.name());
            found.fixes.extend(fix(context, manifest, row.field, value, row.kind));
            findings.push(found);
        }
    }
    findings
}

fn is_element(element: &Json, of: FieldType) -> bool {
    match of {
        FieldType::Objects => element.is_object(),
        FieldType::Strings => element.as_str().is_some(),
        FieldType::Object => true,
    }
}

/// What the elements of an array of that type are.
const fn element_of(kind: FieldType) -> catalogue::Phrase {
    match kind {
        FieldType::Strings => {
            catalogue::Phrase { en: "strings as elements", zh: "字符串元素" }
        }
        FieldType::Object | FieldType::Objects => {
            catalogue::Phrase { en: "objects as elements", zh: "对象元素" }
        }
    }
}

fn finding(manifest: &FilePath, field: &str, value: &Json, wanted: catalogue::Phrase) -> Finding {
    let written = written(&value.kind);
    let mut finding = RULE.finding(
        Place::new(manifest, value.span),
        Phrase::new(
            format!(
                "`{field}` of {} wants {}, not {}",
                manifest.file_name(),
                wanted.en,
                written.en
            ),
            format!(
                "{} 的 `{field}` 应为{}，此处却是{}",
                manifest.file_name(),
                wanted.zh,
                written.zh
            ),
        ),
        field,
    );
    finding.why = Phrase::new(
        "A value of another type is not what the platform's reference describes, so nothing is declared by it.",
        "该值与官方文档规定的类型不符，等于没有声明。",
    );
    finding.help = Phrase::new(
        "Write the value in that form; what depends on the declaration is checked then.",
        "请改为该类型；依赖此声明的检查将在修正后进行。",
    );
    finding
}

/// The type of a value in words.
const fn written(kind: &JsonKind) -> catalogue::Phrase {
    match kind {
        JsonKind::Null => catalogue::Phrase { en: "null", zh: " null" },
        JsonKind::Bool(_) => catalogue::Phrase { en: "a truth value", zh: "布尔值" },
        JsonKind::Number(_) => catalogue::Phrase { en: "a number", zh: "数字" },
        JsonKind::String(_) => catalogue::Phrase { en: "a string", zh: "字符串" },
        JsonKind::Array(_) => catalogue::Phrase { en: "an array", zh: "数组" },
        JsonKind::Object(_) => catalogue::Phrase { en: "an object", zh: "对象" },
    }
}

/// The value put into the form that it was meant to have, where only brackets are wrong.
fn fix(
    context: &Context<'_>,
    manifest: &FilePath,
    field: &str,
    value: &Json,
    wanted: FieldType,
) -> Option<Fix> {
    let source = &context.editable(manifest)?.source;
    let text = |value: &Json| source.get(value.span.start()..value.span.end());
    let new = match (&value.kind, wanted) {
        (JsonKind::String(names), FieldType::Strings) if !names.trim().is_empty() => {
            let plain = |name: &&str| {
                name.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_-.".contains(&b))
            };
            let names: Vec<&str> =
                names.split([',', ';', ' ']).filter(|name| !name.is_empty()).collect();
            if !names.iter().all(plain) {
                return None;
            }
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!("[{}]", names.join(", "))
        }
        (JsonKind::Object(members), FieldType::Strings) if members.is_empty() => "[]".to_owned(),
        (JsonKind::Object(_), FieldType::Objects) => format!("[{}]", text(value)?),
        (JsonKind::Array(elements), FieldType::Object) => match elements.as_slice() {
            [] => "{}".to_owned(),
            [only] if only.is_object() => text(only)?.to_owned(),
            _ => return None,
        },
        _ => return None,
    };
    let (en, zh) = (wanted.name().en, wanted.name().zh);
    Some(Fix {
        title: Phrase::new(format!("Make `{field}` {en}"), format!("将 `{field}` 改为{zh}")),
        applicability: Applicability::Safe,
        edits: vec![Edit::Replace { place: Place::new(manifest, value.span), text: new }],
    })
}

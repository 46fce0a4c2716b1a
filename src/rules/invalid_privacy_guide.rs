//! `invalid-privacy-guide`: what in the checked-in guide declares nothing, or cannot be what the
//! platform holds. Keys of one's own are allowed, so a key that the platform does not list is wrong
//! only when it looks like a slip of one that it does.

use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::project::guide::{Declared, GuideProblem};
use crate::settings::nearest;
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "invalid-privacy-guide",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The checked-in privacy guide holds what the platform can hold.",
        "《用户隐私保护指引》副本的内容与平台可保存的内容一致。",
    ],
    docs: include_str!("invalid_privacy_guide.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(loaded) = &context.privacy_guide else { return Vec::new() };
    let source = context.files.get(&loaded.file).map_or("", |file| &*file.source);
    let mut findings: Vec<Finding> = loaded
        .guide
        .problems
        .iter()
        // A kind that the program uses and that has no purpose is undeclared: the other rule says
        // so, with the use.
        .filter(|(span, problem)| *problem != GuideProblem::NoPurpose || !is_used(context, *span))
        .map(|(span, problem)| {
            let written = span.of(source).lines().next().unwrap_or_default();
            let subject = match entry_of(context, *span) {
                Some(entry) => &*entry.key,
                None => written.trim_matches('"'),
            };
            let mut finding =
                RULE.finding(Place::new(&loaded.file, *span), message(*problem), subject);
            finding.why = Phrase::new(
                "What the guide does not declare with a purpose counts as undeclared, and the interfaces for it fail with errno 112.",
                "指引中未写明用途的信息类型视为未声明，对应的接口调用会以 errno 112 失败。",
            );
            finding.help = help(*problem);
            finding
        })
        .collect();
    for declared in loaded.guide.declared.iter().flatten() {
        findings.extend(slip(context, declared));
    }
    findings
}

/// The entry whose blank purpose is at `span`.
fn entry_of<'c>(context: &'c Context<'_>, span: Span) -> Option<&'c Declared> {
    let loaded = context.privacy_guide.as_ref()?;
    loaded.guide.declared.iter().flatten().find(|one| one.blank == Some(span))
}

/// Whether the program has to declare the kind of that entry.
fn is_used(context: &Context<'_>, span: Span) -> bool {
    entry_of(context, span).is_some_and(|entry| {
        context.required_declarations.iter().any(|required| required.key == &*entry.key)
    })
}

/// A key that looks like a slip of an official one.
fn slip(context: &Context<'_>, declared: &Declared) -> Option<Finding> {
    let key = &*declared.key;
    if catalogue::information(key).is_some() {
        return None;
    }
    let meant = nearest(key, catalogue::information_kinds().iter().map(|kind| kind.key))?;
    let mut finding = RULE.finding(
        declared.place.clone(),
        Phrase::new(
            format!("`{key}` is no official privacy key; did you mean `{meant}`?"),
            format!("`{key}` 不是官方的 privacy_key，是否应为 `{meant}`？"),
        ),
        key,
    );
    finding.why = Phrase::new(
        "Keys are case-sensitive. A key of one's own is accepted, but opens no interface: the calls still fail with errno 112.",
        "privacy_key 区分大小写。自定义的键可以提交，但不会开放任何接口，调用仍会以 errno 112 失败。",
    );
    finding.help = Phrase::new(
        format!("Write `{meant}`, unless the kind of information is one of your own."),
        format!("请改为 `{meant}`；确为自定义信息类型的除外。"),
    );
    if context.editable(&declared.place.file).is_some() {
        let place = declared.place.clone();
        finding.fixes.push(Fix {
            title: Phrase::new(format!("Write `{meant}`"), format!("改为 `{meant}`")),
            applicability: Applicability::Unsafe,
            edits: vec![Edit::Replace { place, text: format!("\"{meant}\"") }],
        });
    }
    Some(finding)
}

fn message(problem: GuideProblem) -> Phrase {
    match problem {
        GuideProblem::NotAnObject => {
            Phrase::new("the guide file must be a JSON object", "指引文件必须是 JSON 对象")
        }
        GuideProblem::Failure => Phrase::new(
            "the saved answer is an error (`errcode` is not 0), so it holds no guide",
            "保存的返回是错误（`errcode` 不为 0），不含任何指引",
        ),
        GuideProblem::NotAList => Phrase::new("this must be an array", "此处必须是数组"),
        GuideProblem::WrongEntry => Phrase::new(
            "this entry is of the wrong type: `setting_list` holds objects, `privacy_list` keys",
            "条目类型不对：`setting_list` 的条目是对象，`privacy_list` 的条目是键名",
        ),
        GuideProblem::NoKey => Phrase::new(
            "this entry names no kind of information (`privacy_key`)",
            "该条目没有写明信息类型（`privacy_key`）",
        ),
        GuideProblem::NoPurpose => Phrase::new(
            "no purpose is stated, so this kind of information is not declared",
            "未写明用途，该信息类型视为未声明",
        ),
        GuideProblem::Repeated => Phrase::new(
            "an earlier entry has the same `privacy_key`",
            "前面已有相同的 `privacy_key`",
        ),
    }
}

fn help(problem: GuideProblem) -> Phrase {
    match problem {
        GuideProblem::NoPurpose => Phrase::new(
            "State in `privacy_text` what the information is used for; the platform shows it to the user behind “为了”.",
            "在 `privacy_text` 中写明用途；平台向用户展示时会在前面加上“为了”。",
        ),
        GuideProblem::Repeated => Phrase::new("Keep one of the two.", "请只保留其中一条。"),
        _ => Phrase::new(
            "Save the answer of getprivacysetting again, or correct the entry.",
            "请重新保存 getprivacysetting 的返回，或修正该条目。",
        ),
    }
}

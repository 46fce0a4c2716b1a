//! `undeclared-information`: the privacy guide compared with what the program uses, and with what
//! the platform's scan will find. One finding for each kind of information, at the plainest place;
//! how plain that is decides its weight.

mod surplus;

use super::{Context, LoadedGuide, Rule};
use crate::catalogue;
use crate::content::declarations::{Provenance, RequiredDeclaration, Source};
use crate::facts::manifest::edit::{self, Value};
use crate::finding::{Applicability, Finding, Fix, Label, Phrase, Place, Severity};
use crate::project::guide::{PRIVACY_KEY, PRIVACY_TEXT, SETTING_LIST};
use crate::settings::nearest;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "undeclared-information",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "The privacy guide declares the kinds of information that the program uses, and no others.",
        "《用户隐私保护指引》声明的信息类型与程序的实际使用一致。",
    ],
    docs: include_str!("undeclared_information.md"),
    check,
};

/// Further places that are named.
const PLACES: usize = 5;

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(loaded) = &context.privacy_guide else { return Vec::new() };
    if loaded.guide.declared.is_none() {
        return Vec::new();
    }
    let missing = context
        .required_declarations
        .iter()
        .filter(|required| !loaded.guide.declares(required.key));
    let mut findings: Vec<Finding> =
        missing.filter_map(|required| undeclared(context, loaded, required)).collect();
    findings.extend(detected(context, loaded));
    findings.extend(surplus::check(context, loaded));
    findings
}

/// A kind of information that the program brings in and the guide does not declare.
fn undeclared(
    context: &Context<'_>,
    loaded: &LoadedGuide,
    required: &RequiredDeclaration,
) -> Option<Finding> {
    let source = required.sources.first()?;
    let key = required.key;
    let kind = what(key);
    let (en, zh) = name(source);
    let file = loaded.file.file_name();
    let entry = loaded.guide.declared.iter().flatten().find(|one| &*one.key == key);
    let (lacks, misses) = if entry.is_some() {
        ("lists without a purpose", "中的该项未写明用途")
    } else {
        ("does not declare", "未声明")
    };
    let message = match source.how {
        Provenance::Used => Phrase::new(
            format!("{en} needs {}, which {file} {lacks}", kind.en),
            format!("{zh} 需要{}，而 {file} {misses}", kind.zh),
        ),
        Provenance::Named => Phrase::new(
            format!("{en} is named here, so WeChat will ask for {}, which {file} {lacks}", kind.en),
            format!("此处引用了 {zh}，微信会要求声明{}，而 {file} {misses}", kind.zh),
        ),
        Provenance::Unloaded => Phrase::new(
            format!(
                "{en} stands in code that nothing loads but that is uploaded, so WeChat will ask for {}, which {file} {lacks}",
                kind.en
            ),
            format!(
                "{zh} 所在的代码未被加载但会上传，微信会要求声明{}，而 {file} {misses}",
                kind.zh
            ),
        ),
    };
    let place = source.chain.first().unwrap_or(&source.place).clone();
    let mut finding = RULE.finding(place, message, key);
    if source.how != Provenance::Used || source.package.is_some() {
        // Whether a package's code runs, and what the scan will say, is not certain.
        finding.severity = Severity::Warning;
    }
    finding.why = why(required, source);
    finding.help = help(source, file, entry.is_some());
    finding.labels = labels(required, source);
    if let Some(entry) = entry {
        finding.labels.push(Label {
            place: entry.place.clone(),
            message: Phrase::new("listed here without a purpose", "此处列出但未写明用途"),
        });
    } else if !is_meant(loaded, key) {
        finding.fixes.extend(fix(context, loaded, key));
    }
    Some(finding)
}

/// Whether an entry of the guide looks like a slip of `key`: then that entry is to be mended, not
/// another one added.
fn is_meant(loaded: &LoadedGuide, key: &str) -> bool {
    let keys = || catalogue::information_kinds().iter().map(|kind| kind.key);
    loaded.guide.declared.iter().flatten().any(|one| {
        catalogue::information(&one.key).is_none() && nearest(&one.key, keys()) == Some(key)
    })
}

/// What the platform found in the last upload, and neither the guide nor our own look at the code
/// accounts for.
fn detected(context: &Context<'_>, loaded: &LoadedGuide) -> Vec<Finding> {
    let unknown = |key: &str| {
        !loaded.guide.declares(key)
            && context.required_declarations.iter().all(|required| required.key != key)
    };
    let unaccounted = loaded.guide.detected.iter().filter(|(key, _)| unknown(key));
    unaccounted
        .map(|(key, place)| {
            let kind = what(key);
            let mut finding = RULE.finding(
                place.clone(),
                Phrase::new(
                    format!("WeChat found {} in the version that was uploaded last, and the guide does not declare it", kind.en),
                    format!("微信在最近上传的版本中检测到{}，而指引未声明", kind.zh),
                ),
                &**key,
            );
            finding.severity = Severity::Warning;
            finding.why = Phrase::new(
                "What its scan finds has to be declared before the version can be published. Here no use of it was found: it may stand in a plugin, or in a version before this one.",
                "微信检测到的类型必须声明，版本才能发布。此处未找到对应的使用：可能在插件中，或属于更早的版本。",
            );
            finding.help = Phrase::new(
                "Declare it with its purpose, or upload a version without it and save the answer of getprivacysetting again.",
                "请声明并写明用途；或上传不含该接口的版本后，重新保存 getprivacysetting 的返回。",
            );
            finding.fixes.extend(fix(context, loaded, key));
            finding
        })
        .collect()
}

fn name(source: &Source) -> (String, String) {
    let api = source.interface.name;
    match &source.package {
        Some(package) => (format!("{api} (in {package})"), format!("{api}（位于 {package}）")),
        None => (api.to_owned(), api.to_owned()),
    }
}

/// The key, with what it stands for.
fn what(key: &str) -> Phrase {
    match catalogue::information(key) {
        Some(kind) => Phrase::new(
            format!("`{key}` ({})", kind.label.en),
            format!(" `{key}`（{}）", kind.label.zh),
        ),
        None => Phrase::new(format!("`{key}`"), format!(" `{key}`")),
    }
}

fn why(required: &RequiredDeclaration, source: &Source) -> Phrase {
    let fails = Phrase::new(
        "An interface whose kind of information is not declared fails with errno 112, “api scope is not declared in the privacy agreement”.",
        "未声明信息类型的接口，调用会以 errno 112（api scope is not declared in the privacy agreement）失败。",
    );
    match source.how {
        Provenance::Used if !required.is_detected() => fails.then(&Phrase::new(
            "WeChat's own scan is known to miss this one, so nothing will tell you before a user meets it.",
            "微信自己的检测会漏掉此项，因此在用户遇到之前不会有任何提示。",
        )),
        Provenance::Used => fails,
        Provenance::Named | Provenance::Unloaded => Phrase::new(
            "WeChat's scan goes by what uploaded code refers to, not by what runs, and everything it finds has to be declared. Declaring what the program does not use reads as over-collection (PIPL Art. 6).",
            "微信的检测依据上传代码中的引用，而非是否执行；检测到的类型都须声明。而声明程序并未使用的类型，易被视为超范围收集（《个人信息保护法》第六条）。",
        ),
    }
}

fn help(source: &Source, file: &str, listed: bool) -> Phrase {
    let declare = if listed {
        Phrase::new(
            format!("State its purpose (`privacy_text`) in {file} and in the console."),
            format!("在 {file} 和管理后台中写明用途（`privacy_text`）。"),
        )
    } else {
        Phrase::new(
            format!(
                "Declare it with its purpose in the console (or through setprivacysetting), and keep {file} in step."
            ),
            format!("在管理后台（或通过 setprivacysetting）声明并写明用途，同时更新 {file}。"),
        )
    };
    match (source.how, source.package.is_some()) {
        (Provenance::Unloaded, true) => Phrase::new(
            "Leave the part of the package that nothing uses out of the upload (packOptions.ignore, or `setting.ignoreUploadUnusedFiles`); else declare it.",
            "将依赖包中未使用的部分排除在上传之外（packOptions.ignore 或 `setting.ignoreUploadUnusedFiles`），否则须声明。",
        ),
        (Provenance::Unloaded, false) => Phrase::new(
            "Delete the file, or leave it out of the upload (packOptions.ignore, or `setting.ignoreUploadUnusedFiles`); else declare it.",
            "删除该文件，或将其排除在上传之外（packOptions.ignore 或 `setting.ignoreUploadUnusedFiles`），否则须声明。",
        ),
        (_, true) => declare.then(&Phrase::new(
            "If the program does not need it, drop the component or ask the package's makers for a version without it; a third party that collects must be named in the guide too.",
            "如程序并不需要，请移除该组件或向提供方索取不含此接口的版本；第三方收集信息的，还须在指引中列出。",
        )),
        (_, false) => declare,
    }
}

fn labels(required: &RequiredDeclaration, source: &Source) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut add = |place: &Place, message: Phrase| {
        if labels.len() < PLACES {
            labels.push(Label { place: place.clone(), message });
        }
    };
    for place in source.chain.iter().skip(1) {
        let (en, zh) = name(source);
        add(place, Phrase::new(format!("leads to {en}"), format!("由此引入 {zh}")));
    }
    if !source.chain.is_empty() {
        let api = source.interface.name;
        add(&source.place, Phrase::new(format!("{api} is here"), format!("{api} 在此处")));
    }
    for other in required.sources.iter().skip(1) {
        let (en, zh) = name(other);
        add(&other.place, Phrase::new(format!("{en} too"), format!("{zh} 同样需要")));
    }
    labels
}

/// The purpose is the team's to state, so the fix only prepares the place for it.
fn fix(context: &Context<'_>, loaded: &LoadedGuide, key: &str) -> Option<Fix> {
    let edits = context.edit_manifest(&loaded.file, |facts, source| {
        let text = |key: &str, value: &str| (key.to_owned(), Value::from(value));
        let entry = Value::Object(vec![text(PRIVACY_KEY, key), text(PRIVACY_TEXT, "")]);
        edit::append(facts, source, &[SETTING_LIST], entry)
    })?;
    let file = loaded.file.file_name();
    Some(Fix {
        title: Phrase::new(
            format!("Add {key} to {file} (complete the purpose)"),
            format!("在 {file} 中加入 {key}（请补全用途）"),
        ),
        applicability: Applicability::Unsafe,
        edits,
    })
}

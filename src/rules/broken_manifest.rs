//! `broken-manifest`: a manifest that the platform cannot read. Comments and trailing commas are
//! not broken, the official samples have them.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::project::ReadError;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "broken-manifest",
    severity: Severity::Error,
    default_on: true,
    summary: ["The program's manifests are JSON objects.", "程序的配置文件均为合法的 JSON 对象。"],
    docs: include_str!("broken_manifest.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut manifests: Vec<FilePath> = Vec::new();
    manifests.extend(context.program.config.clone());
    manifests.extend(context.program.app.clone());
    manifests.extend(context.program.ext_manifest.as_ref().map(|manifest| manifest.file.clone()));
    manifests.extend(
        context
            .program
            .pages()
            .iter()
            .map(|page| context.program.manifest_of(context.files, &page.stem)),
    );
    manifests.extend(context.program.plugin.as_ref().map(|plugin| plugin.file.clone()));
    manifests.sort();
    manifests.dedup();
    manifests.iter().filter_map(|path| broken(context, path)).collect()
}

fn broken(context: &Context<'_>, path: &FilePath) -> Option<Finding> {
    let file = context.files.get(path)?;
    match file.read_error {
        Some(ReadError::NotUtf8) => return Some(unknown_encoding(path)),
        Some(error) if !error.has_text() => return None,
        _ => {}
    }
    let facts = file.facts().as_manifest()?;
    let (span, message) = match (&facts.root, facts.problems.first()) {
        (None, _) => (
            None,
            Phrase::new(
                format!("{} holds no JSON value", path.file_name()),
                format!("{} 中没有 JSON 内容", path.file_name()),
            ),
        ),
        (Some(_), Some(problem)) => (
            Some(problem.span),
            Phrase::new(
                format!("{} is not valid JSON here", path.file_name()),
                format!("{} 此处不是合法的 JSON", path.file_name()),
            ),
        ),
        (Some(root), None) if !root.is_object() => (
            Some(root.span),
            Phrase::new(
                format!("{} must be a JSON object", path.file_name()),
                format!("{} 必须是 JSON 对象", path.file_name()),
            ),
        ),
        _ => return None,
    };
    let place = span.map_or_else(|| Place::start_of(path), |span| Place::new(path, span));
    let mut finding = RULE.finding(place, message, path.as_str());
    finding.why = Phrase::new(
        "The program cannot be compiled, and what the file declares is only partly known here.",
        "程序无法编译，且此处只能部分识别该文件的声明。",
    );
    finding.help = Phrase::new("Correct the JSON.", "请修正 JSON。");
    Some(finding)
}

fn unknown_encoding(path: &FilePath) -> Finding {
    let name = path.file_name();
    let message = Phrase::new(
        format!("{name} is not UTF-8, and its encoding is not known"),
        format!("{name} 不是 UTF-8，且无法确定其编码"),
    );
    let mut finding = RULE.finding(Place::start_of(path), message, path.as_str());
    finding.why = Phrase::new(
        "The platform reads manifests as UTF-8, and what the file declares is only partly known here.",
        "平台按 UTF-8 读取配置文件，且此处只能部分识别该文件的声明。",
    );
    finding.help = Phrase::new("Save the file as UTF-8.", "请将该文件另存为 UTF-8。");
    finding
}

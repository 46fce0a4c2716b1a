//! `file-not-analysed`: see the Markdown file. Its findings arise where files are analysed.

use super::{Rule, nothing};
use crate::cancel::Failure;
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::path::FilePath;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "file-not-analysed",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "A file that could not be analysed is named; the others are analysed without it.",
        "无法分析的文件会被指出，其余文件照常分析。",
    ],
    docs: include_str!("file_not_analysed.md"),
    check: nothing,
};

/// The finding on `file`, whose analysis ended with `failure`.
pub(crate) fn finding(file: &FilePath, failure: &Failure) -> Finding {
    let [en, zh] = reason(failure);
    let message = Phrase::new(
        format!("`{file}` was not analysed: {en}."),
        format!("未能分析 `{file}`：{zh}。"),
    );
    Finding {
        why: Phrase::new(
            "What the file does is in no list of this report, so the report is not complete.",
            "该文件的行为没有列入本报告，因此报告不完整。",
        ),
        help: Phrase::new(
            "If it is generated or bundled, exclude it in `miniguard.json` and check its source; \
             otherwise report the file to miniguard's developers.",
            "若该文件由工具生成或打包，请在 `miniguard.json` 中排除它并检查其源代码；\
             否则请将该文件反馈给 miniguard 的开发者。",
        ),
        ..RULE.finding(Place::start_of(file), message, file.as_str())
    }
}

/// What is said of the rule `id`, whose check ended with `failure`.
pub(crate) fn of_rule(id: &str, failure: &Failure) -> Phrase {
    let [en, zh] = reason(failure);
    Phrase::new(
        format!("The rule {id} was not checked: {en}."),
        format!("未能检查规则 {id}：{zh}。"),
    )
}

fn reason(failure: &Failure) -> [String; 2] {
    match failure {
        Failure::TooLong => ["it took over ten seconds".to_owned(), "耗时超过十秒".to_owned()],
        Failure::Panicked(text) => {
            [format!("internal error ({text})"), format!("内部错误（{text}）")]
        }
    }
}

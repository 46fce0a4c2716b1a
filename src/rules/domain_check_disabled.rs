//! `domain-check-disabled`: `urlCheck: false` in the file that the team shares. It never affects a
//! release; it only hides, in the developer tools, what will fail there.

use super::{Context, Rule};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "domain-check-disabled",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "The shared project file leaves the developer tools' domain check on.",
        "共享的项目配置未关闭开发者工具的域名校验。",
    ],
    docs: include_str!("domain_check_disabled.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(switch) = context.program.url_check.as_ref().filter(|switch| !switch.on) else {
        return Vec::new();
    };
    let mut finding = RULE.finding(
        switch.place.clone(),
        Phrase::new(
            "`urlCheck` is off for everybody who opens this project",
            "`urlCheck` 对打开此项目的所有人都已关闭",
        ),
        "urlCheck",
    );
    finding.why = Phrase::new(
        "The developer tools and debug builds then skip the checks of domains, TLS and certificates, so what fails in a release is not seen before.",
        "开发者工具和调试模式将不再校验域名、TLS 与证书，正式版中的失败在开发时无法发现。",
    );
    finding.help = Phrase::new(
        "Turn it on here; who needs it off sets it in project.private.config.json, which wins and is not committed.",
        "请在此处开启；个人如需关闭，请写入 project.private.config.json（优先生效且不提交）。",
    );
    if context.editable(&switch.place.file).is_some() {
        finding.fixes.push(Fix {
            title: Phrase::new("Turn urlCheck on", "开启 urlCheck"),
            applicability: Applicability::Unsafe,
            edits: vec![Edit::Replace { place: switch.place.clone(), text: "true".to_owned() }],
        });
    }
    vec![finding]
}

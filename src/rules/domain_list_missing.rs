//! `domain-list-missing`: calls whose hosts cannot be compared, because the list is not in the
//! tree. Said once per program, never per call.

use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Finding, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "domain-list-missing",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "The registered domains are at hand, so that calls can be compared with them.",
        "已提供服务器域名列表，可供比对。",
    ],
    docs: include_str!("domain_list_missing.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let gated = |list: Option<&str>| {
        list.and_then(catalogue::domain_list).is_some_and(|list| list.enforced)
    };
    let calls = context.uses.iter().filter(|used| gated(used.interface.list)).count();
    let known = context.domain_list.as_ref().is_some_and(|list| {
        !list.registered.is_unknown()
            || list.plugin.as_ref().is_some_and(|plugin| !plugin.is_unknown())
    });
    if known || calls == 0 {
        return Vec::new();
    }
    let Some(file) = context.program.config.as_ref().or(context.program.app.as_ref()) else {
        return Vec::new();
    };
    let mut finding = RULE.finding(
        Place::start_of(file),
        Phrase::new(
            format!(
                "there is no list of registered domains to compare {calls} network {} with",
                if calls == 1 { "call" } else { "calls" }
            ),
            format!("缺少已登记域名的列表，{calls} 处网络调用无法比对"),
        ),
        "server-domains.json",
    );
    finding.why = Phrase::new(
        "The list is kept in the console, not in the source; a host that is missing there fails in a release only.",
        "域名登记在管理后台而不在源码中；未登记的域名只有在正式版中才会失败。",
    );
    if let Some(list) = &context.domain_list {
        finding.place = Place::start_of(&list.file);
        finding.help = Phrase::new(
            "The file is there, but holds no list yet: write the domains into it, or put the answer of getDomainInfo (POST /wxa/getwxadevinfo) in its place.",
            "文件已存在，但还没有任何列表：请填写域名，或替换为 getDomainInfo（POST /wxa/getwxadevinfo）的返回内容。",
        );
        return vec![finding];
    }
    finding.help = Phrase::new(
        "Save the answer of getDomainInfo (POST /wxa/getwxadevinfo) as server-domains.json beside project.config.json, or write it by hand; `miniguard init` makes an empty one.",
        "将 getDomainInfo（POST /wxa/getwxadevinfo）的返回保存为 project.config.json 旁的 server-domains.json，也可手工填写；`miniguard init` 可生成空文件。",
    );
    vec![finding]
}

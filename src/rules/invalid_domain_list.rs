//! `invalid-domain-list`: an entry of the list file that the console cannot hold, or a saved answer
//! that is an error. Such an entry opens nothing, so the calls that rely on it fail.

use super::{Context, Rule};
use crate::finding::{Finding, Phrase, Place, Severity};
use crate::project::domains::DomainProblemKind;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "invalid-domain-list",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "The list of registered domains holds what the console can hold.",
        "域名列表文件的内容与管理后台可登记的内容一致。",
    ],
    docs: include_str!("invalid_domain_list.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(list) = &context.domain_list else { return Vec::new() };
    list.registered
        .problems
        .iter()
        .map(|(span, problem)| {
            let place = Place::new(&list.file, *span);
            let subject = context.files.get(&list.file).map_or("", |file| span.of(&file.source));
            let mut finding = RULE.finding(place, message(*problem), subject.trim_matches('"'));
            finding.why = Phrase::new(
                "The file stands for the console's list when calls are compared with it; the console cannot hold this.",
                "该文件代表管理后台的列表用于比对，而管理后台中不可能有这样的内容。",
            );
            finding.help = Phrase::new(
                "Save the console's list again, or correct the entry.",
                "请重新保存管理后台的列表，或修正该条目。",
            );
            finding
        })
        .collect()
}

fn message(problem: DomainProblemKind) -> Phrase {
    match problem {
        DomainProblemKind::NotAnObject => {
            Phrase::new("the list file must be a JSON object", "域名列表文件必须是 JSON 对象")
        }
        DomainProblemKind::OtherAppid => Phrase::new(
            "this list was saved for another appid than the project's",
            "该列表属于另一个 appid，与项目不一致",
        ),
        DomainProblemKind::Failure => Phrase::new(
            "the saved answer is an error (`errcode` is not 0), so it holds no list",
            "保存的返回是错误（`errcode` 不为 0），不含任何列表",
        ),
        DomainProblemKind::NotAList => {
            Phrase::new("a list must be an array of hosts", "列表必须是域名数组")
        }
        DomainProblemKind::NotAText => Phrase::new("an entry must be a string", "条目必须是字符串"),
        DomainProblemKind::Malformed => {
            Phrase::new("this entry names no host", "该条目不是有效的域名")
        }
        DomainProblemKind::IpAddress => {
            Phrase::new("an IP address cannot be registered", "IP 地址不能登记")
        }
        DomainProblemKind::Localhost => {
            Phrase::new("localhost cannot be registered", "localhost 不能登记")
        }
        DomainProblemKind::Wildcard => Phrase::new(
            "there is no wildcard form: each sub-domain is registered by itself",
            "不支持通配符，每个子域名须单独登记",
        ),
        DomainProblemKind::ForbiddenHost => {
            Phrase::new("this host can never be registered", "该主机不能登记")
        }
        DomainProblemKind::InsecureScheme => Phrase::new(
            "only the encrypted scheme (https, wss) can be registered",
            "只能登记加密协议（https、wss）的域名",
        ),
        DomainProblemKind::OtherScheme => Phrase::new(
            "the scheme of this entry belongs to another list",
            "该条目的协议属于另一个列表",
        ),
        DomainProblemKind::Path => {
            Phrase::new("an entry has no path, query or fragment", "条目不能带路径、查询参数或片段")
        }
        DomainProblemKind::Port => {
            Phrase::new("a business domain has no port", "业务域名不能带端口")
        }
    }
}

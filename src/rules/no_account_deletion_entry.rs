//! `no-account-deletion-entry`: people sign in, and nothing lets them delete the account. Said
//! once, on app.json, where personal information is collected or goods are sold; a shop owes it by
//! a law of its own. A `wx.login` whose result is unused – the starting template of the
//! developer tools has one – opens no account.

use super::{Context, Rule, commerce, user_rights};
use crate::facts::ScriptFacts;
use crate::facts::script::{Entry, Expr, ExprId, Key};
use crate::finding::{Finding, Phrase, Severity};
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-account-deletion-entry",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "A program with accounts lets people delete theirs.",
        "有账号体系的程序提供注销账号的入口。",
    ],
    docs: include_str!("no_account_deletion_entry.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let id = "account-deletion";
    let shop = commerce::is_shop(context);
    if !(shop || user_rights::collects(context))
        || !user_rights::has_duty(context, id, |used| {
            let facts = context.files.script(&used.place.file);
            facts.is_none_or(|facts| answer_is_read(facts, used.place.span))
        })
        || user_rights::offers(context, id)
    {
        return Vec::new();
    }
    let message = Phrase::new(
        "people sign in here, but no page was found that lets them delete their account and data",
        "程序有登录功能，但未发现注销账号、删除数据的入口",
    );
    let finding = user_rights::missing(context, &RULE, message, id);
    finding
        .map(|mut finding| {
            finding.why = Phrase::new(
                "Users must be able to delete their data for good by themselves; WeChat enforces it (operation rules, 15.3.9), and so does the law (PIPL Art. 47).",
                "用户须能自行彻底删除其数据：微信平台执行（运营规范第 15.3.9 条），法律亦有要求（《个人信息保护法》第四十七条）。",
            );
            if shop {
                finding.why = finding.why.then(&Phrase::new(
                    "For a shop the law asks for more: the way to close the account is stated, without unreasonable conditions (E-Commerce Law Art. 24; market regulators).",
                    "对电商经营者，法律还要求明示用户注销的方式、程序，不得设置不合理条件（《电子商务法》第二十四条；市场监督管理部门）。",
                ));
            }
            finding
        })
        .into_iter()
        .collect()
}

/// Whether anything reads what the call with that callee answers. What cannot be told counts as
/// read: a promise, a callback from elsewhere.
fn answer_is_read(facts: &ScriptFacts, callee: Span) -> bool {
    let Some(Expr::Call { arguments, .. }) = facts.call_of(callee).map(|call| facts.expr(call))
    else {
        return true;
    };
    let options = arguments.first().map(|options| facts.expr(options.value));
    let Some(Expr::Object(entries)) = options else { return true };
    let takes = |entry: &&Entry| matches!(&entry.key, Key::Name(key) if matches!(&**key, "success" | "complete"));
    let mut callbacks = entries.iter().filter(takes).peekable();
    callbacks.peek().is_none() || callbacks.any(|entry| reads_parameter(facts, entry.value))
}

/// Whether a callback uses its first parameter; one that is not written out here may.
fn reads_parameter(facts: &ScriptFacts, callback: ExprId) -> bool {
    let Expr::Function(id) = facts.expr(callback) else { return true };
    let Some(function) = facts.function(*id) else { return true };
    function.parameters.first().is_some_and(|parameter| {
        parameter.binding.is_none_or(|binding| {
            facts.exprs.iter().any(|expr| matches!(expr, Expr::Name(name) if *name == binding))
        })
    })
}

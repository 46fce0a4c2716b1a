//! `filing-number-not-shown`: the program is filed, and no page of it shows the number. A hint,
//! because WeChat shows the number on the program's profile page by itself.

use super::{Context, Rule, filing};
use crate::catalogue::FILING_SITE;
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "filing-number-not-shown",
    severity: Severity::Hint,
    default_on: true,
    summary: ["The filing number is shown in the program, too.", "在小程序内也展示备案号。"],
    docs: include_str!("filing_number_not_shown.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let recorded = context.settings.filing.as_ref().filter(|filing| filing.is_recorded());
    let (Some(filing), Some(app), false) = (recorded, &context.program.app, context.unread) else {
        return Vec::new();
    };
    if context.filings.iter().any(|shown| shown.number == filing.number.trim()) {
        return Vec::new();
    }
    let message = Phrase::new(
        format!("no page shows the filing number {}", filing.number),
        format!("没有页面展示备案号 {}", filing.number),
    );
    let mut finding = RULE.finding(Place::start_of(app), message, "filing");
    finding.why = Phrase::new(
        "WeChat does not check this: it shows the number on the profile page by itself. The rules of MIIT ask the operator to show it in the settings or the introduction, with the link to the filing system below (Measures for internet information services Art. 12).",
        "微信不检查此项，备案号会自动展示在“更多资料”页；工业和信息化部的规定要求主办者在设置或介绍中展示，并在下方提供备案系统链接（《互联网信息服务管理办法》第十二条）。",
    );
    finding.help = Phrase::new(
        format!(
            "Show it on the page about the program or in its settings, with {FILING_SITE} below. A button that copies the link uses the clipboard, which the privacy guide has to name."
        ),
        format!(
            "请在“关于”或设置页展示备案号，并在其下方提供 {FILING_SITE}。若以按钮复制链接，即使用剪切板，须在隐私保护指引中声明。"
        ),
    );
    finding.fixes.extend(fix(context, &filing.number));
    vec![finding]
}

fn fix(context: &Context<'_>, number: &str) -> Option<Fix> {
    let template = filing::page_for_it(context)?;
    let source = &context.editable(&template)?.source;
    let end = Span::at(source.trim_end().len());
    let text = format!(
        "\n<view class=\"filing\">\n  <view>{number}</view>\n  <view>https://{FILING_SITE}</view>\n</view>"
    );
    Some(Fix {
        title: Phrase::new(
            format!("Show the number and the link at the end of {template}"),
            format!("在 {template} 末尾展示备案号和链接"),
        ),
        applicability: Applicability::Unsafe,
        edits: vec![Edit::Replace { place: Place::new(&template, end), text }],
    })
}

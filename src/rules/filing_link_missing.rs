//! `filing-link-missing`: a page shows the filing number, and not where it can be looked up. Only
//! numbers in templates count, for nothing else is shown to people.

use super::{Context, Rule, filing};
use crate::catalogue::{FILING_SITE, FilingForm};
use crate::finding::{Applicability, Edit, Finding, Fix, Phrase, Place, Severity};
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "filing-link-missing",
    severity: Severity::Hint,
    default_on: true,
    summary: [
        "Below a filing number stands where it can be looked up.",
        "备案号下方提供备案系统的查询地址。",
    ],
    docs: include_str!("filing_link_missing.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for number in context.filings.iter().filter(|number| number.form == FilingForm::MiniProgram) {
        let file = &number.place.file;
        let seen = findings.iter().any(|finding| finding.place.file == *file);
        if context.files.template(file).is_none() || seen || filing::has_link(context, file) {
            continue;
        }
        let message = Phrase::new(
            format!("{} stands here without the address of the filing system", number.number),
            format!("此处展示了备案号 {}，但没有备案系统的地址", number.number),
        );
        let mut finding = RULE.finding(number.place.clone(), message, "filing");
        finding.why = Phrase::new(
            "WeChat does not check this. The rules of MIIT ask for the link below the number, so that the public can look it up.",
            "微信不检查此项；工业和信息化部的规定要求在备案号下方提供备案系统链接，供公众查询。",
        );
        finding.help = Phrase::new(
            format!("Put https://{FILING_SITE} below it."),
            format!("请在其下方提供 https://{FILING_SITE}。"),
        );
        finding.fixes.extend(fix(context, &number.place));
        findings.push(finding);
    }
    findings
}

/// The address behind the element that shows the number.
fn fix(context: &Context<'_>, number: &Place) -> Option<Fix> {
    let template = context.editable(&number.file)?.facts().as_template()?;
    let element = template
        .elements
        .iter()
        .filter(|element| element.span.contains(number.span))
        .min_by_key(|element| element.span.len())?;
    let place = Place::new(&number.file, Span::at(element.span.end()));
    let text = format!("\n<view>https://{FILING_SITE}</view>");
    Some(Fix {
        title: Phrase::new("Put the address below the number", "在备案号下方添加查询地址"),
        applicability: Applicability::Unsafe,
        edits: vec![Edit::Replace { place, text }],
    })
}

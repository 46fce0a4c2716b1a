//! `advert-without-close`: an advertisement lies over the page, and nothing in it closes it.
//! Anything in the overlay that sounds like closing is enough, for a way out is drawn in many ways.

use super::{Context, Rule};
use crate::catalogue::{self, Wording};
use crate::facts::TemplateFacts;
use crate::facts::template::{Element, Piece};
use crate::finding::{Finding, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "advert-without-close",
    severity: Severity::Hint,
    default_on: true,
    summary: ["An advertisement that pops up can be closed with one tap.", "弹出广告可一键关闭。"],
    docs: include_str!("advert_without_close.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let words = ["advert", "overlay", "close"].map(catalogue::wording);
    let [Some(advert), Some(overlay), Some(close)] = words else { return Vec::new() };
    let mut findings = Vec::new();
    for file in context.own {
        if !file.kind.has_template()
            || !overlay.is_held_by(&file.source)
            || !advert.is_held_by(&file.source)
        {
            continue;
        }
        let Some(template) = file.facts().as_template() else { continue };
        let mut overlays: Vec<&Element> = template
            .elements
            .iter()
            .filter(|element| {
                is_overlay(element, overlay) && holds_advert(template, element, advert)
            })
            .collect();
        // Of overlays inside each other the outermost speaks.
        let all = overlays.clone();
        overlays.retain(|one| {
            !all.iter().any(|other| other.span != one.span && other.span.contains(one.span))
        });
        for element in overlays {
            let text =
                file.source.get(element.span.start()..element.span.end()).unwrap_or_default();
            if !close.is_held_by(text) {
                findings.push(finding(Place::new(&file.path, element.tag_span)));
            }
        }
    }
    findings
}

fn finding(place: Place) -> Finding {
    let message = Phrase::new(
        "an advertisement lies over the page here, and nothing was found that closes it",
        "此处弹出广告，但未发现关闭方式",
    );
    let mut finding = RULE.finding(place, message, "advert");
    finding.why = Phrase::new(
        "WeChat does not check this; the law still applies. Advertising Law Art. 44: an advertisement that pops up has to show how it is closed, and to close with one tap. Authority: market regulators.",
        "微信不检查此项，但法律要求仍然适用。《广告法》第四十四条：弹出广告应显著标明关闭标志，确保一键关闭。主管机关：市场监督管理部门。",
    );
    finding.help = Phrase::new(
        "Put a visible button into it that closes it with one tap.",
        "请在弹窗内提供明显的关闭按钮，点击一次即可关闭。",
    );
    finding
}

/// Whether its tag, class or id says that it lies over the page.
fn is_overlay(element: &Element, overlay: &Wording) -> bool {
    let attributes =
        ["class", "id"].into_iter().filter_map(|name| element.attribute(name)?.value.as_ref());
    let mut texts: Vec<String> = attributes
        .flat_map(|value| {
            value.pieces.iter().filter_map(|piece| match piece {
                Piece::Literal { text, .. } => Some(text.to_string()),
                Piece::Expression { .. } => None,
            })
        })
        .collect();
    texts.push(element.tag.to_string());
    texts.iter().any(|text| overlay.is_said_in(&text.replace('_', "-")))
}

/// Whether an element for advertisements, or a text that speaks of one, stands in it.
fn holds_advert(template: &TemplateFacts, outer: &Element, advert: &Wording) -> bool {
    template
        .elements
        .iter()
        .any(|element| outer.span.contains(element.span) && advert.is_name(&element.tag))
        || template.texts.iter().filter(|text| outer.span.contains(text.span)).any(|text| {
            text.pieces.iter().any(|piece| match piece {
                Piece::Literal { text, .. } => advert.zh.iter().any(|word| text.contains(word)),
                Piece::Expression { .. } => false,
            })
        })
}

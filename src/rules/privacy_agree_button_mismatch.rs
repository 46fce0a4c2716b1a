//! `privacy-agree-button-mismatch`: an answer "agree" that the platform cannot match with a tapped
//! button. Only native buttons and ids that are written out are compared; a component may hold the
//! button itself.

mod bind;

use super::{Context, Rule};
use crate::consent::{AgreeButton, Answer, ButtonId};
use crate::facts::script::{Entry, Expr, Key};
use crate::finding::{Applicability, Edit, Finding, Fix, Label, Phrase, Place, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "privacy-agree-button-mismatch",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "An answer \"agree\" names the button that was tapped.",
        "回应“同意”时指明用户点击的按钮。",
    ],
    docs: include_str!("privacy_agree_button_mismatch.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let buttons = &context.consent.buttons;
    let agreeing: Vec<&Answer> =
        context.consent.answers.iter().filter(|answer| answer.agrees()).collect();
    let mut findings: Vec<Finding> =
        agreeing.iter().filter_map(|answer| of_answer(context, answer)).collect();
    if !agreeing.is_empty() {
        findings.extend(buttons.iter().filter_map(|button| unbound(context, button)));
    }
    findings
}

fn of_answer(context: &Context<'_>, answer: &Answer) -> Option<Finding> {
    let buttons = &context.consent.buttons;
    let (message, subject) = match &answer.button {
        ButtonId::Unknown => return None,
        ButtonId::Absent => (
            Phrase::new(
                "the answer \"agree\" names no button: `buttonId` is missing",
                "回应“同意”时未指明按钮：缺少 `buttonId`",
            ),
            "buttonId".to_owned(),
        ),
        ButtonId::Known(ids) => {
            // What a component forwards, or the data decide, may be the button.
            let certain = buttons.iter().all(|one| one.native && (one.id.is_some() || !one.has_id));
            let fits = buttons.iter().any(|one| ids.iter().any(|id| one.id.as_deref() == Some(id)));
            let first = ids.first().filter(|_| certain && !fits)?;
            (
                Phrase::new(
                    format!("no agree button has the id \"{first}\" that the answer names"),
                    format!("没有任何同意按钮的 id 是回应中的 \"{first}\""),
                ),
                first.clone(),
            )
        }
    };
    let mut finding = RULE.finding(answer.place.clone(), message, subject);
    finding.why = Phrase::new(
        "The base library checks that the agree button with this id really was tapped. Without a match it does not take the answer, and the interface does not go on.",
        "基础库会校验该 id 的同意按钮是否确实被点击。无法对应时，回应不被接受，接口不会继续执行。",
    );
    finding.help = Phrase::new(
        "Give the button an `id`, pass the same text as `buttonId`, and answer in the handler of its `agreeprivacyauthorization` event.",
        "请为按钮设置 `id`，以相同文本作为 `buttonId`，并在其 `agreeprivacyauthorization` 事件的处理函数中回应。",
    );
    finding.labels = buttons
        .iter()
        .map(|button| Label {
            place: button.place.clone(),
            message: match &button.id {
                Some(id) => Phrase::new(
                    format!("this agree button has the id \"{id}\""),
                    format!("此同意按钮的 id 为 \"{id}\""),
                ),
                None => Phrase::new("this agree button has no id", "此同意按钮没有 id"),
            },
        })
        .collect();
    finding.fixes.extend(match &answer.button {
        ButtonId::Absent => name_the_button(context, answer),
        ButtonId::Known(ids) => ids
            .first()
            .and_then(|id| give_the_id(context, id))
            .or_else(|| answer_with_its_id(context, answer)),
        ButtonId::Unknown => None,
    });
    Some(finding)
}

/// The only button there is.
fn only_button<'a>(context: &Context<'a>) -> Option<&'a AgreeButton> {
    let [button] = &*context.consent.buttons else { return None };
    Some(button).filter(|button| button.native)
}

fn name_the_button(context: &Context<'_>, answer: &Answer) -> Option<Fix> {
    let id = only_button(context)?.id.as_deref().filter(|id| !id.contains(['\'', '\\']))?;
    context.editable(&answer.place.file)?;
    let at = answer.place.span.start() + 1;
    Some(Fix {
        title: Phrase::new(format!("Name the button \"{id}\""), format!("指明按钮 \"{id}\"")),
        applicability: Applicability::Unsafe,
        edits: vec![Edit::Replace {
            place: Place::new(&answer.place.file, (at..at).into()),
            text: format!(" buttonId: '{id}',"),
        }],
    })
}

fn give_the_id(context: &Context<'_>, id: &str) -> Option<Fix> {
    let button = only_button(context).filter(|button| !button.has_id)?;
    if id.contains(['"', '{', '<', '&']) {
        return None;
    }
    insert_attribute(
        context,
        button,
        &format!("id=\"{id}\""),
        Phrase::new(
            format!("Give the agree button the id \"{id}\""),
            format!("将同意按钮的 id 设为 \"{id}\""),
        ),
    )
}

/// Where the button has an id of its own, which styles may know, the answer takes that.
fn answer_with_its_id(context: &Context<'_>, answer: &Answer) -> Option<Fix> {
    let id = only_button(context)?.id.as_deref().filter(|id| !id.contains(['\'', '\\']))?;
    let file = &answer.place.file;
    context.editable(file)?;
    let facts = context.files.script(file)?;
    let entries = facts.exprs.iter().zip(&facts.spans).find_map(|(expr, span)| match expr {
        Expr::Object(entries) if *span == answer.place.span => Some(entries),
        _ => None,
    })?;
    let named = |entry: &&Entry| matches!(&entry.key, Key::Name(key) if &**key == "buttonId");
    let value = entries.iter().rev().find(named)?.value;
    // What is written elsewhere may be meant for more than this.
    matches!(facts.expr(value), Expr::String(_)).then(|| Fix {
        title: Phrase::new(
            format!("Name the button by its id \"{id}\""),
            format!("改用按钮的 id \"{id}\""),
        ),
        applicability: Applicability::Unsafe,
        edits: vec![Edit::Replace {
            place: Place::new(file, facts.span(value)),
            text: format!("'{id}'"),
        }],
    })
}

fn insert_attribute(
    context: &Context<'_>,
    button: &AgreeButton,
    attribute: &str,
    title: Phrase,
) -> Option<Fix> {
    context.editable(&button.tag.file)?;
    let at = button.tag.span.end();
    Some(Fix {
        title,
        applicability: Applicability::Unsafe,
        edits: vec![Edit::Replace {
            place: Place::new(&button.tag.file, (at..at).into()),
            text: format!(" {attribute}"),
        }],
    })
}

/// The program answers, but not because of this button.
fn unbound(context: &Context<'_>, button: &AgreeButton) -> Option<Finding> {
    if !button.native || button.handler.as_deref().is_some_and(|name| !name.trim().is_empty()) {
        return None;
    }
    let mut finding = RULE.finding(
        button.place.clone(),
        Phrase::new(
            "the agree button does not bind `agreeprivacyauthorization`",
            "同意按钮未绑定 `agreeprivacyauthorization` 事件",
        ),
        "agreeprivacyauthorization",
    );
    finding.severity = Severity::Warning;
    finding.why = Phrase::new(
        "The program answers the privacy event itself, and \"agree\" is taken only after this event of the button; a tap comes before it.",
        "程序自行回应隐私授权事件，而“同意”仅在按钮的该事件之后才被接受；点击事件早于它。",
    );
    finding.help = Phrase::new(
        "Bind the event and answer in its handler: `bindagreeprivacyauthorization=\"…\"`.",
        "请绑定该事件，并在其处理函数中回应：`bindagreeprivacyauthorization=\"…\"`。",
    );
    finding.fixes.extend(bind::fix(context, button));
    Some(finding)
}

//! `preticked-consent`: a box beside words of agreement that is ticked before anybody agrees.
//! The one thing to know: both signs are wanted – the tick, literal or from the page's data, and words of agreement on the box –
//! so that an ordinary choice with a default is left alone.

use super::{Context, Rule};
use crate::catalogue;
use crate::facts::TemplateFacts;
use crate::facts::script::{Entry, Expr, Key};
use crate::facts::template::{Attribute, Element, ExpressionKind, Piece};
use crate::finding::{Applicability, Edit, Finding, Fix, Label, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "preticked-consent",
    severity: Severity::Warning,
    default_on: true,
    summary: [
        "A consent is ticked by the user, not beforehand.",
        "同意选项由用户主动勾选，而非默认勾选。",
    ],
    docs: include_str!("preticked_consent.md"),
    check,
};

/// The last words of the tags that are ticked, and the attribute that says so.
const BOXES: [(&str, &[&str]); 3] =
    [("checkbox", &["checked", "value"]), ("radio", &["checked"]), ("switch", &["checked"])];

fn check(context: &Context<'_>) -> Vec<Finding> {
    let Some(agreement) = catalogue::wording("agreement") else { return Vec::new() };
    let mut findings = Vec::new();
    for file in context.own {
        // Without a parse where there is nothing to find.
        if !BOXES.iter().any(|(tag, _)| file.source.contains(tag)) {
            continue;
        }
        let Some(template) = file.facts().as_template() else { continue };
        for element in &template.elements {
            let Some(attribute) = tick(element) else { continue };
            let words = words_of(template, element);
            if !words.iter().any(|words| agreement.is_said_in(words)) {
                continue;
            }
            findings.extend(finding(context, &file.path, element, attribute));
        }
    }
    findings
}

/// The attribute that ticks the box.
fn tick(element: &Element) -> Option<&Attribute> {
    let (last, attributes) = BOXES.iter().find(|(last, _)| {
        let rest = element.tag.strip_suffix(last);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('-'))
    })?;
    // On the native element `value` is what is sent, not whether it is ticked.
    let native = *element.tag == **last;
    attributes
        .iter()
        .filter(|name| !native || **name == "checked")
        .find_map(|name| element.attribute(name))
}

fn finding(
    context: &Context<'_>,
    path: &FilePath,
    element: &Element,
    attribute: &Attribute,
) -> Option<Finding> {
    let (place, fix) = match literal_tick(attribute) {
        Some(true) => {
            let place = Place::new(path, attribute.span);
            (place.clone(), removal(context, path, element, attribute))
        }
        Some(false) => return None,
        None => {
            let place = data_tick(context, path, attribute)?;
            let edit = Edit::Replace { place: place.clone(), text: "false".to_owned() };
            (place.clone(), context.editable(&place.file).map(|_| edit))
        }
    };
    let mut finding = RULE.finding(
        place.clone(),
        Phrase::new(
            "the box beside the words of agreement is ticked beforehand",
            "“同意”选项被默认勾选",
        ),
        &*element.tag,
    );
    finding.why = Phrase::new(
        "A consent has to be explicit (PIPL Art. 14); the 2019 method for identifying unlawful collection names agreement by default, and review asks for an unticked box.",
        "同意须由个人明确作出（《个人信息保护法》第十四条）；2019 年《违法违规收集使用个人信息行为认定方法》将默认同意列为违规情形，审核也要求不得默认勾选。",
    );
    finding.help = Phrase::new(
        "Leave it unticked, and go on only once the user has ticked it.",
        "请保持未勾选，待用户主动勾选后再继续。",
    );
    if place.file != *path {
        finding.labels.push(Label {
            place: Place::new(path, attribute.span),
            message: Phrase::new("this box shows it", "此选项以其为初始状态"),
        });
    }
    finding.fixes.extend(fix.map(|edit| Fix {
        title: Phrase::new("Leave the box unticked", "改为默认不勾选"),
        // What follows from an unticked box is the program's behaviour.
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    }));
    Some(finding)
}

/// What the attribute itself says; `None` when the data decide.
fn literal_tick(attribute: &Attribute) -> Option<bool> {
    let Some(value) = &attribute.value else { return Some(true) };
    match value.candidates() {
        (texts, true) => Some(!texts.iter().any(|text| matches!(&**text, "" | "false"))),
        _ => None,
    }
}

/// Where the page's data begin with a ticked box: `data: { agreed: true }`.
fn data_tick(context: &Context<'_>, path: &FilePath, attribute: &Attribute) -> Option<Place> {
    let [Piece::Expression { expression, .. }] = attribute.value.as_ref()?.pieces.as_slice() else {
        return None;
    };
    let ExpressionKind::Name(name) = &expression.kind else { return None };
    let script = context.program.script_of(context.files, &path.without_extension())?;
    let facts = context.files.script(&script)?;
    // The options of the page or component: an object with `data` that is given to a call.
    let mut options = facts.calls.iter().filter_map(|&call| match facts.expr(call) {
        Expr::Call { arguments, .. } => arguments.first(),
        _ => None,
    });
    let entry = |entries: &[Entry], wanted: &str| {
        entries
            .iter()
            .find(|entry| matches!(&entry.key, Key::Name(key) if &**key == wanted))
            .map(|entry| entry.value)
    };
    options.find_map(|argument| {
        let Expr::Object(options) = facts.expr(argument.value) else { return None };
        let Expr::Object(data) = facts.expr(entry(options, "data")?) else { return None };
        let value = entry(data, name)?;
        matches!(facts.expr(value), Expr::Bool(true))
            .then(|| Place::new(&script, facts.span(value)))
    })
}

/// The attribute taken out, with the white space before it.
fn removal(
    context: &Context<'_>,
    path: &FilePath,
    element: &Element,
    attribute: &Attribute,
) -> Option<Edit> {
    let source = &context.editable(path)?.source;
    let head = source.get(element.start_tag.start()..attribute.span.start())?;
    let start = element.start_tag.start() + head.trim_end().len();
    let place = Place::new(path, Span::new(start, attribute.span.end()));
    Some(Edit::Replace { place, text: String::new() })
}

/// The words on a box: in it, in the label around it, behind it up to the next box.
fn words_of(template: &TemplateFacts, element: &Element) -> Vec<String> {
    let parent = element.parent.and_then(|index| template.elements.get(index as usize));
    let group = parent.and_then(|outer| outer.parent).and_then(|index| {
        // A group that holds nothing but the box may stand in the line with its words.
        template.elements.get(index as usize)
    });
    let boxes = |around: &Element| {
        template
            .elements
            .iter()
            .filter(|other| around.span.contains(other.span) && tick_like(other))
            .count()
    };
    let around = [group, parent].into_iter().flatten().find(|outer| boxes(outer) == 1);
    let within = around.map_or(element.span, |outer| outer.span);
    let texts = template.texts.iter().filter(|text| within.contains(text.span));
    let mut words: Vec<String> = vec![
        texts
            .flat_map(|text| &text.pieces)
            .filter_map(|piece| match piece {
                Piece::Literal { text, .. } => Some(&**text),
                Piece::Expression { .. } => None,
            })
            .collect(),
    ];
    for name in ["label", "title", "content"] {
        let value = element.attribute(name).and_then(|attribute| attribute.value.as_ref());
        words.extend(value.map(|value| value.candidates().0).unwrap_or_default());
    }
    words
}

fn tick_like(element: &Element) -> bool {
    BOXES.iter().any(|(last, _)| element.tag.ends_with(last))
}

//! Boxes that are ticked before anybody has ticked them, and the words on them. A tick is literal
//! or begins in the page's data; what the words mean is the business of the rules that ask.

use super::Context;
use crate::facts::TemplateFacts;
use crate::facts::script::{Entry, Expr, Key};
use crate::facts::template::{Attribute, Element, ExpressionKind, Piece};
use crate::finding::{Edit, Place};
use crate::path::FilePath;
use crate::text::Span;

/// A box that begins ticked.
pub(super) struct Ticked {
    /// What ticks it: the attribute, or the value in the page's data.
    pub place: Place,
    /// The attribute on the box.
    pub attribute: Place,
    /// The tag of the box.
    pub tag: String,
    /// The edit that leaves it unticked.
    pub untick: Option<Edit>,
}

/// The last words of the tags that are ticked, and the attribute that says so.
const BOXES: [(&str, &[&str]); 3] =
    [("checkbox", &["checked", "value"]), ("radio", &["checked"]), ("switch", &["checked"])];

/// Every box of the program's own templates that begins ticked and whose words are `wanted`, by
/// file and place.
pub(super) fn ticked(context: &Context<'_>, wanted: impl Fn(&[String]) -> bool) -> Vec<Ticked> {
    let mut found = Vec::new();
    for file in context.own {
        // Without a parse where there is nothing to find.
        if !BOXES.iter().any(|(tag, _)| file.source.contains(tag)) {
            continue;
        }
        let Some(template) = file.facts().as_template() else { continue };
        for element in &template.elements {
            let Some(attribute) = tick(element) else { continue };
            if !wanted(&words_of(template, element)) {
                continue;
            }
            found.extend(box_of(context, &file.path, element, attribute));
        }
    }
    found
}

fn box_of(
    context: &Context<'_>,
    path: &FilePath,
    element: &Element,
    attribute: &Attribute,
) -> Option<Ticked> {
    let (place, untick) = match literal_tick(attribute) {
        Some(true) => {
            (Place::new(path, attribute.span), removal(context, path, element, attribute))
        }
        Some(false) => return None,
        None => {
            let place = data_tick(context, path, attribute)?;
            let edit = Edit::Replace { place: place.clone(), text: "false".to_owned() };
            (place.clone(), context.editable(&place.file).map(|_| edit))
        }
    };
    let attribute = Place::new(path, attribute.span);
    Some(Ticked { place, attribute, tag: element.tag.to_string(), untick })
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

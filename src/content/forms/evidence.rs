//! What a form field says about itself, by origin. A placeholder and the label before the field are
//! two signs, an element's name, model and handler together are one: they are written by the same
//! hand.

use crate::catalogue::{self, FieldKind, NameMatch, field_kinds, field_of_label};
use crate::facts::TemplateFacts;
use crate::facts::template::{
    Attribute, AttributeKind, Element, Entry, ExpressionKind, Item, Piece, TemplateExpression,
};

/// The origin of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldEvidence {
    /// The kind of the field: `type="idcard"`, `mode="region"`.
    Type,
    /// What the empty field shows.
    Hint,
    /// The words before or around it.
    Label,
    /// Its name, its model or its handler.
    Name,
}

impl FieldEvidence {
    /// The word in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Hint => "hint",
            Self::Label => "label",
            Self::Name => "name",
        }
    }
}

/// Attributes that a person reads inside the field.
const HINTS: [&str; 2] = ["placeholder", "aria-label"];
/// Attributes that a person reads beside it, of the field or of a cell around it.
const LABELS: [&str; 2] = ["label", "title"];
/// Attributes that name it.
const NAMES: [&str; 7] = ["name", "id", "data-name", "data-field", "data-key", "data-prop", "prop"];
/// Attributes whose expression is the model.
const MODELS: [&str; 3] = ["value", "model:value", "date"];
/// Events that deliver what was written or chosen.
const EVENTS: [&str; 4] = ["blur", "change", "confirm", "input"];
/// Words that only say that a handler is one.
const HANDLER_WORDS: [&str; 14] = [
    "bind", "blur", "change", "confirm", "edit", "get", "handle", "input", "on", "picker", "save",
    "set", "update", "val",
];
/// How many elements around the field its label may stand in.
const AROUND: usize = 3;
/// The longest label, in characters; more is prose.
const LONGEST: usize = 16;

/// The texts and names of one field.
pub(super) struct FieldTexts<'a> {
    element: &'a Element,
    hints: Vec<String>,
    labels: Vec<String>,
    names: Vec<String>,
}

impl<'a> FieldTexts<'a> {
    /// What `element` says; its label stands behind byte `after`.
    pub(super) fn read(facts: &TemplateFacts, element: &'a Element, after: usize) -> Self {
        let mut labels: Vec<String> = texts_of(element, &LABELS).collect();
        labels.extend(label_before(facts, element, after));
        Self { element, hints: texts_of(element, &HINTS).collect(), labels, names: names(element) }
    }

    /// Whether it is a search box.
    pub(super) fn is_search(&self) -> bool {
        let Some(search) = catalogue::wording("search-box") else { return false };
        let confirm = self.element.attribute("confirm-type").and_then(|one| one.value.as_ref());
        confirm.and_then(|value| value.literal()) == Some("search")
            || self.hints.iter().chain(&self.labels).any(|text| search.is_said_in(text))
    }

    /// The kind on which two signs agree, and the signs.
    pub(super) fn agree(&self) -> Option<(&'static FieldKind, Vec<FieldEvidence>)> {
        let means = |texts: &[String], kind: &FieldKind| {
            texts.iter().any(|text| field_of_label(text).is_some_and(|row| row.id == kind.id))
        };
        let signs = |kind: &'static FieldKind| {
            let mut signs = Vec::new();
            let is = |sign, holds: bool| holds.then_some(sign);
            let typed = kind.types.iter().any(|types| self.has_type(types));
            signs.extend(is(FieldEvidence::Type, typed));
            signs.extend(is(FieldEvidence::Hint, means(&self.hints, kind)));
            signs.extend(is(FieldEvidence::Label, means(&self.labels, kind)));
            let read = signs.iter().any(|sign| *sign != FieldEvidence::Type);
            let named = self.names.iter().any(|name| match kind.named_by(name) {
                Some(NameMatch::Strong) => true,
                Some(NameMatch::Weak) => read,
                None => false,
            });
            signs.extend(is(FieldEvidence::Name, named));
            signs
        };
        let candidates = field_kinds().iter().map(|kind| (kind, signs(kind)));
        // Most signs first; of equals the kind of the words that people read, which stand for the
        // field as a whole.
        candidates
            .filter(|(_, signs)| signs.len() > 1)
            .max_by_key(|(_, signs)| (signs.len(), signs.contains(&FieldEvidence::Label)))
    }

    /// Whether the element has every attribute that `types` lists.
    fn has_type(&self, types: &str) -> bool {
        types.split(' ').all(|one| {
            let Some((name, value)) = one.split_once('=') else { return false };
            let attribute = self.element.attribute(name).and_then(|one| one.value.as_ref());
            attribute.is_some_and(|found| found.candidates().0.iter().any(|text| text == value))
        })
    }
}

/// The nearest text before the field and behind the field before it, in an element around it;
/// failing that, the title of one around it, or for a picker what it shows.
fn label_before(facts: &TemplateFacts, element: &Element, after: usize) -> Option<String> {
    let around: Vec<&Element> = std::iter::successors(Some(element), |inner| {
        facts.elements.get(usize::try_from(inner.parent?).ok()?)
    })
    .skip(1)
    .take(AROUND)
    .collect();
    // At the top of the template there is nothing to stop at.
    let from = around.get(AROUND - 1).map_or(0, |outer| outer.span.start()).max(after);
    let before = facts.texts.iter().rev().find(|text| {
        text.span.end() <= element.start_tag.start()
            && text.span.start() >= from
            && !readable(&text.pieces).is_empty()
    });
    let title = || around.iter().find_map(|outer| texts_of(outer, &LABELS).next());
    let inside = || {
        let shown = facts.texts.iter().find(|text| element.span.contains(text.span))?;
        (&*element.tag == "picker").then(|| readable(&shown.pieces))
    };
    before
        .map(|text| readable(&text.pieces))
        .or_else(title)
        .or_else(inside)
        .filter(|text| text.chars().count() <= LONGEST)
}

/// What people can read of a text: its characters, and the strings in its expressions.
fn readable(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal { text: literal, .. } => text.push_str(literal),
            Piece::Expression { expression, .. } => text.push_str(&strings(expression).join(" ")),
        }
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '*')).to_owned()
}

/// The readable texts of the attributes `names`.
fn texts_of<'e>(
    element: &'e Element,
    names: &'e [&'static str],
) -> impl Iterator<Item = String> + 'e {
    let wanted = names.iter().filter_map(|name| element.attribute(name)?.value.as_ref());
    wanted.flat_map(|value| {
        value.pieces.iter().flat_map(|piece| match piece {
            Piece::Literal { text, .. } => vec![text.to_string()],
            Piece::Expression { expression, .. } => strings(expression),
        })
    })
}

/// The readable texts of every attribute.
pub(super) fn attribute_texts(element: &Element) -> impl Iterator<Item = String> + '_ {
    let all = [HINTS.as_slice(), LABELS.as_slice(), &["content", "text"]];
    all.into_iter().flat_map(|names| texts_of(element, names).collect::<Vec<_>>())
}

/// The strings in an expression, keys of look-ups included: `_t['手机号']`.
pub(super) fn strings(expression: &TemplateExpression) -> Vec<String> {
    let mut found = Vec::new();
    walk(expression, &mut |kind| {
        if let ExpressionKind::String(text) = kind {
            found.push(text.to_string());
        }
    });
    found
}

/// The identifiers of the field.
fn names(element: &Element) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for attribute in &element.attributes {
        if NAMES.contains(&&*attribute.name) {
            let literal = attribute.value.as_ref().and_then(|value| value.literal());
            names.extend(literal.map(str::to_owned));
        }
        if MODELS.contains(&&*attribute.name) {
            names.extend(model(attribute));
        }
        if let AttributeKind::Event { event, .. } = &attribute.kind
            && EVENTS.contains(&&**event)
        {
            let handler = attribute.value.as_ref().and_then(|value| value.literal());
            names.extend(handler.map(about));
        }
    }
    names
}

/// The last name of each expression of the model.
fn model(attribute: &Attribute) -> Vec<String> {
    let mut names = Vec::new();
    for piece in attribute.value.iter().flat_map(|value| &value.pieces) {
        if let Piece::Expression { expression, .. } = piece {
            last_names(expression, &mut names);
        }
    }
    names
}

fn last_names(expression: &TemplateExpression, names: &mut Vec<String>) {
    match &expression.kind {
        ExpressionKind::Name(name) => names.push(name.to_string()),
        ExpressionKind::Member { property, .. } => names.push(property.to_string()),
        ExpressionKind::Binary { left, right, .. } => {
            last_names(left, names);
            last_names(right, names);
        }
        ExpressionKind::Conditional { consequence, alternative, .. } => {
            last_names(consequence, names);
            last_names(alternative, names);
        }
        _ => {}
    }
}

/// What a handler is about: its name without the words that every handler has.
fn about(handler: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut flush = |word: &mut String| {
        if !HANDLER_WORDS.contains(&&*word.to_ascii_lowercase()) {
            out.push_str(word);
            out.push('-');
        }
        word.clear();
    };
    for character in handler.chars() {
        if character.is_ascii_uppercase() || !character.is_ascii_alphanumeric() {
            flush(&mut word);
        }
        if character.is_ascii_alphanumeric() {
            word.push(character);
        }
    }
    flush(&mut word);
    out
}

/// Calls `visit` with the kind of every expression in `expression`.
fn walk<'e>(expression: &'e TemplateExpression, visit: &mut impl FnMut(&'e ExpressionKind)) {
    visit(&expression.kind);
    match &expression.kind {
        ExpressionKind::Member { object, .. } => walk(object, visit),
        ExpressionKind::Index { object, index } => {
            walk(object, visit);
            walk(index, visit);
        }
        ExpressionKind::Call { function, arguments } => {
            walk(function, visit);
            items(arguments, visit);
        }
        ExpressionKind::Unary { argument, .. } => walk(argument, visit),
        ExpressionKind::Binary { left, right, .. } => {
            walk(left, visit);
            walk(right, visit);
        }
        ExpressionKind::Conditional { condition, consequence, alternative } => {
            for part in [condition, consequence, alternative] {
                walk(part, visit);
            }
        }
        ExpressionKind::Array(elements) => items(elements, visit),
        ExpressionKind::Object(entries) | ExpressionKind::InnerObject(entries) => {
            for entry in entries {
                if let Entry::Pair { value, .. } | Entry::Spread(value) = entry {
                    walk(value, visit);
                }
            }
        }
        _ => {}
    }
}

fn items<'e>(items: &'e [Item], visit: &mut impl FnMut(&'e ExpressionKind)) {
    for item in items {
        if let Item::Value(value) | Item::Spread(value) = item {
            walk(value, visit);
        }
    }
}

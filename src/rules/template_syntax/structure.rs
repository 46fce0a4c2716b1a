//! What is wrong between elements and attributes that are each sound: conditions out of place,
//! loops, the data of templates, wxs. A chain of conditions is judged only in a file whose tags are
//! whole, since one open tag moves all others.

use super::compiler::Verdict::{Accepts, Advises, Misreads, Rejects, Warns};
use super::form::{Form, form};
use super::found::Found;
use super::wxs;
use crate::facts::TemplateFacts;
use crate::facts::template::{
    Attribute, AttributeKind, AttributeValue, Element, ExpressionKind, Handler, Piece,
};
use crate::text::Span;

/// The names under `wx:` that the reference of WXML lists. Sorted.
const CONTROLS: &[&str] =
    &["elif", "else", "for", "for-index", "for-item", "for-items", "if", "key"];

/// What `<block>` is not, and so ignores. Sorted.
const BLOCK_IGNORES: &[&str] = &["class", "hidden", "id", "style"];

const ELSE_WITHOUT_IF: Form = form(
    Rejects,
    Warns,
    ["no `wx:if` or `wx:elif` stands right before it", "前面没有相邻的 `wx:if` 或 `wx:elif`"],
    [
        "Put it on the sibling that follows `wx:if` at once; only white space and comments may stand between.",
        "请写在紧跟 `wx:if` 的兄弟元素上，中间只能有空白和注释。",
    ],
);
const ELIF_WITHOUT_VALUE: Form = form(
    Rejects,
    Warns,
    ["`wx:elif` has no condition", "`wx:elif` 没有条件"],
    ["Write the condition, or use `wx:else`.", "请写出条件，或改用 `wx:else`。"],
);
const FOR_AND_ELSE: Form = form(
    Rejects,
    Accepts,
    [
        "`wx:for` and a later branch of a condition stand on one element",
        "`wx:for` 与条件的后续分支写在了同一元素上",
    ],
    ["Put the branch on a `<block>` around the loop.", "请在循环外加一层 `<block>` 来写该分支。"],
);
const UNKNOWN_CONTROL: Form = form(
    Misreads,
    Warns,
    ["WXML has no such control attribute", "WXML 没有这个控制属性"],
    [
        "Use one of `wx:if`, `wx:elif`, `wx:else`, `wx:for`, `wx:for-item`, `wx:for-index`, `wx:key`.",
        "可用的有 `wx:if`、`wx:elif`、`wx:else`、`wx:for`、`wx:for-item`、`wx:for-index`、`wx:key`。",
    ],
);
const HYPHENATED_CONTROL: Form = form(
    Misreads,
    Misreads,
    ["control attributes are written with a colon", "控制属性应使用冒号"],
    ["Write `wx:` instead of `wx-`.", "请把 `wx-` 改为 `wx:`。"],
);
const OLD_LOOP: Form = form(
    Accepts,
    Warns,
    ["this is the old name of `wx:for`", "这是 `wx:for` 的旧写法"],
    ["Write `wx:for`.", "请改用 `wx:for`。"],
);
const LOOP_NAME: Form = form(
    Misreads,
    Warns,
    ["no expression can use this name", "该名称无法在表达式中使用"],
    ["Choose a name of letters, digits, `_` and `$`.", "请使用由字母、数字、`_`、`$` 组成的名称。"],
);
const LOOP_OVER_TEXT: Form = form(
    Misreads,
    Misreads,
    ["the loop goes through the characters of this text", "循环会逐个遍历这段文本的字符"],
    ["Write the list as `{{…}}`.", "请把列表写作 `{{…}}`。"],
);
const LOOP_WITH_BLANK: Form = form(
    Misreads,
    Misreads,
    ["a blank beside the braces makes the list a text", "花括号旁的空格会使列表变成字符串"],
    ["Remove the blank.", "请删除该空格。"],
);
const COMPUTED: Form = form(
    Accepts,
    Advises,
    [
        "the value is taken as written, `{{ }}` are not evaluated",
        "该值按原文使用，其中的 `{{ }}` 不会求值",
    ],
    ["Write the value out.", "请直接写出该值。"],
);
const DATA_IS_TEXT: Form = form(
    Rejects,
    Warns,
    ["the data of a template is no interpolation", "模板的 data 不是插值"],
    ["Write `data=\"{{…}}\"`.", "请写作 `data=\"{{…}}\"`。"],
);
const DATA_IN_BRACES: Form = form(
    Rejects,
    Accepts,
    ["the data of a template has braces of its own", "模板的 data 多写了一层花括号"],
    [
        "Leave the object's braces out: `{{a: 1, b, ...c}}`.",
        "请省略对象的花括号：`{{a: 1, b, ...c}}`。",
    ],
);
const NAME_AND_IS: Form = form(
    Accepts,
    Warns,
    ["one `<template>` both defines and uses", "同一个 `<template>` 既定义又使用"],
    [
        "Keep `name` to define a template, or `is` to use one.",
        "定义模板请只写 `name`，使用模板请只写 `is`。",
    ],
);
const BLOCK_ATTRIBUTE: Form = form(
    Misreads,
    Warns,
    [
        "`<block>` is no element of the page, so the attribute does nothing",
        "`<block>` 不会渲染为元素，该属性不起作用",
    ],
    ["Put it on an element inside, or use `<view>`.", "请写到内部元素上，或改用 `<view>`。"],
);
const WXS_WITHOUT_MODULE: Form = form(
    Rejects,
    Accepts,
    ["the wxs has no `module`", "wxs 没有 `module`"],
    ["Name it: `module=\"…\"`.", "请写出 `module=\"…\"`。"],
);
const WXS_TWICE: Form = form(
    Rejects,
    Accepts,
    ["the wxs has both a `src` and a script inside", "wxs 同时有 `src` 和内联脚本"],
    ["Keep one of them.", "请只保留其一。"],
);
const WXS_MODERN: Form = form(
    Rejects,
    Accepts,
    ["this is newer JavaScript than wxs has", "wxs 不支持这种较新的 JavaScript 写法"],
    ["Write `var` and `function`: wxs is ES5.", "请使用 `var` 和 `function`：wxs 只支持 ES5。"],
);
const CALLED_HANDLER: Form = form(
    Misreads,
    Misreads,
    ["a handler is the name of a method, not a call", "事件处理函数应为方法名，而不是调用"],
    [
        "Write the name alone; hand values over in `data-` attributes.",
        "请只写方法名；参数通过 `data-` 属性传递。",
    ],
);

/// What is wrong in `facts`; `whole` tells whether every tag is closed and in its place.
pub(super) fn check(facts: &TemplateFacts, source: &str, whole: bool) -> Vec<Found> {
    let mut found = Vec::new();
    // The last element so far within each element; the first place is that of the roots.
    let mut last: Vec<Option<usize>> = vec![None; facts.elements.len() + 1];
    for (index, element) in facts.elements.iter().enumerate() {
        let place = element.parent.map_or(0, |parent| parent as usize + 1);
        let before =
            last.get(place).copied().flatten().and_then(|before| facts.elements.get(before));
        if whole {
            found.extend(condition(facts, before, element));
        }
        let shows = match &*element.tag {
            "wxs" | "import" => false,
            "template" => element.attribute("name").is_none(),
            _ => true,
        };
        if shows && let Some(last) = last.get_mut(place) {
            *last = Some(index);
        }
        controls(element, &mut found);
        repetition(element, source, &mut found);
        special(element, source, &mut found);
        for event in element.events(0) {
            if let Handler::Method(name, span) = event.handler
                && name.contains('(')
            {
                found.push(Found::new(CALLED_HANDLER, span, name));
            }
        }
    }
    for module in &facts.wxs {
        let Some(element) = facts.elements.get(module.element as usize) else { continue };
        if element.attribute("module").is_none() {
            found.push(Found::new(WXS_WITHOUT_MODULE, element.tag_span, "wxs"));
        }
        let Some(body) = module.body else { continue };
        if let Some(src) = element.attribute("src") {
            found.push(Found::new(WXS_TWICE, src.span, "wxs"));
        } else if let Some(span) = wxs::newer_syntax(body, source) {
            found.push(Found::new(WXS_MODERN, span, span.of(source)));
        }
    }
    found
}

/// What is wrong with `wx:elif` and `wx:else` of `element`, whose sibling before is `before`.
fn condition(facts: &TemplateFacts, before: Option<&Element>, element: &Element) -> Option<Found> {
    let branch = element.control("elif").or_else(|| element.control("else"))?;
    let follows = before.is_some_and(|before| {
        let first = facts.texts.partition_point(|text| text.span.start() < before.span.end());
        let text = facts.texts.get(first).filter(|text| text.span.start() < element.span.start());
        text.is_none() && (before.control("if").is_some() || before.control("elif").is_some())
    });
    let name = &*branch.name;
    if !follows {
        return Some(Found::new(ELSE_WITHOUT_IF, branch.name_span, name));
    }
    if element.control("for").is_some() {
        return Some(Found::new(FOR_AND_ELSE, branch.name_span, name));
    }
    (element.control("elif").is_some() && branch.value.is_none())
        .then(|| Found::new(ELIF_WITHOUT_VALUE, branch.name_span, name))
}

fn controls(element: &Element, found: &mut Vec<Found>) {
    for attribute in &element.attributes {
        let name = &*attribute.name;
        if let AttributeKind::Control(control) = &attribute.kind
            && name.starts_with("wx:")
            && CONTROLS.binary_search(&&**control).is_err()
        {
            found.push(Found::new(UNKNOWN_CONTROL, attribute.name_span, name));
        }
        if name.strip_prefix("wx-").is_some_and(|rest| CONTROLS.binary_search(&rest).is_ok()) {
            found.push(Found::new(HYPHENATED_CONTROL, attribute.name_span, name));
        }
        if is_static(element, attribute)
            && let Some(value) = &attribute.value
            && value.literal().is_none()
        {
            found.push(Found::new(COMPUTED, value.span, name));
        }
    }
}

/// Whether no compiler evaluates the attribute's value.
fn is_static(element: &Element, attribute: &Attribute) -> bool {
    match (&*element.tag, &*attribute.name) {
        (_, "wx:key")
        | ("template", "name")
        | ("import" | "include", "src")
        | ("wxs", "src" | "module") => true,
        (_, name) => name.starts_with("generic:") || name.starts_with("worklet:"),
    }
}

fn repetition(element: &Element, source: &str, found: &mut Vec<Found>) {
    let Some(scope) = element.for_scope() else { return };
    let name = scope.attribute.name_span;
    if scope.attribute.name.ends_with("for-items") {
        found.push(Found::new(OLD_LOOP, name, &scope.attribute.name));
    }
    for control in ["for-item", "for-index"] {
        let value = element.control(control).and_then(|attribute| attribute.value.as_ref());
        if let Some(value) = value
            && let Some(text) = value.literal()
            && !is_identifier(text)
        {
            found.push(Found::new(LOOP_NAME, value.span, text));
        }
    }
    let Some(list) = scope.list else { return };
    match list.pieces.as_slice() {
        [Piece::Literal { text, span }] => {
            found.push(Found::new(LOOP_OVER_TEXT, *span, text));
            return;
        }
        [Piece::Expression { expression, .. }] => {
            if is_constant(&expression.kind) {
                return;
            }
        }
        pieces => {
            let expressions =
                pieces.iter().filter(|piece| matches!(piece, Piece::Expression { .. })).count();
            let text = list.span.of(source);
            let blank = |piece: &Piece| match piece {
                Piece::Literal { text, .. } => text.trim().is_empty(),
                Piece::Expression { .. } => true,
            };
            if expressions == 1 && pieces.iter().all(blank) {
                let mut one = Found::new(LOOP_WITH_BLANK, list.span, &scope.attribute.name);
                one.edits = vec![(list.span, text.trim().to_owned())];
                found.push(one);
            }
            return;
        }
    }
    if scope.key.is_none() {
        found.push(Found::missing_key(name));
    }
}

/// Whether the list is written out in the template, so that its items never move.
fn is_constant(list: &ExpressionKind) -> bool {
    matches!(
        list,
        ExpressionKind::Number(_)
            | ExpressionKind::String(_)
            | ExpressionKind::Array(_)
            | ExpressionKind::Object(_)
            | ExpressionKind::Unknown
            | ExpressionKind::Empty
    )
}

fn is_identifier(text: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    !text.starts_with(|c: char| c.is_ascii_digit()) && !text.is_empty() && text.chars().all(word)
}

/// `<template>` and `<block>`.
fn special(element: &Element, source: &str, found: &mut Vec<Found>) {
    match &*element.tag {
        "template" => {
            let is = element.attribute("is");
            if is.is_some() && element.attribute("name").is_some() {
                found.push(Found::new(NAME_AND_IS, element.tag_span, "template"));
            }
            if is.is_some()
                && let Some(value) = element.attribute("data").and_then(|data| data.value.as_ref())
            {
                found.extend(template_data(value, source));
            }
        }
        "block" => {
            for attribute in &element.attributes {
                let name = &*attribute.name;
                if BLOCK_IGNORES.binary_search(&name).is_ok()
                    || matches!(attribute.kind, AttributeKind::Event { .. })
                {
                    found.push(Found::new(BLOCK_ATTRIBUTE, attribute.name_span, name));
                }
            }
        }
        _ => {}
    }
}

fn template_data(value: &AttributeValue, source: &str) -> Option<Found> {
    match value.pieces.as_slice() {
        [Piece::Literal { text, span }] if !text.trim().is_empty() => {
            Some(Found::new(DATA_IS_TEXT, *span, "data"))
        }
        [Piece::Expression { expression, span }]
            if matches!(expression.kind, ExpressionKind::Object(_))
                && !Span::of(*span, source).starts_with("{{{") =>
        {
            Some(Found::new(DATA_IN_BRACES, expression.span, "data"))
        }
        _ => None,
    }
}

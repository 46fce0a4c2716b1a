//! Templates of Vue: input and the facts that they give.

use crate::facts::template::{AttributeKind, Handler, Piece, TemplateFacts};
use crate::facts::{CombinedFacts, Facts};
use crate::syntax::{Kind, SingleFile};

fn combined(source: &str) -> CombinedFacts {
    match Facts::read(Kind::SingleFile(SingleFile::Vue), source) {
        Facts::Combined(facts) => *facts,
        _ => CombinedFacts::default(),
    }
}

/// The facts of a template with this content.
fn facts(content: &str) -> (String, TemplateFacts) {
    let source = format!("<template>{content}</template>");
    let facts = combined(&source).template.unwrap();
    (source, facts)
}

/// Each element as its tag and attributes.
fn elements(content: &str) -> String {
    let (source, facts) = facts(content);
    let shown = facts.elements.iter().map(|element| {
        assert_eq!(element.start_tag.of(&source).chars().next(), Some('<'), "{content}");
        let mut words = vec![element.tag.to_string()];
        for attribute in &element.attributes {
            let value = attribute.value.as_ref().map_or(String::new(), |value| {
                let pieces = value.pieces.iter().map(|piece| match piece {
                    Piece::Literal { text, span } => {
                        assert_eq!(span.of(&source), &**text, "{content}");
                        format!("'{text}'")
                    }
                    Piece::Expression { expression, .. } => expression.span.of(&source).to_owned(),
                });
                format!("={}", pieces.collect::<String>())
            });
            words.push(match &attribute.kind {
                AttributeKind::Plain => format!("{}{value}", attribute.name),
                AttributeKind::Control(name) => format!("wx:{name}{value}"),
                AttributeKind::Event { prefix, event } => format!("{prefix}:{event}{value}"),
            });
        }
        words.join(" ")
    });
    shown.collect::<Vec<_>>().join("; ")
}

#[test]
fn directives_are_what_they_are_in_wxml() {
    for (content, expected) in [
        ("<button open-type='share'/>", "button open-type='share'"),
        ("<button :open-type=\"a ? 'b' : ''\"></button>", "button open-type=a ? 'b' : ''"),
        ("<button v-bind:openType='x'/>", "button open-type=x"),
        ("<button openType='share' plain/>", "button open-type='share' plain"),
        ("<UniPopup ref='p'/>", "uni-popup ref='p'"),
        ("<view @click='go'/>", "view bind:tap='go'"),
        ("<view @click.stop.prevent='go'/>", "view catch:tap='go'"),
        ("<view v-on:touchstart.capture='go'/>", "view capture-bind:touchstart='go'"),
        ("<uni-list @click='go'/>", "uni-list bind:click='go'"),
        ("<cover-view @click='go'/>", "cover-view bind:tap='go'"),
        ("<button @getPhoneNumber='go'/>", "button bind:getphonenumber='go'"),
        ("<my-thing @pageChange='go'/>", "my-thing bind:page-change='go'"),
        (
            "<view v-if='a'/><view v-else-if='b'/><view v-else/>",
            "view wx:if=a; view wx:elif=b; view wx:else",
        ),
        ("<input v-model.trim='form.phone'/>", "input model:value=form.phone"),
        (
            "<view v-for='(one, i) in list.all' :key='i'/>",
            "view wx:for-item='one' wx:for-index='i' wx:for=list.all key=i",
        ),
        ("<view v-for='one of 3'/>", "view wx:for-item='one' wx:for=3"),
        ("<view v-for='{ id, name } in list'/>", "view wx:for-item='{ id, name }' wx:for=list"),
        ("<view v-show='a' v-html='b'/>", "view v-show=a v-html=b"),
        ("<template #default='{ item }'><view/></template>", "template #default='{ item }'; view"),
        ("<view :class=\"{ on: a }\" :style='[b]'/>", "view class={ on: a } style=[b]"),
        ("<view :a=b :c=d></view>", "view a=b c=d"),
        ("<view :中='a' />", "view 中=a"),
        ("<image src='a.png'></image><view/>", "image src='a.png'; view"),
    ] {
        assert_eq!(elements(content), expected, "{content}");
    }
}

#[test]
fn a_handler_is_the_methods_that_it_calls() {
    for (handler, expected) in [
        ("go", "go"),
        ("go(item)", "go"),
        ("() => go(item, 1)", "go"),
        ("(e) => { a(e); b() }", "a b"),
        ("a(); b()", "a b"),
        ("on && go()", "go"),
        ("on ? a() : b(c())", "a b c"),
        ("this.go()", "go"),
        ("async () => await go()", "go"),
        ("function (e) { go(e) }", "go"),
        ("debounce(go, 300)", "debounce"),
        ("show = true", "?"),
        ("store.pay()", "?"),
        ("", "-"),
        ("go(", "?"),
    ] {
        let (source, facts) =
            facts(&format!("<view @click=\"{handler}\" :after=\"a ? 'b' : 'c'\"/>"));
        let shown = facts.events().map(|event| match event.handler {
            Handler::None => "-".to_owned(),
            Handler::Method(name, span) => {
                assert_eq!(span.of(&source), name, "{handler}");
                name.to_owned()
            }
            Handler::Computed(_) => "?".to_owned(),
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{handler}");
        // Whatever the handler is, the rest is read.
        let after = facts.elements[0].attribute("after").unwrap();
        let texts = after.value.as_ref().unwrap().candidates();
        assert_eq!(texts, (vec!["b".to_owned(), "c".to_owned()], true), "{handler}");
    }
}

#[test]
fn texts_hold_interpolations_of_any_kind() {
    let (source, facts) =
        facts("<text>a {{ b < c && d > e ? '<' : '&' }} &nbsp; f{{g}}{{h}}</text> <view/>");
    let shown: Vec<String> = facts.texts[0]
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Literal { text, .. } => text.to_string(),
            Piece::Expression { expression, span } => {
                assert!(span.of(&source).starts_with("{{"));
                format!("[{}]", expression.span.of(&source))
            }
        })
        .collect();
    assert_eq!(shown, ["a ", "[b < c && d > e ? '<' : '&']", " &nbsp; f", "[g]", "[h]"]);
    assert_eq!(facts.texts.len(), 1);
    assert_eq!(facts.elements.len(), 2);
}

#[test]
fn template_literals_are_texts() {
    for (value, expected) in [
        ("`a`", "a"),
        ("`a${'b'}c`", "abc"),
        ("`https://a.example/${on ? 'b' : 'c'}`", "https://a.example/b https://a.example/c"),
        ("'a' as string", "a"),
    ] {
        let source =
            format!("<template><web-view :src=\"{value}\"/></template><script lang='ts'></script>");
        let facts = combined(&source).template.unwrap();
        let value = facts.elements[0].attribute("src").unwrap().value.as_ref().unwrap();
        assert_eq!(value.candidates().0.join(" "), expected, "{source}");
    }
}

#[test]
fn comments_and_branches() {
    let source = "<!-- miniguard-disable-file a -- b -->\n<template>\n<!-- miniguard-disable-next-line c -- d -->\n\
                  <!-- #ifdef H5 --><button open-type='x'/><!-- #endif -->\n<view/></template>\n\
                  <script>\n// miniguard-disable-next-line e -- f\nlet a\n</script>";
    let facts = combined(source);
    let template = facts.template.unwrap();
    assert_eq!(template.elements.len(), 1);
    let comments: Vec<&str> =
        facts.comments.iter().map(|one| &one.text[..one.text.find(" --").unwrap()]).collect();
    assert_eq!(
        comments,
        [
            "miniguard-disable-file a",
            "miniguard-disable-next-line c",
            "miniguard-disable-next-line e"
        ]
    );
}

#[test]
fn half_typed_templates_keep_the_rest() {
    for content in [
        "<button open-type='a'/><view",
        "<view :a=\"b\n<button open-type='a'/>",
        "<view><button open-type='a'/>",
        "{{ a <button open-type='a'/>",
        "<button open-type='a'/>{{",
        "<button open-type='a'/></view></view>",
        "<button open-type='a' :b=\"(\" @c=\"{\"/>",
    ] {
        let (_, facts) = facts(content);
        let _ = facts;
    }
    for content in [
        "<button open-type='a'/><view",
        "<view><button open-type='a'/>",
        "<button open-type='a'/>{{",
    ] {
        let (_, facts) = facts(content);
        assert!(facts.elements.iter().any(|one| one.attribute("open-type").is_some()), "{content}");
    }
}

#[test]
fn any_prefix_has_facts() {
    let source = "<template><view v-if=\"a < b\" @click='go({ c: 1 })' :d='中'>{{ e }}文</view></template>\n\
                  <script setup lang=\"ts\">const a: number = 1 // #ifdef H5\nx()\n// #endif\n</script>";
    for (at, _) in source.char_indices() {
        combined(&source[..at]);
        combined(&source[at..]);
    }
}

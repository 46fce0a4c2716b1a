//! Examples of reading templates: whole, broken, cut short, deep.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::read;
use crate::facts::template::{
    AttributeKind, Entry, ExpressionKind, Item, Piece, TemplateExpression, TemplateFacts,
};
use crate::syntax::{Kind, Tree};

fn facts(source: &str) -> TemplateFacts {
    read(&Tree::parse(Kind::Template, source), source)
}

/// Elements in brackets with parent and attributes, each `kind name=pieces`; text runs as `"…"`
/// with their parent.
fn elements(source: &str) -> String {
    let facts = facts(source);
    let mut lines = Vec::new();
    for element in &facts.elements {
        let mut line = element.parent.map_or(String::new(), |parent| format!("{parent}>"));
        line.push_str(&element.tag);
        assert_eq!(element.tag_span.of(source), &*element.tag);
        for attribute in &element.attributes {
            assert_eq!(attribute.name_span.of(source), &*attribute.name);
            assert!(attribute.span.contains(attribute.name_span));
            match &attribute.kind {
                AttributeKind::Plain => write!(line, " {}", attribute.name).unwrap(),
                AttributeKind::Control(name) => {
                    assert!(attribute.name.ends_with(&**name));
                    write!(line, " @{}({name})", attribute.name).unwrap();
                }
                AttributeKind::Event { prefix, event } => {
                    write!(line, " {}({prefix},{event})", attribute.name).unwrap();
                }
            }
            if let Some(value) = &attribute.value {
                assert!(attribute.span.contains(value.span));
                write!(line, "={}", pieces(&value.pieces, source)).unwrap();
            }
        }
        lines.push(line);
    }
    lines.join("; ")
}

fn texts(source: &str) -> String {
    let runs = facts(source).texts.into_iter().map(|run| {
        let parent = run.parent.map_or("-".to_owned(), |parent| parent.to_string());
        format!("{parent}>{}", pieces(&run.pieces, source))
    });
    runs.collect::<Vec<_>>().join("; ")
}

fn pieces(pieces: &[Piece], source: &str) -> String {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Literal { text, span } => {
            assert_eq!(span.of(source), &**text);
            format!("'{text}'")
        }
        Piece::Expression { expression, span } => {
            assert!(span.contains(expression.span));
            format!("{{{}}}", show(expression))
        }
    });
    shown.collect::<Vec<_>>().concat()
}

/// An expression, each operation in parentheses.
fn show(expression: &TemplateExpression) -> String {
    let items = |items: &[Item]| {
        let shown = items.iter().map(|item| match item {
            Item::Value(value) => show(value),
            Item::Spread(value) => format!("...{}", show(value)),
            Item::Hole => String::new(),
        });
        shown.collect::<Vec<_>>().join(",")
    };
    let entries = |entries: &[Entry]| {
        let shown = entries.iter().map(|entry| match entry {
            Entry::Pair { key, value, .. } => format!("{key}:{}", show(value)),
            Entry::Shorthand { name, .. } => name.to_string(),
            Entry::Spread(value) => format!("...{}", show(value)),
        });
        shown.collect::<Vec<_>>().join(",")
    };
    match &expression.kind {
        ExpressionKind::Unknown => "?".to_owned(),
        ExpressionKind::Empty => String::new(),
        ExpressionKind::Undefined => "undefined".to_owned(),
        ExpressionKind::Null => "null".to_owned(),
        ExpressionKind::Bool(value) => value.to_string(),
        ExpressionKind::Number(text) | ExpressionKind::Name(text) => text.to_string(),
        ExpressionKind::String(text) => format!("{text:?}"),
        ExpressionKind::Member { object, property, .. } => format!("({}.{property})", show(object)),
        ExpressionKind::Index { object, index } => format!("({}[{}])", show(object), show(index)),
        ExpressionKind::Call { function, arguments } => {
            format!("{}({})", show(function), items(arguments))
        }
        ExpressionKind::Unary { operator, argument } => format!("({operator} {})", show(argument)),
        ExpressionKind::Binary { operator, left, right } => {
            format!("({} {operator} {})", show(left), show(right))
        }
        ExpressionKind::Conditional { condition, consequence, alternative } => {
            format!("({} ? {} : {})", show(condition), show(consequence), show(alternative))
        }
        ExpressionKind::Array(elements) => format!("[{}]", items(elements)),
        ExpressionKind::Object(members) => format!("{{{}}}", entries(members)),
        ExpressionKind::InnerObject(members) => format!("<{}>", entries(members)),
    }
}

/// Each problem as `text`, with `^` when it is missing and its offset when it is empty.
fn problems(source: &str) -> String {
    let shown = facts(source).problems.into_iter().map(|problem| {
        let mark = if problem.missing { "^" } else { "" };
        match problem.span.of(source) {
            "" => format!("{mark}{}", problem.span.start()),
            text => format!("{mark}{text}"),
        }
    });
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn elements_and_attributes() {
    for (source, expected) in [
        ("", ""),
        ("<view/>", "view"),
        ("<a><b><c/></b><d></d></a><e/>", "a; 0>b; 1>c; 0>d; e"),
        ("<My-View A=\"B\"/>", "My-View A='B'"),
        ("<a b='' c d=\"e\" b='f'/>", "a b= c d='e' b='f'"),
        ("<a b c= d e=/>", "a b c= d e="),
        ("<a b=c d={{e}} f = '1'/>", "a b='c' d={e} f='1'"),
        ("<a b=\"x{{c}}y{{d}}\"/>", "a b='x'{c}'y'{d}"),
        ("<a b=\" {{c}} \"/>", "a b=' '{c}' '"),
        ("<a b=\"&amp;{x}\n{{ }}\"/>", "a b='&amp;{x}\n'{}"),
        (
            "<a wx:if=\"{{b}}\" wx:key=\"*this\" wx:else/>",
            "a @wx:if(if)={b} @wx:key(key)='*this' @wx:else(else)",
        ),
        (
            "<a bindtap=\"f\" catch:tap='g' capture-bind:touchstart=\"{{h}}\" mut-bind:my-event=\"i\" bind:a-b=''/>",
            "a bindtap(bind,tap)='f' catch:tap(catch,tap)='g' \
             capture-bind:touchstart(capture-bind,touchstart)={h} mut-bind:my-event(mut-bind,my-event)='i' \
             bind:a-b(bind,a-b)=",
        ),
        (
            "<a data-id=\"{{i}}\" model:value=\"{{v}}\" mark:x generic:y=\"z\"/>",
            "a data-id={i} model:value={v} mark:x generic:y='z'",
        ),
        ("<!-- <a/> --><b/><!-- <c>", "b"),
        ("<wxs module=\"m\">var a = '<b/>'</wxs><c/>", "wxs module='m'; c"),
        ("<a>\r\n<b 中=\"文\"/></a>", "a; 0>b 中='文'"),
        ("\u{feff}<a/>", "a"),
    ] {
        assert_eq!(elements(source), expected, "{source}");
        if !source.contains("<!-- <c>") {
            assert_eq!(problems(source), "", "{source}");
        }
    }
}

#[test]
fn half_typed_tags_keep_the_rest() {
    for (source, expected, wrong) in [
        ("<view><text", "view; 0>text", "^view | ^text | ^11"),
        ("<a b", "a b", "^a | ^4"),
        ("<a b=", "a b=", "^a | ^5"),
        ("<a b=\"c", "a b='c'", "^a | ^7"),
        ("<a b=\"{{c", "a b={c}", "^a | ^9"),
        ("<a b=\"c\" <d e/></a>", "a b='c'; 0>d e", "^8"),
        ("<a b=\"c\n  <d e=\"f\"/>\n</a><g/>", "a b='c'; 0>d e='f'; g", "^7"),
        ("<a b=\"{{c\" d=\"e\"/><f/>", "a b={c} d='e'; f", "^9"),
        ("<a><b></a><c/>", "a; 0>b; c", "^b"),
        ("<a></b></a>", "a", "</b>"),
        ("<a / b=\"1\"/>", "a b='1'", "/"),
        ("<a\u{3000}b=\"1\"/>", "a b='1'", "\u{3000}"),
        ("<a b=\"{{c d}}\" e=\"f\"/>", "a b={?} e='f'", "c"),
    ] {
        assert_eq!(
            (elements(source), problems(source)),
            (expected.to_owned(), wrong.to_owned()),
            "{source}"
        );
    }
}

#[test]
fn expressions() {
    for (inside, expected) in [
        ("", ""),
        (" /* a */ ", ""),
        ("a", "a"),
        ("this", "this"),
        ("(/* b */ a)", "a"),
        ("1.5e3", "1.5e3"),
        ("true", "true"),
        ("null", "null"),
        ("undefined", "undefined"),
        ("'a'", "\"a\""),
        ("''", "\"\""),
        (r"'it\'s\n\x41\u4e2d\ud83d\ude00\0\q'", "\"it's\\nA中😀\\0q\""),
        ("a.b['c'][0]", "(((a.b)[\"c\"])[0])"),
        ("m.f(a, ...b, 'c')", "(m.f)(a,...b,\"c\")"),
        ("f()", "f()"),
        ("!a", "(! a)"),
        ("typeof -a", "(typeof (- a))"),
        ("a + b * c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a && b || c", "((a && b) || c)"),
        ("a === 'b' ? c : d ? e : f", "((a === \"b\") ? c : (d ? e : f))"),
        ("[1, a, , ...b, ]", "[1,a,,...b]"),
        ("[, a]", "[,a]"),
        (" {a, b: 1, ...c} ", "{a,b:1,...c}"),
        ("a: 1, b, ...c.d", "<a:1,b,...(c.d)>"),
        ("...a", "<...a>"),
        ("a, b", "<a,b>"),
        // Neither compiler knows these.
        ("a = 1", "?"),
        ("a?.b", "?"),
        ("a.", "?"),
        ("[a ? b]", "?"),
        ("x + (a ? b)", "(x + ?)"),
    ] {
        assert_eq!(texts(&format!("{{{{{inside}}}}}")), format!("->{{{expected}}}"), "{inside}");
    }
}

#[test]
fn text_runs() {
    for (source, expected) in [
        ("", ""),
        ("\n <a>\n  <b/> </a>\n", ""),
        ("<a>b</a>", "0>'b'"),
        ("a{{b}} {{c}}&nbsp;d<e/>f", "->'a'{b}' '{c}'&nbsp;d'; ->'f'"),
        ("<a>{{b}}</a>", "0>{b}"),
        ("<a>b<!-- c -->d</a>", "0>'b'; 0>'d'"),
        ("<a>b<c>d</c>e</a>f", "0>'b'; 1>'d'; 0>'e'; ->'f'"),
        ("<a>1 < 2 && {b} }}</a>", "0>'1 < 2 && {b} }}'"),
        ("<a>b", "0>'b'"),
        ("<a b=\"{{c}}\">d {{e</a>", "0>'d '{e}"),
    ] {
        assert_eq!(texts(source), expected, "{source}");
    }
}

#[test]
fn wxs_modules() {
    let source = "<wxs module=\"a\" src=\"./a.wxs\"></wxs>\n<view><wxs module=\"b\">\nvar x = 1 < 2;\n</wxs></view>\n\
                  <wxs src='{{c}}'/><wxs module='d'>e";
    let shown: Vec<_> = facts(source)
        .wxs
        .into_iter()
        .map(|wxs| {
            (
                wxs.module,
                wxs.src,
                wxs.body.map(|body| body.of(source).trim().to_owned()),
                wxs.element,
            )
        })
        .collect();
    let text = |text: &str| Some(text.into());
    assert_eq!(
        shown,
        [
            (text("a"), text("./a.wxs"), None, 0),
            (text("b"), None, Some("var x = 1 < 2;".to_owned()), 2),
            (None, None, None, 3),
            (text("d"), None, Some("e".to_owned()), 4),
        ]
    );
}

#[test]
fn places() {
    let source = "<a b=\"c\"><d e='{{f.g}}'></d></a>";
    let facts = facts(source);
    let [outer, inner] = &facts.elements[..] else { panic!("two elements") };
    assert_eq!(outer.span.of(source), source);
    assert_eq!(outer.start_tag.of(source), "<a b=\"c\">");
    assert_eq!(outer.end_tag.map(|span| span.of(source)), Some("</a>"));
    assert_eq!(inner.span.of(source), "<d e='{{f.g}}'></d>");
    let value = inner.attributes[0].value.as_ref().unwrap();
    assert_eq!(value.span.of(source), "{{f.g}}");
    let Piece::Expression { expression, span } = &value.pieces[0] else { panic!("an expression") };
    assert_eq!((span.of(source), expression.span.of(source)), ("{{f.g}}", "f.g"));
    let ExpressionKind::Member { property_span, .. } = expression.kind else { panic!("a member") };
    assert_eq!(property_span.of(source), "g");
}

#[test]
fn comments_that_speak_to_us_are_kept() {
    let source = "<!-- miniguard-ignore a -->\n<!-- b --><a><!--miniguard c--></a><!-- miniguard d";
    let comments = facts(source).comments;
    let texts: Vec<&str> = comments.iter().map(|comment| &*comment.text).collect();
    assert_eq!(texts, ["miniguard-ignore a", "miniguard c", "miniguard d"]);
    assert_eq!(comments[0].span.of(source), "<!-- miniguard-ignore a -->");
}

#[test]
fn nesting_without_bound() {
    let deep = 12_000;
    let closed = format!("{}{{{{x}}}}{}", "<a b=\"c\">".repeat(deep), "</a>".repeat(deep));
    let open = "<a>".repeat(deep);
    for source in [closed, open] {
        let facts = facts(&source);
        assert!(facts.elements.len() >= deep, "{}", facts.elements.len());
    }
    for (open, close) in
        [("(", ")"), ("[", "]"), ("!", ""), ("a+", ""), ("a?b:", ""), ("{a:", "}"), ("f(", ")")]
    {
        let source =
            format!("<b c=\"{{{{ {}a{} }}}}\" d/>", open.repeat(2_000), close.repeat(2_000));
        let facts = facts(&source);
        assert_eq!(facts.elements[0].attributes.len(), 2, "{open}");
    }
}

const PAGE: &str = r#"<!-- miniguard: a page -->
<wxs module="fmt" src="../../utils/format.wxs"></wxs>
<import src="/templates/card.wxml" />
<view class="page {{dark ? 'dark' : ''}}" bind:tap="onTap" data-id="{{item.id}}">
  <block wx:for="{{list}}" wx:for-item="item" wx:key="id">
    <text wx:if="{{item.name}}" selectable>{{ fmt.name(item.name, 'x') }} 元 &nbsp;</text>
    <image wx:else src="{{host + item.image}}" mode="aspectFill" catchtap="preview"/>
  </block>
  <template is="card" data="{{ item, count: 1, ...rest }}"/>
  <button open-type="{{ready ? 'getPhoneNumber' : 'share'}}" bindgetphonenumber="onPhone" disabled>绑定 "手机"</button>
  <input type='nickname' model:value="{{name}}" maxlength="{{ 10 }}"></input>
  <map show-location longitude="{{lng}}" latitude="{{lat}}"/>
</view>
<wxs module="inner">
  var a = 1 < 2;
  module.exports = { a: a };
</wxs>
"#;

#[test]
fn every_prefix_keeps_the_attributes_completed_before_the_cut() {
    let whole = facts(PAGE);
    assert_eq!(whole.problems, []);
    assert_eq!((whole.elements.len(), whole.texts.len()), (11, 2));
    for cut in (0..PAGE.len()).filter(|&cut| PAGE.is_char_boundary(cut)) {
        let found = facts(&PAGE[..cut]);
        let found: BTreeSet<(usize, String)> = names(&found, usize::MAX);
        for name in names(&whole, cut) {
            assert!(found.contains(&name), "{name:?} is lost at {cut}: {:?}", &PAGE[..cut]);
        }
    }
}

/// Tags and attributes that end before byte `end`, with their places; values too.
fn names(facts: &TemplateFacts, end: usize) -> BTreeSet<(usize, String)> {
    let mut names = BTreeSet::new();
    for element in facts.elements.iter().filter(|element| element.tag_span.end() < end) {
        names.insert((element.tag_span.start(), element.tag.to_string()));
        for attribute in element.attributes.iter().filter(|attribute| attribute.span.end() < end) {
            let literal = attribute.value.as_ref().and_then(|value| value.literal());
            names.insert((attribute.span.start(), format!("{:?}={literal:?}", attribute.name)));
        }
    }
    names
}

proptest! {
    #[test]
    fn any_text_has_facts(source in r#"(<[/a-z]?|[ab />="'\n]|\{\{|\}\}|<!--|-->|</?wxs|wx:if|bindtap|\{|\}|[.?:,()\[\]]|中|😀|\u{3000}|\x00|\\|&amp;){0,60}"#) {
        let facts = facts(&source);
        for (index, element) in facts.elements.iter().enumerate() {
            prop_assert!(element.parent.is_none_or(|parent| (parent as usize) < index));
            prop_assert_eq!(element.tag_span.of(&source), &*element.tag);
            prop_assert!(element.span.contains(element.start_tag));
        }
        prop_assert!(facts.problems.is_sorted_by_key(|problem| problem.span));
    }

    #[test]
    fn any_bytes_have_facts(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let source = String::from_utf8_lossy(&bytes);
        let facts = facts(&source);
        prop_assert!(facts.elements.iter().all(|element| element.span.end() <= source.len()));
    }
}

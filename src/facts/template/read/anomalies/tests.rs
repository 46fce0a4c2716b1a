//! Each anomaly as its kind and the text it stands at.

use crate::facts::template::read;
use crate::syntax::{Kind, Tree};

fn anomalies(source: &str) -> String {
    let facts = read(&Tree::parse(Kind::Template, source), source);
    assert!(facts.anomalies.is_sorted_by_key(|anomaly| anomaly.span));
    let shown = facts
        .anomalies
        .iter()
        .map(|anomaly| format!("{:?} {}", anomaly.kind, anomaly.span.of(source)));
    shown.collect::<Vec<_>>().join(" | ")
}

#[test]
fn forms_that_not_every_compiler_takes() {
    for (source, expected) in [
        ("<a b=\"{{c}}\" d='e' f/>", ""),
        ("<a><b></a>", "UnclosedElement b"),
        ("<a></b></a></>", "StrayEndTag </b> | StrayEndTag </>"),
        ("<a></A>", "EndTagCase </A>"),
        ("<a.b/><c:d/><E/>", "DotInTagName a.b | ColonInTagName c:d | UppercaseTagName E"),
        ("<!DOCTYPE html>", "MetaTag <!DOCTYPE html>"),
        ("<a <!-- b --> {{c}}/>", "CommentInTag <!-- b --> | InterpolationInTag {{c}}"),
        ("<a :b='1' -c='1'/>", "PunctuatedAttributeName :b | PunctuatedAttributeName -c"),
        (
            "<a b.c='1' @d='1' 1e='1'/>",
            "DotInAttributeName b.c | OddAttributeName @d | OddAttributeName 1e",
        ),
        ("<a b='1' c='2' b='3'/>", "RepeatedAttribute b='3'"),
        ("<a b=c d={{e}}/>", "UnquotedValue c | UnquotedInterpolation {{e}}"),
        ("<a b= c='1'/><a d=/>", "MissingValue(true) b= | MissingValue(false) d="),
        ("<a b = '1'/>", "SpaceAroundEquals b = '1'"),
        ("<a b='c\nd'/>", "LineEndInValue \n"),
        ("<a b=\"c\\\"d\"/>", "EscapedQuoteInValue \\\""),
        ("1 < 2", "LessThanInText <"),
        ("{{}}{{ }}", "EmptyInterpolation {{}} | EmptyInterpolation {{ }}"),
        ("<a b='{{{c}}}'/>", "TripleBrace {{{c}}}"),
        (
            "{{a ?? b}}{{+c}}{{!(typeof d)}}",
            "LateOperator a ?? b | LateOperator +c | LateOperator typeof d",
        ),
        ("{{0x1F + 1}}{{1e3}}{{1.5}}", "LateNumber 0x1F | LateNumber 1e3"),
        ("{{[1,]}}{{m.f(a,)}}", "TrailingComma [1,] | TrailingComma m.f(a,)"),
        ("{{[1,,2]}}{{[...a]}}{{m.f({...a})}}", "ArrayHole [1,,2] | SpreadInList a"),
        ("<a b=\"{{'it\\'s'}}\"/>{{'it\\'s'}}", "EscapedQuoteInString 'it\\'s'"),
        ("<a b='{{c: 1}}'/><template is='t' data='{{c: 1}}'/>", "InnerObject {{c: 1}}"),
        ("{{ {a:{b:1}} }}", "NestedObjectInText {a:{b:1}}"),
    ] {
        assert_eq!(anomalies(source), expected, "{source}");
    }
}

#[test]
fn the_quote_of_a_value_inside_its_interpolation() {
    for (source, expected) in [
        ("<a b='{{c ? 'x' : 'y'}}'/>", true),
        ("<a b=\"{{c == \"d\"}} e\" f/>", true),
        ("<a b=\"{{c\" d=\"{{e}}\"/>", false),
        ("<a b=\"{{c\"/>", false),
        ("<a b=\"{{c ? 'x' : 'y'}}\"/>", false),
        ("<a b=\"{{c\n? \"x\" : 1}}\"/>", false),
    ] {
        assert_eq!(anomalies(source).contains("QuoteInInterpolation"), expected, "{source}");
    }
}

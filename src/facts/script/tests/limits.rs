//! Input that is huge, deep or broken.

use super::dump::{expr, occurrences};
use super::facts;
use crate::facts::script::{Expr, ScriptFacts};
use crate::syntax::Dialect;

/// Reads `source` on a stack of 2 MiB, as a worker thread has, in both grammars.
fn on_a_small_stack(source: String) -> Vec<ScriptFacts> {
    let read = move || {
        [Dialect::JavaScript, Dialect::TypeScript].map(|dialect| facts(dialect, &source)).into()
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(read).unwrap().join().unwrap()
}

#[test]
fn deep_nesting_is_cut_and_reported() {
    const DEPTH: usize = 2000;
    let shapes = [
        ("[", "]"),
        ("{a:", "}"),
        ("a(", ")"),
        ("a[", "]"),
        ("-", ""),
        ("new ", ""),
        ("a=>", ""),
        ("a?", ":b"),
        ("a**", ""),
        ("`${", "}`"),
        ("function(){return ", "}"),
        ("class{a=", "}"),
        ("class extends ", "{}"),
        ("async()=>await ", ""),
        ("[...", "]"),
        ("{...", "}"),
        ("{[", "]:1}"),
        ("{a(){return ", "}}"),
        ("({a=", "})=>1"),
        ("({a:[b=", "]})=>1"),
        ("async(a=[`${", "}`])=>1"),
        ("function(a){switch(a){case ", ":}}"),
        ("function(a){for(a of ", ");}"),
        ("(a||(", "))"),
        ("(0,", ")"),
    ];
    for (open, close) in shapes {
        let source = format!("x = {}1{}; wx.after()", open.repeat(DEPTH), close.repeat(DEPTH));
        for facts in on_a_small_stack(source) {
            assert!(facts.exprs.len() > 3, "{open}");
        }
        let broken = format!("x = {}", open.repeat(DEPTH));
        on_a_small_stack(broken);
    }
}

#[test]
fn a_cut_leaves_the_rest_readable() {
    let source = format!("x = {}1{}; wx.after()", "[".repeat(1000), "]".repeat(1000));
    for facts in on_a_small_stack(source) {
        assert_eq!(facts.problems.len(), 1);
        assert!(occurrences(&facts).contains(&"Called: wx.after".to_owned()));
    }
}

#[test]
fn patterns_nest_without_harm() {
    for (open, close) in
        [("{a:", "}"), ("[", "]"), ("[...", "]"), ("{a:[", "]}"), ("{[d()]:", "}"), ("[", "=d]")]
    {
        let pattern = format!("{}b{}", open.repeat(1000), close.repeat(1000));
        for source in [
            format!("const {pattern} = c; b()"),
            format!("({pattern} = c); b()"),
            format!("function f({pattern}) {{ b() }}"),
            format!("for (const {pattern} of c) b()"),
            format!("try {{}} catch ({pattern}) {{ b() }}"),
        ] {
            on_a_small_stack(source);
        }
    }
}

#[test]
fn statements_nest_without_limit() {
    const DEPTH: usize = 2000;
    for (open, close) in [
        ("{", "}"),
        ("if(a)", ""),
        ("if(a){}else ", ""),
        ("for(;;)", ""),
        ("while(a)", ""),
        ("for(const a of b){", "}"),
        ("do ", "\nwhile(a)"),
        ("try{", "}finally{}"),
        ("try{}catch(a){", "}"),
        ("switch(a){default:", "}"),
        ("l:", ""),
        ("with(a)", ""),
    ] {
        let source =
            format!("{}wx.inner();{}\nwx.after()", open.repeat(DEPTH), close.repeat(DEPTH));
        for facts in on_a_small_stack(source) {
            assert_eq!(facts.problems, [], "{open}");
            let found = occurrences(&facts);
            for expected in ["Called: wx.inner", "Called: wx.after"] {
                assert!(found.iter().any(|found| found == expected), "{open}: {expected}");
            }
        }
    }
}

#[test]
fn nested_functions_are_cut_and_reported() {
    for open in ["function f(){", "class A{m(){", "class A{static{"] {
        let close = "}".repeat(open.matches('{').count());
        let source = format!("{}{}wx.after()", open.repeat(1000), close.repeat(1000));
        for facts in on_a_small_stack(source) {
            assert_eq!(facts.problems.len(), 1, "{open}");
            assert!(occurrences(&facts).contains(&"Called: wx.after".to_owned()), "{open}");
        }
    }
}

#[test]
fn long_chains_are_not_cut() {
    const LENGTH: usize = 5000;
    for (first, more) in [
        ("wx.x", "+a"),
        ("wx.x", "&&a"),
        ("wx.x", "-a"),
        ("wx.x()", ".then(f)"),
        ("wx.x", ".a"),
        ("wx.x", "[0]"),
        ("wx.x", "()"),
        ("wx.x", ",a"),
        ("wx.x", "`t`"),
        ("wx.x", ";a"),
        ("wx.x", "?b:a"),
        ("wx.x", "=a"),
    ] {
        let source = format!("{first}{}", more.repeat(LENGTH));
        for facts in on_a_small_stack(source) {
            assert_eq!(facts.problems, [], "{more}");
            assert!(facts.exprs.len() >= LENGTH, "{more}");
        }
    }
    let source = format!("v = {}1{}", "(".repeat(LENGTH), ")".repeat(LENGTH));
    for facts in on_a_small_stack(source) {
        assert_eq!(facts.problems, []);
    }
    let source = format!("v = {}1", "!".repeat(LENGTH));
    for facts in on_a_small_stack(source) {
        assert_eq!(expr(&facts, facts.writes[0].value), "true");
    }
}

#[test]
fn a_long_sum_is_one_expression() {
    let source = format!("v = a{}", " + 'b'".repeat(20_000));
    for facts in on_a_small_stack(source) {
        let Expr::Concat(pieces) = facts.expr(facts.writes[0].value) else { panic!("no sum") };
        assert_eq!(pieces.len(), 20_001);
    }
}

/// A bit of everything.
const MIXED: &str = r"
import d, * as n from 'm'; import { a as b, 'c d' as e } from './x'; export * from 'y'; export { d as default };
export const { f, g: [h = 1, , ...i], ...j } = d, k = `a${b + 1}\u0041`;
async function* l({ m = wx.a } = {}, [o], ...p) { for await (const q of p) yield q?.r?.['s'](...o); }
class A extends B { static #t = 1; u = () => this.#t; static { v = 2 } get w() { return super.w } set w(x) {} [y]() {} }
if (typeof wx.z === 'function' && !wx.z) { do { z += 1 } while (z++ < 3) } else switch (z) { case 1: break; default: }
try { throw new wx.E`t` } catch ({ message: msg }) { delete msg.a } finally { l: for (var c in d) continue l }
module.exports = exports = { a, 'b': 1, 3: 2, get c() { return 1 }, async *d() {}, ...e, [f]: g };
Object.defineProperty(exports, 'x', { get: function () { return wx } }); ({ a: z.b, c = 1 } = d); /* miniguard */
";

const TYPED: &str = r"
import type T from 't'; import r = require('r'); import S = n.m; export = r; declare const wx: any;
abstract class C<T> extends D<T> implements I { constructor(private readonly a: A, public b?: B) { super() } abstract m(): void; c!: string; }
enum E { A, B = 4, C, D = 'd' } namespace N { export const x = <any>y as unknown as Z; } const z = y!.b satisfies Q;
@dec({ a: 1 }) class F { @prop() g: string = wx.g; h<T>(this: F, i?: T): i is T { return f<string>(i!) } }
type U = typeof wx.u; interface V { (w: string): void } function over(a: string): void; function over(a: any) {}
";

#[test]
fn no_prefix_or_cut_panics() {
    for (dialect, source) in
        [(Dialect::JavaScript, MIXED), (Dialect::TypeScript, MIXED), (Dialect::TypeScript, TYPED)]
    {
        for end in 0..=source.len() {
            facts(dialect, &source[..end]);
            let start = source[..end].len() / 2;
            facts(dialect, &source[start..end]);
        }
    }
}

#[test]
fn the_mixed_sources_are_read_whole() {
    assert_eq!(facts(Dialect::JavaScript, MIXED).problems, []);
    assert_eq!(facts(Dialect::TypeScript, TYPED).problems, []);
}

#[test]
fn every_child_stands_before_its_parent() {
    for (dialect, source) in [(Dialect::JavaScript, MIXED), (Dialect::TypeScript, TYPED)] {
        let facts = facts(dialect, source);
        for (index, expr) in facts.exprs.iter().enumerate() {
            let children: Vec<_> = match expr {
                Expr::Concat(pieces) => pieces.to_vec(),
                Expr::Member { object, .. } => vec![*object],
                Expr::Index { object, index } => vec![*object, *index],
                Expr::Call { callee, arguments, .. } => {
                    arguments.iter().map(|argument| argument.value).chain([*callee]).collect()
                }
                Expr::Object(entries) => entries.iter().map(|entry| entry.value).collect(),
                Expr::Class { base, members, statics } => {
                    members.iter().chain(statics).map(|entry| entry.value).chain(*base).collect()
                }
                Expr::Array(elements) => elements.iter().map(|element| element.value).collect(),
                Expr::Conditional { test, then, otherwise } => vec![*test, *then, *otherwise],
                Expr::Logical { left, right, .. } => vec![*left, *right],
                Expr::Await(value) | Expr::Assign { value } => vec![*value],
                _ => Vec::new(),
            };
            assert!(children.iter().all(|child| child.index() < index), "{expr:?}");
        }
    }
}

#[test]
fn broken_places_are_problems_once() {
    let problems = |source| {
        let facts = facts(Dialect::JavaScript, source);
        let one = |problem: &crate::facts::SyntaxProblem| {
            (problem.span.of(source).to_owned(), problem.missing)
        };
        facts.problems.iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(problems("a(); ) b()"), [(")".into(), false)]);
    assert_eq!(problems("if (a { b() }"), [(String::new(), true)]);
    assert_eq!(problems("fine()"), []);
}

#[test]
fn what_stands_beside_a_broken_place_is_read() {
    let found =
        occurrences(&facts(Dialect::JavaScript, "wx.a(); ) wx.b(); function f( { wx.c() }"));
    assert!(found.contains(&"Called: wx.a".to_owned()), "{found:?}");
    assert!(found.contains(&"Called: wx.b".to_owned()), "{found:?}");
}

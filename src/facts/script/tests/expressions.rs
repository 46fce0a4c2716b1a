//! Expressions as data.

use super::dump::{calls, expr, functions, writes};
use super::{check, check_in, facts};
use crate::facts::script::ScriptFacts;
use crate::syntax::Dialect;

/// The values of `v = …`.
fn values(facts: &ScriptFacts) -> Vec<String> {
    facts.writes.iter().map(|write| expr(facts, write.value)).collect()
}

#[test]
fn constants() {
    check(
        values,
        &[
            ("v = undefined", &["undefined"]),
            ("v = void 0", &["undefined"]),
            ("v = null", &["null"]),
            ("v = true", &["true"]),
            ("v = !0", &["true"]),
            ("v = !1", &["false"]),
            ("v = !!1", &["true"]),
            ("v = 0x10", &["0x10"]),
            ("v = -1.5e3", &["-1.5e3"]),
            ("v = 'it\\'s'", &["\"it's\""]),
            ("v = \"\\x77\\u0078\\\n!\"", &["\"wx!\""]),
            ("v = `a\\n\\u{4fe1}`", &["\"a\\n信\""]),
            ("v = ``", &["\"\""]),
            ("v = /a\\/b/g", &["?"]),
        ],
    );
}

#[test]
fn sums_and_templates_are_flat() {
    check(
        values,
        &[
            ("v = 'a' + b + 'c'", &["<\"a\" + b + \"c\">"]),
            ("v = ('a' + b) + 'c'", &["<\"a\" + b + \"c\">"]),
            ("v = 'a' + (b + c)", &["<\"a\" + <b + c>>"]),
            (
                "v = `https://${host}/${path}?a=1`",
                &["<\"https://\" + host + \"/\" + path + \"?a=1\">"],
            ),
            ("v = `${a}${b}`", &["<a + b>"]),
            ("v = `${a}`", &["<a>"]),
            ("v = `\\${a}\\u0041${b}`", &["<\"${a}A\" + b>"]),
            ("v = 'a' + `b${c}` + d", &["<\"a\" + \"b\" + c + d>"]),
            ("v = `${`${a}b`}c`", &["<<a + \"b\"> + \"c\">"]),
            ("v = 1 + 2", &["?"]),
            ("v = 1 + 2 + 3", &["?"]),
            ("v = 1 + 2 + a + 3", &["<? + a + 3>"]),
            ("v = 1 + 2 + 'a'", &["<? + \"a\">"]),
            ("v = a * b + 'c'", &["<? + \"c\">"]),
            ("v = f(a + b) + c", &["<f(<a + b>) + c>"]),
            ("let x = 'a'; x += b; v = x", &["x#0"]),
            ("v += 'a'", &["<v + \"a\">"]),
            ("v -= 1", &["?"]),
        ],
    );
}

#[test]
fn transparent_forms_vanish() {
    check(
        values,
        &[("v = ((a))", &["a"]), ("v = (f(), a.b)", &["a.b"]), ("v = (a, (b, c))", &["c"])],
    );
    check_in(
        Dialect::TypeScript,
        values,
        &[
            ("v = a as any as B<C>", &["a"]),
            ("v = <any>a.b", &["a.b"]),
            ("v = a!.b!", &["a.b"]),
            ("v = a satisfies T", &["a"]),
            ("v = f<string>(a as const)", &["f(a)"]),
            ("v = (a as any).b", &["a.b"]),
            ("v = new Map<string, number>()", &["new Map()"]),
        ],
    );
}

#[test]
fn operators() {
    check(
        values,
        &[
            ("v = a || b && c", &["(a || (b && c))"]),
            ("v = (a && b) ?? c", &["((a && b) ?? c)"]),
            ("v = a || b || c", &["((a || b) || c)"]),
            ("v = a ? b : c ? d : e", &["(a ? b : (c ? d : e))"]),
            ("v = a - b", &["?"]),
            ("v = typeof a", &["?"]),
            ("v = w = b", &["(= b)", "b"]),
            ("v = { a: b = 1 }.a", &["{a: (= 1)}.a", "1"]),
            ("v ||= a", &["(v || a)"]),
            ("v ??= a", &["(v ?? a)"]),
            ("v &&= a", &["(v && a)"]),
            ("v++", &["?"]),
            ("async () => { v = await f() }", &["await f()"]),
            ("function* g() { v = yield f() }", &["?"]),
            ("v = import.meta.url", &["import.meta.url"]),
        ],
    );
}

#[test]
fn members_and_calls() {
    check(
        values,
        &[
            ("v = a.b['c'].d", &["a.b.c.d"]),
            ("v = a[`b`]", &["a.b"]),
            ("v = a[0][i]", &["a[0][i]"]),
            ("v = a?.b?.['c']?.(d)", &["a.b.c(d)"]),
            ("v = a.#b", &["a.#b"]),
            ("v = a.\\u0062", &["a.b"]),
            ("v = f(a, ...b, 'c')", &["f(a, ...b, \"c\")"]),
            ("v = new A", &["new A()"]),
            ("v = new a.B(c).d()", &["new a.B(c).d()"]),
            ("v = f`a${g()}`", &["?"]),
        ],
    );
    check(
        calls,
        &[(
            "f`${g()}`; a(b()).c(); new D(e())",
            &["g()", "a(b())", "a(b()).c()", "b()", "new D(e())", "e()"],
        )],
    );
}

#[test]
fn literals() {
    check(
        values,
        &[
            ("v = [a, , 1, ...b, ]", &["[a, undefined, 1, ...b]"]),
            ("v = [,]", &["[undefined]"]),
            ("v = [[], {}]", &["[[], {}]"]),
            (
                "v = { a: 1, 'b-c': 2, 3: x, ['d']: 4, [e]: 5, f, ...g }",
                &["{a: 1, b-c: 2, 3: x, d: 4, [e]: 5, f: f, ...g}"],
            ),
            (
                "v = { a() {}, get b() {}, set b(x) {}, async *c() {}, ['d']() {}, [e]() {}, get [f]() {}, g: () => 1 }",
                &["{a: @0, get b: @1, set b: @2, c: @3, d: @4, [e]: @5, [f]: ?, g: @7}"],
            ),
        ],
    );
}

#[test]
fn functions_know_their_names_owners_and_returns() {
    check(
        functions,
        &[
            (
                "function f(a, b = 1, ...c) { if (a) return b; return c }",
                &["f(a, b = 1, ...c) -> b#2 | c#3"],
            ),
            ("const f = () => 1, g = async x => x", &["arrow f() -> 1", "async arrow g(x) -> x#2"]),
            ("a.b = function () { return }", &["b()"]),
            ("a[0] = function () {}", &["_()"]),
            ("f = function g() { return g }", &["g() -> g#0"]),
            (
                "({ a() { return () => this }, b: function () {}, c: () => this.d })",
                &[
                    "a() of object -> @1",
                    "arrow _() in @0 -> this@0",
                    "b() of object",
                    "arrow c() of object -> this.d",
                ],
            ),
            ("f(function () { return function () {} })", &["_() -> @1", "_() in @0"]),
            (
                "function* f() { yield 1 } async function* g() {}",
                &["generator f()", "async generator g()"],
            ),
            (
                "const { f = () => 1 } = x; function g(h = () => 2) {}",
                &["arrow f() -> 1", "g(h = @2)", "arrow h() in @1 -> 2"],
            ),
            ("function f({ a }, [b]) {}", &["f(_, _)"]),
        ],
    );
}

#[test]
fn classes() {
    check(
        values,
        &[
            (
                "v = class A extends B { a = 1; static b = 2; c() {} static d() {} get e() {} constructor() {} static {} #f; [g] = 3 }",
                &[
                    "class extends B{a: 1, c: @2, get e: @4, constructor: @5, #f: undefined, [g]: 3; b: 2, d: @3}",
                ],
            ),
            ("v = class extends f(A) {}", &["class extends f(A){}"]),
        ],
    );
    check(
        functions,
        &[(
            "class A { a = this.b; c = () => this; d() { return super.d() } static { this.e = 1 } f = 1 }",
            &[
                "_() of class -> this@0.b",
                "_() of class -> @2",
                "arrow c() in @1 of class -> this@1",
                "d() of class -> super.d()",
                "_() of class",
                "_() of class -> 1",
            ],
        )],
    );
    check(writes, &[("class A { static { this.e = 1 } }", &["this@0.e@0 = 1"])]);
    check_in(
        Dialect::TypeScript,
        writes,
        &[
            (
                "class A { constructor(private a: B, readonly b = 1, c?: D) { this.c = c } }",
                &["this@0.a@0 = a#1", "this@0.b@0 = b#2", "this@0.c@0 = c#3"],
            ),
            (
                "abstract class A { abstract a(): void; declare b: string; c!: D; e(this: A, f: G): void { this.f = f } }",
                &["this@0.f@0 = f#1"],
            ),
        ],
    );
}

#[test]
fn prototypes_stay_writes() {
    check(
        writes,
        &[("Foo.prototype.m = function () { return this.x }", &["Foo.prototype.m = @0"])],
    );
}

#[test]
fn spans_are_those_of_the_source() {
    let source = "wx\n  .getLocation({ a: `x${b}` }); (0, wx.c)(); v = 'a' + b";
    let facts = facts(Dialect::JavaScript, source);
    let spans: Vec<_> =
        facts.occurrences.iter().map(|found| facts.span(found.expr).of(source)).collect();
    assert_eq!(spans, ["wx\n  .getLocation", "b", "wx.c", "v", "b"]);
    assert_eq!(facts.span(facts.calls[0]).of(source), "wx\n  .getLocation({ a: `x${b}` })");
    assert_eq!(facts.span(facts.writes[0].value).of(source), "'a' + b");
}

#[test]
fn other_syntax_is_unknown_but_visited() {
    let facts = facts(Dialect::JavaScript, "v = <a b={wx.c()}>{d.e()}</a>");
    assert_eq!(calls(&facts), ["wx.c()", "d.e()"]);
}

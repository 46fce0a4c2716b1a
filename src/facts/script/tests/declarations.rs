//! Names: where they are declared, what they resolve to, what they are given.

use super::dump::{bindings, occurrences};
use super::{check, check_in};
use crate::syntax::Dialect;

#[test]
fn every_form_of_declaration() {
    check(
        bindings,
        &[
            ("var a = 1; let b; const c = a", &["Var a = 1", "Let b", "Const c = a#0"]),
            (
                "function f(a, b = a, ...c) {}",
                &[
                    "Function f = @0",
                    "Parameter a@0 = @0[0]",
                    "Parameter b@0 = (@0[1] default a#1)",
                    "Parameter c@0 = @0[2]",
                ],
            ),
            ("x = a => a", &["Parameter a@0 = @0[0]"]),
            ("class A {} v = class B {}", &["Class A = class{}", "Class B = class{}"]),
            ("v = function f() {}", &["Function f = @0"]),
            ("try {} catch (e) {}", &["Other e"]),
            ("try {} catch ({ message }) {}", &["Other message = ?.message"]),
            ("for (const a of b) {}", &["Other a = b[?]"]),
            ("for (const { a } of b) {}", &["Other a = b[?].a"]),
            ("for (let a in b) {}", &["Other a = ?"]),
            ("for (var i = 0; i < 1; i++) {}", &["Var i = 0 | ?"]),
            (
                "import a, { b as c, d } from 'm'; import * as e from 'n'",
                &["Import a = $0.default", "Import c = $0.b", "Import d = $0.d", "Import e = $1.*"],
            ),
            ("import { default as a } from 'm'", &["Import a = $0.default"]),
        ],
    );
}

#[test]
fn every_form_of_declaration_in_typescript() {
    check_in(
        Dialect::TypeScript,
        bindings,
        &[
            (
                "declare const wx: any; declare function f(): void; declare namespace n { const a: 1 }",
                &[],
            ),
            ("interface A { b(c: string): void } type D = (e: number) => void", &[]),
            ("import type A from 'a'; import { type B, c } from 'b'", &["Import c = $1.c"]),
            ("import a = require('a'); import b = c.d", &["Import a = $0", "Import b = c.d"]),
            (
                "enum A { B, C, D = 5, E, F = 'f', G, 'h-i' }",
                &["Const A = {B: 0, C: 1, D: 5, E: 6, F: \"f\", G: ?, h-i: ?}"],
            ),
            (
                "namespace N { export const a = 1; function f() {} }",
                &["Other N", "Const a = 1", "Function f = @0"],
            ),
            (
                "function f(this: A, a: B, b?: C, { c }: D = {}) {}",
                &[
                    "Function f = @0",
                    "Parameter a@0 = @0[0]",
                    "Parameter b@0 = @0[1]",
                    "Parameter c@0 = (@0[2] default {}).c",
                ],
            ),
            (
                "function f(a: string): void; function f(a: any) {}",
                &["Function f = @0", "Parameter a@0 = @0[0]"],
            ),
            (
                "abstract class A<T> { constructor(private b: T) {} }",
                &["Class A = class{constructor: @0}", "Parameter b@0 = @0[0]"],
            ),
            ("const f = <T,>(a: T): a is T => a", &["Const f = @0", "Parameter a@0 = @0[0]"]),
            ("let a: typeof wx.b = c", &["Let a = c"]),
        ],
    );
}

#[test]
fn values_come_from_initialisers_first_then_from_assignments() {
    check(
        bindings,
        &[
            ("let a; a = 1; a = b; a += 'c'", &["Let a = 1 | b | <a#0 + \"c\">"]),
            ("a = 1; var a = 2; var a = 3", &["Var a = 2 | 3 | 1"]),
            ("a = 1; function a() {}", &["Function a = @0 | 1"]),
            ("let a = 0; a++; a -= 1; a ??= b", &["Let a = 0 | ? | ? | (a#0 ?? b)"]),
            ("let a, b; a = b = c", &["Let a = (= c)", "Let b = c"]),
            ("let a; f(a = b)", &["Let a = b"]),
            ("let a; do { a = 1 } while (a = 2)", &["Let a = 1 | 2"]),
        ],
    );
}

#[test]
fn destructuring_gives_members() {
    check(
        bindings,
        &[
            (
                "const { a, b: c = 1, ...d } = e",
                &[
                    "Const a = e.a",
                    "Const c = (e.b default 1)",
                    "Const d = {...e, a: undefined, b: undefined}",
                ],
            ),
            (
                "const { a: { b }, 'c': d, [f]: g, ['h']: i } = e",
                &["Const b = e.a.b", "Const d = e.c", "Const g = e[f]", "Const i = e.h"],
            ),
            ("const { a = b } = c", &["Const a = (c.a default b)"]),
            (
                "const [a, , b = 1, [c], ...d] = e",
                &[
                    "Const a = e[0]",
                    "Const b = (e[2] default 1)",
                    "Const c = e[3][0]",
                    "Const d = ?",
                ],
            ),
            (
                "function f({ a, b: { c } = {} }, [d]) {}",
                &[
                    "Function f = @0",
                    "Parameter a@0 = @0[0].a",
                    "Parameter c@0 = (@0[0].b default {}).c",
                    "Parameter d@0 = @0[1][0]",
                ],
            ),
            (
                "let a, b; ({ a, c: b = 1 } = e); [a, b] = [b, a]",
                &["Let a = e.a | [b#1, a#0][0]", "Let b = (e.c default 1) | [b#1, a#0][1]"],
            ),
            ("let a; for (a of b) {} for ([a] of c) {}", &["Let a = b[?] | c[?][0]"]),
        ],
    );
}

#[test]
fn names_resolve_to_the_innermost_declaration() {
    check(
        occurrences,
        &[
            ("a(); { let a; a() } a()", &["Called: a", "Called: a#0", "Called: a"]),
            ("{ a(); var a } a()", &["Called: a#0", "Called: a#0"]),
            ("function f() { a(); var a } a()", &["Called@0: a#1", "Called: a"]),
            ("f(); function f() {}", &["Called: f#0"]),
            ("{ function f() {} } f()", &["Called: f#0"]),
            ("let f; { function f() {} f() } f()", &["Called: f#1", "Called: f#0"]),
            ("(function f() { f() }); f()", &["Called@0: f#0", "Called: f"]),
            ("(function f(f) { f() })", &["Called@0: f#1"]),
            ("(class A { m() { A() } }); A()", &["Called@0: A#0", "Called: A"]),
            ("function f(wx) { wx.a() } wx.a()", &["Called@0: wx#1.a", "Called: wx.a"]),
            ("const f = wx => wx.a(wx)", &["Called@0: wx#1.a", "Read@0: wx#1"]),
            ("try {} catch (wx) { wx.a() } wx.a()", &["Called: wx#0.a", "Called: wx.a"]),
            ("for (const wx of x) wx.a(); wx.a()", &["Read: x", "Called: wx#0.a", "Called: wx.a"]),
            ("for (var wx of x) {} wx.a()", &["Read: x", "Called: wx#0.a"]),
            ("for (let i = 0;;) i(); i()", &["Called: i#0", "Called: i"]),
            ("switch (x) { case 1: let a; a() } a()", &["Read: x", "Called: a#0", "Called: a"]),
            ("function f(a, b = () => a()) {}", &["Called@1: a#1"]),
            ("const { a: b } = c; a(b)", &["Bound b: c.a", "Read: c", "Called: a", "Read: b#0"]),
            ("wx.a(() => { var wx }); ({ wx })", &["Called: wx.a", "Read: wx"]),
            ("l: for (;;) { break l }", &[]),
            ("class A { wx() { wx.a() } }", &["Called@0: wx.a"]),
            ("class A { static { var a; a() } b = a() }", &["Called@0: a#1", "Called@1: a"]),
            ("with (o) { wx.a() }", &["Read: o", "Called: wx.a"]),
            ("\\u0077x.a(); let b\\u0063; bc()", &["Called: wx.a", "Called: bc#0"]),
        ],
    );
    check_in(
        Dialect::TypeScript,
        occurrences,
        &[
            ("declare const wx: any; wx.a()", &["Called: wx.a"]),
            ("declare namespace wx { function a(): void } wx.a()", &["Called: wx.a"]),
            ("import type { wx } from 'x'; wx.a()", &["Called: wx.a"]),
            ("let a: wx.B = <wx.C>wx.d as wx.E; type F = typeof wx.g", &["Bound a: wx.d"]),
            ("namespace N { const wx = 1; wx.a() } wx.a()", &["Called: wx#1.a", "Called: wx.a"]),
            (
                "@wx.dec({ a: wx.b }) class A { @wx.prop c = wx.d; constructor(@wx.inject() e: F) {} }",
                &[
                    "Called: wx.dec",
                    "Read: wx.b",
                    "Read: wx.prop",
                    "Read@0: wx.d",
                    "Called@1: wx.inject",
                ],
            ),
            ("enum A { B = wx.c() }", &["Called: wx.c"]),
            ("f(wx.a!, wx.b as any)", &["Called: f", "Read: wx.a", "Read: wx.b"]),
            ("wx.a!()", &["Called: wx.a"]),
            ("(wx as any).a()", &["Called: wx.a"]),
            ("const a = wx.b!", &["Bound a: wx.b"]),
            ("wx.a<string>(b)", &["Called: wx.a", "Read: b"]),
        ],
    );
}

//! What modules ask for and give, and comments.

use super::dump::modules;
use super::{check, check_in, facts};
use crate::facts::script::ScriptFacts;
use crate::syntax::Dialect;

#[test]
fn imports() {
    check(
        modules,
        &[
            ("const a = require('./a')", &["import ./a"]),
            ("require(`./a`).b(require('c'))", &["import ./a", "import c"]),
            ("require.async('./a').then(f)", &["import ./a"]),
            ("import('./a').then(f)", &["import ./a"]),
            ("import './a'; import b from \"b\"", &["import ./a", "import b"]),
            ("require(a); require('a' + b); a.require('c'); new require('d')", &[]),
            ("function f(require) { require('a') }", &[]),
        ],
    );
    check_in(
        Dialect::TypeScript,
        modules,
        &[
            (
                "import type A from 'a'; import { type B, c } from 'b'",
                &["import type a", "import b"],
            ),
            ("import a = require('a')", &["import a"]),
            ("export type { A } from 'a'", &["import type a"]),
        ],
    );
}

#[test]
fn an_import_has_its_specifier_with_quotes_as_span() {
    for source in ["require('./a')", "import x from './a'", "import('./a')", "export * from './a'"]
    {
        let facts = facts(Dialect::JavaScript, source);
        assert_eq!(facts.imports[0].span.of(source), "'./a'", "{source}");
    }
}

#[test]
fn common_js_exports() {
    check(
        modules,
        &[
            ("module.exports = { a: 1 }", &["export whole = {a: 1}"]),
            ("exports = module.exports = { a: 1 }", &["export whole = {a: 1}"]),
            ("module.exports = exports = f", &["export whole = (= f)"]),
            (
                "module['exports'].a = 1; exports['b'] = 2; exports.c = 3",
                &["export a = 1", "export b = 2", "export c = 3"],
            ),
            (
                "exports.a = exports.b = void 0",
                &["export b = undefined", "export a = (= undefined)"],
            ),
            (
                "exports.default = a; exports.__esModule = true",
                &["export default = a", "export __esModule = true"],
            ),
            (
                "Object.defineProperty(exports, '__esModule', { value: true })",
                &["export __esModule = true"],
            ),
            (
                "Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return b.c } })",
                &["export a = b.c"],
            ),
            (
                "Object.defineProperty(module.exports, 'a', { get() { if (x) return 1; return 2 } })",
                &["export a = @0()"],
            ),
            ("Object.defineProperty(exports, 'a', d)", &["export a = ?"]),
            ("Object.defineProperty(o, 'a', { value: 1 }); exports[k] = 1; exports.a.b = 1", &[]),
            ("(function (module, exports) { module.exports = 1; exports.a = 2 })", &[]),
            ("({ a: exports.b } = c)", &["export b = c.a"]),
        ],
    );
}

#[test]
fn es_exports() {
    check(
        modules,
        &[
            (
                "export const a = 1, { b, c: [d] } = e",
                &["export a = a#0", "export b = b#1", "export d = d#2"],
            ),
            ("export function f() {} export class A {}", &["export f = f#0", "export A = A#1"]),
            ("export default a.b", &["export default = a.b"]),
            ("export default function f() {}", &["export default = f#0"]),
            ("export default function () {}", &["export default = @0"]),
            ("export default class {}", &["export default = class{}"]),
            (
                "let a, b; export { a, b as c, b as default }",
                &["export a = a#0", "export c = b#1", "export default = b#1"],
            ),
            (
                "export { a, b as c, default as d, e as default } from 'm'",
                &[
                    "import m",
                    "export a = $0.a from $0",
                    "export c = $0.b from $0",
                    "export d = $0.default from $0",
                    "export default = $0.e from $0",
                ],
            ),
            (
                "export * from 'm'; export * as n from 'o'",
                &["import m", "import o", "export * from $0", "export n = $1.* from $1"],
            ),
        ],
    );
    check_in(
        Dialect::TypeScript,
        modules,
        &[
            ("export = a", &["export whole = a"]),
            ("export enum A { B } export namespace N {}", &["export A = A#0", "export N = N#1"]),
            ("export interface A {} export type B = C; export declare const d: E", &[]),
            ("const b = 1; export { type A, b }", &["export b = b#0"]),
            ("namespace N { export const a = 1 }", &[]),
            ("export abstract class A {}", &["export A = A#0"]),
            ("export default abstract class A {}", &["export default = A#0"]),
            ("export default interface A {}", &[]),
        ],
    );
}

#[test]
fn comments_that_speak_to_us_are_kept() {
    let comments = |facts: &ScriptFacts| {
        facts.comments.iter().map(|comment| comment.text.to_string()).collect()
    };
    check(
        comments,
        &[
            (
                "// miniguard-disable a\nf() /* miniguard: b */",
                &["miniguard-disable a", "miniguard: b"],
            ),
            ("/** miniguard\n * c */ f(/* other */)", &["miniguard\n * c"]),
            ("// guard", &[]),
            ("'// miniguard'; `/* miniguard */`", &[]),
            ("if (a) // miniguard x\n  b()", &["miniguard x"]),
        ],
    );
}

//! What is done to names and chains.

use super::check;
use super::dump::occurrences;

#[test]
fn a_chain_that_is_only_asked_for_is_tested() {
    check(
        occurrences,
        &[
            ("if (wx.x) f()", &["Tested: wx.x", "Called: f"]),
            ("if (a && wx.x) {}", &["Tested: a", "Tested: wx.x"]),
            ("if (a || (wx.x && b)) {}", &["Tested: a", "Tested: wx.x", "Tested: b"]),
            ("if (a) {} else if (wx.x) {}", &["Tested: a", "Tested: wx.x"]),
            ("wx.x && wx.x()", &["Tested: wx.x", "Called: wx.x"]),
            ("wx.x ? 1 : 2", &["Tested: wx.x"]),
            ("f(!wx.x, !!wx.y)", &["Called: f", "Tested: wx.x", "Tested: wx.y"]),
            ("v = typeof wx.x", &["Written: v", "Tested: wx.x"]),
            ("typeof wx.x === 'function'", &["Tested: wx.x"]),
            ("v = wx.x === undefined", &["Written: v", "Tested: wx.x"]),
            ("v = wx.x != null", &["Written: v", "Tested: wx.x"]),
            ("v = wx.x >= 2", &["Written: v", "Tested: wx.x"]),
            ("v = 'x' in wx", &["Written: v", "Tested: wx"]),
            ("v = wx.x instanceof F", &["Written: v", "Tested: wx.x", "Tested: F"]),
            ("while (wx.x) {}", &["Tested: wx.x"]),
            ("do {} while (wx.x)", &["Tested: wx.x"]),
            ("for (;wx.x;wx.y) {}", &["Tested: wx.x", "Read: wx.y"]),
            ("Boolean(wx.x)", &["Called: Boolean", "Tested: wx.x"]),
            ("if (wx.x || wx.y) {}", &["Tested: wx.x", "Tested: wx.y"]),
            ("if (a ? wx.x : wx.y) {}", &["Tested: a", "Tested: wx.x", "Tested: wx.y"]),
            ("if ((0, wx.x)) {}", &["Tested: wx.x"]),
            ("wx.x || (wx.x = f)", &["Tested: wx.x", "Written: wx.x", "Read: f"]),
            ("wx.x ?? f()", &["Tested: wx.x", "Called: f"]),
            ("return_(wx.x && wx.y)", &["Called: return_", "Tested: wx.x", "Read: wx.y"]),
        ],
    );
}

#[test]
fn a_chain_whose_value_goes_on_is_read() {
    check(
        occurrences,
        &[
            ("const f = wx.a || wx.b", &["Read: wx.a", "Read: wx.b"]),
            ("const f = c ? wx.a : wx.b", &["Tested: c", "Read: wx.a", "Read: wx.b"]),
            ("switch (wx.x) { case y: }", &["Read: wx.x", "Read: y"]),
            ("f(wx, ...wx.y)", &["Called: f", "Read: wx", "Read: wx.y"]),
            (
                "o = { wx, k: wx.x, [wx.k]: 1, ...wx.s }",
                &["Written: o", "Read: wx", "Read: wx.x", "Read: wx.k", "Read: wx.s"],
            ),
            ("[wx.x, ...a]", &["Read: wx.x", "Read: a"]),
            ("`${wx.x}`", &["Read: wx.x"]),
            ("throw wx.x", &["Read: wx.x"]),
            ("wx.x", &["Read: wx.x"]),
            ("function f() { return wx.x }", &["Read@0: wx.x"]),
            ("g = () => wx.x", &["Written: g", "Read@0: wx.x"]),
            ("v = -wx.x + (wx.y, 1)", &["Written: v", "Read: wx.x", "Read: wx.y"]),
            ("v = wx.x in o", &["Written: v", "Read: wx.x", "Tested: o"]),
            ("a[wx.x]", &["Read: a[wx.x]", "Read: wx.x"]),
        ],
    );
}

#[test]
fn a_chain_that_is_called_knows_its_call() {
    check(
        occurrences,
        &[
            ("wx.x({})", &["Called: wx.x"]),
            ("wx['x']()", &["Called: wx.x"]),
            ("wx[`x`]()", &["Called: wx.x"]),
            ("wx[k]()", &["Called: wx[k]", "Read: k"]),
            ("new wx.X", &["New: wx.X"]),
            ("new wx.X(1)", &["New: wx.X"]),
            ("wx?.x?.()", &["Called: wx.x"]),
            ("wx.x.call(wx, o)", &["Called: wx.x.call", "Read: wx", "Read: o"]),
            ("(0, wx.x)()", &["Called: wx.x"]),
            ("((wx.x))()", &["Called: wx.x"]),
            ("async () => { await wx.x() }", &["Called@0: wx.x"]),
            ("(wx.a || wx.b)()", &["Called within: wx.a", "Called within: wx.b"]),
            (
                "(c ? wx.a : wx.b)(k)",
                &["Tested: c", "Called within: wx.a", "Called within: wx.b", "Read: k"],
            ),
            ("(wx.a && wx.a.b)()", &["Tested: wx.a", "Called within: wx.a.b"]),
            ("f()()", &["Called: f"]),
            ("f(g(h))", &["Called: f", "Called: g", "Read: h"]),
            ("(await wx.x()).y()", &["Called: await wx.x().y", "Called: wx.x"]),
            ("wx.tag`a${wx.x}`", &["Tag: wx.tag", "Read: wx.x"]),
            ("(wx.a = b)()", &["Written: wx.a", "Read: b"]),
        ],
    );
}

#[test]
fn a_chain_can_begin_with_anything() {
    check(
        occurrences,
        &[
            (
                "wx.createMapContext('m').moveToLocation()",
                &[
                    "Called: wx.createMapContext",
                    "Called: wx.createMapContext(\"m\").moveToLocation",
                ],
            ),
            ("foo().bar.baz()", &["Called: foo", "Called: foo().bar.baz"]),
            ("(wx || my).f()", &["Called: (wx || my).f", "Read: wx", "Read: my"]),
            ("this.a.b = this.c()", &["Written: this.a.b", "Called: this.c"]),
            ("'a'.concat(b)", &["Called: \"a\".concat", "Read: b"]),
            ("a\n  .b\n  .c()", &["Called: a.b.c"]),
            ("a[i].b[0]", &["Read: a[i].b[0]", "Read: i"]),
        ],
    );
}

#[test]
fn what_is_written_and_what_it_is_bound_to() {
    check(
        occurrences,
        &[
            ("const g = wx.x", &["Bound g: wx.x"]),
            ("let g; g = wx.x", &["Written: g#0", "Bound g: wx.x"]),
            ("let g; (g) = ((wx.x))", &["Written: g#0", "Bound g: wx.x"]),
            ("let g = h = wx.x", &["Written: h", "Read: wx.x"]),
            ("let g, h; h = g = wx.x", &["Written: h#1", "Written: g#0", "Bound g: wx.x"]),
            ("function f(g = wx.x) {}", &["Bound g@0: wx.x"]),
            ("const { a = wx.x } = o", &["Bound a: o.a", "Bound a: wx.x", "Read: o"]),
            ("let g; g ||= wx.x", &["Written: g#0", "Bound g: wx.x"]),
            ("wx.x = f", &["Written: wx.x", "Read: f"]),
            ("wx.x += f", &["Written: wx.x", "Read: f"]),
            ("delete a.b", &["Written: a.b"]),
            ("a.b++; --c", &["Written: a.b", "Written: c"]),
            ("a[i] = 1", &["Written: a[i]", "Read: i"]),
            (
                "const { getLocation, a: { b }, c: d } = wx",
                &[
                    "Bound getLocation: wx.getLocation",
                    "Bound b: wx.a.b",
                    "Bound d: wx.c",
                    "Read: wx",
                ],
            ),
            (
                "let a; ({ a, b: wx.b } = e)",
                &["Bound a: e.a", "Written: a#0", "Read: e.b", "Written: wx.b", "Read: e"],
            ),
            ("for (wx.k of wx.l) {}", &["Written: wx.k", "Read: wx.l"]),
        ],
    );
}

//! Values that are left out, and conditions that they decide.

use super::{A, page};

/// What `net.js` says, asked by a page's one line, leads to `expected`.
#[track_caller]
fn net(source: &str, call: &str, expected: &str) {
    let source = format!("const BASE = 'https://a.example.com'\n{source}");
    page(&format!("const net = require('../net');\n{call}"), &[("net.js", &source)], expected);
}

#[test]
fn an_argument_that_the_caller_leaves_out_is_falsy() {
    for (source, call) in [
        (
            "exports.get = (path, o = {}) => wx.request({ url: (o.base || BASE) + path })",
            "net.get('/x')",
        ),
        (
            "exports.get = (path, o) => wx.request({ url: ((o && o.base) || BASE) + path })",
            "net.get('/x')",
        ),
        (
            "exports.get = (path, o) => wx.request({ url: (o?.base ?? BASE) + path })",
            "net.get('/x')",
        ),
        ("exports.get = (path, base = BASE) => wx.request({ url: base + path })", "net.get('/x')"),
        (
            "exports.get = (path, base) => wx.request({ url: base ? base + path : BASE + path })",
            "net.get('/x')",
        ),
        (
            "exports.get = (o) => wx.request({ url: (o.base || BASE) + o.url })",
            "net.get({ url: '/x' })",
        ),
        (
            "exports.get = ({ base = BASE, url }) => wx.request({ url: base + url })",
            "net.get({ url: '/x' })",
        ),
        (
            "exports.get = (o) => { const { base } = o; wx.request({ url: `${base || BASE}${o.url}` }) }",
            "net.get({ url: '/x' })",
        ),
        (
            "exports.get = (o) => { let base = BASE\nif (o.base) base = o.base\nwx.request({ url: base + o.url }) }",
            "net.get({ url: '/x' })",
        ),
    ] {
        net(source, call, A);
    }
}

#[test]
fn a_spread_of_what_is_left_out_adds_nothing() {
    for (source, call) in [
        ("exports.get = (url, more) => wx.request({ url: BASE + url, ...more })", "net.get('/x')"),
        (
            "exports.get = (url, more) => wx.request(Object.assign({ url: BASE + url }, more))",
            "net.get('/x')",
        ),
        ("exports.get = (url) => wx.request({ url: BASE + url, ...null })", "net.get('/x')"),
        (
            "exports.get = (o) => wx.request({ url: BASE + o.url, ...o.more })",
            "net.get({ url: '/x' })",
        ),
        (
            "exports.get = (o) => { const { url, ...rest } = o\nwx.request({ url: BASE + url, ...rest }) }",
            "net.get({ url: '/x', method: 'GET' })",
        ),
        (
            "exports.get = ({ url: path, ...rest }) => wx.request({ url: BASE + path, ...rest })",
            "net.get({ url: '/x' })",
        ),
        (
            "exports.get = (o) => { const { url = '/y', load = true, ...rest } = o\nwx.request(Object.assign({ url: BASE + url }, rest)) }",
            "net.get({ url: '/x' })",
        ),
    ] {
        net(source, call, A);
    }
}

#[test]
fn what_may_be_given_elsewhere_is_not_left_out() {
    for (source, call, expected) in [
        (
            "exports.get = (o) => { fill(o)\nwx.request({ url: (o.base || BASE) + '/x' }) }\nfunction fill(o) { o.base = remote() }",
            "net.get({})",
            "https://a.example.com? not-followed",
        ),
        (
            "exports.get = (o) => { for (const k in more) o[k] = more[k]\nwx.request({ url: (o.base || BASE) + '/x' }) }",
            "net.get({})",
            "https://a.example.com? not-followed",
        ),
        (
            "exports.get = (o) => { Object.assign(o, remote())\nwx.request({ url: (o.base || BASE) + '/x' }) }",
            "net.get({})",
            "https://a.example.com? not-followed",
        ),
        (
            "exports.get = (o) => wx.request({ url: (o.base || BASE) + '/x' })",
            "net.get({ base: 'https://b.example.com' })",
            "https://b.example.com",
        ),
        (
            "exports.get = (o) => wx.request({ url: (o.base || BASE) + '/x' })",
            "net.get({ ...remote() })",
            "https://a.example.com? not-followed",
        ),
        (
            "exports.get = (o) => wx.request({ url: (o.base || BASE) + '/x' })",
            "net.get({ [remote()]: '' })",
            "https://a.example.com? not-followed",
        ),
    ] {
        net(source, call, expected);
    }
}

#[test]
fn compiled_modules_call_and_copy_by_helpers() {
    let get = "exports.get = (o) => wx.request(";
    for (source, call) in [
        ("{ url: BASE + o.url })", "Object(net.get)({ url: '/x' })"),
        ("{ url: BASE + o.url })", "(0, net.get)({ url: '/x' })"),
        ("_objectSpread2({ method: 'GET' }, o, { url: BASE + o.url }))", "net.get({ url: '/x' })"),
        ("_extends({}, o, { url: BASE + o.url }))", "net.get({ url: '/x' })"),
        ("(0, _objectSpread2.default)({}, o, { url: BASE + o.url }))", "net.get({ url: '/x' })"),
        ("tslib.__assign(tslib.__assign({}, o), { url: BASE + o.url }))", "net.get({ url: '/x' })"),
    ] {
        let helpers = "const _objectSpread2 = require('helper'), _extends = require('helper'), \
                       tslib = require('tslib')";
        net(&format!("{helpers}\n{get}{source}"), call, A);
    }
}

#[test]
fn null_has_no_host() {
    for body in [
        "const base = o.off ? null : BASE; if (!base) return; wx.request({ url: base + '/x' })",
        "let base = null; if (o.on) base = BASE; wx.request({ url: `${base}/x` })",
        "wx.request({ url: (o.off ? null : BASE) + '/x' })",
        "wx.request({ url: `https://${o.off ? null : 'a.example.com'}/x` })",
    ] {
        let page_ =
            format!("const BASE = 'https://a.example.com'\nPage({{ onLoad(o) {{ {body} }} }})");
        page(&page_, &[], "https://a.example.com absent-value");
    }
    page("wx.request({ url: `https://${null}/x` })", &[], "? absent-value");
    let path = "wx.request({ url: 'https://a.example.com' + (off() ? null : '/x') })";
    page(path, &[], A);
    page("wx.request({ url: null })", &[], "? absent-value");
}

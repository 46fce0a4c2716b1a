//! Tests of texts that decide where a request goes.

use super::{A, page};

#[test]
fn a_test_of_a_known_text_goes_one_way() {
    for source in [
        "const base = 'https://a.example.com'\nconst root = base.endsWith('/') ? base : base + '/'\nwx.request({ url: root + 'x' })",
        "const base = 'https://a.example.com'\nwx.request({ url: base.includes('://') ? base : 'https://b.example.com' })",
        "const base = 'https://a.example.com//'.replace(/\\/+$/, '')\nwx.request({ url: base + '/x' })",
        "const base = 'http://a.example.com'\nwx.request({ url: base.replace(/^http:/, 'https:') + '/x' })",
        "const base = '//a.example.com'\nwx.request({ url: /^http/.test(base) ? base : 'https:' + base })",
    ] {
        page(source, &[], A);
    }
}

#[test]
fn a_caller_with_a_path_is_given_the_base_alone() {
    for test in [
        "url.startsWith('http')",
        "/^https?:/.test(url)",
        "/^(?:https?:)?\\/\\//.test(url)",
        "url.indexOf('http') === 0",
        "!(url.indexOf('http') !== 0)",
        "url.match(/^http/i)",
    ] {
        let net = format!(
            "const BASE = 'https://a.example.com'\nexports.get = (url) => wx.request({{ url: {test} ? url : BASE + url }})"
        );
        let others = [("net.js", net.as_str())];
        for path in ["'/x'", "`/x/${id()}`", "'/x?to=' + id()"] {
            page(&format!("require('../net').get({path})"), &others, A);
        }
    }
}

#[test]
fn a_path_without_a_slash_makes_no_host() {
    for source in [
        "wx.request({ url: 'https://a.example.com' + 'goods' })",
        "wx.request({ url: `${'https://a.example.com'}goods/${id()}` })",
        "wx.request({ url: ['https://a.example.com', 'goods'].join('') })",
        "wx.request({ url: 'https://a.example.com'.concat('goods') })",
        "let url = 'https://a.example.com'\nurl += 'goods'\nwx.request({ url: `${url}` })",
    ] {
        let found = super::reached(&[("p/p.js", source)]);
        assert!(!found[0].contains("comgoods"), "{found:?}");
    }
}

//! Cards of network calls by example: the card over a word of a page, in English.

use crate::ide::hover;
use crate::path::FilePath;
use crate::project::Files;

/// The card over the first character of `needle` in `file` of a program whose page is `page`.
fn card(file: &str, page: &str, needle: &str) -> Option<String> {
    let texts = [
        ("app.json", r#"{"pages": ["p/p"]}"#),
        ("app.js", "App({})"),
        (
            "server-domains.json",
            r#"{"requestdomain": ["https://api.example.com"], "uploaddomain": [], "bizdomain": ["https://h5.example.com"]}"#,
        ),
        ("config.js", "export const BASE = 'https://api.example.com'"),
        (
            "http.js",
            "import { BASE } from './config'\nexport const send = (url) => wx.request({ url })\nexport const get = (path) => send(BASE + path)\nexport const post = (options) => wx.request({ url: options.url, data: options.data })\nexport const up = (url) => wx.uploadFile({ url })",
        ),
        ("p/p.js", page),
        ("p/p.wxml", r#"<web-view src="https://m.h5.example.com/faq"/><view class="a"/>"#),
    ];
    let files: Files = texts
        .iter()
        .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
        .collect();
    let path = FilePath::new(file).unwrap();
    let offset = files.get(&path).unwrap().source.find(needle).unwrap();
    Some(hover(&files, &path, offset)?.markdown.en)
}

const IMPORTS: &str =
    "import { BASE } from '../config'\nimport { get, send, post, up } from '../http'\n";

#[track_caller]
fn in_page(page: &str, needle: &str, expected: Option<&str>) {
    let found = card("p/p.js", &format!("{IMPORTS}{page}"), needle);
    assert_eq!(found.as_deref(), expected, "{needle} in {page}");
}

#[test]
fn the_address_of_a_call_says_where_it_goes_and_whence_the_host_comes() {
    let expected = "**`wx.request`**\n\nGoes to:\n- `https://api.example.com` — registered (request 合法域名)\n  - `'https://api.example.com'` (config.js) → `wx.request` (p/p.js)\n";
    in_page("wx.request({ url: BASE + '/menu' })", "BASE + ", Some(expected));
    in_page("wx.request({ url: BASE + '/menu', data: 1 })", "data", None);
}

#[test]
fn a_call_of_a_wrapper_shows_the_way_through_it() {
    let expected = "**`get`**\n\nGoes to:\n- `https://api.example.com` — registered (request 合法域名)\n  - `'https://api.example.com'` (config.js) → `get` (p/p.js) → `send` (http.js) → `wx.request` (http.js)\n";
    in_page("get('/menu')", "get('/", Some(expected));
    in_page("get('/menu')", "'/menu", Some(expected));
}

#[test]
fn what_is_not_registered_or_never_can_be_says_so() {
    in_page(
        "up('https://api.example.com/photos')",
        "up('",
        Some(
            "**`up`**\n\nGoes to:\n- `https://api.example.com` — not registered: registered for another list: request 合法域名 (uploadFile 合法域名)\n  - `'https://api.example.com/photos'` (p/p.js) → `up` (p/p.js) → `wx.uploadFile` (http.js)\n",
        ),
    );
    in_page(
        "send('http://api.example.com/menu')",
        "'http:",
        Some(
            "**`send`**\n\nGoes to:\n- `http://api.example.com` — refused: only https:// is allowed\n  - `'http://api.example.com/menu'` (p/p.js) → `send` (p/p.js) → `wx.request` (http.js)\n",
        ),
    );
}

#[test]
fn what_is_not_known_says_why() {
    in_page(
        "Page({ onLoad(options) { send(options.server) } })",
        "options.server",
        Some("**`send`**\n\nWhere it goes comes from: what the page is opened with\n"),
    );
    in_page(
        "Page({ onLoad(options) { send(options.server || BASE) } })",
        "options.server",
        Some(
            "**`send`**\n\nGoes to:\n- `https://api.example.com` — registered (request 合法域名)\n  - `'https://api.example.com'` (config.js) → `send` (p/p.js) → `wx.request` (http.js)\n\nOther hosts are possible; they come from: what the page is opened with\n",
        ),
    );
    // In the wrapper itself callers are not determined.
    let inside = card("http.js", "", "url })").unwrap();
    assert_eq!(
        inside,
        "**`wx.request`**\n\nWhere it goes comes from: the callers of this function\n"
    );
}

#[test]
fn only_the_address_of_an_object_speaks_of_it() {
    let page = "post({ url: BASE + '/orders', data: { note: 1 } })";
    assert!(card("p/p.js", &format!("{IMPORTS}{page}"), "BASE + ").is_some());
    in_page(page, "note", None);
    in_page("const own = (path) => path\nown('/menu')", "own('/", None);
}

#[test]
fn a_card_of_an_interface_goes_on_with_where_it_goes() {
    let web_view = card("p/p.wxml", "", "web-view").unwrap();
    assert!(web_view.starts_with("**`component web-view`**"), "{web_view}");
    let address = card("p/p.wxml", "", "https").unwrap();
    assert!(address.starts_with("**`component web-view`**\n\nGoes to:"), "{address}");
    for card in [web_view, address] {
        assert!(card.contains("- `https://m.h5.example.com` — registered (业务域名)"), "{card}");
    }
    assert_eq!(card("p/p.wxml", "", "class"), None);
    let request =
        card("p/p.js", "wx.request({ url: 'https://other.example.com' })", "wx.").unwrap();
    assert!(request.contains("`https://other.example.com` — not registered"), "{request}");
}

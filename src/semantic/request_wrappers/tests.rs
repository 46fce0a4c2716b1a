//! Wrappers and hosts by example: a program in, `file:line api or callee [origins resolution]` out.

use super::propagate_callers;
use crate::path::FilePath;
use crate::project::{Files, Project};
use crate::semantic::api_use::Destinations;
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::{uses_of_file, wrapper_calls_of_file};
use crate::text::{Text, Units};

/// Every network use and every call of a wrapper in a small program, joined, by file and line.
fn reached(texts: &[(&str, &str)]) -> Vec<String> {
    let mut all = vec![("app.json", "{\"pages\": [\"p/p\"]}"), ("app.js", "")];
    all.retain(|(name, _)| texts.iter().all(|(other, _)| other != name));
    all.extend(texts);
    let files: Files = all
        .into_iter()
        .map(|(path, text)| (FilePath::new(path).unwrap(), text.to_owned()))
        .collect();
    let project = Project::resolve(&files);
    let modules = ModuleGraph::of(&files, &project.programs[0]);
    let (mut uses, mut calls) = (Vec::new(), Vec::new());
    for file in files.iter() {
        uses.extend(uses_of_file(&modules, file).into_iter().filter(|used| used.reach.is_some()));
        calls.extend(wrapper_calls_of_file(&modules, file));
    }
    propagate_callers(&mut uses, &mut calls);
    let said = |place: &crate::finding::Place, name: &str, reach: &Destinations| {
        let text = Text::new(&files.get(&place.file).unwrap().source);
        let line = text.position(place.span.start(), Units::Utf16).line + 1;
        let rest = if reach.complete { "" } else { "?" };
        let reasons: Vec<&str> =
            reach.reasons.iter().map(crate::semantic::string_value::UnknownReason::name).collect();
        let reasons =
            if reasons.is_empty() { String::new() } else { format!(" {}", reasons.join(" ")) };
        format!("{}:{line} {name} [{}{rest}{reasons}]", place.file, reach.origins().join(" "))
    };
    let uses = uses.iter().map(|one| said(&one.place, one.api, one.reach.as_ref().unwrap()));
    let calls = calls.iter().map(|one| said(&one.place, &one.callee, &one.reach()));
    let mut found: Vec<String> = uses.chain(calls).collect();
    found.sort();
    found
}

/// Where the last line of `page` leads: its one call.
#[track_caller]
fn page(page: &str, others: &[(&str, &str)], expected: &str) {
    let mut texts = vec![("p/p.js", page)];
    texts.extend(others);
    let found = reached(&texts);
    let line = format!("p/p.js:{} ", page.lines().count());
    let last: Vec<&String> = found.iter().filter(|one| one.starts_with(&line)).collect();
    let last: Vec<String> =
        last.into_iter().map(|one| one[one.find('[').unwrap()..].to_owned()).collect();
    assert_eq!(last, [format!("[{expected}]")], "{page}\n{found:#?}");
}

const A: &str = "https://a.example.com";

mod absent;
mod text;

#[test]
fn a_wrapper_is_followed_from_each_of_its_callers() {
    let util = "function request(url) { return new Promise((resolve) => wx.request({ url })) }\n\
                const get = (url) => request(url)\nmodule.exports = { request, get }";
    let page = "const util = require('../util')\nutil.get('https://a.example.com/x')\n\
                util.request('https://b.example.com/y')";
    assert_eq!(
        reached(&[("util.js", util), ("p/p.js", page)]),
        [
            "p/p.js:2 util.get [https://a.example.com]",
            "p/p.js:3 util.request [https://b.example.com]",
            "util.js:1 wx.request [https://a.example.com https://b.example.com]",
            "util.js:2 request [https://a.example.com]",
        ]
    );
}

#[test]
fn an_address_that_is_known_without_the_caller_makes_no_wrapper() {
    let api = "exports.user = (id) => wx.request({ url: 'https://a.example.com/user/' + id })";
    assert_eq!(
        reached(&[("api.js", api), ("p/p.js", "require('../api').user(7)")]),
        ["api.js:1 wx.request [https://a.example.com]"]
    );
}

#[test]
fn wrappers_have_many_shapes() {
    for (wrapper, call) in [
        ("exports.go = (url) => wx.request({ url })", "w.go('https://a.example.com/x')"),
        ("exports.go = (o) => wx.request(o)", "w.go({ url: 'https://a.example.com/x' })"),
        ("exports.go = ({ url }) => wx.request({ url })", "w.go({ url: 'https://a.example.com' })"),
        (
            "exports.go = (o) => wx.request({ ...o, method: 'POST' })",
            "w.go({ url: 'https://a.example.com/x' })",
        ),
        (
            "exports.go = (o) => wx.request(Object.assign({ timeout: 1 }, o))",
            "w.go({ url: 'https://a.example.com/x' })",
        ),
        (
            "const base = 'https://a.example.com'\nexports.go = (path, base_ = base) => wx.request({ url: base_ + path })",
            "w.go('/x')",
        ),
        (
            "function promisify(f) { return (o) => new Promise((y) => f({ ...o, success: y })) }\n\
             exports.go = (url) => { const request = promisify(wx.request); return request({ url }) }",
            "w.go('https://a.example.com/x')",
        ),
        (
            "class Http { constructor(o) { this.base = o.base }\n get(path) { return wx.request({ url: this.base + path }) } }\n\
             module.exports = new Http({ base: 'https://a.example.com' })",
            "w.get('/x')",
        ),
        (
            "class Base { constructor(base) { this.base = base }\n go(path) { wx.request({ url: `${this.base}${path}` }) } }\n\
             class Shop extends Base { constructor() { super('https://a.example.com') } }\nmodule.exports = new Shop()",
            "w.go('/x')",
        ),
        (
            "class Http { base = 'https://a.example.com'\n get = (path) => this.send(path)\n send(path) { wx.request({ url: this.base + path }) } }\n\
             module.exports = new Http()",
            "w.get('/x')",
        ),
        (
            "function Http(base) { this.base = base }\nHttp.prototype.get = function (p) { wx.request({ url: this.base + p }) }\n\
             module.exports = new Http('https://a.example.com')",
            "w.get('/x')",
        ),
        (
            "const make = (base) => ({ get: (path) => wx.request({ url: base + path }) })\n\
             module.exports = make('https://a.example.com')",
            "w.get('/x')",
        ),
        (
            "function go(url) { wx.request({ url }) }\nexports.go = go.bind(null)",
            "w.go('https://a.example.com/x')",
        ),
        (
            "class Http { constructor(o) { this.base = o.base }\n list() { return wx.request({ url: this.base + '/x' }) } }\n\
             module.exports = new Http({ base: 'https://a.example.com' })",
            "w.list()",
        ),
        (
            "const make = (base) => ({ list: () => wx.request({ url: base + '/x' }) })\n\
             module.exports = make('https://a.example.com')",
            "w.list()",
        ),
        ("exports.go = (url) => wx.request({ url })", "w.go.call(null, 'https://a.example.com/x')"),
        (
            "module.exports = { base: 'https://a.example.com',\n request(o) { o.url = this.base + o.url; wx.request(o) },\n\
             get(url, o = {}) { o.url = url; return this.request(o) } }",
            "w.get('/x')",
        ),
        (
            "exports.go = async (url) => { if (!/^http/.test(url)) url = 'https://a.example.com' + url; await wx.request({ url }) }",
            "w.go('/x')",
        ),
    ] {
        page(&format!("const w = require('../w')\n{call}"), &[("w.js", wrapper)], A);
    }
}

#[test]
fn a_constructor_that_asks_is_called_by_new() {
    let player = "class Base { constructor(o) { this.root = o.root\n if (o.root) this.load() }\n\
                  load() { wx.request({ url: this.root + '/mesh.json' }) } }\n\
                  class Player extends Base {}\nmodule.exports = Player";
    let page =
        "const Player = require('../player')\nnew Player({ root: 'https://a.example.com/m' })";
    let found = reached(&[("player.js", player), ("p/p.js", page)]);
    assert!(found.contains(&"p/p.js:2 new Player [https://a.example.com]".to_owned()), "{found:?}");
    assert!(
        found.contains(&"player.js:3 wx.request [https://a.example.com]".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_another_function_may_set_hides_no_caller() {
    let kit = "let base = 'https://a.example.com'\nconst common = 'https://b.example.com'\n\
               const request = (path) => { let url = base + path\nif (path.indexOf('http') === 0) url = path\n\
               wx.request({ url }) }\n\
               module.exports = { init(host) { base = host }, list: () => request('/list'), ip: () => request(common + '/ip') }\n\
               wx.onAppShow(module.exports.init)";
    let found = reached(&[("kit.js", kit)]);
    assert!(
        found.contains(
            &"kit.js:5 wx.request [https://a.example.com https://b.example.com? parameter]"
                .to_owned()
        ),
        "{found:#?}"
    );
}

#[test]
fn what_the_program_decides_is_decided() {
    for source in [
        "const ENV = 'prod'\nconst urls = { dev: 'https://d.example.com', prod: 'https://a.example.com' }\nwx.request({ url: urls[ENV] })",
        "const ENV = 'prod'\nwx.request({ url: ENV === 'prod' ? 'https://a.example.com' : 'https://d.example.com' })",
        "const ENV = 'prod'\nlet host\nif (ENV === 'dev') { host = 'https://d.example.com' } else { host = 'https://a.example.com' }\nwx.request({ url: host })",
        "const ENV = 'prod'\nfunction host() { switch (ENV) { case 'dev': return 'https://d.example.com'; default: return 'https://a.example.com' } }\nwx.request({ url: host() })",
        "const ENV = 'prod'\nfunction host() { switch (ENV) { case 'prod': return 'https://a.example.com'; default: return 'https://d.example.com' } }\nwx.request({ url: host() })",
        "wx.request({ url: ['https://a.example.com', 'v1'].join('/') })",
        "wx.request({ url: 'https://'.concat('a.example.com', '/v1') })",
        "wx.request({ url: 'https://HOST/v1'.replace('HOST', 'a.example.com') })",
        "let url = 'https://a.example.com'\nurl += '/v1'\nurl += '/x'\nwx.request({ url })",
    ] {
        page(source, &[], A);
    }
    let open = "let env = 'dev'\nwx.onAppShow(function set(e) { env = e })\nconst urls = { dev: 'https://d.example.com', prod: 'https://a.example.com' }\nwx.request({ url: urls[env] })";
    page(open, &[], "https://a.example.com https://d.example.com");
}

#[test]
fn the_app_and_what_hangs_on_wx_are_seen_from_every_file() {
    let app = ("app.js", "App({ globalData: { host: 'https://a.example.com' } })");
    page("wx.request({ url: getApp().globalData.host + '/x' })", &[app], A);
    page("const app = getApp()\nwx.request({ url: app.globalData.host + '/x' })", &[app], A);
    let set = (
        "app.js",
        "App({ onLaunch() { this.globalData.host = 'https://a.example.com' }, globalData: {} })",
    );
    page("wx.request({ url: getApp().globalData.host + '/x' })", &[set], A);
    let method = ("app.js", "App({ request(url) { wx.request({ url }) } })");
    page("getApp().request('https://a.example.com/x')", &[method], A);
    let wx_writes = ("app.js", "wx.http = { host: 'https://a.example.com' }");
    page("wx.request({ url: wx.http.host + '/x' })", &[wx_writes], A);
    let data = "Page({ data: { host: '' },\n onLoad() { this.setData({ host: 'https://a.example.com' }) },\n go() {\nwx.request({ url: this.data.host + '/x' })\n} })";
    let found = reached(&[("p/p.js", data)]);
    assert_eq!(found, ["p/p.js:4 wx.request [https://a.example.com]"]);
    let ext =
        ("ext.json", "{ \"extEnable\": true, \"ext\": { \"host\": \"https://a.example.com\" } }");
    page("wx.request({ url: wx.getExtConfigSync().host + '/x' })", &[ext], A);
}

#[test]
fn what_is_not_known_says_why() {
    for (source, expected) in [
        ("wx.request({ url: wx.getStorageSync('host') + '/x' })", "? storage"),
        ("Page({ tap(e) { wx.request({ url: e.currentTarget.dataset.url }) } })", "? user-input"),
        ("Page({ onLoad(options) { wx.request({ url: options.url }) } })", "? page-options"),
        ("Page({ go() { wx.request({ url: this.data.url }) } })", "? page-data"),
        ("wx.login({ success(res) { wx.request({ url: res.url }) } })", "? server-response"),
        ("wx.request({ url: require('../c').absent + '/x' })", "? undefined-member"),
        ("function go(url) { wx.request({ url }) }", "? parameter"),
    ] {
        page(source, &[("c.js", "module.exports = { host: 'https://c.example.com' }")], expected);
    }
}

#[test]
fn a_caller_without_a_host_leaves_those_of_the_others() {
    let util = "exports.go = (url) => wx.request({ url })";
    let page =
        "const u = require('../util'), c = require('../c')\nu.go(c.absent + '/x')\nu.go(c.host)";
    let config = "module.exports = { host: 'https://a.example.com' }";
    assert_eq!(
        reached(&[("util.js", util), ("c.js", config), ("p/p.js", page)])[2],
        "util.js:1 wx.request [https://a.example.com undefined-member]"
    );
}

#[test]
fn long_and_branching_programs_end() {
    let chain = ".then((r) => r)".repeat(30_000);
    page(
        &format!("const go = (url) => wx.request({{ url }})\ngo('https://a.example.com/x'){chain}"),
        &[],
        A,
    );
    // Each of two modules leads on to the other, twice: 2^n ways.
    let here = "const there = require('./there')\n\
                exports.go = (url) => { there.go(url + '/a'); there.go(url + '/b'); wx.request({ url }) }";
    let there = "const here = require('./here')\n\
                 exports.go = (url) => { here.go(url + '/c'); here.go(url + '/d') }";
    page(
        "require('../here').go('https://a.example.com')",
        &[("here.js", here), ("there.js", there)],
        A,
    );
    // Each function calls the next three times: 3^300 ways to one request.
    let rungs = (0..300).map(|at| {
        let next = at + 1;
        format!("function f{at}(u) {{ f{next}(u); f{next}(u); f{next}(u) }}\n")
    });
    let ladder = rungs.collect::<Vec<_>>().concat();
    let found = reached(&[(
        "p/p.js",
        &format!(
            "{ladder}function f300(u) {{ wx.request({{ url: u }}) }}\nf0('https://a.example.com')"
        ),
    )]);
    assert!(found.iter().any(|one| one.starts_with("p/p.js:301 wx.request")), "{found:?}");
}

#[test]
fn hostile_programs_end() {
    let recursive = "function f(u) { return g(u + '/a') }\nfunction g(u) { wx.request({ url: u }); return f(u + '/b') }\nf('https://a.example.com')";
    let found = reached(&[("p/p.js", recursive)]);
    assert!(
        found.iter().any(|one| one.starts_with("p/p.js:3 f [https://a.example.com")),
        "{found:?}"
    );
    let doubling: String =
        (0..40).fold("let s = x ? 'a' : 'b'\n".to_owned(), |text, _| text + "s = s + s\n");
    page(&format!("{doubling}wx.request({{ url: s }})"), &[], "? not-followed");
    let entries: String = vec!["k: 'https://h.example.com',"; 10_000].concat();
    page(&format!("const t = {{ {entries} }}\nwx.request({{ url: t[k] }})"), &[], "? not-followed");
    page("wx.request({ url: ({}).__proto__.constructor.name })", &[], "? not-followed");
    for source in [
        "const t = { __proto__: { url: 'https://a.example.com' } }\nwx.request({ url: t.absent })",
        "const t = { url: 'https://a.example.com' }\nwx.request({ url: t.constructor })",
        "const t = { url: 'https://a.example.com' }\nwx.request({ url: t['__proto__'].url })",
        "const t = {}\nt.__proto__.url = 'https://a.example.com'\nwx.request({ url: ({}).url })",
    ] {
        page(source, &[], "? not-followed");
    }
    let around = ("b.js", "export * from './c'");
    let back = ("c.js", "export * from './b'");
    page("import { u } from '../b'\nwx.request({ url: u })", &[around, back], "? not-followed");
}

#[test]
fn what_a_setter_is_given_is_what_its_callers_give() {
    for (setter, call) in [
        // A variable of the module, set at the start.
        (
            "let base = ''\nmodule.exports = { setBase(b) { base = b }, get: (path) => wx.request({ url: base + path }) }",
            "w.setBase('https://a.example.com')\nw.get('/x')",
        ),
        (
            "let base\nexports.setBase = (b) => { base = 'https://' + b }\nexports.get = (path) => wx.request({ url: base + path })",
            "w.setBase('a.example.com')\nw.get('/x')",
        ),
        // Options, a default and a name of its own.
        (
            "let root = ''\nfunction configure({ base = '' } = {}) { root = base }\nconst get = (path) => wx.request({ url: root + path })\nmodule.exports = { configure, get }",
            "const { configure } = require('../w')\nconfigure({ base: 'https://a.example.com' })\nw.get('/x')",
        ),
        // A member of an object, and of a class that is made once.
        (
            "module.exports = { base: '', setBase(b) { this.base = b }, get(path) { wx.request({ url: this.base + path }) } }",
            "w.setBase('https://a.example.com')\nw.get('/x')",
        ),
        (
            "class Http { setBase(b) { this.base = b }\n get(path) { wx.request({ url: this.base + path }) } }\nmodule.exports = new Http()",
            "w.setBase('https://a.example.com')\nw.get('/x')",
        ),
        (
            "class Http { constructor() { this.setBase('https://a.example.com') }\n setBase(b) { this.base = b }\n get(path) { wx.request({ url: this.base + path }) } }\nmodule.exports = new Http()",
            "w.get('/x')",
        ),
        // A function without callers contributes nothing.
        (
            "let base = 'https://a.example.com'\nmodule.exports = { setBase(b) { base = b }, get: (path) => wx.request({ url: base + path }) }",
            "w.get('/x')",
        ),
        // A caller that hands its own parameter on.
        (
            "let base = ''\nfunction setBase(b) { base = b }\nconst start = (b) => setBase(b)\nmodule.exports = { start, get: (path) => wx.request({ url: base + path }) }",
            "w.start('https://a.example.com')\nw.get('/x')",
        ),
    ] {
        page(&format!("const w = require('../w')\n{call}"), &[("w.js", setter)], A);
    }
}

#[test]
fn a_setter_of_one_object_says_nothing_of_another() {
    let http = "class Http { setBase(b) { this.base = b }\n get(path) { wx.request({ url: this.base + path }) } }\nmodule.exports = Http";
    let page = "const Http = require('../http')\nconst a = new Http()\nconst b = new Http()\n\
                a.setBase('https://a.example.com')\nb.setBase('https://b.example.com')\na.get('/x')\nb.get('/y')";
    let found = reached(&[("http.js", http), ("p/p.js", page)]);
    assert!(found.contains(&"p/p.js:6 a.get [https://a.example.com]".to_owned()), "{found:#?}");
    assert!(found.contains(&"p/p.js:7 b.get [https://b.example.com]".to_owned()), "{found:#?}");
}

#[test]
fn a_setter_that_others_may_call_leaves_its_host_open() {
    for (setter, call) in [
        // Passed on, under another name, called by what we do not see.
        ("module.exports = { setBase, get }", "wx.onAppShow(w.setBase)\nw.get('/x')"),
        ("module.exports = { init: setBase, get }", "w.get('/x')"),
        ("exports.get = get\nstart({ ready: setBase })", "w.get('/x')"),
        (
            "exports.get = get\nexports.setBase = setBase",
            "other().setBase('https://b.example.com')\nw.get('/x')",
        ),
    ] {
        let setter = format!(
            "let base = 'https://a.example.com'\nfunction setBase(b) {{ base = b }}\n\
             const get = (path) => wx.request({{ url: base + path }})\n{setter}"
        );
        let page = format!("const w = require('../w')\n{call}");
        let found = reached(&[("w.js", &setter), ("p/p.js", &page)]);
        let last = found.iter().find(|one| one.contains("w.get")).unwrap();
        assert!(last.ends_with("[https://a.example.com? parameter]"), "{setter}\n{found:#?}");
    }
}

#[test]
fn interceptors_put_the_host_before_the_path() {
    let one_by_one = "class Http {\n constructor() { this.before = [] }\n use(f) { this.before.push(f) }\n\
         get(url) { let options = { url }\n BODY\n wx.request(options) } }\nmodule.exports = new Http()";
    let lists = "class Line { constructor() { this.all = [] }\n use(f) { this.all.push(f) } }\n\
         class Http {\n constructor() { this.interceptors = { request: new Line(), response: new Line() } }\n\
         get(url) { let options = { url }\n this.interceptors.request.all.forEach((f) => { options = f(options) })\n\
         wx.request(options) } }\nmodule.exports = new Http()";
    let promised = "module.exports = { before: null, onRequest(f) { this.before = f }, get(url) { const options = { url }\n\
         return Promise.resolve(this.before(options)).then((made) => wx.request(made)) } }";
    let whole = "(o) => { o.url = 'https://a.example.com' + o.url\n return o }";
    let copy = "(o) => ({ ...o, url: 'https://a.example.com' + o.url })";
    let silent = "(o) => { o.url = 'https://a.example.com' + o.url }";
    for (wrapper, body, call) in [
        (
            one_by_one,
            "for (const f of this.before) options = f(options)",
            format!("w.use({whole})"),
        ),
        (one_by_one, "for (const f of this.before) options = f(options)", format!("w.use({copy})")),
        (one_by_one, "this.before.forEach((f) => f(options))", format!("w.use({silent})")),
        (
            one_by_one,
            "for (let i = 0; i < this.before.length; i++) { options = this.before[i](options) || options }",
            format!("w.use({whole})"),
        ),
        (
            one_by_one,
            "options = this.before.reduce((o, f) => f(o), options)",
            format!("w.use({whole})"),
        ),
        (
            lists,
            "",
            format!(
                "w.interceptors.request.use({whole})\nw.interceptors.response.use((r) => r.data)"
            ),
        ),
        (promised, "", format!("w.onRequest({whole})")),
    ] {
        let wrapper = wrapper.replace("BODY", body);
        let page = format!("const w = require('../w')\n{call}\nw.get('/x')");
        let found = reached(&[("w.js", &wrapper), ("p/p.js", &page)]);
        let last = found
            .iter()
            .find(|one| one.contains(" w.get "))
            .unwrap_or_else(|| panic!("{wrapper}\n{found:#?}"));
        assert!(last.ends_with(" w.get [https://a.example.com]"), "{wrapper}\n{page}\n{found:#?}");
    }
}

#[test]
fn an_interceptor_of_one_client_says_nothing_of_another() {
    let http = "class Http {\n constructor() { this.before = [] }\n use(f) { this.before.push(f) }\n\
         get(url) { let options = { url }\n for (const f of this.before) options = f(options)\n wx.request(options) } }\nmodule.exports = Http";
    let page = "const Http = require('../http')\nconst a = new Http()\nconst b = new Http()\n\
         a.use((o) => { o.url = 'https://a.example.com' + o.url\n return o })\n\
         b.use((o) => { o.url = 'https://b.example.com' + o.url\n return o })\na.get('/x')\nb.get('/y')";
    let found = reached(&[("http.js", http), ("p/p.js", page)]);
    assert!(found.iter().any(|one| one.ends_with(" a.get [https://a.example.com]")), "{found:#?}");
    assert!(found.iter().any(|one| one.ends_with(" b.get [https://b.example.com]")), "{found:#?}");
}

#[test]
fn each_element_of_a_list_is_a_candidate() {
    for (page_, hosts) in [
        (
            "for (const url of ['https://a.example.com', 'https://b.example.com']) wx.request({ url })",
            "https://a.example.com https://b.example.com",
        ),
        (
            "['https://a.example.com', 'https://b.example.com'].forEach((url) => wx.request({ url }))",
            "https://a.example.com https://b.example.com",
        ),
        (
            "const hosts = ['https://a.example.com']\nhosts.push('https://b.example.com')\nhosts.map((host) => wx.request({ url: host + '/x' }))",
            "https://a.example.com https://b.example.com",
        ),
        ("const hosts = []\nhosts[0] = 'https://a.example.com'\nwx.request({ url: hosts[0] })", A),
        ("Promise.resolve('https://a.example.com').then((url) => wx.request({ url }))", A),
        (
            "const ask = async () => 'https://a.example.com'\nask().then((url) => wx.request({ url }))",
            A,
        ),
        (
            "const ask = () => new Promise((resolve) => setTimeout(() => resolve('https://a.example.com')))\nask().then((url) => wx.request({ url }))",
            A,
        ),
        // What a server answers stays unknown.
        (
            "wx.request({ url: 'https://b.example.com' }).then((answer) =>\nwx.request({ url: answer.data.url }))",
            "? server-response",
        ),
        ("function urls(list) {\nlist.forEach((url) => wx.request({ url })) }", "? parameter"),
    ] {
        page(page_, &[], hosts);
    }
}

#[test]
fn what_another_file_puts_into_an_object_is_seen() {
    let config = ("config.js", "module.exports = { host: '', deep: {} }");
    let api = (
        "api.js",
        "const config = require('./config')\nexports.get = (path) => wx.request({ url: config.host + path })",
    );
    let page_ = "require('../config').host\nrequire('../api').get('/x')";
    for start in [
        "const config = require('./config')\nconfig.host = 'https://a.example.com'",
        "import config from './config'\nconfig.host = 'https://a.example.com'",
        "require('./config').host = 'https://a.example.com'",
        "const config = require('./config')\nfunction start(host) { config.host = host }\nstart('https://a.example.com')",
    ] {
        page(page_, &[config, api, ("start.js", start)], A);
    }
    // Another object, and another name of it.
    let other = (
        "start.js",
        "const config = require('./other')\nconfig.host = 'https://b.example.com'\nrequire('./config').post = 'https://c.example.com'",
    );
    let given = ("config.js", "module.exports = { host: 'https://a.example.com' }");
    page(page_, &[given, api, ("other.js", "module.exports = { host: '' }"), other], A);
    // A wrapper whose base another file sets.
    let http = (
        "http.js",
        "class Http { get(path) { wx.request({ url: this.base + path }) } }\nmodule.exports = new Http()",
    );
    let start = ("start.js", "const http = require('./http')\nhttp.base = 'https://a.example.com'");
    page("require('../http').get('/x')", &[http, start], A);
}

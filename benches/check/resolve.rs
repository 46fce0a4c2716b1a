//! Where requests go: two programs that ask as much of the value analysis as real ones can, and
//! what it takes beside the facts. The facts are read before, so a figure is that of following
//! values alone.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use miniguard::check;
use miniguard::check::{Cancel, Memo, Report};
use miniguard::path::FilePath;
use miniguard::project::{File, Files, Project};
use miniguard::semantic::module_graph::ModuleGraph;
use miniguard::semantic::request_wrappers::propagate_callers;
use miniguard::semantic::{uses_of_file, wrapper_calls_of_file};
use miniguard::workspace::Workspace;

use crate::source::{self, Dice};
use crate::written::written;
use crate::{median, parse_scripts, ratio};

/// A program to follow values through.
#[derive(Clone, Copy)]
pub(crate) enum Program {
    /// The shop of 2,000 files.
    Shop,
    /// 500 calls of request wrappers that lie on each other: a class, an options object, an
    /// interceptor, a setter.
    Callers,
    /// A constant and a wrapper behind 200 modules that hand each other on, and 100 pages that use
    /// them.
    ReExports,
}

pub(crate) const ALL: [Program; 3] = [Program::Shop, Program::Callers, Program::ReExports];

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shop => "shop of 2,000 files",
            Self::Callers => "500 callers",
            Self::ReExports => "200 re-exports",
        })
    }
}

impl Program {
    /// Its files, with their facts read.
    pub(crate) fn files(self) -> Files {
        let files = match self {
            Self::Shop => Workspace::open(written()).files().clone(),
            Self::Callers => of(callers()),
            Self::ReExports => of(re_exports()),
        };
        parse_all(&files);
        files
    }
}

fn of(texts: Vec<(String, String)>) -> Files {
    let path = |path: String| FilePath::new(&path).expect("a path inside the program");
    texts.into_iter().map(|(name, text)| (path(name), text)).collect()
}

fn parse_all(files: &Files) -> usize {
    files.iter().filter(|file| file.facts().as_script().is_some()).count()
}

/// How many hosts calls of the platform and of wrappers reach, over all files.
pub(crate) fn resolve(files: &Files) -> usize {
    let project = Project::resolve(files);
    let program = project.programs.first().expect("one program");
    let modules = ModuleGraph::of(files, program);
    let (mut uses, mut calls) = (Vec::new(), Vec::new());
    for file in files.iter() {
        uses.extend(uses_of_file(&modules, file));
        calls.extend(wrapper_calls_of_file(&modules, file));
    }
    propagate_callers(&mut uses, &mut calls);
    let of_uses = uses.iter().filter_map(|one| one.reach.as_ref());
    of_uses.map(|reach| reach.endpoints.len()).sum::<usize>() + calls.len()
}

/// A program of which one file gets another letter, and takes it back; the facts of both are read
/// before, so what is measured is what an analysis does again.
pub(crate) struct Typing {
    files: [Files; 2],
    memory: Memo,
    turn: usize,
}

impl Typing {
    /// A letter after `needle` in the file at `path`.
    pub(crate) fn open(program: Program, path: &str, needle: &str) -> Self {
        let before = program.files();
        let path = FilePath::new(path).expect("a path inside the program");
        let file = before.get(&path).expect("the file");
        let at = file.source.find(needle).expect("the needle") + needle.len();
        let mut text = file.source.to_string();
        text.insert(at, 'x');
        let mut after = before.clone();
        after.insert(Arc::new(File::new(path, file.kind, text.into(), None)));
        parse_all(&after);
        let mut typing = Self { files: [before, after], memory: Memo::default(), turn: 0 };
        typing.keystroke();
        typing
    }

    pub(crate) fn keystroke(&mut self) -> Report {
        self.turn += 1;
        let files = &self.files[self.turn % 2];
        let (report, memory) =
            check::analyse_incremental(files, Some(&self.memory), &Cancel::never())
                .expect("nobody cancels");
        self.memory = memory;
        report
    }
}

/// The files of the program of 500 callers in which somebody types, each with what stands before
/// the letter.
pub(crate) const TYPED: [(&str, &str); 3] = [
    ("pages/p-7/p.js", "const page"),
    ("api/order.js", "const kind"),
    ("utils/http.js", "const wait"),
];

const NAMES: [&str; 10] = [
    "order", "coupon", "basket", "address", "parcel", "banner", "review", "member", "refund",
    "stock",
];
const HTTP: &str = "\
const hosts = require('../config');
class Base {
  constructor(options) { this.options = options; this.before = []; }
  use(hook) { this.before.push(hook); }
  setBase(base) { this.base = base; }
  send(options) {
    const wait = 1;
    let made = Object.assign({}, this.options, options);
    this.before.forEach((hook) => { made = hook(made) || made; });
    return new Promise((resolve, reject) => {
      wx.request({ ...made, url: this.base + made.url, success: resolve, fail: reject });
    });
  }
}
class Http extends Base {
  constructor(options) { super(options); this.setBase(hosts[hosts.stage]); }
  get(url, data) { return this.send({ url, data, method: 'GET' }); }
  post(url, data) { return this.send({ url, data, method: 'POST' }); }
}
const http = new Http({ header: {} });
http.use((options) => { options.header = { token: wx.getStorageSync('token') }; return options; });
module.exports = http;
";

fn callers() -> Vec<(String, String)> {
    let pages: Vec<String> = (0..100).map(|page| format!("\"pages/p-{page}/p\"")).collect();
    let mut files = vec![
        ("app.json".to_owned(), format!("{{\"pages\": [{}]}}", pages.join(", "))),
        ("app.js".to_owned(), "App({})".to_owned()),
        ("config.js".to_owned(), "module.exports = { stage: 'prod', prod: 'https://api.shop.example.com', test: 'https://test.shop.example.com' };\n".to_owned()),
        ("utils/http.js".to_owned(), HTTP.to_owned()),
    ];
    for name in NAMES {
        let calls: Vec<String> = (0..40)
            .map(|at| {
                let verb = if at % 2 == 0 { "get" } else { "post" };
                format!("exports.{name}{at} = (data) => http.{verb}('/{name}/{at}', data);\n")
            })
            .collect();
        let text = format!(
            "const http = require('../utils/http');\nconst kind = '{name}';\n{}",
            calls.concat()
        );
        files.push((format!("api/{name}.js"), text));
    }
    let mut dice = Dice::new(4);
    for page in 0..100 {
        let name = NAMES[page % NAMES.len()];
        let text = format!(
            "const api = require('../../api/{name}');\nconst http = require('../../utils/http');\nPage({{\n  onLoad(options) {{\n    const page = {page};\n    api.{name}{}({{ page }});\n    http.get('/page/' + options.id);\n  }}\n}});\n{}",
            page % 40,
            source::plain_script(&mut dice, 60)
        );
        files.push((format!("pages/p-{page}/p.js"), text));
        files.push((format!("pages/p-{page}/p.wxml"), source::template(&mut dice, 10)));
    }
    files
}

fn re_exports() -> Vec<(String, String)> {
    let pages: Vec<String> = (0..100).map(|page| format!("\"pages/p-{page}/p\"")).collect();
    let mut files = vec![
        ("app.json".to_owned(), format!("{{\"pages\": [{}]}}", pages.join(", "))),
        ("app.js".to_owned(), "App({})".to_owned()),
        ("deep/m0.js".to_owned(), "export const host = 'https://api.shop.example.com';\nexport const get = (path) => wx.request({ url: host + path });\n".to_owned()),
    ];
    for at in 1..200 {
        let from = at - 1;
        let text = match at % 4 {
            0 => format!("export * from './m{from}';\nexport const own{at} = {at};\n"),
            1 => format!("export {{ host, get }} from './m{from}';\n"),
            2 => format!("import {{ host, get }} from './m{from}';\nexport {{ host, get }};\n"),
            _ => format!(
                "const all = require('./m{from}');\nmodule.exports = {{ ...all, own{at}: {at} }};\n"
            ),
        };
        files.push((format!("deep/m{at}.js"), text));
    }
    for page in 0..100 {
        let at = page * 2;
        files.push((
            format!("pages/p-{page}/p.js"),
            format!("const {{ host, get }} = require('../../deep/m{at}');\nPage({{ onLoad() {{ get('/{page}'); wx.request({{ url: host + '/own' }}); }} }});\n"),
        ));
        files.push((format!("pages/p-{page}/p.wxml"), "<view />\n".to_owned()));
    }
    files
}

/// Prints what following values takes beside reading the facts, on one thread each, and a keystroke
/// beside a check.
pub(crate) fn print_ratios() {
    for program in ALL {
        let files = program.files();
        let parse = median(5, || parse_scripts(&files));
        let follow = median(5, || resolve(&files));
        println!(
            "{program}: facts {parse:.1?}, resolution {follow:.1?}; resolution / facts {:.2}",
            ratio(follow, parse)
        );
    }
    let files = Program::Callers.files();
    let all = median(5, || {
        check::analyse(&files, &Cancel::never()).expect("nobody cancels").findings.len()
    });
    for (path, needle) in TYPED {
        let mut typing = Typing::open(Program::Callers, path, needle);
        let keystroke: Duration = median(31, || typing.keystroke());
        println!(
            "500 callers: keystroke in {path} {keystroke:.1?}; / analysis from nothing {:.3}",
            ratio(keystroke, all)
        );
    }
}
